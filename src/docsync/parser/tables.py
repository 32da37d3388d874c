"""Which cells a table's line holds, as GitHub splits it."""

from __future__ import annotations

import re

from docsync.models.blocks import Cell, Row
from docsync.text.spans import Span

# A pipe counts unless a backslash stands right before it, inside a code span too.
_PIPE = re.compile(r"(?<!\\)\|")


def cells(line: str, start: int) -> list[Cell]:
    """Split a trimmed line, which stands at the offset `start`, at its pipes; the outer ones may be there or not."""
    pieces = _pieces(line)
    if not pieces[-1]:
        pieces.pop()
    found: list[Cell] = []
    for number, piece in enumerate(pieces):
        if piece or number:
            text = piece.strip(" \t")
            first = start + piece.find(text)
            found.append(Cell(text, Span(first, first + len(text))))
        start += len(piece) + 1
    return found


def fits(header: str, delimiter: str) -> bool:
    """Tell whether a trimmed line has as many cells as the delimiter line below it."""
    pieces = _pieces(header)
    return "|" in header and len(pieces) - (not pieces[0]) - (not pieces[-1]) == delimiter.strip(" \t|").count("|") + 1


def _pieces(line: str) -> list[str]:
    return _PIPE.split(line) if "\\|" in line else line.split("|")


def row(span: Span, found: list[Cell], width: int) -> Row:
    """Give a row of exactly `width` cells: of those found too many are cut, missing ones stand empty at the line's end."""
    if len(found) < width:
        found.extend([Cell("", Span(span.end, span.end))] * (width - len(found)))
    return Row(span, tuple(found[:width]))


def aligns(line: str) -> tuple[str, ...]:
    """Read a delimiter line: '', 'left', 'center' or 'right' for each column."""
    return tuple(_align(dashes.strip(" \t")) for dashes in line.strip(" \t|").split("|"))


def _align(dashes: str) -> str:
    if ":" not in dashes:
        return ""
    if dashes.endswith(":"):
        return "center" if dashes.startswith(":") else "right"
    return "left"
