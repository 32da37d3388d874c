"""What can be done now, and the one thing to start: as a table, in sentences, and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from docsync.models.records import Json, Record
from docsync.models.status import Status
from docsync.project.asking.fields import status_text
from docsync.project.asking.kinds import noun_of
from docsync.project.asking.starting import Advice, Start
from docsync.project.index import Project
from docsync.project.pointing import pointer
from docsync.reporters.asked.records import STYLES, brief, briefs, encoded, pointers, shortened, status_cell
from docsync.reporters.counting import counted
from docsync.reporters.escaping import escape, escape_path
from docsync.reporters.tabular import Look, Table, drawn

_COLUMNS = ("ID", "Title", "Status", "Phase", "Path", "Chain", "Holds up")
_PATH_SHOWN = 12
_FEW = 8
STATING = "`docsync set ID status=pending`, or a status column, lets"
"""What is done about work without a status, to be followed by what it lets be ready."""
KNOWING = "`docsync explain DS103` tells how a word becomes known"


def starts_text(project: Project, starts: Sequence[Start], unstated: Sequence[Record], look: Look) -> str:
    """Give what is ready as a table; a star marks the critical path, `Chain` is how many steps follow from here on."""
    left = "".join(f"{line}\n" for line in left_out(project, unstated))
    if not starts:
        return f"Nothing is ready: no open work has all that it waits for.\n{left}"
    rows = tuple(_row(project, start) for start in starts)
    styles = {(at, "Status"): STYLES[start.record.status] for at, start in enumerate(starts) if start.record.status is not None}
    table = Table(_COLUMNS, rows, right=frozenset({"Chain"}), styles=styles)
    begun = sum(start.record.status is not None and start.record.status.value == "in_progress" for start in starts)
    tally = f"{len(starts):,} ready" + (f", {begun:,} of them begun" if begun else "")
    return f"{drawn(table, look)}\n{tally}\n{left}"


def left_out(project: Project, unstated: Sequence[Record]) -> Iterator[str]:
    """Say of how much work no status is known, and what would make it ready."""
    silent = [record for record in unstated if not status_text(record)]
    if silent:
        verb, them = ("states", "it") if len(silent) == 1 else ("state", "them")
        yield f"{numbered(project, silent)} {verb} no status and {_is(silent)} left out; {STATING} {them} be ready"
    if len(silent) < len(unstated):
        odd = [record for record in unstated if status_text(record)]
        verb = "states" if len(odd) == 1 else "state"
        yield f"{numbered(project, odd)} {verb} an unknown status and {_is(odd)} left out; {KNOWING}"


def numbered(project: Project, records: Sequence[Record]) -> str:
    """Count records by kind: `1 hole, 3 tasks`."""
    counts = Counter(record.kind for record in records)
    return ", ".join(f"{count:,} {noun_of(project, kind, count)}" for kind, count in counts.items())


def _is(records: Sequence[Record]) -> str:
    return "is" if len(records) == 1 else "are"


def starts_json(project: Project, starts: Sequence[Start]) -> str:
    """Give what is ready as a JSON list, in the order of the table."""
    return encoded([start_json(project, start) for start in starts])


def start_json(project: Project, start: Start) -> dict[str, Json]:
    """Give one piece of ready work for programs."""
    return {
        **brief(project, start.record),
        "critical": start.critical,
        "chain": start.chain,
        "holds_up": pointers(project, start.waiting),
        "in_turn": start.in_turn,
    }


def advice_text(project: Project, advice: Advice, unstated: Sequence[Record]) -> str:
    """Say what to start, and why, in a few lines."""
    return "".join(f"{line}\n" for line in (*_said(project, advice), *left_out(project, unstated)))


def advice_json(project: Project, advice: Advice, unstated: Sequence[Record]) -> str:
    """Give the advice for programs; `next` is null where there is nothing to start."""
    start = advice.start
    chosen: Json = None
    if start:
        chosen = {
            **start_json(project, start),
            "reached": pointers(project, advice.reached),
            "reasons": list(_reasons(project, advice, start)),
        }
    answer: dict[str, Json] = {
        "next": chosen,
        "passed_over": start_json(project, advice.passed) if advice.passed else None,
        "in_progress": briefs(project, (start.record for start in advice.begun)),
        "current_phases": briefs(project, advice.current),
        "without_status": pointers(project, unstated),
    }
    return encoded(answer)


def named(project: Project, record: Record) -> str:
    """Name a record by id and title."""
    title = "" if record.title in ("", record.id) else f": {record.title}"
    return f"{pointer(project, record)}{title}"


def place(project: Project, record: Record) -> str:
    """Give where a record lives."""
    position = project.documents[record.path].lines.position(record.span.start)
    return f"{escape_path(record.path)}:{position.line}:{position.column}"


def _row(project: Project, start: Start) -> tuple[Json, ...]:
    return (
        pointer(project, start.record),
        start.record.title,
        status_cell(start.record),
        pointer(project, start.phase) if start.phase and start.phase is not start.record else None,
        "★" if start.critical else None,
        start.chain,
        shortened(pointers(project, start.waiting)),
    )


def _said(project: Project, advice: Advice) -> Iterator[str]:
    if start := advice.start:
        yield escape(f"{named(project, start.record)}  ({status_cell(start.record)})")
        yield f"  {place(project, start.record)}"
        for reason in _reasons(project, advice, start):
            yield f"  - {escape(reason)}"
    else:
        yield "Nothing is left to start: no open work has all that it waits for" + (
            " but what is begun." if advice.begun else "."
        )
    if advice.begun:
        begun = [named(project, one.record) for one in advice.begun]
        yield escape(f"In progress already: {shortened(list[Json](begun), _FEW)}")
    if advice.passed:
        yield escape(_passed(project, advice, advice.passed))


def _reasons(project: Project, advice: Advice, start: Start) -> Iterator[str]:
    if start.critical:
        left = [pointer(project, one) for one in advice.path if one.status is None or not one.status.is_settled]
        chain = " → ".join(left[:_PATH_SHOWN]) + (" → …" if len(left) > _PATH_SHOWN else "")
        yield f"it is on the critical path, with {counted(len(left), 'step')} left: {chain}"
    elif start.chain > 1:
        yield f"a chain of {counted(start.chain, 'step')} begins with it"
    if start.waiting:
        waiting = shortened(pointers(project, start.waiting), 8)
        verb = "waits" if len(start.waiting) == 1 else "wait"
        total = f", {len(advice.reached):,} in the end" if len(advice.reached) > len(start.waiting) else ""
        yield f"{waiting} {verb} for it{total}"
    else:
        yield "nothing waits for it"
    if start.record.status is Status.BLOCKED:
        yield "it says of itself that it is blocked, though all that it names is settled; nothing else is left to start"
    yield from _turn(project, advice, start)


def _turn(project: Project, advice: Advice, start: Start) -> Iterator[str]:
    if start.phase is None:
        return
    phase = pointer(project, start.phase)
    if any(start.phase is one for one in advice.current):
        yield f"its phase {phase} is current"
    elif start.in_turn:
        yield f"its phase {phase} comes before the current one"
    elif advice.current:
        current = ", ".join(pointer(project, one) for one in advice.current)
        yield f"nothing of the current phase {current} is left to start; its own phase is {phase}"


def _passed(project: Project, advice: Advice, passed: Start) -> str:
    current = ", ".join(pointer(project, one) for one in advice.current)
    path = " is on the critical path and" if passed.critical else ""
    turn = f"its phase {pointer(project, passed.phase)} is not current: {current} is" if passed.phase else ""
    return f"Passed over: {named(project, passed.record)}{path} is ready, too, but {turn}"
