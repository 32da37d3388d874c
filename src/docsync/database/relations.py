"""Which tables hold what records say of each other and what they must meet: edges, needs and criteria."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from docsync.database.homes import Standing
from docsync.database.tables import Column, Table, Type
from docsync.models.diagnostics import Place
from docsync.models.records import Criterion, Record
from docsync.models.schema import FieldSpec, FieldType
from docsync.project import graph
from docsync.project.build import resolve

_REFERENCES = (FieldType.REFERENCE, FieldType.REFERENCES)


class _Edge(Struct, frozen=True):
    record: Record
    field: FieldSpec
    written: str
    target: Record | None
    place: Place


class _Held(Struct, frozen=True):
    record: Record
    number: int
    criterion: Criterion


def edges(standing: Standing) -> Table:
    """Give the table of references: one row for each record that a field of another names."""
    columns: tuple[Column[_Edge], ...] = (
        Column("source", Type.TEXT, "The id of the record that has the field.", lambda edge: edge.record.id),
        Column(
            "target",
            Type.TEXT,
            "The id of the record that it names; as written where none answers.",
            lambda edge: edge.target.id if edge.target else edge.written,
        ),
        Column("field", Type.TEXT, "The field, such as blocked_by or phase.", lambda edge: edge.field.name),
        Column(
            "role",
            Type.TEXT,
            "What the field means: needs (the target comes first), holds (the source comes first), part of, or nothing.",
            lambda edge: edge.field.role.value or None,
        ),
        Column("source_kind", Type.TEXT, "The kind of the source.", lambda edge: edge.record.kind),
        Column(
            "target_kind",
            Type.TEXT,
            "The kind of the target; nothing where no record answers.",
            lambda edge: edge.target.kind if edge.target else None,
        ),
        Column("written", Type.TEXT, "The reference as it is written.", lambda edge: edge.written),
        Column("path", Type.TEXT, "The file that says so.", lambda edge: edge.place.path),
        Column("line", Type.INTEGER, "The line there.", lambda edge: standing.line(edge.place.path, edge.place.span.start)),
    )
    doc = "References between records, as their fields state them: one row for each record named."
    return Table("edges", doc, columns, lambda: _edges(standing))


def needs(standing: Standing) -> Table:
    """Give the table of dependencies: one row for each place that says that a record waits for another."""
    columns: tuple[Column[graph.Edge], ...] = (
        Column("source", Type.TEXT, "The id of the record that waits.", lambda edge: edge.source),
        Column(
            "target", Type.TEXT, "The id of what it waits for; as written where no record answers.", lambda edge: edge.target
        ),
        Column("field", Type.TEXT, "The field that says so: the source's own, or the target's read backwards.", _field),
        Column(
            "settled",
            Type.BOOLEAN,
            "Whether what it waits for is resolved or cancelled.",
            lambda edge: edge not in graph.unsettled(standing.project, edge.source),
        ),
        Column("path", Type.TEXT, "The file that says so.", lambda edge: edge.place.path),
        Column("line", Type.INTEGER, "The line there.", lambda edge: standing.line(edge.place.path, edge.place.span.start)),
    )
    doc = "What waits for what: the dependency graph, one row for each place that states an edge of it."
    return Table("needs", doc, columns, lambda: _needs(standing))


def criteria(standing: Standing) -> Table:
    """Give the table of the criteria of all records."""
    columns: tuple[Column[_Held], ...] = (
        Column("record", Type.TEXT, "The id of the record that they belong to.", lambda held: held.record.id),
        Column("kind", Type.TEXT, "Its kind.", lambda held: held.record.kind),
        Column("number", Type.INTEGER, "The criterion's place among its own, from 1.", lambda held: held.number),
        Column("category", Type.TEXT, "The heading or lead-in above it.", lambda held: held.criterion.category or None),
        Column("text", Type.TEXT, "What must hold.", lambda held: held.criterion.text),
        Column("met", Type.BOOLEAN, "Whether it is ticked.", lambda held: held.criterion.met),
        Column(
            "dropped",
            Type.BOOLEAN,
            "Whether it is struck through, and so counts as neither.",
            lambda held: held.criterion.dropped,
        ),
        Column("path", Type.TEXT, "Its file.", lambda held: held.record.path),
        Column("line", Type.INTEGER, "Its line.", lambda held: standing.line(held.record.path, held.criterion.span.start)),
    )
    return Table("criteria", "What must hold for records: their checkboxes.", columns, lambda: _criteria(standing))


def _edges(standing: Standing) -> Iterator[_Edge]:
    for record in standing.project.records:
        spec = standing.project.config.kinds.get(record.kind)
        for field in spec.fields.values() if spec else ():
            if field.type in _REFERENCES:
                for written in record.texts(field.name):
                    target = resolve(standing.project, written, field.target, beside=record.path)
                    yield _Edge(record, field, written, target, graph.item_place(record, field.name, written))


def _needs(standing: Standing) -> Iterator[graph.Edge]:
    for stated in graph.needs(standing.project).values():
        yield from stated


def _field(edge: graph.Edge) -> str:
    return edge.field


def _criteria(standing: Standing) -> Iterator[_Held]:
    for record in standing.project.records:
        for number, criterion in enumerate(record.criteria, 1):
            yield _Held(record, number, criterion)
