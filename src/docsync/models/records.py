"""What a record is: a typed entity with one home, whatever form that home has."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct, field

from docsync.models.diagnostics import Place
from docsync.models.packing import packs
from docsync.models.status import Status
from docsync.text.cells import as_cell, of_cell
from docsync.text.spans import Span

Json: TypeAlias = "str | int | float | bool | None | list[Json] | dict[str, Json]"


class Home(StrEnum):
    """Name the form of the place that defines a record."""

    FILE = "file"
    SECTION = "section"
    ROW = "row"
    ITEM = "item"


class Field(Struct, frozen=True, gc=False):
    """Hold one field as its home writes it: the raw text, its span, the span of its key, and whether it is a table's cell."""

    name: str
    raw: str
    span: Span
    key_span: Span
    in_cell: bool = False

    @property
    def text(self) -> str:
        """Give what is written as it is meant: without the backslashes before the bars of a cell."""
        return of_cell(self.raw) if self.in_cell else self.raw

    def written(self, text: str) -> str:
        """Give a text as it stands in `raw` where that holds it."""
        return as_cell(text) if self.in_cell else text


class Problem(Struct, frozen=True, gc=False):
    """Say what is wrong with a record at one key or cell; `code` is the rule that reports it.

    A `soft` one may be meant as it is written, and is worth a note.
    """

    code: str
    span: Span
    message: str
    help: str = ""
    soft: bool = False


class Criterion(Struct, frozen=True, gc=False, array_like=True):
    """Hold one checkbox of a record: its text, its category (the heading or lead-in above it) and whether it is met.

    `mark_span` marks the character between the brackets. A dropped criterion (struck through or `[~]`) counts as neither.
    """

    text: str
    category: str
    met: bool
    span: Span
    mark_span: Span
    dropped: bool = False


@packs(criteria=Criterion)
class Record(Struct, frozen=True, weakref=True):
    """Hold one planning entity.

    `values` are the validated fields in JSON form, `fields` the same as written; `span` marks the id (or the name that
    stands for it) in the home. A broken record failed validation: it is kept, counted and reported, and rules that need its
    broken fields pass it over.
    """

    kind: str
    id: str
    title: str
    status: Status | None
    home: Home
    path: str
    span: Span
    values: Mapping[str, Json] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)
    criteria: tuple[Criterion, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def broken(self) -> bool:
        """Tell whether validation failed."""
        return bool(self.problems)

    @property
    def place(self) -> Place:
        """Give the place of the id in the record's home."""
        return Place(self.path, self.span)

    def place_of(self, name: str) -> Place:
        """Give the place of a field's value, or of the id where the home does not write that field."""
        written = self.fields.get(name)
        return Place(self.path, written.span) if written else self.place

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a field as a tuple of strings: a list's items, a lone value, or nothing."""
        value = self.values.get(name)
        if isinstance(value, list):
            return tuple(str(item) for item in value)
        return () if value is None or value == "" else (str(value),)

    def text(self, name: str) -> str:
        """Give a field as one string, empty where it is absent."""
        return ", ".join(self.texts(name))
