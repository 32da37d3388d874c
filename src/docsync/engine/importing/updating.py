"""What an issue says that the record of its id does not: set there, with nothing taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from docsync.editing.errors import Uneditable
from docsync.editing.planning import Amendment, edits_together
from docsync.engine.changing import Ground
from docsync.engine.changing_records.setting_fields import put
from docsync.engine.changing_records.wishes import Wishes
from docsync.engine.exporting import vocabulary as words
from docsync.engine.importing.understanding import Understood, kept_with
from docsync.generator.meaning import said
from docsync.models.records import Home, Json, Record
from docsync.models.schema import FieldType, Role
from docsync.models.status import Status
from docsync.project.build import resolve
from docsync.project.graph import needs
from docsync.project.index import Project
from docsync.project.pointing import Unfound


class Update(Struct, frozen=True):
    """Hold what is to be set of one record: a field's value, or a criterion's box by its position."""

    name: str
    value: Json = None
    criterion: int = -1


def updates_for(project: Project, record: Record, one: Understood) -> Iterator[Update]:
    """Give what differs, as far as the issue says anything of it."""
    for name, value in one.values.items():
        if _differs(project, record, one, name, value):
            yield Update(name, _with_present(record, name, value))
    if one.issue.priority == words.NORMAL and record.text("priority") and _level(record) != words.NORMAL:
        yield Update("priority", words.priority_of(words.NORMAL))
    met = {said(text): mark == "x" for _, mark, text in one.boxes if mark != "~"}
    for at, criterion in enumerate(record.criteria):
        wanted = met.get(said(criterion.text))
        if wanted is not None and wanted is not criterion.met and not criterion.dropped:
            yield Update("", criterion=at, value=wanted)
    if one.rest and record.home is Home.FILE and words.KEPT in record.values:
        kept = kept_with(one.rest, record.values[words.KEPT])
        if kept != record.values[words.KEPT]:
            yield Update(words.KEPT, kept)


def unplaced(record: Record, one: Understood) -> Iterator[str]:
    """Name what an issue says that its record has no place for."""
    if not (record.home is Home.FILE and words.KEPT in record.values):
        yield from one.rest
    known = {said(criterion.text) for criterion in record.criteria}
    if any(said(text) not in known for _, _, text in one.boxes):
        yield "acceptance_criteria"


class Gathered(Struct, frozen=True):
    """Gather what is wished of all records; `coming` are the ids of records that are made at the same time."""

    wishes: Wishes
    coming: frozenset[str] = frozenset()


def wish(ground: Ground, gathered: Gathered, record: Record, update: Update) -> None:
    """Wish for an update; raises Uneditable or Unfound where it cannot be made."""
    alone = Gathered(Wishes(), gathered.coming)
    _put(ground, alone, record, update)
    for each in alone.wishes.all():
        amendment = Amendment(each.record, each.values, each.ticks)
        edits_together(ground.source(each.record.path), [amendment], ground.project.config)
    _put(ground, gathered, record, update)


def _put(ground: Ground, gathered: Gathered, record: Record, update: Update) -> None:
    wanted = gathered.wishes.of(record)
    items = update.value if isinstance(update.value, list) else [update.value]
    if update.criterion >= 0:
        wanted.ticks[update.criterion] = update.value is True
    elif update.name == words.KEPT or any(item in gathered.coming for item in items):
        wanted.values[update.name] = update.value  # there is no record yet whose other side could say the same
    else:
        put(ground.project, gathered.wishes, record, update.name, update.value)


def _differs(project: Project, record: Record, one: Understood, name: str, value: Json) -> bool:
    if name in _OF_ISSUES:
        return _OF_ISSUES[name](record, one, str(value))
    spec = one.spec.fields.get(name)
    if spec is not None and spec.role is Role.NEEDS and isinstance(value, list):
        return any(not _waits(project, record, str(item)) for item in value)
    if spec is not None and spec.type is FieldType.REFERENCE:
        return _meant(project, record, name, record.text(name)) is not _meant(project, record, name, str(value))
    present = record.texts(name)
    return any(item not in present for item in value) if isinstance(value, list) else record.text(name) != value


def _status_differs(record: Record, one: Understood, value: str) -> bool:
    """Tell whether the tracker would call a record otherwise; that it was given up is said by the reason alone."""
    del one
    present = record.status or Status.PENDING
    given_up = value == Status.CANCELLED.value and present is Status.RESOLVED
    return given_up or words.ISSUE_STATUS[present] != words.ISSUE_STATUS[Status(value)]


_OF_ISSUES: Final[Mapping[str, Callable[[Record, Understood, str], bool]]] = {
    "title": lambda record, one, value: value not in (record.title or record.id, one.issue.id),
    "status": _status_differs,
    "priority": lambda record, one, _: _level(record) != one.issue.priority,
    "estimate": lambda record, _, value: words.minutes_of(record.text("estimate")) != words.minutes_of(value),
}
"""How those fields are compared that issues say in words of their own."""


def _with_present(record: Record, name: str, value: Json) -> Json:
    """Let a list keep what it holds, and add to it."""
    if not isinstance(value, list):
        return value
    present: list[Json] = list(record.texts(name))
    return [*present, *(item for item in value if item not in present)]


def _level(record: Record) -> int:
    return words.level_of(record.text("priority")) if record.text("priority") else words.NORMAL


def _waits(project: Project, record: Record, target: str) -> bool:
    """Tell whether a record is known to wait for another, from either side's fields."""
    wanted = resolve(project, target, beside=record.path)
    edges = needs(project).get(record.id, ())
    return any(edge.target == target or resolve(project, edge.target, beside=record.path) is wanted for edge in edges)


def _meant(project: Project, record: Record, name: str, text: str) -> Record | None:
    spec = project.config.kinds[record.kind].fields[name]
    return resolve(project, text, spec.target, beside=record.path) if text else None


REFUSED = (Uneditable, Unfound)
"""What is raised where a home cannot take an update."""
