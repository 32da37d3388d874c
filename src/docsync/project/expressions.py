"""How a fact expression is written: `<plural>[field=value, …].<measure>`, or two of them as a fraction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from msgspec import Struct

from docsync.models.nearness import nearest

_HEAD = re.compile(r"\s*([^\[\].=\"/,]+)")
_FILTERS = re.compile(r"\s*\[((?:\"[^\"]*\"|[^\]\"])*)\]")
_FILTER = re.compile(r"(?:([^=,\"]*)=)?(\s*\"[^\"]*\"\s*|[^=,\"]*)(?:,|\Z)")
_MEASURE = re.compile(r"\s*\.\s*([^\W\d][\w -]*)")
_SLASH = re.compile(r"\s*/")

EXAMPLE: Final = "holes[phase=1].resolved/holes[phase=1].total"


class FactError(ValueError):
    """Say why a fact expression means nothing: what was expected, what stands there, and the near miss."""


class Filter(Struct, frozen=True):
    """Require a field to have a value; without a key the value is an id."""

    key: str
    value: str


class Term(Struct, frozen=True):
    """Hold one measure of the records of a plural that pass the filters."""

    plural: str
    filters: tuple[Filter, ...]
    measure: str

    def __str__(self) -> str:
        """Give the term as it is written."""
        chosen = ", ".join(f"{one.key}={_quoted(one.value)}" if one.key else _quoted(one.value) for one in self.filters)
        return f"{self.plural}[{chosen}].{self.measure}" if chosen else f"{self.plural}.{self.measure}"


class Expression(Struct, frozen=True):
    """Hold a term, and a second one where the two make a fraction."""

    value: Term
    total: Term | None = None

    def __str__(self) -> str:
        """Give the expression as it is written."""
        return f"{self.value}/{self.total}" if self.total else str(self.value)


@lru_cache(maxsize=1024)
def parse(text: str) -> Expression:
    """Read a fact expression; raises FactError where it is not one."""
    value, at = _term(text, 0)
    total = None
    if slash := _SLASH.match(text, at):
        total, at = _term(text, slash.end())
    if rest := text[at:].strip():
        raise FactError(f"expected the end of the expression after `{text[:at].strip()}`, found `{rest}`")
    return Expression(value, total)


def parse_filters(text: str) -> tuple[Filter, ...]:
    """Read what stands between the brackets; raises FactError where it is no list of filters."""
    filters: list[Filter] = []
    at = 0
    while at < len(text) or not filters:
        one = _FILTER.match(text, at)
        value = one[2].strip().strip('"') if one else ""
        if one is None or not value or (one[1] is not None and not one[1].strip()):
            raise FactError(f"expected `field=value` or an id, found {_found(text, at)}")
        filters.append(Filter((one[1] or "").strip(), value))
        at = one.end()
    return tuple(filters)


def near(word: str, known: Iterable[str]) -> str:
    """Give `; did you mean …?` for the nearest known word, or nothing."""
    found = nearest(word, known)
    return f"; did you mean `{found}`?" if found else ""


def _term(text: str, at: int) -> tuple[Term, int]:
    head = _HEAD.match(text, at)
    if head is None:
        raise FactError(f"expected a plural such as `holes`, found {_found(text, at)}; an example: `{EXAMPLE}`")
    at, filters = head.end(), tuple[Filter, ...]()
    if text.startswith("[", at):
        filters, at = _filters(text, at)
    measure = _MEASURE.match(text, at)
    if measure is None:
        raise FactError(f"expected `.` and a measure after `{text[:at].strip()}`, found {_found(text, at)}")
    return Term(head[1].strip(), filters, measure[1].strip()), measure.end()


def _filters(text: str, at: int) -> tuple[tuple[Filter, ...], int]:
    bracket = _FILTERS.match(text, at)
    if bracket is None:
        raise FactError(f"expected `]` to close `{text[at:].strip()}`")
    return parse_filters(bracket[1]), bracket.end()


def _found(text: str, at: int) -> str:
    rest = text[at:].strip()
    return f"`{rest}`" if rest else "nothing"


def _quoted(value: str) -> str:
    return f'"{value}"' if set(value) & set(',=]"') or value != value.strip() else value
