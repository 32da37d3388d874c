"""Report a status that contradicts the share of the work beside it.

## What it does

Compares, in a row with a status and a progress column, and in a list whose signs go with percentages, the status with the
percentage or the fraction: what is complete must be at 100% or `3/3`, and what was not begun at nothing.

## Why

A reader trusts whichever of the two is seen first, and plans on finished work that is not.

## Example

```text
docs/STATE.md:14:31 DS303 Quay wall is marked as complete, but stands at 95%
```

## What to do

Correct the one that is wrong; say what is left when the rest will not be done.

## How precision is kept

Only words that say all is done (`complete`, `done`, `finished`) or that nothing is (`not started`) are compared, never
`ready` or `active`. In a list signs count only where done items mostly have 100% and all others have less. Percentages with
`~` or `+`, of coverage or any other measure, fractions with a remark (`2/3, one put off`), and text about the past or to be
filled in are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.standings import Standing
from docsync.models.status import Status
from docsync.project.index import Project

CODE = "DS303"
NAME = "status-disagrees-with-share"
SEVERITY = Severity.WARNING
KEEPS = False
ALONE = True

_ALL = re.compile(r"[^\w]*(?:(?:fully|all)\s)?(?:complete|completed|done|finished)[^\w]*(?:\([^()]*\))?", re.IGNORECASE)
_NONE = re.compile(r"[^\w]*(?:not (?:yet )?started|todo|to do|not begun)[^\w]*", re.IGNORECASE)
_WHOLE = 100


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the statuses that their shares contradict, and confirm those that agree."""
    for document in project.documents.values():
        for standing in document.standings:
            if standing.share is None or standing.share_span is None or not standing.scope.comparable:
                continue
            if reason := _contradicts(standing):
                yield Finding(
                    document.place(standing.span),
                    f"{standing.name} {reason}",
                    (document.related(standing.share_span, f"{standing.share_raw} here"),),
                    verdict=Verdict.CONTRADICTED,
                    evidence=tuple(_evidence(standing)),
                )
            elif standing.share == _WHOLE and standing.status is Status.RESOLVED:
                yield Confirmation(document.path, (standing.span,))


def _contradicts(standing: Standing) -> str:
    sign = not any(map(str.isalpha, standing.raw))
    share = standing.share or 0
    if standing.status is Status.RESOLVED and share < _WHOLE and (sign or _ALL.fullmatch(standing.raw)):
        return f"is marked as complete, but stands at {standing.share_raw}"
    if standing.status is Status.PENDING and share > 0 and _NONE.fullmatch(standing.raw):
        return f"is marked as not started, but stands at {standing.share_raw}"
    return ""


def _evidence(standing: Standing) -> Iterator[str]:
    """Say what puts the status and the percentage together."""
    if standing.listed:
        yield f"one item has both: `{standing.raw}` before its name, {standing.share_raw} behind it"
        yield f"signs go with percentages in this list: done items mostly have {_WHOLE}%, and all others have less"
    else:
        yield f"one row has both: `{standing.raw.strip()}` in its status column, {standing.share_raw} in its column of progress"
