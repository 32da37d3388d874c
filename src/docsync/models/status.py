"""What a status is: its vocabulary, the words and signs that stand for it, and the legal transitions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """Name the state of a hole, phase, gate, task or anything else that is worked on."""

    PENDING = "pending"
    READY = "ready"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    RESOLVED = "resolved"
    DEFERRED = "deferred"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def is_open(self) -> bool:
        """Tell whether work remains: pending, ready, in progress, blocked or failed."""
        return self in _OPEN

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing more is expected: resolved or cancelled."""
        return self in (Status.RESOLVED, Status.CANCELLED)


_OPEN: Final = frozenset({Status.PENDING, Status.READY, Status.IN_PROGRESS, Status.BLOCKED, Status.FAILED})

WORDS: Final[Mapping[str, Status]] = {
    "pending": Status.PENDING,
    "not started": Status.PENDING,
    "not yet started": Status.PENDING,
    "todo": Status.PENDING,
    "to do": Status.PENDING,
    "open": Status.PENDING,
    "planned": Status.PENDING,
    "proposed": Status.PENDING,
    "draft": Status.PENDING,
    "backlog": Status.PENDING,
    "queued": Status.PENDING,
    "upcoming": Status.PENDING,
    "ready": Status.READY,
    "unblocked": Status.READY,
    "ready to start": Status.READY,
    "in progress": Status.IN_PROGRESS,
    "in-progress": Status.IN_PROGRESS,
    "inprogress": Status.IN_PROGRESS,
    "active": Status.IN_PROGRESS,
    "ongoing": Status.IN_PROGRESS,
    "started": Status.IN_PROGRESS,
    "wip": Status.IN_PROGRESS,
    "doing": Status.IN_PROGRESS,
    "underway": Status.IN_PROGRESS,
    "partial": Status.IN_PROGRESS,
    "partially complete": Status.IN_PROGRESS,
    "validating": Status.IN_PROGRESS,
    "in review": Status.IN_PROGRESS,
    "blocked": Status.BLOCKED,
    "waiting": Status.BLOCKED,
    "on hold": Status.BLOCKED,
    "locked": Status.BLOCKED,
    "resolved": Status.RESOLVED,
    "complete": Status.RESOLVED,
    "completed": Status.RESOLVED,
    "done": Status.RESOLVED,
    "passed": Status.RESOLVED,
    "closed": Status.RESOLVED,
    "finished": Status.RESOLVED,
    "implemented": Status.RESOLVED,
    "shipped": Status.RESOLVED,
    "delivered": Status.RESOLVED,
    "merged": Status.RESOLVED,
    "fixed": Status.RESOLVED,
    "accepted": Status.RESOLVED,
    "achieved": Status.RESOLVED,
    "deferred": Status.DEFERRED,
    "postponed": Status.DEFERRED,
    "paused": Status.DEFERRED,
    "cancelled": Status.CANCELLED,
    "canceled": Status.CANCELLED,
    "dropped": Status.CANCELLED,
    "wontfix": Status.CANCELLED,
    "won't fix": Status.CANCELLED,
    "superseded": Status.CANCELLED,
    "obsolete": Status.CANCELLED,
    "skipped": Status.CANCELLED,
    "failed": Status.FAILED,
    "failing": Status.FAILED,
    "rejected": Status.FAILED,
}
"""The words of real planning documents, lower-case, each with the status it stands for."""

EMOJI: Final[Mapping[str, Status]] = {
    "✅": Status.RESOLVED,
    "✔": Status.RESOLVED,
    "✓": Status.RESOLVED,
    "☑": Status.RESOLVED,
    "🟢": Status.RESOLVED,
    "❌": Status.FAILED,
    "✗": Status.FAILED,
    "✘": Status.FAILED,
    "⏳": Status.PENDING,
    "⬜": Status.PENDING,
    "🔜": Status.PENDING,
    "☐": Status.PENDING,
    "🔄": Status.IN_PROGRESS,
    "🟡": Status.IN_PROGRESS,
    "🚧": Status.IN_PROGRESS,
    "⏸": Status.DEFERRED,
    "⏭": Status.DEFERRED,
    "🔒": Status.BLOCKED,
    "🔴": Status.BLOCKED,
}
"""The signs of real planning documents. A word beside a sign wins over it: a tick is often only a bullet."""

SIGNS: Final[Mapping[Status, str]] = {
    Status.PENDING: "⏳",
    Status.READY: "🟢",
    Status.IN_PROGRESS: "🔄",
    Status.BLOCKED: "🔒",
    Status.RESOLVED: "✅",
    Status.DEFERRED: "⏸",
    Status.CANCELLED: "🚫",
    Status.FAILED: "❌",
}
"""The sign that a generated table shows beside each status."""

TRANSITIONS: Final[Mapping[Status, frozenset[Status]]] = {
    Status.PENDING: frozenset({Status.READY, Status.IN_PROGRESS, Status.BLOCKED, Status.DEFERRED, Status.CANCELLED}),
    Status.READY: frozenset(
        {Status.PENDING, Status.IN_PROGRESS, Status.BLOCKED, Status.RESOLVED, Status.DEFERRED, Status.CANCELLED}
    ),
    Status.IN_PROGRESS: frozenset(
        {Status.READY, Status.BLOCKED, Status.RESOLVED, Status.DEFERRED, Status.CANCELLED, Status.FAILED}
    ),
    Status.BLOCKED: frozenset({Status.PENDING, Status.READY, Status.IN_PROGRESS, Status.DEFERRED, Status.CANCELLED}),
    Status.RESOLVED: frozenset({Status.IN_PROGRESS, Status.FAILED}),
    Status.DEFERRED: frozenset({Status.PENDING, Status.READY, Status.IN_PROGRESS, Status.CANCELLED}),
    Status.CANCELLED: frozenset({Status.PENDING}),
    Status.FAILED: frozenset({Status.READY, Status.IN_PROGRESS, Status.DEFERRED, Status.CANCELLED}),
}
"""Which status may follow which; resolved work may only be reopened, never made pending."""

_DECORATION = re.compile(r"[*_`~\[\]()!.:,;🎉✨]|\ufe0f")
_LEAD = re.compile(r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,2}")


def may_follow(before: Status, after: Status) -> bool:
    """Tell whether a record may go from one status to another; staying is always legal."""
    return before == after or after in TRANSITIONS[before]


def parse_status(text: str, words: Mapping[str, Status] = WORDS, emoji: Mapping[str, Status] = EMOJI) -> Status | None:
    """Read a whole status value such as `✅ Complete`, `in_progress` or `🔒`; None when it is no status.

    The value's first words decide, longest match first, so `Blocked by H6` is blocked and `Ready to start` is ready; a
    sign decides only where no word does.
    """
    plain = _DECORATION.sub(" ", text.replace("_", " ")).strip().lower()
    plain = " ".join(plain.split())
    if lead := _LEAD.search(plain):
        parts = lead[0].split()
        for count in range(len(parts), 0, -1):
            if found := words.get(" ".join(parts[:count])):
                return found
        return None
    return next((emoji[sign] for sign in plain if sign in emoji), None)
