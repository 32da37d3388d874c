"""Whether a report is older than the sources that it speaks of.

What is certain is that a file whose modification time is not later was not changed since. In a fresh clone, though, all
files are as young as the clone: so where one is later, git tells whether it holds what it held at the last commit, and
whether a commit after the report changed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from docsync.engine.reports.commits import Commits
from docsync.engine.reports.looking import Looking
from docsync.engine.reports.markup import Unreadable
from docsync.models.reports import Moments
from docsync.text.globs import compile_globs

_SLACK: Final = 2.0
"""Seconds that clocks, and times cut off at the second, may differ by."""
_NANO: Final = 1_000_000_000
_CODE: Final = frozenset(
    re.findall(
        r"\w+",
        "c cc cpp cs cxx dart ex exs f90 go h hpp hs java jl js jsx kt kts lua m mjs ml mm php pl py pyi pyx r rb rs "
        "scala sh sql svelte swift ts tsx vue zig",
    )
)


class Dated(Struct, frozen=True):
    """Hold a report's path, the seconds since 1970 at which it was made, and those up to which a source is not newer."""

    path: str
    moment: float
    limit: float


def dated(path: str, raw: bytes, modified: float, moments: Moments, commits: Commits | None) -> Dated:
    """Tell when a report was made: by its own word where it was copied since, else by its file, or the commit that holds it.

    In a fresh clone the file of a report that is committed is as young as the clone. What was committed with a report was there
    when it was made.
    """
    stated = [moment for moment in (moments.utc, moments.local) if 0 < moment <= modified + _SLACK]
    made = min(modified, max(stated, default=modified))
    committed = commits.last_change(path) if commits and commits.holds(path, raw) else 0.0
    if not committed:
        return Dated(path, made, made + _SLACK)
    return Dated(path, min(made, committed), committed)


def sources_of(patterns: Sequence[str], present: Iterable[str]) -> tuple[str, ...]:
    """Give the files that reports speak of, among all that a walk saw."""
    if patterns:
        globs = compile_globs(patterns)
        return tuple(path for path in sorted(present) if globs.covers(path))
    return tuple(path for path in sorted(present) if path.rpartition(".")[2].lower() in _CODE)


def outdated_by(looking: Looking, commits: Commits | None, reports: Sequence[Dated], sources: Iterable[str]) -> str:
    """Give a source that was changed after the oldest of some reports was made; empty where none was."""
    own = {report.path for report in reports}
    limit = min(report.limit for report in reports)
    later = [path for path in sources if path not in own and looking.is_newer(path, int(limit * _NANO))]
    if not later or commits is None:
        return later[0] if later else ""
    changed = commits.changed_since(limit)
    return next((path for path in later if path in changed or not _is_committed(looking, commits, path)), "")


def _is_committed(looking: Looking, commits: Commits, path: str) -> bool:
    try:
        return commits.holds(path, looking.read(path)[1])
    except Unreadable:
        return False
