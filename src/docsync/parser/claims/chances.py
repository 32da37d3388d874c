"""Which texts can claim a quantity at all, told from the signs beside their digits: most numbers count nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from docsync.parser.claims.nouns import is_plain_header, key_phrase
from docsync.parser.claims.traps import is_named_value
from docsync.parser.statements import Statement
from docsync.parser.vocabulary import Vocabulary

_GAP: Final = r"[\s*_`]"
"""Matches what is a space once the text is masked."""
_MEASURE: Final = rf"(?:seconds|minutes|hours|days|weeks|months|years)(?![\w'’/-]|\.\w|{_GAP}+[#\dA-Z])"
"""Matches the measures that follow most numbers of a plan, and name nothing by a number of their own as `days 3` does."""
_COUNTED: Final = re.compile(rf"\d\+?(?:{_GAP}+(?!{_MEASURE})[\w#]|{_GAP}?[%/]|{_GAP}{{0,3}}[,:-]?{_GAP}{{0,3}}\()")
"""Matches the end of a number with what says that it counts: a word, a name, a percentage, a whole, or a bracket."""
_DIGIT: Final = re.compile(r"\d")
_VALUE: Final = re.compile(r"\W*\d[\d.,]*\+?(?![ *)]{0,7}[^\W_])")
"""Matches a number at the start of a value that no word follows."""
_KEYED: Final = re.compile(r"[:：](?:[^0-9A-Za-z:：]*\d|[^:：]*(?:[`<]|\]\(|~~)|//)")
"""Matches a colon that no letter divides from a number, or behind which something is hidden by masking."""


def may_claim(text: str) -> bool:
    """Tell whether a text, not yet masked, can claim a quantity: it says what a number counts, or one may be a key's value."""
    return _COUNTED.search(text) is not None or _KEYED.search(text) is not None


def claiming(found: Iterable[Statement]) -> list[Statement]:
    """Give the statements that can claim a quantity: a number is followed by what it counts, or is the value of the key."""
    return [
        statement
        for statement in found
        if _COUNTED.search(statement.text, statement.start, statement.end)
        or (statement.key and _VALUE.match(statement.text, statement.value, statement.end))
    ]


def cell_may_claim(text: str, header: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a cell, as written, can claim a quantity."""
    if _DIGIT.search(text) is None:
        return False
    return _COUNTED.search(text) is not None or _heads_counts(header, vocabulary)


@lru_cache(maxsize=1 << 10)  # asked for in each row
def _heads_counts(header: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a lone number under a column's header can be a count."""
    return is_plain_header(header) or is_named_value(key_phrase(header, vocabulary), header)
