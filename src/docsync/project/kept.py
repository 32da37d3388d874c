"""What follows from one document or record alone, worked out once for as long as it is held.

One who watches a project checks it again after each save, with all other documents the same.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.project.index import Project

_Thing = TypeVar("_Thing", DocumentFacts, Record)
_Value = TypeVar("_Value")
_Arguments = ParamSpec("_Arguments")

_kept: dict[int, tuple[weakref.ref[Any], dict[Any, Any]]] = {}
unfollowed: Final[list[None]] = []
"""Not empty while no other project will follow, so that nothing need be kept for it."""


def once(read: Callable[[_Thing], _Value]) -> Callable[[_Thing], _Value]:
    """Keep what a function gives for a document or record, on which alone it may depend.

    It must give nothing that refers to the document or record itself, or that would never go.
    """

    @wraps(read)
    def kept(thing: _Thing) -> _Value:
        entry = _kept.get(id(thing))
        store = entry[1] if entry else store_of(thing)
        if read not in store:
            store[read] = read(thing)
        value: _Value = store[read]
        return value

    return kept


def for_the_next(read: Callable[[_Thing], _Value]) -> Callable[[_Thing], _Value]:
    """Keep what a function gives as `once` does, but for the next project alone: in a run that ends each is asked for once."""
    keeping = once(read)

    @wraps(read)
    def kept(thing: _Thing) -> _Value:
        return read(thing) if unfollowed else keeping(thing)

    return kept


def of_project(
    read: Callable[Concatenate[Project, _Arguments], _Value],
) -> Callable[Concatenate[Project, _Arguments], _Value]:
    """Keep what a function gives for a project and whatever else it is asked, until the project after the next.

    A cache of its latest answers alone would hold a project for each save that somebody watched.
    """

    @lru_cache(maxsize=2)
    def answers(_project: Project) -> dict[object, _Value]:
        return {}

    @wraps(read)
    def kept(project: Project, /, *arguments: _Arguments.args, **more: _Arguments.kwargs) -> _Value:
        known, asked = answers(project), (arguments, *more.items())
        if asked not in known:
            known[asked] = read(project, *arguments, **more)
        return known[asked]

    return kept


def store_of(thing: DocumentFacts | Record) -> dict[Any, Any]:
    """Give the place for what is kept of a document or record, which goes when that goes."""
    key = id(thing)
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = (weakref.ref(thing, partial(_forget, _kept, key)), {})
    return found[1]


def _forget(kept: dict[int, Any], key: int, _gone: object) -> None:
    kept.pop(key, None)
