"""Report a percentage that does not follow from the counts near it.

## What it does

Compares a percentage with two counts that stand apart from it: the count and the total in the same table row, the count
that it follows and the total a line above, or the bar that is drawn before it; and an overall percentage with those of the
parts that are listed with it.

## Why

Counts are updated one by one; the percentage that follows from two of them is the one that is forgotten.

## Example

```text
docs/STATE.md:14:11 DS207 says 63%; 92 of 217 is 42.4%
```

## What to do

Work the share out again, or find out which of the counts is the old one.

## How precision is kept

The columns of a table must be named for what is done, for all there are and for their share, one each, and two thirds of the
rows must hold. A share may be of the total, of all counted states, or of what was not skipped; it may be rounded or cut off. A
bar is as exact as one of its signs, and without an empty sign it shows no share. That everything is done is contradicted by a
part in the same list that is not, unless a remark puts it off; any other overall percentage outside the range of its parts is
information only, since not all parts need be listed. What misses by less than one point is information only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.ties import Tie, TieKind
from docsync.project.index import Project
from docsync.validator.near_shares import gravity
from docsync.validator.wording import RELATED, listing, plain

CODE = "DS207"
NAME = "share-disagrees-with-counts"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the percentages that counts near them contradict, and confirm the others."""
    for document in project.documents.values():
        for tie in document.ties:
            if tie.kind in _KINDS and tie.scope.comparable:
                yield Confirmation(document.path, (tie.span,)) if tie.holds else _KINDS[tie.kind](document, tie)


def _of_counts(document: DocumentFacts, tie: Tie) -> Finding:
    count, total = tie.parts
    share = f"{plain(count.value)} of {plain(total.value)} is {plain((tie.low + tie.high) / 2)}%"
    return Finding(
        document.place(tie.span),
        f"says {plain(tie.stated.value)}%; {share}",
        tuple(document.related(part.span, f"{part.label}: {plain(part.value)}") for part in tie.parts),
        verdict=Verdict.CONTRADICTED,
        severity=gravity(tie.stated, tie.low) if tie.sure else Severity.INFO,
        evidence=(*tie.why, share),
    )


def _of_parts(document: DocumentFacts, tie: Tie) -> Finding:
    """Report an overall percentage that all its parts are below, or above, or that one is below where all should be done."""
    stated = plain(tie.stated.value)
    off = [part for part in tie.parts if part.value != tie.stated.value]
    named = listing(f"{part.label} at {plain(part.value)}%" for part in off)
    return Finding(
        document.place(tie.span),
        f"says {stated}% overall, with {named}",
        tuple(document.related(part.span, f"{part.label}: {plain(part.value)}%") for part in off[:RELATED]),
        verdict=Verdict.CONTRADICTED if tie.sure else None,
        severity=None if tie.sure else Severity.INFO,
        evidence=(*tie.why, "a share of everything lies between those of its parts"),
    )


_KINDS: Final[Mapping[TieKind, Callable[[DocumentFacts, Tie], Finding]]] = {
    TieKind.SHARE: _of_counts,
    TieKind.OVERALL: _of_parts,
}
