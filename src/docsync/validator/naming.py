"""Which names the documents give to the things that have no home, and which of them belong to another thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from docsync.models.claims import Mention
from docsync.models.diagnostics import Finding, Related, Verdict
from docsync.models.document import DocumentFacts
from docsync.project.circles import circles
from docsync.project.index import Project
from docsync.validator.entities import has_home

_OFTEN: Final = 2
"""How many places must give a name to a thing before it counts as the thing's own."""


@dataclass(frozen=True, slots=True)
class Given:
    """Hold a name that a document gives to a thing; `plain` is the name without signs, spaces and remarks in brackets."""

    document: DocumentFacts
    mention: Mention
    entity: str
    plain: str


def plain(title: str) -> str:
    """Reduce a title to its letters and digits, so that `Node signature` and `NodeSignature (new)` are one."""
    return "".join(character for character in title.partition("(")[0].casefold() if character.isalnum())


def misnamed(project: Project) -> Iterator[Finding]:
    """Report a thing by the name of another: each of the two is called otherwise at least twice, by the same documents."""
    for given in _by_circle(project).values():
        often = Counter((one.entity, one.plain) for one in given)
        own = _settled_names(often)
        bearers = {name: entity for entity, name in own.items()}
        first = {(one.entity, one.plain): one for one in reversed(given)}
        for one in given:
            bearer = bearers.get(one.plain, one.entity)
            if bearer != one.entity and one.entity in own and often[one.entity, one.plain] < _OFTEN:
                yield _finding(one, first[one.entity, own[one.entity]], first[bearer, one.plain])


def _by_circle(project: Project) -> Mapping[str, list[Given]]:
    found: dict[str, list[Given]] = {}
    for path, document in project.documents.items():
        for mention in document.mentions:
            name = plain(mention.raw) if mention.name == "title" and mention.scope.comparable else ""
            if name and not has_home(project, mention.entity, path):
                given = Given(document, mention, mention.entity.casefold(), name)
                found.setdefault(circles(project)[path], []).append(given)
    return found


def _settled_names(often: Counter[tuple[str, str]]) -> Mapping[str, str]:
    """Give each thing's own name: the one it has most often, at least twice, and no other thing has twice."""
    own: dict[str, str] = {}
    for (entity, name), times in often.most_common():
        if times >= _OFTEN:
            own.setdefault(entity, name)
    shared = Counter(name for (_, name), times in often.items() if times >= _OFTEN)
    return {entity: name for entity, name in own.items() if shared[name] == 1}


def _finding(one: Given, usual: Given, bearer: Given) -> Finding:
    entity, other = one.mention.entity, bearer.mention
    return Finding(
        one.document.place(one.mention.span),
        f"{entity} is called {other.raw} here; elsewhere {entity} is {usual.mention.raw}, and {other.raw} is {other.entity}",
        (
            Related(usual.document.place(usual.mention.span), f"{entity} is {usual.mention.raw} here"),
            Related(bearer.document.place(other.span), f"{other.entity} is {other.raw} here"),
        ),
        verdict=Verdict.CONTRADICTED,
    )
