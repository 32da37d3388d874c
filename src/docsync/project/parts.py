"""What belongs to what: the holes, tasks and gate of a phase, the tasks of a workstream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from msgspec import Struct

from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.models.schema import FieldSpec, Role
from docsync.project.build import resolve
from docsync.project.derived import bearers, derived, documents, entry, held, stepped
from docsync.project.index import Project
from docsync.project.names import Names, names_of


class _Owned(Struct, frozen=True):
    names: Names
    links: Mapping[str, tuple[tuple[str, str], ...]]
    by_whole: Mapping[str, tuple[str, ...]]


@derived(documents, names_of)
def _links(project: Project, document: DocumentFacts) -> tuple[tuple[str, str], ...]:
    """Give the ids of the (whole, part) pairs that the records of a document state."""
    return tuple(pair for record in document.records for pair in _stated(project, record))


@stepped
def _owned(project: Project, before: tuple[Project, _Owned] | None) -> _Owned:
    """Give, by the id of the whole, that id and then those of its parts in document order."""
    names, links = names_of(project), _links(project)
    if before and before[1].names is names and before[1].links is links:
        return before[1]
    owned: dict[str, set[str]] = {}
    for whole, part in chain.from_iterable(links.values()):
        if whole != part:
            owned.setdefault(whole, set()).add(part)
    order = {record_id: number for number, record_id in enumerate(project.by_id)}
    found = {whole: (whole, *sorted(members, key=order.__getitem__)) for whole, members in owned.items()}
    return _Owned(names, links, held(before[1].by_whole if before else {}, found))


def _ids(project: Project) -> Mapping[str, tuple[str, ...]]:
    return _owned(project).by_whole


@derived(_ids)
def parts(project: Project, ids: tuple[str, ...]) -> tuple[Record, ...]:
    """Give, by the id of the whole, the records that belong to it directly, in document order.

    A record belongs where its own field says so (a hole's `phase`) and where the other side lists it (a phase's `holes`).
    """
    return tuple(found[0] for part in ids[1:] if (found := entry(bearers, project, part)))


@derived(_ids)
def all_members(project: Project, ids: tuple[str, ...]) -> tuple[Record, ...]:
    """Give, by the id of the whole, all that belongs to it, directly or through what lies between."""
    seen, queue = set(ids[:1]), list(entry(parts, project, ids[0]) or ())
    seen.update(part.id for part in queue)
    for whole in queue:
        fresh = [part for part in entry(parts, project, whole.id) or () if part.id not in seen]
        seen.update(part.id for part in fresh)
        queue.extend(fresh)
    return tuple(queue)


def members(project: Project, record: Record) -> tuple[Record, ...]:
    """Give all that belongs to a record, directly or through what lies between, nearest first and each once."""
    return entry(all_members, project, record.id) or ()


def is_work(project: Project, kind: str) -> bool:
    """Tell whether a kind is work: it can wait for something, unlike a metric, a decision or a gate."""
    spec = project.config.kinds.get(kind)
    return spec is not None and bool(spec.relations(Role.NEEDS))


def is_divided(project: Project, record: Record) -> bool:
    """Tell whether a record's work is that of its parts: a phase with holes, a workstream with tasks."""
    return any(is_work(project, part.kind) for part in members(project, record))


def _stated(project: Project, record: Record) -> Iterator[tuple[str, str]]:
    spec = project.config.kinds.get(record.kind)
    for field in spec.fields.values() if spec else ():
        upward = field.role is Role.PART_OF
        if upward or lists_parts(project, field):
            for item in record.texts(field.name):
                if other := resolve(project, item, field.target, beside=record.path):
                    yield (other.id, record.id) if upward else (record.id, other.id)


def lists_parts(project: Project, field: FieldSpec) -> bool:
    """Tell whether a field lists what belongs to its record, such as the holes of a phase."""
    target = project.config.kinds.get(field.target)
    inverse = target.fields.get(field.inverse) if target else None
    return inverse is not None and inverse.role is Role.PART_OF
