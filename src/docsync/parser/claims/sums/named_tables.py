"""Which fractions say under a name how many rows of that section's table are done: `Cranes: 4/5`, and `## Cranes` below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct

from docsync.models.blocks import TEXTS, Heading, Row, Table
from docsync.models.claims import Quantity
from docsync.models.status import Status
from docsync.models.ties import Part, Tie, TieKind
from docsync.parser.claims.quantities import block_quantities
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.statements import plain, statements
from docsync.parser.vocabulary import Vocabulary

_FRACTION = re.compile(r"\d\s?/\s?\d")
_STATUS = re.compile(r"(?:current\s)?(?:status|state)", re.IGNORECASE)
_SHARE = re.compile(r"progress|completion|complete|done|%(?:\s(?:done|complete))?", re.IGNORECASE)
_PERCENT = re.compile(r"\W*(\d{1,3})\s?%\W*")
_STRUCK = re.compile(r"\W*~~.*~~\W*")
_LEFT_OUT = re.compile(r"\b(?:eliminated|removed|dropped|merged|moved|optional|n/?a|obsolete|superseded)\b", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]+")
_ENDS_NAME = re.compile(r"\(|\[|:\s|\s[-–—]\s")
_TOTAL = re.compile(r"\W*(?:total|overall|sum)\b", re.IGNORECASE)
_EMPTY: Final = frozenset(
    {"progress", "status", "overview", "summary", "total", "overall", "tasks", "tests", "completed", "done"}
)
_FEWEST: Final = 3
_NEARLY: Final = 5
_DONE_WORDS: Final = frozenset({"complete", "completed", "done", "finished", "implemented", "ready", "resolved", "operational"})


class _Listed(Struct, frozen=True):
    """Hold the rows of a section's one table: how far each is, and how many may not count at all."""

    item: str
    parts: tuple[Part, ...]
    done: int
    begun: int
    optional: int

    @property
    def rows(self) -> int:
        return len(self.parts)


def named_tables(source: TieSource) -> Iterator[Tie]:
    """Give a tie for each fraction whose name is that of a section with one table of statuses."""
    text, known = source.source.text, _Known(source)
    if not known:
        return
    for index, block in source.counting:
        start, end = block.span.start, block.span.end
        if text.find("/", start, end) >= 0 and _FRACTION.search(text, start, end) and _may_name(source, index, known):
            for quantity in block_quantities(source.blocks, index, source.scopes, source.vocabulary):
                if tie := _tie(quantity, known):
                    yield tie


class _Known:
    """Give by its name how far the rows of a section's one table are; a table is read when it is first asked for."""

    def __init__(self, source: TieSource) -> None:
        self._vocabulary = source.vocabulary
        self._tables = dict(_by_name(source))
        self._read: dict[tuple[str, ...], _Listed | None] = {}

    def __bool__(self) -> bool:
        return bool(self._tables)

    def get(self, name: tuple[str, ...]) -> _Listed | None:
        if name not in self._tables:
            return None
        if name not in self._read:
            self._read[name] = _listed(self._tables[name], self._vocabulary)
        return self._read[name]


def _may_name(source: TieSource, index: int, known: _Known) -> bool:
    """Tell, at less cost than reading it, whether a block can hold a fraction under one of the names."""
    block = source.blocks[index]
    if not isinstance(block, TEXTS):
        return True
    item = source.scopes.of(index).item
    return any(known.get(_name(statement.key or item)) for statement in statements(block.inline))


def _by_name(source: TieSource) -> Iterator[tuple[tuple[str, ...], Table]]:
    """Give the one table of each section that has a name of its own."""
    sections: dict[int, list[Table]] = {}
    for _, table in source.blocks.tables:
        if table.section >= 0:
            sections.setdefault(table.section, []).append(table)
    names: dict[tuple[str, ...], list[list[Table]]] = {}
    for section, tables in sections.items():
        heading = source.blocks[section]
        if isinstance(heading, Heading) and (name := _name(heading.inline.text)):
            names.setdefault(name, []).append(tables)
    for name, found in names.items():
        if len(found) == 1 and len(found[0]) == 1 and max(_columns(found[0][0])) >= 0:
            yield name, found[0][0]


def _name(text: str) -> tuple[str, ...]:
    """Give the words of a name, what follows it in brackets or behind a dash left out."""
    bare = plain(text)
    ends = _ENDS_NAME.search(bare, 1)
    words = tuple(word.casefold() for word in _NAME.findall(bare[: ends.start()] if ends else bare))
    return () if set(words) <= _EMPTY else words


def _listed(table: Table, vocabulary: Vocabulary) -> _Listed | None:
    """Read how far the rows of a table are, None where that is not said of each."""
    status, share = _columns(table)
    parts, optional = [], 0
    for row in table.rows:
        if _STRUCK.fullmatch(row.cells[0].text) or _TOTAL.match(row.cells[0].text):
            continue
        far = _how_far(row, status, share, vocabulary)
        if far is None:
            return None
        optional += status >= 0 and _LEFT_OUT.search(row.cells[status].text) is not None
        parts.append(Part(row.cells[0].span, plain(row.cells[0].text), far, far))
    done, begun = (sum(part.value >= least for part in parts) for least in (Decimal(1), Decimal("0.01")))
    item = plain(table.header.cells[0].text).casefold()
    return _Listed(item, tuple(parts), done, begun, optional) if len(parts) >= _FEWEST else None


def _columns(table: Table) -> tuple[int, int]:
    """Give the columns of the rows' statuses and of their shares, -1 for none."""
    headers = [plain(cell.text) for cell in table.header.cells]
    return _column(headers, _STATUS), _column(headers, _SHARE)


def _column(headers: Sequence[str], pattern: re.Pattern[str]) -> int:
    found = [at for at, header in enumerate(headers) if at and pattern.fullmatch(header)]
    return found[0] if len(found) == 1 else -1


def _how_far(row: Row, status: int, share: int, vocabulary: Vocabulary) -> Decimal | None:
    """Give how far a row is, from 0 to 1: its status says whether it is done, else its percentage."""
    said = vocabulary.status(row.cells[status].text) if status >= 0 else None
    written = _PERCENT.fullmatch(row.cells[share].text) if share >= 0 else None
    if said is Status.RESOLVED:
        return Decimal(1)
    if written:
        return Decimal(written[1]) / 100
    if said is None:
        return None
    return Decimal(0) if said in (Status.PENDING, Status.READY, Status.CANCELLED, Status.DEFERRED) else Decimal("0.5")


def _tie(quantity: Quantity, known: _Known) -> Tie | None:
    count, total = quantity.count, quantity.total
    if count is None or total is None or not count.exact or not total.exact or quantity.aim or not quantity.scope.living:
        return None
    listed = known.get(_name(quantity.key or quantity.scope.item))
    if listed is None or not _is_of_rows(quantity, listed) or quantity.state not in ("", *_DONE_WORDS):
        return None
    low, high = Decimal(listed.done - listed.optional), Decimal(listed.begun)
    if not listed.rows - listed.optional <= total.value <= listed.rows:
        if not _is_near(quantity, listed):
            return None
        low = high = Decimal(listed.done)
    why = f"the section of that name has one table, of {listed.rows} rows, {listed.done} of them done"
    return Tie(TieKind.ROWS, count, quantity.span, listed.parts, low, high, quantity.noun, quantity.scope, why=(why,))


def _is_of_rows(quantity: Quantity, listed: _Listed) -> bool:
    """Tell whether what a fraction counts, where it says it, is what the table's first column holds."""
    return not quantity.noun or quantity.noun.rstrip("s") == listed.item.rstrip("s")


def _is_near(quantity: Quantity, listed: _Listed) -> bool:
    """Tell whether a total misses the rows by so little that one was added or dropped, and not all is done on both sides."""
    count, total = quantity.count, quantity.total
    if count is None or total is None or listed.rows < _NEARLY or abs(total.value - listed.rows) > 1:
        return False
    return count.value < total.value and listed.done < listed.rows and abs(count.value - listed.done) > 1
