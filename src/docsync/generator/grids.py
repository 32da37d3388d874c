"""How rows of plain values become a Markdown table."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from docsync.generator.escape import markdown
from docsync.generator.failures import ViewError
from docsync.models.records import Json

_NOTHING: Final = "—"


def grid(cells: Iterable[Sequence[Json]], titles: Sequence[str], figures: Collection[str] = ()) -> str:
    """Give a table with a line for each row, its values escaped; columns of figures go to the right.

    A dash stands for null and for an empty list.
    """
    if not titles:
        raise ViewError("a table needs columns")
    rule = ["---:" if title in figures else "---" for title in titles]
    lines = [[markdown(title) for title in titles], rule, *([_cell(value) for value in row] for row in cells)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: Json) -> str:
    if value is None or value == []:
        return _NOTHING
    return markdown(value if _is_plain(value) else json.dumps(value, ensure_ascii=False))


def _is_plain(value: Json) -> bool:
    """Tell whether a value has a form on one line: all but mappings have, and lists that hold any."""
    return not isinstance(value, dict) and not (isinstance(value, list) and not all(map(_is_plain, value)))
