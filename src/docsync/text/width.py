"""How many columns of a fixed-width display a text takes, counted as the formatters of Markdown count."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_JOINER: Final = "\u200d"
_EMOJI_FORM: Final = "\ufe0f"
_NO_WIDTH: Final = frozenset({"Mn", "Me", "Cf", "Cc"})


def width(text: str) -> int:
    """Count columns: two for a wide sign or an emoji, none for what combines with the sign before it."""
    if text.isascii():
        return len(text)
    total = last = 0
    joined = flag = False
    for sign in text:
        if sign == _EMOJI_FORM:
            total, last = total + (last == 1), 2
        elif joined or (flag and _is_flag(sign)) or _is_tone(sign):
            flag = False
        else:
            last = _one(sign)
            total, flag = total + last, _is_flag(sign)
        joined = sign == _JOINER
    return total


@lru_cache(maxsize=4096)
def _one(sign: str) -> int:
    if _is_flag(sign):
        return 2
    category = unicodedata.category(sign)
    if category in _NO_WIDTH:
        return 0
    if category == "Cn":
        # What this Python's tables do not know yet is an emoji or an ideograph where these are added, else one column.
        return 2 if "\U0001f000" <= sign <= "\U0003fffd" else 1
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def _is_flag(sign: str) -> bool:
    """Tell whether a sign is half of a flag: two regional indicators stand in one place."""
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _is_tone(sign: str) -> bool:
    return "\U0001f3fb" <= sign <= "\U0001f3ff"
