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

_SPELLED: Final[Mapping[Status, str]] = {
    Status.PENDING: (
        "pending, not started, not yet started, not begun, unstarted, todo, to do, open, planned, proposed, "
        "proposal, draft, backlog, queued, scheduled, upcoming, unresolved, unmet, not met, not done, not "
        "complete, not implemented, tbd"
    ),
    Status.READY: "ready, unblocked, ready to start, ready to begin",
    Status.IN_PROGRESS: (
        "in progress, inprogress, in work, active, ongoing, started, wip, work in progress, doing, underway, under "
        "way, partial, partially complete, partially completed, partially done, partially implemented, partially "
        "resolved, mostly complete, mostly done, nearly complete, nearly done, almost complete, almost done, "
        "incomplete, not yet complete, validating, in review, under review, ready for review, awaiting review, in "
        "development, under development, under construction, in testing, reopened"
    ),
    Status.BLOCKED: "blocked, waiting, on hold, locked, stalled, stuck",
    Status.RESOLVED: (
        "resolved, complete, completed, fully complete, all complete, done, all done, passed, pass, passes, all "
        "pass, all passed, met, all met, fully met, satisfied, verified, validated, closed, finished, implemented, "
        "fully implemented, shipped, delivered, released, deployed, merged, fixed, accepted, achieved, exceeded, "
        "success, successful, production ready, ready for production"
    ),
    Status.DEFERRED: "deferred, postponed, paused, parked, shelved",
    Status.CANCELLED: (
        "cancelled, canceled, dropped, abandoned, withdrawn, wontfix, won't fix, superseded, obsolete, deprecated, "
        "skipped, rejected, not needed, not required, no longer needed"
    ),
    Status.FAILED: "failed, fail, fails, failing, broken",
}

WORDS: Final[Mapping[str, Status]] = {word: status for status, words in _SPELLED.items() for word in words.split(", ")}
"""The words of real planning documents, as `word_key` gives them, each with the status it stands for."""

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
    "📋": Status.PENDING,
    "⚪": Status.PENDING,
    "🔓": Status.READY,
    "🏗": Status.IN_PROGRESS,
    "▶": Status.IN_PROGRESS,
    "✖": Status.FAILED,
    "🚫": Status.CANCELLED,
    "⛔": Status.BLOCKED,
    "🔒": Status.BLOCKED,
    "🔴": Status.BLOCKED,
}
"""The signs of real planning documents. A word beside a sign wins over it: a tick is often only a bullet."""

SIGNS: Final[Mapping[Status, str]] = {
    Status.PENDING: "⏳",
    Status.READY: "🔓",
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

MAX_WORDS: Final = 4
"""So many words at most stand for a status."""

_DECORATION = re.compile(r"[*_`~()!:,;🎉✨]|\ufe0f|\.(?!\d)")
_REMARK = re.compile(r"\([^()]*\)")
_BOX = re.compile(r"\A(?:[-+] )?\[(?P<mark>[ xX])\]")
_WORD: Final = r"[^\W\d_][\w'’]*"
_LEAD = re.compile(rf"{_WORD}(?:[ -]{_WORD}){{0,{MAX_WORDS - 1}}}")
_KEY = re.compile(rf"{_WORD}(?: {_WORD}){{0,{MAX_WORDS - 1}}}")
_SHARE = re.compile(r"[^\w]*(?P<part>\d{1,6})(?:\.\d{1,3})?\s?(?:%|(?:/|of)\s?(?P<whole>\d{1,6}))(?![\w%])")


def word_key(text: str) -> str:
    """Give a status word as `WORDS` spells it: small letters, one space between words; empty when it is no such word."""
    plain = " ".join(text.casefold().replace("’", "'").replace("_", " ").replace("-", " ").split())
    return plain if _KEY.fullmatch(plain) else ""


def may_follow(before: Status, after: Status) -> bool:
    """Tell whether a record may go from one status to another; staying is always legal."""
    return before == after or after in TRANSITIONS[before]


def parse_status(text: str, words: Mapping[str, Status] = WORDS, emoji: Mapping[str, Status] = EMOJI) -> Status | None:
    """Read a whole status value such as `✅ Complete`, `in_progress` or `🔒`; None when it is no status.

    The value's first words decide, longest match first, so `Blocked by H6` is blocked and `Ready to start` is ready; what
    stands in brackets is a remark. A share before the word counts: `80% complete` is in progress. A sign or a checkbox
    decides only where there is no word.
    """
    plain = _plain(_REMARK.sub(" ", text)) or _plain(text)
    share = _SHARE.match(plain)
    rest = _BOX.sub("", plain[share.end() :] if share else plain)
    if lead := _LEAD.search(rest):
        return _weighed(_of_words(lead[0], words), share)
    if box := _BOX.match(plain):
        return Status.PENDING if box["mark"] == " " else Status.RESOLVED
    return next((emoji[sign] for sign in plain if sign in emoji), None)


def _plain(text: str) -> str:
    return " ".join(_DECORATION.sub(" ", text).split())


def _of_words(lead: str, words: Mapping[str, Status]) -> Status | None:
    parts = word_key(lead).split()
    return next((found for count in range(len(parts), 0, -1) if (found := words.get(" ".join(parts[:count])))), None)


def _weighed(status: Status | None, share: re.Match[str] | None) -> Status | None:
    """Take the share that stands before a word for completion into account: some of it done is not all of it done."""
    if status != Status.RESOLVED or share is None:
        return status
    part, whole = int(share["part"]), int(share["whole"] or 100)
    if part == 0 < whole:
        return Status.PENDING
    return Status.RESOLVED if part >= whole else Status.IN_PROGRESS
