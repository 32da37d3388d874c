"""Which records, or criteria, pass the filters of a fact expression."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from docsync.models.records import Criterion, Record
from docsync.models.schema import FieldSpec, FieldType, KindSpec, Role, field_key
from docsync.models.status import parse_status
from docsync.project.build import resolve
from docsync.project.expressions import FactError, Filter, near
from docsync.project.index import Project
from docsync.project.parts import members

CRITERIA: Final = "criteria"
"""The plural that counts the criteria of records instead of records."""

Owned: TypeAlias = tuple[Record, Criterion]

_Test: TypeAlias = Callable[[Record], bool]
_REFERENCES: Final = (FieldType.REFERENCE, FieldType.REFERENCES)


def kind_of(project: Project, plural: str) -> KindSpec:
    """Give the kind that a plural counts; raises FactError where there is none."""
    kinds = {spec.plural: spec for spec in project.config.kinds.values()}
    if plural not in kinds:
        known = ", ".join(f"`{name}`" for name in (*kinds, CRITERIA))
        raise FactError(f"expected one of {known}, found `{plural}`{near(plural, (*kinds, CRITERIA))}")
    return kinds[plural]


def select(project: Project, kind: KindSpec, filters: Iterable[Filter]) -> tuple[Record, ...]:
    """Give the records of a kind that pass every filter, in document order; raises FactError for a filter without sense."""
    tests = [_test(project, kind, one) for one in filters]
    return tuple(record for record in project.by_kind.get(kind.name, ()) if all(test(record) for test in tests))


def select_criteria(project: Project, filters: Iterable[Filter]) -> tuple[Owned, ...]:
    """Give the criteria that pass every filter with the records that hold them; dropped ones never pass."""
    every = list(filters)
    categories = [one.value.casefold() for one in every if field_key(one.key) == "category"]
    tests = [_owner_test(project, one) for one in every if field_key(one.key) != "category"]
    return tuple(
        (record, criterion)
        for record in project.records
        if record.criteria and all(test(record) for test in tests)
        for criterion in record.criteria
        if not criterion.dropped and all(criterion.category.casefold() == category for category in categories)
    )


def _test(project: Project, kind: KindSpec, one: Filter) -> _Test:
    name = kind.aliases.get(field_key(one.key), field_key(one.key))
    if name in ("", "id"):
        wanted = _record(project, one.value, kind.name).id
        return lambda record: record.id == wanted
    field = kind.fields.get(name)
    if field is None:
        return _unknown_field_test(project, kind, name, one)
    if field.type is FieldType.STATUS:
        return _status_test(project, one.value)
    return _reference_test(project, field, one.value) if field.type in _REFERENCES else _text_test(field, one.value)


def _record(project: Project, reference: str, kind: str) -> Record:
    found = resolve(project, reference, kind)
    if found is None:
        known = [record.id for record in (project.by_kind.get(kind, ()) if kind else project.records)]
        raise FactError(f"expected the id of a {kind or 'record'}, found `{reference}`{near(reference, known)}")
    return found


def _unknown_field_test(project: Project, kind: KindSpec, name: str, one: Filter) -> _Test:
    """Test a field that the kind does not know, as long as some record has it."""
    if not any(name in record.values for record in project.by_kind.get(kind.name, ())):
        raise FactError(f"expected a field of {kind.plural}, found `{one.key}`{near(name, kind.aliases)}")
    return _text_test(FieldSpec(name, FieldType.TEXT), one.value)


def _status_test(project: Project, value: str) -> _Test:
    wanted = parse_status(value, project.config.words, project.config.emoji)
    if wanted is None:
        raise FactError(f"expected a status, found `{value}`{near(value, project.config.words)}")
    return lambda record: record.status is wanted


def _reference_test(project: Project, field: FieldSpec, value: str) -> _Test:
    wanted = _record(project, value, field.target)
    if field.role is Role.PART_OF:
        inside = {part.id for part in members(project, wanted)}
        return lambda record: record.id in inside
    return lambda record: any(
        found is not None and found.id == wanted.id
        for found in (resolve(project, item, field.target, beside=record.path) for item in record.texts(field.name))
    )


def _text_test(field: FieldSpec, value: str) -> _Test:
    if field.values and value not in field.values:
        known = ", ".join(f"`{known}`" for known in field.values)
        raise FactError(f"expected one of {known} for `{field.name}`, found `{value}`{near(value, field.values)}")
    wanted = value.casefold()
    return lambda record: any(text.casefold() == wanted for text in record.texts(field.name))


def _owner_test(project: Project, one: Filter) -> _Test:
    """Test the record that holds a criterion: it is the one named, or belongs to it."""
    key = field_key(one.key)
    if key == "kind":
        return lambda record: record.kind == one.value
    if key and key not in project.config.kinds:
        known = ("category", "kind", *project.config.kinds)
        raise FactError(f"expected `category`, `kind` or a kind's name, found `{one.key}`{near(key, known)}")
    whole = _record(project, one.value, key)
    inside = {whole.id, *(part.id for part in members(project, whole))}
    return lambda record: record.id in inside
