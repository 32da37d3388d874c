"""Which relations one side states and the other side's own list leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from docsync.models.diagnostics import Place, Related
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.models.schema import Role
from docsync.project.derived import bearers, derived, entry, flat
from docsync.project.graph import Edge, one_sided
from docsync.project.index import Project
from docsync.project.names import names_of
from docsync.validator.relations import INCOMPLETE, is_settled, kept, relating, relations, targets
from docsync.validator.wording import named


class LeftOut(Struct, frozen=True):
    """Hold a list at `place`, the `field` of `other`, that leaves out `one`, though `one` says at `said` that they are related.

    `forward` tells that `one` is what waits. `step` is what waits and what it waits for, in lower case, with the path of the
    document where both have no home.
    """

    place: Place
    field: str
    other: str
    one: str
    said: Related
    forward: bool
    step: tuple[str, str, str]
    within: str


@lru_cache(maxsize=2)
def left_out(project: Project) -> tuple[LeftOut, ...]:
    """Give what lists leave out: those of records, then those of things without a home, within one document."""
    return (*flat(_by_records, project), *flat(_by_things, project))


@derived(one_sided)
def _by_records(project: Project, edges: tuple[Edge, ...]) -> tuple[LeftOut, ...]:
    return tuple(found for edge in edges for found in _of_records(project, edge))


@derived(relating, names_of)
def _by_things(project: Project, document: DocumentFacts) -> tuple[LeftOut, ...]:
    return tuple(_of_things(project, document))


def _of_records(project: Project, edge: Edge) -> Iterator[LeftOut]:
    waiting, needed = (found[0] for end in (edge.source, edge.target) if (found := entry(bearers, project, end)))
    forward = _states(project, waiting, edge.field)
    one, other = (waiting, needed) if forward else (needed, waiting)
    field = other.fields.get(edge.inverse)
    dropped = not forward and needed.status is not None and needed.status.is_settled
    if field and not INCOMPLETE.search(field.raw) and not dropped:
        said = Related(edge.place, f"`{edge.field}` of {named(one)} names {named(other)}")
        step = ("", edge.source.casefold(), edge.target.casefold())
        place, within = other.place_of(edge.inverse), "both homes write their lists"
        yield LeftOut(place, edge.inverse, named(other), named(one), said, forward, step, within)


def _states(project: Project, waiting: Record, field: str) -> bool:
    """Tell whether the record that waits states the edge itself, by a field that says what it needs."""
    spec = project.config.kinds.get(waiting.kind)
    found = spec.fields.get(field) if spec else None
    return found is not None and found.role is Role.NEEDS


def _of_things(project: Project, document: DocumentFacts) -> Iterator[LeftOut]:
    """Compare the lists of things without a home, within one document."""
    stated = relations(project, document)
    named_still = kept(stated)
    for lists, others, forward in ((stated.needs, stated.holds, True), (stated.holds, stated.needs, False)):
        for one, mention in lists.items():
            for target in mention.targets:
                other = others.get(target.casefold())
                dropped = not forward and one not in named_still and is_settled(project, document, one)
                if other and one not in targets(other) and not dropped:
                    said = document.related(mention.span, f"`{mention.name}` of {mention.entity} names {other.entity}")
                    ends = (one, target.casefold()) if forward else (target.casefold(), one)
                    yield LeftOut(
                        document.place(other.span),
                        other.name,
                        other.entity,
                        mention.entity,
                        said,
                        forward,
                        (document.path, *ends),
                        "each of the two lists stands once in this document, as a key-value",
                    )
