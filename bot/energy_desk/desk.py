"""Everything put together, once for the process, when it is first needed."""

import atexit
import logging
import os
import threading
import time
from typing import Optional

from .account import Account
from .client import Client
from .orders import Orders
from .outbox import Outbox
from .sessions import SessionKeeper
from .settings import Settings, read_settings
from .store import Known
from .wallets import Wallets

log = logging.getLogger("energy_desk")

#: Between tries while something is open.
_SHORTEST_SECONDS = 1.0
_LONGEST_SECONDS = 15.0
#: Several attributes of a session change together.
_GATHER_SECONDS = 0.1


class Desk:
    """The parts, and one thread that saves sessions and asks for what was left open."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._thread = None  # type: Optional[threading.Thread]
        self._thread_lock = threading.Lock()
        folder = os.path.abspath(settings.state_dir)
        self.client = Client(
            settings.url, settings.api_key, settings.connect_seconds, settings.read_seconds
        )
        self.known = Known(folder)
        self.outbox = Outbox(folder)
        self.orders = Orders(self.client, self.outbox, self.known, settings, self.wake)
        self.account = Account(self.client, self.known, settings)
        self.wallets = Wallets(self.client, self.known, settings)
        self.sessions = SessionKeeper(self.client, folder, self.wake)
        if self.orders.has_open() or self.sessions.has_unsaved():
            self.wake()

    def wake(self) -> None:
        """There is something to do behind the scenes."""
        with self._thread_lock:
            if self._thread is None and not self._stopped.is_set():
                self._thread = threading.Thread(target=self._work, name="energy-desk", daemon=True)
                self._thread.start()
        self._wake.set()

    def stop(self) -> None:
        """Ends the thread and saves what can be saved at once; the rest is on the disk."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        self._wake.set()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(self.settings.order_seconds + self.settings.connect_seconds + 1)
        try:
            self.sessions.flush()
        finally:
            if thread is None or not thread.is_alive():
                for part in (self.known, self.outbox, self.sessions):
                    part.close()

    def _work(self) -> None:
        pause = _SHORTEST_SECONDS
        is_open = False
        while not self._stopped.is_set():
            if self._wake.wait(pause if is_open else None):
                pause = _SHORTEST_SECONDS
                time.sleep(_GATHER_SECONDS)
            if self._stopped.is_set():
                return
            self._wake.clear()
            try:
                is_open = self.sessions.flush() > 0
                is_open = self.orders.settle() > 0 or is_open
            except Exception:  # whatever it is, what is open stays open and is asked for again
                log.exception("the work behind the scenes failed")
                is_open = True
            pause = min(pause * 1.5, _LONGEST_SECONDS)


_desk = None  # type: Optional[Desk]
_lock = threading.Lock()


def desk() -> Desk:
    """The process's desk. Raises ValueError when the environment holds what cannot be used."""
    global _desk
    with _lock:
        if _desk is None:
            _desk = Desk(read_settings())
            atexit.register(_desk.stop)
        return _desk


def forget_desk() -> None:
    """Stops it; the next one reads the environment and the disk anew."""
    global _desk
    with _lock:
        old, _desk = _desk, None
    if old is not None:
        atexit.unregister(old.stop)
        old.stop()
