"""Why a query cannot be answered."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 500


class QueryError(Exception):
    """Say in one line what is wrong with a query, or which limit it ran into."""

    def __init__(self, message: str) -> None:
        line = " ".join(message.split())
        super().__init__(line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…")
