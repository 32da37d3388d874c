"""Which numbers of a project are given for one quantity, and what comes of holding them against each other."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import Final

from docsync.models.claims import Form, Number
from docsync.models.diagnostics import Place
from docsync.project.derived import entry
from docsync.project.index import Project
from docsync.project.owners import counted
from docsync.project.quantities import Stated, stated_numbers
from docsync.project.weighing import FEWEST, Agreement, Disagreement, weigh
from docsync.project.wordings import speaks_of_progress, telling, tells_another_share, tells_total

_HUNDRED: Final = Decimal(100)
_COUNTED: Final = ("", "open")
"""What a number without a total can count of all there are: everything, or what is left."""


def disagreements(project: Project, paths: Sequence[str]) -> Iterator[Disagreement | Agreement]:
    """Give what comes of the counts and totals of documents that speak of the same things: those of one circle."""
    stated = [one for path in paths for one in entry(stated_numbers, project, path) or ()]
    return chain(_counts(stated, paths[0]), _totals(stated, paths[0])) if _may_differ(stated) else iter(())


def _counts(among: Iterable[Stated], circle: str) -> Iterator[Disagreement | Agreement]:
    """Give the fractions of one total whose counts differ."""
    groups: dict[Hashable, list[Stated]] = {}
    for stated in among:
        total = stated.quantity.total
        if total is not None and total.exact and total.value > 1:
            topic = stated.topic
            key = (_company(stated, circle), topic.owner, topic.measure or "done", topic.qualifier, topic.moment, total.value)
            groups.setdefault(key, []).append(stated)
    for group in filter(_may_differ, groups.values()):
        for members in chain.from_iterable(map(_by_words, _by_noun(group))):
            yield from weigh("count", members, _count)


def _totals(among: Iterable[Stated], circle: str) -> Iterator[Disagreement | Agreement]:
    """Give the totals of one kind of thing that differ."""
    groups: dict[Hashable, list[Stated]] = {}
    for stated in among:
        if _is_total(stated):
            topic = stated.topic
            rest = "open" if stated.quantity.total is None and topic.measure else ""
            key = (_company(stated, circle), topic.owner, topic.noun, rest, topic.qualifier, topic.moment)
            groups.setdefault(key, []).append(stated)
    for members in chain.from_iterable(map(_by_words, filter(_may_differ, groups.values()))):
        yield from weigh("total", members, _total)


def percents(among: Sequence[Stated]) -> Iterator[Disagreement | Agreement]:
    """Give the shares of one thing in one document that differ, each written or worked out from a fraction."""
    groups: dict[Hashable, list[Stated]] = {}
    for stated in among if _may_differ(among) else ():
        if _is_share(stated):
            for name in dict.fromkeys(_names(stated)):
                groups.setdefault((name, stated.topic.moment), []).append(stated)
    for members in chain.from_iterable(map(_by_lead, filter(_may_differ, groups.values()))):
        if any(stated.quantity.percent is not None for stated in members):
            sure = not any(stated.topic.noun and not _called(stated) for stated in members)
            yield from weigh("percent", members, _share, sure=sure)


def _may_differ(group: Sequence[Stated]) -> bool:
    return len(group) >= FEWEST


def _company(stated: Stated, circle: str) -> str:
    """Give what a number may be compared within: its document, or all those of the circle, which goes by its first path.

    Only what is of a numbered thing, or counts everything and says so, means the same from document to document.
    """
    topic, quantity = stated.topic, stated.quantity
    shared = stated.owner.entity or (not topic.owner and quantity.total is not None)
    return circle if shared and not topic.moment else stated.path


def _names(stated: Stated) -> Iterator[str]:
    """Give the names under which a share is compared: its owner, and what its own line calls it."""
    called = _called(stated)
    if called is None or stated.owner.entity:
        yield stated.topic.owner
    if called is not None:
        yield called


def _by_noun(group: Sequence[Stated]) -> Iterator[list[Stated]]:
    """Divide fractions of one total by what they count; one that does not say it joins those that alone do."""
    nouns: dict[str, list[Stated]] = {}
    for stated in group:
        nouns.setdefault(stated.topic.noun, []).append(stated)
    silent = nouns.pop("", [])
    if len(nouns) == 1:
        noun, members = next(iter(nouns.items()))
        yield sorted((*members, *(one for one in silent if one.owner.facet <= {noun})), key=_position)
        return
    yield from nouns.values()
    facets: dict[frozenset[str], list[Stated]] = {}
    for stated in silent:
        facets.setdefault(stated.owner.facet, []).append(stated)
    yield from facets.values()


def _by_words(group: Sequence[Stated]) -> Iterator[list[Stated]]:
    """Divide numbers of one thing by the further words for it; where a line has none, it joins those that have the same."""
    yield from _divided((stated.owner.words, stated) for stated in group)


def _by_lead(group: Sequence[Stated]) -> Iterator[list[Stated]]:
    """Divide shares by what introduces the lists that they stand in; a numbered thing is the same in all of them."""
    yield from _divided((frozenset[str]() if stated.owner.entity else stated.owner.words, stated) for stated in group)


def _divided(group: Iterable[tuple[frozenset[str], Stated]]) -> Iterator[list[Stated]]:
    called: dict[frozenset[str], list[Stated]] = {}
    for words, stated in group:
        called.setdefault(words, []).append(stated)
    silent = called.pop(frozenset(), [])
    if len(called) == 1:
        yield sorted((*next(iter(called.values())), *silent), key=_position)
        return
    yield from called.values()
    yield silent


def _is_total(stated: Stated) -> bool:
    """Tell whether a number says how many there are: with its owner's name, or as the total of the document."""
    quantity, topic = stated.quantity, stated.topic
    number = quantity.total or quantity.count
    if (
        not topic.noun
        or number is None
        or number.upper is not None
        or (quantity.total is None and topic.measure not in _COUNTED)
    ):
        return False
    if quantity.total is None and quantity.percent is not None:
        return False
    if stated.owner.entity:
        return quantity.total is not None or _is_subject(stated)
    if topic.owner:
        return False
    if quantity.form is Form.ROW:
        return tells_total(quantity.scope.item) or tells_total(quantity.key)
    return bool(quantity.key) and (quantity.total is not None or tells_total(quantity.key))


def _is_subject(stated: Stated) -> bool:
    """Tell whether a line is about the owner and says nothing else before its number: `Part 3: 14 tasks`."""
    quantity = stated.quantity
    if not stated.owner.near or quantity.form is Form.PROSE or telling(quantity.before) or telling(quantity.rest):
        return False
    return quantity.form is Form.ROW or bool(quantity.key)


def _is_share(stated: Stated) -> bool:
    """Tell whether a number says how far its owner is."""
    if stated.topic.measure not in ("", "done") or not _may_be_share(stated):
        return False
    quantity, scope = stated.quantity, stated.quantity.scope
    texts = (quantity.key, quantity.before, quantity.rest, scope.item, scope.lead, *scope.headings)
    return not any(map(tells_another_share, texts))


def _may_be_share(stated: Stated) -> bool:
    quantity = stated.quantity
    if quantity.total is None:
        return quantity.percent is not None and quantity.count is None and _is_completion(stated)
    if not quantity.total.value or not quantity.total.exact or quantity.form is Form.PROSE:
        return False
    if stated.topic.noun:
        return _called(stated) is not None or (_is_named(stated) and speaks_of_progress(quantity.key))
    return _is_named(stated)


def _is_named(stated: Stated) -> bool:
    """Tell whether the text leaves no doubt whose share it is: its own line names it, or it says `overall`."""
    if stated.topic.owner:
        return stated.owner.near or stated.owner.entity
    return stated.quantity.form is not Form.ROW and speaks_of_progress(stated.quantity.key)


def _is_completion(stated: Stated) -> bool:
    quantity, owner = stated.quantity, stated.owner
    if stated.topic.measure == "done" or speaks_of_progress(quantity.key):
        return quantity.form is not Form.ROW or owner.near
    if not owner.near or quantity.form in (Form.PROSE, Form.ROW):
        return False
    return owner.entity or quantity.form is Form.HEADING


def _called(stated: Stated) -> str | None:
    """Give the name that a share's own line has for its owner besides a number: `Phase 1: Profiles (60%)`, `| Profiles |`."""
    quantity = stated.quantity
    label = quantity.scope.item if quantity.form is Form.ROW else quantity.before
    words = telling(label) if stated.owner.entity or (quantity.noun and telling(label) == counted(quantity)) else frozenset()
    return " ".join(sorted(words)) or None


def _position(stated: Stated) -> Place:
    return stated.place


def _count(stated: Stated) -> tuple[Decimal, Number]:
    number = stated.quantity.count
    assert number is not None  # noqa: S101 -- only fractions are asked
    return number.value, number


def _total(stated: Stated) -> tuple[Decimal, Number]:
    number = stated.quantity.total or stated.quantity.count
    assert number is not None  # noqa: S101 -- only what counts is asked
    return number.value, number


def _share(stated: Stated) -> tuple[Decimal, Number]:
    quantity = stated.quantity
    if quantity.percent is not None:
        return quantity.percent.value, quantity.percent
    count, total = _count(stated)[1], _total(stated)[1]
    share = _HUNDRED * count.value / total.value
    return share, Number(share, count.span, places=6, approximate=count.approximate, at_least=count.at_least)
