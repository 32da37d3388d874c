"""Where a project stands: a line for each phase, and the whole below it; for programs, everything that was counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from docsync.models.records import Json, Record
from docsync.models.status import Status
from docsync.project.asking.fields import status_text
from docsync.project.asking.standing import Gate, PhaseStanding, Standing, count_statuses
from docsync.project.gates import Requirement
from docsync.project.index import Project
from docsync.project.pointing import pointer
from docsync.project.progress import of_work
from docsync.reporters.asked.records import (
    CHECKING,
    STYLES,
    bar,
    brief,
    briefs,
    counted,
    encoded,
    pointers,
    share,
    shortened,
    status_cell,
    words,
)
from docsync.reporters.asked.starting import KNOWING, STATING, named, numbered
from docsync.reporters.counting import counted as number
from docsync.reporters.escaping import escape
from docsync.reporters.tabular import Look, Table, drawn

_PHASES: Final = ("ID", "Title", "Status", "Progress", "Done", "Gate", "Held up by")
_WIDE: Final = 30
_FEW: Final = 12
_PLACES: Final = 3


def standing_text(project: Project, standing: Standing, look: Look) -> str:
    """Give the phases as a table, then the whole."""
    parts = [drawn(_phases(project, standing.phases), look)] if standing.phases else []
    if not standing.phases and standing.kinds:
        parts.append(drawn(_kinds(project, standing), look))
    parts.append("".join(f"{escape(line)}\n" for line in _whole(project, standing)))
    return "\n".join(parts)


def standing_json(project: Project, standing: Standing) -> str:
    """Give everything for programs."""
    answer: dict[str, Json] = {
        "overall": {**share(standing.overall), "statuses": dict(standing.counts)},
        "in_no_phase": {**share(of_work(project, standing.apart)), "statuses": dict[str, Json](count_statuses(standing.apart))},
        "critical_path": {
            "steps": len(standing.path),
            "left": standing.left,
            "records": briefs(project, standing.path),
        },
        "in_progress": briefs(project, standing.begun),
        "ready": standing.ready,
        "waiting": standing.waiting,
        "without_status": pointers(project, standing.unstated),
        "phases": [phase_json(project, phase) for phase in standing.phases],
        "kinds": [
            {"kind": one.kind, "total": one.total, "statuses": dict(one.counts), "broken": one.broken} for one in standing.kinds
        ],
    }
    return encoded(answer)


def phase_text(project: Project, phase: PhaseStanding, look: Look) -> str:
    """Give one phase in full: its bar, its gates with what they are short of, its blockers, and its work."""
    lines = [
        _phase_head(project, phase),
        f"  {bar(phase.progress, _WIDE)}  {counted(phase.progress)}" + (f": {_tally(phase.counts)}" if phase.counts else ""),
        *(f"  {line}" for gate in phase.gates for line in _gate_lines(project, gate)),
        *(f"  behind {named(project, gate)}, which is {_state(gate)}" for gate in phase.behind),
        *(
            f"  {named(project, one.record)} ({_state(one.record)}) holds up {shortened(pointers(project, one.waiting), 8)}"
            for one in phase.blockers
        ),
    ]
    text = "".join(f"{escape(line)}\n" for line in lines)
    return f"{text}\n{drawn(_work(project, phase.work), look)}" if phase.work else text


def _phase_head(project: Project, phase: PhaseStanding) -> str:
    state = [status_cell(phase.record)] if status_cell(phase.record) else []
    state += ["current"] * phase.current + ["declared by no document"] * (not phase.record.path)
    return f"{named(project, phase.record)}" + (f"  ({', '.join(state)})" if state else "")


def phase_json(project: Project, phase: PhaseStanding) -> dict[str, Json]:
    """Give one phase for programs."""
    return {
        **brief(project, phase.record),
        "current": phase.current,
        "progress": share(phase.progress),
        "statuses": dict(phase.counts),
        "work": pointers(project, phase.work),
        "gates": [_gate_json(project, gate) for gate in phase.gates],
        "behind_gates": pointers(project, phase.behind),
        "blockers": [{**brief(project, one.record), "holds_up": pointers(project, one.waiting)} for one in phase.blockers],
    }


def _phases(project: Project, phases: Sequence[PhaseStanding]) -> Table:
    rows = tuple(
        (
            pointer(project, phase.record),
            phase.record.title,
            status_cell(phase.record),
            bar(phase.progress),
            counted(phase.progress),
            ", ".join(_gate_cell(project, gate) for gate in phase.gates),
            shortened(pointers(project, (*(one.record for one in phase.blockers), *phase.behind)), 3),
        )
        for phase in phases
    )
    return Table(
        _PHASES, rows, styles=_styles([phase.record for phase in phases]), whole=frozenset({"ID", "Status", "Progress"})
    )


def _kinds(project: Project, standing: Standing) -> Table:
    """Count by kind, for a project without phases."""
    rows = tuple((_noun(project, one.kind), one.total, _tally(one.counts)) for one in standing.kinds)
    return Table(("Kind", "Records", "By status"), rows, right=frozenset({"Records"}))


def _noun(project: Project, kind: str) -> str:
    spec = project.config.kinds.get(kind)
    return spec.plural if spec else kind


def _work(project: Project, work: Sequence[Record]) -> Table:
    rows = tuple((pointer(project, one), one.title, status_cell(one)) for one in work)
    return Table(("ID", "Title", "Status"), rows, styles=_styles(work))


def _styles(records: Sequence[Record]) -> dict[tuple[int, str], str]:
    return {(at, "Status"): STYLES[one.status] for at, one in enumerate(records) if one.status is not None}


def _whole(project: Project, standing: Standing) -> Iterator[str]:
    if standing.overall.total:
        yield f"Overall        {bar(standing.overall, _WIDE)}  {counted(standing.overall)}: {_tally(standing.counts)}"
    if standing.apart:
        tally = _tally(count_statuses(standing.apart))
        yield f"In no phase    {numbered(project, standing.apart)}, not counted above: {tally}"
    if standing.path:
        left = [pointer(project, one) for one in standing.path if one.status is None or not one.status.is_settled]
        chain = " → ".join(left[:_FEW]) + (" → …" if len(left) > _FEW else "")
        yield f"Critical path  {number(len(standing.path), 'step')}, {standing.left:,} left" + (f": {chain}" if left else "")
    if standing.begun:
        more = f" and {len(standing.begun) - _FEW:,} more" if len(standing.begun) > _FEW else ""
        yield f"In progress    {', '.join(named(project, one) for one in standing.begun[:_FEW])}{more}"
    if standing.overall.total:
        verb = "waits" if standing.waiting == 1 else "wait"
        yield f"Can be done    {standing.ready:,} now (docsync ready); {standing.waiting:,} {verb} for others"
    yield from _amiss(project, standing)


def _amiss(project: Project, standing: Standing) -> Iterator[str]:
    """Say what is in no count of open work, and which records failed validation."""
    if silent := [one for one in standing.unstated if not status_text(one)]:
        yield f"No status      {numbered(project, silent)}; {STATING} {'it' if len(silent) == 1 else 'them'} be ready"
    if odd := [one for one in standing.unstated if status_text(one)]:
        yield f"Unknown word   {numbered(project, odd)}; {KNOWING}"
    if broken := [record for record in project.records if record.broken]:
        more = f" and {len(broken) - _PLACES:,} more" if len(broken) > _PLACES else ""
        places = ", ".join(_first_problem(project, record) for record in broken[:_PLACES])
        yield f"Broken         {number(len(broken), 'record')}: {places}{more}; {CHECKING} says what is wrong"


def _first_problem(project: Project, record: Record) -> str:
    position = project.documents[record.path].lines.position(record.problems[0].span.start)
    return f"{record.path}:{position.line}:{position.column}"


def _tally(counts: Mapping[str, int]) -> str:
    """Count by status, what is done first."""
    order = (Status.RESOLVED, Status.IN_PROGRESS, Status.READY, Status.PENDING, Status.BLOCKED, Status.FAILED)
    names = dict.fromkeys((*(status.value for status in order), *counts))
    return ", ".join(
        f"{counts[name]:,} {'without a status' if name == 'none' else words(name)}" for name in names if name in counts
    )


def _gate_cell(project: Project, gate: Gate) -> str:
    met = f" {gate.criteria.done}/{gate.criteria.total}" if gate.criteria.total else ""
    return f"{pointer(project, gate.record)} {_state(gate.record)}{met}"


def _gate_lines(project: Project, gate: Gate) -> Iterator[str]:
    met = f", {gate.criteria.done}/{gate.criteria.total} criteria met" if gate.criteria.total else ", without criteria"
    yield f"{named(project, gate.record)} is {_state(gate.record)}{met}"
    for one in gate.short:
        yield f"  short in {one.category}: {one.progress.done} met, {one.needed} needed ({one.wanted} of {one.progress.total})"


def _state(record: Record) -> str:
    if record.status is None:
        return "of no known status"
    return "passed" if record.kind == "gate" and record.status is Status.RESOLVED else words(record.status.value)


def _gate_json(project: Project, gate: Gate) -> dict[str, Json]:
    return {
        **brief(project, gate.record),
        "criteria": share(gate.criteria),
        "satisfied": not gate.short if gate.criteria.total else None,
        "short": [_short_json(one) for one in gate.short],
    }


def _short_json(one: Requirement) -> dict[str, Json]:
    return {
        "category": one.category,
        "wanted": one.wanted,
        "needed": one.needed,
        "met": one.progress.done,
        "total": one.progress.total,
    }
