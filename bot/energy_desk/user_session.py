"""`UserSession`, with the attributes and methods that the bot's other files know."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any, Dict, Iterable, List, Optional

from . import formats
from .desk import desk
from .messages import say

DEFAULTS = {
    "selected_duration": None,
    "selected_energy": None,
    "selected_address": None,
    "computed_cost": None,
    "pending_input": None,
    "address_balance": None,
    "show_balance_in_buy_page": False,
    "last_order_id": None,
    "last_transaction_hash": None,
    "last_order_time": None,
}  # type: Dict[str, Any]


class WalletList(List[str]):
    """A list of addresses whose `append` and `remove` are kept by the desk."""

    def __init__(self, user_id: str, addresses: Iterable[str]) -> None:
        super().__init__(addresses)
        self._user_id = user_id

    def append(self, address: str) -> None:
        if desk().wallets.add(self._user_id, address):
            super().append(address)

    def remove(self, address: str) -> None:
        desk().wallets.remove(self._user_id, address)
        super().remove(address)


class UserSession:
    """One user's session. Every attribute is on the disk as soon as it is set, and in the desk a
    moment later. Values that JSON does not know live as long as the process."""

    user_id = None  # type: Any

    def __init__(self, user_id: Any) -> None:
        object.__setattr__(self, "user_id", user_id)
        object.__setattr__(self, "_id", str(user_id))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        state = desk().sessions.state(self._id)
        if name in state:
            return state[name]
        if name in DEFAULTS:
            return DEFAULTS[name]
        raise AttributeError("a UserSession has no attribute %r" % name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("user_id", "user_balance"):
            raise AttributeError("%s cannot be set" % name)
        if name == "wallet_addresses":
            self._take_addresses(value)
        elif name.startswith("_") or not (name in DEFAULTS or _is_json(value)):
            object.__setattr__(self, name, value)
        else:
            self.__dict__.pop(name, None)
            desk().sessions.put(self._id, name, value)

    def __repr__(self) -> str:
        return "UserSession(%r)" % (self.user_id,)

    @property
    def language(self) -> str:
        """ "zh" or "en": the user's, else the bot's."""
        chosen = desk().sessions.state(self._id).get("language")
        return chosen if isinstance(chosen, str) else desk().settings.language

    @language.setter
    def language(self, value: str) -> None:
        desk().sessions.put(self._id, "language", value)

    @property
    def wallet_addresses(self) -> List[str]:
        return WalletList(self._id, desk().wallets.of(self._id))

    @property
    def user_balance(self) -> Dict[str, str]:
        """ {"TRX": "20.000", "USDT": "50.00"}; texts that are not fresh say so when they are shown."""
        return desk().account.balance(self._id, self.language)

    def create_order(
        self, energy_amount: Any, duration: Any, receive_address: Any, wait: Optional[bool] = None
    ) -> Dict[str, Any]:
        """Places an order at the price that was shown, or at none.

        `{"success": True, "order": {…}}` means that the desk has it. `{"success": False, "message": …}`
        means that it was not placed, unless `queued` or `unsure` is in it: then it may be yet, and
        `order_id` is what to ask for. `wait=True` says that the user agrees to wait while the desk is away.
        """
        account = desk().account
        price = self._agreed_price(energy_amount, duration)
        answer = desk().orders.create(
            self._id, energy_amount, duration, receive_address, self.language, wait, price
        )
        if answer.get("code") == "PRICE_CHANGED":
            new_price = answer["details"]["price"]
            account.note_price(energy_amount, duration, new_price)
            self.computed_cost = formats.cost(new_price)
        self._note_order(answer)
        return answer

    def wait_for_order(self, order_id: str) -> Dict[str, Any]:
        """The user agrees that an order waits which `create_order` could not place."""
        return desk().orders.agree_to_wait(self._id, order_id, self.language)

    def abandon_order(self, order_id: str) -> bool:
        """The user waits no longer; False when it may be placed already."""
        return desk().orders.abandon(self._id, order_id)

    def get_order_status(self, order_id: Any) -> Optional[Dict[str, Any]]:
        """The order as it stands, or None when the user has none such."""
        return desk().orders.status(self._id, order_id, self.language)

    def open_orders(self) -> List[Dict[str, Any]]:
        """Those that are queued, or not answered for yet."""
        return list(desk().orders.open_of(self._id, self.language))

    def _agreed_price(self, energy: Any, duration: Any) -> Optional[str]:
        """What this user was shown for this order, else what was last asked for such a one."""
        same = (
            formats.parse_energy(self.selected_energy or "") == formats.parse_energy(energy)
            and formats.parse_duration(self.selected_duration) == formats.parse_duration(duration)
        )
        shown = self.computed_cost
        if same and shown is not None:
            try:
                value = Decimal(str.__str__(shown) if isinstance(shown, str) else str(shown))
                if value.is_finite() and value > 0:
                    return format(value, "f")
            except InvalidOperation:
                pass
        return desk().account.shown_price(energy, duration)

    def _note_order(self, answer: Dict[str, Any]) -> None:
        order = answer.get("order")
        order_id = order["id"] if order else answer.get("order_id")
        if order_id is None:
            return
        self.last_order_id = order_id
        self.last_transaction_hash = order["tx_hash"] if order else "pending"
        self.last_order_time = order["created_at"] if order else formats.now_iso()
        desk().account.forget_balance(self._id)

    def _take_addresses(self, addresses: Iterable[str]) -> None:
        """Adds what is new. What is missing stays with the desk: it is removed by name only."""
        kept = desk().wallets.of(self._id)
        for address in addresses:
            if address not in kept:
                desk().wallets.add(self._id, address)


def balance_text(session: UserSession) -> str:
    return say("BALANCE", session.language, **session.user_balance)


def order_text(order: Dict[str, Any], language: str) -> str:
    """The whole order for the chat, with a sentence on its state."""
    lines = [
        say(
            "ORDER", language, id=order["id"], energy=order["energy_amount"],
            duration=order["duration"], address=order["receive_address"],
            cost=order["cost_trx"] or "--", state=say("state." + order["status"], language),
        )
    ]
    if order["tx_hash"] != "pending":
        lines.append(say("ORDER_TX", language, tx=order["tx_hash"]))
    if order["error_message"]:
        lines.append(order["error_message"])
    return "\n".join(lines)


def deposit_text(session: UserSession) -> str:
    """The page on depositing: address, rate, minimum, and the fee of returning a mistaken one."""
    language = session.language
    terms = desk().account.deposit(str(session.user_id))
    if terms["address"] is None:
        return say("DEPOSIT_NONE", language)
    lines = [say("DEPOSIT", language, address=terms["address"])]
    if terms["memo"] is not None:
        lines.append(say("DEPOSIT_MEMO", language, memo=terms["memo"]))
    if terms["minimum_trx"] is not None:
        lines.append(
            say("DEPOSIT_MINIMUM", language, trx=terms["minimum_trx"], usdt=terms["minimum_usdt"])
        )
        rate = say("DEPOSIT_RATE", language, rate=terms["rate"])
        lines.append(rate if terms["rate"] is not None else say("DEPOSIT_NO_RATE", language))
        lines.append(say("DEPOSIT_FEE", language, fee=terms["refund_fee_percent"]))
    if terms["as_of"] is not None:
        lines.append(say("STALE", language, time=formats.clock(terms["as_of"])).strip())
    return "\n".join(lines)


def _is_json(value: Any) -> bool:
    try:
        json.dumps(value)
    except (TypeError, ValueError):
        return False
    return True
