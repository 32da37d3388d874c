"""Whether a record may go from one status to another: by the state machine, and by what it waits for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from docsync.editing.errors import Uneditable
from docsync.engine.changing import Ground
from docsync.models.conditions import OVERALL
from docsync.models.records import Record
from docsync.models.schema import FieldType
from docsync.models.status import TRANSITIONS, Status, may_follow
from docsync.project.gates import Requirement, shortfalls
from docsync.project.graph import Edge, is_one, unsettled
from docsync.project.index import Project
from docsync.project.pointing import pointer


def allow(ground: Ground, record: Record, wanted: Status, settling: Collection[str] = ()) -> None:
    """Raise Uneditable where a record may not take a status; `settling` are the ids of what is settled at the same time."""
    project = ground.project
    name = pointer(project, record)
    if wanted is Status.RESOLVED and (open_ := [edge for edge in waits(project, record) if edge.target not in settling]):
        raise Uneditable(_waiting(project, record, open_))
    if record.status is not None and not (may_follow(record.status, wanted) or _at_once(ground, record, wanted)):
        legal = ", ".join(said(status) for status in Status if status in TRANSITIONS[record.status])
        first = next((via for via in _STEPS if via in TRANSITIONS[record.status] and wanted in TRANSITIONS[via]), None)
        how = f"; first: docsync set {name} status={first.value}" if first else ""
        raise Uneditable(f"{name} is {said(record.status)}, which {said(wanted)} cannot follow; legal are {legal}{how}")


def _at_once(ground: Ground, record: Record, wanted: Status) -> bool:
    """Tell whether there is no step between: a box is ticked or is not, and a gate is passed without being worked on.

    Raises Uneditable for a gate whose criteria do not let it pass.
    """
    if {record.status, wanted} == _BOXED and _is_box(ground, record):
        return True
    if record.status is not Status.PENDING or wanted is not Status.RESOLVED or not _passes(ground.project, record):
        return False
    if short := [one for one in shortfalls(record) if one.progress.total]:
        name = pointer(ground.project, record)
        lacks = ", ".join(map(_lack, short))
        raise Uneditable(f"{name} cannot pass yet: {lacks}; tick what is met: docsync tick {name} NUMBER")
    return True


_BOXED = frozenset({Status.PENDING, Status.RESOLVED})
"""What a checkbox says of itself."""
_BOX = re.compile(r"\[[ xX]\]")


def _is_box(ground: Ground, record: Record) -> bool:
    """Tell whether a record has a checkbox before its id, or one that is all that it says of its status."""
    source = ground.source(record.path)
    line = source.lines.line_span(source.lines.line(record.span.start))
    if _BOX.search(source.text, line.start, record.span.start):
        return True
    written = record.fields.get("status")
    if written is None or written.span != written.key_span or len(written.span) != 1:
        return False
    return _BOX.match(source.text, written.span.start - 1) is not None


def _passes(project: Project, record: Record) -> bool:
    """Tell whether a record is of a kind that passes by its criteria, as gates do."""
    return any(field.type is FieldType.CONDITIONS for field in project.config.kinds[record.kind].fields.values())


def _lack(one: Requirement) -> str:
    what = "" if one.category == OVERALL else f"of {one.category} "
    return f"{what}{one.progress.done} of {one.progress.total} criteria are met, and it needs {one.needed}"


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
