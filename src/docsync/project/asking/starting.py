"""Which work can be done now, in which order, and what to start with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct

from docsync.models.natural import Key, natural
from docsync.models.records import Record
from docsync.models.status import Status
from docsync.project.asking.choosing import by_number
from docsync.project.asking.fields import phase_of
from docsync.project.asking.links import chains, critical, divided, links, reached
from docsync.project.asking.rollups import everything
from docsync.project.index import Project
from docsync.project.names import number_of

_Rank: TypeAlias = "tuple[bool, bool, int, int, Key, Key]"


class Start(Struct, frozen=True):
    """Hold open work that waits for nothing.

    `chain` counts the steps of open work that follow each other from here on, this one included; `waiting` is what directly
    waits for it. `in_turn` tells that its phase may be worked on: no earlier one is still to be finished first.
    """

    record: Record
    phase: Record | None
    critical: bool
    chain: int
    waiting: tuple[Record, ...]
    in_turn: bool


class Advice(Struct, frozen=True):
    """Hold what to start, what it sets free in the end, the critical path where it is on that, and what is passed over.

    `passed` is what would come first if its phase were current. `begun` is what is in progress already.
    """

    start: Start | None
    reached: tuple[Record, ...]
    path: tuple[Record, ...]
    passed: Start | None
    begun: tuple[Start, ...]
    current: tuple[Record, ...]


def current_phases(project: Project) -> tuple[Record, ...]:
    """Give the phases that are in progress, or where none is, the first that is neither settled nor deferred."""
    phases = by_number(project.by_kind.get("phase", ()))
    begun = tuple(phase for phase in phases if phase.status is Status.IN_PROGRESS)
    left = (phase for phase in phases if phase.status is None or phase.status.is_open)
    return begun or tuple(phase for _, phase in zip(range(1), left, strict=False))


def starts(project: Project, kind: str = "") -> tuple[Start, ...]:
    """Give the open work whose needs are all settled: the critical path first, then what the longest chains wait for.

    What says of itself that it is blocked comes last: it waits for something that is written nowhere. `kind` restricts the
    records and the critical path, empty for any.
    """
    web, whole_ones = links(project), divided(project)
    kinds = web.work & {kind} if kind else web.work
    places = (place for place, record in enumerate(web.records) if record.kind in kinds and place not in whole_ones)
    on_path, lengths = frozenset(critical(project, (kind,) if kind else ())), chains(web)
    current = current_phases(project)
    found = []
    for place in (place for place in places if web.open(place) and web.is_free(place)):
        record = web.records[place]
        phase = phase_of(project, record)
        waiting = web.all(web.held_up(place))
        found.append(Start(record, phase, place in on_path, lengths[place], waiting, _in_turn(phase, current)))
    return tuple(sorted(found, key=_rank))


def unstated(project: Project, kind: str = "") -> tuple[Record, ...]:
    """Give the work of which no status is known, so that it is neither open nor settled and never ready."""
    return tuple(record for record in everything(project) if record.status is None and kind in ("", record.kind))


def advise(project: Project, among: Iterable[Start], kind: str = "") -> Advice:
    """Choose what to start next: of what is in turn and not begun, the first; `kind` is the one that `among` is of.

    What says of itself that it is blocked is chosen only where nothing else is left.
    """
    known = tuple(among)
    unbegun = [one for one in known if one.record.status is not Status.IN_PROGRESS]
    fresh = [one for one in unbegun if one.record.status is not Status.BLOCKED] or unbegun
    chosen = next((one for one in fresh if one.in_turn), fresh[0] if fresh else None)
    web = links(project)
    return Advice(
        chosen,
        web.all(reached(web, web.of(chosen.record))) if chosen else (),
        web.all(critical(project, (kind,) if kind else ())) if chosen and chosen.critical else (),
        fresh[0] if chosen and fresh[0] is not chosen else None,
        tuple(one for one in known if one.record.status is Status.IN_PROGRESS),
        current_phases(project),
    )


def _in_turn(phase: Record | None, current: tuple[Record, ...]) -> bool:
    if phase is None or not current or any(phase is one for one in current):
        return True
    return natural(number_of(phase) or None) < max(natural(number_of(one) or None) for one in current)


def _rank(start: Start) -> _Rank:
    phase = natural(number_of(start.phase) or None) if start.phase else natural(None)
    return (
        start.record.status is Status.BLOCKED,
        not start.critical,
        -start.chain,
        -len(start.waiting),
        phase,
        natural(start.record.id),
    )
