"""Report a relation that the other side's own list leaves out.

## What it does

Where one record says that it blocks another, or is blocked by it, looks up the list on the other side, when its home writes
one, and reports that the two do not agree.

## Why

Both lists are read as complete. Work starts too early when the one that is read leaves a blocker out.

## Example

```text
docs/holes.md:31:16 DS402 `blocks` of H2 leaves out H6, which says that it is blocked by H2
```

## What to do

Add the missing id, or remove the relation on the other side. Keeping one direction only is fine: docsync derives the other.

## How precision is kept

A home that does not write the other field at all has simply chosen one direction. A list that says it is not complete (`H1,
H2, …`, `and others`) is passed over, and so are settled blockers that a list of blockers has dropped. Things without a home
are compared within one document, where each of the two lists stands once as a key-value; a settled blocker that other lists
of the document go on naming was not dropped. A relation that is part of a ring is DS401's.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.project.index import Project
from docsync.validator.onesided import LeftOut, left_out
from docsync.validator.rings import steps

CODE = "DS402"
NAME = "relation-without-inverse"
SEVERITY = Severity.WARNING
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the lists that leave out what the other side states."""
    for found in left_out(project):
        if found.step not in steps(project):
            yield _finding(found)


def _finding(found: LeftOut) -> Finding:
    relation = "is blocked by" if found.forward else "blocks"
    return Finding(
        found.place,
        f"`{found.field}` of {found.other} leaves out {found.one}, which says that it {relation} {found.other}",
        (found.said,),
        verdict=Verdict.CONTRADICTED,
        help=f"add {found.one} there, or drop {found.other} here; one direction is enough",
        evidence=(
            f"{found.said.message}; `{found.field}` of {found.other} is the other side of that",
            f"{found.within}, and nothing in the list that leaves {found.one} out says that it is incomplete",
        ),
    )
