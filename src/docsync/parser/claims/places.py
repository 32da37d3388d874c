"""Where a statement stands: under which headings, in which form, and in which row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.claims import Form, Scope
from docsync.parser.entities import find_entities, may_name
from docsync.parser.masking import mask
from docsync.parser.moments import leading_date, sitting
from docsync.parser.vocabulary import Vocabulary

_MOST_NAMES: Final = 4


class Place(Struct, frozen=True):
    """Hold where a statement outside tables stands: its form and its scope."""

    form: Form
    scope: Scope
    row: tuple[str, ...] = ()
    label: str = ""
    cell: bool = False


class RowPlace(Struct, frozen=True, dict=True):
    """Hold where a row's cells stand: under a table's scope, with the row's label and the texts that name what it is about.

    Most cells claim nothing, so scope and names are worked out when the first one that does asks for them.
    """

    outer: Scope
    label: str
    naming: tuple[str, ...]
    vocabulary: Vocabulary
    form: Form = Form.ROW
    cell: bool = True

    @cached_property
    def scope(self) -> Scope:
        """Give the row's scope, at the moment that its label names."""
        return replace(self.outer, item=self.label, as_of=leading_date(self.label) or _sitting(self.label) or self.outer.as_of)

    @cached_property
    def row(self) -> tuple[str, ...]:
        """Give the entities that the row is about."""
        names = [name for text in self.naming for name in _names(text, self.vocabulary)]
        return tuple(dict.fromkeys(names[:_MOST_NAMES]))


def _names(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    if may_name(text, vocabulary):
        for named in find_entities(mask(text), vocabulary=vocabulary):
            yield from named.names


def _sitting(label: str) -> str:
    return sitting(label) if label.lower().startswith(("session ", "event ")) else ""
