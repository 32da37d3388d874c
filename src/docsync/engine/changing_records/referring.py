"""How records refer to each other: whom a reference means, how it is spelled, and what the other side then has to say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from docsync.editing.errors import Uneditable
from docsync.engine.changing_records.wishes import Wishes
from docsync.models.records import Home, Json, Record
from docsync.models.schema import FieldSpec, FieldType, Role
from docsync.project.build import resolve
from docsync.project.index import Project
from docsync.project.names import number_of
from docsync.project.pointing import point, pointer

_BARE = re.compile(r"#?\d+(?:\.\d+)*")
_WORDED = re.compile(r"(?P<word>[^\W\d_]+)(?P<gap>[ -]?)\d+(?:\.\d+)*")


def spelled(project: Project, record: Record, field: FieldSpec, references: Iterable[str]) -> list[str]:
    """Spell references as the record and its like do; raises Unfound for one that no record answers to."""
    return [_spelled(project, record, field, reference) for reference in references]


def meant(project: Project, record: Record, field: FieldSpec, reference: str) -> Record:
    """Give the record that a reference means; raises Unfound where there is none, Uneditable for the record itself."""
    found = resolve(project, reference, field.target, beside=record.path) or point(project, reference, field.target)
    if found is record and field.role in (Role.NEEDS, Role.HOLDS):
        raise Uneditable(f"{record.id} cannot wait for itself; name another record in {field.name}")
    return found


def mirror(project: Project, wishes: Wishes, record: Record, field: FieldSpec, before: Sequence[str]) -> None:
    """Let the other side of a relation say what a record now says of it, where records of its kind do say so."""
    if not field.inverse:
        return
    now = wishes.of(record).texts(field.name)
    for reference in now:
        if reference not in before and (other := resolve(project, reference, field.target, beside=record.path)):
            _add(project, wishes, other, field.inverse, record)
    for reference in before:
        if reference not in now and (other := resolve(project, reference, field.target, beside=record.path)):
            _drop(project, wishes, other, field.inverse, record)


def _add(project: Project, wishes: Wishes, other: Record, name: str, record: Record) -> None:
    spec = project.config.kinds[other.kind].fields.get(name)
    if spec is None or _names(project, other, spec, wishes.of(other).texts(name), record):
        return
    if not _fills(project, other, name):
        wishes.notes.append(f"{pointer(project, other)} does not write {name}, so {pointer(project, record)} alone says it")
    elif spec.type is FieldType.REFERENCES:
        wanted = wishes.of(other)
        wanted.values[name] = [*wanted.texts(name), _spelled(project, other, spec, record.id, record)]
    elif not wishes.of(other).texts(name):
        wishes.of(other).values[name] = _spelled(project, other, spec, record.id, record)
    else:
        wishes.notes.append(f"{name} of {pointer(project, other)} names another record, and was left as it is")


def _drop(project: Project, wishes: Wishes, other: Record, name: str, record: Record) -> None:
    spec = project.config.kinds[other.kind].fields.get(name)
    if spec is None or other.fields.get(name) is None:
        return
    named = set(_names(project, other, spec, wishes.of(other).texts(name), record))
    if not named:
        return
    kept: list[Json] = [one for one in wishes.of(other).texts(name) if one not in named]
    wishes.of(other).values[name] = kept if spec.type is FieldType.REFERENCES else None


def _names(project: Project, other: Record, spec: FieldSpec, texts: Iterable[str], record: Record) -> list[str]:
    """Give the references among some that mean a record."""
    return [one for one in texts if resolve(project, one, spec.target, beside=other.path) is record]


def _fills(project: Project, other: Record, name: str) -> bool:
    """Tell whether a record, or those that live like it, write a field."""
    if other.home is Home.ROW:
        beside = (one for one in project.documents[other.path].records if one.kind == other.kind)
        return any(name in one.fields for one in beside)
    return name in other.fields or any(name in one.fields for one in project.by_kind[other.kind] if one.home is other.home)


def _spelled(project: Project, record: Record, field: FieldSpec, reference: str, known: Record | None = None) -> str:
    found = known or meant(project, record, field, reference)
    for model in _models(project, record, field.name):
        said = _like(model, found)
        if resolve(project, said, field.target, beside=record.path) is found:
            return said
    return found.id


def _models(project: Project, record: Record, name: str) -> Iterator[str]:
    """Give references that are written in a field already, the record's own first."""
    yield from record.texts(name)
    for other in project.by_kind[record.kind]:
        if other.path == record.path:
            yield from other.texts(name)
    for other in project.by_kind[record.kind]:
        yield from other.texts(name)[:1]


def _like(model: str, record: Record) -> str:
    number = number_of(record)
    if number and _BARE.fullmatch(model):
        return f"#{number}" if model.startswith("#") else number
    worded = _WORDED.fullmatch(model)
    if number and worded and not record.id.startswith(worded["word"]):
        return f"{worded['word']}{worded['gap']}{number}"
    return record.id
