"""What follows from a document and those records that it speaks of, kept while neither it nor they change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Generic, TypeAlias, TypeVar

from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.project.following import Documents, differing
from docsync.project.index import Project
from docsync.project.names import names_of

_Said = TypeVar("_Said")
_Value = TypeVar("_Value")
Spoken: TypeAlias = "Sequence[tuple[_Said, tuple[int, ...]]]"
"""What a document says, each time with the records that are meant, by their numbers in the order of all records."""


@dataclass(frozen=True, slots=True, eq=False)
class _Latest(Generic[_Value]):
    documents: Documents
    spoken: Mapping[str, object]
    values: Mapping[str, _Value]


def number_of_record(project: Project, record: Record) -> int:
    """Give the number that a record has in the order of all records."""
    return _numbers(project)[id(record)]


@lru_cache(maxsize=2)
def _numbers(project: Project) -> Mapping[int, int]:
    return {id(record): number for number, record in enumerate(project.records)}


@lru_cache(maxsize=2)
def called(project: Project) -> object:
    """Give what stands for how records are called, and for the statuses of those that share an id: the same while both are."""
    alike = tuple((one, *(record.status for record in group)) for one, group in project.by_id.items() if len(group) > 1)
    return _calling(names_of(project), alike)


@lru_cache(maxsize=2)
def _calling(_names: object, _alike: object) -> object:
    return object()


def while_records_stay(
    spoken: Callable[[Project], Mapping[str, Spoken[_Said]]],
) -> Callable[
    [Callable[[Project, DocumentFacts, Spoken[_Said]], _Value]],
    Callable[[Project], Mapping[str, _Value]],
]:
    """Keep what a function gives for a document, by path, until its document changes or a record that it speaks of.

    The function may depend on the document, the configuration and those records. `spoken` gives the same object for as long
    as the document says the same of the same records, and other objects whenever the numbers of records may be others.
    """

    def decorate(
        read: Callable[[Project, DocumentFacts, Spoken[_Said]], _Value],
    ) -> Callable[[Project], Mapping[str, _Value]]:
        latest: list[_Latest[_Value]] = []

        @wraps(read)
        def kept(project: Project) -> Mapping[str, _Value]:
            said = spoken(project)
            values = dict(latest[0].values) if latest else {}
            for path in _stale(latest[0], project, said) if latest else said:
                value = read(project, project.documents[path], said[path]) if path in said else None
                if value:
                    values[path] = value
                else:
                    values.pop(path, None)
            latest[:] = [_Latest(project.documents, said, values)]
            return values

        return kept

    return decorate


def _stale(latest: _Latest[_Value], project: Project, said: Mapping[str, Spoken[_Said]]) -> set[str]:
    """Give the paths whose document says something else, or of other records than before."""
    changed = differing(latest.documents, project.documents)
    stale = set(differing(latest.spoken, said)) | changed
    others = {number for path in changed for number in _other_records(latest.documents, project, path)}
    if others:
        stale.update(path for path, all_ in said.items() if any(not others.isdisjoint(numbers) for _, numbers in all_))
    return stale


def _other_records(before: Documents, project: Project, path: str) -> list[int]:
    document, was = project.documents.get(path), before.get(path)
    if document is None or (was is not None and was.records is document.records):
        return []
    return [number_of_record(project, record) for record in document.records]
