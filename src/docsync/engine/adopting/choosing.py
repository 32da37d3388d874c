"""Which of the homes that documents could be are proposed: of each id one, and the richest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from msgspec import Struct, field

from docsync.engine.adopting.candidates import Candidate
from docsync.engine.adopting.proposals import Confidence, HomeProposal, LeftAlone
from docsync.models.schema import HomeRule
from docsync.text.spans import Span

_RANK: Final = {Confidence.CERTAIN: 0, Confidence.LIKELY: 1, Confidence.UNSURE: 2}
_ANEW: Final = 0.5
"""From which share of equal ids with other titles on two lists are two numberings, and not one told twice."""


class Choice(Struct):
    """Hold what was chosen, and what was left alone."""

    homes: list[Candidate] = field(default_factory=list)
    left: list[LeftAlone] = field(default_factory=list)


_MOST_NAMED: Final = 3
_WHOLES: Final = frozenset({"phase", "workstream"})
"""The kinds whose boxes may be records of their own: the tasks that belong to them."""


def choose(found: Iterable[Candidate]) -> Choice:
    """Choose homes kind by kind: no id twice, and none of a kind whose ids mean something else in each document."""
    choice = Choice()
    tried = tuple(found)
    criteria: dict[str, list[Span]] = {}
    for candidate in tried:
        if candidate.rule.form != "items" and candidate.kind.name not in _WHOLES:
            for record in candidate.records:
                criteria.setdefault(record.path, []).extend(criterion.span for criterion in record.criteria)
    found = [one for one in tried if not _are_criteria(one, criteria.get(one.rule.path, ()))]
    by_kind = groupby(sorted(found, key=lambda one: one.kind.name), key=lambda one: one.kind.name)
    for _, group in by_kind:
        _choose_kind(_own_readings(list(group)), choice)
    _drop_overlaps(choice)
    return choice


def proposal(candidate: Candidate) -> HomeProposal:
    """Give a chosen candidate as a proposal."""
    return HomeProposal(candidate.confidence, tuple(candidate.reasons()), candidate.rule, candidate.ids)


def _are_criteria(candidate: Candidate, criteria: Sequence[Span]) -> bool:
    """Tell whether list items are what a gate, hole or task must meet, and no records themselves."""
    if candidate.rule.form != "items" or not criteria:
        return False
    inside = sum(any(span.contains(record.span) for span in criteria) for record in candidate.records)
    return inside * 2 >= len(candidate.records)


def _strength(candidate: Candidate) -> tuple[int, float, int]:
    return _RANK[candidate.confidence], -candidate.richness, -len(candidate.records)


def _own_readings(group: Sequence[Candidate]) -> list[Candidate]:
    """Of one document's forms keep the strongest and those that define other ids: a table above repeats its sections."""
    kept: list[Candidate] = []
    for candidate in sorted(group, key=_strength):
        ids = {one for other in kept if other.rule.path == candidate.rule.path for one in other.ids}
        if ids.isdisjoint(candidate.ids):
            kept.append(candidate)
    return kept


def _choose_kind(group: Sequence[Candidate], choice: Choice) -> None:
    best = min(group, key=_strength)
    numbered_anew = _numbered_anew(group)
    if best in numbered_anew:
        choice.left.append(_without_home(numbered_anew))
        return  # where none is better than another, a third one is no home either
    choice.left += [_otherwise(one, best) for one in numbered_anew]
    taken: dict[str, Candidate] = {}
    for candidate in sorted(group, key=_strength):
        if candidate in numbered_anew:
            continue
        again = [one for one in candidate.ids if one in taken]
        if again:
            home = taken[again[0]].rule.path
            what = f"{len(again)} {candidate.kind.plural} in {candidate.rule.path}"
            choice.left.append(LeftAlone(what, f"they are at home in {home}; here they are mentions, and compared"))
        elif candidate.confidence is Confidence.UNSURE:
            what = f"{len(candidate.ids)} {candidate.kind.plural} in {candidate.rule.path}"
            choice.left.append(LeftAlone(what, f"too little speaks for homes: {'; '.join(candidate.reasons())}"))
        else:
            choice.homes.append(candidate)
            taken |= dict.fromkeys(candidate.ids, candidate)


def _without_home(anew: Sequence[Candidate]) -> LeftAlone:
    paths = sorted({one.rule.path for one in anew})
    more = f" and {len(paths) - _MOST_NAMED} more" if len(paths) > _MOST_NAMED else ""
    why = f"{anew[0].ids[0]} and others mean something else in each, and an id is one for the whole project"
    what = f"{anew[0].kind.plural} of {', '.join(paths[:_MOST_NAMED])}{more}"
    return LeftAlone(what, f"{why}; adopt such a folder by itself, with --root")


def _otherwise(candidate: Candidate, best: Candidate) -> LeftAlone:
    what = f"{len(candidate.ids)} {candidate.kind.plural} in {candidate.rule.path}"
    return LeftAlone(
        what, f"most are called otherwise than in {best.rule.path}, so they are others, or one of the two is wrong"
    )


def _numbered_anew(group: Sequence[Candidate]) -> list[Candidate]:
    """Give the candidates whose ids are called something else in another one.

    The strongest is among them where another is as strong, or where it has no names by which to tell.
    """
    best = min(group, key=_strength)
    titles = {candidate.rule: _titles(candidate) for candidate in group}
    anew = [one for one in group if one is not best and any(_clash(one, other, titles) for other in group)]
    untitled = len(anew) > 1 and not titles[best.rule]
    return [best, *anew] if untitled or any(_equals(best, one) and _clash(one, best, titles) for one in anew) else anew


def _clash(one: Candidate, other: Candidate, titles: Mapping[HomeRule, Mapping[str, str]]) -> bool:
    return one.rule.path != other.rule.path and _differ(titles[one.rule], titles[other.rule])


def _equals(best: Candidate, other: Candidate) -> bool:
    """Tell whether as much speaks for one document as for another, so that neither is the home."""
    return (
        other.confidence is best.confidence
        and len(other.records) * 2 >= len(best.records)
        and other.richness + 1 > best.richness
    )


def _titles(candidate: Candidate) -> Mapping[str, str]:
    return {record.id: " ".join(record.title.casefold().split()) for record in candidate.records if record.title}


def _differ(own: Mapping[str, str], other: Mapping[str, str]) -> bool:
    shared = own.keys() & other.keys()
    return bool(shared) and sum(not _same(own[one], other[one]) for one in shared) / len(shared) >= _ANEW


def _same(one: str, other: str) -> bool:
    return (
        one in other
        or other in one
        or len(set(one.split()) & set(other.split())) * 2 >= min(len(one.split()), len(other.split()))
    )


def _drop_overlaps(choice: Choice) -> None:
    """Let the same words of a document be the home of one kind only: the one that more speaks for."""
    kept: list[Candidate] = []
    for candidate in sorted(choice.homes, key=_strength):
        spans = {(record.path, record.span) for record in candidate.records}
        if all(spans.isdisjoint((record.path, record.span) for record in other.records) for other in kept):
            kept.append(candidate)
    choice.homes[:] = sorted(kept, key=lambda one: (one.rule.path, one.kind.name))
