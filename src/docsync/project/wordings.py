"""Which words of a key, a heading or a line say what a number is of, and which leave it open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from docsync.models.status import WORDS, Status

NOTHING: Final = frozenset[str]()

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_KEPT: Final = 1 << 11
"""For how many texts an answer is kept: keys and headings that documents share, and what is asked again within one."""
_NEUTRAL_TITLES = re.compile(r"\W*(?:performance metrics|current position)\W*", re.IGNORECASE)
"""Titles that leave open what stands under them though a word of theirs says much elsewhere."""
_NEUTRAL: Final = frozenset(
    """
    a about all an and approximately are as at been board breakdown by combined complete completion count counts current
    currently dashboard detail details document done far figure figures final for glance grand has have health impact in index
    inventory is it key list metric metrics note now number numbers of on only our overall overview percent percentage plan
    planning progress project rate remaining report result results roadmap score session so stand standing state states
    statistics stats status still success summary the to total totals track tracker tracking update updated updates value
    values we what what's with work
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
_LABELS: Final = frozenset(
    {"phase", "gate", "task", "hole", "item", "test", "criterion", "sprint", "part", "milestone", "component"}
)
_PAST = re.compile(
    r"\b(?:before|after|start(?:s|ed|ing)?|initial(?:ly)?|baselines?|previous(?:ly)?|prior|original(?:ly)?|earlier|old|end(?:s|ed|ing)?"
    r"|begin(?:s|ning)?|began|pre|post|then|was|were|first|next|last|new|target(?:s|ed)?|goals?|expected|estimat\w+|planned|budget\w*|example"
    r"|templates?|scenarios?|proposed|projected|history|changelog|day|week|month|today|yesterday|versus|vs|comparison|comparative"
    r"|max(?:imum)?|min(?:imum)?|peak|options?|alternatives?|milestones?|aims?|per|each|if|when|should|must|would|could|may)\b"
)
_NOW = re.compile(r"\b(?:current|status|state|now|so far)\b", re.IGNORECASE)
_OVERALL = re.compile(r"\b(?:overall|project|combined|grand|session)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:totals?|overall|count|altogether|all)\b", re.IGNORECASE)
_PROGRESS = re.compile(r"\b(?:progress|complet\w+|done|percentage)\b|%", re.IGNORECASE)
_ANOTHER_SHARE = re.compile(
    r"\b(?:cover(?:age|ed)?|rates?|accuracy|scores?|quality|confidence|efficiency|success|performance|metrics? achieve\w+"
    r"|effort|time|duration|cost|budget|risk|distribution|breakdown|remaining|left|reduc\w+|faster|savings?|completeness|availability"
    r"|uptime|usage|share|instances?|weight|impact on|\d\d% ci|fpr|tpr|fnr|auc)\b|→|->",
    re.IGNORECASE,
)
_PASSING: Final = frozenset({"passing", "passed", "pass", "passes", "green", "succeeded", "successful"})
_DONE: Final = frozenset({"satisfied", "met", "covered", "ticked", "checked"})
_TESTED: Final = frozenset({"test", "check", "spec", ""})
_LONGEST_GARBLED: Final = 4
_AFTER_LATIN: Final = "\u0250"
_LEFT: Final = frozenset(
    {"not", "remaining", "open", "left", "todo", "to go", "outstanding", "unresolved", "incomplete", "not done"}
)
_OPEN = re.compile(
    r"\b(?:not|remaining|open|pending|failed|failing|failures?|left|todo|deferred|blocked|missing|skipped|outstanding|unresolved"
    r"|incomplete)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=_KEPT)
def lemma(noun: str) -> str:
    """Give the singular of a counted noun, the same for all its forms."""
    if noun in ("criteria", "criterions"):
        return "criterion"
    if noun.endswith("ies") and len(noun) > 4:  # noqa: PLR2004 -- `ties` and `dies` keep their stem
        return noun[:-3] + "y"
    if noun.endswith(("sses", "xes", "ches", "shes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


@lru_cache(maxsize=_KEPT)
def telling(text: str) -> frozenset[str]:
    """Give the words of a text, as stems, that say what stands under it; `Overall progress` has none."""
    if _NEUTRAL_TITLES.fullmatch(text):
        return NOTHING
    found = set(map(_telling_stem, _WORD.findall(text)))
    found.discard("")
    return frozenset(found) if found else NOTHING


def without(words: frozenset[str], *others: Iterable[str]) -> frozenset[str]:
    """Give words but for others; where none is left, the one set that holds none, since most come to that."""
    return words.difference(*others) or NOTHING


@lru_cache(maxsize=_KEPT)
def _telling_stem(written: str) -> str:
    """Give a word's stem, empty where it leaves open what is meant."""
    word = written.casefold()
    stem = lemma(word)
    leaves_open = word in _NEUTRAL or stem in _LABELS or word in WORDS or word in _PASSING or _is_garbled(word)
    return "" if leaves_open else stem


def _is_garbled(word: str) -> bool:
    """Tell whether a word is a sign that was decoded wrongly: a few accented letters and no plain one."""
    return len(word) <= _LONGEST_GARBLED and all("\x7f" < letter < _AFTER_LATIN for letter in word)


def measure(state: str, noun: str) -> str:
    """Give what is counted of a noun: what is `done`, what passes, or another state by its own word."""
    if not state:
        return ""
    if state in _PASSING:
        return "passing" if lemma(noun) in _TESTED else "done"
    if state in _LEFT:
        return "open"
    known = WORDS.get(state)
    if known is Status.RESOLVED or state in _DONE:
        return "done"
    return known.value if known else state


@lru_cache(maxsize=_KEPT)
def speaks_of_another_time(text: str) -> bool:
    """Tell whether a key or heading sets its numbers apart from what is now: `Before`, `Starting point`, `Target`."""
    return _PAST.search(text.lower()) is not None


@lru_cache(maxsize=_KEPT)
def speaks_of_now(heading: str) -> bool:
    """Tell whether a heading announces how things stand: `Status & next steps`."""
    return _NOW.search(heading) is not None


@lru_cache(maxsize=_KEPT)
def is_overall(key: str) -> bool:
    """Tell whether a key says that its number is of everything."""
    return _OVERALL.search(key) is not None


@lru_cache(maxsize=_KEPT)
def counted_rest(text: str) -> str:
    """Give what a key or label counts of what is not done: what is `open`, or failed, put off and so on, by its own word."""
    found = _OPEN.search(text)
    return _rest(found[0].casefold()) if found else ""


def _rest(word: str) -> str:
    return "open" if word in _LEFT else word


@lru_cache(maxsize=_KEPT)
def tells_total(text: str) -> bool:
    """Tell whether a key or a row's label announces how many there are in all."""
    return _TOTAL.search(text) is not None


@lru_cache(maxsize=_KEPT)
def speaks_of_progress(text: str) -> bool:
    """Tell whether a key says that its number is how far things are."""
    return _PROGRESS.search(text) is not None


@lru_cache(maxsize=_KEPT)
def tells_another_share(text: str) -> bool:
    """Tell whether a percentage under or beside these words is of something else than the work that is done."""
    return _ANOTHER_SHARE.search(text) is not None
