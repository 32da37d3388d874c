"""A record in few words: for programs always under the same keys, for people in the cells of a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from docsync.models.records import Json, Record
from docsync.models.status import SIGNS, Status
from docsync.project.asking.fields import Fields, phase_of, status_text
from docsync.project.index import Project
from docsync.project.pointing import pointer
from docsync.project.progress import Progress
from docsync.reporters.tabular import Table

TITLES: Final[Mapping[str, str]] = {
    "id": "ID",
    "blocked_by": "Blocked by",
    "waits_for": "Waits for",
    "holds_up": "Holds up",
    "place": "Where",
}
STYLES: Final[Mapping[Status, str]] = {
    Status.PENDING: "dim",
    Status.READY: "yellow",
    Status.IN_PROGRESS: "cyan",
    Status.BLOCKED: "red",
    Status.RESOLVED: "green",
    Status.DEFERRED: "dim",
    Status.CANCELLED: "dim",
    Status.FAILED: "bold red",
}
"""How rich shows a status."""

CHECKING: Final = "docsync check --show-notes --no-baseline"
"""What shows every problem of a record, also one that is a note or held back."""

_FULL: Final = "█"
_EMPTY: Final = "░"
_ALL: Final = 100


def encoded(answer: Json) -> str:
    """Give an answer as JSON; in ASCII, so that no output encoding can break it."""
    return json.dumps(answer, indent=2) + "\n"


def brief(project: Project, record: Record) -> dict[str, Json]:
    """Give what names a record: `pointer`, `id`, `kind`, `title`, `status`, `phase`, `path`, `line`, `column`."""
    document = project.documents.get(record.path)  # a phase that is named alone has none
    position = document.lines.position(record.span.start) if document else None
    phase = phase_of(project, record) if record.kind != "phase" else None
    return {
        "pointer": pointer(project, record),
        "id": record.id,
        "kind": record.kind,
        "title": record.title,
        "status": record.status.value if record.status else None,
        "phase": pointer(project, phase) if phase else None,
        "path": record.path or None,
        "line": position.line if position else None,
        "column": position.column if position else None,
    }


def briefs(project: Project, records: Iterable[Record]) -> list[Json]:
    """Give several records in few words."""
    return [brief(project, record) for record in records]


def pointers(project: Project, records: Iterable[Record]) -> list[Json]:
    """Give what names each of several records."""
    return [pointer(project, record) for record in records]


def share(progress: Progress) -> dict[str, Json]:
    """Give progress for programs; `percent` is null where there is nothing to do."""
    return {"done": progress.done, "total": progress.total, "of": progress.of, "percent": progress.percent}


def status_cell(record: Record) -> str:
    """Show a status with its sign; what is written in its place where it is none."""
    if record.status is None:
        written = status_text(record)
        return f"? {written}" if written else ""
    return f"{SIGNS[record.status]} {words(record.status.value)}"


def words(status: str) -> str:
    """Give a status as words: `in progress`."""
    return status.replace("_", " ")


def bar(progress: Progress, width: int = 10) -> str:
    """Draw how far something is: full only when all is done, empty only when nothing is."""
    if not progress.total:
        return "—"
    full = progress.done * width // progress.total or (1 if progress.done else 0)
    return f"{_FULL * full}{_EMPTY * (width - full)} {progress.percent}%"


def counted(progress: Progress) -> str:
    """Give `3/8 holes`."""
    return f"{progress.done}/{progress.total} {progress.of}".rstrip() if progress.total else "—"


def shortened(names: Sequence[Json], most: int = 4) -> str:
    """List names with commas, the first few of many."""
    more = len(names) - most
    return ", ".join(map(str, names[:most])) + (f" +{more}" if more > 0 else "")


def title_of(column: str) -> str:
    """Give a column's title."""
    shown = column.replace("_", " ")
    return TITLES.get(column, shown[:1].upper() + shown[1:])


def table_of(fields: Fields, records: Sequence[Record], names: Sequence[str], title: str = "") -> Table:
    """Show fields of records as a table."""
    titles = _titles(names)
    rows = tuple(tuple(_cell(fields, record, name) for name in names) for record in records)
    styles = {
        (at, titles[names.index("status")]): STYLES[record.status]
        for at, record in enumerate(records)
        if "status" in names and record.status is not None
    }
    return Table(titles, rows, title, _numbers(titles, rows), styles, frozenset({"Status", "Progress"}))


def _titles(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(title_of, names))


def _cell(fields: Fields, record: Record, name: str) -> Json:
    if name in _CELLS:
        return _CELLS[name](fields, record)
    return fields.of(record, name)


def _progress_cell(fields: Fields, record: Record) -> Json:
    value = fields.of(record, "progress")
    return bar(Progress(int(value), _ALL)) if isinstance(value, int) and not isinstance(value, bool) else value


_CELLS: Final[Mapping[str, Callable[[Fields, Record], Json]]] = {
    "id": lambda fields, record: pointer(fields.project, record),
    "status": lambda _, record: status_cell(record),
    "progress": _progress_cell,
}


def _numbers(titles: Sequence[str], rows: Sequence[Sequence[Json]]) -> frozenset[str]:
    """Give the columns that hold numbers and nothing else."""
    return frozenset(
        title
        for at, title in enumerate(titles)
        if any(isinstance(row[at], int | float) for row in rows)
        and all(row[at] is None or (isinstance(row[at], int | float) and not isinstance(row[at], bool)) for row in rows)
    )
