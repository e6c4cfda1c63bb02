"""How the bot writes Energy, durations and amounts. Never a float: no digit is lost."""

import re
from datetime import datetime, timezone
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from typing import Any, Optional

_ENERGY = re.compile(r"^(\d+(?:\.\d+)?)([KM]?)$")
_UNITS = {"": 1, "K": 1000, "M": 1000000}


def parse_energy(energy: Any) -> Optional[int]:
    """65000 for 65000, "65000", "65,000", "65K" and "0.065M"; None for what is no Energy."""
    if isinstance(energy, bool):
        return None
    if isinstance(energy, int):
        return energy if energy > 0 else None
    text = str(energy).strip().upper().replace(",", "").replace("_", "").replace(" ", "")
    found = _ENERGY.match(text)
    if not found:
        return None
    value = Decimal(found.group(1)) * _UNITS[found.group(2)]
    if value != value.to_integral_value() or value <= 0:
        return None
    return int(value)


def format_energy(energy: Any) -> str:
    """ "65K" for 65000, "1M" for 1000000, "65.5K" for 65500; what is no Energy stays as it is."""
    value = parse_energy(energy)
    if value is None:
        return str(energy)
    for letter in ("M", "K"):
        unit = _UNITS[letter]
        if value >= unit and value % (unit // 1000) == 0:
            return _plain(Decimal(value) / unit) + letter
    return str(value)


def parse_duration(duration: Any) -> str:
    """ "1h" for "1h", " 1H " """
    return str(duration).strip().lower()


def duration_hours(seconds: int) -> Any:
    """A whole number where it is one."""
    return seconds // 3600 if seconds % 3600 == 0 else seconds / 3600


def hours_of(duration: str) -> Any:
    """ 24 for "1d"; 0 for what is no duration."""
    found = re.match(r"^(\d+)([smhd])$", duration)
    if not found:
        return 0
    return duration_hours(int(found.group(1)) * {"s": 1, "m": 60, "h": 3600, "d": 86400}[found.group(2)])


def trx_balance(amount: str) -> str:
    """ "20.000": rounded down, so that nobody is shown money that is not there."""
    return str(Decimal(amount).quantize(Decimal("0.001"), ROUND_DOWN))


def usdt_balance(amount: str) -> str:
    """ "50.00": rounded down."""
    return str(Decimal(amount).quantize(Decimal("0.01"), ROUND_DOWN))


def cost(amount: str) -> str:
    """ "12.34": rounded up, so that nobody is charged more than was shown."""
    return str(Decimal(amount).quantize(Decimal("0.01"), ROUND_UP))


def iso_time(text: Optional[str]) -> Optional[str]:
    """The desk's time as `datetime.fromisoformat` of every Python reads it: no "Z"."""
    if text is None:
        return None
    return text[:-1] + "+00:00" if text.endswith("Z") else text


def now_iso() -> str:
    return datetime.now(timezone.utc).isoformat()


def clock(seconds: float) -> str:
    """ "08:30", by the machine's own time, for people."""
    return datetime.fromtimestamp(seconds).strftime("%H:%M")


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
