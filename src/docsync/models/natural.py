"""In which order people expect values: H2 before H10, dates and numbers by size, nothing last."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from docsync.models.records import Json
from docsync.models.status import Status

Key: TypeAlias = tuple[int, int | float, tuple[tuple[int, str], ...]]

NOTHING: Final = 2
"""The first part of the key of an empty value; whoever turns the order round keeps these last."""

_DIGITS = re.compile(r"([0-9]+)")
_STATUSES = {status.value: number for number, status in enumerate(Status)}


def natural(value: Json, *, status: bool = False) -> Key:
    """Give a value's place in the order: numbers by size, then texts with the numbers in them by size.

    A list counts by its length; a mapping of progress by its percentage; a status by its place in the vocabulary.
    """
    if isinstance(value, list):
        return (0, len(value), ())
    if isinstance(value, dict):
        return natural(value.get("percent"))
    if isinstance(value, int | float):
        return (0, value, ())
    if value is None or value == "":
        return (NOTHING, 0, ())
    if status and value in _STATUSES:
        return (0, _STATUSES[value], ())
    return (1, 0, _text(value))


def _text(text: str) -> tuple[tuple[int, str], ...]:
    """Split a text at its numbers; a number compares by the count of its digits first, so that no size is too large."""
    parts = _DIGITS.split(text.casefold())
    return tuple(
        (len(part.lstrip("0")), part.lstrip("0")) if position % 2 else (0, part) for position, part in enumerate(parts)
    )
