"""How the names of entities are written: ids, and words with a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

TO: Final = r"(?:\.{2,3}|[–—-]|\s(?:to|through|thru)\s)"
"""Matches what stands between the two ends of a range."""

_ID = (
    r"(?:(?:[A-Z][A-Z0-9]{0,11}(?:-[A-Z0-9]{1,12}){0,3}-\d{1,6}[A-Za-z]?|[A-Z]{1,4}\d{1,5})(?:\.\d{1,4}){0,3}[a-z]?"
    r"|WS-[A-Z]\d{0,2}(?![\w-]))"
)
_NUMBER = r"\d{1,4}(?:\.\d{1,4}){0,2}[A-Za-z]?"
_MORE = rf"(?:\+|\s?[,/&]\s?(?:and\s|&\s)?|\sand\s|{TO})\d{{1,4}}(?![\w%]|[.:]\d)"


def named_pattern(numbered: Iterable[str]) -> re.Pattern[str]:
    """Match an id, a range or list of ids, or one of the words `numbered` with its number or numbers."""
    words = "|".join(re.escape(word[:-1] + "(?:y|ies)" if word.endswith("y") else word) for word in numbered)
    words = words.replace(re.escape("(?:y|ies)"), "(?:y|ies)").replace("criterion", "criteri(?:on|a)")
    return re.compile(
        rf"(?<![\w.#\\@$-])(?<![^\d]/)(?:"
        rf"(?P<id>{_ID}|\#\d{{1,6}})(?P<more>(?:,\d{{1,4}})+|{TO}(?:{_ID}|(?<!-)\d{{1,6}}))?(?!\w|-\w|\.\w|/(?!\#?[A-Z]{{0,4}}-?\d))"
        rf"|(?P<label>(?i:{words})(?P<plural>s?))(?:\s{{1,3}}|-)\#?(?P<number>{_NUMBER}|[A-Z](?:-?\d{{1,3}}(?:\.\d{{1,3}})?)?)(?P<others>(?:{_MORE})*)(?![\w%]|\.\d|-\w)"
        rf")"
    )
