"""Which word of an issue tracker stands for which of a record's, in either direction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from docsync.models.status import Status

OPEN: Final = "open"
CLOSED: Final = "closed"
BLOCKS: Final = "blocks"
PARENT: Final = "parent-child"
TASK: Final = "task"
EPIC: Final = "epic"
TOMBSTONE: Final = "tombstone"
"""The status of an issue that was deleted."""
CANCELLED: Final = "cancelled"
"""How the reason begins for which an issue was closed whose record was cancelled."""
KEPT: Final = "beads"
"""The key of front matter that keeps what an issue has and a record has no field for."""

ISSUE_STATUS: Final[Mapping[Status, str]] = {
    Status.PENDING: OPEN,
    Status.READY: OPEN,
    Status.IN_PROGRESS: "in_progress",
    Status.BLOCKED: "blocked",
    Status.RESOLVED: CLOSED,
    Status.DEFERRED: "deferred",
    Status.CANCELLED: CLOSED,
    Status.FAILED: OPEN,
}
_STATUS: Final[Mapping[str, Status]] = {
    OPEN: Status.PENDING,
    "in_progress": Status.IN_PROGRESS,
    "blocked": Status.BLOCKED,
    CLOSED: Status.RESOLVED,
    "deferred": Status.DEFERRED,
    "hooked": Status.IN_PROGRESS,
    "pinned": Status.PENDING,
}
_WORDS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("critical", "highest", "urgent", "blocker", "must", "now"), 0),
    **dict.fromkeys(("high", "major", "should"), 1),
    **dict.fromkeys(("medium", "normal", "middle", "default"), 2),
    **dict.fromkeys(("low", "minor", "could"), 3),
    **dict.fromkeys(("backlog", "lowest", "trivial", "someday", "later"), 4),
}
NORMAL: Final = 2
"""The priority of an issue that has none of its own."""
_LEVEL = re.compile(r"(?:p(?:rio(?:rity)?)?[ -]?)?([0-4])", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")
_ESTIMATE = re.compile(r"(?P<number>\d{1,4}(?:\.\d{1,2})?)\s?(?P<unit>m|min|minutes?|h|hours?|d|days?|w|weeks?)")
_MINUTES: Final = {"m": 1, "h": 60, "d": 480, "w": 2400}
"""How many minutes a unit has; a day has eight hours of work, a week five days."""
_DAY: Final = 10
"""How long the ISO text of a day is."""


def status_of(word: str, reason: str) -> Status | None:
    """Give the status that an issue's word and the reason for closing it mean; None for an unknown one."""
    if word == CLOSED and reason.casefold().startswith(CANCELLED):
        return Status.CANCELLED
    return _STATUS.get(word)


def level_of(priority: str) -> int:
    """Give the level from 0, the most urgent, to 4 that a priority in a project's own words means."""
    plain = priority.strip("*_` ")
    if found := _LEVEL.fullmatch(plain):
        return int(found[1])
    return next((_WORDS[word] for word in _WORD.findall(plain.casefold()) if word in _WORDS), NORMAL)


def priority_of(level: int) -> str:
    """Give a priority for a level."""
    return f"P{level}"


def minutes_of(estimate: str) -> int | None:
    """Give the minutes of an estimate such as `2d` or `3 hours`; None where it says anything else."""
    found = _ESTIMATE.fullmatch(estimate.strip().casefold())
    return round(float(found["number"]) * _MINUTES[found["unit"][0]]) if found else None


def estimate_of(minutes: int) -> str:
    """Give an estimate in the largest unit that says it in a whole number."""
    unit = next(unit for unit in ("w", "d", "h", "m") if minutes % _MINUTES[unit] == 0)
    return f"{minutes // _MINUTES[unit]}{unit}"


def moment_of(day: str) -> str:
    """Give the moment at which a day begins."""
    return f"{day}T00:00:00Z" if day else ""


def is_moment(text: str) -> bool:
    """Tell whether a text begins with a day."""
    try:
        date.fromisoformat(text[:_DAY])
    except ValueError:
        return False
    return True


def day_of(moment: str) -> str:
    """Give the day of a moment, as written."""
    return moment[:_DAY]
