"""Which numbered criteria and requirements a text names by their kind, and the list that numbers them does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname
from typing import Final

from msgspec import Struct

from docsync.models.claims import Form, Mention
from docsync.models.diagnostics import Finding, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.project.following import each, where
from docsync.project.index import Project
from docsync.validator.wording import listing

_NUMBERED: Final = re.compile(r"([A-Za-z]{1,3})(\d{1,3})\.\d{1,3}")
_NAMED: Final = re.compile(r"([a-z]{4,})\s([A-Za-z]{1,3}\d{1,3}\.\d{1,3})")
_LISTED: Final = frozenset({Form.BULLET, Form.HEADING, Form.ROW})
_FEWEST: Final = 8
_KIN: Final = 3
_LETTERS: Final = 3
_STEM: Final = 6
"""So many letters tell `criterion` and `criteria` from other words, and not from each other."""


class _Roll(Struct, frozen=True):
    """Hold a document that numbers what it lists: each id with its mention, and the words of its headings, cut short."""

    document: DocumentFacts
    listed: Mapping[str, Mention]
    words: frozenset[str]

    def kin(self, number: str) -> list[str]:
        """Give the ids of the same group: `F2.1` and `Q2.3` for 2."""
        return [each for each in self.listed if (found := _NUMBERED.fullmatch(each)) and found[2] == number]


def undefined(project: Project) -> Iterator[Finding]:
    """Report `Criterion R1.1` where one document of that folder lists F1.1, F1.2, Q1.1 and more, and no document has R1.1."""
    rolls = _rolls(project)
    if not rolls:
        return
    said = {id_ for ids in _own(project).values() for id_ in ids}
    for path, document in _naming_by_kind(project).items():
        roll = rolls.get(dirname(path))
        if roll is not None:
            yield from _in_document(document, roll, said)


def _rolls(project: Project) -> Mapping[str, _Roll]:
    """Give for each folder the one document that numbers things in several series; none where two do."""
    found: dict[str, list[_Roll]] = {}
    for path, roll in _roll(project).items():
        found.setdefault(dirname(path), []).append(roll)
    return {folder: rolls[0] for folder, rolls in found.items() if len(rolls) == 1}


@each
def _roll(document: DocumentFacts) -> _Roll | None:
    listed: dict[str, Mention] = {}
    for mention in document.mentions:
        if mention.form in _LISTED and mention.scope.living and _NUMBERED.fullmatch(mention.entity):
            listed.setdefault(mention.entity, mention)
    letters = {one.rstrip("0123456789.") for one in listed}
    if len(listed) < _FEWEST or len(letters) < _LETTERS:
        return None
    words = (word[:_STEM].casefold() for heading in document.headings for word in re.findall(r"[^\W\d_]+", heading.text))
    return _Roll(document, listed, frozenset(words))


@each
def _own(document: DocumentFacts) -> frozenset[str]:
    """Give the numbered ids that a document speaks of, but for those that it names by their kind."""
    named = {mention.entity_span.end for mention in _by_kind(document) if mention.entity_span}
    ends = ((mention.entity, mention.entity_span.end if mention.entity_span else -1) for mention in document.mentions)
    return frozenset(entity.casefold() for entity, end in ends if end not in named and _NUMBERED.fullmatch(entity))


@where
def _naming_by_kind(document: DocumentFacts) -> bool:
    return bool(_by_kind(document))


def _by_kind(document: DocumentFacts) -> list[Mention]:
    return [mention for mention in document.mentions if _NAMED.fullmatch(mention.entity)]


def _in_document(document: DocumentFacts, roll: _Roll, said: set[str]) -> Iterator[Finding]:
    reported: set[str] = set()
    for mention in _by_kind(document):
        found = _NAMED.fullmatch(mention.entity)
        if found is None or found[2].casefold() in said | reported or found[1][:_STEM] not in roll.words:
            continue
        numbered = _NUMBERED.fullmatch(found[2])
        kin = roll.kin(numbered[2]) if numbered else []
        if len(kin) >= _KIN and mention.scope.comparable:
            reported.add(found[2].casefold())
            yield _finding(document, mention, found[2].upper(), kin, roll)


def _finding(document: DocumentFacts, mention: Mention, id_: str, kin: list[str], roll: _Roll) -> Finding:
    path = roll.document.path
    return Finding(
        document.place(mention.entity_span or mention.span),
        f"{id_} is named here, but no document has it; {path} lists {listing(kin)}",
        (roll.document.related(roll.listed[kin[0]].span, f"{kin[0]} is listed here"),),
        verdict=Verdict.CONTRADICTED,
        severity=Severity.WARNING,
        evidence=(f"{path} is the only document of its folder that numbers so, and has {len(roll.listed)} such ids",),
    )
