"""How rows of plain values become a Markdown table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from docsync.generator.escape import markdown
from docsync.generator.failures import ViewError
from docsync.models.records import Json

_NOTHING: Final = "—"


def grid(cells: Iterable[Sequence[Json]], titles: Sequence[str], figures: Collection[str] = ()) -> str:
    """Give a table with a line for each row, its values escaped, a dash for null; columns of figures go to the right."""
    if not titles:
        raise ViewError("a table needs columns")
    rule = ["---:" if title in figures else "---" for title in titles]
    lines = [[markdown(title) for title in titles], rule, *([_cell(value) for value in row] for row in cells)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: Json) -> str:
    return _NOTHING if value is None else markdown(value)
