"""What can be done to records, one function an act: each plans, and is carried out by `changing.change`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from docsync.editing.errors import Uneditable
from docsync.engine.changing import Changed, Ground, Planned, change
from docsync.engine.changing_records import evidence, moving
from docsync.engine.changing_records.setting_fields import ADD, SET, Assignment, assign, find_named
from docsync.engine.changing_records.ticking import criterion, listed
from docsync.engine.changing_records.wishes import Wishes
from docsync.engine.request import Request
from docsync.models.records import Record
from docsync.models.schema import Role
from docsync.models.status import Status
from docsync.project.pointing import point, pointer


class Resolution(Struct, frozen=True):
    """Say how something was resolved, empty for no word of it, and by what that is shown."""

    text: str = ""
    evidence: tuple[str, ...] = ()


def set_fields(request: Request, names: Sequence[str], assignments: Sequence[Assignment], *, write: bool = True) -> Changed:
    """Set fields of records, all or none; raises JobError for what cannot be."""

    def plan(ground: Ground, wishes: Wishes) -> None:
        records = [find_named(ground, wishes, name) for name in names]
        assign(ground, wishes, list({id(record): record for record in records}.values()), assignments)

    return _carried_out(request, plan, write=write)


def resolve(request: Request, name: str, resolution: Resolution, *, write: bool = True) -> Changed:
    """Resolve a record that waits for nothing any more; raises JobError for one that does, and says for what."""

    def plan(ground: Ground, wishes: Wishes) -> None:
        record = find_named(ground, wishes, name)
        given = [Assignment("status", SET, Status.RESOLVED.value)]
        if resolution.text:
            given.append(Assignment("resolution", SET, evidence.resolution(ground, resolution.text)))
        given += [Assignment("evidence", ADD, evidence.evidence(ground, each)) for each in resolution.evidence]
        assign(ground, wishes, [record], given)
        if unmet := [at for at, one in enumerate(record.criteria) if not one.met and not one.dropped]:
            wishes.notes.append(f"of {pointer(ground.project, record)} these criteria are not ticked: {listed(record, unmet)}")

    return _carried_out(request, plan, write=write)


def start(request: Request, name: str, *, write: bool = True) -> Changed:
    """Begin work on a record."""

    def plan(ground: Ground, wishes: Wishes) -> None:
        record = find_named(ground, wishes, name)
        assign(ground, wishes, [record], [Assignment("status", SET, Status.IN_PROGRESS.value)])
        if edges := moving.waits(ground.project, record):
            what = ", ".join(moving.named(ground.project, edges))
            wishes.notes.append(f"{pointer(ground.project, record)} still waits for {what}")

    return _carried_out(request, plan, write=write)


def block(request: Request, name: str, by: Sequence[str] = (), reason: str = "", *, write: bool = True) -> Changed:
    """Mark a record as blocked, by others or for a reason."""

    def plan(ground: Ground, wishes: Wishes) -> None:
        record = find_named(ground, wishes, name)
        field = _waiting_field(ground, record) if by else ""
        given = [Assignment("status", SET, Status.BLOCKED.value)]
        given += [Assignment(field, ADD, _holding(ground, other)) for other in by]
        assign(ground, wishes, [record], given)
        wishes.of(record).remark = reason.strip()

    return _carried_out(request, plan, write=write)


def defer(request: Request, name: str, reason: str = "", *, write: bool = True) -> Changed:
    """Put a record off."""

    def plan(ground: Ground, wishes: Wishes) -> None:
        record = find_named(ground, wishes, name)
        assign(ground, wishes, [record], [Assignment("status", SET, Status.DEFERRED.value)])
        wishes.of(record).remark = reason.strip()

    return _carried_out(request, plan, write=write)


def tick(request: Request, name: str, criteria: Sequence[str], *, met: bool = True, write: bool = True) -> Changed:
    """Tick criteria of a record, or take their ticks away."""

    def plan(ground: Ground, wishes: Wishes) -> None:
        record = find_named(ground, wishes, name)
        for each in criteria:
            at = criterion(record, each)
            if record.criteria[at].met is met:
                state = "is ticked already" if met else "is not ticked anyway"
                wishes.notes.append(f"criterion {at + 1} of {pointer(ground.project, record)} {state}")
            else:
                wishes.of(record).ticks[at] = met

    return _carried_out(request, plan, write=write)


def _carried_out(request: Request, plan: Callable[[Ground, Wishes], None], *, write: bool) -> Changed:
    def planning(ground: Ground) -> Planned:
        wishes = Wishes()
        plan(ground, wishes)
        return wishes.planned(ground)

    return change(request, planning, write=write)


def _waiting_field(ground: Ground, record: Record) -> str:
    """Give the field in which a record says what it waits for."""
    spec = ground.project.config.kinds[record.kind]
    fields = spec.relations(Role.NEEDS)
    if not fields:
        raise Uneditable(f"{spec.plural} have no field for what they wait for; leave --by out, or give a --reason")
    return next((field.name for field in fields if field.name in record.fields), fields[0].name)


def _holding(ground: Ground, name: str) -> str:
    other = point(ground.project, name)
    if other.status is not None and other.status.is_settled:
        raise Uneditable(f"{other.id} is {moving.said(other.status)} and holds nothing up; name what does, or give a --reason")
    return other.id
