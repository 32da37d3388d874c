"""What a region's body shows: the cells of its tables by row and title, the points of its lists, and what is neither."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

from msgspec import Struct, field

from docsync.generator.layout import cells_in
from docsync.generator.meaning import meaning, parse, said
from docsync.generator.wording import unmarked
from docsync.models.blocks import Block, Heading, Inline, ListItem, Paragraph, Table
from docsync.text.spans import Span

CellName: TypeAlias = "tuple[str, str]"
"""The name of a row and the title of a column."""
PointName: TypeAlias = "tuple[str, str]"
"""The text that leads in to a list and that of one of its points."""


class Piece(Struct, frozen=True):
    """Hold a piece of a body: its text as written, and its span in the body without prefix."""

    text: str
    at: Span


class Point(Struct, frozen=True):
    """Hold a point of a list: what stands between the brackets of its box, None where it has none."""

    mark: str | None
    piece: Piece

    @property
    def ticked(self) -> bool:
        """Tell whether it has a box that is ticked."""
        return self.mark is not None and self.mark in "xX"


class Body(Struct, frozen=True):
    """Hold what a body shows; a row is named by its cell under the title of a key, the first one where there is none.

    A cell has several pieces where two tables show the same; `repeated` names rows that one table holds twice. A row that has
    more or fewer cells than its header, where nobody can tell which stands under which title, is `shifted`, with the number of
    its cells and that of the titles, and gives no cells.
    """

    cells: dict[CellName, tuple[Piece, ...]] = field(default_factory=dict)
    rows: dict[str, Piece] = field(default_factory=dict)
    repeated: set[str] = field(default_factory=set)
    shifted: list[tuple[str, Piece, int, int]] = field(default_factory=list)
    points: dict[PointName, tuple[Point, ...]] = field(default_factory=dict)
    rest: dict[tuple[object, ...], Piece] = field(default_factory=dict)


def read_body(text: str, keys: Collection[str]) -> Body:
    """Read a body without prefix; `keys` are the titles of the columns that name a row."""
    body, lead = Body(), ""
    for block, meant in zip(parse(text), meaning(text), strict=True):
        match block:
            case Table():
                _add_table(body, block, keys, text)
            case ListItem():
                name = (lead, said(block.inline.text))
                body.points[name] = (*body.points.get(name, ()), Point(block.mark, _piece(block.inline)))
            case _:
                lead = _lead(block) or lead
                body.rest[meant] = Piece(text[block.span.start : block.span.end], block.span)
    return body


def distance(one: Body, other: Body) -> int:
    """Count what two bodies show differently."""
    cells = _differing(_texts(one.cells), _texts(other.cells))
    return cells + _differing(_marks(one.points), _marks(other.points)) + len(one.rest.keys() ^ other.rest.keys())


def _add_table(body: Body, table: Table, keys: Collection[str], text: str) -> None:
    titles = [said(cell.text) for cell in table.header.cells]
    key = next((at for at, title in enumerate(titles) if title in keys), 0)
    here: set[str] = set()
    for row in table.rows:
        name = unmarked(row.cells[key].text)
        if name in here:
            body.repeated.add(name)
        here.add(name)
        piece = Piece(row.cells[key].text, row.cells[key].span)
        body.rows.setdefault(name, piece)
        written = cells_in(text[row.span.start : row.span.end])
        if written != len(titles):
            body.shifted.append((name, piece, written, len(titles)))
            continue
        for title, cell in zip(titles, row.cells, strict=True):
            body.cells[name, title] = (*body.cells.get((name, title), ()), Piece(cell.text, cell.span))


def _lead(block: Block) -> str:
    if isinstance(block, Heading | Paragraph) and block.item < 0:
        return said(block.inline.text)
    return ""


def _piece(inline: Inline) -> Piece:
    return Piece(inline.text, inline.whole)


def _texts(cells: Mapping[CellName, Iterable[Piece]]) -> dict[CellName, list[str]]:
    return {name: [unmarked(piece.text) for piece in pieces] for name, pieces in cells.items()}


def _marks(points: Mapping[PointName, Iterable[Point]]) -> dict[PointName, list[bool]]:
    return {name: [point.ticked for point in several] for name, several in points.items()}


def _differing(one: Mapping[tuple[str, str], object], other: Mapping[tuple[str, str], object]) -> int:
    return sum(one.get(name) != other.get(name) for name in one.keys() | other.keys())
