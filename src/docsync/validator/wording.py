"""How findings put numbers, ids and statuses into words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from docsync.models.diagnostics import Place, Related
from docsync.models.records import Record
from docsync.models.status import Status
from docsync.project.derived import documents, entry
from docsync.project.index import Project

SHOWN = 6
"""How many ids a message lists before it counts the rest."""

COUNTED = 100
"""How many ids an evidence sentence lists, which is read by those who want to count for themselves."""

RELATED = 12
"""How many records a finding points at; a list of hundreds would hide the finding."""


def listing(names: Iterable[str], shown: int = SHOWN) -> str:
    """List names as a sentence does: `H6, H9 and H14`, those over `shown` counted."""
    kept = list(names)
    if len(kept) > shown + 1:
        return _cut_off(kept[:shown], len(kept))
    return " and ".join([", ".join(kept[:-1]), kept[-1]] if len(kept) > 1 else kept)


def listed(records: Sequence[Record]) -> str:
    """List records by name; of thousands only those are named that are shown."""
    if len(records) > SHOWN + 1:
        return _cut_off(map(named, records[:SHOWN]), len(records))
    return listing(map(named, records))


def _cut_off(shown: Iterable[str], count: int) -> str:
    kept = list(shown)
    return f"{', '.join(kept)} and {count - len(kept)} more"


def counted_out(what: str, names: Iterable[str]) -> tuple[str, ...]:
    """Give the evidence sentence that names what was counted, as good as all of it; none where there is nothing."""
    kept = list(names)
    return (f"{what}: {listing(kept, COUNTED)}",) if kept else ()


def with_status(record: Record) -> str:
    """Name a record with its status: `H6 (resolved)`."""
    return f"{named(record)} ({said(record.status)})"


def at(project: Project, place: Place) -> str:
    """Name a place in running text: `docs/holes.md, line 14`."""
    document = entry(documents, project, place.path)
    return f"{place.path}, line {document.lines.line(place.span.start)}" if document else place.path


def plain(value: Decimal) -> str:
    """Write a number without exponent and trailing zeros, percentages to one decimal at most."""
    text = f"{value:.1f}" if value != value.to_integral_value() else f"{value:.0f}"
    return text.removesuffix(".0")


def said(status: Status | None) -> str:
    """Give a status as a word of running text."""
    return status.value.replace("_", " ") if status else "without a status"


def verb(count: int) -> str:
    """Give the verb for a number of things."""
    return "is" if count == 1 else "are"


def named(record: Record) -> str:
    """Name a record in running text: its id, after its kind where the id alone says too little."""
    return f"{record.kind} {record.id}" if record.id.isdecimal() else record.id


def pointers(records: Sequence[Record]) -> tuple[Related, ...]:
    """Point at the status of each record, as far as a reader would follow."""
    return tuple(
        Related(record.place_of("status"), f"{named(record)} is {said(record.status)}") for record in records[:RELATED]
    )
