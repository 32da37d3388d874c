"""Which fields the rows of a table state of the entity that each row is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from docsync.models.blocks import Cell, Inline, Row, Table
from docsync.models.claims import Form, Mention, Scope
from docsync.models.schema import field_key
from docsync.models.status import Status
from docsync.parser.coverage import Coverage
from docsync.parser.entities import Named, has_name, may_name, names_in, numbered_name
from docsync.parser.forms.leads import read_lead
from docsync.parser.forms.stated import LONGEST, blockers
from docsync.parser.masking import mask
from docsync.parser.statements import plain
from docsync.parser.vocabulary import Vocabulary
from docsync.text.spans import Span

_ENTITY_COLUMNS: Final = 3
_STATUS = re.compile(r"(?:^|\s)(?:status|state)$|^(?:status|state)(?:\s(?!(?:codes?|before|prior)\b)|/|$)", re.IGNORECASE)
_DONE = re.compile(r"^(?:done|complete|completed|resolved|finished|implemented)\??$", re.IGNORECASE)
_PART = re.compile(r"^(?P<kind>[A-Za-z]+)\s(?:passed|status|state)\??$", re.IGNORECASE)
_ANSWER = re.compile(r"\W*[1-5]\d\d(?![\d.,/%]|\s?%)\b")
_NUMBERED = re.compile(r"\W*\d")
_LOOKED_AT = 5
_ID_HEADERS = frozenset({"id", "#", "no", "no.", "nr", "number", "key", "task id", "ref"})
_NUMERIC = re.compile(r"\W*(\d{1,4}(?:\.\d{1,4}){0,3}[a-z]?)\W*")
_ORDINAL = re.compile(r"\W*(?P<number>\d{1,3}(?:\.\d{1,2})?[a-z]?)(?:[.:)]|\s[-–—])\s+(?P<title>[^\W\d_].*)", re.DOTALL)
"""`2. Tide Gauge` in a column that is headed `Phase`."""
_NOT_YET = frozenset("❌✗✘✖")
_TITLE = re.compile(r"\w")
_TITLE_ENDS = re.compile(r"[(\[*`\0\n]")
_LONG_WORDS = re.compile(r"[^\W\d_]{4,}")
_GIST_COLUMNS: Final = 5


class _Columns(Struct, frozen=True):
    """Say which columns hold what, by index; `label` is the word that makes a name with a bare number in the first one."""

    status: int
    done: bool
    fields: tuple[tuple[int, str], ...]
    parts: tuple[tuple[int, str], ...]
    label: str
    ids: bool


class NamingRow(Struct, frozen=True, gc=False):
    """Hold a row with those of its cells that hold anything written as a name."""

    row: Row
    naming: tuple[Cell, ...]


def naming_rows(table: Table, vocabulary: Vocabulary, covered: Coverage) -> list[NamingRow]:
    """Give the rows of a table that are not `covered`."""
    return [
        NamingRow(row, tuple([cell for cell in row.cells if _names(cell, vocabulary)]))
        for row in table.rows
        if not covered.holds(row.span)
    ]


def _names(cell: Cell, vocabulary: Vocabulary) -> bool:
    return may_name(cell.text, vocabulary) and has_name(mask(cell.text), vocabulary)


def row_mentions(table: Table, rows: Sequence[NamingRow], scope: Scope, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Give the status, title and references that each row states; a table of HTTP answers states none."""
    first = plain(table.header.cells[0].text).lower()
    numbers = first in vocabulary.numbered or first in _ID_HEADERS
    about = [found for found in rows if found.naming or (numbers and _NUMBERED.match(mask(found.row.cells[0].text)))]
    if about:
        columns = _columns(table, vocabulary)
        for found in about:
            yield from _row(found, columns, scope, vocabulary)


def _columns(table: Table, vocabulary: Vocabulary) -> _Columns:
    titles = [plain(cell.text) for cell in table.header.cells]
    status = _status_column(titles, vocabulary)
    if status >= 0:
        counts = _NUMBERED if _DONE.match(titles[status]) else _ANSWER
        status = -1 if any(counts.match(row.cells[status].text) for row in table.rows[:_LOOKED_AT]) else status
    fields, parts = [], []
    for index, title in enumerate(titles):
        name = vocabulary.fields.get(field_key(title), "")
        part = _part(title, vocabulary)
        if index and name and name != "status":
            fields.append((index, name))
        elif index != status and part:
            parts.append((index, f"{part}_status"))
    first = titles[0].lower() if titles else ""
    return _Columns(
        status=status,
        done=status >= 0 and _DONE.match(titles[status]) is not None,
        fields=tuple(fields),
        parts=tuple(parts),
        label=first if first in vocabulary.numbered else "",
        ids=first in _ID_HEADERS,
    )


def _status_column(titles: Sequence[str], vocabulary: Vocabulary) -> int:
    """Give the one column that holds the rows' statuses, -1 where there is none or the choice is not plain."""
    exact = [index for index, title in enumerate(titles) if index and title.lower() in ("status", "state", "current status")]
    if exact:
        return exact[0]
    found = [index for index, title in enumerate(titles) if index and (_STATUS.search(title) or _DONE.match(title))]
    return found[0] if len(found) == 1 and not _part(titles[found[0]], vocabulary) else -1


def _part(title: str, vocabulary: Vocabulary) -> str:
    """Give the kind whose status a column holds: `Gate passed` of a phase's row."""
    found = _PART.match(title)
    kind = found["kind"].lower() if found else ""
    return kind if kind in vocabulary.numbered else ""


def _row(naming: NamingRow, columns: _Columns, scope: Scope, vocabulary: Vocabulary) -> Iterator[Mention]:
    row, found = naming.row, _entity(naming, columns, vocabulary)
    if found is None:
        return
    named, cell, title = found
    entity = _span(cell, named.start, named.end)
    seen = False
    for name in named.names:
        for mention in _fields(row, cell, columns, vocabulary):
            seen = seen or mention.name == "title"
            yield Mention(
                name, mention.span, Form.ROW, scope, mention.name, mention.raw, entity, mention.status, mention.targets
            )
    if title and not seen and len(named.names) == 1:
        start = cell.text.find(title, named.end)
        yield Mention(named.name, _span(cell, start, start + len(title)), Form.ROW, scope, "title", title, entity)
    elif not seen and len(named.names) == 1 and (gist := _gist(row, cell, columns)):
        yield Mention(named.name, gist.span, Form.ROW, scope, "gist", gist.text, entity)


def _gist(row: Row, own: Cell, columns: _Columns) -> Cell | None:
    """Give the first cell that can say what the row's entity is, where no column is a title."""
    taken = {columns.status, *(index for index, _ in (*columns.fields, *columns.parts))}
    return next(
        (
            cell
            for index, cell in enumerate(row.cells[:_GIST_COLUMNS])
            if cell is not own and index not in taken and len(_LONG_WORDS.findall(cell.text)) > 1
        ),
        None,
    )


class _Field(Struct, frozen=True):
    name: str
    raw: str
    span: Span
    status: Status | None = None
    targets: tuple[str, ...] = ()


def _fields(row: Row, own: Cell, columns: _Columns, vocabulary: Vocabulary) -> Iterator[_Field]:
    if columns.status >= 0 and (cell := row.cells[columns.status]).text:
        yield _Field("status", cell.text, cell.span, _status(cell, columns, vocabulary), blockers(mask(cell.text), vocabulary))
    for index, name in columns.parts:
        cell = row.cells[index]
        if (status := vocabulary.status(cell.text[:LONGEST])) is not None:
            yield _Field(name, cell.text, cell.span, status)
    for index, name in columns.fields:
        cell = row.cells[index]
        if _TITLE.search(cell.text) and cell is not own:
            targets = names_in(mask(cell.text), vocabulary) if name != "title" else ()
            yield _Field(name, cell.text, cell.span, None, targets)


def _status(cell: Cell, columns: _Columns, vocabulary: Vocabulary) -> Status | None:
    """Read a status cell; in a column of ticks and crosses a cross means only that it is not done yet."""
    status = vocabulary.status(cell.text[:LONGEST])
    if columns.done and status is Status.FAILED and cell.text.strip()[:1] in _NOT_YET:
        return Status.PENDING
    return status


def _entity(naming: NamingRow, columns: _Columns, vocabulary: Vocabulary) -> tuple[Named, Cell, str] | None:
    """Give whom a row is about, the cell that says so, and the title beside the name in that cell."""
    first = naming.row.cells[0]
    if (columns.label or columns.ids) and (number := _NUMERIC.fullmatch(mask(first.text))):
        if columns.label:
            return Named((numbered_name(columns.label, number[1]),), *number.span(1), columns.label), first, ""
        if "." in number[1]:
            return Named((number[1],), *number.span(1)), first, ""
    if columns.label and (found := ordinal(first.text)):
        name = numbered_name(columns.label, found["number"])
        return Named((name,), *found.span("number"), columns.label), first, _bare(found["title"])
    for cell in _first_columns(naming):
        lead = read_lead(mask(cell.text), 0, len(cell.text), vocabulary)
        if lead is not None and (lead.clean or not lead.named.label):
            return lead.named, cell, lead.title
    return None


def _first_columns(naming: NamingRow) -> Iterator[Cell]:
    """Give the cells that hold a name in the columns that can say whom a row is about."""
    last = naming.row.cells[:_ENTITY_COLUMNS][-1].span.start
    return (cell for cell in naming.naming if cell.span.start <= last)


def ordinal(text: str) -> re.Match[str] | None:
    """Match the number and title of a cell such as `2. Tide Gauge`, which names phase 2 in a column of phases."""
    return _ORDINAL.match(mask(text))


def _bare(title: str) -> str:
    """Give a title without the remark in brackets, the code or the emphasis after its words."""
    return _TITLE_ENDS.split(title, maxsplit=1)[0].strip(" -–—:")


def _span(cell: Cell, start: int, end: int) -> Span:
    return Inline(cell.text, ((0, cell.span.start),)).span(start, end)
