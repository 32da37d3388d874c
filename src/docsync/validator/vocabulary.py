"""What the words around a number say: which kind is counted, whether the scope is narrowed, whether it is a fact at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from docsync.models.claims import Form, Quantity
from docsync.models.schema import KindSpec
from docsync.models.status import Status
from docsync.project.index import Project
from docsync.validator.readings import TOTAL, state_of

_WORD = re.compile(r"[^\W\d_]+")

_FUTURE = re.compile(
    r"\b(?:target|goal|aim|budget|estimate[ds]?|success|acceptance|exit|definition of done|milestones?|example|template)s?\b",
    re.IGNORECASE,
)
"""Headings and keys under which numbers say what shall be, or what is only shown."""

_PASSING = re.compile(
    r"\b(?:this (?:week|session|sprint|month|round|wave)|today|yesterday|since|another|more|new(?:ly)?|next|first|last|"
    r"at most|up to|per|each|every|if|once|until|before|after|would|should|will|must|can|could|may|might|needs?|e\.g)\b",
    re.IGNORECASE,
)
"""Words that make a number speak of a part, of another time or of no fact at all."""

_NEUTRAL: Final = frozenset(
    _WORD.findall(
        "a all an and are at board by count counts current currently dashboard did far figures for glance has have health how "
        "in index inventory is it key list metric metrics now number numbers of on our overall overview plan planning "
        "progress project report roadmap so stand standing state states stats statistics status summary the to total "
        "totals track tracker tracking we where whole entire work"
    )
)
"""Words of headings and keys that do not narrow what is counted."""


@lru_cache(maxsize=2)
def nouns(project: Project) -> Mapping[str, KindSpec]:
    """Map the words that count records to the one kind that they count, among the kinds that the project has."""
    counted: dict[str, set[str]] = {}
    for kind in countable(project):
        for noun in (kind.name, kind.plural, *kind.nouns):
            counted.setdefault(noun.casefold(), set()).add(kind.name)
    return {noun: project.config.kinds[min(kinds)] for noun, kinds in counted.items() if len(kinds) == 1}


def countable(project: Project) -> Iterator[KindSpec]:
    """Give the kinds that the project has records of."""
    return (project.config.kinds[name] for name in project.by_kind if name in project.config.kinds)


def neutral(project: Project, text: str) -> bool:
    """Tell whether a text leaves open what is counted: it holds only nouns, statuses and words such as `overall`."""
    return words(text) <= _known(project)


def counted_state(project: Project, quantity: Quantity) -> str:
    """Give the state that is counted, empty where that is not said.

    `3/7 holes` counts what is done where its key speaks of progress, `7 holes` all there are where the text says so.
    """
    if quantity.state:
        return state_of(quantity.state, project.config.words)
    if quantity.total is not None or quantity.percent is not None:
        return Status.RESOLVED.value if about_progress(project, quantity) else ""
    return TOTAL if quantity.every or says_total(quantity) else ""


def about_progress(project: Project, quantity: Quantity) -> bool:
    """Tell whether a fraction says how far the work is."""
    if quantity.state:
        return state_of(quantity.state, project.config.words) == Status.RESOLVED
    held = words(quantity.key)
    done = any(project.config.words.get(word) is Status.RESOLVED for word in held)
    return done or bool(held & {"progress", "status", *nouns(project)})


def says_total(quantity: Quantity) -> bool:
    """Tell whether a number says that it counts all there are."""
    return bool(words(f"{quantity.key} {quantity.qualifier} {quantity.text}") & {"total", "overall", "altogether"})


def stands_alone(quantity: Quantity) -> bool:
    """Tell whether a number without a total is stated as a fact of its own, not in the course of a sentence."""
    return quantity.every or quantity.form in (Form.KEY_VALUE, Form.ROW, Form.FRONT_MATTER) or says_total(quantity)


def is_fact(quantity: Quantity) -> bool:
    """Tell whether a number says what is: no aim, no part of the whole, no other time."""
    above = (quantity.key, quantity.scope.lead, quantity.scope.item, *quantity.scope.headings)
    return not quantity.aim and not any(map(_speaks_of_future, above)) and _PASSING.search(quantity.text) is None


@lru_cache(maxsize=1 << 11)
def _speaks_of_future(text: str) -> bool:
    return _FUTURE.search(text) is not None


@lru_cache(maxsize=1 << 12)
def words(text: str) -> frozenset[str]:
    """Give the words of a text in lower case."""
    return frozenset(word.casefold() for word in _WORD.findall(text))


@lru_cache(maxsize=2)
def _known(project: Project) -> frozenset[str]:
    return _NEUTRAL | words(" ".join((*nouns(project), *project.config.words)))
