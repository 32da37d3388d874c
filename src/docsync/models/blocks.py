"""What a Markdown document is made of: blocks with spans, in document order.

Every block knows the heading it stands under (`section`) and the list item it stands in (`item`), both as indexes into the
same sequence of blocks, -1 for none. Spans cover source text including container prefixes; an `Inline` leaves them out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Final, TypeAlias, cast

from msgspec import Struct

from docsync.text.cells import of_cell
from docsync.text.spans import Span


class Inline(Struct, frozen=True, gc=False):
    r"""Hold the inline text of a block, its lines joined by `\n`, list and quote prefixes left out.

    `starts` maps each line: (offset in `text`, offset in the source file).
    """

    text: str
    starts: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> Span:
        """Give the source span of `text[start:end]`."""
        if len(self.starts) == 1:  # most are of one line
            ((within, source),) = self.starts
            return Span(source + start - within, source + end - within)
        return Span(self._source(start), self._source(end))

    @property
    def whole(self) -> Span:
        """Give the source span of the whole text."""
        return self.span(0, len(self.text))

    def _source(self, offset: int) -> int:
        within, source = self.starts[bisect_right(self.starts, (offset, 1 << 62)) - 1]
        return source + offset - within


class _Block(Struct, frozen=True, gc=False, kw_only=True):
    span: Span
    section: int = -1
    item: int = -1
    quote: int = 0
    """How many block quotes the block stands in."""


class Heading(_Block, frozen=True, gc=False, kw_only=True):
    """A heading of either style; `level` is 1 to 6. Its own `section` is the enclosing heading of a smaller level."""

    level: int
    inline: Inline


class Paragraph(_Block, frozen=True, gc=False, kw_only=True):
    """A paragraph outside lists, or a further one inside an item."""

    inline: Inline


class ListItem(_Block, frozen=True, gc=False, kw_only=True):
    """A list item; `inline` is its first paragraph, after the checkbox if there is one, empty where it has none.

    `depth` is 1 for an outermost list, `parent` its own enclosing item (the same as `item`), `number` the ordinal of an
    ordered list's item. `mark` is the character between a checkbox's brackets, None where there is no checkbox.
    `list_start` is the span start of the list the item belongs to: items with the same value are siblings.
    """

    depth: int
    number: int | None
    list_start: int
    inline: Inline
    mark: str | None = None
    mark_span: Span | None = None


class Cell(Struct, frozen=True, gc=False):
    """A table cell: its text as written, trimmed, and the span of just that text."""

    text: str
    span: Span

    @property
    def value(self) -> str:
        """Give the text that is meant, without the backslashes before its bars."""
        return of_cell(self.text)


class Row(Struct, frozen=True, gc=False):
    """A table row; always as many cells as the header has, absent ones empty."""

    span: Span
    cells: tuple[Cell, ...]


class Table(_Block, frozen=True, gc=False, kw_only=True):
    """A GFM table; `aligns` holds '', 'left', 'center' or 'right' for each column."""

    header: Row
    rows: tuple[Row, ...]
    aligns: tuple[str, ...]


class Fence(_Block, frozen=True, gc=False, kw_only=True):
    """A code block; `info` is None for an indented one, `closed` False for a fence that runs to the end of its container."""

    info: str | None
    inline: Inline
    closed: bool = True


class Comment(_Block, frozen=True, gc=False, kw_only=True):
    """An HTML block that is one comment alone on its line or lines; `text` is what stands between `<!--` and `-->`.

    `prefix` is the container prefix (spaces, `>` signs) before it on its line.
    """

    text: str
    prefix: str


class Html(_Block, frozen=True, gc=False, kw_only=True):
    """Any other HTML block."""

    inline: Inline


class Rule(_Block, frozen=True, gc=False, kw_only=True):
    """A thematic break."""


Text: TypeAlias = Heading | Paragraph | ListItem
Block: TypeAlias = Text | Table | Fence | Comment | Html | Rule

TEXTS: Final = (ListItem, Paragraph, Heading)
"""The kinds of `Text`, the commonest first: of a struct, not to be of a kind takes eight times as long as to be of it."""
_LINES: Final = (ListItem, Paragraph)
_WORDED: Final = (*TEXTS, Fence, Html)
_DIGIT: Final = re.compile(r"\d")


class Blocks(tuple[Block, ...]):  # noqa: SLOT001 -- what is cached needs a dict
    """Hold the blocks of one text in document order.

    Those of one kind can be had together, each with its index: dozens of readers look for no others, and asking every block
    for its kind is dear.
    """

    @property
    def headings(self) -> Sequence[tuple[int, Heading]]:
        """Give the headings."""
        return cast("Sequence[tuple[int, Heading]]", self._by_kind[Heading])

    @property
    def paragraphs(self) -> Sequence[tuple[int, Paragraph]]:
        """Give the paragraphs."""
        return cast("Sequence[tuple[int, Paragraph]]", self._by_kind[Paragraph])

    @property
    def items(self) -> Sequence[tuple[int, ListItem]]:
        """Give the list items."""
        return cast("Sequence[tuple[int, ListItem]]", self._by_kind[ListItem])

    @property
    def tables(self) -> Sequence[tuple[int, Table]]:
        """Give the tables."""
        return cast("Sequence[tuple[int, Table]]", self._by_kind[Table])

    @property
    def fences(self) -> Sequence[tuple[int, Fence]]:
        """Give the blocks of code."""
        return cast("Sequence[tuple[int, Fence]]", self._by_kind[Fence])

    @property
    def markup(self) -> Sequence[tuple[int, Comment | Html]]:
        """Give the comments and other HTML."""
        found = [*self._by_kind[Comment], *self._by_kind[Html]]
        return cast("Sequence[tuple[int, Comment | Html]]", sorted(found, key=itemgetter(0)))

    @cached_property
    def texts(self) -> Sequence[tuple[int, Text]]:
        """Give the headings, paragraphs and list items."""
        return [(index, block) for index, block in enumerate(self) if isinstance(block, TEXTS)]

    @cached_property
    def numbered(self) -> Sequence[tuple[int, Text | Table | Fence | Html]]:
        """Give the blocks that can hold a number: tables, and others with a digit in their text."""
        return [
            (index, block)
            for index, block in enumerate(self)
            if (isinstance(block, _WORDED) and _DIGIT.search(block.inline.text)) or isinstance(block, Table)
        ]

    @cached_property
    def lines(self) -> Sequence[tuple[int, Paragraph | ListItem]]:
        """Give the paragraphs and list items among them: what most numbers of running text stand in."""
        return [(index, block) for index, block in self.numbered if isinstance(block, _LINES)]

    @cached_property
    def _by_kind(self) -> Mapping[type[Block], Sequence[tuple[int, Block]]]:
        found = defaultdict[type[Block], list[tuple[int, Block]]](list)
        for index, block in enumerate(self):
            found[type(block)].append((index, block))
        return found
