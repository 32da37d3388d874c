"""Which lead-ins say no more than how many things follow: `Three tides are known:` over three bullets of any kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from docsync.models.blocks import Heading, ListItem, Paragraph
from docsync.models.ties import Part, Tie, TieKind
from docsync.parser.claims.items.announced import Announced, announced
from docsync.parser.claims.items.fitting import fits, is_measured
from docsync.parser.claims.items.following import says_more
from docsync.parser.claims.items.layout import REACH, Group, Layout
from docsync.parser.claims.items.shapes import Item, Shape, head_of
from docsync.parser.masking import mask

_BEFORE = re.compile(
    r"(?:\A|[.!?]\s|\s[-–—]\s)[^\w\n]*(?:(?:the|all|these|there\sare|we\shave|following)\s){0,2}\Z",
    re.IGNORECASE,
)
"""Matches what may stand before such a count: the beginning of its sentence."""
_AFTER = re.compile(
    r"(?:\s(?:are|were|have\sbeen|now|identified|found|listed|available|follow|exist|below|here|as\sfollows|covering|covered|added"
    r"|created|fixed|implemented|supported|defined|known|possible|apply)){0,4}[\s*_]*[:：][\s*_]*\Z",
    re.IGNORECASE,
)
_SOME = re.compile(r"\b(?:more|other|additional|remaining|existing|main|major|key|top|further|such|or|to)\b", re.IGNORECASE)
_COUNTS = re.compile(r"\(~?\d|[:=]\s*~?\d|\A\W*~?\d")
"""Matches items that count or measure themselves."""
_ASPECTS: Final = frozenset(
    """
    status category location impact why what when where how example examples note notes goal result results problem solution
    reason cause benefit benefits risk owner effort severity priority fix scope purpose summary
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
"""Labels of items that each say something of one thing."""
_KEYED = re.compile(r"\W*(?P<key>[A-Za-z][A-Za-z ]{1,30})[*_]*:")
_SHAPES: Final = frozenset({Shape.BOLD, Shape.CODE, Shape.PLAIN})
_FEWEST: Final = 2
_HIGHEST: Final = 20


def lead_in_items(layout: Layout) -> Iterator[Tie]:
    """Give the ties between such counts and the bullets right below, where their kind alone would not tell."""
    for index, block in layout.leading:
        if isinstance(block, Heading):
            continue
        raw = block.inline.text[:REACH]
        if not raw.rstrip(" *_\n").endswith((":", "：")) or layout.source.generated.holds(block.span):
            continue
        if not layout.source.scopes.of(index).comparable:
            continue
        found = _count(layout, block, raw)
        group = _below(layout, index) if found else None
        if not found or not group or not _are_things(group) or fits(found.noun, group):
            continue
        if tie := _tie(layout, index, found, group):
            yield tie


def _below(layout: Layout, index: int) -> Group | None:
    """Give the list of bullets right below a block."""
    if isinstance(layout.blocks[index], ListItem):
        groups = list(layout.groups(layout.inside(index)))
        group = groups[0] if len(groups) == 1 else None
    else:
        group = layout.after(index)
    return group if group and group.kind == "list" else None


def _are_things(group: Group) -> bool:
    """Tell whether bullets are things of one sort, and neither numbered, ticked, counted nor aspects of one thing."""
    shapes = {item.shape for item in group.items}
    if len(shapes) != 1 or not shapes <= _SHAPES or any(item.number or item.mark for item in group.items):
        return False
    if any(_COUNTS.search(item.text) for item in group.items):
        return False
    keys = [found["key"].lower().split() for item in group.items if (found := _KEYED.match(item.text))]
    if shapes == {Shape.PLAIN} and len(keys) == len(group.items):
        return False
    return all(_ASPECTS.isdisjoint(words) for words in keys)


def _count(layout: Layout, block: Paragraph | ListItem, raw: str) -> Announced | None:
    """Read the one count of a sentence that says nothing but it."""
    text = mask(raw)
    start = text.rstrip().rfind("\n") + 1
    found = list(announced(block.inline, text, start, len(text), layout.source.vocabulary))
    if len(found) != 1:
        return None
    one = found[0]
    if not one.number.exact or one.fraction or is_measured(one.noun) or not 1 < one.number.value <= _HIGHEST:
        return None
    whole = _BEFORE.search(text[start : one.start]) and _AFTER.match(text, one.end) and not _SOME.search(text[one.start :])
    return one if whole else None


def _tie(layout: Layout, index: int, one: Announced, group: Group) -> Tie | None:
    count, stated = len(group.items), int(one.number.value)
    if (
        count < _FEWEST
        or abs(count - stated) > max(1, stated // 3)
        or any(says_more(head_of(item.text)) for item in group.items)
    ):
        return None
    if count < stated and layout.goes_on(group):
        return None
    block = layout.blocks[index]
    inline = block.inline if isinstance(block, Paragraph | ListItem) else None
    if inline is None:
        return None
    return Tie(
        TieKind.ITEMS,
        one.number,
        inline.span(one.start, one.end),
        tuple(_part(item) for item in group.items),
        Decimal(count),
        Decimal(sum(item.high for item in group.items)),
        one.noun,
        layout.source.scopes.of(index),
        why=(f"{count} items stand right below, and the line above says no more than how many they are",),
    )


def _part(item: Item) -> Part:
    return Part(item.span, item.label, Decimal(1), Decimal(item.high))
