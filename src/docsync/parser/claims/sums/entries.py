"""Which counts with their nouns one line states: `(10 files, 3,062 lines)`, `: 22 tests`, `- 368 lines`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from docsync.models.blocks import Inline
from docsync.parser.claims.sums.measures import MINUTES, PERCENT, Measure, measure, singular
from docsync.parser.masking import mask

_SPLIT = re.compile(r"[()\[\]:;|]|,\s|\s[-–—•·+→]\s|\s{2,}")
_DIGIT = re.compile(r"\d")
_COUNTS = re.compile(r"\W*(?:(?:and|plus)\s\W*)?(?:(?:about|approx\.?|around|circa)\s\W*)?\d", re.IGNORECASE)
"""Matches what every part of a line begins with that is a count."""
_NUMBERING = re.compile(r"[\s*_]*\d+(?:\.\d+)+\.?\s+(?=[A-Z*`])")
"""Matches the number of a heading: `1.3 Inventory` counts nothing."""
_FURTHER = re.compile(r"\W*(?:and|plus)\s(?=[~\d])", re.IGNORECASE)
"""Matches what goes before the last of several: `And 12 more boats`."""
_TIMES_OVER = re.compile(r"x\b")
"""Matches the unit of `17x faster`."""
_LONGEST = 60
_MOST = 24
_TOTAL_WORDS = frozenset({"total", "overall", "all", "combined", "sum", "more", "other", "others", "additional", "further"})


class Count(Struct, frozen=True):
    """Hold a count that a line states: its measure, and the head of the counted noun, empty where none is written."""

    measure: Measure
    noun: str


class Entry(Struct, frozen=True):
    """Hold a line that may state counts: its text without emphasis, and the counts in order."""

    label: str
    counts: tuple[Count, ...]

    @property
    def nouns(self) -> frozenset[str]:
        """Give what the line counts."""
        return frozenset(count.noun for count in self.counts)


def line_entry(inline: Inline, start: int, end: int) -> Entry:
    """Read one line of a text."""
    text = inline.text[start:end]
    if not _DIGIT.search(text):
        return Entry(text, ())
    return Entry(text, tuple(_counts(inline, start, end)))


def _counts(inline: Inline, start: int, end: int) -> Iterator[Count]:
    masked = mask(inline.text[start:end])
    numbering = _NUMBERING.match(masked)
    at, before = numbering.end() if numbering else 0, ""
    for number, found in enumerate([*_SPLIT.finditer(masked), None]):
        stop = found.start() if found else len(masked)
        after = found[0] if found else ""
        if number < _MOST and stop - at <= _LONGEST and _COUNTS.match(masked, at, stop):
            yield from _count(inline, start + at, masked[at:stop], alone=before == "(" and after == ")")
        at, before = found.end() if found else stop, after


def _count(inline: Inline, at: int, text: str, *, alone: bool) -> Iterator[Count]:
    further = _FURTHER.match(text)
    lead = further.end() if further else len(text) - len(text.lstrip())
    found = measure(text[lead:], inline.span(at + lead, at + lead).start)
    # A number alone counts only in brackets of its own; `(10 total)` is one with a word that names nothing.
    if found is not None and found.unit != PERCENT and (found.unit or alone) and not _TIMES_OVER.match(found.unit):
        yield Count(found, noun_of(found))


def noun_of(found: Measure) -> str:
    """Give the head of the noun that a measure counts: `test` for `3 failing tests`, empty for `10 total`."""
    words = [word for word in found.unit.split() if word not in _TOTAL_WORDS]
    return found.unit if found.unit == MINUTES else singular(words[-1]) if words else ""
