"""Placing orders, and saying truly how they stand."""

import logging
import time
from datetime import datetime, timezone
from typing import Any, Callable, Dict, List, Optional

from . import formats
from .addresses import is_valid_tron_address
from .client import Client, DeskAway, DeskError
from .messages import explain, say
from .outbox import OPEN, Outbox
from .settings import Settings
from .store import Known

log = logging.getLogger("energy_desk")

#: With one that is unanswered for this long, the desk is done: it is placed by then, or never.
#: Longer than the desk waits for its database and a batch together.
SURE_AFTER_SECONDS = 120.0
#: Refusals that may pass; an order whose user agreed to wait goes on waiting.
_MAY_PASS = ("UNAUTHENTICATED", "API_KEY_REVOKED", "FORBIDDEN")
_TRIES = 2

_FIELDS = """id clientOrderId state energy duration durationSeconds receiver txid placedAt completedAt
  price { amount } failure { code message } user { telegramId }"""
_PLACE = "mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) { %s } }" % _FIELDS
_BY_ID = "query Order($id: ID!) { order(id: $id) { %s } }" % _FIELDS
_BY_KEY = "query Order($id: String!) { order(clientOrderId: $id) { %s } }" % _FIELDS


class OrderView(dict):
    """An order as the bot knows it. `as_of` is the time of an answer that is old, else None."""

    as_of = None  # type: Optional[float]
    #: The price to the last digit.
    exact_cost = None  # type: Optional[str]


class Orders:
    def __init__(
        self, client: Client, outbox: Outbox, known: Known, settings: Settings,
        wake: Callable[[], None],
    ) -> None:
        self._client = client
        self._outbox = outbox
        self._known = known
        self._settings = settings
        self._wake = wake
        self._listeners = []  # type: List[Callable[[str, Dict[str, Any]], None]]
        self.clock = time.time

    # --- placing

    def create(
        self, user_id: str, energy: Any, duration: Any, receiver: Any, language: str,
        wait: Optional[bool], max_price: Optional[str],
    ) -> Dict[str, Any]:
        """`{"success": True, "order": …}` only when the desk has the order."""
        amount = formats.parse_energy(energy)
        if amount is None:
            return _refusal("BAD_ENERGY", say("BAD_ENERGY", language))
        if not is_valid_tron_address(receiver):
            return _refusal("BAD_ADDRESS", say("BAD_ADDRESS", language))
        agreed = self._settings.wait_when_away if wait is None else wait
        entry = self._outbox.open_or_new(
            user_id, str(energy), amount, formats.parse_duration(duration), receiver, max_price
        )
        # A double click waits for the first one's answer.
        if not self._outbox.begin(entry["id"], self._settings.order_seconds * (_TRIES + 1)):
            return self._still_open(entry["id"], language)
        try:
            entry = self._entry(entry["id"])
            if entry["state"] == "PLACED":
                order = self.status(user_id, entry["id"], language)
                return {"success": True, "order": order or _placed_view(entry)}
            return self._try(entry, agreed, language)
        finally:
            self._outbox.end(entry["id"])

    def _try(self, entry: Dict[str, Any], agreed: bool, language: str) -> Dict[str, Any]:
        order_id = entry["id"]
        for left in range(_TRIES - 1, -1, -1):
            try:
                order = self._place(entry)
            except DeskError as error:
                self._outbox.answered(order_id)
                if not self._is_certain(order_id):
                    return self._unanswered(order_id, agreed, language)
                self._outbox.move(order_id, "REFUSED", error.code, error.message)
                answer = _refusal(error.code, explain(error, language))
                answer["details"] = error.details
                return answer
            except DeskAway as away:
                self._outbox.unanswered(order_id, away.sent)
                if left == 0:
                    return self._unanswered(order_id, agreed, language)
            else:
                return {"success": True, "order": self._view(order)}
        raise RuntimeError("not reached")

    def _place(self, entry: Dict[str, Any]) -> Dict[str, Any]:
        variables = {
            "input": {
                "clientOrderId": entry["id"],
                "user": {"telegramId": entry["user_id"]},
                "energy": str(entry["energy"]),
                "duration": entry["duration"],
                "receiver": entry["receiver"],
                "maxPrice": entry["max_price"],
            }
        }
        seconds = self._settings.order_seconds
        self._outbox.sending(entry["id"])
        order = self._client.ask(_PLACE, variables, read_seconds=seconds, fresh=True)["placeOrder"]
        self._outbox.placed(entry["id"], order["id"])
        self._remember(order)
        return order

    def _unanswered(self, order_id: str, agreed: bool, language: str) -> Dict[str, Any]:
        entry = self._entry(order_id)
        if agreed or entry["state"] == "WAITING":
            self._outbox.move(order_id, "WAITING", "QUEUED")
            self._wake()
            return self._queued(order_id, language)
        if entry["maybe_sent"]:
            self._outbox.move(order_id, "UNSURE", "UNSURE")
            self._wake()
            return self._still_open(order_id, language)
        self._outbox.move(order_id, "OFFERED", "AWAY")
        answer = _refusal("AWAY", say("AWAY_CAN_WAIT", language, order=order_id))
        answer.update(order_id=order_id, can_wait=True)
        return answer

    def _still_open(self, order_id: str, language: str) -> Dict[str, Any]:
        answer = _refusal("UNSURE", say("UNSURE", language, order=order_id))
        answer.update(order_id=order_id, can_wait=True, unsure=True)
        return answer

    def _queued(self, order_id: str, language: str) -> Dict[str, Any]:
        answer = _refusal("QUEUED", say("QUEUED", language, order=order_id))
        answer.update(order_id=order_id, queued=True)
        return answer

    def agree_to_wait(self, user_id: str, order_id: str, language: str) -> Dict[str, Any]:
        """The user lets an order wait that was not placed, or is not known to be."""
        entry = self._outbox.get(order_id)
        if entry is None or entry["user_id"] != user_id:
            return _refusal("NOT_FOUND", say("NOT_PLACED", language))
        if entry["state"] in ("OFFERED", "UNSURE", "TRYING", "WAITING"):
            self._outbox.move(entry["id"], "WAITING", "QUEUED")
            self._wake()
            return self._queued(entry["id"], language)
        order = self.status(user_id, entry["id"], language)
        if entry["state"] == "PLACED" and order is not None:
            return {"success": True, "order": order}
        return _refusal(entry["code"] or "NOT_PLACED", say("NOT_PLACED", language))

    def abandon(self, user_id: str, order_id: str) -> bool:
        """Gives up one that waits, as long as it is certain that the desk has not got it."""
        entry = self._outbox.get(order_id)
        if entry is None or entry["user_id"] != user_id or not self._outbox.begin(entry["id"]):
            return False
        try:
            entry = self._entry(entry["id"])
            if entry["maybe_sent"] or entry["state"] not in ("OFFERED", "WAITING"):
                return False
            self._outbox.move(entry["id"], "REFUSED", "ABANDONED")
            return True
        finally:
            self._outbox.end(entry["id"])

    # --- what was left open

    def has_open(self) -> bool:
        return bool(self._outbox.open())

    def settle(self) -> int:
        """Asks for every open order, each with its own id; answers how many are still open."""
        for entry in self._outbox.open():
            if not self._outbox.begin(entry["id"]):
                continue
            try:
                self._settle_one(self._entry(entry["id"]))
            except DeskAway:
                break
            except DeskError as error:
                log.warning("order %s: %s", entry["id"], error)
            finally:
                self._outbox.end(entry["id"])
        return len(self._outbox.open())

    def on_settled(self, listener: Callable[[str, Dict[str, Any]], None]) -> None:
        """Calls `listener(user_id, result)` when an order that was open is placed or refused."""
        self._listeners.append(listener)

    def _settle_one(self, entry: Dict[str, Any]) -> None:
        if entry["state"] == "WAITING" and not self._has_waited(entry):
            self._place_waiting(entry)
        elif entry["state"] in OPEN:
            self._look_up(entry)

    def _place_waiting(self, entry: Dict[str, Any]) -> None:
        try:
            order = self._place(entry)
        except DeskAway as away:
            self._outbox.unanswered(entry["id"], away.sent)
            raise
        except DeskError as error:
            self._outbox.answered(entry["id"])
            if error.retryable or error.code in _MAY_PASS or not self._is_certain(entry["id"]):
                log.info("order %s waits on: %s", entry["id"], error)
                return
            self._outbox.move(entry["id"], "REFUSED", error.code, error.message)
            message = explain(error, self._settings.language)
            self._tell(entry, _refusal(error.code, message))
        else:
            self._tell(entry, {"success": True, "order": self._view(order)})

    def _look_up(self, entry: Dict[str, Any]) -> None:
        """For those whose user has not agreed to more, and those that have waited long enough."""
        order = self._client.read(_BY_KEY, {"id": entry["id"]})["order"]
        if order is not None:
            self._outbox.placed(entry["id"], order["id"])
            self._remember(order)
            self._tell(entry, {"success": True, "order": self._view(order)})
            return
        if self._is_certain(entry["id"]):
            code = "WAITED_TOO_LONG" if entry["state"] == "WAITING" else "NOT_PLACED"
            self._outbox.move(entry["id"], "REFUSED", code)
            self._tell(entry, _refusal(code, say(code, self._settings.language)))

    def _is_certain(self, order_id: str) -> bool:
        """Whether no earlier try can still be on its way through the desk: then a "no" is the last word."""
        entry = self._entry(order_id)
        if not entry["maybe_sent"]:
            return True
        return bool(self.clock() - (entry["tried_at"] or entry["made_at"]) > SURE_AFTER_SECONDS)

    def _has_waited(self, entry: Dict[str, Any]) -> bool:
        since = entry["agreed_at"] or entry["made_at"]
        return bool(self.clock() - since > self._settings.wait_minutes * 60)

    def _tell(self, entry: Dict[str, Any], result: Dict[str, Any]) -> None:
        for listener in self._listeners:
            try:
                listener(entry["user_id"], result)
            except Exception:  # the bot's own code; the next listener is not to blame
                log.exception("a listener failed for order %s", entry["id"])

    # --- looking

    def status(self, user_id: str, order_id: Any, language: str) -> Optional[OrderView]:
        """The order as it stands, by the desk's id or the bot's own; None when the user has none such."""
        if not isinstance(order_id, str) or order_id == "":
            return None
        entry = self._outbox.get(order_id)
        if entry is not None:
            if entry["user_id"] != user_id:
                return None
            if entry["state"] in OPEN and self._outbox.begin(entry["id"]):
                try:
                    self._settle_one(self._entry(entry["id"]))
                except (DeskAway, DeskError) as problem:
                    log.info("order %s: %s", entry["id"], problem)
                finally:
                    self._outbox.end(entry["id"])
                entry = self._entry(entry["id"])
            if entry["state"] != "PLACED":
                return _unplaced_view(entry, language)
        desk_id = entry["desk_id"] if entry else order_id
        try:
            order = self._client.read(_BY_ID, {"id": desk_id})["order"]
            if order is None and entry is None:
                order = self._client.read(_BY_KEY, {"id": order_id})["order"]
        except (DeskAway, DeskError) as problem:
            log.info("order %s: %s", desk_id, problem)
            return self._remembered(user_id, desk_id, language)
        if order is None or order["user"]["telegramId"] != user_id:
            return None
        self._remember(order)
        return self._view(order, language)

    def open_of(self, user_id: str, language: str) -> List[OrderView]:
        """The user's orders that are queued or not answered for yet."""
        return [_unplaced_view(entry, language) for entry in self._outbox.of_user(user_id)]

    def _remembered(self, user_id: str, desk_id: str, language: str) -> Optional[OrderView]:
        known = self._known.get("order:" + desk_id)
        if known is None or known[0]["user"]["telegramId"] != user_id:
            return None
        order, as_of = known
        view = self._view(order, language)
        view.as_of = as_of
        if view["status"] in ("pending", "processing", "failed", "cancelled"):
            view["error_message"] = say("STALE_ORDER", language, time=formats.clock(as_of))
        return view

    def _remember(self, order: Dict[str, Any]) -> None:
        self._known.put("order:" + order["id"], order)

    def _entry(self, order_id: str) -> Dict[str, Any]:
        entry = self._outbox.get(order_id)
        if entry is None:
            raise RuntimeError("an order is gone from the outbox")
        return entry

    def _view(self, order: Dict[str, Any], language: Optional[str] = None) -> OrderView:
        entry = self._outbox.get(order["id"])
        energy = entry["energy_text"] if entry else formats.format_energy(int(order["energy"]))
        failure = order.get("failure")
        telegram_id = order["user"]["telegramId"]
        view = OrderView(
            id=order["id"],
            user_id=int(telegram_id) if telegram_id else None,
            energy_amount=energy,
            duration=order["duration"],
            duration_hours=formats.duration_hours(order["durationSeconds"]),
            receive_address=order["receiver"],
            status=order["state"].lower(),
            tx_hash=order["txid"] or "pending",
            cost_trx=formats.cost(order["price"]["amount"]),
            created_at=formats.iso_time(order["placedAt"]),
            completed_at=formats.iso_time(order["completedAt"]),
            error_message=None,
        )
        view.exact_cost = order["price"]["amount"]
        if failure:
            error = DeskError(failure["code"], failure["message"])
            view["error_message"] = explain(error, language or self._settings.language)
        return view


def _refusal(code: str, message: str) -> Dict[str, Any]:
    return {"success": False, "message": message, "code": code}


def _placed_view(entry: Dict[str, Any]) -> OrderView:
    """Of one that the desk has, before anything more is known of it."""
    view = _entry_view(entry)
    view["id"] = entry["desk_id"]
    return view


def _unplaced_view(entry: Dict[str, Any], language: str) -> OrderView:
    """An order that the desk is not known to have: never more than pending."""
    if entry["state"] == "REFUSED":
        code = entry["code"] or "NOT_PLACED"
        known = code in ("NOT_PLACED", "WAITED_TOO_LONG", "ABANDONED")
        error = DeskError(code, entry["message"] or "")
        message = say(code, language) if known else explain(error, language)
    elif entry["state"] == "OFFERED":
        message = say("AWAY_CAN_WAIT", language, order=entry["id"])
    else:
        key = "QUEUED" if entry["state"] == "WAITING" else "UNSURE"
        message = say(key, language, order=entry["id"])
    view = _entry_view(entry)
    view["status"] = "failed" if entry["state"] in ("REFUSED", "OFFERED") else "pending"
    view["error_message"] = message
    return view


def _entry_view(entry: Dict[str, Any]) -> OrderView:
    made_at = datetime.fromtimestamp(entry["made_at"], timezone.utc).isoformat()
    return OrderView(
        id=entry["id"],
        user_id=int(entry["user_id"]),
        energy_amount=entry["energy_text"],
        duration=entry["duration"],
        duration_hours=formats.hours_of(entry["duration"]),
        receive_address=entry["receiver"],
        status="pending",
        tx_hash="pending",
        cost_trx=formats.cost(entry["max_price"]) if entry["max_price"] else None,
        created_at=made_at,
        completed_at=None,
        error_message=None,
    )
