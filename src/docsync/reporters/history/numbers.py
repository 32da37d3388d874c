"""How numbers went from commit to commit, as a table for people and as rows for programs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from docsync.models.history import History
from docsync.models.records import Json
from docsync.project.series import Reading, Series
from docsync.reporters.history.amounts import percent, plain, remaining, spoken
from docsync.reporters.history.events import SHORT
from docsync.reporters.tabular import Table

_LONG = ("date", "commit", "number", "value", "total", "percent", "left", "subject")


def wide(history: History, series: Sequence[Series], chosen: Collection[int], *, burndown: bool = False) -> Table:
    """Give a row for each commit that changed any of the numbers, with all of them as they were then."""
    show: Callable[[Reading | None], str] = remaining if burndown else spoken
    names = tuple(f"{each.name} left" if burndown else each.name for each in series)
    latest: dict[str, Reading] = {}
    rows: list[tuple[Json, ...]] = []
    for position, changed in _by_commit(series):
        latest.update(changed)
        if position in chosen:
            commit = history.commits[position]
            cells = (show(latest.get(each.name)) for each in series)
            rows.append((commit.day, commit.name[:SHORT], *cells, commit.subject))
    return Table(("date", "commit", *names, "subject"), tuple(rows), right=frozenset(names))


def long(history: History, series: Sequence[Series], chosen: Collection[int]) -> Table:
    """Give a row for each change of each number, with whole dates and names of commits."""
    rows: list[tuple[Json, ...]] = []
    for position, changed in _by_commit(series):
        if position in chosen:
            commit = history.commits[position]
            rows += (
                (commit.authored, commit.name, name, *_values(reading), commit.subject) for name, reading in changed.items()
            )
    return Table(_LONG, tuple(rows))


def _values(reading: Reading) -> tuple[Json, ...]:
    return plain(reading.value), plain(reading.total), percent(reading), plain(reading.left)


def _by_commit(series: Sequence[Series]) -> list[tuple[int, dict[str, Reading]]]:
    found: dict[int, dict[str, Reading]] = {}
    for each in series:
        for reading in each.readings:
            found.setdefault(reading.commit, {})[each.name] = reading
    return sorted(found.items())
