"""What somebody wishes a new record to say, checked before a word of it is written: kind, id, fields, references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from docsync.editing.arriving.ids import next_id
from docsync.engine.arriving.refusing import Unwelcome
from docsync.models.kinds.validation import validate
from docsync.models.nearness import meant, nearest
from docsync.models.records import Json
from docsync.models.schema import FieldSpec, FieldType, KindSpec, Role, field_key
from docsync.project.build import resolve
from docsync.project.index import Project
from docsync.project.pointing import Unfound, point

_LISTS: Final = (FieldType.LIST, FieldType.REFERENCES, FieldType.CRITERIA)
_REFERENCES: Final = (FieldType.REFERENCE, FieldType.REFERENCES)
_NAMES: Final = ("id", "title")


class Wish(Struct, frozen=True):
    """Wish for a record: `id` empty for the next free one, `fields` as somebody wrote them, each with all its values.

    `place` is a document, or a folder with a slash at its end, empty for where its siblings are; `folder` is where the first
    file of a kind goes. `day` is an ISO date.
    """

    kind: str
    day: str
    id: str = ""
    title: str = ""
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    place: str = ""
    folder: str = ""


def kind_of(project: Project, name: str) -> KindSpec:
    """Give the kind of a name or plural; raises Unwelcome with the near miss."""
    kinds = project.config.kinds
    word = name.casefold()
    found = kinds.get(word) or next((spec for spec in kinds.values() if word in (spec.plural, *spec.nouns)), None)
    if found is None:
        raise Unwelcome(f"there is no kind {name}; {meant(name, kinds)}")
    return found


def id_of(project: Project, spec: KindSpec, wanted: str) -> str:
    """Give the id of a new record; raises Unwelcome for one that is none of its kind or is taken."""
    known = [record.id for record in project.by_kind.get(spec.name, ())]
    taken = {record.id.casefold() for record in project.records}
    if not wanted:
        found = next_id(spec, known)
        while found and found.casefold() in taken:
            found = next_id(spec, [*known, found])
        if not found:
            raise Unwelcome(
                f"no id for the first {spec.name} can be told from its pattern {spec.id_pattern}; give one with --id"
            )
        return found
    free = next_id(spec, known)
    hint = f"; the next free one is {free}" if free and free.casefold() not in taken else ""
    if wanted.casefold() in taken:
        same = next(record for record in project.records if record.id.casefold() == wanted.casefold())
        line = project.documents[same.path].lines.line(same.span.start)
        raise Unwelcome(f"{same.id} is taken, by the {same.kind} {same.title or 'without a title'} at {same.path}:{line}{hint}")
    if not spec.matches(wanted):
        raise Unwelcome(f"{wanted} is not the id of a {spec.name}: these match {spec.id_pattern}{hint}")
    return wanted


def named_fields(project: Project, spec: KindSpec, given: Mapping[str, Sequence[str]]) -> dict[str, Json]:
    """Give the fields by their names in the kind; raises Unwelcome for one that neither kind nor siblings know."""
    known = {name for record in project.by_kind.get(spec.name, ()) for name in record.values}
    found: dict[str, Json] = {}
    for written, values in given.items():
        key = field_key(written)
        name = spec.aliases.get(key) or (key if key in known else "")
        if not name:
            names = dict.fromkeys((*spec.fields, *known))
            raise Unwelcome(f"{spec.plural} have no field {written}; {meant(written, names)}")
        if name in found or name in _NAMES:
            raise Unwelcome(f"{name} is given twice, once as {written}")
        found[name] = _value(spec.fields.get(name), values)
    return found


def checked(project: Project, spec: KindSpec, raw: Mapping[str, Json]) -> dict[str, Json]:
    """Give what a new record will say, in JSON form; raises Unwelcome with every fault of it."""
    config = project.config
    values, faults = validate(spec, raw, config.words, config.emoji)
    said = [f"{fault.message}{f'; {fault.help}' if fault.help else ''}" for fault in faults]
    said += _unfound(project, spec, values)
    if said:
        raise Unwelcome("\n".join(said))
    return values


def _value(spec: FieldSpec | None, values: Sequence[str]) -> Json:
    if spec is not None and spec.type is FieldType.CRITERIA:
        return [text for value in values for part in value.split(";") if (text := " ".join(part.split()))]
    if len(values) == 1:
        return values[0]
    if spec is None or spec.type in _LISTS:
        return list[Json](values)
    raise Unwelcome(f"{spec.name} is given {len(values)} times and holds one value")


def _unfound(project: Project, spec: KindSpec, values: Mapping[str, Json]) -> Iterator[str]:
    """Say of each reference that no record answers to it, with the near miss."""
    for name, one in spec.fields.items():
        if one.type in _REFERENCES and (value := values.get(name)):
            for item in value if isinstance(value, list) else [value]:
                if resolve(project, str(item), one.target) is None:
                    yield f"{name}: {_why(project, str(item), one)}"


def _why(project: Project, item: str, field: FieldSpec) -> str:
    if field.target and (other := resolve(project, item)):
        near = nearest(item, (record.id for record in project.by_kind.get(field.target, ())))
        return f"{item} is a {other.kind} and no {field.target}{f'; did you mean {near}?' if near else ''}"
    try:
        point(project, item, field.target)
    except Unfound as error:
        return str(error)
    return f"there is no {field.target or 'record'} {item}"


def waits(project: Project, spec: KindSpec, values: Mapping[str, Json]) -> bool:
    """Tell whether a new record would wait for something that is not settled."""
    needed = ((one.target, item) for one in spec.relations(Role.NEEDS) for item in _items(values.get(one.name)))
    found = (resolve(project, item, target) for target, item in needed)
    return any(record is not None and (record.status is None or not record.status.is_settled) for record in found)


def _items(value: Json) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)] if value else []
