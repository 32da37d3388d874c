"""Which pydantic type reads each type of field."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any, Final, TypeAlias

from msgspec import Struct, field
from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema

from docsync.models.kinds.bad_value import BadValue, shown
from docsync.models.kinds.criteria import CATEGORIES, read_conditions, read_criteria
from docsync.models.kinds.references import read_reference, read_references
from docsync.models.kinds.scalars import (
    bare,
    read_boolean,
    read_choice,
    read_date,
    read_identifier,
    read_integer,
    read_number,
    read_text,
    read_texts,
    scalar_text,
)
from docsync.models.nearness import nearest
from docsync.models.schema import FieldType
from docsync.models.status import EMOJI, WORDS, Status, parse_status

_NO_STATUS: Final = frozenset({"", "-", "–", "—", "n/a", "null"})


class Shape(Struct, frozen=True):
    """Tell, in a type's metadata, which type of field it reads, and the values of an enumeration."""

    type: FieldType
    values: tuple[str, ...] = ()


class Vocabulary(Struct, frozen=True):
    """Hold, as the context of a validation, the words and signs that stand for statuses."""

    words: Mapping[str, Status] = field(default_factory=lambda: WORDS)
    emoji: Mapping[str, Status] = field(default_factory=lambda: EMOJI)


def _status(value: object, seen: ValidationInfo) -> str | None:
    vocabulary = seen.context if isinstance(seen.context, Vocabulary) else Vocabulary()
    text = bare(scalar_text(value))
    if text.casefold() in _NO_STATUS:
        return None
    if found := parse_status(text, vocabulary.words, vocabulary.emoji):
        return found.value
    near = nearest(text, vocabulary.words)
    advice = f"did you mean {near}?" if near else "add the word to [status.words] in the configuration, or use a known one"
    raise BadValue(f"{shown(text)} is not a status", advice, code="DS103")


def _integer(value: object, seen: ValidationInfo) -> int | None:
    return read_integer(value, (seen.field_name or "").rstrip("_"))


def _schema(*types: str, **keywords: Any) -> WithJsonSchema:  # noqa: ANN401 -- JSON Schema's keywords hold any JSON
    return WithJsonSchema({"type": [*types, "null"], **keywords})


_SCALAR: Final = ("string", "number", "boolean")
_REFERENCE: Final = _schema("string", "integer")
_REFERENCES: Final = _schema("array", "string", "integer", items={"type": ["string", "integer"]})

Identifier: TypeAlias = Annotated[
    str, BeforeValidator(read_identifier), Shape(FieldType.TEXT), WithJsonSchema({"type": ["string", "integer"]})
]
Text: TypeAlias = Annotated[str | None, BeforeValidator(read_text), Shape(FieldType.TEXT), _schema(*_SCALAR)]
Texts: TypeAlias = Annotated[list[str], BeforeValidator(read_texts), Shape(FieldType.LIST), _schema("array", *_SCALAR)]
State: TypeAlias = Annotated[
    str | None,
    BeforeValidator(_status),
    Shape(FieldType.STATUS),
    WithJsonSchema({"anyOf": [{"enum": [status.value for status in Status]}, {"type": ["string", "null"]}]}),
]
Date: TypeAlias = Annotated[str | None, BeforeValidator(read_date), Shape(FieldType.DATE), _schema("string")]
Integer: TypeAlias = Annotated[int | None, BeforeValidator(_integer), Shape(FieldType.INTEGER), _schema("integer", "string")]
Number: TypeAlias = Annotated[
    int | float | None, BeforeValidator(read_number), Shape(FieldType.NUMBER), _schema("number", "string")
]
Boolean: TypeAlias = Annotated[
    bool | None, BeforeValidator(read_boolean), Shape(FieldType.BOOLEAN), _schema("boolean", "string")
]
Reference: TypeAlias = Annotated[str | None, BeforeValidator(read_reference), Shape(FieldType.REFERENCE), _REFERENCE]
References: TypeAlias = Annotated[list[str], BeforeValidator(read_references), Shape(FieldType.REFERENCES), _REFERENCES]
Criteria: TypeAlias = Annotated[
    list[dict[str, str | bool]],
    BeforeValidator(read_criteria),
    Shape(FieldType.CRITERIA),
    WithJsonSchema(
        {
            "type": ["array", "object", "string", "null"],
            "items": {"type": ["string", "object"]},
            "properties": {category: {"type": "array", "items": {"type": "string"}} for category in CATEGORIES},
        }
    ),
]
Conditions: TypeAlias = Annotated[
    dict[str, str],
    BeforeValidator(read_conditions),
    Shape(FieldType.CONDITIONS),
    WithJsonSchema(
        {
            "type": ["object", "array", "string", "integer", "null"],
            "properties": {category: {"type": ["string", "integer"]} for category in CATEGORIES},
        }
    ),
]

_TYPES: Final[Mapping[FieldType, Any]] = {
    FieldType.TEXT: Text,
    FieldType.INTEGER: Integer,
    FieldType.NUMBER: Number,
    FieldType.BOOLEAN: Boolean,
    FieldType.DATE: Date,
    FieldType.STATUS: State,
    FieldType.REFERENCE: Reference,
    FieldType.LIST: Texts,
    FieldType.REFERENCES: References,
    FieldType.CRITERIA: Criteria,
    FieldType.CONDITIONS: Conditions,
}


def annotation(kind: FieldType, values: tuple[str, ...] = ()) -> Any:  # noqa: ANN401 -- a type form has no type of its own
    """Give the annotation of a field of that type; `values` are those of an enumeration."""
    if kind != FieldType.ENUM:
        return _TYPES[kind]
    return Annotated[
        str | None,
        BeforeValidator(partial(read_choice, values=values)),
        Shape(FieldType.ENUM, values),
        WithJsonSchema({"enum": [*values, None]}),
    ]
