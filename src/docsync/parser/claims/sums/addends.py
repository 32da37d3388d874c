"""Which numbers stand beside the addends that they are the sum of: `158 (89 + 25 + 44)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from docsync.models.blocks import TEXTS, Inline, Table
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
_TERM = re.compile(rf"(?<![\w.])(?<!\w-){NUMBER}")
"""Matches an addend; the digits of `7 P1 + 4 batch-2` are none."""

_WORD = re.compile(r"[A-Za-z]")
_WORDS = re.compile(r"[a-z][a-z-]+")
_ENDS = re.compile(r"[).;\n]")
_CLAUSE: Final = 80
_MOST_TERMS: Final = 60
_REACH = 3


def addends(source: TieSource) -> Iterator[Tie]:
    """Give a tie for each number with addends in brackets after it."""
    for index, block in source.counting:
        if isinstance(block, TEXTS) and _may_sum(block.inline.text):
            yield from _read(block.inline, source.scopes.of(index))
        elif type(block) is Table:
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
    if _adds_others(found, terms, total):
        return
    whole = _number(inline, found, "whole") if found["whole"] else None
    if whole is not None and whole.admits(total):
        stated = whole
    yield Tie(
        TieKind.ADDENDS, stated, stated.span, parts, total, total, noun, scope, why=("the addends stand in brackets after it",)
    )


def _adds_others(found: re.Match[str], terms: list[re.Match[str]], total: Decimal) -> bool:
    """Tell whether addends are of other things, or of the number before: `207 passed, 0 failed (204 + 3)`."""
    line = _ENDS.split(found.string[max(0, found.start() - _CLAUSE) : found.start()])[-1]
    if Decimal(found["count"].replace(",", "")) != total and any(
        Decimal(number[0].replace(",", "")) == total for number in _TERM.finditer(line)
    ):
        return True
    ends = [*(term.start() for term in terms[1:]), found.end("list")]
    written = [(term[0], _last(found.string[term.end() : end])) for term, end in zip(terms, ends, strict=True)]
    counted = {_plural(word) for word in found["noun"].lower().split()}
    things = all(noun.endswith("s") or (noun and count == "1") for count, noun in written)  # `50 old + 30 new` are of one thing
    return things and bool(counted) and counted.isdisjoint(_plural(noun) for _, noun in written)


def _last(words: str) -> str:
    found = _WORDS.findall(words.lower())
    return found[-1] if found else ""


def _plural(word: str) -> str:
    return word if word.endswith("s") else f"{word}s"


def _part(inline: Inline, term: re.Match[str]) -> Part:
    value = Decimal(term[0].replace(",", ""))
    return Part(inline.span(*term.span()), term[0], value, value)


def _number(inline: Inline, found: re.Match[str], group: str) -> Number:
    places = len(found[group].partition(".")[2])
    near = group == "count" and bool(found.groupdict().get("near"))
    return Number(Decimal(found[group].replace(",", "")), inline.span(*found.span(group)), places, approximate=near)
