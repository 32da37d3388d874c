"""Which two statuses cannot both be true of one thing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from docsync.models.status import Status

_S = Status

CLASHES: Final[Mapping[frozenset[Status], str]] = {
    frozenset({_S.RESOLVED, _S.PENDING}): "what is done is no longer to be started",
    frozenset({_S.RESOLVED, _S.READY}): "what is done is no longer to be started",
    frozenset({_S.RESOLVED, _S.IN_PROGRESS}): "what is done is no longer being worked on",
    frozenset({_S.RESOLVED, _S.BLOCKED}): "what is done waits for nothing",
    frozenset({_S.RESOLVED, _S.DEFERRED}): "what is done cannot be put off",
    frozenset({_S.RESOLVED, _S.FAILED}): "what failed is not done",
    frozenset({_S.CANCELLED, _S.PENDING}): "what was given up is not waiting to be started",
    frozenset({_S.CANCELLED, _S.READY}): "what was given up is not waiting to be started",
    frozenset({_S.CANCELLED, _S.IN_PROGRESS}): "what was given up is not being worked on",
    frozenset({_S.CANCELLED, _S.BLOCKED}): "what was given up waits for nothing",
    frozenset({_S.BLOCKED, _S.IN_PROGRESS}): "what waits for something else is not being worked on",
    frozenset({_S.BLOCKED, _S.READY}): "what waits for something else cannot be started",
}
"""The pairs that contradict each other, with the reason.

Not listed, and so compatible: resolved and cancelled, since `closed` says either; pending beside ready, in progress,
blocked, deferred and failed, since `open` and `pending` are said of all that is not done; ready beside in progress, since
ready work is begun without notice; deferred and cancelled, deferred and blocked, deferred and in progress, since `on hold`
and `paused` say any of them; failed beside all that is not done, since failing work goes on.
"""

_AGAIN = re.compile(r"\bre-?(?:open|work|do(?:ne|ing)?\b|visit|gress)|\bagain\b", re.IGNORECASE)
_BUILT = re.compile(
    r"\bready (?:for|to) (?:the )?"
    r"(?:use|tests?|testing|qa|review|release|deploy|ship|merge|validation|production|integration|staging|"
    r"planning|research|discussion)",
    re.IGNORECASE,
)
_NOT_BEGUN = re.compile(r"\bnot (?:yet )?(?:been )?(?:started|begun)\b|\bto ?do\b|\bbacklog\b", re.IGNORECASE)


def clash(one: Status, other: Status, one_raw: str = "", other_raw: str = "") -> str:
    """Give the reason why two statuses contradict each other, empty where they can both be true.

    The words decide between pending and in progress: `not started` contradicts work in progress, `open` does not. What was
    reopened may be done and open by turns; what is ready for a test or a release was built before; and notes that were
    ready for planning are seldom touched again once the work is planned.
    """
    said = ((one, one_raw), (other, other_raw))
    if any(_AGAIN.search(raw) or (status is _S.READY and _BUILT.search(raw)) for status, raw in said):
        return ""
    if {one, other} == {_S.PENDING, _S.IN_PROGRESS} and _NOT_BEGUN.search(one_raw if one is _S.PENDING else other_raw):
        return "what is being worked on was started"
    return CLASHES.get(frozenset({one, other}), "")
