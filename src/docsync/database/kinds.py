"""Which tables hold records: one for each kind under its plural, and one for all of them together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial

from docsync.database.homes import TYPES, Standing, columns
from docsync.database.tables import Column, Table, Type, Value, as_json, free
from docsync.models.records import Json, Record
from docsync.models.schema import FieldSpec, FieldType, KindSpec, field_key
from docsync.project.index import Project

_EMPTY = {FieldType.LIST: "[]", FieldType.REFERENCES: "[]", FieldType.CRITERIA: "[]", FieldType.CONDITIONS: "{}"}
_IDENTITY = ("id", "title", "status")
_OWN_PREFIX = "sqlite_"
"""How the names begin that SQLite keeps for itself."""


def of_kinds(standing: Standing, taken: Collection[str]) -> Iterator[Table]:
    """Give a table for each kind, whether or not there are records of it; `taken` are the names of other tables."""
    names = set(taken)
    for kind, spec in standing.project.config.kinds.items():
        name = free(_table_name(spec), names)
        names.add(name)
        yield Table(name, spec.doc, _columns(standing, spec), partial(_of_kind, standing.project, kind))


def of_all(standing: Standing) -> Table:
    """Give the table of all records."""
    identity = (_field(_COMMON[name]) for name in _IDENTITY)
    fields: Column[Record] = Column("fields", Type.JSON, "All its fields with their values.", _values)
    doc = "All records, whatever their kind."
    return Table("records", doc, (*identity, *columns(standing, str), fields), lambda: standing.project.records)


def _of_kind(project: Project, kind: str) -> tuple[Record, ...]:
    return project.by_kind.get(kind, ())


def _table_name(spec: KindSpec) -> str:
    name = field_key(spec.plural) or field_key(spec.name) or "kind"
    return f"kind_{name}" if name.startswith(_OWN_PREFIX) else name


def _columns(standing: Standing, spec: KindSpec) -> tuple[Column[Record], ...]:
    """Give a kind's columns: its fields, those that name one record with its id beside them, and what is derived.

    What is derived goes by the same name in every table, so a field of that name has a `_` behind it.
    """
    derived = tuple(columns(standing, str))
    taken = {column.name for column in derived} | {"other"}
    given = [_field(_COMMON[name]) for name in _IDENTITY if name not in spec.fields]
    for name, field in spec.fields.items():
        given.append(_field(field, free(name, taken)))
        taken.add(given[-1].name)
    for name, field in spec.fields.items():
        if field.type is FieldType.REFERENCE:
            given.append(_meant(standing, field, free(f"{name}_id", taken)))
            taken.add(given[-1].name)
    other: Column[Record] = Column("other", Type.JSON, "Fields that the kind does not know.", _other(spec))
    return (*given, *derived, other)


def _field(field: FieldSpec, name: str = "") -> Column[Record]:
    return Column(name or field.name, TYPES[field.type], field.doc, _reader(field))


def _reader(field: FieldSpec) -> Callable[[Record], Value]:
    name = field.name
    match name:
        case "id":
            return lambda record: record.id
        case "title":
            return lambda record: record.title or None
        case "status":
            return lambda record: record.status.value if record.status else None
    if field.type in _EMPTY:
        empty = _EMPTY[field.type]
        return lambda record: as_json(record.values[name]) if record.values.get(name) else empty
    return lambda record: _plain(record.values.get(name))


def _plain(value: Json) -> Value:
    return as_json(value) if isinstance(value, list | dict) else value


def _meant(standing: Standing, field: FieldSpec, name: str) -> Column[Record]:
    doc = f"The id of the {field.target or 'record'} that `{field.name}` names, however it is written there."
    return Column(name, Type.TEXT, doc, lambda record: standing.meant(record, field.name, field.target))


def _other(spec: KindSpec) -> Callable[[Record], Value]:
    known = frozenset(spec.fields)
    return lambda record: as_json({name: value for name, value in record.values.items() if name not in known})


def _values(record: Record) -> Value:
    return as_json(dict(record.values))


_COMMON = {
    "id": FieldSpec("id", FieldType.TEXT, "The name that other documents use for the record."),
    "title": FieldSpec("title", FieldType.TEXT, "What the record is called."),
    "status": FieldSpec("status", FieldType.STATUS, "How far the work is."),
}
