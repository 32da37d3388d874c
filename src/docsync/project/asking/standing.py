"""Where a project stands: phase by phase, gate by gate, and as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from docsync.models.records import Home, Record
from docsync.models.status import Status
from docsync.project.asking.choosing import by_number, phase_named, said_phases
from docsync.project.asking.links import Links, critical, links
from docsync.project.asking.rollups import apart, everything, pieces, roll_up, whole, work_of
from docsync.project.asking.starting import current_phases, starts, unstated
from docsync.project.gates import Requirement, requirements
from docsync.project.index import Project
from docsync.project.names import number_of
from docsync.project.pointing import point
from docsync.project.progress import Progress, of_criteria, of_work
from docsync.text.spans import Span


class Gate(Struct, frozen=True):
    """Hold a gate, its criteria met, and what of its pass condition is not satisfied."""

    record: Record
    criteria: Progress
    short: tuple[Requirement, ...]


class Blocker(Struct, frozen=True):
    """Hold an unsettled record with the unsettled work that directly waits for it."""

    record: Record
    waiting: tuple[Record, ...]


class PhaseStanding(Struct, frozen=True):
    """Hold how far a phase is: its work by status, its gates, and what its open work waits for, the most wanted first.

    `behind` are gates of the phase before it that have not passed.
    """

    record: Record
    current: bool
    progress: Progress
    counts: Mapping[str, int]
    work: tuple[Record, ...]
    gates: tuple[Gate, ...]
    blockers: tuple[Blocker, ...]
    behind: tuple[Record, ...]


class KindCount(Struct, frozen=True):
    """Hold how many records there are of a kind, by status."""

    kind: str
    total: int
    counts: Mapping[str, int]
    broken: int


class Standing(Struct, frozen=True):
    """Hold how far the whole is; `path` is the critical path with `left` steps still to do.

    `ready` and `waiting` are all open work, in phases and in none. `apart` is the work in no phase, which `overall` leaves out
    where there are phases; `unstated` is the work that states no status, and so is neither open nor settled.
    """

    phases: tuple[PhaseStanding, ...]
    overall: Progress
    counts: Mapping[str, int]
    path: tuple[Record, ...]
    left: int
    begun: tuple[Record, ...]
    ready: int
    waiting: int
    kinds: tuple[KindCount, ...]
    apart: tuple[Record, ...]
    unstated: tuple[Record, ...]


def standing(project: Project) -> Standing:
    """Work out how far everything is."""
    web, work, outside = links(project), whole(project), apart(project)
    path = web.all(critical(project))
    return Standing(
        phase_standings(project),
        of_work(project, work),
        count_statuses(work),
        path,
        sum(record.status is None or not record.status.is_settled for record in path),
        tuple(record for record in (*work, *outside) if record.status is Status.IN_PROGRESS),
        len(starts(project)),
        sum(web.open(place) and not web.is_free(place) for place in map(web.of, everything(project))),
        tuple(
            KindCount(kind, len(records), count_statuses(records), sum(record.broken for record in records))
            for kind, records in project.by_kind.items()
        ),
        outside,
        unstated(project),
    )


def phase_standings(project: Project) -> tuple[PhaseStanding, ...]:
    """Work out how far each phase is, in the order of their numbers; those that records name where none is declared."""
    if not project.by_kind.get("phase"):
        return tuple(_undeclared(project, number, found) for number, found in said_phases(project).items())
    web, current = links(project), current_phases(project)
    gates_before: tuple[Record, ...] = ()
    found = []
    for phase in by_number(project.by_kind.get("phase", ())):
        gates = _gates(web, phase)
        behind = tuple(gate for gate in gates_before if gate.status is not None and gate.status.is_open)
        found.append(_phase(project, phase, gates, behind, current=any(phase is one for one in current)))
        gates_before = gates if number_of(phase) else ()
    return tuple(found)


def phase_standing(project: Project, name: str) -> PhaseStanding:
    """Work out how far one phase is; raises Unfound where there is none of that name."""
    if not project.by_kind.get("phase"):
        inside = phase_named(project, name)
        said = said_phases(project).items()
        return next(_undeclared(project, number, found) for number, found in said if inside == frozenset(map(id, found)))
    wanted = point(project, name, "phase")
    return next(one for one in phase_standings(project) if one.record is wanted)


def _undeclared(project: Project, number: str, found: tuple[Record, ...]) -> PhaseStanding:
    """Work out how far a phase is that has no home: its work is what says that it is in it."""
    web = links(project)
    work = web.all(pieces(project, map(web.of, found)))
    return PhaseStanding(
        Record("phase", f"Phase {number}", "", None, Home.FILE, "", Span(0, 0)),
        current=False,
        progress=of_work(project, work),
        counts=count_statuses(work),
        work=work,
        gates=tuple(gate_of(record) for record in found if record.kind == "gate"),
        blockers=_blockers(web, work),
        behind=(),
    )


def count_statuses(records: Iterable[Record]) -> dict[str, int]:
    """Count records by status in the order of the vocabulary, those without one last; what there is none of is left out."""
    statuses = [record.status for record in records]
    counted = {status.value: statuses.count(status) for status in Status}
    counted["none"] = statuses.count(None)
    return {name: count for name, count in counted.items() if count}


def gate_of(record: Record) -> Gate:
    """Work out how far a gate is; one without criteria wants nothing."""
    wanted = requirements(record) if record.criteria else ()
    return Gate(record, of_criteria(record.criteria), tuple(one for one in wanted if not one.satisfied))


def _gates(web: Links, phase: Record) -> tuple[Record, ...]:
    return tuple(part for part in web.all(web.parts[web.of(phase)]) if part.kind == "gate")


def _phase(
    project: Project, phase: Record, gates: tuple[Record, ...], behind: tuple[Record, ...], *, current: bool
) -> PhaseStanding:
    work = work_of(project, phase)
    return PhaseStanding(
        phase,
        current,
        roll_up(project, phase),
        count_statuses(work),
        work,
        tuple(map(gate_of, gates)),
        _blockers(links(project), (phase, *work)),
        behind,
    )


def _blockers(web: Links, work: tuple[Record, ...]) -> tuple[Blocker, ...]:
    waiting: dict[int, list[Record]] = {}
    for record in work:
        place = web.of(record)
        if not web.settled(place):
            for need in web.waits_for(place):
                waiting.setdefault(need, []).append(record)
    found = [Blocker(web.records[need], tuple(others)) for need, others in waiting.items()]
    return tuple(sorted(found, key=lambda blocker: -len(blocker.waiting)))
