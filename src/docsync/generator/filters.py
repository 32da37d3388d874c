"""What a template can do with a value: our filters and the harmless ones of Jinja, by name.

A filter of ours that lays out Markdown escapes what it is given and returns `Markup`, which is not escaped again.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from jinja2.filters import FILTERS
from markupsafe import Markup

from docsync.generator.escape import label, markdown, plain
from docsync.generator.failures import ViewError
from docsync.generator.grids import grid
from docsync.generator.natural import natural
from docsync.models.records import Json
from docsync.models.status import SIGNS, Status

_FULL: Final = "█"
_EMPTY: Final = "░"
_NOTHING: Final = "—"
_MAX_BAR: Final = 100

_Record = Mapping[str, Json]


def sign(status: str) -> str:
    """Give the sign of a status, nothing for what is none."""
    return SIGNS[Status(status)] if status in set(Status) else ""


def word(status: str) -> str:
    """Give a status as words: `in progress`."""
    return status.replace("_", " ")


def percent(value: float | None, total: float | None = None) -> str:
    """Give `26%`: of a percentage, or of a part and its total; a dash where there is no total. Never 100% before all."""
    if value is None or total == 0:
        return _NOTHING
    if total is None:
        return f"{plain(round(value, 1))}%"
    rounded = int(100 * value / total + 0.5)
    return f"{rounded if value >= total else min(rounded, 99)}%"


def bar(value: float | None, width: int = 10) -> Markup:
    """Draw a percentage as a bar; it is full only at 100 and empty only at 0."""
    cells = min(max(width, 1), _MAX_BAR)
    share = min(max(value or 0, 0), 100)
    full = int(share * cells / 100 + 0.5)
    if 0 < share < 100:  # noqa: PLR2004 -- a percentage
        full = min(max(full, 1), max(cells - 1, 1))
    return Markup(_FULL * full + _EMPTY * (cells - full))  # noqa: S704 -- made of two signs of our own


def count(number: int, noun: str, plural: str = "") -> str:
    """Give `1 hole`, `2 holes`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def cell(record: _Record, name: str, region: _Record | None = None) -> Markup:
    """Show one field of a record as a table does: a status with its sign, progress as a bar, a dash for nothing."""
    if name == "link":
        return link(record, region or {})
    value = record.get("status_text" if name == "status" else name)
    shown = _share(name, value) if isinstance(value, dict) else plain(_named(value))
    return _safe(markdown(shown) or _NOTHING)


def link(record: _Record, region: _Record) -> Markup:
    """Give a record's id as a link to its home, relative to the region's file."""
    folder = posixpath.dirname(str(region.get("path", "")))
    target = quote(os.fsencode(posixpath.relpath(str(record["path"]), folder or ".")))
    text = markdown(record["id"]).replace("[", "\\[").replace("]", "\\]")
    return _safe(f"[{text}]({target})")


def row(values: Iterable[Json]) -> Markup:
    """Give one line of a table."""
    return _safe("| " + " | ".join(_inline(value) for value in values) + " |")


def table(records: Iterable[_Record], columns: Sequence[Mapping[str, str]], region: _Record | None = None) -> Markup:
    """Give a whole table: a line for each record, a column for each of `columns`."""
    if not columns:
        raise ViewError("a table needs columns")
    lines = [row(column["title"] for column in columns), "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(cell(record, column["name"], region) for column in columns) + " |" for record in records]
    return _safe("\n".join(lines))


def by(records: Iterable[_Record], name: str) -> list[_Record]:
    """Sort records by a field as people expect: H2 before H10; nothing last."""
    return sorted(records, key=lambda record: natural(record.get(name), status=name == "status"))


def fail(message: str) -> str:
    """Stop: the region keeps its text and the message is reported."""
    raise ViewError(plain(message))


def _inline(value: Json) -> str:
    return value if isinstance(value, Markup) else markdown(value)


def _safe(text: str) -> Markup:
    return Markup(text)  # noqa: S704 -- its callers have escaped every value in it


def _named(value: Json) -> Json:
    """Give the texts of criteria where a list holds these."""
    return [one.get("text", "") if isinstance(one, dict) else one for one in value] if isinstance(value, list) else value


def _share(name: str, value: Mapping[str, Json]) -> str:
    if "done" not in value:
        return ", ".join(f"{key}: {plain(one)}" for key, one in value.items())
    if not value["total"]:
        return ""
    counted = f"{value['done']}/{value['total']}"
    figure = value.get("percent")
    return counted if name == "criteria" or not isinstance(figure, int) else f"{bar(figure)} {figure}% ({counted})"


OURS: Final[Mapping[str, Callable[..., Any]]] = {
    "sign": sign,
    "word": word,
    "text": plain,
    "percent": percent,
    "bar": bar,
    "count": count,
    "cell": cell,
    "link": link,
    "row": row,
    "table": table,
    "grid": lambda cells, titles, figures=(): _safe(grid(cells, titles, figures)),
    "by": by,
    "label": lambda value: _safe(label(value)),
    "fail": fail,
}

_FROM_JINJA: Final = (
    *("abs", "batch", "capitalize", "default", "dictsort", "first", "float", "groupby", "int", "items", "join", "last"),
    *("length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "safe"),
    *("select", "selectattr", "slice", "sort", "string", "sum", "title", "trim", "truncate", "unique", "upper"),
)
"""Left out are those that read types, draw lots, escape for HTML or build text of any size from a format."""

ALL: Final[Mapping[str, Callable[..., Any]]] = {**{name: FILTERS[name] for name in _FROM_JINJA}, **OURS}
