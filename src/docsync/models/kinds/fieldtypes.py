"""Which pydantic type reads each type of field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from docsync.models.schema import FieldType


@dataclass(frozen=True, slots=True)
class Shape:
    """Tell, in a type's metadata, which type of field it reads, and the values of an enumeration."""

    type: FieldType
    values: tuple[str, ...] = ()


Identifier: TypeAlias = Annotated[str, Shape(FieldType.TEXT)]
Text: TypeAlias = Annotated[str | None, Shape(FieldType.TEXT)]
Texts: TypeAlias = Annotated[list[str], Shape(FieldType.LIST)]
State: TypeAlias = Annotated[str | None, Shape(FieldType.STATUS)]
Date: TypeAlias = Annotated[str | None, Shape(FieldType.DATE)]
Integer: TypeAlias = Annotated[int | None, Shape(FieldType.INTEGER)]
Number: TypeAlias = Annotated[int | float | None, Shape(FieldType.NUMBER)]
Reference: TypeAlias = Annotated[str | None, Shape(FieldType.REFERENCE)]
References: TypeAlias = Annotated[list[str], Shape(FieldType.REFERENCES)]
NeededReference: TypeAlias = Annotated[str, Shape(FieldType.REFERENCE)]
NeededReferences: TypeAlias = Annotated[list[str], Shape(FieldType.REFERENCES)]
Better: TypeAlias = Annotated[str | None, Shape(FieldType.ENUM, ("higher", "lower"))]
Criteria: TypeAlias = Annotated[list[dict[str, str | bool]], Shape(FieldType.CRITERIA)]
Conditions: TypeAlias = Annotated[dict[str, str], Shape(FieldType.CONDITIONS)]
