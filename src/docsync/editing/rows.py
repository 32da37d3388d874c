"""How a cell of a table row is written again, so that the table stays as wide as it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from msgspec import Struct

from docsync.editing.errors import Uneditable
from docsync.editing.site import Site
from docsync.models.blocks import Row, Table
from docsync.models.schema import field_key
from docsync.text.cells import as_cell
from docsync.text.edits import Edit
from docsync.text.spans import Span
from docsync.text.width import width


class Place(Struct, frozen=True):
    """Say which cell of which table holds a value."""

    table: Table
    row: Row
    column: int


def has_column(site: Site, name: str) -> bool:
    """Tell whether the table has a column for a field."""
    return _column_of(site, _row(site)[0], name) is not None


def place_of(site: Site, name: str) -> Place:
    """Find the cell of a field; raises Uneditable where the table has no column for it."""
    table, row = _row(site)
    column = _column_of(site, table, name)
    if column is not None:
        return Place(table, row, column)
    line = site.source.lines.line(table.span.start)
    title = name.replace("_", " ").capitalize()
    raise Uneditable(f"the table at {site.source.path}:{line} has no column for {name}; add one titled {title}, and try again")


def cell_of_lead(site: Site) -> Place:
    """Find the cell that holds the id."""
    table, row = _row(site)
    at = site.record.span
    return Place(table, row, next(column for column, cell in enumerate(row.cells) if cell.span.contains(at)))


def in_cell(site: Site, place: Place, text: str) -> Edit:
    """Write a whole cell; the spaces around are made more or fewer, so that the row grows as little as may be."""
    text = as_cell(text)
    cell = place.row.cells[place.column]
    area = _area(site, place.row, place.column)
    if area is None:
        return _missing(site, place, text)
    before, after = site.source.slice(Span(area.start, cell.span.start)), site.source.slice(Span(cell.span.end, area.end))
    if not cell.text:
        before, after = _halves(before + after)
    closed = site.source.text[area.end : area.end + 1] == "|"
    left, right = _padding(site, place, text, before, after if closed else None)
    return Edit(area, f"{left}{text}{right}")


def _row(site: Site) -> tuple[Table, Row]:
    at = site.record.span
    for block in site.blocks:
        if isinstance(block, Table) and block.span.contains(at):
            for row in block.rows:
                if row.span.contains(at):
                    return block, row
    raise Uneditable(f"{site.where}: the row of {site.record.id} is not found any more; run again")


def _column_of(site: Site, table: Table, name: str) -> int | None:
    """Give the column that a field is read from: the first of its name, beside that of the id."""
    own = next(column for column, cell in enumerate(_row(site)[1].cells) if cell.span.contains(site.record.span))
    named = [(column, _named(site, cell.text)) for column, cell in enumerate(table.header.cells) if column != own]
    found = next((column for column, known in named if known == name), None)
    if found is None and name == "title":
        kinds = {site.spec.name, *map(field_key, site.spec.nouns)}
        return next(
            (column for column, cell in enumerate(table.header.cells) if field_key(cell.text) in kinds and column != own), None
        )
    return found


def _named(site: Site, title: str) -> str:
    key = field_key(title)
    return site.spec.aliases.get(key, key)


def _area(site: Site, row: Row, column: int) -> Span | None:
    """Give what lies between a cell's two pipes; None for a cell that the row does not write."""
    text = site.source.text
    start, end = row.cells[column].span.start, row.cells[column].span.end
    if start == row.span.end:
        return None
    while start > row.span.start and text[start - 1] in " \t":
        start -= 1
    while end < row.span.end and text[end] in " \t":
        end += 1
    return Span(start, end)


def _halves(blank: str) -> tuple[str, str]:
    return (blank[:1], blank[1:])


def _padding(site: Site, place: Place, text: str, before: str, after: str | None) -> tuple[str, str]:
    """Give the spaces before and after a text; `after` is None for a last cell without a pipe."""
    if after is None:
        return before, ""
    is_tight = not before and place.row.cells[place.column].text
    column = None if is_tight else next(_columns(site, place), None)
    if column is None:
        return before, after[:1] if place.row.cells[place.column].text == "" else after
    room = column.width - column.measure(text)
    align = place.table.aligns[place.column] if place.column < len(place.table.aligns) else ""
    if align == "right" or (len(before) > 1 and len(after) <= 1):
        right = max(len(after), min(1, room))
        return " " * max(1, room - right), " " * right
    if align == "center" and len(before) > 1:
        left = max(1, room // 2)
        return " " * left, " " * max(1, room - left)
    left = len(before)
    return before, " " * max(min(1, left), room - left)


class _Column(Struct, frozen=True):
    """Say how wide a padded column is between its pipes, and how its author counts: columns of a display, or characters."""

    width: int
    measure: Callable[[str], int]


def _columns(site: Site, place: Place) -> Iterator[_Column]:
    """Give the column of a cell, by each way of counting by which it is padded; nothing for one that is not.

    What is longer than the others has grown past them; a cell that is shorter was not padded.
    """
    rows = (place.table.header, *(row for row in place.table.rows if row is not place.row))
    areas = [site.source.slice(area) for row in rows if (area := _area(site, row, place.column)) is not None]
    own = _area(site, place.row, place.column)
    if not areas or own is None:
        return
    text = site.source.slice(own)
    filled: list[_Column] = []
    for measure in (width, len):
        widths = [measure(area) for area in areas]
        column = _Column(Counter(widths).most_common(1)[0][0], measure)
        if measure(text) < column.width:
            continue
        if all(_fits(column, area) for area in areas) and _has_padding(site, place):
            yield column
        elif measure(text) == column.width and measure(text.strip()) + 2 < column.width:
            filled.append(column)  # it can only have been padded, though others are not
    yield from filled


def _fits(column: _Column, area: str) -> bool:
    """Tell whether a cell is as wide as its column, or has grown past it."""
    wide = column.measure(area)
    return wide == column.width or (wide > column.width and wide <= column.measure(area.strip()) + 2)


def _has_padding(site: Site, place: Place) -> bool:
    """Tell whether any other cell of a table is wider than its text needs."""
    for row in (place.table.header, *place.table.rows):
        for column, cell in enumerate(row.cells):
            area = _area(site, row, column)
            if area and cell is not place.row.cells[place.column] and len(area) > len(cell.text) + 2:
                return True
    return False


def _missing(site: Site, place: Place, text: str) -> Edit:
    """Write a cell that the row leaves out at its end, with empty ones before it."""
    row, end = place.row, place.row.span.end
    absent = sum(1 for cell in row.cells[: place.column] if cell.span.start == end)
    lead = "" if site.source.text[end - 1 : end] == "|" else " |"
    return Edit(Span(end, end), f"{lead}{'  |' * absent} {text} |")
