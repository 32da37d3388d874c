"""How a new record reads as a row of a table, behind the last one that is there."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from docsync.editing.arriving.newcomer import Newcomer, newest_first, on_line
from docsync.editing.errors import Uneditable
from docsync.editing.site import Site
from docsync.models.blocks import Cell, Row, Table
from docsync.models.schema import field_key
from docsync.parser.homes.rows import HomeTable, find_table
from docsync.text.cells import as_cell
from docsync.text.edits import Edit
from docsync.text.spans import Span
from docsync.text.width import width

_LEADING_PIPE: Final = "|"


def insertion(newcomer: Newcomer, model: Site) -> Edit:
    """Give the edit that adds a row to the table of a model; raises Uneditable where it has no column for a field."""
    home = _home(newcomer, model)
    columns = [_column(newcomer, home, title.text) for title in home.table.header.cells]
    _all_shown(newcomer, model, home, columns)
    cells = [_cell(newcomer, model, home, at, name) for at, name in enumerate(columns)]
    if newest_first(model) and home.table.rows:
        first = home.table.rows[0]
        start = model.line_start(first.span.start)
        line = model.source.slice(Span(start, model.line_end(first.span.start)))
        return Edit(Span(start, start), f"{_laid_out(cells, home.table, line)}{model.newline_at(start)}")
    last = home.table.rows[-1] if home.table.rows else home.table.header
    at = model.line_end(max(last.span.end - 1, last.span.start)) if home.table.rows else _under_header(model, home.table)
    start = model.line_start(last.span.start)
    line = model.source.slice(Span(start, model.line_end(last.span.start)))
    return Edit(Span(at, at), f"{model.newline_at(start)}{_laid_out(cells, home.table, line)}")


def _home(newcomer: Newcomer, model: Site) -> HomeTable:
    tables = (block for block in model.blocks if isinstance(block, Table) and block.span.contains(model.record.span))
    for table in tables:
        if found := find_table(table, [newcomer.spec], newcomer.config):
            return found
    raise Uneditable(f"{model.where}: the table of {model.record.id} is not found any more; run again")


def _under_header(model: Site, table: Table) -> int:
    return model.line_end(table.span.end)


def _column(newcomer: Newcomer, home: HomeTable, title: str) -> str:
    """Give the field that a column shows; one that is named like the kind shows the title."""
    key = field_key(title)
    known = newcomer.spec.aliases.get(key, "")
    names = {newcomer.spec.name, *map(field_key, newcomer.spec.nouns)}
    shown = {newcomer.spec.aliases.get(field_key(cell.text)) for cell in home.table.header.cells}
    if key in names and "title" not in shown:
        return "title"
    return known or key


def _all_shown(newcomer: Newcomer, model: Site, home: HomeTable, columns: list[str]) -> None:
    """Refuse a value that the table has no column for; empty lists need none, and a title may stand beside the id."""
    shown = {name for at, name in enumerate(columns) if at != home.column}
    lost = [name for name in newcomer.fields() if name not in shown and newcomer.values[name] != []]
    if newcomer.title and not _has_title(newcomer, home) and not _names_beside(model, home):
        lost.append("title")
    if newcomer.criteria:
        lost.append("criteria")
    if lost:
        titles = ", ".join(cell.text for cell in home.table.header.cells if cell.text)
        line = model.source.lines.line(home.table.span.start)
        raise Uneditable(
            f"the table at {model.source.path}:{line} has no column for {', '.join(lost)}; its columns are {titles}; "
            "add one, or leave the value out"
        )


def _cell(newcomer: Newcomer, model: Site, home: HomeTable, at: int, name: str) -> str:
    if at == home.column:
        return _id_cell(newcomer, model, home)
    if name == "title":
        return newcomer.title
    if name not in newcomer.values or name in ("id", "criteria"):
        return ""
    value = newcomer.values[name]
    return _nothing(home, at) if value == [] else on_line(newcomer, name, model)


def _nothing(home: HomeTable, at: int) -> str:
    """Give what the table's own cells of a column hold that hold nothing."""
    said = [row.cells[at].text for row in home.table.rows]
    return next((text for text in said if text in ("—", "–", "-", "None", "none")), "")


def _id_cell(newcomer: Newcomer, model: Site, home: HomeTable) -> str:
    """Write the id as the model's row does: with its emphasis, and with the title where that stands beside it."""
    ahead, found, behind = _own_cell(model, home).partition(model.record.id)
    if not found or ahead.strip("*_`~ "):
        ahead = behind = ""
    wrap = ahead if behind.startswith(ahead[::-1]) else ""
    named = f"{wrap}{newcomer.id}{wrap[::-1]}"
    return f"{named}: {newcomer.title}" if newcomer.title and not _has_title(newcomer, home) else named


def _own_cell(model: Site, home: HomeTable) -> str:
    cells = (row.cells[home.column].value for row in home.table.rows if row.span.contains(model.record.span))
    return next(cells, model.record.id)


def _names_beside(model: Site, home: HomeTable) -> bool:
    """Tell whether the model's title stands beside its id."""
    return bool(model.record.title) and model.record.title in _own_cell(model, home)


def _has_title(newcomer: Newcomer, home: HomeTable) -> bool:
    titles = (cell.text for at, cell in enumerate(home.table.header.cells) if at != home.column)
    return any(_column(newcomer, home, title) == "title" for title in titles)


def _laid_out(cells: list[str], table: Table, line: str) -> str:
    """Lay cells out as the line of another row is: its indent, its outer pipes, and columns as wide as they are there."""
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    opened = line.lstrip().startswith(_LEADING_PIPE)
    closed = line.rstrip().endswith(_LEADING_PIPE)
    widths = _widths(table, line)
    texts = [as_cell(" ".join(cell.split())) for cell in cells]
    padded = [_padded(text, size, table.aligns[at]) for at, (text, size) in enumerate(zip(texts, widths, strict=True))]
    row = " | ".join(padded)
    return (
        f"{indent}{'| ' if opened else ''}{row}{' |' if closed else ''}"
        if closed
        else f"{indent}{'| ' if opened else ''}{row}".rstrip()
    )


def _padded(text: str, size: int, align: str) -> str:
    missing = max(0, size - width(text))
    left = missing if align == "right" else missing // 2 if align == "center" else 0
    return " " * left + text + " " * (missing - left)


def _widths(table: Table, line: str) -> list[int]:
    """Give the width of each column where the table is padded, nothing where its cells are as wide as their texts."""
    rows = (table.header, *table.rows)
    sizes = [max(width(cell.text) for cell in cells) for cells in _columns(rows)]
    last = rows[-1]
    spans = [cell.span for cell in last.cells]
    gaps = [after.start - before.end for before, after in pairwise(spans)]
    padded = any(gap > len(" | ") for gap in gaps) or line.rstrip().endswith("  |")
    aligned = all(width(cell.text) == size for cell, size in zip(last.cells, sizes, strict=True))
    return sizes if padded or aligned else [0] * len(sizes)


def _columns(rows: tuple[Row, ...]) -> list[list[Cell]]:
    return [[row.cells[at] for row in rows] for at in range(len(rows[0].cells))]
