"""Which records a state word counts: what it says first, and what else it may mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, TypeAlias

from msgspec import Struct

from docsync.models.records import Record
from docsync.models.status import Status
from docsync.project.derived import bearers, entry, kinds, whole
from docsync.project.graph import needs, unsettled
from docsync.project.index import Project
from docsync.project.kept import of_project
from docsync.project.parts import members

TOTAL: Final = "total"
OPEN: Final = "open"

OPEN_WORDS: Final = frozenset(
    {"open", "remaining", "left", "unresolved", "outstanding", "incomplete", "unfinished", "to go", "not done", "not complete"}
)
TOTAL_WORDS: Final = frozenset({"total", "totals", "in total", "overall", "all"})

Group: TypeAlias = tuple[Record, ...]
_Test: TypeAlias = Callable[[Record], bool]

_S = Status
_WAITING: Final = frozenset({_S.PENDING, _S.READY})
_HELD: Final = frozenset({_S.PENDING, _S.READY, _S.BLOCKED})
_PUT_OFF: Final = frozenset({_S.PENDING, _S.READY, _S.BLOCKED, _S.IN_PROGRESS, _S.FAILED, _S.DEFERRED})
_OPEN: Final = _PUT_OFF - {_S.DEFERRED}

_STATUSES: Final[Mapping[str, tuple[frozenset[Status], ...]]] = {
    TOTAL: (frozenset(_S), frozenset(_S) - {_S.CANCELLED}, frozenset(_S) - {_S.CANCELLED, _S.DEFERRED}),
    OPEN: (_OPEN, _PUT_OFF, frozenset({_S.PENDING}), _HELD),
    _S.RESOLVED: (frozenset({_S.RESOLVED}), frozenset({_S.RESOLVED, _S.CANCELLED})),
    _S.PENDING: (frozenset({_S.PENDING}), _WAITING, _HELD, _OPEN, _PUT_OFF, frozenset({_S.PENDING, _S.BLOCKED})),
    _S.READY: (frozenset({_S.READY}),),
    _S.BLOCKED: (frozenset({_S.BLOCKED}),),
}
"""For each state word the statuses that it names, first the plain reading, then those that people also mean by it.

A total may leave out what was given up or put off; `pending` and `open` are said of all that is not done, or of what was not
begun; `resolved` may include what was closed without being done. A number is wrong only when it fits none of them.
"""


class Among(Struct, frozen=True):
    """Say among which records something is counted: those of a kind, all of them or those that belong to the id `within`."""

    kind: str
    within: str = ""


def everyone(project: Project, among: Among) -> Group:
    """Give the records among which something is counted."""
    _read(project, among)
    return _everyone(project, among)


def all_known(project: Project, among: Among) -> bool:
    """Tell whether every record's status is known."""
    _read(project, among)
    return _all_known(project, among)


def readings(project: Project, among: Among, state: str) -> tuple[Group, ...]:
    """Give the groups of records that `state` (a status, `open` or `total`) can mean, the plain one first."""
    _read(project, among, state)
    return _readings(project, among, state)


def _read(project: Project, among: Among, state: str = "") -> None:
    """Note what is read, for whoever is being asked: below it is kept, and so read for the first one alone."""
    if among.within:
        members(project, project.by_id[among.within][0])
    else:
        entry(kinds, project, among.kind)
    if state in (Status.READY, Status.BLOCKED):
        whole(bearers, project)
        whole(needs, project)


@of_project
def _everyone(project: Project, among: Among) -> Group:
    if among.within:
        found = members(project, project.by_id[among.within][0])
        return tuple(record for record in found if record.kind == among.kind)
    return project.by_kind.get(among.kind, ())


@of_project
def _all_known(project: Project, among: Among) -> bool:
    return all(record.status is not None for record in _everyone(project, among))


@of_project
def _readings(project: Project, among: Among, state: str) -> tuple[Group, ...]:
    records = _everyone(project, among)
    meant = _STATUSES.get(state) or (frozenset({Status(state)}),)
    groups = tuple(tuple(record for record in records if record.status in statuses) for statuses in meant)
    if state == TOTAL:
        return (records, *groups)
    waits = _by_dependencies(project, state)
    return (*groups, tuple(filter(waits, records))) if waits else groups


def state_of(word: str, words: Mapping[str, Status]) -> str:
    """Read a state word: a status, `open`, `total`, or empty where it is none."""
    plain = _plain(word)
    if plain in OPEN_WORDS:
        return OPEN
    if plain in TOTAL_WORDS:
        return TOTAL
    found = words.get(plain)
    return found.value if found else ""


@lru_cache(maxsize=1 << 10)
def _plain(word: str) -> str:
    return " ".join(word.casefold().replace("_", " ").split())


def _by_dependencies(project: Project, state: str) -> _Test | None:
    """Count also what the dependency graph makes ready or blocked, whatever the status says."""
    if state == Status.READY:
        return lambda record: _is_open(record) and not unsettled(project, record.id)
    if state == Status.BLOCKED:
        return lambda record: _is_open(record) and bool(unsettled(project, record.id))
    return None


def _is_open(record: Record) -> bool:
    return record.status is not None and record.status.is_open
