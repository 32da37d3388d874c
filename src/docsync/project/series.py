"""How numbers and records went from commit to commit: what `docsync history` shows of a history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from docsync.config.values import Config
from docsync.models.document import DocumentFacts
from docsync.models.history import Change, History
from docsync.models.records import Record
from docsync.project.build import join
from docsync.project.expressions import FactError, parse
from docsync.project.facts import Fact, evaluate
from docsync.project.history import Name, name_of
from docsync.project.progress import settled
from docsync.text.spans import LineIndex

_State = TypeVar("_State")
_NO_LINES: Final = LineIndex.of((0,), 0)
_NONE: Final = -1
"""In place of the position of a commit's parent."""
_HUNDRED: Final = Decimal(100)


class Reading(Struct, frozen=True):
    """Hold what a number came to at a commit, by its position; no value where it meant nothing then."""

    commit: int
    value: Decimal | None
    total: Decimal | None = None

    @property
    def percent(self) -> Decimal | None:
        """Give the share of the total in percent."""
        return _HUNDRED * self.value / self.total if self.total and self.value is not None else None

    @property
    def left(self) -> Decimal | None:
        """Give what is left to do of a total."""
        return self.total - self.value if self.total is not None and self.value is not None else None

    def says(self, other: Reading) -> bool:
        """Tell whether another reading came to the same."""
        return (self.value, self.total) == (other.value, other.total)


class Series(Struct, frozen=True):
    """Name a number, and give its readings where it changed."""

    name: str
    readings: tuple[Reading, ...]


class Known(Struct, frozen=True):
    """Hold the readings of a number in so many of the first commits of a history."""

    commits: int
    readings: tuple[Reading, ...]


class Lineage(Struct, frozen=True):
    """Hold all that became of one record, the oldest change first."""

    changes: tuple[Change, ...]

    @property
    def last(self) -> Change:
        """Give the last change."""
        return self.changes[-1]

    @property
    def lives(self) -> bool:
        """Tell whether the record is still there."""
        return self.last.after is not None


def by_commit(history: History) -> Mapping[int, Sequence[Change]]:
    """Give the changes of each commit that made any."""
    found: dict[int, list[Change]] = {}
    for change in history.changes:
        found.setdefault(change.commit, []).append(change)
    return found


def main_series(history: History, config: Config) -> tuple[Series, ...]:
    """Give, for each kind whose records have statuses, how many of how many are settled, wherever a commit changed either."""
    changes = by_commit(history)
    found: dict[str, list[Reading]] = {}
    nothing: Counter[tuple[str, bool]] = Counter()
    for position, counts in _replayed(history, partial(_counted, changes), nothing, Counter.copy):
        steps: Counter[tuple[str, bool]] = Counter()
        _counted(changes, position, steps)
        for kind in dict.fromkeys(kind for (kind, _), step in steps.items() if step):
            done = counts[kind, True]
            found.setdefault(kind, []).append(Reading(position, Decimal(done), Decimal(done + counts[kind, False])))
    names = ((config.kinds[kind].plural if kind in config.kinds else kind, readings) for kind, readings in found.items())
    return tuple(Series(name, tuple(readings)) for name, readings in sorted(names))


def fact_series(history: History, config: Config, expression: str, known: Known | None = None) -> Series:
    """Work out a fact expression wherever a commit changed it; raises FactError where it means nothing at any of them.

    What is `known` of the first commits is not worked out again.
    """
    parse(expression)
    first = known.commits if known else 0
    told = {reading.commit: reading for reading in known.readings} if known else {}
    changes = by_commit(history)
    readings: list[Reading] = []
    errors: list[FactError] = []
    latest = {_NONE: Reading(_NONE, None)}
    nothing: dict[str, DocumentFacts] = {}
    for position, state in _replayed(history, partial(_applied, changes), nothing, dict):
        before = latest[history.parents[position]]
        reading = told.get(position, before)
        if position >= first and (position in changes or position == 0):
            reading = _read(config, state, expression, position, errors)
        latest[position] = reading
        if not reading.says(before):
            readings.append(reading)
    if errors and all(reading.value is None for reading in readings):
        raise errors[-1]
    return Series(expression, tuple(readings))


def lineages(history: History) -> tuple[Lineage, ...]:
    """Follow each record through its moves; one that went and came back under its kind and id is the same."""
    found: list[list[Change]] = []
    places: dict[int, int] = {}
    gone: dict[Name, int] = {}
    for change in history.changes:
        if change.before is None:
            place = gone.pop(name_of(change.record), len(found))
        else:
            place = places.get(id(change.before), len(found))
        if place == len(found):
            found.append([])
        found[place].append(change)
        if change.after is None:
            gone[name_of(change.record)] = place
        else:
            places[id(change.after)] = place
    return tuple(Lineage(tuple(changes)) for changes in found)


def as_document(path: str, records: Sequence[Record]) -> DocumentFacts:
    """Give a document of a past commit as far as it is known: its records."""
    return DocumentFacts(path, "", "\n", _NO_LINES, records=tuple(records))


def _replayed(
    history: History, apply: Callable[[int, _State], None], nothing: _State, copy: Callable[[_State], _State]
) -> Iterator[tuple[int, _State]]:
    """Give what is the case after each commit, worked out from its parent's by `apply`; good until the next is asked for."""
    left = Counter(history.parents)
    states = {_NONE: nothing}
    for position, parent in enumerate(history.parents):
        left[parent] -= 1
        state = copy(states[parent]) if left[parent] else states.pop(parent)
        apply(position, state)
        states[position] = state
        yield position, state


def _read(
    config: Config, state: Mapping[str, DocumentFacts], expression: str, position: int, errors: list[FactError]
) -> Reading:
    try:
        fact: Fact = evaluate(join(config, state.values()), expression)
    except FactError as error:
        errors.append(error)
        return Reading(position, None)
    return Reading(position, fact.value, fact.total)


def _counted(changes: Mapping[int, Sequence[Change]], position: int, counts: Counter[tuple[str, bool]]) -> None:
    for change in changes.get(position, ()):
        for record, step in ((change.before, -1), (change.after, 1)):
            if record and record.status:
                counts[record.kind, settled(record)] += step


def _applied(changes: Mapping[int, Sequence[Change]], position: int, state: dict[str, DocumentFacts]) -> None:
    for change in changes.get(position, ()):
        before, after = change.before, change.after
        if before and after and before.path == after.path:
            _put(state, before.path, [after if each is before else each for each in _held(state, before.path)])
            continue
        if before:
            _put(state, before.path, [each for each in _held(state, before.path) if each is not before])
        if after:
            _put(state, after.path, [*_held(state, after.path), after])


def _held(state: Mapping[str, DocumentFacts], path: str) -> tuple[Record, ...]:
    return state[path].records if path in state else ()


def _put(state: dict[str, DocumentFacts], path: str, records: list[Record]) -> None:
    if records:
        state[path] = replace(state[path], records=tuple(records)) if path in state else as_document(path, records)
    else:
        state.pop(path, None)
