"""Report a claim comment whose expression means nothing.

## What it does

Reports a number that a `<!-- docsync:claim … -->` comment binds to an expression that cannot be worked out: one with a kind,
field, status or id that does not exist, or of another form; a comment that binds more numbers than its block has; and one
that binds one fact to a fraction whose total is not all that there are, so that half of it would be kept true.

## Why

A number that looks bound and is not is worse than one that nobody bound.

## Example

```text
docs/STATE.md:13:9 DS211 the binding `hols.total` cannot be worked out: expected one of `holes`, …; did you mean `holes`?
```

## What to do

Correct the expression: `<plural>[field=value, …].<measure>`, or two of them with a `/` between for a fraction. Measures
are `total`, `open`, `percent`, any status, `met` for `criteria`, or a numeric field of one record.

## How precision is kept

Only comments that begin with `docsync:claim` are read, and the expression either can be worked out or cannot. The total
of a fraction that is bound to one fact may leave out what was given up or put off, and is not known of a record's own
numbers (`metrics[M1].current`).
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Severity
from docsync.models.document import DocumentFacts
from docsync.project.derived import derived, documents, flat
from docsync.project.expressions import FactError
from docsync.project.facts import Fact, evaluate
from docsync.project.index import Project
from docsync.validator.binding import Bound, bound_quantities, fraction_of, total_of, whole_of
from docsync.validator.counting import written
from docsync.validator.reported import faults_of
from docsync.validator.wording import plain

CODE = "DS211"
NAME = "binding-invalid"
SEVERITY = Severity.ERROR
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the bindings that cannot be worked out, and what reading reports of them."""
    yield from flat(by_document, project)
    yield from beyond(project)


@derived(documents)
def by_document(_project: Project, document: DocumentFacts) -> tuple[Finding, ...]:
    """Give what reading one document reports of its bindings."""
    return tuple(faults_of(document).get(CODE, ()))


def beyond(project: Project) -> Iterator[Finding]:
    """Yield the bindings that cannot be worked out, by whatever records there are."""
    for bound in bound_quantities(project):
        try:
            evaluate(project, bound.quantity.binding)
        except FactError as error:
            yield Finding(
                bound.document.place(bound.quantity.span),
                f"the binding `{bound.quantity.binding}` cannot be worked out: {error}",
            )
            continue
        if total := total_of(project, bound.quantity):
            yield _of_half(bound, total)


def _of_half(bound: Bound, total: Fact) -> Finding:
    quantity, binding = bound.quantity, bound.quantity.binding
    actual = f"`{whole_of(binding)}` is {plain(total.value)}"
    return Finding(
        bound.document.place(quantity.span),
        f"`{binding}` is one fact, and the fraction {written(quantity)} needs two: {actual}",
        help=f"write `<!-- docsync:claim {fraction_of(binding)} -->`",
    )
