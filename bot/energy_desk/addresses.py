"""TRON addresses: base58 with a checksum, checked without asking anybody."""

import hashlib
from typing import Any

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BYTES = 25


def is_valid_tron_address(address: Any) -> bool:
    """Whether the text is an address: "T…", 34 characters, and the checksum fits."""
    if not isinstance(address, str) or len(address) != 34 or not address.startswith("T"):
        return False
    number = 0
    for letter in address:
        digit = _ALPHABET.find(letter)
        if digit < 0:
            return False
        number = number * 58 + digit
    if number >= 1 << (8 * _BYTES):
        return False
    raw = number.to_bytes(_BYTES, "big")
    body, checksum = raw[:-4], raw[-4:]
    return body[0] == 0x41 and hashlib.sha256(hashlib.sha256(body).digest()).digest()[:4] == checksum
