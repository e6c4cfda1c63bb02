"""Where each user stands in the dialogue: on the disk at once, in the desk soon after."""

import json
import logging
import os
import threading
import time
from typing import Any, Callable, Dict, Optional, Set

from .client import Client, DeskAway, DeskError
from .store import Store

log = logging.getLogger("energy_desk")

#: The bot's attribute, and the desk's field.
TEXTS = {
    "selected_energy": "selectedEnergy",
    "selected_duration": "selectedDuration",
    "selected_address": "selectedAddress",
    "computed_cost": "computedCost",
    "pending_input": "pendingInput",
    "address_balance": "addressBalance",
    "last_order_id": "lastOrderId",
    "last_transaction_hash": "lastTransactionHash",
    "last_order_time": "lastOrderTime",
}
FLAG = "show_balance_in_buy_page"
_MAX_TEXT = 200

_FIELDS = "version %s showBalanceInBuyPage more" % " ".join(TEXTS.values())
_LOAD = "query Session($user: UserRef!) { session(user: $user) { %s } }" % _FIELDS
_SAVE = "mutation Save($input: SaveSessionInput!) { saveSession(input: $input) { version } }"
_SCHEMA = """
create table if not exists sessions (
  user_id text primary key,
  version integer not null,
  saved_version integer not null,
  changed text not null,
  state text not null
)"""


class Session:
    """One user's state; guarded by its keeper's lock."""

    def __init__(self, version: int, saved_version: int, changed: Set[str], state: Dict[str, Any]) -> None:
        self.version = version
        #: The desk has this one.
        self.saved_version = saved_version
        #: Attributes changed since then.
        self.changed = changed
        self.state = state


class SessionKeeper:
    def __init__(self, client: Client, folder: str, wake: Callable[[], None]) -> None:
        self._client = client
        self._wake = wake
        self._lock = threading.RLock()
        self._store = Store(os.path.join(folder, "sessions.sqlite"), _SCHEMA, durable=False)
        self._sessions = {}  # type: Dict[str, Session]
        self._unsaved = set()  # type: Set[str]
        for row in self._store.rows("select user_id from sessions where saved_version < version"):
            self._unsaved.add(row["user_id"])
        self._away_until = 0.0

    def state(self, user_id: str) -> Dict[str, Any]:
        """The attributes of the user's session; {} for a new one."""
        return dict(self._of(user_id).state)

    def put(self, user_id: str, name: str, value: Any) -> None:
        """Changes one attribute: on the disk when this returns, in the desk a moment later."""
        session = self._of(user_id)
        with self._lock:
            if name in session.state and session.state[name] == value:
                return
            session.state[name] = value
            session.changed.add(name)
            session.version += 1
            self._write(user_id, session)
            self._unsaved.add(user_id)
        self._wake()

    def has_unsaved(self) -> bool:
        return bool(self._unsaved)

    def flush(self) -> int:
        """Saves what has changed; answers how many sessions are still unsaved."""
        for user_id in list(self._unsaved):
            try:
                self._save(user_id)
            except DeskAway:
                break
            except DeskError as error:
                log.warning("a session was not saved: %s", error)
                if error.code == "BAD_INPUT":
                    self._unsaved.discard(user_id)
        return len(self._unsaved)

    def close(self) -> None:
        self._store.close()

    def _of(self, user_id: str) -> Session:
        with self._lock:
            session = self._sessions.get(user_id)
        if session is not None:
            return session
        session = self._from_disk(user_id)
        theirs = self._from_desk(user_id)
        with self._lock:
            if user_id in self._sessions:
                return self._sessions[user_id]
            if theirs is not None:
                _adopt(session, theirs)
            self._sessions[user_id] = session
            return session

    def _from_disk(self, user_id: str) -> Session:
        row = self._store.row("select * from sessions where user_id = ?", user_id)
        if row is None:
            return Session(0, 0, set(), {})
        changed = set(json.loads(row["changed"]))
        return Session(row["version"], row["saved_version"], changed, json.loads(row["state"]))

    def _from_desk(self, user_id: str) -> Optional[Dict[str, Any]]:
        if time.monotonic() < self._away_until:
            return None
        try:
            return self._client.read(_LOAD, {"user": {"telegramId": user_id}})["session"]
        except (DeskAway, DeskError) as problem:
            log.warning("a session was not loaded: %s", problem)
            self._away_until = time.monotonic() + 2.0
            return None

    def _save(self, user_id: str) -> None:
        session = self._of(user_id)
        # Once more with the desk's version when it has a later one.
        for _ in range(3):
            with self._lock:
                version = session.version
                sent = _to_desk(session.state)
            try:
                variables = {"input": dict(sent, user={"telegramId": user_id}, version=version)}
                self._client.read(_SAVE, variables)
            except DeskError as error:
                theirs = error.details.get("session")
                if error.code != "SESSION_OUTDATED" or not isinstance(theirs, dict):
                    raise
                with self._lock:
                    _adopt(session, theirs)
                    self._write(user_id, session)
                continue
            with self._lock:
                session.saved_version = version
                if session.version == version:
                    session.changed.clear()
                    self._unsaved.discard(user_id)
                self._write(user_id, session)
            return

    def _write(self, user_id: str, session: Session) -> None:
        self._store.run(
            "insert or replace into sessions (user_id, version, saved_version, changed, state)"
            " values (?, ?, ?, ?, ?)",
            user_id, session.version, session.saved_version,
            json.dumps(sorted(session.changed)),
            json.dumps(session.state, ensure_ascii=False, default=str),
        )


def _adopt(session: Session, theirs: Dict[str, Any]) -> None:
    """Takes the desk's session where it is later; what was changed here since stays."""
    if theirs["version"] < session.version:
        return
    if theirs["version"] == session.version and not session.changed:
        return
    state = _from_fields(theirs)
    for name in session.changed:
        state[name] = session.state.get(name)
    session.state = state
    session.saved_version = theirs["version"]
    session.version = theirs["version"] + (1 if session.changed else 0)


def _to_desk(state: Dict[str, Any]) -> Dict[str, Any]:
    fields = {}  # type: Dict[str, Any]
    more = {}  # type: Dict[str, Any]
    for name, value in state.items():
        if name in TEXTS and isinstance(value, str) and len(value) <= _MAX_TEXT:
            fields[TEXTS[name]] = str.__str__(value)
        elif name == FLAG and isinstance(value, bool):
            fields["showBalanceInBuyPage"] = value
        elif value is not None:
            more[name] = value
    if more:
        fields["more"] = more
    return fields


def _from_fields(fields: Dict[str, Any]) -> Dict[str, Any]:
    state = dict(fields.get("more") or {})
    for name, field in TEXTS.items():
        if fields.get(field) is not None:
            state[name] = fields[field]
    if fields.get("showBalanceInBuyPage") is not None:
        state[FLAG] = fields["showBalanceInBuyPage"]
    return state
