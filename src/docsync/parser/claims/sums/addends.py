"""Which numbers stand beside the addends that they are the sum of: `158 (89 + 25 + 44)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from docsync.models.blocks import Heading, Inline, ListItem, Paragraph, Table
from docsync.models.claims import CHANGE, TEMPLATE, Number, Scope
from docsync.models.ties import Part, Tie, TieKind
from docsync.parser.claims.nouns import MEASURES
from docsync.parser.claims.numbers import NUMBER
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.masking import mask

_SUM = re.compile(
    rf"(?<![\w.,/:$+=-])(?P<near>~)?(?P<count>{NUMBER})(?:\s?/\s?(?P<whole>{NUMBER}))?(?P<noun>(?:\s[A-Za-z][\w-]*){{0,4}})\s?"
    rf"\((?:=\s?)?(?P<list>{NUMBER}(?:\s[A-Za-z][\w-]*){{0,3}}(?:\s?\+\s?{NUMBER}(?:\s[A-Za-z][\w-]*){{0,3}})+)\)"
)
_TERM = re.compile(rf"(?<![\w.]){NUMBER}")
"""Matches an addend; the `1` of `7 P1 + 4 P2` is none."""

_WORD = re.compile(r"[A-Za-z]")
_MOST_TERMS: Final = 60
_REACH = 3


def addends(source: TieSource) -> Iterator[Tie]:
    """Give a tie for each number with addends in brackets after it."""
    for index, block in enumerate(source.blocks):
        if source.generated.holds(block.span):
            continue
        if isinstance(block, Heading | Paragraph | ListItem) and _may_sum(block.inline.text):
            yield from _read(block.inline, source.scopes.of(index))
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    if _may_sum(cell.text):
                        yield from _read(Inline(cell.text, ((0, cell.span.start),)), source.scopes.of(index))


def _may_sum(text: str) -> bool:
    return "(" in text and "+" in text


def _read(inline: Inline, scope: Scope) -> Iterator[Tie]:
    if scope.as_of in (TEMPLATE, CHANGE):
        return
    text = mask(inline.text)
    for found in _SUM.finditer(text):
        yield from _sum(inline, found, scope)


def _is_label(found: re.Match[str]) -> bool:
    """Tell whether a number without a noun belongs to the word before it: `Phase 3 (…)`."""
    before = found.string[max(0, found.start() - _REACH) : found.start()].rstrip(" #")
    return not found["noun"].strip() and before[-1:].isalnum()


def _sum(inline: Inline, found: re.Match[str], scope: Scope) -> Iterator[Tie]:
    """Read addends; of a fraction they may add up to either number."""
    noun = found["noun"].strip()
    if _is_label(found) or (noun.lower().rsplit(" ", 1)[-1] in MEASURES and _WORD.search(found["list"])):
        return  # `3 months (1 senior + 1 junior)` adds up people
    start = found.start("list")
    terms = list(_TERM.finditer(found.string, start, found.end("list")))[:_MOST_TERMS]
    parts = tuple(_part(inline, term) for term in terms)
    total = sum((part.value for part in parts), Decimal(0))
    stated = _number(inline, found, "count")
    whole = _number(inline, found, "whole") if found["whole"] else None
    if whole is not None and whole.admits(total):
        stated = whole
    yield Tie(
        TieKind.ADDENDS, stated, stated.span, parts, total, total, noun, scope, why=("the addends stand in brackets after it",)
    )


def _part(inline: Inline, term: re.Match[str]) -> Part:
    value = Decimal(term[0].replace(",", ""))
    return Part(inline.span(*term.span()), term[0], value, value)


def _number(inline: Inline, found: re.Match[str], group: str) -> Number:
    places = len(found[group].partition(".")[2])
    near = group == "count" and bool(found.groupdict().get("near"))
    return Number(Decimal(found[group].replace(",", "")), inline.span(*found.span(group)), places, approximate=near)
