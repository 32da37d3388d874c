"""In which order SQL puts names with numbers: H2 before H10, as everywhere."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from docsync.models.natural import Key
from docsync.models.natural import natural as place

NATURAL: Final = "natsort"
"""What the order goes by in SQL: `order by id collate natsort`."""


def natural(one: str, other: str) -> int:
    """Compare two texts as SQLite's collations do: below, at or above zero."""
    first, second = (_place(one), one), (_place(other), other)
    return (first > second) - (first < second)


@lru_cache(maxsize=20_000)
def _place(text: str) -> Key:
    return place(text)
