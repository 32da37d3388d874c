"""How several fields of several records are set as one change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from docsync.editing.errors import Uneditable
from docsync.editing.values import field_named, is_list, value_of
from docsync.engine.changing import Ground
from docsync.engine.changing_records import moving, referring
from docsync.engine.changing_records.wishes import Wishes
from docsync.models.diagnostics import Place
from docsync.models.records import Json, Record
from docsync.models.schema import FieldSpec, FieldType
from docsync.models.status import Status
from docsync.project.build import resolve
from docsync.project.index import Project
from docsync.project.pointing import point
from docsync.validator.rules import duplicate_id

_REFERENCES: Final = (FieldType.REFERENCE, FieldType.REFERENCES)
SET: Final = "="
ADD: Final = "+="
DROP: Final = "-="


class Assignment(Struct, frozen=True):
    """Hold one `field=value`; the sign is `=`, `+=` to add to a list, `-=` to take out of it."""

    field: str
    sign: str
    value: str


def find(ground: Ground, name: str) -> Record:
    """Give the one record that is named; raises Unfound for none or several, Uneditable for one that lives in two places."""
    record = point(ground.project, name)
    if places := _homes(ground, record):
        homes = " and ".join(_where(ground.project, one) for one in places)
        raise Uneditable(f"{record.id} lives in two places, {homes}; keep one of them, so that it has one home to change")
    return record


def find_named(ground: Ground, wishes: Wishes, name: str) -> Record:
    """Give the one record that somebody names: of several with its id that of the file that is named, which a note tells."""
    record = point(ground.project, name)
    others = [place for place in _homes(ground, record) if place != record.place]
    if "#" not in name or any(place.path == record.path for place in others):
        return find(ground, name)
    if others:
        homes = " and ".join(_where(ground.project, one) for one in others)
        wishes.notes.append(f"{homes} has the same id, {record.id}, and was left as it is")
    return record


def _homes(ground: Ground, record: Record) -> tuple[Place, ...]:
    """Give all homes of a record that is reported to have several, none for one that has one."""
    homes: dict[Place, None] = {}
    for found in ground.diagnostics:
        places = (found.place, *(related.place for related in found.related))
        if found.code == duplicate_id.CODE and record.place in places:
            homes |= dict.fromkeys(places)
    return tuple(homes)


def assign(ground: Ground, wishes: Wishes, records: Sequence[Record], assignments: Iterable[Assignment]) -> None:
    """Wish for all assignments on all records; raises Uneditable or Unfound for what cannot be."""
    given = tuple(assignments)
    for record in records:
        _assign(ground.project, wishes, record, given)
    settling = {record.id for record in records if wishes.of(record).values.get("status") in _SETTLED}
    for record in records:
        status = wishes.of(record).values.get("status")
        if status is not None and status != record.status:
            moving.allow(ground, record, Status(str(status)), settling)


_SETTLED: Final = (Status.RESOLVED.value, Status.CANCELLED.value)


def _assign(project: Project, wishes: Wishes, record: Record, given: Sequence[Assignment]) -> None:
    spec = project.config.kinds[record.kind]
    grouped: dict[str, list[Assignment]] = {}
    for one in given:
        grouped.setdefault(field_named(record, spec, one.field), []).append(one)
    for name, several in grouped.items():
        if not is_list(spec, name) and (len(several) > 1 or several[0].sign != SET):
            wrong = "is given twice" if len(several) > 1 else f"holds one value, so {several[0].sign} means nothing"
            raise Uneditable(f"{name} of {record.id} {wrong}; write {name}=VALUE once")
        put(project, wishes, record, name, _value(project, record, name, several))


def put(project: Project, wishes: Wishes, record: Record, name: str, value: Json) -> None:
    """Wish for a field of a record to hold a value, and for the other side of a relation to say the same."""
    spec = project.config.kinds[record.kind].fields.get(name)
    before = wishes.of(record).texts(name)
    if spec and spec.type in _REFERENCES and value is not None:
        value = _referring(project, record, spec, value, before)
    wishes.of(record).values[name] = value
    if spec and spec.type in _REFERENCES:
        referring.mirror(project, wishes, record, spec, before)


def _referring(project: Project, record: Record, spec: FieldSpec, value: Json, before: Sequence[str]) -> Json:
    """Spell references as they are spelled there; those that stand there stay as they are."""
    items = [str(item) for item in value] if isinstance(value, list) else [str(value)]
    said = [item if item in before else referring.spelled(project, record, spec, [item])[0] for item in items]
    distinct: list[Json] = list(dict.fromkeys(said))
    return distinct if isinstance(value, list) else distinct[0]


def _value(project: Project, record: Record, name: str, several: Sequence[Assignment]) -> Json:
    config = project.config
    if not is_list(config.kinds[record.kind], name):
        return value_of(record, config, name, [several[0].value])
    items = list(record.texts(name))
    if any(one.sign == SET for one in several):
        items = []
    for one in several:
        read = value_of(record, config, name, [one.value])
        texts = [str(item) for item in read] if isinstance(read, list) else []
        if one.sign != DROP:
            items += [text for text in texts if text not in items]
            continue
        for text in texts:
            items.remove(_present(project, record, name, items, text))
    return list(items)


def _present(project: Project, record: Record, name: str, items: Sequence[str], text: str) -> str:
    """Find what is to be taken out of a list, however it is spelled there."""
    if text in items:
        return text
    spec = project.config.kinds[record.kind].fields[name]
    if spec.type in _REFERENCES:
        wanted = referring.meant(project, record, spec, text)
        for item in items:
            if item == wanted.id or resolve(project, item, spec.target, beside=record.path) is wanted:
                return item
    raise Uneditable(f"{name} of {record.id} does not hold {text}; it holds {', '.join(items) or 'nothing'}")


def _where(project: Project, place: Place) -> str:
    return f"{place.path}:{project.documents[place.path].lines.line(place.span.start)}"
