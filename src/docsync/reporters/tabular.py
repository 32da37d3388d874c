"""How rows and columns are printed: drawn for a terminal, plain in a pipe, or as JSON, CSV and Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal
from unicodedata import east_asian_width

from msgspec import Struct, field

from docsync.models.records import Json
from docsync.reporters.escaping import escape

_NARROW: Final = 72
_LEAST: Final = 6
_LEAST_NARROW: Final = 12
"""So many columns of the output a folded column has at least, so that its words stay words where there is little room."""
_EDGES, _GAP = 2, 3
"""The blanks that a drawn table has at its edges and between its columns."""
_TELLING: Final = frozenset({"id", "title", "status"})
"""The columns that are left out last."""
_CUT: Final = "…"


class Table(Struct, frozen=True):
    """Hold a title, the columns by name, and rows of as many values; `right` names the columns of numbers.

    `styles` says how rich shows single cells, by the row's place and the column; `whole` names columns that are not folded.
    `longest` is how many signs of a cell are shown as plain text, 0 for all; all other forms show it whole.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Json, ...], ...]
    title: str = ""
    right: frozenset[str] = field(default_factory=frozenset)
    styles: Mapping[tuple[int, str], str] = field(default_factory=dict)
    whole: frozenset[str] = field(default_factory=frozenset)
    longest: int = 0


class Look(Struct, frozen=True):
    """Say what an output can do: its width in columns, whether it draws (a terminal) and whether it has colours."""

    width: int = 120
    drawn: bool = False
    colour: bool = False


def plain(table: Table) -> str:
    """Give a table as aligned text: a line of titles, a line for each row, two blanks between columns."""
    cells = [[_cut(_shown(value), table.longest) for value in row] for row in table.rows]
    widths = [max(map(_width, (title, *(row[at] for row in cells)))) for at, title in enumerate(table.columns)]
    right = [title in table.right for title in table.columns]
    lines = [_line(row, widths, right) for row in (list(table.columns), *cells)]
    return "".join(f"{line}\n" for line in ([table.title, ""] if table.title else []) + lines)


def drawn(table: Table, look: Look) -> str:
    """Give a table as rich draws it, folded into the width of a terminal; plain where it is none.

    Columns that would be folded into single letters are left out and named below.
    """
    if not look.drawn:
        return plain(table)
    from rich import box  # noqa: PLC0415  # only a terminal pays for it
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table as Drawn  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    grid = Drawn(title=Text(table.title) if table.title else None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    kept = _fitting(table, look.width)
    for title in (table.columns[at] for at in kept):
        side: Literal["left", "right"] = "right" if title in table.right else "left"
        grid.add_column(Text(title), justify=side, overflow="fold", no_wrap=title in table.whole)
    for at, row in enumerate(table.rows):
        pairs = ((table.columns[column], row[column]) for column in kept)
        grid.add_row(*(Text(_shown(value), style=table.styles.get((at, column), "")) for column, value in pairs))
    stream = io.StringIO()
    Console(file=stream, width=look.width, force_terminal=look.colour, no_color=not look.colour, highlight=False).print(grid)
    gone = ", ".join(escape(title) for at, title in enumerate(table.columns) if at not in kept)
    return stream.getvalue() + (f"Left out for want of width: {gone}\n" if gone else "")


def cut_cells(table: Table) -> int:
    """Count the cells that plain text does not show whole."""
    return sum(len(_shown(value)) > table.longest for row in table.rows for value in row) if table.longest else 0


def _fitting(table: Table, width: int) -> list[int]:
    """Give the places of the columns for which there is room: the first always, ids, titles and statuses before all others."""
    least = _LEAST_NARROW if width < _NARROW else _LEAST
    needs = []
    for at, title in enumerate(table.columns):
        natural = max(map(_width, (title, *(_shown(row[at]) for row in table.rows))))
        needs.append(natural if title in table.whole else min(natural, least))
    kept = list(range(len(needs)))
    others = [at for at in kept[1:] if table.columns[at].casefold() not in _TELLING]
    telling = [at for at in kept[1:] if at not in others]
    for at in (*reversed(others), *reversed(telling)):
        if _EDGES + sum(needs[one] + _GAP for one in kept) - _GAP <= width:
            break
        kept.remove(at)
    return kept


def as_json(table: Table) -> str:
    """Give the rows as a JSON list of objects."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_csv(table: Table) -> str:
    """Give a table as CSV with a line of titles, as RFC 4180 has it but for the line ends; lists are joined by commas."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_flat(value) for value in row] for row in table.rows)
    return stream.getvalue()


def as_markdown(table: Table) -> str:
    """Give a table as Markdown, padded as the formatters leave it."""
    header, *cells = [[_flat(value).replace("|", "\\|") for value in row] for row in (table.columns, *table.rows)]
    widths = [max(3, *(_width(row[at]) for row in (header, *cells))) for at in range(len(header))]
    rule = [
        ("-" * (width - 1) + ":") if title in table.right else "-" * width
        for title, width in zip(table.columns, widths, strict=True)
    ]
    right = [title in table.right for title in table.columns]
    return "".join(f"| {' | '.join(_padded(row, widths, right))} |\n" for row in (header, rule, *cells))


FORMATS: Final[Mapping[str, Callable[[Table, Look], str]]] = {
    "table": drawn,
    "json": lambda table, _: as_json(table),
    "csv": lambda table, _: as_csv(table),
    "markdown": lambda table, _: as_markdown(table),
}


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Give rows as lines without titles, two blanks between columns, each cell made safe to print."""
    cells = [[_shown(cell) for cell in row] for row in rows]
    widths = [max(_width(row[at]) for row in cells) for at in range(len(cells[0]))] if cells else []
    return [_line(row, widths, [False] * len(widths)) for row in cells]


def one_line(value: Json) -> str:
    """Give a value on one line."""
    return _flat(value)


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    return "  ".join(_padded(row, widths, right)).rstrip()


def _padded(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    return [
        " " * (width - _width(cell)) + cell if to_right else cell + " " * (width - _width(cell))
        for cell, width, to_right in zip(row, widths, right, strict=True)
    ]


def _width(text: str) -> int:
    """Give the columns that a text takes up in a terminal."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text) if not text.isascii() else len(text)


def _cut(text: str, longest: int) -> str:
    return text if not longest or len(text) <= longest else f"{text[: longest - 1]}{_CUT}"


def _shown(value: Json) -> str:
    return escape(_flat(value))


def _flat(value: Json) -> str:
    """Give a value on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_flat, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return " ".join(str(value).split())
