"""Report a last, current or next session or phase that the document itself has passed.

## What it does

Compares `Last session`, `Current session`, `Next session` and the like with each other and with what the document tells of: the
highest session that some heading or item gives an account of.

## Why

Whoever takes over reads the key, and begins where the last one began.

## Example

```text
docs/STATE.md:48:3 DS411 the last session is said to be 1, but the document tells of session 2
```

## What to do

Move the key on.

## How precision is kept

Only keys with a plain number count, in living text; those of phases only near the top, since further down they may be of a part
of the work. A current session that comes right after the last one agrees with it. Accounts are those that say of which session
they are; plans for a session are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from docsync.models.claims import Scope
from docsync.models.diagnostics import Confirmation, Finding, Related, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.references import Position, When
from docsync.project.index import Project
from docsync.text.spans import Span

CODE = "DS411"
NAME = "session-behind"
SEVERITY = Severity.WARNING
KEEPS = False
ALONE = True

_SESSION = re.compile(r"session (\d{1,3})")
_DEEPEST = 2
_LABEL = "session"


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the keys that are behind, and confirm the others."""
    for document in project.documents.values():
        yield from _of_sessions(document, [position for position in document.positions if position.label == _LABEL])
        # Further down a phase may be that of a part of the work.
        top = [position for position in document.positions if len(position.scope.headings) <= _DEEPEST]
        yield from _of_currents(document, top)


def _of_sessions(document: DocumentFacts, found: Sequence[Position]) -> Iterator[Finding | Confirmation]:
    told = _told(document) if found else {}
    for position in found:
        latest = max(told, default=0)
        if latest and _is_behind(position, latest):
            said = f"the document tells of session {latest}"
            yield _finding(document, position, said, told[latest], _named(document, latest))
        elif latest:
            yield Confirmation(document.path, (position.span,))


def _is_behind(position: Position, latest: int) -> bool:
    """Tell whether a session of that number can no longer be the last, current or next one."""
    return int(position.number) <= latest if position.when is When.NEXT else int(position.number) < latest


def _of_currents(document: DocumentFacts, found: Sequence[Position]) -> Iterator[Finding]:
    """Compare keys of one label: two that are current, and a last or next one with the current."""
    for label in dict.fromkeys(position.label for position in found):
        mine = [position for position in found if position.label == label]
        current = max((each for each in mine if each.when is When.CURRENT), key=_number, default=None)
        if current:
            said = f"the current {label} is said to be {current.number}"
            behind = (position for position in mine if _contradicts(position, current))
            yield from (_finding(document, position, said, current.span) for position in behind)


def _contradicts(position: Position, current: Position) -> bool:
    number, now = _number(position), _number(current)
    if position.when is When.CURRENT:
        return number < now
    return number > now if position.when is When.LAST else number <= now


def _number(position: Position) -> int:
    return int(position.number)


def _told(document: DocumentFacts) -> Mapping[int, Span]:
    """Give the sessions that some part of a document is an account of, each with a place that is."""
    told: dict[int, Span] = {}
    for scope, span in _accounts(document):
        if found := _SESSION.fullmatch(scope.as_of):
            told.setdefault(int(found[1]), span)
    return told


def _accounts(document: DocumentFacts) -> Iterator[tuple[Scope, Span]]:
    for claims in (document.dates, document.quantities, document.mentions, document.checklists, document.references):
        yield from ((claim.scope, claim.span) for claim in claims)


def _named(document: DocumentFacts, latest: int) -> tuple[Span, ...]:
    """Give the keys that name the latest session or a later one."""
    return tuple(each.span for each in document.positions if each.label == _LABEL and _number(each) >= latest)


def _finding(document: DocumentFacts, position: Position, said: str, other: Span, more: Sequence[Span] = ()) -> Finding:
    what = f"the {position.when.value} {position.label} is said to be {position.number}"
    return Finding(
        document.place(position.span),
        f"{what}, but {said}",
        tuple(Related(document.place(span), said) for span in dict.fromkeys((other, *more))),
        verdict=Verdict.CONTRADICTED,
        help="move the key on",
        evidence=(
            f"line {document.lines.line(position.span.start)}: {what}",
            f"line {document.lines.line(other.start)}: {said}",
        ),
    )
