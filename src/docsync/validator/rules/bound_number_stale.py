"""Report a bound number that its expression no longer gives.

## What it does

Works out the fact expression of a claim comment (`<!-- docsync:claim holes.resolved/holes.total -->`) and compares it with
the number in the block below.

## Why

A bound number is a promise: whoever reads it may rely on it as on a generated table.

## Example

```text
docs/STATE.md:13:9 DS210 `holes.resolved/holes.total` is 7/19, the text says 5/19
```

## What to do

Run `docsync regenerate`: it rewrites just the digits, and keeps their decimals, separators and percent sign.

## How precision is kept

Somebody bound the number by hand, so there is nothing to guess. A percentage that is rounded or cut off at the decimals it
is written with is not stale. A fraction that is bound to one fact, and whose total is not all that there are, is DS211.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Safety, Severity, Verdict
from docsync.project.expressions import FactError
from docsync.project.facts import Fact, evaluate
from docsync.project.index import Project
from docsync.validator.binding import Bound, bound_quantities, expected, total_of
from docsync.validator.counting import written
from docsync.validator.digits import correction, mismatches
from docsync.validator.wording import plain, pointers

CODE = "DS210"
NAME = "bound-number-stale"
SEVERITY = Severity.ERROR
KEEPS = True


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the bound numbers that are not what their expressions give, and confirm the others."""
    for bound in bound_quantities(project):
        try:
            fact = evaluate(project, bound.quantity.binding)
        except FactError:
            continue  # a binding that means nothing is DS211
        if total_of(project, bound.quantity) is None:  # else half of it is bound, which is DS211
            yield _compared(bound, fact)


def _compared(bound: Bound, fact: Fact) -> Finding | Confirmation:
    document, quantity = bound.document, bound.quantity
    wrong = mismatches(quantity, expected(quantity, fact))
    if not wrong:
        return Confirmation(document.path, (quantity.span,))
    return Finding(
        document.place(quantity.span),
        f"`{quantity.binding}` is {_shown(fact)}, the text says {written(quantity)}",
        pointers(fact.counted),
        correction(document.path, quantity, wrong, Safety.SAFE),
        Verdict.CONTRADICTED,
    )


def _shown(fact: Fact) -> str:
    return plain(fact.value) if fact.total is None else f"{plain(fact.value)}/{plain(fact.total)}"
