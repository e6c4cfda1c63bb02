"""Texts that say, when they are shown, that they are not fresh."""

from typing import Optional


class StaleText(str):
    """A value that may be old. It compares and computes as the value, and shows itself with a note:
    `float(text)` is 20.0, while f"{text}" is "20.000（08:30 的数据）".
    """

    note = ""
    shown = None  # type: Optional[str]

    @classmethod
    def of(cls, value: str, note: str) -> "StaleText":
        text = cls(value)
        text.note = note
        return text

    @classmethod
    def unknown(cls, value: str, shown: str) -> "StaleText":
        """A value that nobody knows: the cautious one, shown as the sentence that says so."""
        text = cls(value)
        text.shown = shown
        return text

    def __str__(self) -> str:
        if self.shown is not None:
            return self.shown
        return str.__str__(self) + self.note

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)
