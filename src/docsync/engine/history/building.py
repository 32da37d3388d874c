"""How the differences between commits become what each of them did to records and bound numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Final, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from docsync.engine.history.reading import Version
from docsync.engine.history.trees import Edited
from docsync.models.history import Bound, Change, Commit, History, Rewritten, Trace
from docsync.models.records import Record
from docsync.project.history import carried, paired

ROOT: Final = -1
_Value = TypeVar("_Value")


class Link(Struct, frozen=True):
    """Hold a commit with the position of the one that it is compared with, and of the others that it merged.

    `edits` are the documents that differ from the former, by path.
    """

    commit: Commit
    parent: int
    others: tuple[int, ...]
    edits: tuple[Edited, ...]


class _State(Struct):
    """Hold what the documents were at a commit, by path."""

    documents: dict[str, str] = field(default_factory=dict)
    records: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    numbers: dict[str, tuple[Bound, ...]] = field(default_factory=dict)

    def copy(self) -> _State:
        return _State(dict(self.documents), dict(self.records), dict(self.numbers))


class _Told(Struct):
    """Gather what commits did."""

    changes: list[Change]
    rewritten: list[Rewritten]
    unread: list[tuple[int, str]]


def extended(history: History, links: Sequence[Link], traces: Mapping[Version, Trace]) -> History:
    """Give a history with the commits that came after it, which may be all."""
    told = _Told(list(history.changes), list(history.rewritten), list(history.unread))
    first = len(history.commits)
    states = {first - 1: _State(dict(history.documents), dict(history.records), dict(history.numbers))}
    left = Counter(each for link in links for each in (link.parent, *link.others))
    state = states[first - 1]
    for position, link in enumerate(links, first):
        state = _taken(states, left, link.parent)
        _tell(told, position, state, _without(link, [states[each] for each in link.others if each in states]), traces)
        for each in link.others:
            _drop(states, left, each)
        states[position] = state
    return History(
        (*history.commits, *(link.commit for link in links)),
        (*history.parents, *(link.parent for link in links)),
        tuple(told.changes),
        tuple(told.rewritten),
        dict(sorted(state.documents.items())),
        state.records,
        state.numbers,
        tuple(told.unread),
        history.cut,
    )


class _Step(Struct, frozen=True):
    """Hold the edits that are a commit's own, and those that it took over from a line of work that it merged."""

    own: tuple[Edited, ...]
    merged: tuple[tuple[Edited, _State], ...]


def _without(link: Link, others: Sequence[_State]) -> _Step:
    """Tell apart what a merge did itself and what it took over."""
    if not others:
        return _Step(link.edits, ())
    sources = [
        (edit, next((each for each in others if each.documents.get(edit.path, "") == edit.after), None)) for edit in link.edits
    ]
    own = tuple(edit for edit, source in sources if source is None)
    return _Step(own, tuple((edit, source) for edit, source in sources if source is not None))


def _taken(states: dict[int, _State], left: Counter[int], parent: int) -> _State:
    """Give the state that a commit begins from, a copy of it where another commit begins from it, too."""
    state = states.get(parent)
    if state is None:
        return _State()
    left[parent] -= 1
    if left[parent] > 0:
        return state.copy()
    del states[parent]
    return state


def _drop(states: dict[int, _State], left: Counter[int], position: int) -> None:
    left[position] -= 1
    if left[position] <= 0:
        states.pop(position, None)


def _tell(told: _Told, position: int, state: _State, step: _Step, traces: Mapping[Version, Trace]) -> None:
    old: list[Record] = []
    new: list[Record] = []
    for edit in step.own:
        before = state.records.get(edit.path, ()), state.numbers.get(edit.path, ())
        _apply(told, position, state, edit, traces)
        old += before[0]
        new += state.records.get(edit.path, ())
        told.rewritten += _rewritten(position, edit.path, before[1], state.numbers.get(edit.path, ()))
    told.changes += _changes(position, old, new)
    _take_over(told, position, state, step)


def _take_over(told: _Told, position: int, state: _State, step: _Step) -> None:
    """Take documents over from a line of work that was merged; records that both have the same stay what they were."""
    old: list[Record] = []
    new: list[Record] = []
    for edit, source in step.merged:
        records, numbers = state.records.get(edit.path, ()), state.numbers.get(edit.path, ())
        theirs = source.numbers.get(edit.path, ())
        _set(state, edit, carried(records, source.records.get(edit.path, ())), theirs)
        old += records
        new += state.records.get(edit.path, ())
        told.rewritten += (replace(each, merged=True) for each in _rewritten(position, edit.path, numbers, theirs))
    told.changes += (replace(each, merged=True) for each in _changes(position, old, new))


def _apply(told: _Told, position: int, state: _State, edit: Edited, traces: Mapping[Version, Trace]) -> None:
    """Bring a document to its next version; one that cannot be read is taken to say what it said before."""
    trace = traces[edit.path, edit.after] if edit.after else Trace()
    was = state.records.get(edit.path, ())
    if trace.readable:
        _set(state, edit, carried(was, trace.records), trace.numbers)
    else:
        told.unread.append((position, edit.path))
        _set(state, edit, was, state.numbers.get(edit.path, ()))


def _set(state: _State, edit: Edited, records: tuple[Record, ...], numbers: tuple[Bound, ...]) -> None:
    """Put in what a document says; nothing is kept of what says nothing, however many such documents there are."""
    _put(state.documents, edit.path, edit.after)
    _put(state.records, edit.path, records)
    _put(state.numbers, edit.path, numbers)


def _put(held: dict[str, _Value], path: str, value: _Value) -> None:
    if value:
        held[path] = value
    else:
        held.pop(path, None)


def _changes(position: int, old: Sequence[Record], new: Sequence[Record]) -> Iterator[Change]:
    gone = {id(record) for record in old}
    come = {id(record) for record in new}
    pairs = paired((each for each in old if id(each) not in come), (each for each in new if id(each) not in gone))
    return (Change(position, before, after) for before, after in pairs if before != after)


def _rewritten(position: int, path: str, old: Sequence[Bound], new: Sequence[Bound]) -> Iterator[Rewritten]:
    for expression in dict.fromkeys(bound.expression for bound in (*old, *new)):
        pairs = zip_longest(*([bound for bound in side if bound.expression == expression] for side in (old, new)))
        for place, (before, after) in enumerate(pairs):
            if before != after:
                yield Rewritten(position, path, place, before, after)
