"""Which blocks stand directly under each heading, and which lines each list or listing gives to be counted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from docsync.models.blocks import Block, Blocks, Fence, Heading, Inline, ListItem, Paragraph
from docsync.parser.claims.sums.entries import Entry, line_entry

_FEWEST: Final = 2
_MOST_LINES: Final = 400
"""Longer listings are programs or output."""
PLAIN_LISTINGS: Final = frozenset({"", "text", "txt", "plain", "plaintext", "markdown", "md", "none"})
_INDENT = re.compile(r"[\s│├└─┬|+`-]*")


class Outline(Struct, frozen=True):
    """Hold a document's blocks: the headings right below each heading, the items of each list, and which hold a number.

    `leads` are the paragraphs that begin in bold type between a heading and the next one.
    """

    blocks: Blocks
    below: Mapping[int, tuple[int, ...]]
    lists: Mapping[int, tuple[int, ...]]
    leads: Mapping[int, tuple[int, ...]]
    numbered: frozenset[int]

    def may_add_up(self, indexes: Iterable[int]) -> bool:
        """Tell, at little cost, whether enough of these blocks hold a number for their counts to be added."""
        return len(self.numbered.intersection(indexes)) >= _FEWEST


def read_outline(blocks: Blocks) -> Outline:
    """Sort headings by the heading that they stand under, and items by their list."""
    below, lists = dict[int, list[int]](), dict[int, list[int]]()
    for index, heading in blocks.headings:
        below.setdefault(heading.section, []).append(index)
    for index, item in blocks.items:
        lists.setdefault(item.list_start, []).append(index)
    starts, leads = [index for index, _ in blocks.headings], dict[int, list[int]]()
    for index, paragraph in blocks.paragraphs:
        if paragraph.item < 0 and paragraph.inline.text.startswith("**") and (before := bisect_right(starts, index)):
            leads.setdefault(starts[before - 1], []).append(index)
    return Outline(blocks, _frozen(below), _frozen(lists), _frozen(leads), frozenset(index for index, _ in blocks.numbered))


def _frozen(found: Mapping[int, list[int]]) -> dict[int, tuple[int, ...]]:
    return {key: tuple(indexes) for key, indexes in found.items()}


def list_items(outline: Outline, index: int) -> tuple[int, ...]:
    """Give the items of the list that an item belongs to, without those inside items."""
    block = outline.blocks[index] if index < len(outline.blocks) else None
    return outline.lists[block.list_start] if isinstance(block, ListItem) else ()


def block_entry(block: Block) -> Entry | None:
    """Read the first line of a heading, an item or a paragraph."""
    if not isinstance(block, Heading | ListItem | Paragraph):
        return None
    return next(_lines(block.inline), None)


def entries_of(block: Paragraph) -> tuple[Entry, ...]:
    """Read each line of a paragraph."""
    return tuple(_lines(block.inline))


def last_entry(block: Paragraph) -> Entry:
    """Read the last line of a paragraph, which is the one that introduces what follows."""
    start = block.inline.text.rfind("\n") + 1
    return line_entry(block.inline, start, len(block.inline.text))


def fence_groups(fence: Fence) -> tuple[tuple[Entry, ...], ...]:
    """Read the lines of a listing: those that stand farthest left, and all of them; programs have none."""
    lines = fence.inline.text.count("\n") + 1
    if (fence.info or "").strip().lower() not in PLAIN_LISTINGS or lines > _MOST_LINES:
        return ()
    entries = tuple(_lines(fence.inline))
    indents = [_indent(entry) for entry in entries]
    leftmost = tuple(entry for entry, indent in zip(entries, indents, strict=True) if indent == min(indents))
    return (leftmost, entries) if len(leftmost) > 1 else (entries,)


def _indent(entry: Entry) -> int:
    found = _INDENT.match(entry.label)
    return found.end() if found else 0


def _lines(inline: Inline) -> Iterator[Entry]:
    """Read the lines of a text, blank ones left out."""
    at = 0
    while at <= len(inline.text):
        end = inline.text.find("\n", at)
        end = len(inline.text) if end < 0 else end
        if inline.text[at:end].strip():
            yield line_entry(inline, at, end)
        at = end + 1
