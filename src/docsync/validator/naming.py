"""Which names the documents give to the things that have no home, and which of them belong to another thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from docsync.models.claims import Mention
from docsync.models.diagnostics import Finding, Related, Verdict
from docsync.models.document import DocumentFacts
from docsync.project.circles import in_circles
from docsync.project.derived import derived, documents, entry, flat
from docsync.project.index import Project
from docsync.project.kept import for_the_next
from docsync.project.names import names_of
from docsync.validator.entities import has_home
from docsync.validator.wording import RELATED

_OFTEN: Final = 2
"""How many places must give a name to a thing before it counts as the thing's own."""

_COMPOUND = re.compile(r"[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]*")


class Given(Struct, frozen=True):
    """Hold a name that a document gives to a thing; `plain` is the name without signs, spaces and remarks in brackets."""

    document: DocumentFacts
    mention: Mention
    entity: str
    plain: str


@lru_cache(maxsize=1 << 16)
def plain(title: str) -> str:
    """Reduce a title to its letters and digits, so that `Berth schema` and `BerthSchema (new)` are one."""
    return "".join(character for character in title.partition("(")[0].casefold() if character.isalnum())


def misnamed(project: Project) -> Iterator[Finding]:
    """Report a thing by the name of another: each of the two is called otherwise at least twice, by the same documents."""
    return flat(_misnamed, project)


@derived(in_circles)
def _misnamed(project: Project, paths: tuple[str, ...]) -> tuple[Finding, ...]:
    given = [one for path in paths for one in entry(_homeless, project, path) or ()]
    return tuple(_of_circle(given)) if given else ()


def _of_circle(given: Sequence[Given]) -> Iterator[Finding]:
    often = Counter((one.entity, one.plain) for one in given)
    own = _settled_names(often)
    bearers = {name: entity for entity, name in own.items()}
    first = {(one.entity, one.plain): one for one in reversed(given)}
    for one in given:
        bearer = bearers.get(one.plain, one.entity)
        if bearer != one.entity and one.entity in own and often[one.entity, one.plain] < _OFTEN:
            yield _finding(one, first[one.entity, own[one.entity]], first[bearer, one.plain])
    yield from _strangers([one for one in given if bearers.get(one.plain, one.entity) == one.entity], own)


@derived(documents, names_of)
def _homeless(project: Project, document: DocumentFacts) -> tuple[Given, ...]:
    """Give the names in a document of what has no home, each plain, too."""
    return tuple(_of_document(project, document))


def _of_document(project: Project, document: DocumentFacts) -> Iterator[Given]:
    for mention, name in called(document):
        if name and not has_home(project, mention.entity, document.path):
            yield Given(document, mention, mention.entity.casefold(), name)


@for_the_next
def called(document: DocumentFacts) -> tuple[tuple[Mention, str], ...]:
    """Give the names in one document that may be held against others, each plain, too."""
    return tuple(
        (mention, plain(mention.raw)) for mention in document.mentions if mention.name == "title" and mention.scope.comparable
    )


def _settled_names(often: Counter[tuple[str, str]]) -> Mapping[str, str]:
    """Give each thing's own name: the one it has most often, at least twice, and no other thing has twice."""
    own: dict[str, str] = {}
    for (entity, name), times in often.most_common():
        if times >= _OFTEN:
            own.setdefault(entity, name)
    shared = Counter(name for (_, name), times in often.items() if times >= _OFTEN)
    return {entity: name for entity, name in own.items() if shared[name] == 1}


def _strangers(given: Sequence[Given], own: Mapping[str, str]) -> Iterator[Finding]:
    """Report a made-up name that one document gives to a thing which it calls otherwise too, as all others do."""
    called: dict[str, dict[str, list[Given]]] = {}
    for one in given:
        if one.entity in own and len(_parts(one.mention.raw)) >= _OFTEN:
            called.setdefault(one.entity, {}).setdefault(one.plain, []).append(one)
    for entity, names in called.items():
        usual = names.pop(own[entity], [])
        parts = frozenset[str]().union(*(_parts(one.mention.raw) for one in usual))
        for places in names.values():
            documents = {id(one.document) for one in places}
            outvoted = len(usual) > _OFTEN and len(places) * _OFTEN <= len(usual) and len(documents) == 1
            both = documents <= {id(one.document) for one in usual}
            if outvoted and both and not parts & _parts(places[0].mention.raw):
                yield _strange(places, usual)


def _parts(title: str) -> frozenset[str]:
    """Give the parts of a made-up name such as `BerthOrder`, none of any other."""
    found = _COMPOUND.fullmatch(title.partition("(")[0].strip(" *`"))
    return frozenset(part.casefold() for part in _PART.findall(title.partition("(")[0])) if found else frozenset()


def _strange(places: Sequence[Given], usual: Sequence[Given]) -> Finding:
    (one, *again), entity = places, places[0].mention.entity
    shown = (*again, *usual)[:RELATED]
    return Finding(
        one.document.place(one.mention.span),
        f"{entity} is called {one.mention.raw} here; elsewhere {entity} is {usual[0].mention.raw}",
        tuple(Related(other.document.place(other.mention.span), f"{entity} is {other.mention.raw} here") for other in shown),
        verdict=Verdict.CONTRADICTED,
        evidence=(f"{len(usual)} places call {entity} {usual[0].mention.raw}, {len(places)} {one.mention.raw}",),
    )


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
