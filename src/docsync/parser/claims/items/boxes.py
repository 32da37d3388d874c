"""Which boxes of a document are its tasks and criteria, and in which section each stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from docsync.models.blocks import Heading, ListItem
from docsync.models.ties import Part
from docsync.parser.claims.items.shapes import read_item
from docsync.parser.claims.tie_source import TieSource
from docsync.text.spans import Span

_DROPPED = frozenset("~-–—")
_STRUCK = re.compile(r"\s*~~.*~~\W*(?:\([^()]*\))?\W*", re.DOTALL)
_MARKER = re.compile(r"\[([A-Z][A-Za-z]?\d{0,2})\](?!\()")
_MARKER_REACH = 60
_FAMILY = re.compile(r"[\d.]+[a-z]?$")
_MOST = 12


class Box(Struct, frozen=True):
    """Hold one box: its line, the id that it bears, its markers (`[P]`), and whether it stands inside another box."""

    span: Span
    label: str
    section: int
    name: str
    markers: frozenset[str]
    nested: bool


class Tally(Struct, frozen=True):
    """Hold how many items some boxes come to: at least those with ids of their own, at most all of them."""

    low: int
    high: int
    named: bool
    parts: tuple[Part, ...]


def read_boxes(source: TieSource) -> Iterator[Box]:
    """Give the boxes that speak of the file's own time, dropped ones left out."""
    moment = source.scopes.file.as_of
    for index, block in source.blocks.items:
        if not is_box(block.mark) or block.mark in _DROPPED:
            continue
        if _STRUCK.fullmatch(block.inline.text) or source.generated.holds(block.span):
            continue
        top, nested = _top(source, index)
        if source.scopes.under(source.blocks[top].section).as_of != moment:
            continue
        item = read_item(block.inline, source.vocabulary)
        found = frozenset(match[1] for match in _MARKER.finditer(block.inline.text[:_MARKER_REACH]))
        name = item.names[0] if len(item.names) == 1 and " " not in item.names[0] else ""
        yield Box(item.span, item.label, source.blocks[top].section, name, found, nested)


def has_boxes(source: TieSource, fewest: int) -> bool:
    """Tell, at little cost, whether a file can have so many boxes."""
    return sum(1 for _, item in source.blocks.items if item.mark is not None and is_box(item.mark)) >= fewest


def is_box(mark: str | None) -> bool:
    """Tell whether a bracketed character is a box: `[P]` in front of an item is a marker that is explained."""
    return mark is not None and (not mark.isalnum() or mark in "xX")


def by_section(source: TieSource, boxes: Iterable[Box]) -> Mapping[int, list[Box]]:
    """Give the boxes under each heading, those under its deeper headings included."""
    found: dict[int, list[Box]] = {}
    for box in boxes:
        at = box.section
        while at >= 0:
            found.setdefault(at, []).append(box)
            at = source.blocks[at].section
    return found


def tally(boxes: Sequence[Box]) -> Tally:
    """Count boxes as items: where most bear ids, those that do; else the topmost."""
    ids = {box.name: box for box in boxes if box.name}
    named = len(ids) * 5 >= len(boxes) * 2 and len(ids) > 1
    kept = list(ids.values()) if named else [box for box in boxes if not box.nested]
    families = Counter(_FAMILY.sub("", name) for name in ids)
    low = min(len(kept), max(families.values())) if named and len(families) > 1 and _serial(families) else len(kept)
    outer = [box for box in boxes if not box.nested]
    high = max(len(kept), len(outer) if not named or len(outer) < len(boxes) else len(boxes))
    parts = tuple(Part(box.span, box.name or box.label, Decimal(1), Decimal(1)) for box in kept[:_MOST])
    return Tally(low, high, named, parts)


def heading_part(source: TieSource, index: int) -> Part | None:
    """Give the heading of a section as a part that adds nothing itself."""
    block = source.blocks[index]
    if not isinstance(block, Heading):
        return None
    return Part(block.inline.whole, block.inline.text, Decimal(0), Decimal(0))


def _serial(families: Mapping[str, int]) -> bool:
    """Tell whether one family is the main numbering, so that the others may be something else."""
    return max(families.values()) * 5 >= sum(families.values()) * 4


def _top(source: TieSource, index: int) -> tuple[int, bool]:
    nested, at = False, source.scopes.item_of(index)
    while at >= 0:
        block = source.blocks[at]
        nested = nested or (isinstance(block, ListItem) and block.mark is not None)
        index, at = at, source.scopes.item_of(at)
    return index, nested
