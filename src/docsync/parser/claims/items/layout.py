"""What stands directly under each heading and item: its lists, tables, code and lines of signs, as groups of items."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Final

from msgspec import Struct

from docsync.models.blocks import Block, Fence, Heading, Inline, ListItem, Paragraph, Row, Table, Text
from docsync.parser.claims.items.announced import may_announce, may_head
from docsync.parser.claims.items.following import leads_on
from docsync.parser.claims.items.shapes import Item, line_item, read_item
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.masking import mask
from docsync.parser.statements import plain
from docsync.parser.vocabulary import Vocabulary

REACH: Final = 600
"""In code points: how much of a text is read for what it announces."""
_SIGN_LINE = re.compile(r"[^\w\s`*_\[(\"'<$/.~@#\\|>-]\ufe0f?\s")
_FOLDER = re.compile(r"[\w@./-]*/")
"""A folder in a tree of files is none of them."""

_NUMBERED_LINE = re.compile(r"[ ]{0,3}(\d{1,3})[.)][ ]")
_TOTAL_ROW = re.compile(r"\W*(?:grand\s|sub-?)?total\b|\W*(?:sum|average|overall|combined)\b", re.IGNORECASE)
_LEAD = re.compile(r"[:：][ \t*_]*\Z|\A[^\n]*\d[^\n]*[:：][ \t*_]*\n|\A\*\*[^*\n]+\*\*[ \t]*(?:\n|\Z)")
_LEGEND = re.compile(r"\W*(?:(?:status|symbol|icon|emoji)\s)?(?:legend|key|symbols|codes|icons)\W*", re.IGNORECASE)
"""Matches the line over a list that tells what signs mean: its items are none of the things around it."""

_STRUCK = re.compile(r"\W*~~.*~~\W*(?:\([^()]*\))?\W*")


class Group(Struct, frozen=True):
    """Hold the items of one list, table or code block; `first` and `last` are the indexes of its first and last block.

    `lead` is the index of the paragraph right before it, -1 for none; `header` the first column's header of a table.
    """

    kind: str
    items: tuple[Item, ...]
    first: int
    last: int
    lead: int = -1
    header: str = ""


class _Tree(Struct, frozen=True):
    """Hold which blocks stand directly under each heading and in each item, headings left out, and the place of each there."""

    under: Mapping[int, Sequence[int]]
    inside: Mapping[int, Sequence[int]]
    places: Mapping[int, int]


class Layout:
    """Give the groups under a heading or item of one file."""

    def __init__(self, source: TieSource) -> None:
        self.source = source
        self.blocks = source.blocks

    @cached_property
    def leading(self) -> Sequence[tuple[int, Text]]:
        """Give what can announce a group: headings, items that hold anything, and paragraphs with something right below.

        Of these, just those that count something in what is read of them.
        """
        begins = {index for index, _ in chain(self.blocks.items, self.blocks.tables, self.blocks.fences)}
        begins.update(index for index, paragraph in self.blocks.paragraphs if "\n" in paragraph.inline.text)
        holding = self.source.scopes.holding
        found: list[tuple[int, Text]] = [(index, item) for index, item in self.blocks.items if index in holding]
        found.extend((index, paragraph) for index, paragraph in self.blocks.paragraphs if index + 1 in begins)
        counting = [one for one in found if may_announce(one[1].inline.text[:REACH])]
        counting.extend(one for one in self.blocks.headings if may_head(mask(one[1].inline.text[:REACH])))
        return sorted(counting, key=itemgetter(0))

    @cached_property
    def _tree(self) -> _Tree:
        under, inside = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
        places: dict[int, int] = {}
        for index, block in enumerate(self.blocks):
            if not isinstance(block, Heading):
                item = self.source.scopes.item_of(index)
                siblings = inside[item] if item >= 0 else under[block.section]
                places[index] = len(siblings)
                siblings.append(index)
        return _Tree(under, inside, places)

    def under(self, index: int) -> Sequence[int]:
        """Give what stands directly under a heading, other headings left out."""
        return self._tree.under.get(index, ())

    def inside(self, index: int) -> Sequence[int]:
        """Give what stands directly in an item."""
        return self._tree.inside.get(index, ())

    def _siblings(self, index: int) -> Sequence[int]:
        item = self.source.scopes.item_of(index)
        return self.inside(item) if item >= 0 else self.under(self.blocks[index].section)

    def groups(self, indexes: Sequence[int]) -> Iterator[Group]:
        """Give the groups among sibling blocks, a numbered list that goes on after other text as one."""
        at = 0
        while at < len(indexes):
            found, at = self._group(indexes, at)
            if found and not (found.lead >= 0 and _LEGEND.fullmatch(self.text_of(found.lead))):
                yield found

    def text_of(self, index: int) -> str:
        """Give the text of a heading, paragraph or item, empty for other blocks."""
        block = self.blocks[index]
        return block.inline.text if isinstance(block, Heading | Paragraph | ListItem) else ""

    def after(self, index: int) -> Group | None:
        """Give the group that stands right after a block, where the block stands."""
        siblings = self._siblings(index)
        at = self._tree.places[index] + 1
        if at >= len(siblings) or siblings[at] != index + 1:
            return None
        return self._group(siblings, at)[0]

    def goes_on(self, group: Group) -> bool:
        """Tell whether the paragraph right after a group says that there is more than it names."""
        siblings = self._siblings(group.last)
        at = self._tree.places.get(group.last, len(siblings)) + 1
        after = self.blocks[siblings[at]] if at < len(siblings) else None
        if not isinstance(after, Paragraph):
            return False
        return leads_on(after.inline.text) or self._numbers_go_on(self.blocks[group.last], after)

    def _numbers_go_on(self, last: Block, after: Paragraph) -> bool:
        """Tell whether a lead-in holds lines that go on with the numbering, as it does where no blank line parts them."""
        if not isinstance(last, ListItem) or last.number is None:
            return False
        return any(_continued(after.inline, last.number, self.source.vocabulary))

    def of_headings(self, index: int) -> Group | None:
        """Give the headings right under a heading as a group."""
        found = self.source.outline.below.get(index, ())
        blocks = [(one, block) for one in found if isinstance(block := self.blocks[one], Heading)]
        if not blocks:
            return None
        level = min(block.level for _, block in blocks)
        items = tuple(read_item(block.inline, self.source.vocabulary) for _, block in blocks if block.level == level)
        return Group("headings", items, found[0], found[-1])

    def _group(self, indexes: Sequence[int], at: int) -> tuple[Group | None, int]:
        block, words = self.blocks[indexes[at]], self.source.vocabulary
        lead = indexes[at - 1] if at and isinstance(self.blocks[indexes[at - 1]], Paragraph) else -1
        if isinstance(block, ListItem):
            return self._list(indexes, at, lead)
        found: tuple[Item, ...] = ()
        kind = header = ""
        if isinstance(block, Table):
            kind, header = "table", plain(block.header.cells[0].text) if block.header.cells else ""
            found = tuple(
                _row_item(row, words) for row in block.rows if not _TOTAL_ROW.match(row.cells[0].text) and _filled(row)
            )
        elif isinstance(block, Fence):
            kind, found = "fence", tuple(item for item in _lines(block.inline, words) if not _FOLDER.fullmatch(item.label))
        elif isinstance(block, Paragraph) and _sign_lines(block.inline):
            kind, found = "lines", tuple(_lines(block.inline, words))
        return (Group(kind, found, indexes[at], indexes[at], lead, header) if found else None), at + 1

    def _list(self, indexes: Sequence[int], at: int, lead: int) -> tuple[Group, int]:
        first, items, last, start = at, [], at, self.blocks[indexes[at]]
        number = None
        begun = start.number if isinstance(start, ListItem) else None
        while at < len(indexes):
            block = self.blocks[indexes[at]]
            if not isinstance(block, ListItem):
                if number is None or begun != 1 or isinstance(block, Table):
                    break
                if isinstance(block, Paragraph):
                    if _LEAD.search(block.inline.text):
                        break  # a part of its own, which goes on with the numbers
                    more = list(_continued(block.inline, number, self.source.vocabulary))
                    items.extend(more)
                    number, last = number + len(more), at if more else last
                at += 1
                continue
            if not isinstance(start, ListItem) or not _same_list(start, block, number):
                break
            number, last = block.number, at
            if not _STRUCK.fullmatch(block.inline.text):
                items.append(read_item(block.inline, self.source.vocabulary, block.number, block.mark))
            start, at = block, at + 1
        return Group("list", tuple(items), indexes[first], indexes[last], lead), last + 1


def _continued(inline: Inline, number: int, words: Vocabulary) -> Iterator[Item]:
    """Give the lines of a paragraph that go on with a numbering: to Markdown, `6.` right below a text starts no list."""
    at = 0
    for line in inline.text.split("\n"):
        found = _NUMBERED_LINE.match(line)
        if found and int(found[1]) == number + 1:
            number += 1
            yield line_item(line[found.end() :], inline.span(at + found.end(), at + len(line)), words, number)
        at += len(line) + 1


def _same_list(before: ListItem, item: ListItem, number: int | None) -> bool:
    return item.list_start == before.list_start or (number is not None and item.number == number + 1)


def _filled(row: Row) -> bool:
    return any(cell.text for cell in row.cells) and not _STRUCK.fullmatch(row.cells[0].text)


def _row_item(row: Row, words: Vocabulary) -> Item:
    cell = row.cells[0]
    if re.fullmatch(r"\W*\d{0,3}\W*", cell.text) and len(row.cells) > 1:
        cell = row.cells[1]
    return line_item(cell.text, cell.span, words)


def _lines(inline: Inline, words: Vocabulary) -> Iterator[Item]:
    at = 0
    for line in inline.text.split("\n"):
        if line.strip():
            yield line_item(line, inline.span(at, at + len(line)), words)
        at += len(line) + 1


def _sign_lines(inline: Inline) -> bool:
    lines = inline.text.split("\n")
    return len(lines) > 1 and all(_SIGN_LINE.match(line) for line in lines)
