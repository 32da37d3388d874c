"""How the rows of a table nest: items, subtotals, totals, and which rows a total may add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

from msgspec import Struct

from docsync.models.blocks import Row, Table
from docsync.parser.claims.sums.measures import singular
from docsync.parser.statements import plain

_TOTAL = re.compile(
    r"\W*(?:(?:grand|overall|combined|project)\s)?(?:total|totals|sum|combined|overall)\b(?P<rest>[^|]{0,60})", re.IGNORECASE
)
_SUBTOTAL = re.compile(r"\W*(?:sub-?\s?totals?\b.{0,60}|\S.{0,40}\s(?:sub-?\s?)?totals?\W*(?:\([^()]*\))?)", re.IGNORECASE)
_SUMMING: Final = ("total", "sum", "comb", "overall")
"""What stands in every such label."""
_OMITS = re.compile(r"\.\.\.|…|\bet\s?c\b|\b(?:and|others?)\s(?:\d+\s)?more\b", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:progress|status|completion|result|score)\b", re.IGNORECASE)
_DERIVED = re.compile(
    r"\W*(?:average|avg|mean|median|target|goal|remaining|percent\w*|%|coverage|progress|efficiency|variance|savings?"
    r"|rate|pass rate|status|note|buffer|contingency|baseline|previous|per)\b",
    re.IGNORECASE,
)
_LONGEST_REST = 40
_INDENTED = re.compile(r"\s*(?:&nbsp;|[-–—•·└├↳→>+]|\.\.)")
_DOTTED = re.compile(r"\W*\d+(?:\.\d+)+\b")
_WORD = re.compile(r"[A-Za-z]+")


class Rank(Enum):
    """Say what a row adds up: nothing, the rows since the last subtotal, or all."""

    ITEM = 0
    SUBTOTAL = 1
    TOTAL = 2


class Line(Struct, frozen=True):
    """Hold a row with its label, which stands in cell `at`.

    `noun` is what a total row says that it counts (`Total lines`), empty for a bare one; `closes` tells that no item follows;
    `omits` that the row stands for others that are left out.
    """

    row: Row
    number: int
    label: str
    at: int
    rank: Rank
    noun: str
    bold: bool
    indented: bool
    closes: bool
    omits: bool


def may_total(table: Table) -> bool:
    """Tell, at little cost, whether a table can have a total row."""
    labels = plain("\n".join(next((cell.text for cell in row.cells if cell.text), "") for row in table.rows)).casefold()
    return any(word in labels for word in _SUMMING)


def read_rows(table: Table) -> tuple[Line, ...]:
    """Read the rows of a table."""
    lines: list[Line] = []
    closes = True
    for number in range(len(table.rows) - 1, -1, -1):
        line = _line(table.rows[number], number, closes=closes)
        closes = closes and (line.rank is Rank.TOTAL or _DERIVED.match(line.label) is not None)
        lines.append(line)
    return tuple(reversed(lines))


def _line(row: Row, number: int, *, closes: bool) -> Line:
    at = next((index for index, cell in enumerate(row.cells) if cell.text), 0)
    raw = row.cells[at].text
    label = plain(raw)
    rank, noun = _rank(label)
    return Line(
        row,
        number,
        label,
        at,
        rank,
        noun,
        bold=raw.startswith("**"),
        indented=_INDENTED.match(raw) is not None or _DOTTED.match(label) is not None,
        closes=closes or rank is Rank.SUBTOTAL,
        omits=_OMITS.search(label) is not None and len(label) < _LONGEST_REST,
    )


def _rank(label: str) -> tuple[Rank, str]:
    if (found := _TOTAL.fullmatch(label)) and ":" not in found["rest"].rstrip(":"):
        words = re.sub(r"\([^()]*\)", "", found["rest"]).strip(" :.*")
        return (Rank.ITEM if _WHOLE.search(words) else Rank.TOTAL), words.lower()
    return (Rank.SUBTOTAL, "") if _SUBTOTAL.fullmatch(label) else (Rank.ITEM, "")


def readings(lines: Sequence[Line], total: Line) -> list[tuple[Line, ...]]:
    """Give the groups of rows that a total may add up, the likeliest first."""
    above = lines[: total.number]
    if above and above[-1].rank is Rank.TOTAL:
        return []  # a total of the same rows in another way
    groups: dict[tuple[int, ...], tuple[Line, ...]] = {}
    for group in _ways(above, total):
        groups.setdefault(tuple(line.number for line in group), tuple(group))
    return [group for group in groups.values() if len(group) > 1]


def _ways(above: Sequence[Line], total: Line) -> Iterator[Sequence[Line]]:
    last = max((index for index, line in enumerate(above) if line.rank is not Rank.ITEM), default=-1)
    since = above[last + 1 :]
    if total.rank is Rank.SUBTOTAL:
        yield since
    if last >= 0 and total.rank is Rank.TOTAL:
        yield [*(line for line in above if line.rank is not Rank.ITEM), *since]
        yield above[last:]
    items = [line for line in above if line.rank is Rank.ITEM]
    for group in ([line for line in items if line.bold], [line for line in items if not line.indented]):
        if 1 < len(group) < len(items):
            yield group
    yield items
    yield [line for line in items if not line.bold]
    yield [line for line in items if line.indented]
    yield since
    yield [line for line in items if not _DERIVED.match(line.label)]


def head_rows(lines: Sequence[Line], total: Line) -> list[tuple[Line, ...]]:
    """Give the rows right above a total whose labels share its noun: `Lines of code`, `Lines of docs` above `Total lines`."""
    noun = singular(total.noun.split()[-1]) if total.noun else ""
    group: list[Line] = []
    for line in reversed(lines[: total.number]):
        words = [singular(word.lower()) for word in _WORD.findall(line.label)]
        if not words or noun not in (words[0], words[-1]) or line.rank is not Rank.ITEM:
            break
        group.append(line)
    return [tuple(reversed(group))] if noun and len(group) > 1 else []
