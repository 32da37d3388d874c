"""What waits for itself: the shortest ring of each group of records, or of things without a home, that wait for each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from docsync.models.claims import Mention
from docsync.models.diagnostics import Place
from docsync.models.document import DocumentFacts
from docsync.project.derived import derived, flat
from docsync.project.graph import cycles
from docsync.project.index import Project
from docsync.project.names import names_of
from docsync.project.orders import components, shortest_cycle
from docsync.validator.relations import edges, relating, relations


class Step(Struct, frozen=True):
    """Say that `source` waits for `target` by `field` at `place`; `key` is the same for every way to write the two.

    The key holds the path of the document first where both have no home.
    """

    source: str
    target: str
    place: Place
    field: str
    key: tuple[str, str, str]


@lru_cache(maxsize=2)
def rings(project: Project) -> tuple[tuple[Step, ...], ...]:
    """Give each ring, those of records first."""
    records = (
        tuple(
            Step(edge.source, edge.target, edge.place, edge.field, ("", edge.source.casefold(), edge.target.casefold()))
            for edge in cycle
        )
        for cycle in cycles(project)
    )
    return (*records, *flat(_among_things, project))


@derived(relating, names_of)
def _among_things(project: Project, document: DocumentFacts) -> tuple[tuple[Step, ...], ...]:
    return tuple(_homeless(document, list(edges(relations(project, document)))))


@lru_cache(maxsize=2)
def steps(project: Project) -> frozenset[tuple[str, str, str]]:
    """Give the keys of all steps of all rings."""
    return frozenset(step.key for ring in rings(project) for step in ring)


def _homeless(document: DocumentFacts, stated: Sequence[tuple[str, str, Mention]]) -> Iterator[tuple[Step, ...]]:
    """Follow what one document says of things without a home."""
    by_step = {(waiting, needed): mention for waiting, needed, mention in reversed(stated)}
    graph: dict[str, list[str]] = {}
    for waiting, needed in by_step:
        graph.setdefault(waiting, []).append(needed)
        graph.setdefault(needed, [])
    for group in components(graph):
        path = shortest_cycle(graph, group)
        pairs = [(waiting, needed) for waiting, needed in zip(path, (*path[1:], *path[:1]), strict=True)]
        if pairs:
            yield tuple(_step(document, pair, by_step[pair]) for pair in pairs)


def _step(document: DocumentFacts, pair: tuple[str, str], mention: Mention) -> Step:
    waiting, needed = pair
    place = document.place(mention.span)
    return Step(waiting.upper(), needed.upper(), place, mention.name, (document.path, waiting, needed))
