"""What is asked of every record beside its fields: where it lives, how far it is, and what it waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Final

from docsync.database.tables import Column, Type, Value, as_json
from docsync.models.records import Json, Record
from docsync.models.schema import FieldType
from docsync.project import graph
from docsync.project.build import resolve
from docsync.project.index import Project
from docsync.project.pointing import pointer
from docsync.project.progress import Progress, progress, settled


class Standing:
    """Hold what the columns of records have in common, worked out when the first of them is read."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._progress: dict[int, Progress] = {}

    @cached_property
    def ready(self) -> frozenset[int]:
        """Give the records, by identity, that are open and wait for nothing."""
        return frozenset(id(record) for record in graph.ready(self.project))

    def waits_for(self, record: Record) -> list[Json]:
        """Give the ids that a record still waits for, each once."""
        return list(dict.fromkeys(edge.target for edge in graph.unsettled(self.project, record.id)))

    def progress(self, record: Record) -> Progress:
        """Give how far a record is."""
        key = id(record)
        if key not in self._progress:
            self._progress[key] = progress(self.project, record)
        return self._progress[key]

    def line(self, path: str, offset: int) -> int:
        """Give the line of an offset in a document, from 1."""
        return self.project.documents[path].lines.line(offset)

    def meant(self, record: Record, field: str, target: str) -> str | None:
        """Give the id of the record that a field of one reference names, None where none answers."""
        text = record.text(field)
        found = resolve(self.project, text, target, beside=record.path) if text else None
        return found.id if found else None


def columns(standing: Standing, named: Callable[[str], str]) -> Iterable[Column[Record]]:
    """Give the columns that every table of records ends with; `named` gives each a name that is free there."""
    for name, (kind, doc, read) in _DERIVED.items():
        yield Column(named(name), kind, doc, _bound(read, standing))


def _bound(read: Callable[[Standing, Record], Value], standing: Standing) -> Callable[[Record], Value]:
    return lambda record: read(standing, record)


def _status_text(_: Standing, record: Record) -> Value:
    written = record.fields.get("status")
    return written.text if written else record.text("status") or None


def _met(_: Standing, record: Record) -> Value:
    return sum(one.met for one in record.criteria if not one.dropped)


def _criteria(_: Standing, record: Record) -> Value:
    return sum(not one.dropped for one in record.criteria)


def _written(_: Standing, record: Record) -> Value:
    return as_json({name: field.raw for name, field in record.fields.items()})


_DERIVED: Final[Mapping[str, tuple[Type, str, Callable[[Standing, Record], Value]]]] = {
    "kind": (Type.TEXT, "The kind.", lambda _, record: record.kind),
    "pointer": (
        Type.TEXT,
        "What names it and no other: the id, with the path before it where others share it.",
        lambda standing, record: pointer(standing.project, record),
    ),
    "status_text": (Type.TEXT, "The status as its home writes it.", _status_text),
    "open": (Type.BOOLEAN, "Whether work remains.", lambda _, record: bool(record.status and record.status.is_open)),
    "settled": (Type.BOOLEAN, "Whether it is resolved or cancelled.", lambda _, record: settled(record)),
    "ready": (Type.BOOLEAN, "Whether it is open and waits for nothing.", lambda standing, record: id(record) in standing.ready),
    "waits_for": (
        Type.JSON,
        "The ids of what it waits for and is not settled, from either side's fields.",
        lambda standing, record: as_json(standing.waits_for(record)),
    ),
    "criteria_met": (Type.INTEGER, "How many of its criteria are met.", _met),
    "criteria_total": (Type.INTEGER, "How many criteria it has, dropped ones left out.", _criteria),
    "done": (
        Type.INTEGER,
        "Of what belongs to it (its work, else its criteria, else itself), how much is settled or met.",
        lambda standing, record: standing.progress(record).done,
    ),
    "total": (Type.INTEGER, "How much belongs to it.", lambda standing, record: standing.progress(record).total),
    "percent": (
        Type.INTEGER,
        "`done` of `total`, rounded; 100 only when all is done.",
        lambda standing, record: standing.progress(record).percent,
    ),
    "home": (Type.TEXT, "The form of its home: file, section, row or item.", lambda _, record: record.home.value),
    "path": (Type.TEXT, "The file that is its home.", lambda _, record: record.path),
    "line": (Type.INTEGER, "The line of its id there.", lambda standing, record: standing.line(record.path, record.span.start)),
    "broken": (Type.BOOLEAN, "Whether something is wrong with its fields.", lambda _, record: record.broken),
    "written": (Type.JSON, "Its fields as the home writes them.", _written),
}

TYPES: Final[Mapping[FieldType, Type]] = {
    FieldType.TEXT: Type.TEXT,
    FieldType.INTEGER: Type.INTEGER,
    FieldType.NUMBER: Type.NUMBER,
    FieldType.BOOLEAN: Type.BOOLEAN,
    FieldType.DATE: Type.DATE,
    FieldType.STATUS: Type.TEXT,
    FieldType.ENUM: Type.TEXT,
    FieldType.REFERENCE: Type.TEXT,
    FieldType.LIST: Type.JSON,
    FieldType.REFERENCES: Type.JSON,
    FieldType.CRITERIA: Type.JSON,
    FieldType.CONDITIONS: Type.JSON,
}
"""How each type of a field is stored."""
