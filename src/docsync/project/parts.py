"""What belongs to what: the holes, tasks and gate of a phase, the tasks of a workstream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docsync.models.records import Record
from docsync.models.schema import FieldSpec, Role
from docsync.project.build import resolve
from docsync.project.index import Project
from docsync.project.names import of_records, while_names_last


@of_records
def parts(project: Project) -> Mapping[str, tuple[Record, ...]]:
    """Give, by the id of the whole, the records that belong to it directly, in document order.

    A record belongs where its own field says so (a hole's `phase`) and where the other side lists it (a phase's `holes`).
    """
    owned: dict[str, dict[str, None]] = {}
    for record in project.records:
        for whole, part in _links(project, record):
            if whole != part:
                owned.setdefault(whole, {})[part] = None
    order = {record_id: number for number, record_id in enumerate(project.by_id)}
    return {
        whole: tuple(project.by_id[part][0] for part in sorted(members, key=order.__getitem__))
        for whole, members in owned.items()
    }


def members(project: Project, record: Record) -> tuple[Record, ...]:
    """Give all that belongs to a record, directly or through what lies between, nearest first and each once."""
    seen: dict[str, Record] = {record.id: record}
    queue = [record]
    for whole in queue:
        fresh = [part for part in parts(project).get(whole.id, ()) if part.id not in seen]
        seen.update((part.id, part) for part in fresh)
        queue.extend(fresh)
    return tuple(queue[1:])


def is_work(project: Project, kind: str) -> bool:
    """Tell whether a kind is work: it can wait for something, unlike a metric, a decision or a gate."""
    spec = project.config.kinds.get(kind)
    return spec is not None and bool(spec.relations(Role.NEEDS))


def is_divided(project: Project, record: Record) -> bool:
    """Tell whether a record's work is that of its parts: a phase with holes, a workstream with tasks."""
    return any(is_work(project, part.kind) for part in members(project, record))


@while_names_last
def _links(project: Project, record: Record) -> tuple[tuple[str, str], ...]:
    """Give the ids of the (whole, part) pairs that one record states."""
    return tuple(_stated(project, record))


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
