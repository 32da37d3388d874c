"""How rendered text becomes a region's body: the form that the formatters of Markdown leave as it is.

One blank line inside each end and nowhere two; padded tables; line ends and container prefix of the region.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from docsync.generator.failures import ViewError
from docsync.text.width import width

_LINE_END = re.compile(r"\r\n|\r")
_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r" *\|(?: *:?-+:? *\|)+ *")
_FENCE = re.compile(r" *(?:[-+*>] *)*(`{3,}(?=[^`]*$)|~{3,})")
_CONTAINER = re.compile(r"[^\s>]")
_SHORTEST: Final = 3
"""How many dashes stand under a column at least."""


class Form(Struct, frozen=True):
    """Say how the lines of a region's file begin and end: container prefix (spaces, `>` signs) and line end."""

    prefix: str = ""
    newline: str = "\n"


def tidy(text: str, max_bytes: int) -> tuple[str, ...]:
    """Give a view's output as lines: no blank ones at either end, never two together outside fences, tables padded.

    Raises ViewError where a table's row has more cells than its header, since the rest would not be shown,
    and where padding would make it larger than `max_bytes`.
    """
    lines = _LINE_END.sub("\n", text).split("\n")
    kept: list[str] = []
    for line in _padded(_marked(lines), max_bytes):
        if line.verbatim or line.text or (kept and kept[-1]):
            kept.append(line.text)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def body(lines: Sequence[str], form: Form) -> str:
    """Give the whole text between the two markers' lines."""
    # A marker on an item's own first line has that item's bullet in its prefix; what follows it is indented.
    prefix = _CONTAINER.sub(" ", form.prefix)
    blank = prefix.rstrip()
    return "".join((prefix + line if line else blank) + form.newline for line in ("", *lines, ""))


def bare(text: str, prefix: str) -> str:
    """Take line ends and the container prefix off a region's body, as loosely as Markdown reads them."""
    lines = _LINE_END.sub("\n", text).split("\n")
    stripped = (_stripped(line, prefix) for line in lines)
    return "\n".join("" if line.isspace() else line for line in stripped).strip("\n")


class _Line(Struct, frozen=True):
    text: str
    verbatim: bool = False


def _marked(lines: Sequence[str]) -> Iterator[_Line]:
    """Tell the lines of fences from all others, which lose the spaces at their ends."""
    fence = ""
    for line in lines:
        inside = bool(fence)
        if fence:
            closing = line.strip()
            if len(closing) >= len(fence) and not closing.strip(fence[0]):
                fence = ""
        elif found := _FENCE.match(line):
            fence = found[1]
        yield _Line(line if inside else line.rstrip(), verbatim=inside)


def _padded(lines: Iterator[_Line], max_bytes: int) -> Iterator[_Line]:
    """Pad each table; a blank line follows one, since else the next line would be its row."""
    rows: list[str] = []
    for line in lines:
        if not line.verbatim and line.text.lstrip(" ").startswith("|"):
            rows.append(line.text)
            continue
        if rows:
            yield from _table(rows, max_bytes)
            rows = []
            if line.text:
                yield _Line("")
        yield line
    yield from _table(rows, max_bytes)


def _table(rows: list[str], max_bytes: int) -> Iterator[_Line]:
    if len(rows) < 2 or not _DELIMITER.fullmatch(rows[1]):  # noqa: PLR2004 -- a header and its delimiter
        yield from map(_Line, rows)
        return
    cells = [_cells(row) for row in rows]
    columns = len(cells[1])
    for row, line in zip(cells, rows, strict=True):
        if len(row) > columns:
            raise ViewError(f"a table of {columns} columns has a row of {len(row)} cells: {line.strip()[:80]}")
        row.extend([""] * (columns - len(row)))
    indent = rows[0][: len(rows[0]) - len(rows[0].lstrip(" "))]
    aligns = [(cell.startswith(":"), cell.endswith(":")) for cell in cells[1]]
    del cells[1]
    widths = [max(_SHORTEST, *(width(row[column]) for row in cells)) for column in range(columns)]
    if (sum(widths) + 3 * columns + 2) * len(rows) > max_bytes:
        raise ViewError(f"a table of {len(cells)} lines and {sum(widths):,} columns of text is over {max_bytes:,} bytes")
    lines = [_row(row, widths, aligns) for row in cells]
    lines.insert(1, "| " + " | ".join(_dashes(size, *align) for size, align in zip(widths, aligns, strict=True)) + " |")
    yield from (_Line(indent + line) for line in lines)


def cells_in(row: str) -> int:
    """Count the cells of a table's row as it is written, whatever its header has."""
    return len(_cells(row if row.lstrip().startswith("|") else "|" + row))


def _cells(row: str) -> list[str]:
    parts = [part.strip() for part in _PIPE.split(row.strip())]
    return parts[1:-1] if not parts[-1] else parts[1:]


def _row(cells: Sequence[str], widths: Sequence[int], aligns: Sequence[tuple[bool, bool]]) -> str:
    padded = (_pad(cell, size - width(cell), *align) for cell, size, align in zip(cells, widths, aligns, strict=True))
    return "| " + " | ".join(padded) + " |"


def _pad(cell: str, missing: int, left: bool, right: bool) -> str:  # noqa: FBT001 -- the two ends of a delimiter cell
    before = 0 if not right else missing // 2 if left else missing
    return " " * before + cell + " " * (missing - before)


def _dashes(size: int, left: bool, right: bool) -> str:  # noqa: FBT001 -- the two ends of a delimiter cell
    return ":" * left + "-" * (size - left - right) + ":" * right


def _stripped(line: str, prefix: str) -> str:
    """Take a prefix off one line: as many quote signs as it has, and as many spaces at most."""
    if line.startswith(prefix):
        return line[len(prefix) :]
    at = 0
    for sign in prefix:
        if sign == ">":
            quoted = line.find(">", at, at + 4)
            if quoted < 0 or line[at:quoted].strip(" "):
                break
            at = quoted + 1
        elif line[at : at + 1] == " ":
            at += 1
    return line[at:]
