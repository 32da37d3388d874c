"""Which numbers a text holds: plain, fractions, percentages and ranges, each with how exact it claims to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from msgspec import Struct

from docsync.models.blocks import Inline
from docsync.models.claims import Number

NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,6})?"
"""Matches a number as written: digits, separators of thousands, decimals."""

_BEGINS = re.compile(r"[\d~≈](?<![\w.,/:$€£¥#@=^\\+±−–—&%°§'’-].)")
"""Matches the first sign of an amount; the class at its start lets `re` leap over all others."""
_AMOUNT = re.compile(
    rf"""
    (?P<near>[~≈]\s?)?
    (?P<count>{NUMBER}(?:\s?[-–—]\s?{NUMBER})?)(?P<more>\+)?
    (?: \s?(?P<percent>%)(?P<percent_more>\+)?
      | \s?(?P<slash>/)\s?(?P<total_near>~)?(?P<total>{NUMBER})(?P<total_more>\+)?
      | \s{{1,3}}(?:out\s)?of\s(?:the\s|all\s|a\stotal\sof\s)?(?P<whole>{NUMBER})(?P<whole_more>\+)?
    )?
    (?![\w%°\ufe0f\u20e3]|[.,:'’]\d|[-–/+:]\w|\s?/\s?\d)
    """,
    re.VERBOSE,
)
_RANGE = re.compile(rf"({NUMBER})\s?[-–—]\s?({NUMBER})")


class Amount(Struct, frozen=True):
    """Hold what one place of a text counts, `start:end` in that text: a number, a fraction, or a percentage.

    `sign` is `/` or `of` for a fraction, `%` for a percentage, empty for a plain number.
    """

    number: Number
    total: Number | None
    sign: str
    start: int
    end: int


def amounts(inline: Inline, text: str, start: int, end: int) -> Iterator[Amount]:
    """Give the amounts in `text[start:end]`, the masked text of `inline`; numbers glued to other signs are none."""
    return (read_amount(inline, found) for found in written_amounts(text, start, end))


def written_amounts(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Find the amounts in `text[start:end]` without reading what they say; `percent` is set for a percentage."""
    taken = start
    for begin in _BEGINS.finditer(text, start, end):
        if begin.start() >= taken and (found := _AMOUNT.match(text, begin.start(), end)):
            taken = found.end()
            yield found


def amount_at(inline: Inline, text: str, start: int, end: int) -> Amount | None:
    """Give the amount that begins just at `start`."""
    found = _AMOUNT.match(text, start, end) if _BEGINS.match(text, start, end) else None
    return read_amount(inline, found) if found else None


def number(inline: Inline, written: str, start: int, *, near: bool = False, more: bool = False) -> Number:
    """Read a number or a range as written at `start` of the inline's text."""
    if written.isdigit():
        return Number(Decimal(written), inline.span(start, start + len(written)), approximate=near, at_least=more)
    ends = _RANGE.fullmatch(written)
    first = ends[1] if ends else written
    value = Decimal(first.replace(",", ""))
    return Number(
        value=value,
        span=inline.span(start, start + len(written)),
        places=len(first.partition(".")[2]),
        approximate=near,
        at_least=more,
        upper=Decimal(ends[2].replace(",", "")) if ends else None,
    )


def read_amount(inline: Inline, found: re.Match[str]) -> Amount:
    """Read what was found."""
    near, count, more, percent, percent_more, slash, total_near, total, total_more, whole, whole_more = found.groups()
    first = number(inline, count, found.start("count"), near=bool(near), more=bool(more or percent_more))
    if slash:
        of = number(inline, total, found.start("total"), near=bool(total_near), more=bool(total_more))
        return Amount(first, of, "/", found.start(), found.end())
    if whole:
        of = number(inline, whole, found.start("whole"), more=bool(whole_more))
        return Amount(first, of, "of", found.start(), found.end())
    return Amount(first, None, "%" if percent else "", found.start(), found.end())
