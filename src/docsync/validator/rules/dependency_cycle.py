"""Report records that wait for each other.

## What it does

Follows `blocked_by`, `depends_on` and, backwards, `blocks` from record to record, and reports each group that waits for
itself, with the whole shortest path. Of things without a home, those key-values are followed within each document.

## Why

Nothing in a cycle can ever become ready, and neither a critical path nor a next step can be worked out across it.

## Example

```text
docs/holes.md:14:18 DS401 H6 waits for H9, H9 for H2, H2 for H6
```

## What to do

Remove the dependency that is not real, or split the record whose one half the others wait for.

## How precision is kept

Only stated relations are followed; text that merely mentions another record is no dependency. Each group is reported once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from docsync.models.claims import Mention
from docsync.models.diagnostics import Confirmation, Finding, Place, Related, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.project.graph import cycles
from docsync.project.index import Project
from docsync.project.orders import components, shortest_cycle
from docsync.validator.relations import edges, relations

CODE = "DS401"
NAME = "dependency-cycle"
SEVERITY = Severity.ERROR
KEEPS = False

_Step: TypeAlias = tuple[str, str, Place, str]
"""What waits, what it waits for, where that is said, and by which field."""


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield one finding for each group of records, or of things without a home, that wait for each other."""
    for cycle in cycles(project):
        yield _finding([(edge.source, edge.target, edge.place, edge.field) for edge in cycle])
    for document in project.documents.values():
        yield from _homeless(document, list(edges(relations(project, document))))


def _homeless(document: DocumentFacts, stated: Sequence[tuple[str, str, Mention]]) -> Iterator[Finding]:
    """Follow what one document says of things without a home."""
    by_step = {(waiting, needed): mention for waiting, needed, mention in reversed(stated)}
    graph: dict[str, list[str]] = {}
    for waiting, needed in by_step:
        graph.setdefault(waiting, []).append(needed)
        graph.setdefault(needed, [])
    for group in components(graph):
        path = shortest_cycle(graph, group)
        steps = zip(path, (*path[1:], *path[:1]), strict=True)
        mentions = [(waiting, needed, by_step[waiting, needed]) for waiting, needed in steps]
        if path:
            yield _finding(
                [(waiting.upper(), needed.upper(), document.place(one.span), one.name) for waiting, needed, one in mentions]
            )


def _finding(steps: Sequence[_Step]) -> Finding:
    first, *rest = steps
    path = ", ".join((f"{first[0]} waits for {first[1]}", *(f"{source} for {target}" for source, target, _, _ in rest)))
    return Finding(
        first[2],
        path if rest else f"{first[0]} waits for itself",
        tuple(Related(place, f"{source} waits for {target} by this `{field}`") for source, target, place, field in rest),
        verdict=Verdict.CONTRADICTED,
    )
