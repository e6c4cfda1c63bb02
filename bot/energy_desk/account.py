"""What a user has and what things cost: fresh when the desk answers, else the last known, marked so."""

import logging
import threading
import time
import uuid
from typing import Any, Dict, Optional, Tuple

from . import formats
from .client import Client, DeskAway, DeskError
from .messages import explain, say
from .settings import Settings
from .stale import StaleText
from .store import Known

log = logging.getLogger("energy_desk")

#: A price that was just asked is not asked again; the desk's own quote lasts 60 s.
QUOTE_SECONDS = 20.0
#: Where to pay to changes seldom.
DEPOSIT_SECONDS = 60.0
#: Pages of the bot read the balance several times while they are built.
BALANCE_SECONDS = 1.0
#: For this long after the desk was found away, what is known is shown without asking again.
AWAY_SECONDS = 2.0

_BALANCE = "query Balance($ref: UserRef!) { user(ref: $ref) { balances { currency available held } } }"
_QUOTE = "query Quote($input: QuoteInput!) { quote(input: $input) { price { amount } } }"
_PAY_TO = """mutation PayTo($input: OpenDepositAddressInput!) { openDepositAddress(input: $input) {
  address own memo minimumTrx { amount } minimumUsdt { amount } returnFeePercent } }"""
_RATE = "query Rate { exchangeRate { trxForOneUsdt } }"
_REQUEST = """mutation Request($input: RequestDepositInput!) { requestDeposit(input: $input) {
  id address money { amount currency } memo expiresAt paymentText paymentTextEnglish } }"""


class Account:
    def __init__(self, client: Client, known: Known, settings: Settings) -> None:
        self._client = client
        self._known = known
        self._settings = settings
        self._lock = threading.Lock()
        self._away_until = 0.0
        self._recent = {}  # type: Dict[str, Tuple[float, Any]]
        self._problems = {}  # type: Dict[str, str]

    def balance(self, user_id: str, language: str) -> Dict[str, str]:
        """ {"TRX": "20.000", "USDT": "50.00"}: what can be spent."""
        key = "balance:" + user_id
        value, as_of = self._look(key, BALANCE_SECONDS, lambda: self._ask_balance(user_id))
        if value is None:
            # Nothing is the cautious number; what is shown is that nobody knows.
            shown = say("UNKNOWN", language)
            return {
                "TRX": StaleText.unknown("0.000", shown),
                "USDT": StaleText.unknown("0.00", shown),
            }
        texts = {
            "TRX": formats.trx_balance(value["TRX"]),
            "USDT": formats.usdt_balance(value["USDT"]),
        }
        if as_of is None:
            return texts
        note = say("STALE", language, time=formats.clock(as_of))
        return {currency: StaleText.of(text, note) for currency, text in texts.items()}

    def cost(self, energy: Any, duration: Any, language: str) -> str:
        """ "12.34" TRX; "--" when nobody knows, or it is not sold."""
        amount = formats.parse_energy(energy)
        if amount is None:
            return StaleText.unknown("--", say("BAD_ENERGY", language))
        term = formats.parse_duration(duration)
        key = _quote_key(amount, term)
        try:
            price, as_of = self._look(key, QUOTE_SECONDS, lambda: self._ask_quote(amount, term))
        except DeskError as error:
            return StaleText.unknown("--", explain(error, language))
        if price is None:
            return StaleText.unknown("--", say("UNKNOWN", language))
        text = formats.cost(price)
        if as_of is None:
            return text
        return StaleText.of(text, say("STALE", language, time=formats.clock(as_of)))

    def shown_price(self, energy: Any, duration: Any) -> Optional[str]:
        """The last price that was asked for, exact: an order is placed at this or not at all."""
        amount = formats.parse_energy(energy)
        if amount is None:
            return None
        known = self._known.get(_quote_key(amount, formats.parse_duration(duration)))
        return None if known is None else str(known[0])

    def note_price(self, energy: Any, duration: Any, price: str) -> None:
        """A price that the desk has named in another answer."""
        amount = formats.parse_energy(energy)
        if amount is None:
            return
        key = _quote_key(amount, formats.parse_duration(duration))
        with self._lock:
            self._recent[key] = (time.monotonic(), price)
        self._known.put(key, price)

    def forget_balance(self, user_id: str) -> None:
        with self._lock:
            self._recent.pop("balance:" + user_id, None)

    def deposit(self, user_id: str) -> Dict[str, Any]:
        """`address memo rate minimum_trx minimum_usdt refund_fee_percent as_of`; None for what is not
        known, and for the memo where the address says who pays. `as_of` is the time of an answer that is
        old, else None; an old rate is none."""
        pay_to, as_of = self._look(
            "deposit:" + user_id, DEPOSIT_SECONDS, lambda: self._ask_pay_to(user_id)
        )
        rate, rate_as_of = self._look("rate", QUOTE_SECONDS, self._ask_rate)
        facts = dict(pay_to or {})
        return {
            "address": facts.get("address") or self._settings.deposit_address or None,
            "memo": None if facts.get("own") else facts.get("memo"),
            "rate": rate if rate_as_of is None else None,
            "minimum_trx": facts.get("minimum_trx"),
            "minimum_usdt": facts.get("minimum_usdt"),
            "refund_fee_percent": facts.get("refund_fee_percent"),
            "as_of": as_of,
        }

    def request_deposit(
        self, user_id: str, amount: str, currency: str, language: str
    ) -> Dict[str, Any]:
        """An address and an amount by which the desk knows who pays:
        `{"success": True, "address", "amount", "currency", "memo", "expires_at", "text"}`."""
        variables = {
            "input": {
                "user": {"telegramId": user_id},
                "amount": str(amount),
                "currency": currency,
                # Once for both tries.
                "clientId": "bot-" + uuid.uuid4().hex,
            }
        }
        try:
            request = self._client.read(_REQUEST, variables)["requestDeposit"]
        except DeskError as error:
            return {"success": False, "message": explain(error, language)}
        except DeskAway:
            # One that was made and not heard of costs nobody anything, and expires.
            return {"success": False, "message": say("DEPOSIT_NONE", language)}
        text = request["paymentTextEnglish" if language.startswith("en") else "paymentText"]
        return {
            "success": True,
            "address": request["address"],
            "amount": request["money"]["amount"],
            "currency": request["money"]["currency"],
            "memo": request["memo"],
            "expires_at": formats.iso_time(request["expiresAt"]),
            "text": text,
        }

    def _ask_balance(self, user_id: str) -> Dict[str, str]:
        user = self._client.read(_BALANCE, {"ref": {"telegramId": user_id}})["user"]
        balances = {"TRX": "0", "USDT": "0"}
        for row in user["balances"] if user else []:
            balances[row["currency"]] = row["available"]
        return balances

    def _ask_quote(self, energy: int, duration: str) -> str:
        variables = {"input": {"energy": str(energy), "duration": duration}}
        return str(self._client.read(_QUOTE, variables)["quote"]["price"]["amount"])

    def _ask_pay_to(self, user_id: str) -> Dict[str, Any]:
        variables = {"input": {"user": {"telegramId": user_id}}}
        try:
            # Harmless to repeat: always the same address.
            pay_to = self._client.read(_PAY_TO, variables)["openDepositAddress"]
        except DeskError as error:
            if error.code != "NO_DEPOSIT_ADDRESS":
                raise
            return {}
        return {
            "address": pay_to["address"],
            "own": pay_to["own"],
            "memo": pay_to["memo"],
            "minimum_trx": pay_to["minimumTrx"]["amount"],
            "minimum_usdt": pay_to["minimumUsdt"]["amount"],
            "refund_fee_percent": pay_to["returnFeePercent"],
        }

    def _ask_rate(self) -> Optional[str]:
        return self._client.read(_RATE, {})["exchangeRate"]["trxForOneUsdt"]

    def _look(self, key: str, seconds: float, ask: Any) -> Tuple[Any, Optional[float]]:
        """The value, and since when it is known if it is not fresh. Raises DeskError when the desk
        says no to the question itself."""
        now = time.monotonic()
        with self._lock:
            recent = self._recent.get(key)
            away = now < self._away_until
        if recent is not None and now - recent[0] < seconds:
            return recent[1], None
        known = self._known.get(key)
        if away and known is not None:
            return known
        try:
            value = ask()
        except DeskAway as problem:
            log.warning("the desk is away: %s", problem)
            with self._lock:
                self._away_until = time.monotonic() + AWAY_SECONDS
        except DeskError as error:
            if error.code in ("BAD_INPUT", "ENERGY_OUT_OF_RANGE", "UNKNOWN_DURATION"):
                raise
            log.warning("%s: %s", key.split(":")[0], error)
        else:
            with self._lock:
                self._away_until = 0.0
                if len(self._recent) > 10000:
                    self._recent.clear()
                self._recent[key] = (now, value)
            self._known.put(key, value)
            return value, None
        return known if known is not None else (None, None)


def _quote_key(energy: int, duration: str) -> str:
    return "quote:%d:%s" % (energy, duration)
