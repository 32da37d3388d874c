"""How the names of entities are written: ids, and words with a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final

TO: Final = r"(?:\.{2,3}|[–—-]|\s(?:to|through|thru)\s)"
"""Matches what stands between the two ends of a range."""

_ID = (
    r"(?:(?:[A-Z][A-Z0-9]{0,11}(?:-[A-Z0-9]{1,12}){0,3}-\d{1,6}[A-Za-z]?|[A-Z]{1,4}\d{1,5})(?:\.\d{1,4}){0,3}[a-z]?"
    r"|WS-[A-Z]\d{0,2}(?![\w-]))"
)
_NUMBER = r"\d{1,4}(?:\.\d{1,4}){0,2}[A-Za-z]?"
_BEGINS: Final = r"[^\0-/:-@[-\x7f]"
"""Matches digits, capitals and signs outside ASCII: a class without `\\d` is looked up in half the time."""
_GAPS: Final = (r"[\s*_`-]", r"[\s*_`-][\s*_`#]", r"[\s*_`-][\s*_`][\s*_`#]", r"[\s*_`-][\s*_`]{2}\#")
"""Match, each in another length, what can stand between a word and its number, before emphasis and code are masked."""
_FOLDED: Final = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}
"""The further letters that `re` takes for a letter where it ignores case."""
_MORE = rf"(?:\+|\s?[,/&]\s?(?:and\s|&\s)?|\sand\s|{TO})\d{{1,4}}(?![\w%]|[.:]\d)"


def named_pattern(numbered: Iterable[str]) -> re.Pattern[str]:
    """Match an id, a range or list of ids, or one of the words `numbered` with its number or numbers."""
    words = _either(numbered)
    return re.compile(
        rf"(?<![\w.#\\@$-])(?<![^\d]/)(?:"
        rf"(?P<id>{_ID}|\#\d{{1,6}})(?P<more>(?:,\d{{1,4}})+|{TO}(?:{_ID}|(?<!-)\d{{1,6}}))?(?!\w|-\w|\.\w|/(?!\#?[A-Z]{{0,4}}-?\d))"
        rf"|(?P<label>(?:{words})(?P<plural>(?i:s?)))(?:\s{{1,3}}|-)\#?(?P<number>{_NUMBER}|[A-Z](?:-?\d{{1,3}}(?:\.\d{{1,3}})?)?)(?P<others>(?:{_MORE})*)(?![\w%]|\.\d|-\w)"
        rf")"
    )


def hint_pattern(numbered: Iterable[str]) -> re.Pattern[str]:
    """Match, at little cost, what no name is without: a digit after a letter or `#`, or a number after a word's last letters.

    A text where it matches nothing names nothing, whether its emphasis and code are masked or not.
    """
    words = tuple(numbered)
    written = (*words, *(word[:-1] + "ies" for word in words if word.endswith("y")), "criteria")
    endings = {word[-2:] + plural for word in written for plural in ("", "s")}
    # What is looked back for must be of one length.
    ends = [_any(found) for _, found in groupby(sorted(endings, key=len), key=len)]
    after = (rf"(?<=\w{gap}.)(?:{'|'.join(f'(?<=(?i:{end}){gap}.)' for end in ends)})" for gap in _GAPS)
    return re.compile(
        rf"{_BEGINS}(?<=[\s*_`#A-Z-].)(?:(?<=\d)|(?<=[A-Z])(?![^\W\d_]))"
        rf"(?:(?<=[A-Z#]\d)|(?<=[A-Z\d]-\d)|(?<=WS-[A-Z])|(?<![A-Z].)(?:{'|'.join(after)}))"
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def _either(words: Iterable[str]) -> str:
    """Match one of some words in any case; sorted by their first letters, of which `re` then tries no more than one."""
    begun: dict[str, list[str]] = {}
    for form in map(_forms, words):
        letter = form[0] if form[0].isascii() and form[0].isalpha() else ""
        begun.setdefault(letter, []).append(form[len(letter) :])
    return "|".join(f"{_first(letter)}(?i:{'|'.join(rests)})" for letter, rests in begun.items())


def _forms(word: str) -> str:
    """Match a word, of some also its plural: the others take an `s`."""
    form = re.escape(word[:-1]) + "(?:y|ies)" if word.endswith("y") else re.escape(word)
    return form.replace("criterion", "criteri(?:on|a)")


def _first(letter: str) -> str:
    """Match a letter in either case, as a class, which is looked at before a branch is tried; one of any case is not."""
    return f"[{letter.lower()}{letter.upper()}{_FOLDED.get(letter.lower(), '')}]" if letter else ""
