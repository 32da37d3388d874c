"""Report a fraction of criteria that disagrees with the ticked boxes.

## What it does

Compares `Gate 1: 8/14 criteria` or `3 of 5 requirements met` with the checkboxes of the gate, hole or task that the line,
the headings above it or the file name; and a fraction in a heading or list item with the checkboxes under it, when these
are as many as its total.

## Why

Whether a gate passes hangs on this number, and ticking a box does not change it.

## Example

```text
docs/STATE.md:8:11 DS204 says 8/14 criteria of G1 are met; 9 of 14 are
```

## What to do

Run `docsync regenerate` to rewrite the digits, or tick the box that was forgotten.

## How precision is kept

Dropped criteria (struck through, `[~]`) count as neither. A total that differs from the number of boxes is reported only when
the line itself names both the criteria and whose they are; else the fraction may count something else. Goals, changes and
history are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docsync.models.claims import Number, Quantity
from docsync.models.diagnostics import Confirmation, Finding, Safety, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.project.derived import derived, flat
from docsync.project.following import where
from docsync.project.index import Project
from docsync.project.speaking import called
from docsync.validator.claims import living_quantities
from docsync.validator.counting import written
from docsync.validator.digits import Expected, correction, mismatches
from docsync.validator.readings import OPEN, state_of
from docsync.validator.scoping import Claim
from docsync.validator.ticking import Boxes, Ticked
from docsync.validator.wording import verb

CODE = "DS204"
NAME = "criteria-count-disagrees"
SEVERITY = Severity.ERROR
KEEPS = True


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the fractions that the boxes contradict, and confirm the others."""
    return flat(by_document, project)


@where
def _counting(document: DocumentFacts) -> bool:
    return any(_fractions(document))


@derived(_counting, called)
def by_document(project: Project, document: DocumentFacts) -> tuple[Finding | Confirmation, ...]:
    """Give those of one document."""
    found: list[Finding | Confirmation] = []
    boxes, holding = Boxes(document), []
    for quantity, total in _fractions(document):
        claim = Claim(project, document, quantity)
        counted = boxes.counted(claim)
        if counted is None or (total.value != counted.total and not counted.sure):
            continue
        if mismatches(quantity, _expected(claim, counted)):
            found.append(_finding(claim, counted))
        else:
            holding.append(quantity.span)
    return (*found, Confirmation(document.path, tuple(holding))) if holding else tuple(found)


def _fractions(document: DocumentFacts) -> Iterator[tuple[Quantity, Number]]:
    """Give the fractions of a document that state what is, each with its total."""
    for quantity in living_quantities(document):
        if quantity.count and quantity.total and not quantity.aim:
            yield quantity, quantity.total


def _expected(claim: Claim, boxes: Ticked) -> Expected:
    count = boxes.total - boxes.met if _counts_open(claim) else boxes.met
    return Expected(Decimal(count), Decimal(boxes.total), Decimal(100 * count) / boxes.total)


def _counts_open(claim: Claim) -> bool:
    return state_of(claim.quantity.state, claim.project.config.words) == OPEN


def _finding(claim: Claim, boxes: Ticked) -> Finding:
    quantity: Quantity = claim.quantity
    expected = _expected(claim, boxes)
    state = "open" if _counts_open(claim) else "met"
    agrees = quantity.total is not None and quantity.total.value == boxes.total
    safety = Safety.SAFE if boxes.sure and agrees else Safety.UNSAFE
    return Finding(
        claim.document.place(quantity.span),
        f"says {written(quantity)} criteria of {boxes.owner} are {state}; "
        f"{expected.count} of {expected.total} {verb(int(expected.count or 0))}",
        boxes.related(claim.document),
        correction(claim.document.path, quantity, mismatches(quantity, expected), safety),
        Verdict.CONTRADICTED,
        evidence=(
            f"{boxes.met} of the {boxes.total} boxes of {boxes.owner} are ticked; dropped ones count as neither",
            f"the text {'names both the criteria and whose they are' if boxes.sure else 'and the boxes have the same total'}",
        ),
    )
