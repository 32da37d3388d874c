"""Whether the lines that spell a count out come to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.claims import Number, Scope
from docsync.models.ties import Tie, TieKind
from docsync.parser.claims.sums.adding import Addend, added, blank
from docsync.parser.claims.sums.entries import Count, Entry
from docsync.parser.claims.sums.measures import MINUTES, Measure, plural, singular
from docsync.parser.statements import plain

_MOMENTS: Final = frozenset({"second", "millisecond"})
_TIMES: Final = _MOMENTS | frozenset({MINUTES, "day", "week", "month", "year", "sprint", "hour"})
_CALENDAR: Final = frozenset({"day", "week", "month", "year", "sprint"})
_SIZES: Final = frozenset({"line", "loc", "word", "token", "character", "char", "page", "kb", "mb", "byte", "$", "minute"})
_OUT = re.compile(
    r"\b(?:skip(?:ped)?|defer(?:red)?|removed|dropped|cancel+ed|none|moved|postponed|not\scounted|exclud\w*)\b|\bN/A\b|~~",
    re.IGNORECASE,
)
_PERHAPS = re.compile(
    r"\b(?:optional(?:ly)?|background|parallel|concurrent(?:ly)?|overlap\w*|of\swhich|subset|unique|includ\w*|incl|remaining|already|existing|same"
    r"|shared|plus|also|stretch|bonus|total|sub-?total)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:so\sfar|to\sdate|cumulative|vs|versus|faster|slower|parallel|concurrent|unique|distinct|avg|average|mean|including|e\.g|examples?|such\sas|max|maximum|minimum|up\sto|at\sleast|per|each"
    r"|etc|top|sample|highlights?|over|only|targets?|goals?|original(?:ly)?|previous(?:ly)?|was|were|of\swhich|excluding|without|plus|more)\b"
    r"|→|->|…|\.\.\.",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:and|plus)\s(?:many\s|several\s|some\s|a\sfew\s)?(?:more|others?)\b|\betc\b|…|\.\.\.", re.IGNORECASE
)
"""Matches a line that stands for others that are left out."""
_WORD = re.compile(r"[A-Za-z]+")
_KNOWN_SHARE = 3
"""Of four lines one may say nothing."""
_FEWEST = 2
_ROUND = re.compile(r"[1-9]\d*?(0{2,})")
_TWENTIETH = Decimal("0.05")


class Group(Struct, frozen=True):
    """Hold the lines that may spell a count out, and what they are to it in words."""

    entries: Sequence[Entry]
    where: str


def announces(entry: Entry, *, above: bool = False) -> bool:
    """Tell whether a line's counts can be sums: it holds some, and names no bound, mean, change or choice.

    Seconds that stand `above` what they speak of are a delay or the time of a run, and seldom the sum of others.
    """
    counts = [count for count in entry.counts if not above or count.noun not in _MOMENTS]
    return bool(counts) and _OTHERWISE.search(entry.label) is None


def spelled(announced: Entry, groups: Sequence[Group], scope: Scope) -> list[Tie]:
    """Tie each count of a line to the lines that spell it out: the first group that comes to it, else the first of all."""
    found: list[Tie] = []
    for count in announced.counts:
        like = blank(TieKind.CHILDREN, count.noun, scope)
        ties = [
            next((tie for tie in ties if tie.holds), ties[0])
            for stated, whole in _numbers(count)
            if (ties := [tie for group in groups if (tie := _tie(announced.label, stated, like, group, whole=whole))])
        ]
        # Of a fraction one number at least must be theirs, or the parts are not all.
        if (len(ties) == 1 and not _divided(announced, ties[0])) or any(tie.holds for tie in ties):
            found.extend(ties)
    return found


def _divided(announced: Entry, tie: Tie) -> bool:
    """Tell whether a line divides among its own counts what its parts come to: `(8 public, 5 private)`."""
    own = [count.measure.low for count in announced.counts]
    return len(own) > 1 and tie.low == sum(own)


def _numbers(count: Count) -> list[tuple[Measure, bool]]:
    """Give the numbers of a count: of a fraction both, each compared with its like."""
    whole = count.measure.whole
    return [(count.measure, False)] if whole is None else [(count.measure, False), (_of(whole, count.measure), True)]


def _of(whole: Number, measure: Measure) -> Measure:
    return replace(measure, number=whole, low=whole.value, high=whole.value, whole=None)


def _tie(label: str, stated: Measure, like: Tie, group: Group, *, whole: bool) -> Tie | None:
    addends = _addends(label, like.noun, group.entries, whole=whole)
    if addends is None or stated.at_most or _counts_lines(stated, like.noun, group) or _are_choices(stated, addends):
        return None
    noun = like.noun or addends[0].measure.unit
    written = "hours" if noun == MINUTES and stated.factor > 1 else plural(noun)
    like = replace(like, noun=written, why=(f"the parts are {group.where}",))
    tie, rounded = added(stated, addends, like), added(_rounded(stated, noun), addends, like)
    # Steps that take less than is said leave time for what lies between them; in calendar time, some may go side by side.
    leaves = noun in _CALENDAR or (noun in _TIMES and tie.high < tie.stated.value)
    return rounded if rounded.holds else replace(tie, sure=tie.sure and not leaves)


def _counts_lines(stated: Measure, noun: str, group: Group) -> bool:
    """Tell whether a number in brackets counts the lines themselves: `Tests (3):` over three files of some tests each."""
    return not noun and stated.number.value == len(group.entries)


def _are_choices(stated: Measure, addends: Sequence[Addend]) -> bool:
    """Tell whether each part is as much as the whole: one clip of half a minute in two languages, runs of 5-6 seconds."""
    return bool(stated.low) and all(stated.low <= part.measure.low <= part.measure.high <= stated.high for part in addends)


def _rounded(stated: Measure, noun: str) -> Measure:
    """Take a round number of lines, words or the like for a rounded one: `400 lines` may be 404."""
    if noun in _SIZES and stated.number.exact and _ROUND.fullmatch(f"{stated.number.value:f}"):
        slack = stated.number.value * _TWENTIETH
        value, span = stated.number.value, stated.number.span
        return replace(stated, number=Number(value - slack, span, stated.number.places, upper=value + slack))
    return stated


def _addends(label: str, noun: str, entries: Sequence[Entry], *, whole: bool) -> list[Addend] | None:
    """Read what each line adds; None where too many say nothing, or where one counts in another unit of time."""
    words = frozenset({noun}) if noun else frozenset(singular(word.lower()) for word in _WORD.findall(label))
    addends: list[Addend] = []
    silent = 0
    for entry in entries:
        found = _one(entry, words)
        if found is None:
            if noun in _TIMES and not _TIMES.isdisjoint(entry.nouns):
                return None
            if _GOES_ON.search(entry.label):
                return None
            silent += _OUT.search(entry.label) is None
        elif whole and found.whole is None:
            return None
        else:
            part = _of(found.whole, found) if whole and found.whole else found
            addends.append(Addend(_perhaps(part, entry.label), plain(entry.label)))
    known = len(addends)
    return [*addends, *_unknown(addends, silent)] if known >= _FEWEST and silent * _KNOWN_SHARE <= known else None


def _one(entry: Entry, words: frozenset[str]) -> Measure | None:
    """Give the one count of a line that is of these nouns; one number in brackets counts what is announced."""
    named = [count.measure for count in entry.counts if count.noun in words]
    chosen = named or [count.measure for count in entry.counts if not count.noun]
    return chosen[0] if len(chosen) == 1 else None


def _perhaps(measure: Measure, label: str) -> Measure:
    """Let what is optional, parallel or counted elsewhere add nothing, too."""
    return replace(measure, low=min(measure.low, Decimal(0))) if _PERHAPS.search(label) or _OUT.search(label) else measure


def _unknown(addends: Sequence[Addend], silent: int) -> list[Addend]:
    """Let each line that states nothing add at most as much as the largest of the others."""
    largest = max((addend.measure for addend in addends), key=lambda measure: measure.high)
    return [Addend(replace(largest, low=Decimal(0)), "")] * silent
