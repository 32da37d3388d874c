"""What has become of a project's records between an earlier state and now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.earlier import Earlier
from docsync.models.natural import natural
from docsync.models.records import Criterion, Json, Record
from docsync.models.status import Status
from docsync.project.index import Project
from docsync.project.parts import is_work
from docsync.project.sessions import KIND, ordered
from docsync.project.transitions import Step, steps

DECISION: Final = "decision"
_FIGURE: Final = "current"
_LISTED: Final = "resolved"


class Ticked(Struct, frozen=True):
    """Hold a record with the criteria that are met now and were not, or the other way round."""

    record: Record
    met: tuple[Criterion, ...] = ()
    unmet: tuple[Criterion, ...] = ()


class Moved(Struct, frozen=True):
    """Hold a figure that is another now."""

    record: Record
    was: Json
    now: Json


class Happened(Struct, frozen=True):
    """Hold what became of records: other statuses, criteria and figures, and which came and went, each in order of id.

    `decided` are the decisions among those that came. A step that has no state before it is of a record that was not known.
    """

    resolved: tuple[Record, ...] = ()
    steps: tuple[Step, ...] = ()
    ticked: tuple[Ticked, ...] = ()
    moved: tuple[Moved, ...] = ()
    decided: tuple[Record, ...] = ()
    added: tuple[Record, ...] = ()
    gone: tuple[Record, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything happened."""
        return any((self.resolved, self.steps, self.ticked, self.moved, self.decided, self.added, self.gone))


def happened(project: Project, before: Iterable[Record]) -> Happened:
    """Compare a project with the records of an earlier state; a record is known by its kind and id, wherever it stands."""
    then = tuple(before)
    was, now = _single(then), _single(project.records)
    come = [record for key, record in now.items() if key not in was and record.kind != KIND]
    stepped = [one for one in steps(replace(project, earlier=Earlier(then))) if one.after.kind != KIND]
    finished = [one.after for one in stepped if one.now is Status.RESOLVED and _counts(project, one.after)]
    finished += [record for record in come if record.status is Status.RESOLVED and _counts(project, record)]
    both = [(was[key], record) for key, record in now.items() if key in was]
    return Happened(
        _sorted(finished),
        tuple(sorted(stepped, key=lambda one: _place(one.after))),
        tuple(found for old, new in both if (found := _ticked(old, new)).met or found.unmet),
        tuple(
            Moved(new, old.values.get(_FIGURE), new.values[_FIGURE])
            for old, new in both
            if new.values.get(_FIGURE) is not None and new.values.get(_FIGURE) != old.values.get(_FIGURE)
        ),
        _sorted(record for record in come if record.kind == DECISION),
        _sorted(record for record in come if record.kind != DECISION),
        _sorted(record for key, record in was.items() if key not in now and record.kind != KIND and _is_read(project, record)),
    )


def unclaimed(project: Project, since: str) -> Happened:
    """Tell from the records alone what is new: resolved and named by no session, or dated after the day `since`.

    Of what sessions never name, such as tasks where they name holes, nothing is known, and nothing told.
    """
    sessions = ordered(project.by_kind.get(KIND, ()))
    named = {item.casefold() for session in sessions for item in (*session.texts(_LISTED), *session.texts("decided"))}
    kinds = {record.kind for record in project.records if record.id.casefold() in named}
    resolved = (
        record
        for record in project.records
        if record.status is Status.RESOLVED
        and _counts(project, record)
        and record.kind in kinds
        and not _is_named(record, named)
    )
    decided = (
        record
        for record in project.by_kind.get(DECISION, ())
        if not _is_named(record, named) and since and record.text("date") > since
    )
    added = (record for record in project.records if since and record.text("created") > since and record.kind != DECISION)
    return Happened(resolved=_sorted(resolved), decided=_sorted(decided), added=_sorted(added))


def _is_read(project: Project, record: Record) -> bool:
    """Tell whether the document that held a record is not merely unreadable today."""
    document = project.documents.get(record.path)
    return document is None or not document.refused


def _is_named(record: Record, named: set[str]) -> bool:
    return record.id.casefold() in named


def _counts(project: Project, record: Record) -> bool:
    """Tell whether a record is something to be finished: a decision that is accepted is not."""
    return is_work(project, record.kind) or record.kind in ("gate", "phase")


def _ticked(old: Record, new: Record) -> Ticked:
    was = {(one.category, one.text): one.met for one in old.criteria}
    return Ticked(
        new,
        tuple(one for one in new.criteria if one.met and not was.get((one.category, one.text), False)),
        tuple(one for one in new.criteria if not one.met and not one.dropped and was.get((one.category, one.text), False)),
    )


def _single(records: Iterable[Record]) -> Mapping[tuple[str, str], Record]:
    """Map records by kind and id, without those that share one."""
    found: dict[tuple[str, str], Record | None] = {}
    for record in records:
        key = record.kind, record.id.casefold()
        found[key] = None if key in found else record
    return {key: record for key, record in found.items() if record}


def _sorted(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=_place))


def _place(record: Record) -> tuple[str, object]:
    return record.kind, natural(record.id)
