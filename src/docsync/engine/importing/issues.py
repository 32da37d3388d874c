"""How issues come into a project: known ones updated in their homes, new ones made, all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from docsync.editing.errors import Uneditable
from docsync.engine.changing import Changed, Ground, Planned, change
from docsync.engine.changing_records.wishes import Wishes
from docsync.engine.importing.arriving import Arrived, arrive
from docsync.engine.importing.kinds import Choosing
from docsync.engine.importing.lines import Issue
from docsync.engine.importing.understanding import Understood, understand
from docsync.engine.importing.updating import REFUSED, Gathered, unplaced, updates_for, wish
from docsync.engine.request import JobError, Request
from docsync.models.nearness import meant
from docsync.models.records import Record
from docsync.project.index import Project


class Wanted(Struct, frozen=True):
    """Say how to import: the kind of new records that are no epics, and where they go, empty for beside their siblings."""

    kind: str = "task"
    place: str = ""


class Outcome(Struct):
    """Say what became of issues: `new`, `updated` and `same` are their ids, `place` where the new ones went.

    `kept` counts the fields that new records keep under `beads`, `left` those that known ones have no place for, `notes` says
    what was not done, and why.
    """

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    place: str = ""
    kept: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def import_issues(request: Request, issues: Sequence[Issue], wanted: Wanted, *, write: bool) -> tuple[Outcome, Changed]:
    """Bring issues into a project; raises JobError and ConfigError where it cannot be done, and then writes nothing."""
    outcomes: list[Outcome] = []

    def plan(ground: Ground) -> Planned:
        outcomes.append(Outcome())  # one for each time it is asked: files may change meanwhile
        return _planned(ground, issues, wanted, outcomes[-1])

    changed = change(request, plan, write=write)
    return outcomes[-1], changed


def _planned(ground: Ground, issues: Sequence[Issue], wanted: Wanted, outcome: Outcome) -> Planned:
    project = ground.project
    if wanted.kind not in project.config.kinds:
        raise JobError(f"there is no kind {wanted.kind}; {meant(wanted.kind, project.config.kinds)}")
    known = {issue.id: _known(project, issue, outcome) for issue in issues}
    choosing = Choosing(project, wanted.kind)
    strange = [issue.id for issue in issues if not known[issue.id] and not choosing.kind_of(issue)]
    if strange:
        raise JobError(choosing.refusal(strange))
    kinds = {issue.id: known[issue.id][0].kind if known[issue.id] else choosing.kind_of(issue) for issue in issues}
    new: list[Understood] = []
    wishes = Wishes()
    here = frozenset(name for name, records in known.items() if records)
    for issue in issues:
        records = known[issue.id]
        if len(records) > 1:
            continue
        kind = kinds[issue.id]
        one = understand(
            issue, project.config.kinds[kind], lambda name: _kind_of(project, kinds, name), epic=kind in choosing.wholes
        )
        outcome.notes += one.notes
        if records:
            _update(ground, Gathered(wishes, frozenset(known) - here), records[0], one, outcome)
        else:
            new.append(one)
    planned = wishes.planned(ground)
    return _with_new(planned, _arrived(ground, new, wanted, outcome))


def _known(project: Project, issue: Issue, outcome: Outcome) -> tuple[Record, ...]:
    """Give the records that bear an issue's id, as an export names them."""
    path, _, name = issue.id.rpartition("#")
    found = project.by_id.get(name if path else issue.id, ())
    if path:
        found = tuple(record for record in found if record.path == path)
    if len(found) > 1:
        outcome.notes.append(f"{issue.id} is left out: {len(found)} records bear this id; give each an id of its own")
    return found


def _kind_of(project: Project, kinds: Mapping[str, str], name: str) -> str:
    if name in kinds:
        return kinds[name]
    found = project.by_id.get(name, ())
    return found[0].kind if len(found) == 1 else ""


def _update(ground: Ground, gathered: Gathered, record: Record, one: Understood, outcome: Outcome) -> None:
    done = 0
    for update in updates_for(ground.project, record, one):
        try:
            wish(ground, gathered, record, update)
            done += 1
        except REFUSED as why:
            outcome.notes.append(f"{one.issue.id} {update.name or 'criterion'}: {why}")
    (outcome.updated if done else outcome.same).append(one.issue.id)
    outcome.left.update(unplaced(record, one))


def _arrived(ground: Ground, new: Sequence[Understood], wanted: Wanted, outcome: Outcome) -> Arrived:
    if not new:
        return Arrived()
    try:
        arrived = arrive(ground, new, wanted.place)
    except Uneditable as why:
        raise JobError(f"{why}; --into a folder keeps everything, in a file each") from why
    outcome.new += (one.issue.id for one in new)
    outcome.place = arrived.place
    if arrived.files:
        outcome.kept.update(name for one in new for name in one.rest)
    outcome.left.update(arrived.left)
    return arrived


def _with_new(planned: Planned, arrived: Arrived) -> Planned:
    edits = dict(planned.edits)
    for path, more in arrived.edits.items():
        edits[path] = (*edits.get(path, ()), *more)
    return replace(planned, edits=edits, files=arrived.files)
