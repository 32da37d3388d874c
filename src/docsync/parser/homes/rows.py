"""Which records the rows of a table define: an id column, and columns that are fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.config.values import Config
from docsync.models.blocks import Cell, Row, Table
from docsync.models.records import Home
from docsync.models.schema import KindSpec, field_key
from docsync.parser.homes.drafts import Draft, Written
from docsync.parser.homes.leads import Lead, Said, read_lead
from docsync.text.cells import of_cell
from docsync.text.spans import Span

_ID_HEADERS: Final = frozenset({"id", "", "no", "nr", "number"})
"""What the header of an id column may be, normalised; `#` becomes nothing."""
_NUMBER = re.compile(r"\W{0,3}(\d{1,4}(?:\.\d{1,4})?)\W{0,3}")


class HomeTable(Struct, frozen=True):
    """Hold a table that defines records of a kind: its id column, and each row's id and title; None for a row without."""

    table: Table
    kind: KindSpec
    column: int
    leads: tuple[Lead | None, ...]


def find_table(table: Table, kinds: Sequence[KindSpec], config: Config) -> HomeTable | None:
    """Find the kind that a table defines and its id column; None where no row has an id.

    Of several columns that hold ids the likeliest is taken: one where no id stands twice, named as ids are or like the
    kind, then the first.
    """
    found = [
        (rank, HomeTable(table, kind, column, leads))
        for kind in kinds
        for rank, column in _columns(table, kind)
        if any(leads := tuple(_lead(row.cells[column], kind, config) for row in table.rows))
    ]
    return min(found, key=lambda ranked: (_repeats(ranked[1]), ranked[0], ranked[1].column))[1] if found else None


def read_rows(home: HomeTable, outer: Draft | None) -> Iterator[Draft]:
    """Give what each row that has an id says."""
    for row, lead in zip(home.table.rows, home.leads, strict=True):
        if lead is not None:
            yield _draft(home, row, lead, outer)


def _columns(table: Table, kind: KindSpec) -> Iterator[tuple[int, int]]:
    """Give the columns that may hold ids with a rank, the likeliest lowest."""
    names = {kind.name, f"{kind.name}_id", field_key(kind.plural), *map(field_key, kind.nouns)}
    for column, cell in enumerate(table.header.cells):
        key = field_key(cell.text)
        if key in _ID_HEADERS:
            yield 0, column
        elif key in names:
            yield 1, column
        elif _all_ids(table, column, kind):
            yield 2, column


def _repeats(home: HomeTable) -> bool:
    ids = [lead.id.text for lead in home.leads if lead]
    return len(set(ids)) < len(ids)


def _all_ids(table: Table, column: int, kind: KindSpec) -> bool:
    return bool(table.rows) and all(kind.matches(_plain(row.cells[column].text)) for row in table.rows)


def _lead(cell: Cell, kind: KindSpec, config: Config) -> Lead | None:
    """Read an id cell, `H6` or `H6: Name`; a bare number stands for a kind that is numbered."""
    if found := read_lead(cell.text, kind, config):
        return found
    number = _NUMBER.fullmatch(cell.text) if "number" in kind.fields else None
    name = f"{kind.name.capitalize()} {number[1]}" if number else ""
    return Lead(Said(name, number.start(1), number.end(1)), "", None) if number and kind.matches(name) else None


def _draft(home: HomeTable, row: Row, lead: Lead, outer: Draft | None) -> Draft:
    cell = row.cells[home.column]
    offset = cell.span.start
    fields = _with_title(home, tuple(_fields(home, row)))
    draft = Draft(
        home.kind,
        Home.ROW,
        lead.id.text,
        Span(offset + lead.id.start, offset + lead.id.end),
        of_cell(lead.title),
        fields,
        covered=(cell.span,),
        within=outer,
    )
    if lead.status is None or draft.named("status"):
        return draft
    said = Span(offset + lead.status.start, offset + lead.status.end)
    return replace(
        draft, fields=(*fields, Written("status", lead.status.text, said, home.table.header.cells[home.column].span))
    )


def _fields(home: HomeTable, row: Row) -> Iterator[Written]:
    for column, (header, cell) in enumerate(zip(home.table.header.cells, row.cells, strict=True)):
        key = header.text.strip("*_` ")
        if column != home.column and cell.text and key:
            yield Written(key, cell.value, cell.span, header.span)


def _with_title(home: HomeTable, fields: tuple[Written, ...]) -> tuple[Written, ...]:
    """Take a column that is named like the kind, beside an id column, for the title."""
    names = {home.kind.name, *map(field_key, home.kind.nouns)}
    known = {home.kind.aliases.get(field_key(one.key)) for one in fields}
    if "title" in known:
        return fields
    return tuple(replace(one, key="title") if field_key(one.key) in names else one for one in fields)


def _plain(text: str) -> str:
    return text.strip("*_`~ ")
