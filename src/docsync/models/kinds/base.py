"""What all kinds have in common: identity, and the way from a pydantic model to the KindSpec that the other rooms read."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from docsync.models.kinds.fieldtypes import Date, Identifier, Shape, State, Text, Texts
from docsync.models.schema import FieldSpec, FieldType, KindSpec, Role, field_key


class Names(Struct, frozen=True):
    """Name a kind: `id_pattern` is a regular expression for the whole id, `nouns` the lower-case words that count it."""

    name: str
    plural: str
    id_pattern: str
    nouns: tuple[str, ...]


class Relation(Struct, frozen=True):
    """Say what a reference points at (any kind where `target` is empty) and what it means for the dependency graph."""

    target: str = ""
    inverse: str = ""
    role: Role = Role.NONE


class Spelled(Struct, frozen=True):
    """List other names of a field, as documents write them."""

    names: tuple[str, ...]


class InHeading(Struct, frozen=True):
    """Let the heading that begins a home say the field beside id and title."""


def spelled(*names: str) -> Spelled:
    """List other names of a field, as documents write them."""
    return Spelled(names)


class RecordModel(BaseModel):
    """Hold what every kind of record has; unknown fields are kept as they are."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True, protected_namespaces=())

    NAMES: ClassVar[Names]

    id: Annotated[Identifier, Field(description="The name that other documents use for the record.")]
    title: Annotated[Text, spelled("Name"), Field(description="What the record is called.")] = None
    status: Annotated[State, spelled("State", "Current status"), Field(description="How far the work is.")] = None
    reopened: Annotated[
        Text,
        spelled("Reopened because", "Reason for reopening", "Reopening reason"),
        Field(description="Why it was taken up again after it had been resolved."),
    ] = None
    priority: Annotated[Text, spelled("Prio"), Field(description="How urgent it is, in the project's own words.")] = None
    description: Annotated[
        Text,
        spelled("Purpose", "Goal", "Objective", "Summary"),
        Field(description="What it is about, in a sentence or two."),
    ] = None
    labels: Annotated[Texts, spelled("Tags"), Field(description="Words to find it by.")] = Field(default_factory=list)
    created: Annotated[Date, spelled("Created date", "Created on"), Field(description="The day it was written down.")] = None
    updated: Annotated[
        Date, spelled("Last updated", "Updated date", "Updated on"), Field(description="The day it last changed.")
    ] = None


_ORDINAL = re.compile(r"\d{1,6}(?:\.\d{1,4})?")


def numbered(raw: dict[str, object]) -> dict[str, object]:
    """Read a record's number from its id, where the record does not give it."""
    found = _ORDINAL.search(str(raw.get("id", "")))
    return {"number": found[0]} | raw if found else raw


def spec_of(model: type[RecordModel]) -> KindSpec:
    """Derive the KindSpec of a built-in kind from its model."""
    names = model.NAMES
    fields = (_field_spec(info.alias or name, info) for name, info in model.model_fields.items())
    return KindSpec(
        names.name,
        names.plural,
        names.id_pattern,
        {spec.name: spec for spec in fields},
        names.nouns,
        (model.__doc__ or "").strip(),
    )


def _field_spec(name: str, info: FieldInfo) -> FieldSpec:
    shape = next((mark for mark in info.metadata if isinstance(mark, Shape)), Shape(FieldType.TEXT))
    relation = next((mark for mark in info.metadata if isinstance(mark, Relation)), Relation())
    aliases = next((mark.names for mark in info.metadata if isinstance(mark, Spelled)), ())
    return FieldSpec(
        name,
        shape.type,
        info.description or "",
        required=info.is_required(),
        values=shape.values,
        target=relation.target,
        inverse=relation.inverse,
        role=relation.role,
        aliases=tuple(field_key(alias) for alias in aliases),
        in_heading=any(isinstance(mark, InHeading) for mark in info.metadata),
    )
