"""What follows from the documents one by one, carried over to the next project for those that are the same.

One who watches a project checks it again after each save: of ten thousand documents one is another then.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache, wraps
from typing import Any, Final, TypeAlias, TypeVar

from msgspec import Struct

from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.project.index import Project

_Value = TypeVar("_Value")
Documents: TypeAlias = Mapping[str, DocumentFacts]
_ByPath: TypeAlias = Callable[[Project], Mapping[str, _Value]]


class _Step(Struct, frozen=True, eq=False):
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    paths: frozenset[str]


class _Latest(Struct, frozen=True, eq=False):
    token: object
    documents: Documents
    values: Any


_steps: Final[dict[tuple[int, int], _Step]] = {}
_FEW: Final = 96


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> AbstractSet[str]:
    """Give the paths of what is another object, new or gone; the latest answers are kept, since many ask the same."""
    if not before:
        return after.keys()
    if before is after:
        return frozenset()
    if step := _steps.get((id(before), id(after))):
        return step.paths
    paths = {path for path, one in after.items() if before.get(path) is not one}
    paths.update(before.keys() - after.keys())
    return known_to_differ(before, after, paths)


def known_to_differ(before: Mapping[str, Any], after: Mapping[str, Any], paths: Iterable[str]) -> frozenset[str]:
    """Remember in what two mappings differ, for those who ask later; who makes the one of the other knows it already."""
    step = _Step(before, after, frozenset(paths))
    while len(_steps) >= _FEW:
        del _steps[next(iter(_steps))]
    _steps[id(before), id(after)] = step  # the step holds both, so that no other object can have their places
    return step.paths


def carried(
    token_of: Callable[[Project], object],
) -> Callable[[Callable[[Project, Documents], Mapping[str, _Value]]], _ByPath[_Value]]:
    """Keep what a function gives by path, and ask it about other documents only, for as long as the token is the same.

    For each of the documents that it is asked about, whichever those are, the function must give the same: it may depend on
    that document, and beside it only on what the token stands for. Paths without anything to give are left out.
    """

    def decorate(read: Callable[[Project, Documents], Mapping[str, _Value]]) -> _ByPath[_Value]:
        latest: list[_Latest] = []

        @wraps(read)
        def kept(project: Project) -> Mapping[str, _Value]:
            token = token_of(project)
            if latest and latest[0].token is token:
                values = _renewed(latest[0], project, read)
            else:
                values = read(project, project.documents)
            latest[:] = [_Latest(token, project.documents, values)]
            return values

        return kept

    return decorate


def each(read: Callable[[DocumentFacts], _Value | None]) -> _ByPath[_Value]:
    """Give, by path and in order, what a function of one document alone gives, where that is anything."""

    @carried(lambda _project: None)
    def values(_project: Project, documents: Documents) -> Mapping[str, _Value]:
        return {path: value for path, document in documents.items() if (value := read(document))}

    return wraps(read)(values)


def where(holds: Callable[[DocumentFacts], object]) -> _ByPath[DocumentFacts]:
    """Give, by path and in order, the documents of which something holds that depends on them alone."""
    return each(wraps(holds)(lambda document: document if holds(document) else None))


def facet(side: Callable[[Record], Hashable]) -> Callable[[Project], object]:
    """Give what stands for one side of all records: the same object for each later project whose records show the same.

    The side must be one that the record alone has; that it stands in another order or file is another side of all.
    """
    latest: list[_Latest] = []

    @lru_cache(maxsize=2)
    def token(project: Project) -> object:
        known = latest[0] if latest else None
        same = known is not None and known.token is project.config and _show_same(known.documents, project.documents, side)
        stands = known.values if known is not None and same else object()
        latest[:] = [_Latest(project.config, project.documents, stands)]
        return stands

    return wraps(side)(token)


def _renewed(
    latest: _Latest, project: Project, read: Callable[[Project, Documents], Mapping[str, _Value]]
) -> Mapping[str, _Value]:
    """Ask about what is another document, and give the values in the order of the paths."""
    values: Mapping[str, _Value] = latest.values
    changed = differing(latest.documents, project.documents)
    if not changed:
        return values
    asked = {path: project.documents[path] for path in sorted(changed) if path in project.documents}
    fresh = read(project, asked)
    stale = changed & values.keys()
    if not stale and not fresh:
        return values
    rest = values if stale == fresh.keys() else {path: value for path, value in values.items() if path not in stale}
    now = {**rest, **fresh}
    if stale != fresh.keys():
        now = dict(sorted(now.items(), key=_path))
    known_to_differ(values, now, stale | fresh.keys())
    return now


def _path(item: tuple[str, object]) -> str:
    return item[0]


def _show_same(before: Documents, after: Documents, side: Callable[[Record], Hashable]) -> bool:
    return all(_shown(before.get(path), side) == _shown(after.get(path), side) for path in differing(before, after))


def _shown(document: DocumentFacts | None, side: Callable[[Record], Hashable]) -> tuple[Hashable, ...]:
    return tuple(map(side, document.records)) if document else ()
