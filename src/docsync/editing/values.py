"""What somebody means who names a field and gives it a value on the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from docsync.config.values import Config
from docsync.editing.errors import Uneditable
from docsync.models.kinds.validation import validate
from docsync.models.nearness import meant
from docsync.models.records import Json, Record
from docsync.models.schema import FieldType, KindSpec, field_key

_LISTS: Final = (FieldType.LIST, FieldType.REFERENCES)
_EMPTIED: Final = (FieldType.LIST, FieldType.REFERENCES)
_FIXED: Final[Mapping[str, str]] = {
    "id": "an id is what others refer by; change it everywhere by hand",
    "kind": "a kind says what a record is; change it by hand",
}


def field_named(record: Record, spec: KindSpec, name: str) -> str:
    """Give the field that a name means; raises Uneditable, with the near miss, where there is none."""
    key = field_key(name)
    if key in _FIXED:
        raise Uneditable(f"{key} of {record.id} cannot be set: {_FIXED[key]}")
    if key in spec.aliases:
        return spec.aliases[key]
    if key in record.fields:
        return key
    raise Uneditable(f"{spec.plural} have no field {name}; {meant(key, spec.fields)}")


def is_list(spec: KindSpec, name: str) -> bool:
    """Tell whether a field holds several values."""
    return name in spec.fields and spec.fields[name].type in _LISTS


def value_of(record: Record, config: Config, name: str, given: Sequence[str]) -> Json:
    """Read what was given for a field, several texts for a list; raises Uneditable for what it cannot hold."""
    spec = config.kinds[record.kind]
    field = spec.fields.get(name)
    if field and field.type is FieldType.CRITERIA:
        raise Uneditable(f"{name} of {record.id} are set one by one; tick them: docsync tick {record.id} NUMBER")
    texts = [text for text in given if text.strip()]
    if not texts:
        return _emptied(record, config, name)
    if field is None:
        return ", ".join(texts)
    values, faults = validate(
        spec, {"id": record.id, name: list(texts) if is_list(spec, name) else texts[0]}, config.words, config.emoji
    )
    for fault in faults:
        if fault.field == name and not fault.soft:
            raise Uneditable(f"{record.id}: {fault.message}{f'; {fault.help}' if fault.help else ''}")
    if name not in values:
        return _emptied(record, config, name)
    return values[name]


def _emptied(record: Record, config: Config, name: str) -> Json:
    field = config.kinds[record.kind].fields.get(name)
    if field and (field.required or field.type is FieldType.STATUS):
        raise Uneditable(f"{name} of {record.id} cannot be empty; give it a value")
    return [] if field and field.type in _EMPTIED else None
