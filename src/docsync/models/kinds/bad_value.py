"""What is wrong with one value, and what its writer can do."""

from __future__ import annotations


class BadValue(ValueError):
    """Say that a field cannot hold what is written; `index` names the item of a list, `code` the rule that reports it.

    A `soft` one may be meant as it is written: text where ids are expected, say.
    """

    def __init__(
        self, message: str, advice: str = "", *, code: str = "DS102", index: int | None = None, soft: bool = False
    ) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.code = code
        self.index = index
        self.soft = soft


def shown(value: object) -> str:
    """Quote a value for a message, shortened where it is long."""
    text = str(value)
    return f"“{text}”" if len(text) <= 60 else f"“{text[:59]}…”"  # noqa: PLR2004 -- what fits in a line with the message
