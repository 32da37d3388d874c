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
of the document go on naming was not dropped.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Place, Related, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.models.schema import Role
from docsync.project.graph import Edge, one_sided
from docsync.project.index import Project
from docsync.validator.relations import INCOMPLETE, is_settled, kept, relations, targets
from docsync.validator.wording import named

CODE = "DS402"
NAME = "relation-without-inverse"
SEVERITY = Severity.WARNING
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the lists that leave out what the other side states."""
    for edge in one_sided(project):
        yield from _of_records(project, edge)
    for document in project.documents.values():
        yield from _of_things(project, document)


def _of_records(project: Project, edge: Edge) -> Iterator[Finding]:
    waiting, needed = project.by_id[edge.source][0], project.by_id[edge.target][0]
    forward = _states(project, waiting, edge.field)
    one, other = (waiting, needed) if forward else (needed, waiting)
    field = other.fields.get(edge.inverse)
    dropped = not forward and needed.status is not None and needed.status.is_settled
    if field and not INCOMPLETE.search(field.raw) and not dropped:
        related = Related(edge.place, f"`{edge.field}` of {named(one)} names {named(other)}")
        yield _finding(other.place_of(edge.inverse), (edge.inverse, named(other), named(one)), related, forward=forward)


def _states(project: Project, waiting: Record, field: str) -> bool:
    """Tell whether the record that waits states the edge itself, by a field that says what it needs."""
    spec = project.config.kinds.get(waiting.kind)
    found = spec.fields.get(field) if spec else None
    return found is not None and found.role is Role.NEEDS


def _of_things(project: Project, document: DocumentFacts) -> Iterator[Finding]:
    """Compare the lists of things without a home, within one document."""
    stated = relations(project, document)
    named_still = kept(stated)
    for lists, others, forward in ((stated.needs, stated.holds, True), (stated.holds, stated.needs, False)):
        for one, mention in lists.items():
            for target in mention.targets:
                other = others.get(target.casefold())
                dropped = not forward and one not in named_still and is_settled(project, document, one)
                if other and one not in targets(other) and not dropped:
                    names = (other.name, other.entity, mention.entity)
                    related = document.related(mention.span, f"`{mention.name}` of {mention.entity} names {other.entity}")
                    yield _finding(document.place(other.span), names, related, forward=forward)


def _finding(place: Place, names: tuple[str, str, str], related: Related, *, forward: bool) -> Finding:
    field, other, one = names
    return Finding(
        place,
        f"`{field}` of {other} leaves out {one}, which says that it {'is blocked by' if forward else 'blocks'} {other}",
        (related,),
        verdict=Verdict.CONTRADICTED,
        help=f"add {one} there, or drop {other} here; one direction is enough",
    )
