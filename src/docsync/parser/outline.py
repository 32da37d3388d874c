"""Under which heading and in which list item each block stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from msgspec import Struct

from docsync.models.blocks import Block, Blocks, Comment, Fence, Heading, Html, Inline, ListItem, Paragraph, Rule, Table
from docsync.parser.checkboxes import boxed
from docsync.parser.inline_text import empty
from docsync.text.spans import Span

LeafType: TypeAlias = type[Table] | type[Fence] | type[Comment] | type[Html] | type[Rule]


class Leaf(NamedTuple):
    """Hold a block that contains no other, and is neither paragraph nor heading, without its place in the outline."""

    kind: LeafType
    span: Span
    fields: Mapping[str, Any]


class _List(Struct):
    """A list of which no item is open: where it starts, and the ordinal of its next item."""

    start: int = -1
    number: int | None = None


class _Item(Struct):
    """An item whose end is not reached yet: its block takes the place `index` then."""

    index: int
    start: int
    end: int
    section: int
    outer: int
    number: int | None
    depth: int
    list_start: int
    text: Inline


class Outline:
    """Collect blocks in document order while quotes, lists and items open and close around them.

    A heading inside a quote or item scopes what follows it there, and nothing after its container.
    """

    def __init__(self) -> None:
        self._blocks: list[Block | None] = []
        self._headings: list[list[tuple[int, int]]] = [
            [(0, -1)]
        ]  # (level, index) for each container, first the heading in force where it began
        self._lists: list[_List] = []
        self._items: list[_Item] = []
        self._section = self._item = -1
        self._quote = 0
        self._fresh = False  # whether nothing stands in the innermost item yet

    def blocks(self) -> Blocks:
        """Give the blocks of all containers that are closed."""
        return Blocks(block for block in self._blocks if block is not None)

    def open_quote(self) -> None:
        """Begin a block quote."""
        self._quote += 1
        self._fresh = False
        self._headings.append([(0, self._section)])

    def close_quote(self) -> None:
        """End the innermost block quote."""
        self._quote -= 1
        self._leave()

    def open_list(self) -> None:
        """Begin a list."""
        self._lists.append(_List())

    def close_list(self) -> None:
        """End the innermost list."""
        self._lists.pop()

    def open_item(self, marker: Span, number: int | None) -> None:
        """Begin an item of the innermost list; as in HTML, only the `number` of the first one counts."""
        siblings = self._joined(marker.start, number)
        index, depth = len(self._blocks), len(self._lists)
        number, start, text = siblings.number, siblings.start, empty(marker.end)
        self._items.append(_Item(index, marker.start, marker.end, self._section, self._item, number, depth, start, text))
        self._item = index
        self._fresh = True
        self._blocks.append(None)
        self._headings.append([(0, self._section)])

    def close_item(self) -> None:
        """End the innermost item."""
        self._fresh = False
        self._leave()
        item = self._items.pop()
        self._item = item.outer
        inline, mark, mark_span = boxed(item.text)
        self._blocks[item.index] = ListItem(
            span=Span(item.start, item.end),
            section=item.section,
            item=item.outer,
            quote=self._quote,
            depth=item.depth,
            number=item.number,
            list_start=item.list_start,
            inline=inline,
            mark=mark,
            mark_span=mark_span,
        )
        self._reach(item.end)

    def add_item(self, start: int, end: int, number: int | None, text: str, at: int) -> None:
        """Add an item `start:end` of the innermost list that holds only one line of text, which stands `at` an offset."""
        self._fresh = False
        siblings = self._joined(start, number)
        inline, mark, mark_span = boxed(Inline(text, ((0, at),)))
        item = ListItem(
            span=Span(start, end),
            section=self._section,
            item=self._item,
            quote=self._quote,
            depth=len(self._lists),
            number=siblings.number,
            list_start=siblings.start,
            inline=inline,
            mark=mark,
            mark_span=mark_span,
        )
        self._blocks.append(item)
        self._reach(end)

    def add_paragraph(self, span: Span, inline: Inline) -> None:
        """Add a paragraph; one that begins an item becomes the item's text."""
        self._reach(span.end)
        first, self._fresh = self._fresh, False
        if first:
            self._items[-1].text = inline
        else:
            paragraph = Paragraph(span=span, section=self._section, item=self._item, quote=self._quote, inline=inline)
            self._blocks.append(paragraph)

    def add_heading(self, level: int, span: Span, inline: Inline) -> None:
        """Add a heading, under which stands what follows it in its container."""
        self._reach(span.end)
        self._fresh = False
        headings = self._headings[-1]
        while headings[-1][0] >= level:
            headings.pop()
        above, self._section = headings[-1][1], len(self._blocks)
        headings.append((level, self._section))
        heading = Heading(span=span, section=above, item=self._item, quote=self._quote, level=level, inline=inline)
        self._blocks.append(heading)

    def add(self, leaf: Leaf) -> None:
        """Add a block of another kind that contains no other."""
        self._reach(leaf.span.end)
        self._fresh = False
        make: Callable[..., Block] = leaf.kind
        self._blocks.append(make(span=leaf.span, section=self._section, item=self._item, quote=self._quote, **leaf.fields))

    def _joined(self, start: int, number: int | None) -> _List:
        """Give the innermost list, to which an item is added that starts at an offset."""
        siblings = self._lists[-1]
        if siblings.start < 0:
            siblings.start, siblings.number = start, number
        elif siblings.number is not None:
            siblings.number += 1
        return siblings

    def _leave(self) -> None:
        """End the sections of the innermost container."""
        self._headings.pop()
        self._section = self._headings[-1][-1][1]

    def _reach(self, end: int) -> None:
        if self._items and end > self._items[-1].end:
            self._items[-1].end = end
