"""Whether a report is older than the sources that it speaks of.

What is certain is that a file whose modification time is not later was not changed since. In a fresh clone, though, all
files are as young as the clone: so where one is later, git tells whether it holds what it held at the last commit, and
whether a commit after the report changed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

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


@dataclass(frozen=True, slots=True)
class Dated:
    """Hold a report's path, the seconds since 1970 at which it was made, and its bytes, which tell whether git holds it."""

    path: str
    moment: float
    raw: bytes


def made(modified: float, moments: Moments) -> float:
    """Give the time at which a report was made: by its own word, where it was copied since, else by its file's."""
    stated = [moment for moment in (moments.utc, moments.local) if 0 < moment <= modified + _SLACK]
    return min(modified, max(stated, default=modified))


def sources_of(patterns: Sequence[str], present: Iterable[str]) -> tuple[str, ...]:
    """Give the files that reports speak of, among all that a walk saw."""
    if patterns:
        globs = compile_globs(patterns)
        return tuple(path for path in sorted(present) if globs.covers(path))
    return tuple(path for path in sorted(present) if path.rpartition(".")[2].lower() in _CODE)


def outdated_by(looking: Looking, commits: Commits | None, reports: Sequence[Dated], sources: Iterable[str]) -> str:
    """Give a source that was changed after the oldest of some reports was made; empty where none was."""
    moment = min(report.moment for report in reports)
    later = _later(looking, moment, (path for path in sources if path not in {report.path for report in reports}))
    if not later or commits is None:
        return later[0] if later else ""
    for path in commits.files():
        looking.remember(path)
    changed = commits.changed_since(min(max(report.moment + _SLACK, _committed(commits, report)) for report in reports))
    return next((path for path in later if path in changed or not _is_committed(looking, commits, path)), "")


def _later(looking: Looking, moment: float, sources: Iterable[str]) -> list[str]:
    limit = int((moment + _SLACK) * _NANO)
    return [path for path in sources if looking.is_newer(path, limit)]


def _committed(commits: Commits, report: Dated) -> float:
    """Give the time at which a report was committed as it is; what was committed with it was there when it was."""
    return commits.last_change(report.path) if commits.holds(report.path, report.raw) else 0.0


def _is_committed(looking: Looking, commits: Commits, path: str) -> bool:
    try:
        return commits.holds(path, looking.read(path)[1])
    except Unreadable:
        return False
