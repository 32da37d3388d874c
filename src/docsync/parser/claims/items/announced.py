"""Which counts a heading or a lead-in announces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from docsync.models.blocks import Inline
from docsync.models.claims import Number
from docsync.parser.claims.nouns import MEASURES, is_plural, phrase_after
from docsync.parser.claims.numbers import amounts
from docsync.parser.claims.traps import is_label
from docsync.parser.vocabulary import Vocabulary

_WORDS = {
    word: value
    for value, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)  # noqa: SIM905
}
_WORD = re.compile(rf"(?<![\w-])(?P<word>{'|'.join(_WORDS)})(?=\s)", re.IGNORECASE)
_OPENING = r"\((?:[A-Za-z+ ]{1,18}\s[-–—]\s|[A-Za-z ]{1,12}:\s|all\s)?"
_COUNT = rf"(?:\d(?!\d*[.:)](?:\s|\Z))|(?:{'|'.join(_WORDS)})\s)"
"""Matches the beginning of what counts: `2. ` is the number of a heading itself."""
_FIRST = re.compile(rf"\W*{_COUNT}", re.IGNORECASE)
_IN_BRACKET = re.compile(rf"{_OPENING}(?:[~≈]\s?)?{_COUNT}", re.IGNORECASE)
_MAY_COUNT = re.compile(
    rf"[^a-z](?:(?<=\d)|(?<![\w-])(?:{'|'.join(word for word, value in _WORDS.items() if value > 1)})(?=\s))"
)
"""Matches a digit or a word for several, in lower case behind a blank; `re` leaps over letters."""
_OPENS = re.compile(rf"{_OPENING}\Z", re.IGNORECASE)
_PLURAL = re.compile(r"[A-Za-z][A-Za-z-]+")
_BOUNDS = frozenset("≥≤<>")
_TOTAL = re.compile(r"\s*(?:in\s)?total\b", re.IGNORECASE)


class Announced(Struct, frozen=True):
    """Hold one count that a text announces, `start:end` in it.

    `title` is the plural word before its bracket, `beside` what the same text counts beside it.
    """

    number: Number
    noun: str
    qualifier: str
    state: str
    start: int
    end: int
    fraction: bool = False
    bracketed: bool = False
    title: str = ""
    beside: Decimal = Decimal(0)


def may_announce(text: str) -> bool:
    """Tell, at little cost, whether a text can count anything."""
    return _MAY_COUNT.search(f" {text.lower()}") is not None


def may_head(text: str) -> bool:
    """Tell whether a heading's masked text can count something: first of all, or in brackets."""
    return (_FIRST.match(text) or _IN_BRACKET.search(text)) is not None


def announced(inline: Inline, text: str, start: int, end: int, vocabulary: Vocabulary) -> Iterator[Announced]:
    """Give the counts of items in `text[start:end]`, the masked text of `inline`."""
    for number, first, last, fraction in sorted(_numbers(inline, text, start, end), key=lambda one: one[1]):
        if (
            number.places
            or text[max(start, first - 2) : first].strip()[-1:] in _BOUNDS
            or is_label(text, first, start, vocabulary)
        ):
            continue
        bracketed = _in_bracket(text, start, first)
        phrase = phrase_after(text, last, end, vocabulary)
        if phrase.noun and not is_plural(phrase.noun, vocabulary):  # `6 test files` are files
            phrase = phrase_after(text, phrase.end, end, vocabulary)
        if phrase.noun and phrase.noun not in MEASURES and is_plural(phrase.noun, vocabulary):
            title = _last_plural(text[start:first], vocabulary) if bracketed else ""
            yield Announced(number, phrase.noun, phrase.qualifier, phrase.state, first, phrase.end, fraction, bracketed, title)
        elif bracketed and (total := _TOTAL.match(text, last, end)) and (noun := _last_plural(text[start:first], vocabulary)):
            yield Announced(number, noun, "", "", first, total.end(), fraction, bracketed)


def _in_bracket(text: str, start: int, at: int) -> bool:
    """Tell whether a bracket opens right before, or before a word and a dash: `(KEEP - 5 files)`."""
    return _OPENS.search(text[max(start, at - 24) : at]) is not None


def _numbers(inline: Inline, text: str, start: int, end: int) -> Iterator[tuple[Number, int, int, bool]]:
    for amount in amounts(inline, text, start, end):
        if amount.sign != "%":
            yield amount.total or amount.number, amount.start, amount.end, amount.total is not None
    for found in _WORD.finditer(text, start, end):
        value = Decimal(_WORDS[found["word"].lower()])
        if value == 1:  # `the one that sinks` counts nothing
            continue
        yield Number(value, inline.span(*found.span())), found.start(), found.end(), False


def _last_plural(text: str, vocabulary: Vocabulary) -> str:
    found = [word for match in _PLURAL.finditer(text) if is_plural(word := match[0].lower(), vocabulary)]
    return found[-1] if found else ""
