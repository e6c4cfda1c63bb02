"""A user of the running desk, and a wire to it that can be cut at any word."""

import contextlib
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
import unittest
from typing import Any, Callable, List, Optional

import requests

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import models  # noqa: E402
from energy_desk.desk import desk, forget_desk  # noqa: E402

URL = os.environ.get("TEST_DESK_URL", "")
KEY = os.environ.get("TEST_DESK_KEY", "")
CONTROL = os.environ.get("TEST_DESK_CONTROL", "")
#: Nobody has the key of it, and it is not on the chain.
UNUSED_ADDRESS = "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8"
_PATIENCE_SECONDS = 60.0


def control(name: str, **facts: Any) -> Any:
    """What the test of TypeScript does for us: stop, start, credit, address, orders."""
    response = requests.post("%s/%s" % (CONTROL, name), json=facts, timeout=60)
    response.raise_for_status()
    return response.json()


def wait_until(what: str, ask: Callable[[], Any]) -> Any:
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < give_up:
        answer = ask()
        if answer:
            return answer
        threading.Event().wait(0.05)
    raise AssertionError("waited in vain until " + what)


class Wire:
    """Stands between the bot and the desk. One request per connection.

    pass     brings request and answer
    lose     brings the request to the desk, waits for its answer, and loses that
    drop     loses the request
    garble   answers as a proxy whose desk is away
    hold     brings the request when `released` is set
    """

    def __init__(self, target: str) -> None:
        host, port = target.split("//")[1].split(":")
        self._target = (host, int(port))
        self.mode = "pass"
        #: Modes of the next orders that are placed, before `mode` holds again.
        self.next = []  # type: List[str]
        self.requests = []  # type: List[bytes]
        self.released = threading.Event()
        #: Orders alone are held.
        self.hold_placings = False
        self._listener = None  # type: Optional[socket.socket]
        self._port = 0
        self.connect()

    @property
    def url(self) -> str:
        return "http://127.0.0.1:%d" % self._port

    def connect(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        listener.listen(50)
        self._port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def disconnect(self) -> None:
        """From now on nobody is there at all."""
        if self._listener is not None:
            # Wakes the thread that waits in accept.
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None

    def placings(self) -> int:
        return sum(1 for body in self.requests if b"mutation Place" in body)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client:
            body = _read_request(client)
            if not body:
                return
            is_order = b"mutation Place" in body
            mode = self.next.pop(0) if self.next and is_order else self.mode
            self.requests.append(body)
            if mode == "drop":
                return
            if mode == "garble":
                client.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\nConnection: close\r\n\r\naway")
                return
            if mode == "hold" or self.hold_placings and is_order:
                self.released.wait(30)
            with socket.create_connection(self._target) as desk_socket:
                desk_socket.sendall(body.replace(b"Connection: keep-alive", b"Connection: close"))
                answer = b""
                while True:
                    part = desk_socket.recv(65536)
                    if not part:
                        break
                    answer += part
            if mode != "lose":
                with contextlib.suppress(OSError):  # the bot has gone meanwhile
                    client.sendall(answer)


def _read_request(client: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        part = client.recv(65536)
        if not part:
            return b""
        data += part
    head, _, rest = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    while len(rest) < length:
        part = client.recv(65536)
        if not part:
            return b""
        rest += part
    return head + b"\r\n\r\n" + rest


_last_user = int(time.time()) % 1000000 * 1000


@unittest.skipIf(URL == "", "npm test starts the desk for this")
class DeskCase(unittest.TestCase):
    """Each test has a user, a wire and a folder of its own."""

    def setUp(self) -> None:
        global _last_user
        _last_user += 1
        self.user_id = _last_user
        self.wire = Wire(URL)
        self.folder = tempfile.mkdtemp(prefix="energy-desk-bot-")
        self.environment(
            ENERGY_DESK_URL=self.wire.url,
            ENERGY_DESK_API_KEY=KEY,
            ENERGY_DESK_STATE_DIR=os.path.join(self.folder, "state"),
            ENERGY_DESK_WALLET_FILE=os.path.join(self.folder, "user_wallets.json"),
            ENERGY_DESK_LANGUAGE="en",
            # A busy machine is no desk that is away.
            ENERGY_DESK_READ_SECONDS="30",
            ENERGY_DESK_ORDER_SECONDS="30",
        )

    def tearDown(self) -> None:
        self.restart()
        self.wire.disconnect()
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self, **values: str) -> None:
        os.environ.update(values)
        self.restart()

    def restart(self) -> None:
        """The bot's process ends and begins anew."""
        forget_desk()
        models.user_sessions.clear()

    @property
    def session(self) -> models.UserSession:
        return models.get_user_session(self.user_id)

    def credit(self, amount: str) -> None:
        control("credit", telegramId=str(self.user_id), amount=amount)

    def orders(self) -> List[Any]:
        """The desk's own list of the user's orders."""
        return control("orders", telegramId=str(self.user_id))

    def address(self) -> str:
        """On the chain, and nobody's."""
        return control("address")["address"]

    def desk(self) -> Any:
        return desk()
