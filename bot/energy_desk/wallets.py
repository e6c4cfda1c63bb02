"""The addresses that users keep: in the desk, with the old file for those it has not heard of yet."""

import json
import logging
import os
import threading
import time
from typing import Any, Dict, List, Tuple

from .addresses import is_valid_tron_address
from .client import Client, DeskAway, DeskError
from .settings import Settings
from .store import Known

log = logging.getLogger("energy_desk")

#: Pages of the bot read the list several times while they are built.
_FRESH_SECONDS = 2.0
_AWAY_SECONDS = 2.0

_USER = "addresses { address }"
_LIST = "query Addresses($ref: UserRef!) { user(ref: $ref) { %s } }" % _USER
_ADD = "mutation Add($input: AddUserAddressInput!) { addUserAddress(input: $input) { %s } }" % _USER
_REMOVE = (
    "mutation Remove($input: UserAddressInput!) { removeUserAddress(input: $input) { %s } }" % _USER
)


class Wallets:
    def __init__(self, client: Client, known: Known, settings: Settings) -> None:
        self._client = client
        self._known = known
        self._file = settings.wallet_file
        self._lock = threading.Lock()
        self._recent = {}  # type: Dict[str, Tuple[float, List[str]]]
        self._away_until = 0.0

    def of(self, user_id: str) -> List[str]:
        """The user's addresses, the default first; the last known ones while the desk is away."""
        now = time.monotonic()
        with self._lock:
            recent = self._recent.get(user_id)
            away = now < self._away_until
        if recent is not None and now - recent[0] < _FRESH_SECONDS:
            return list(recent[1])
        if not away:
            try:
                data = self._client.read(_LIST, {"ref": {"telegramId": user_id}})
                return self._note(user_id, data["user"])
            except (DeskAway, DeskError) as problem:
                log.warning("addresses: %s", problem)
                with self._lock:
                    self._away_until = time.monotonic() + _AWAY_SECONDS
        return self._last_known(user_id)

    def add(self, user_id: str, address: Any) -> bool:
        """True when the address is new and kept now; False when it is none, was kept, or the desk is
        away or says no."""
        if not is_valid_tron_address(address):
            return False
        try:
            if address in self._kept(user_id):
                return False
            return address in self._change(_ADD, "addUserAddress", user_id, address)
        except (DeskAway, DeskError) as problem:
            log.warning("an address was not added: %s", problem)
            return False

    def remove(self, user_id: str, address: Any) -> bool:
        """True when it was kept and is gone now."""
        if not is_valid_tron_address(address):
            return False
        try:
            if address not in self._kept(user_id):
                return False
            return address not in self._change(_REMOVE, "removeUserAddress", user_id, address)
        except (DeskAway, DeskError) as problem:
            log.warning("an address was not removed: %s", problem)
            return False

    def replace(self, user_id: str, addresses: List[Any]) -> bool:
        """Makes the user's list this one; True when it is. What is no address is left out."""
        wanted = [one for one in dict.fromkeys(addresses) if is_valid_tron_address(one)]
        try:
            kept = self._kept(user_id)
            for address in wanted:
                if address not in kept:
                    self._change(_ADD, "addUserAddress", user_id, address)
            for address in kept:
                if address not in wanted:
                    self._change(_REMOVE, "removeUserAddress", user_id, address)
            return True
        except (DeskAway, DeskError) as problem:
            log.warning("the addresses of a user were not saved: %s", problem)
            return False

    def everybody(self) -> Dict[str, List[str]]:
        """`{"<telegram id>": ["T…"]}` as last known, with those who are in the old file only."""
        everybody = read_wallet_file(self._file)
        for user_id, addresses in self._known.items("addresses:"):
            everybody[user_id] = addresses
        return everybody

    def save_everybody(self, data: Any) -> bool:
        """Brings into the desk whatever differs from what was last known; nobody is left out of it
        by not being named."""
        before = self.everybody()
        fine = True
        for user_id, addresses in dict(data).items():
            text = str(user_id)
            is_known = self._known.get("addresses:" + text) is not None
            # The desk has an order of its own.
            if not is_known or set(addresses) != set(before.get(text, [])):
                fine = self.replace(text, list(addresses)) and fine
        return fine

    def _kept(self, user_id: str) -> List[str]:
        """What the desk keeps, before it is changed; with what the old file has, when the desk has
        never had anything of this user."""
        data = self._client.read(_LIST, {"ref": {"telegramId": user_id}})
        addresses = self._note(user_id, data["user"])
        if not self._is_new(user_id, data["user"]):
            return addresses
        for address in addresses:
            if is_valid_tron_address(address):
                self._change(_ADD, "addUserAddress", user_id, address)
        return [address for address in addresses if is_valid_tron_address(address)]

    def _is_new(self, user_id: str, user: Any) -> bool:
        """Whether neither the desk nor this bot has ever known an address of the user."""
        if user is not None and user["addresses"]:
            return False
        return self._known.get("addresses:" + user_id) is None

    def _change(self, document: str, name: str, user_id: str, address: str) -> List[str]:
        variables = {"input": {"user": {"telegramId": user_id}, "address": address}}
        # From here on the old file has no say about the user.
        if self._known.get("addresses:" + user_id) is None:
            self._known.put("addresses:" + user_id, [])
        # Harmless to repeat: the same list comes of it.
        return self._note(user_id, self._client.read(document, variables)[name])

    def _note(self, user_id: str, user: Any) -> List[str]:
        if self._is_new(user_id, user):
            # What the old file has is all there is.
            return read_wallet_file(self._file).get(user_id, [])
        addresses = [row["address"] for row in user["addresses"]]
        with self._lock:
            if len(self._recent) > 10000:
                self._recent.clear()
            self._recent[user_id] = (time.monotonic(), addresses)
            self._away_until = 0.0
        known = self._known.get("addresses:" + user_id)
        if known is None or known[0] != addresses:
            self._known.put("addresses:" + user_id, addresses)
        return list(addresses)

    def _last_known(self, user_id: str) -> List[str]:
        known = self._known.get("addresses:" + user_id)
        if known is not None:
            return list(known[0])
        return read_wallet_file(self._file).get(user_id, [])


def read_wallet_file(path: str) -> Dict[str, List[str]]:
    """The old bot's file; {} when there is none or it cannot be read."""
    if not os.path.exists(path):
        return {}
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
    except (OSError, ValueError) as problem:
        log.warning("%s cannot be read: %s", path, problem)
        return {}
    if not isinstance(data, dict):
        return {}
    return {str(key): list(value) for key, value in data.items() if isinstance(value, list)}
