"""What a record's fields say, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from docsync.models.kinds.bad_value import BadValue, shown
from docsync.models.kinds.base import RecordModel
from docsync.models.kinds.building import lenient, model_of
from docsync.models.kinds.fieldtypes import Vocabulary
from docsync.models.records import Json
from docsync.models.schema import KindSpec, field_key
from docsync.models.status import EMOJI, WORDS, Status


class Fault(Struct, frozen=True):
    """Say what is wrong with one field; `code` is the rule that reports it, `index` the item of a list.

    `field` is the field's name in the specification, whatever alias the document uses. A `soft` fault may be meant as it is
    written.
    """

    field: str
    message: str
    help: str = ""
    code: str = "DS102"
    index: int | None = None
    soft: bool = False


class Validation(NamedTuple):
    """Give the values that hold, in JSON form, and the faults of the others.

    Fields that the kind does not know are among the values as they are written; fields without a value are left out.
    """

    values: dict[str, Json]
    problems: tuple[Fault, ...]


def validate(
    spec: KindSpec,
    raw: Mapping[str, Json],
    words: Mapping[str, Status] = WORDS,
    emoji: Mapping[str, Status] = EMOJI,
) -> Validation:
    """Validate a record's fields, keyed by name or alias, as text from a document or JSON from front matter."""
    fields, faults = _named(spec, raw)
    values, bad = _values(spec, fields, Vocabulary(words, emoji))
    faults += [*bad, *_missing(spec, values, {fault.field for fault in bad}), *_id_fault(spec, values)]
    return Validation(values, tuple(faults))


def _named(spec: KindSpec, raw: Mapping[str, Json]) -> tuple[dict[str, Json], list[Fault]]:
    fields: dict[str, Json] = {}
    written: dict[str, str] = {}
    faults: list[Fault] = []
    for key, value in raw.items():
        name = spec.aliases.get(field_key(key), key)
        if name in fields:
            faults.append(Fault(name, f"{name} is given twice, as {written[name]} and as {key}", "keep one of the two"))
        else:
            fields[name], written[name] = value, key
    return fields, faults


def _values(spec: KindSpec, fields: dict[str, Json], vocabulary: Vocabulary) -> tuple[dict[str, Json], list[Fault]]:
    model = model_of(spec)
    try:
        return _dumped(model.model_validate(fields, context=vocabulary)), []
    except ValidationError as error:
        faults = [_fault(details) for details in error.errors(include_url=False)]
    bad = {fault.field for fault in faults}
    kept = {name: value for name, value in fields.items() if name not in bad}
    return _dumped(lenient(model).model_validate(kept, context=vocabulary)), faults


def _dumped(model: RecordModel) -> dict[str, Json]:
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)


def _fault(details: ErrorDetails) -> Fault:
    field = str(details["loc"][0])
    error = details.get("ctx", {}).get("error")
    if details["type"] == "missing":
        return _absent(field)
    bad = error if isinstance(error, BadValue) else BadValue(details["msg"])
    return Fault(field, f"{field}: {bad.message}", bad.advice, bad.code, bad.index, bad.soft)


def _absent(field: str) -> Fault:
    return Fault(field, f"{field} is missing", f"add {field}", "DS101")


def _missing(spec: KindSpec, values: Mapping[str, Json], bad: set[str]) -> Iterator[Fault]:
    for name, field in spec.fields.items():
        if field.required and name not in bad and values.get(name) in (None, "", [], {}):
            yield _absent(name)


def _id_fault(spec: KindSpec, values: Mapping[str, Json]) -> Iterator[Fault]:
    name = values.get("id")
    if isinstance(name, str) and not spec.matches(name):
        help_ = f"ids of {spec.plural} match {spec.id_pattern}; kinds.{spec.name}.id in the configuration changes that"
        yield Fault("id", f"{shown(name)} is not the id of a {spec.name}", help_)
