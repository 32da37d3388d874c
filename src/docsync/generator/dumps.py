"""What a template sees of a record: strings, numbers, yes and no, lists and mappings of these, and nothing that runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from docsync.generator.natural import natural
from docsync.models.document import DocumentFacts
from docsync.models.records import Criterion, Json, Record
from docsync.models.schema import FieldType, KindSpec
from docsync.models.status import SIGNS, Status
from docsync.project import graph
from docsync.project.derived import asked, bearers, derived, documents, entry, kinds
from docsync.project.gates import requirements
from docsync.project.index import Project
from docsync.project.progress import Progress, by_category, of_criteria, overall, progress, settled, workload

DERIVED: Final[Mapping[str, str]] = {
    "id": "the id",
    "title": "the title",
    "status": "the status, with its sign",
    "kind": "the kind",
    "path": "the file that is its home",
    "link": "the id, linked to its home",
    "progress": "a bar and what it counts",
    "criteria": "criteria met of all",
    "blocked_by": "all that it waits for, from either side's fields",
    "blocks": "all that waits for it, from either side's fields",
    "waits_for": "what of `blocked_by` is still open",
    "holds_up": "what of `blocks` is still open",
    "ready": "whether it is open and waits for nothing",
    "open": "whether work remains",
    "settled": "whether nothing more is expected",
}
"""What every record has beside the fields of its kind."""

Dump = dict[str, Json]


class Dumps:
    """Give the dumps of a project's records, each made once, and again only where something in it has changed."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def of(self, record: Record) -> Dump:
        """Give a record as JSON: the fields of its kind, the empty ones too, then what is derived."""
        return next(dump for one, dump in _dumps(self.project, record.id) if one is record)

    def all(self, records: Iterable[Record]) -> list[Json]:
        """Give several records as JSON."""
        return [self.of(record) for record in records]


@asked(bearers)
def _dumps(project: Project, records: tuple[Record, ...]) -> tuple[tuple[Record, Dump], ...]:
    """Give each record of an id with its dump."""
    return tuple((record, _dump(project, record)) for record in records)


def _dump(project: Project, record: Record) -> Dump:
    dump = _fields(project.config.kinds.get(record.kind), record)
    dump |= _identity(record)
    dump |= _relations(project, record)
    dump["progress"] = share(progress(project, record))
    dump["members"] = [part.id for part in workload(project, record)]
    return dump


def _relations(project: Project, record: Record) -> Dump:
    edges = entry(graph.needs, project, record.id) or ()
    return {
        "blocked_by": _once(edge.target for edge in edges),
        "blocks": _once(entry(graph.waiting, project, record.id) or ()),
        "waits_for": _once(edge.target for edge in graph.unsettled(project, record.id)),
        "holds_up": _once(graph.held_up(project, record.id)),
        "ready": graph.is_ready(project, record),
    }


def share(counted: Progress) -> Dump:
    """Give progress as JSON; `percent` is null where there is nothing to do."""
    return {"done": counted.done, "total": counted.total, "of": counted.of, "percent": counted.percent}


def tally(records: Iterable[Record]) -> Dump:
    """Count records: all, open, settled, the settled share as a percentage, and those of each status."""
    kept = tuple(records)
    counted = Progress(sum(map(settled, kept)), len(kept))
    statuses = [record.status for record in kept]
    return {
        "total": counted.total,
        "settled": counted.done,
        "open": sum(status is not None and status.is_open for status in statuses),
        "percent": counted.percent,
        **{status.value: statuses.count(status) for status in Status},
    }


def facts(project: Project) -> Dump:
    """Count the records of each kind by its plural, the criteria, and the whole."""
    counted: Dump = {spec.plural: entry(_tallies, project, kind) or tally(()) for kind, spec in project.config.kinds.items()}
    held = tuple(_held(project).values())
    counted["criteria"] = share(Progress(sum(met for met, _ in held), sum(total for _, total in held), "criteria"))
    counted["overall"] = share(overall(project))
    return counted


@derived(documents)
def _held(_project: Project, document: DocumentFacts) -> tuple[int, int] | None:
    """Give how many criteria the records of a document meet, of how many; nothing where there are none."""
    counted = of_criteria(one for record in document.records for one in record.criteria)
    return (counted.done, counted.total) if counted.total else None


@derived(kinds)
def _tallies(_project: Project, records: tuple[Record, ...]) -> Dump:
    return tally(records)


def _fields(spec: KindSpec | None, record: Record) -> Dump:
    empty: Dump = {name: _empty(field.type) for name, field in spec.fields.items()} if spec else {}
    return empty | {name: value for name, value in record.values.items() if value is not None}


def _empty(kind: FieldType) -> Json:
    if kind in (FieldType.LIST, FieldType.REFERENCES, FieldType.CRITERIA):
        return []
    return {} if kind is FieldType.CONDITIONS else ""


def _identity(record: Record) -> Dump:
    criteria = of_criteria(record.criteria)
    return {
        "kind": record.kind,
        "id": record.id,
        "title": record.title,
        "status": record.status.value if record.status else "",
        "status_text": _status_text(record),
        "open": record.status is not None and record.status.is_open,
        "settled": settled(record),
        "path": record.path,
        "home": record.home.value,
        "criteria": share(criteria),
        "categories": [_category(record, name, counted) for name, counted in by_category(record).items()],
        "requirements": _requirements(record),
    }


def _status_text(record: Record) -> str:
    if record.status is None:
        written = record.fields.get("status")
        return written.text if written else record.text("status")
    return f"{SIGNS[record.status]} {record.status.value.replace('_', ' ')}"


def _category(record: Record, name: str, counted: Progress) -> Dump:
    held: list[Json] = [_criterion(one) for one in record.criteria if one.category == name and not one.dropped]
    return {"name": name, "criteria": held, **share(counted)}


def _criterion(criterion: Criterion) -> Dump:
    return {"text": criterion.text, "met": criterion.met}


def _requirements(record: Record) -> list[Json]:
    """Give what a record with criteria must meet, category by category; only a gate's own condition says less than all."""
    if not record.criteria:
        return []
    return [
        {
            "category": one.category,
            "wanted": one.wanted,
            "needed": one.needed,
            "done": one.progress.done,
            "total": one.progress.total,
            "satisfied": one.satisfied,
        }
        for one in requirements(record)
    ]


def _once(ids: Iterable[str]) -> list[Json]:
    found = set(ids)
    return list[Json](sorted(found, key=natural) if len(found) > 1 else found)
