"""Report a commit that let the number of resolved records fall, with nothing that says why.

## What it does

With `docsync check --history`, goes through the commits along first parents and counts the resolved records of each kind.
Where that count fell from one commit to the next, it reports the records that did it, if they are still open or gone and
nothing says why.

## Why

A number that only ever rises is one that people rely on. When it falls, something was learned or something was lost; the next
reader cannot tell which, and the report of last week is wrong without anybody having said so.

## Example

```text
h/H6.md:5:9 DS313 the resolved holes fell from 7 to 6 in 1f3c5e7a90 (2026-05-02): H6 is pending again, and nothing says why
```

## What to do

Give the reason in a field `reopened`, `reason` or `note` of the record, in brackets behind its status, or in a decision or
session that names it; a later commit may do so, too. Or put the status back.

## How precision is kept

Only records count, each known by its kind and id wherever its home was. A record that came back to resolved, or was
cancelled, is not reported, and one of several falls only the last. Of what is gone nothing is said where its document is
gone, too. Decisions, sessions, metrics and propagations are no measure of work. A document that could not be read at some
commit counts as it was before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docsync.models.diagnostics import Confirmation, Finding, Place, Related, Severity
from docsync.project.index import Project
from docsync.text.spans import Span
from docsync.validator.wording import listing, named, said

if TYPE_CHECKING:
    from docsync.models.history import Change
    from docsync.project.past import Kin
    from docsync.validator.falls import Fall

CODE = "DS313"
NAME = "resolved-count-falls"
SEVERITY = Severity.WARNING
KEEPS = False

_SHORT = 10
_START = Span(0, 0)


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the commits that let a count fall, each at the first record that did it."""
    if project.history is None:
        return
    from docsync.validator.falls import unexplained  # noqa: PLC0415  # a check without a history need not load it

    for fall in unexplained(project):
        places = [(place, kin, change) for kin, change in fall.kin if (place := _place(project, kin, change))]
        if places:
            first, *others = places
            related = tuple(Related(place, _became(kin, change)) for place, kin, change in others)
            help_ = "say why in a field `reopened` or in a decision that names it, or put the status back"
            yield Finding(first[0], _message(project, fall), related, help=help_)


def _place(project: Project, kin: Kin, change: Change) -> Place | None:
    """Give where the record's status is, or, where the record is gone, the document that it was in."""
    if kin.today:
        return kin.today.place_of("status")
    path = change.before.path if change.before else ""
    return Place(path, _START) if path in project.documents else None


def _message(project: Project, fall: Fall) -> str:
    spec = project.config.kinds.get(fall.kind)
    commit = project.history.commits[fall.commit] if project.history else None
    when = f"{commit.name[:_SHORT]} ({commit.day})" if commit else ""
    became = listing(_became(kin, change) for kin, change in fall.kin)
    plural = spec.plural if spec else fall.kind
    return f"the resolved {plural} fell from {fall.before} to {fall.after} in {when}: {became}, and nothing says why"


def _became(kin: Kin, change: Change) -> str:
    name = named(change.record)
    return f"{name} is {said(kin.today.status)} again" if kin.today and kin.today.status else f"{name} is gone"
