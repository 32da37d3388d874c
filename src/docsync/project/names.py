"""Which records a project has, as references know them: by id, kind, number and file, in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeAlias, TypeVar

from msgspec import Struct, field

from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.project.following import facet
from docsync.project.index import Project
from docsync.project.kept import once, store_of

_NUMBER: Final = r"0*(\d+(?:\.\d+)*)"
_BARE = re.compile(rf"#?{_NUMBER}")
_LETTERS = re.compile(rf"[^\W\d_]+[\s_-]?{_NUMBER}")
_Name: TypeAlias = "tuple[str, str, str, str]"
_Thing = TypeVar("_Thing", DocumentFacts, Record)
_Value = TypeVar("_Value")


class Names(Struct, frozen=True, eq=False):
    """Stand for the names of all records; the same one serves each later project whose records are called the same.

    `found` keeps where in the order of records those are that answer to a reference, by its text and the kind asked for.
    """

    found: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)


def names_of(project: Project) -> Names:
    """Give the names of a project's records."""
    return _names_by(_names(project))


@lru_cache(maxsize=4)
def _names_by(_token: object) -> Names:
    return Names()


def while_same(
    token_of: Callable[[Project], object], read: Callable[[Project, _Thing], _Value]
) -> Callable[[Project, _Thing], _Value]:
    """Keep what a function gives for a document or record while something stays the same, on which it may depend, too."""

    @wraps(read)
    def kept(project: Project, thing: _Thing) -> _Value:
        token = token_of(project)
        store = store_of(thing)
        found: tuple[object, _Value] | None = store.get(read)
        if found is None or found[0] is not token:
            store[read] = found = (token, read(project, thing))
        return found[1]

    return kept


def of_records(read: Callable[[Project], _Value]) -> Callable[[Project], _Value]:
    """Keep what a function gives for a project while its configuration and records last; it may depend on nothing else."""

    @lru_cache(maxsize=2)
    def answers(_token: object) -> list[_Value]:
        return []

    @wraps(read)
    def kept(project: Project) -> _Value:
        known = answers(records_of(project))
        if not known:
            known.append(read(project))
        return known[0]

    return kept


def number_of(record: Record) -> str:
    """Give the number that stands for a record in text: its `number`, else the one its id ends in, else nothing."""
    if number := _BARE.fullmatch(record.text("number")):
        return number[1]
    found = _BARE.fullmatch(record.id) or _LETTERS.fullmatch(record.id)
    return found[1] if found else ""


@once
def _name(record: Record) -> _Name:
    return record.id, record.kind, number_of(record), record.path


_names: Final = facet(_name)
records_of: Final = facet(id)
"""Give what stands for a project's records; the same for the next project, where it holds the same ones."""
