"""Which commit brought in which finding, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docsync.models.history import Broken
from docsync.models.records import Json
from docsync.reporters.history.events import SHORT
from docsync.reporters.tabular import Table
from docsync.text.spans import LineIndex

_NOW = "not committed"
_BEFORE = "older"
"""In place of a commit: it was there already in the oldest one of a shallow clone."""


def origins_table(code: str, broken: Iterable[Broken], lines: Mapping[str, LineIndex], *, exact: bool) -> Table:
    """Give a row for each finding, those that came first first, those that are not committed yet last."""
    ordered = sorted(broken, key=_age)
    rows = (
        (*_when(each, exact=exact), _place(each, lines), each.found.message, each.commit.subject if each.commit else "")
        for each in ordered
    )
    return Table(("date", "commit", "place", "finding", "subject"), tuple(rows), code)


def _age(broken: Broken) -> tuple[bool, bool, str]:
    return not broken.before, broken.commit is None, broken.commit.committed if broken.commit else ""


def _when(broken: Broken, *, exact: bool) -> tuple[Json, Json]:
    commit = broken.commit
    if commit:
        return (commit.authored, commit.name) if exact else (commit.day, commit.name[:SHORT])
    return "", _BEFORE if broken.before else _NOW


def _place(broken: Broken, lines: Mapping[str, LineIndex]) -> str:
    place = broken.found.place
    if place.path not in lines:
        return place.path
    at = lines[place.path].position(place.span.start)
    return f"{place.path}:{at.line}:{at.column}"
