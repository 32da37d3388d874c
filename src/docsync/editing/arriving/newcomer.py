"""What is known of a record before it is written: its kind, id and values, and how each of them reads on a line."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from msgspec import Struct

from docsync.config.values import Config
from docsync.editing.lists import respelled
from docsync.editing.scalars import model_of, nothing, one_line
from docsync.editing.scalars import spelled as spelled_scalar
from docsync.editing.site import Site
from docsync.editing.statuses import spelled as spelled_status
from docsync.models.natural import natural
from docsync.models.records import Json
from docsync.models.schema import FieldSpec, FieldType, KindSpec
from docsync.models.status import Status

IDENTITY: Final = ("id", "title")
"""What stands in a heading or a cell of its own, and is no further field."""
LISTS: Final = (FieldType.LIST, FieldType.REFERENCES)
_NONE: Final = "None"


class Newcomer(Struct, frozen=True):
    """Hold a record to be written; `values` are in JSON form and in the order in which they are to be written.

    A value that is an empty list is written as that; other empty ones are left out by whoever makes this.
    """

    spec: KindSpec
    id: str
    title: str
    values: Mapping[str, Json]
    config: Config

    def field(self, name: str) -> FieldSpec:
        """Describe a field; one that the kind does not know is text."""
        return self.spec.fields.get(name) or FieldSpec(name, FieldType.TEXT)

    def fields(self) -> tuple[str, ...]:
        """Give the names of what is written as fields: not what names the record, nor its criteria."""
        left = (*IDENTITY,)
        return tuple(name for name in self.values if name not in left and self.field(name).type is not FieldType.CRITERIA)

    @property
    def criteria(self) -> tuple[str, ...]:
        """Give the texts of the criteria."""
        found = (value for name, value in self.values.items() if self.field(name).type is FieldType.CRITERIA)
        return tuple(_text(one) for value in found if isinstance(value, list) for one in value)


def newest_first(model: Site) -> bool:
    """Tell whether a document has the records of the model's kind and form in falling order, as logs often do."""
    kind, home = model.record.kind, model.record.home
    places = [natural(one.id) for one in model.facts.records if one.kind == kind and one.home is home]
    return len(places) > 1 and all(one > other for one, other in pairwise(places)) and natural(model.record.id) == places[0]


def on_line(newcomer: Newcomer, name: str, model: Site | None) -> str:
    """Spell a value on one line, as the records around `model` do; raises Uneditable for what fits on none."""
    value, spec = newcomer.values[name], newcomer.field(name)
    if spec.type is FieldType.STATUS:
        status = Status(str(value))
        return spelled_status(model, status) if model else status.value.replace("_", " ").capitalize()
    if isinstance(value, list):
        if not value:
            return (nothing(model, name) if model else "") or _NONE
        items = [one_line(item) for item in value]
        raw = model_of(model, name) if model and spec.type is FieldType.REFERENCES else ""
        return respelled("", (), items, raw)
    return spelled_scalar(model, spec, value) if model else _plain(value)


def _plain(value: Json) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {one_line(inner)}" for key, inner in value.items())
    return one_line(value)


def _text(value: Json) -> str:
    return str(value.get("text", "")) if isinstance(value, dict) else str(value)
