"""What a kind of record looks like: its fields, ids and relations, without pydantic, so that joining stays cheap."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final

from msgspec import Struct


class FieldType(StrEnum):
    """Name the type of a field's value."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    STATUS = "status"
    ENUM = "enum"
    REFERENCE = "reference"
    LIST = "list"
    REFERENCES = "references"
    CRITERIA = "criteria"
    """A list of `{"text": …, "category": …, "met": …}`, the category empty where none is named."""
    CONDITIONS = "conditions"
    """A mapping of categories to `all`, `any`, a number or a percentage: what must be met. `overall` is the whole."""


class Role(StrEnum):
    """Say what a reference means for the dependency graph."""

    NONE = ""
    NEEDS = "needs"
    """The target must be resolved before the record: blocked_by, depends_on."""
    HOLDS = "holds"
    """The record must be resolved before the target: blocks."""
    PART_OF = "part of"
    """The record belongs to the target: a hole's phase, a gate's phase, a task's workstream."""


class FieldSpec(Struct, frozen=True, gc=False):
    """Describe one field; `target` is a reference's kind, empty for any, `inverse` the field on the other side."""

    name: str
    type: FieldType
    doc: str = ""
    required: bool = False
    values: tuple[str, ...] = ()
    target: str = ""
    inverse: str = ""
    role: Role = Role.NONE
    aliases: tuple[str, ...] = ()
    in_heading: bool = False
    """Whether a heading may say it between the id and the title, or behind that, where no field does."""


class KindSpec(Struct, frozen=True, dict=True):
    """Describe one kind: names, id pattern (a regular expression for the whole id), and fields by name.

    `plural` and `nouns` are the words, lower-case, by which text counts records of this kind.
    """

    name: str
    plural: str
    id_pattern: str
    fields: Mapping[str, FieldSpec]
    nouns: tuple[str, ...] = ()
    doc: str = ""
    builtin: bool = True

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Map every spelling of a field's name, normalised as `field_key` does, to the field."""
        spelled = {name: name for name in self.fields}
        for name, spec in self.fields.items():
            spelled.update((alias, name) for alias in spec.aliases)
        return spelled

    def matches(self, text: str) -> bool:
        """Tell whether a text is an id of this kind."""
        return len(text) <= LONGEST_ID and _whole(self.id_pattern).fullmatch(text) is not None

    def relations(self, role: Role) -> tuple[FieldSpec, ...]:
        """Give the fields that play a role in the dependency graph."""
        return tuple(spec for spec in self.fields.values() if spec.role == role)


LONGEST_ID: Final = 200
"""In code points: a project's pattern may take time quadratic in the text's length, and a cell may hold a megabyte."""


@lru_cache(maxsize=256)
def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=4096)
def field_key(text: str) -> str:
    """Normalise a key, column title or field name: `**Blocked By**` becomes `blocked_by`."""
    return "_".join(re.sub(r"[^\w]+", " ", text.casefold().replace("_", " ")).split())


class HomeRule(Struct, frozen=True, gc=False):
    """Declare, from the configuration, that the documents matching `path` are homes of a kind.

    `form` is `file`, `sections`, `rows` or `items`, empty for sections and rows alike.
    """

    path: str
    kind: str
    form: str = ""
