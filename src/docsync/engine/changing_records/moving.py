"""Whether a record may go from one status to another: by the state machine, and by what it waits for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from docsync.editing.errors import Uneditable
from docsync.models.records import Record
from docsync.models.status import TRANSITIONS, Status, may_follow
from docsync.project.graph import Edge, is_one, unsettled
from docsync.project.index import Project
from docsync.project.pointing import pointer


def allow(project: Project, record: Record, wanted: Status, settling: Collection[str] = ()) -> None:
    """Raise Uneditable where a record may not take a status; `settling` are the ids of what is settled at the same time."""
    name = pointer(project, record)
    if wanted is Status.RESOLVED and (open_ := [edge for edge in waits(project, record) if edge.target not in settling]):
        raise Uneditable(_waiting(project, record, open_))
    if record.status is not None and not may_follow(record.status, wanted):
        legal = ", ".join(said(status) for status in Status if status in TRANSITIONS[record.status])
        first = next((via for via in _STEPS if via in TRANSITIONS[record.status] and wanted in TRANSITIONS[via]), None)
        how = f"; first: docsync set {name} status={first.value}" if first else ""
        raise Uneditable(f"{name} is {said(record.status)}, which {said(wanted)} cannot follow; legal are {legal}{how}")


_STEPS = (Status.IN_PROGRESS, Status.READY, Status.PENDING)
"""By which a status is reached in two steps, the likeliest first."""


def waits(project: Project, record: Record) -> tuple[Edge, ...]:
    """Give what a record still waits for; of ids that several records bear, what is said in its own file."""
    found = unsettled(project, record.id)
    return found if is_one(project, record.id) else tuple(edge for edge in found if edge.place.path == record.path)


def said(status: Status) -> str:
    """Give a status as people say it."""
    return status.value.replace("_", " ")


def named(project: Project, edges: Collection[Edge]) -> Iterator[str]:
    """Name what is waited for, each with its status."""
    for target in dict.fromkeys(edge.target for edge in edges):
        known = project.by_id.get(target)
        status = known[0].status if known else None
        yield f"{target} ({said(status) if status else 'no status' if known else 'no such record'})"


def _waiting(project: Project, record: Record, edges: list[Edge]) -> str:
    own = {edge.field for edge in edges if _is_own(record, edge)}
    field = f"{' and '.join(sorted(own))} of {pointer(project, record)}" if own else "what they say they block"
    what = ", ".join(named(project, edges))
    return f"{pointer(project, record)} still waits for {what}; resolve that first, or take it out of {field} if it is not so"


def _is_own(record: Record, edge: Edge) -> bool:
    """Tell whether the record itself says that it waits."""
    field = record.fields.get(edge.field)
    return field is not None and edge.place.path == record.path and field.span.contains(edge.place.span)
