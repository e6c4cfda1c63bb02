"""Orders that the desk has not answered for. Each has its client order id, on the disk, before the
first try: whatever is asked again is asked with the same id, and the desk places it once.

    TRYING    being asked, or the bot stopped while it was
    UNSURE    asked, without an answer; the user was told so
    OFFERED   certainly not placed; the user may still let it wait
    WAITING   the user agreed to wait: it is placed when the desk is back
    PLACED    the desk has it
    REFUSED   certainly not placed
"""

import os
import threading
import time
import uuid
from typing import Any, Dict, List, Optional

from .store import Store

OPEN = ("TRYING", "UNSURE", "WAITING")
#: How long what is settled, or was offered, is remembered.
_KEEP_SECONDS = 7 * 86400.0

_SCHEMA = """
create table if not exists orders (
  id text primary key,
  user_id text not null,
  energy_text text not null,
  energy integer not null,
  duration text not null,
  receiver text not null,
  max_price text,
  state text not null,
  -- a try is under way; after a crash nobody knows what became of it
  sending integer not null default 0,
  -- a try went out and was not answered
  maybe_sent integer not null default 0,
  made_at real not null,
  agreed_at real,
  tried_at real,
  desk_id text,
  code text,
  message text
);
create index if not exists orders_by_user on orders (user_id, state);
create index if not exists orders_by_desk_id on orders (desk_id);
"""


class Outbox:
    def __init__(self, folder: str) -> None:
        self._store = Store(os.path.join(folder, "orders.sqlite"), _SCHEMA, durable=True)
        self._guard = threading.Condition()
        #: Asked about by a thread of this process at this moment.
        self._in_flight = set()  # type: set
        # What was under way when the bot stopped may have arrived.
        self._store.run("update orders set sending = 0, maybe_sent = 1 where sending = 1")
        self._store.run("update orders set state = 'UNSURE', code = 'UNSURE' where state = 'TRYING'")
        self._store.run(
            "delete from orders where made_at < ? and state in ('OFFERED', 'PLACED', 'REFUSED')",
            time.time() - _KEEP_SECONDS,
        )

    def open_or_new(
        self, user_id: str, energy_text: str, energy: int, duration: str, receiver: str,
        max_price: Optional[str],
    ) -> Dict[str, Any]:
        """The unanswered order of the same content, else a new one that is on the disk when this
        returns."""
        with self._guard:
            known = self._store.row(
                "select * from orders where user_id = ? and energy = ? and duration = ? and receiver = ?"
                " and state in ('TRYING', 'UNSURE', 'WAITING', 'OFFERED') order by made_at desc limit 1",
                user_id, energy, duration, receiver,
            )
            if known is not None:
                if known["state"] == "OFFERED":
                    self._store.run(
                        "update orders set state = 'TRYING', max_price = ? where id = ?",
                        max_price, known["id"],
                    )
                return self._must(known["id"])
            order_id = "bot-" + uuid.uuid4().hex
            self._store.run(
                "insert into orders (id, user_id, energy_text, energy, duration, receiver, max_price,"
                " state, made_at) values (?, ?, ?, ?, ?, ?, ?, 'TRYING', ?)",
                order_id, user_id, energy_text, energy, duration, receiver, max_price, time.time(),
            )
            return self._must(order_id)

    def begin(self, order_id: str, seconds: float = 0.0) -> bool:
        """Takes the order for this thread; false when another one has it for all that time."""
        with self._guard:
            if not self._guard.wait_for(lambda: order_id not in self._in_flight, seconds):
                return False
            self._in_flight.add(order_id)
            return True

    def end(self, order_id: str) -> None:
        with self._guard:
            self._in_flight.discard(order_id)
            self._guard.notify_all()

    def sending(self, order_id: str) -> None:
        """Before a try goes out."""
        self._store.run("update orders set sending = 1 where id = ?", order_id)

    def answered(self, order_id: str) -> None:
        """A try has come to its end, and placed nothing."""
        self._store.run("update orders set sending = 0 where id = ?", order_id)

    def unanswered(self, order_id: str, maybe_sent: bool) -> None:
        """A try has come to no end. What may have been sent once stays so."""
        self._store.run(
            "update orders set sending = 0, maybe_sent = max(maybe_sent, ?),"
            " tried_at = case when ? then ? else tried_at end where id = ?",
            int(maybe_sent), int(maybe_sent), time.time(), order_id,
        )

    def placed(self, order_id: str, desk_id: str) -> None:
        self._store.run(
            "update orders set state = 'PLACED', desk_id = ?, sending = 0, code = null, message = null"
            " where id = ?",
            desk_id, order_id,
        )

    def move(
        self, order_id: str, state: str, code: Optional[str] = None, message: Optional[str] = None
    ) -> None:
        """To a state other than PLACED. One that is placed stays so."""
        self._store.run(
            "update orders set state = ?, code = ?, message = ?,"
            " agreed_at = case when ? = 'WAITING' then coalesce(agreed_at, ?) else agreed_at end"
            " where id = ? and state <> 'PLACED'",
            state, code, message, state, time.time(), order_id,
        )

    def get(self, order_id: str) -> Optional[Dict[str, Any]]:
        """By its own id or by the desk's."""
        return self._store.row("select * from orders where id = ? or desk_id = ?", order_id, order_id)

    def open(self) -> List[Dict[str, Any]]:
        return self._store.rows(
            "select * from orders where state in ('TRYING', 'UNSURE', 'WAITING') order by made_at"
        )

    def of_user(self, user_id: str) -> List[Dict[str, Any]]:
        """The user's unanswered orders, the oldest first."""
        return [row for row in self.open() if row["user_id"] == user_id]

    def close(self) -> None:
        self._store.close()

    def _must(self, order_id: str) -> Dict[str, Any]:
        row = self.get(order_id)
        if row is None:
            raise RuntimeError("the order just written is not there")
        return row
