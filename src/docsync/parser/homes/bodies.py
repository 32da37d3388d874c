"""Which fields the body of a section writes: key-values in paragraphs and bullets, with lists as their values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct, field

from docsync.models.blocks import Blocks, Comment, Heading, Inline, ListItem, Paragraph
from docsync.models.schema import FieldType, KindSpec, field_key
from docsync.parser.fields import KeyValue, bullet_key_value, key_values
from docsync.parser.homes.drafts import Written
from docsync.text.spans import Span

_LISTS: Final = (FieldType.LIST, FieldType.REFERENCES, FieldType.CRITERIA)
_FLOWING: Final = (FieldType.TEXT, FieldType.LIST, FieldType.CONDITIONS)
"""The types whose value may go on over several lines."""


class _Open(Struct):
    """A key whose value is the list that follows: the items below `parent`, those of one outermost list where that is -1."""

    key: str
    key_span: Span
    parent: int
    list_start: int = -1
    texts: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


def read_fields(blocks: Blocks, indexes: Sequence[int], kind: KindSpec, root: int = -1) -> tuple[Written, ...]:
    """Read the fields of one home, whose blocks, without its own heading, are `indexes`; of a field written twice the first.

    `root` is the list item that the home is, -1 for a home that stands in no list.

    A key that the kind does not know is a field where it can hardly be anything else: in bold, before the first deeper
    heading, in a paragraph or in a list of which another item has a known key.
    """
    body = _Body(blocks, kind, _field_lists(blocks, indexes, kind), root)
    for index in indexes:
        body.read(index)
    body.close()
    return tuple(body.found.values())


def _field_lists(blocks: Blocks, indexes: Iterable[int], kind: KindSpec) -> frozenset[int]:
    """Give the lists, by their start, that have an item with a known key."""
    items = (block for index in indexes if isinstance(block := blocks[index], ListItem))
    return frozenset(
        item.list_start
        for item in items
        if (found := bullet_key_value(item.inline.text)) and field_key(found.key) in kind.aliases
    )


class _Body:
    """Collect the fields of one body while its blocks are read in order."""

    def __init__(self, blocks: Blocks, kind: KindSpec, field_lists: frozenset[int], root: int) -> None:
        self.found: dict[str, Written] = {}
        self._blocks = blocks
        self._kind = kind
        self._root = root
        self._field_lists = field_lists
        self._opens: list[_Open] = []
        self._deeper = False

    def read(self, index: int) -> None:
        """Read one block."""
        block = self._blocks[index]
        if isinstance(block, ListItem) and not block.quote:
            self._item(index, block)
        elif not isinstance(block, Comment) and (block.item <= self._root or block.quote):
            self.close()
            if isinstance(block, Heading):
                self._heading(block)
            elif isinstance(block, Paragraph) and not block.quote:
                self._paragraph(block)

    def close(self) -> None:
        """End all lists that are being collected."""
        while self._opens:
            self._close_last()

    def _close_last(self) -> None:
        done = self._opens.pop()
        if done.spans:
            span = Span(done.spans[0].start, done.spans[-1].end)
            self._add(Written(done.key, list(done.texts), span, done.key_span, tuple(done.spans)))

    def _heading(self, heading: Heading) -> None:
        """Take a deeper heading such as `Next steps` for the key of the list below it."""
        self._deeper = True
        if self._type(heading.inline.text) in _LISTS:
            self._opens.append(_Open(heading.inline.text, heading.inline.whole, -1))

    def _paragraph(self, paragraph: Paragraph) -> None:
        for found in key_values(paragraph.inline.text):
            if self._knows(found.key) or not self._deeper:
                self.close()
                self._key_value(paragraph.inline, found, -1)

    def _item(self, index: int, item: ListItem) -> None:
        while self._opens and not self._belongs(item, self._opens[-1]):
            self._close_last()
        if item.mark is not None or item.inline.text.startswith("~~"):
            return
        collecting = self._opens[-1] if self._opens and self._opens[-1].parent == item.item else None
        found = bullet_key_value(item.inline.text)
        if found and self._is_field(item, found, collecting):
            self._key_value(item.inline, found, index)
        elif collecting:
            collecting.list_start = item.list_start
            collecting.texts.append(" ".join(item.inline.text.split()))
            collecting.spans.append(item.inline.whole)

    def _belongs(self, item: ListItem, collecting: _Open) -> bool:
        """Tell whether an item lies in the list that is being collected, at whatever depth."""
        if collecting.parent < 0:
            return item.item >= 0 or collecting.list_start in (-1, item.list_start)
        while item.item > collecting.parent and isinstance(outer := self._blocks[item.item], ListItem):
            item = outer
        return item.item == collecting.parent

    def _is_field(self, item: ListItem, found: KeyValue, collecting: _Open | None) -> bool:
        bold = item.inline.text[: found.key_start].endswith(("**", "__"))
        if collecting:
            return self._knows(found.key) and self._groups(collecting, bold=bold)
        if item.item != self._root:
            return False
        return self._knows(found.key) or (bold and not self._deeper and item.list_start in self._field_lists)

    def _groups(self, collecting: _Open, *, bold: bool) -> bool:
        """Tell whether a key such as `Dependencies` only groups fields: references have no keys, texts may."""
        type_ = self._type(collecting.key)
        return type_ is FieldType.REFERENCES or (bold and type_ not in _LISTS)

    def _key_value(self, text: Inline, found: KeyValue, index: int) -> None:
        """Note a key-value; one without a value waits for the list that follows."""
        key_span = text.span(found.key_start, found.key_end)
        type_ = self._type(found.key)
        if found.start == found.end:
            self._opens.append(_Open(found.key, key_span, index))
        elif type_ is not FieldType.CRITERIA:
            flows = type_ in _FLOWING or text.text[found.line_end : found.line_end + 1] == ","
            end = found.end if flows else found.line_end
            self._add(Written(found.key, text.text[found.start : end], text.span(found.start, end), key_span))

    def _add(self, written: Written) -> None:
        key = field_key(written.key)
        self.found.setdefault(self._kind.aliases.get(key, key), written)

    def _knows(self, key: str) -> bool:
        return field_key(key) in self._kind.aliases

    def _type(self, key: str) -> FieldType:
        """Give the type of the field that a key names, text where the kind does not know it."""
        name = self._kind.aliases.get(field_key(key), "")
        return self._kind.fields[name].type if name else FieldType.TEXT
