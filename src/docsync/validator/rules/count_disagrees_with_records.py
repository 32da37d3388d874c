"""Report a number that disagrees with the records it counts.

## What it does

Compares a count, a fraction or a percentage that a document states about now with the records of the project:
`5/19 holes resolved`, `Total holes: 19`, `4 tasks blocked in phase 2`. The noun gives the kind of record, the state word
what is counted, and the line, the headings above it or the file give the phase or workstream. Where a claim lists the
records that it counts, those are looked up one by one.

## Why

Numbers are written by hand in five places and updated in three. They are what most readers look at first, and what drifts
first.

## Example

```text
docs/STATE.md:12:15 DS201 says 5/19 holes resolved; 7 are: H1, H2, H6, H9, H10, H11 and H14
```

## What to do

Run `docsync regenerate`: it rewrites the digits, and the percentage beside them, when the sentence names kind, state and
scope. Else correct the number, or bind it to an expression by a claim comment, so that it stays true.

## How precision is kept

A number is compared only when noun, state and scope leave no doubt, or when the total beside it is exactly the number of
records. Goals and estimates, changes (`4 → 6`), history, parts of a whole (`3 interface holes`) and sentences about what may
be are passed over. It is wrong only when no usual way to count fits: a total may leave out what was cancelled or put off,
`pending` may mean all that is not begun, and percentages may be rounded or cut off. A fraction whose words leave a doubt
whether it counts all is a note, where nothing around it names a part, and neither all records nor any part of them has
its total.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.claims import Quantity
from docsync.models.diagnostics import Confirmation, Finding, Severity
from docsync.models.document import DocumentFacts
from docsync.project.derived import derived, documents, flat
from docsync.project.index import Project
from docsync.project.speaking import called
from docsync.validator.claims import living_quantities
from docsync.validator.counting import compare
from docsync.validator.listed import compare_listed
from docsync.validator.scoping import Claim
from docsync.validator.subjects import subject_of
from docsync.validator.unlike import unlike
from docsync.validator.vocabulary import is_fact, nouns

CODE = "DS201"
NAME = "count-disagrees-with-records"
SEVERITY = Severity.ERROR
KEEPS = True


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the numbers that no way of counting the records gives, and confirm the others."""
    return flat(by_document, project)


@derived(documents, called)
def by_document(project: Project, document: DocumentFacts) -> tuple[Finding | Confirmation, ...]:
    """Give those of one document."""
    if not project.records:
        return ()
    counting = (quantity for quantity in living_quantities(document) if _may_count(project, quantity) and is_fact(quantity))
    return tuple(result for quantity in counting for result in _checked(Claim(project, document, quantity)))


def _may_count(project: Project, quantity: Quantity) -> bool:
    """Tell whether a number can be of records at all: those of its noun, or those that it lists."""
    return not quantity.noun or bool(quantity.listed) or quantity.noun in nouns(project)


def _checked(claim: Claim) -> Iterator[Finding | Confirmation]:
    """Check the records that a claim lists, then, when those are right, the number against all that there are."""
    listed = compare_listed(claim)
    if isinstance(listed, Finding):
        yield listed
    elif subject := subject_of(claim):
        yield compare(claim, subject)
    elif listed:
        yield listed
    elif note := unlike(claim):
        yield note
