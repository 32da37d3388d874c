"""Where each block stands: under which headings and items, and whether it speaks of now."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from docsync.models.blocks import Blocks, Heading, ListItem, Paragraph
from docsync.models.claims import LIVING, TEMPLATE, Scope
from docsync.models.document import FrontMatter
from docsync.parser.entities import find_entities, may_name
from docsync.parser.masking import mask
from docsync.parser.moments import LONGEST_TEXT, heading_moment, is_behind, is_local, item_moment, leading_date
from docsync.parser.snapshots import Header, file_moment
from docsync.parser.statements import plain, statements
from docsync.parser.vocabulary import DEFAULT, Vocabulary
from docsync.text.source import SourceFile

_HEADER_BLOCKS = 40
_LONGEST_LEAD = 200
_MOST_NAMES = 4
_ENTRY = re.compile(r"[*_\[(\s]{0,4}\d{4}-\d{2}-\d{2}\b[^\n]{20}")


class Scopes:
    """Give the scope of each block of one file, by its index; scopes are worked out once and shared."""

    def __init__(
        self,
        source: SourceFile,
        blocks: Blocks,
        front_matter: FrontMatter | None = None,
        vocabulary: Vocabulary = DEFAULT,
    ) -> None:
        self._path = source.path
        self._blocks = blocks
        self._vocabulary = vocabulary
        header = _header(blocks)
        self._updated = header.updated
        self._sections: dict[int, Scope] = {-1: replace(LIVING, as_of=file_moment(source.path, header, front_matter))}
        self._items: dict[int, Scope] = {}
        self._of: dict[int, Scope] = {}
        self._on: dict[int, Scope] = {}
        self._introduced: dict[int, Scope] = {}
        self._leads = dict(_leads(blocks))
        self._inside = _enclosing_items(source, blocks)

    @property
    def file(self) -> Scope:
        """Give the scope of what stands above the first heading, and of the front matter."""
        return self._sections[-1]

    def of(self, index: int) -> Scope:
        """Give the scope of a block: of a list item what encloses it, of a heading its own moment too."""
        scope = self._of.get(index)
        if scope is None:  # every reader of claims asks again
            scope = self._of[index] = self._around(index)
        return scope

    def _around(self, index: int) -> Scope:
        block = self._blocks[index]
        if isinstance(block, Heading):
            outer, as_of = self._section(block.section), self._section(index).as_of
            return outer if outer.as_of == as_of else replace(outer, as_of=as_of)
        item = self.item_of(index)
        if item >= 0:
            return self.within(item)
        outer = self._introduce(index) if index in self._leads else self._section(block.section)
        return _dated(block, outer) if isinstance(block, Paragraph) else outer

    def within(self, index: int) -> Scope:
        """Give the scope of what an item holds."""
        chain: list[int] = []
        while index >= 0 and index not in self._items:
            chain.append(index)
            index = self.item_of(index)
        for item in reversed(chain):
            block = self._blocks[item]
            self._items[item] = self._item(block, self.of(item)) if isinstance(block, ListItem) else LIVING
        return self._items[chain[0] if chain else index]

    def on(self, index: int) -> Scope:
        """Give the scope of an item's own line: what encloses it, at the item's own moment if it has one."""
        scope = self._on.get(index)
        if scope is None:
            scope = self._on[index] = self._at(index)
        return scope

    def _at(self, index: int) -> Scope:
        block, outer = self._blocks[index], self.of(index)
        if not isinstance(block, ListItem):
            return outer
        as_of = _moment(self._item_moment(block), outer)
        return outer if as_of == outer.as_of else replace(outer, as_of=as_of)

    def under(self, index: int) -> Scope:
        """Give the scope of what stands directly under a heading, -1 for what stands above all."""
        return self._section(index)

    def item_of(self, index: int) -> int:
        """Give the index of the item that a block stands in, or is plainly meant to stand in, -1 for none.

        Bullets that are indented under `10. …` by the width of `1. ` are a list of their own to Markdown, not to its author.
        """
        return self._inside[index]

    @property
    def holding(self) -> frozenset[int]:
        """Give the indexes of the items that anything stands in or is meant to stand in."""
        return frozenset(self._inside)

    def _item(self, block: ListItem, outer: Scope) -> Scope:
        line = block.inline.text[:LONGEST_TEXT].split("\n")[0]
        as_of = _moment(self._item_moment(block), outer)
        return replace(outer, item=plain(line), as_of=as_of, entities=self._joined(line, outer))

    def _item_moment(self, block: ListItem) -> str:
        numbered = block.number is not None and block.mark != " "
        return item_moment(block.inline.text, self._path, self._vocabulary, numbered=numbered)

    def _section(self, index: int) -> Scope:
        chain: list[int] = []
        while index not in self._sections:
            chain.append(index)
            index = self._blocks[index].section
        for section in reversed(chain):
            heading = self._blocks[section]
            outer = self._sections[heading.section]
            self._sections[section] = self._under(heading, outer) if isinstance(heading, Heading) else outer
        return self._sections[chain[0] if chain else index]

    def _under(self, heading: Heading, outer: Scope) -> Scope:
        text = heading.inline.text
        # A title speaks for the whole file, which has been judged with it.
        is_title = heading.level == 1 and heading.section < 0
        moment = "" if is_title else heading_moment(text, self._path, self._updated, self._vocabulary)
        return Scope(
            headings=(*outer.headings, plain(text)),
            as_of=_moment(moment, outer),
            entities=self._joined(text, outer),
        )

    def _introduce(self, index: int) -> Scope:
        """Add what the paragraph before a list or table says: its moment and whom it names."""
        lead = self._leads[index]
        if lead not in self._introduced:
            paragraph = self._blocks[lead]
            outer = self._section(paragraph.section)
            text = paragraph.inline.text if isinstance(paragraph, Paragraph) else ""
            moment = heading_moment(text, self._path, self._updated, self._vocabulary)
            names = self._joined(text, outer)
            self._introduced[lead] = replace(outer, lead=plain(text), as_of=_moment(moment, outer), entities=names)
        return self._introduced[lead]

    def _joined(self, text: str, outer: Scope) -> tuple[str, ...]:
        """Put the entities that a text names outside brackets before those of the scope around it."""
        text = text[:LONGEST_TEXT]
        if not may_name(text, self._vocabulary):
            return outer.entities
        masked = mask(text)
        found = find_entities(masked, vocabulary=self._vocabulary)
        names = dict.fromkeys(name for named in found if not _in_brackets(masked, named.start) for name in named.names)
        return tuple(dict.fromkeys((*list(names)[:_MOST_NAMES], *outer.entities)))


def _moment(own: str, outer: Scope) -> str:
    """Choose between a text's own moment and the one around it: of one snapshot all is one moment but what is dated in it."""
    if outer.as_of == TEMPLATE or not own or (outer.as_of and is_local(own)):
        return outer.as_of
    return own


def _dated(paragraph: Paragraph, outer: Scope) -> Scope:
    """Give the scope of a paragraph, which is the entry of an account where it begins with a day and goes on in words."""
    text = paragraph.inline.text[:LONGEST_TEXT]
    as_of = _moment(leading_date(text), outer) if _ENTRY.match(text) else outer.as_of
    return outer if as_of == outer.as_of else replace(outer, as_of=as_of)


def _in_brackets(text: str, at: int) -> bool:
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)


def _header(blocks: Blocks) -> Header:
    """Read the title and the key-values before the second heading, and those that close the file."""
    title, keys, headings = "", {}, 0
    for block in blocks[:_HEADER_BLOCKS]:
        if isinstance(block, Heading):
            headings += 1
            title = title or block.inline.text
        if headings > 1:
            break
        if isinstance(block, Paragraph | ListItem):
            keys.update(_key_values(block))
    for block in blocks[-3:]:
        if isinstance(block, Paragraph):
            keys = {**_key_values(block), **keys}
    return Header(title, keys)


def _key_values(block: Paragraph | ListItem) -> dict[str, str]:
    found = (statement for statement in statements(block.inline) if statement.key)
    return {statement.key.lower(): statement.inline.text[statement.value : statement.end] for statement in found}


def _leads(blocks: Blocks) -> Iterator[tuple[int, int]]:
    """Give, for each outermost item and each table, the index of the paragraph that introduces its list or itself."""
    list_start, lead = -1, -1
    for index, block in blocks.items:
        if block.item < 0:
            if block.list_start != list_start:
                list_start, lead = block.list_start, _lead_before(blocks, index)
            if lead >= 0:
                yield index, lead
    for index, table in blocks.tables:
        if table.item < 0 and (found := _lead_before(blocks, index)) >= 0:
            yield index, found


def _enclosing_items(source: SourceFile, blocks: Blocks) -> list[int]:
    """Give, for each block, the item that it stands in or is meant to stand in, -1 for none."""
    inside = [block.item for block in blocks]
    if adopted := dict(_adopted(source, blocks)):
        for index, item in blocks.items:
            if item.item < 0:
                inside[index] = adopted.get(item.list_start, -1)
    return inside


def _adopted(source: SourceFile, blocks: Blocks) -> Iterator[tuple[int, int]]:
    """Give, for each bullet list that stands deeper than the numbered item just before it, that item."""
    numbered, column, seen = -1, 0, -1
    for index, block in enumerate(blocks):
        if not isinstance(block, ListItem):
            numbered = numbered if block.item >= 0 else -1
        elif block.item < 0 and block.number is not None:
            numbered, column = index, _column(source, block)
        elif block.item < 0 and block.list_start != seen:
            seen = block.list_start
            if numbered >= 0 and _column(source, block) > column:
                yield seen, numbered


def _column(source: SourceFile, block: ListItem) -> int:
    lines = source.lines
    return block.span.start - lines.starts[lines.line(block.span.start) - 1]


def _lead_before(blocks: Blocks, index: int) -> int:
    before = blocks[index - 1] if index else None
    if not isinstance(before, Paragraph) or before.item >= 0 or before.section != blocks[index].section:
        return -1
    text = before.inline.text
    introduces = text.rstrip("* _").endswith((":", "：")) or (text.startswith("**") and text.find("**", 2) >= len(text) - 4)
    introduces = introduces or is_behind(text)
    return index - 1 if introduces and len(text) <= _LONGEST_LEAD else -1
