"""Which cells a table's line holds, as GitHub splits it."""

from __future__ import annotations

import re

from docsync.models.blocks import Cell, Row
from docsync.parser.inline_text import trimmed
from docsync.text.spans import Span

# A pipe counts unless a backslash stands right before it, inside a code span too.
_PIPE = re.compile(r"(?<!\\)\|")


def boundaries(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split the line `text[start:end]` at its pipes; the outer ones may be there or not. Cells come untrimmed."""
    start, end = trimmed(text, start, end)
    pipes = [found.start() for found in _PIPE.finditer(text, start, end)]
    cells = list(zip([start, *(pipe + 1 for pipe in pipes)], [*pipes, end], strict=True))
    if cells[0][0] == cells[0][1]:
        del cells[0]
    if cells and cells[-1][0] == cells[-1][1]:
        del cells[-1]
    return cells


def row(text: str, start: int, end: int, cells: list[tuple[int, int]], width: int) -> Row:
    """Give a row of exactly `width` cells: too many are cut, missing ones stand empty at the line's end."""
    read = [_cell(text, *bounds) for bounds in cells[:width]]
    if len(read) < width:
        read.extend([Cell("", Span(end, end))] * (width - len(read)))
    return Row(Span(start, end), tuple(read))


def aligns(line: str) -> tuple[str, ...]:
    """Read a delimiter line: '', 'left', 'center' or 'right' for each column."""
    return tuple(_align(line[first:last].strip(" \t")) for first, last in boundaries(line, 0, len(line)))


def _cell(text: str, start: int, end: int) -> Cell:
    start, end = trimmed(text, start, end)
    return Cell(text[start:end], Span(start, end))


def _align(dashes: str) -> str:
    if dashes.endswith(":"):
        return "center" if dashes.startswith(":") else "right"
    return "left" if dashes.startswith(":") else ""
