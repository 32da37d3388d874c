"""What a record waits for, as records: those that hold it up, and those that are settled."""

from __future__ import annotations

from dataclasses import dataclass

from docsync.models.records import Record
from docsync.project.graph import needs
from docsync.project.index import Project


@dataclass(frozen=True, slots=True)
class Needed:
    """Hold what a record needs, each once; `rest` tells that some of it is neither open nor settled, or not known."""

    open: tuple[Record, ...]
    settled: tuple[Record, ...]
    rest: bool


def needed(project: Project, record: Record) -> Needed:
    """Give what a record needs; what is put off counts as neither open nor settled, since nobody works on it."""
    targets = dict.fromkeys(edge.target for edge in needs(project).get(record.id, ()) if edge.target != record.id)
    found = [project.by_id[target][0] for target in targets if target in project.by_id]
    open_ = tuple(one for one in found if one.status and one.status.is_open)
    settled = tuple(one for one in found if one.status and one.status.is_settled)
    return Needed(open_, settled, rest=len(open_) + len(settled) < len(targets))
