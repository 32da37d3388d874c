"""Report a total that its parts, which stand near it, do not come to.

## What it does

Adds up what a number says that it is the sum of: the addends in brackets after it, the rows above a total row, the counts
in the headings or list items below a heading or lead-in, the items above a last item `Total`, the counts by state beside a
total.

## Why

A part is changed, added or dropped and the total is not; whoever reads only the total is misled.

## Example

```text
docs/STATE.md:12:15 DS205 says 82 tests; the 5 rows above it come to 103
```

## What to do

Add the parts up again. Where they are right, correct the total; where the total is right, look for a part that is missing.

## How precision is kept

Only counts of one noun in one unit are added, and every part must state its own, but for a few that may then add anything
up to the largest of the others. Subtotals, nested rows and indented lines are recognised, and any way of adding that comes to
the total is taken. Averages, rates, percentages of different wholes, running sums and shares that overlap are passed
over, as are marks out of ten, weighted tables and differences; `~`, `N+`, ranges and rounded decimals are allowed for.

Where much of a total is missing, where one part is larger than it, where addends beside it come to far more or less, or where
work may go side by side, the finding is only info. Several columns that are wrong in one total row are one finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from docsync.models.claims import Number
from docsync.models.diagnostics import Confirmation, Finding, Related, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.ties import Tie, TieKind
from docsync.project.index import Project
from docsync.validator.likeness import is_misread
from docsync.validator.wording import RELATED, plain

CODE = "DS205"
NAME = "sum-disagrees-with-parts"
SEVERITY = Severity.ERROR
KEEPS = False
ALONE = True

_PARTS: Final = {
    TieKind.ADDENDS: "addends beside it",
    TieKind.COLUMN: "rows above it",
    TieKind.CHILDREN: "parts",
    TieKind.SPLIT: "counts by state beside it",
}
_UNBOUNDED: Final = Decimal(10) ** 11


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the totals that their parts contradict, and confirm the others."""
    for document in project.documents.values():
        wrong: dict[tuple[TieKind, int], list[Tie]] = {}
        for tie in document.ties:
            if tie.kind not in _PARTS or not tie.scope.comparable:
                continue
            if tie.holds:
                yield Confirmation(document.path, (tie.span,))
            else:
                wrong.setdefault((tie.kind, document.lines.line(tie.span.start)), []).append(tie)
        for ties in wrong.values():
            yield _finding(document, ties)


def _finding(document: DocumentFacts, ties: Sequence[Tie]) -> Finding:
    first, *others = sorted(ties, key=lambda tie: not tie.sure)
    beside = tuple(document.related(tie.span, _said(tie)) for tie in others)
    return Finding(
        document.place(first.span),
        _said(first),
        (*beside, *_parts(document, first))[:RELATED],
        verdict=Verdict.CONTRADICTED,
        severity=None if any(tie.sure and not is_misread(tie) for tie in ties) else Severity.INFO,
        evidence=(*first.why, *_added(first)),
    )


def _added(tie: Tie) -> Iterator[str]:
    """Add the parts up for the reader, and say why they admit more than one sum."""
    known = [part.value for part in tie.parts if part.label]
    exact = sum(known, Decimal(0))
    yield f"{' + '.join(map(plain, known))} = {plain(exact)}"
    if tie.low != tie.high:
        yield f"what is vague, optional or without a number there makes that {_sum(tie)}"


def _said(tie: Tie) -> str:
    noun = f" {tie.noun}" if tie.kind is not TieKind.COLUMN and tie.noun else ""
    known = sum(1 for part in tie.parts if part.label)
    return f"says {_stated(tie)}{noun}; the {known} {_PARTS[tie.kind]} come to {_sum(tie)}"


def _parts(document: DocumentFacts, tie: Tie) -> Iterator[Related]:
    for part in tie.parts:
        if part.label:
            end = "" if part.high == part.value else "+" if part.high >= _UNBOUNDED else f"-{plain(part.high)}"
            yield document.related(part.span, f"{part.label[:60]}: {plain(part.value)}{end}")


def _stated(tie: Tie) -> str:
    number = tie.stated
    upper = "" if number.upper is None else f"-{_written(number.upper, number)}"
    return f"{'~' if number.approximate else ''}{_written(number.value, number)}{upper}{'+' if number.at_least else ''}"


def _written(value: Decimal, like: Number) -> str:
    """Write a number with as many decimals as another."""
    return plain(value) if like.places <= 1 else f"{value:.{like.places}f}".rstrip("0").rstrip(".")


def _sum(tie: Tie) -> str:
    low, high = _written(tie.low, tie.stated), _written(tie.high, tie.stated)
    if low == high:
        return low
    return f"{low} or more" if tie.high >= _UNBOUNDED else f"{low} to {high}"
