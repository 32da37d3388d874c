"""Which counts speak of a document's own series of numbered sections: `in 5 phases` and the headings `Phase 1` to `Phase 6`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from docsync.models.blocks import Heading, Inline, ListItem
from docsync.models.ties import Part, Tie, TieKind
from docsync.parser.claims.items.announced import Announced, announced
from docsync.parser.claims.items.fitting import singular
from docsync.parser.claims.items.shapes import Item, read_item
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.claims.times import change_of
from docsync.parser.statements import statements
from docsync.text.spans import Span

_LABELS: Final = frozenset({"phase", "wave", "part", "milestone", "stage", "gate", "sprint", "workstream", "track"})
_FEWEST = 3
_DEEPEST = 2
_MOST = 12
_REACH = 40
_BEGINS = re.compile(
    r"\W*(?P<label>[Pp](?i:hase|art)|[Ww](?i:ave|orkstream)|[Mm](?i:ilestone)|[Ss](?i:tage|print)|[Gg](?i:ate)|[Tt](?i:rack))\W"
)
"""The first letters as classes, which are looked at before a branch is tried."""
_ELSEWHERE = re.compile(r"\.(?:md|txt|ya?ml)\b|\]\(", re.IGNORECASE)
"""Matches what sends the reader to another document, whose phases may be meant."""
_OWN = re.compile(r"\b[A-Z]{2,}-\d{1,4}\b")
"""Matches an id of something that may have phases of its own."""
_WHOLE = re.compile(r"\b(?:across|in|into|over|total|through|with|has|of|all)\s(?:all\s)?$|^\W*$|[:*]\W*$", re.IGNORECASE)


def series_items(source: TieSource) -> Iterator[Tie]:
    """Give the ties between such counts and the one series of headings or items of that label."""
    series = _series(source)
    if not series:
        return
    moment, plurals = source.scopes.file.as_of, [f"{label}s" for label in series]
    for index, block in source.blocks.texts:
        if type(block) is Heading or source.generated.holds(block.span):
            continue
        text = block.inline.text.lower()
        if not any(plural in text for plural in plurals):
            continue
        scope = source.scopes.on(index)
        if scope.as_of == moment and not scope.entities and len(scope.headings) <= _DEEPEST:
            for one in _claims(source, block.inline):
                if singular(one.noun) in series:
                    yield _tie(source, one, series[singular(one.noun)], block.inline.span(one.start, one.end), index)


def _claims(source: TieSource, inline: Inline) -> Iterator[Announced]:
    """Give the counts that speak of all: not of the done ones, the last ones, or a part of them."""
    for statement in statements(inline):
        if any(other.search(inline.text, statement.start, statement.end) for other in (_ELSEWHERE, _OWN)):
            continue
        for one in announced(inline, statement.text, statement.start, statement.end, source.vocabulary):
            if one.qualifier or one.state or one.fraction or not one.number.exact:
                continue
            before = statement.text[max(statement.start, one.start - _REACH) : one.start]
            if _WHOLE.search(before) and not change_of(statement, one.start, one.end, ""):
                yield one


def _series(source: TieSource) -> Mapping[str, list[Item]]:
    """Give for each label the only run of headings, or else of items, that begin with it and are numbered without a gap."""
    headings: dict[tuple[str, int, int], list[Item]] = defaultdict(list)
    lists: dict[tuple[str, int], list[Item]] = defaultdict(list)
    for block in _labelled(source):
        item = read_item(block.inline, source.vocabulary)
        if item.family not in _LABELS or len(item.names) != 1:
            continue
        if isinstance(block, Heading):
            headings[item.family, block.level, block.section].append(item)
        else:
            lists[item.family, block.list_start].append(item)
    found = _only({(label, *rest): items for (label, *rest), items in lists.items()})
    return {**found, **_only({(label, *rest): items for (label, *rest), items in headings.items()})}


def _labelled(source: TieSource) -> Iterator[Heading | ListItem]:
    """Give the headings and items that begin with a label which enough of them have, and which the file also has in plural."""
    found: dict[str, list[Heading | ListItem]] = defaultdict(list)
    begins: Sequence[tuple[int, Heading | ListItem]] = [*source.blocks.headings, *source.blocks.items]
    for _, block in begins:
        if begun := _BEGINS.match(block.inline.text):
            found[begun["label"].lower()].append(block)
    for label, blocks in found.items():
        if len(blocks) >= _FEWEST and f"{label}s" in source.folded:
            yield from blocks


def _only(runs: Mapping[tuple[str | int, ...], list[Item]]) -> Mapping[str, list[Item]]:
    """Keep the labels that have one run without a gap of which all others are parts."""
    by_label: dict[str, list[list[Item]]] = defaultdict(list)
    for key, items in runs.items():
        by_label[str(key[0])].append(items)
    longest = {label: max(found, key=len) for label, found in by_label.items()}
    return {label: most for label, most in longest.items() if _runs_on(most) and _holds_all(most, by_label[label])}


def _holds_all(most: list[Item], runs: list[list[Item]]) -> bool:
    names = {item.names for item in most}
    return all(item.names in names for items in runs for item in items)


def _runs_on(items: list[Item]) -> bool:
    numbers = [_ordinal(item.names[0].rsplit(" ", 1)[-1]) for item in items]
    return len(numbers) >= _FEWEST and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _ordinal(number: str) -> int:
    """Give the place of `3` or `c` in its series, -1 for anything else."""
    if number.isdecimal():
        return int(number)
    return ord(number) if len(number) == 1 and number.isalpha() else -1


def _tie(source: TieSource, one: Announced, items: list[Item], span: Span, index: int) -> Tie:
    count = Decimal(len(items))
    low = count - 1 if items[0].names[0].endswith(" 0") else count
    parts = tuple(Part(item.span, item.label, Decimal(1), Decimal(1)) for item in items[:_MOST])
    why = (f"the document has {count} sections of that name, numbered without a gap",)
    return Tie(TieKind.ITEMS, one.number, span, parts, low, count, one.noun, source.scopes.on(index), why=why)
