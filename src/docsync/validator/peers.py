"""Whether documents that speak of the same things give one status to each thing that has no home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from docsync.models.claims import Mention
from docsync.models.diagnostics import Finding, Place, Related, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.status import Status
from docsync.project.index import Project
from docsync.validator.circles import circles, titles
from docsync.validator.claims import living_statuses
from docsync.validator.clashes import advancement, clash
from docsync.validator.entities import has_home
from docsync.validator.homes import decorative
from docsync.validator.wording import said

_TRIED: Final = 8
"""With how many of the furthest statuses each is compared, so that thousands of rows about one thing stay cheap."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Hold a status that a document gives, the line, and the words of the name that the thing has there."""

    path: str
    line: int
    mention: Mention
    status: Status
    named: frozenset[str]

    @property
    def place(self) -> Place:
        """Give the place of the status."""
        return Place(self.path, self.mention.span)


Circle: TypeAlias = Mapping[str, Sequence[Stated]]


@lru_cache(maxsize=2)
def homeless(project: Project) -> Mapping[str, Circle]:
    """Give the living statuses of things without a home, by circle of documents and by entity, the furthest first."""
    found: dict[str, dict[str, list[Stated]]] = {}
    for path, document in project.documents.items():
        circle = found.setdefault(circles(project)[path], {})
        for stated in _stated(project, document):
            circle.setdefault(stated.mention.entity.casefold(), []).append(stated)
    for circle in found.values():
        for group in circle.values():
            group.sort(key=lambda stated: -advancement(stated.status))
    return found


def against_peers(project: Project) -> Iterator[Finding]:
    """Compare the statuses of each thing: where the work is furthest is the truth, since one is forgotten, not invented."""
    for circle in homeless(project).values():
        for group in circle.values():
            for stated in group[1:]:
                yield from _compared(stated, group[:_TRIED])


def same(one: Stated, other: Stated) -> bool:
    """Tell whether two statuses are of one thing: nothing around them, nor the names beside them, tells the things apart."""
    if one.named and other.named and not one.named & other.named:
        return False
    owners = _owners(one)
    return all(numbers & owners.get(word, numbers) for word, numbers in _owners(other).items())


def _compared(stated: Stated, furthest: Sequence[Stated]) -> Iterator[Finding]:
    for other in furthest:
        if (stated.path, stated.line) == (other.path, other.line):
            continue  # two statuses on one line are one that was misread
        reason = clash(stated.status, other.status, stated.mention.raw, other.mention.raw)
        if reason and advancement(stated.status) < advancement(other.status) and same(stated, other):
            yield _finding(stated, other, reason)
            return


def _finding(stated: Stated, other: Stated, reason: str) -> Finding:
    entity = stated.mention.entity
    where = "elsewhere" if stated.path == other.path else f"in {other.path}"
    return Finding(
        stated.place,
        f"{entity} is {said(stated.status)} here, but {said(other.status)} {where}: {reason}",
        (Related(other.place, f"{entity} is {said(other.status)} here"),),
        verdict=Verdict.CONTRADICTED,
        evidence=(f"both places speak of `{entity}`, which has no home, and of now",),
    )


def _stated(project: Project, document: DocumentFacts) -> Iterator[Stated]:
    by_line: dict[tuple[str, int], frozenset[str]] = {}
    anywhere: dict[str, frozenset[str]] = {}
    for entity, line, named in titles(document):
        by_line[entity, line] = named
        anywhere[entity] = anywhere.get(entity, frozenset()) | named
    for mention in living_statuses(document):
        if mention.status and not decorative(mention) and not has_home(project, mention.entity, document.path):
            entity, line = mention.entity.casefold(), document.lines.line(mention.span.start)
            named = by_line.get((entity, line), anywhere.get(entity, frozenset()))
            yield Stated(document.path, line, mention, mention.status, named)


def _owners(stated: Stated) -> Mapping[str, set[str]]:
    """Give the numbered things around a numbered thing: `phase 1` under `Epic 1` is not that under `Epic 2`."""
    word, _, number = stated.mention.entity.casefold().partition(" ")
    owners: dict[str, set[str]] = {}
    for name in stated.mention.scope.entities if number else ():
        owner, _, which = name.casefold().partition(" ")
        if which and owner != word:
            owners.setdefault(owner, set()).add(which)
    return owners
