"""What blocks markdown-it's own tokens tell of, in one shape with ours, so that the two can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct, field

from docsync.models.blocks import Block, Blocks, Comment, Fence, Heading, Html, Inline, ListItem, Paragraph, Rule, Table
from docsync.parser.blocks import parse_blocks
from docsync.text.source import SourceFile, decode
from docsync.text.spans import Span

_REFERENCE = MarkdownIt("commonmark", {"maxNesting": 500}).enable("table").disable(["inline", "text_join"])


class Shape(Struct, frozen=True):
    """Say what a block is, in how many quotes and the how manieth item it stands, and its text."""

    kind: str
    quote: int
    item: int
    lines: tuple[str, ...]


def read(text: str, start: int = 0) -> tuple[SourceFile, Blocks]:
    """Read the blocks of a text whose line ends are kept."""
    source = decode("plan.md", text.encode())
    return source, parse_blocks(source, start)


def ours(blocks: Blocks) -> list[Shape]:
    """Give the shapes of blocks as docsync reads them."""
    ranks = {-1: -1}
    shapes = []
    for index, block in enumerate(blocks):
        if isinstance(block, ListItem):
            ranks[index] = len(ranks) - 1
        kind, lines = _said(block)
        shapes.append(Shape(kind, block.quote, ranks[block.item], tuple(lines)))
    return shapes


def _said(block: Block) -> tuple[str, Sequence[str]]:  # noqa: PLR0911 -- one return a kind of block
    match block:
        case Heading():
            return f"h{block.level}", _trimmed(block.inline.text)
        case Paragraph():
            return "paragraph", _trimmed(block.inline.text)
        case ListItem():
            number = "" if block.number is None else str(block.number)
            return f"item {block.depth} {number} [{block.mark}]", _trimmed(block.inline.text)
        case Fence(info=None):
            return "code", _code(block.inline.text)
        case Fence():
            return f"fence {block.info}", _code(block.inline.text)
        case Comment():
            return "html", _code(f"<!--{block.text}-->")
        case Html():
            return "html", _code(block.inline.text)
        case Table():
            rows = [block.header, *block.rows]
            return "table " + ",".join(block.aligns), [
                cell.text.replace("\\|", "|").strip(" \t") for row in rows for cell in row.cells
            ]
        case Rule():
            return "rule", ()


def _trimmed(text: str) -> list[str]:
    # Releases before 4 of markdown-it-py strip more at the ends than CommonMark does, such as \x1c.
    return [line.strip(" \t") for line in text.strip().split("\n")]


def _code(text: str) -> list[str]:
    """Leave out indentation: a tab that is cut in two has no offsets for its halves, so ours may have less of it."""
    return [line.strip(" \t>") for line in text.strip(" \t\n").split("\n")]


class _Walk(Struct):
    quote: int = 0
    items: list[int] = field(default_factory=list)
    numbers: list[int | None] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    count: int = 0
    fresh: bool = False

    def add(self, kind: str, lines: Sequence[str]) -> None:
        self.fresh = False
        self.shapes.append(Shape(kind, self.quote, self.items[-1] if self.items else -1, tuple(lines)))

    def open_item(self) -> None:
        number = self.numbers[-1]
        self.add(f"item {len(self.numbers)} {'' if number is None else number} [None]", [""])
        if number is not None:
            self.numbers[-1] = number + 1
        self.items.append(self.count)
        self.count += 1
        self.fresh = True

    def paragraph(self, text: str) -> None:
        if not self.fresh:
            self.add("paragraph", _trimmed(text))
            return
        self.fresh = False
        item = self.shapes[-1]
        box = re.match(r"(\*\*|__|)\[([^\]\[\n\t])(\ufe0f?)\]\1(?=\s|$)", text.strip(" \t"))
        mark = box[2] if box else "None"
        rest = text.strip(" \t")[box.end() :] if box else text
        self.shapes[-1] = Shape(item.kind.replace("[None]", f"[{mark}]"), item.quote, item.item, tuple(_trimmed(rest)))


def reference(text: str) -> list[Shape]:
    """Give the shapes of the blocks that markdown-it's tokens tell of."""
    walk = _Walk()
    tokens = iter(_REFERENCE.parse(text))
    for token in tokens:
        _step(walk, token, tokens)
    return walk.shapes


def _step(walk: _Walk, token: Token, tokens: Iterator[Token]) -> None:  # noqa: C901, PLR0912 -- one case a kind of token
    match token.type:
        case "blockquote_open" | "blockquote_close":
            walk.quote += token.nesting
            walk.fresh = False
        case "bullet_list_open":
            walk.numbers.append(None)
        case "ordered_list_open":
            walk.numbers.append(int(token.attrs.get("start", 1)))
        case "bullet_list_close" | "ordered_list_close":
            walk.numbers.pop()
        case "list_item_open":
            walk.open_item()
        case "list_item_close":
            walk.items.pop()
            walk.fresh = False
        case "paragraph_open":
            walk.paragraph(next(tokens).content)
        case "heading_open":
            walk.add(token.tag, _trimmed(next(tokens).content))
        case "fence":
            walk.add("fence " + token.info.strip(" \t"), _code(token.content))
        case "code_block":
            walk.add("code", _code(token.content))
        case "html_block":
            walk.add("html", _code(token.content))
        case "hr":
            walk.add("rule", ())
        case "table_open":
            walk.add(*_table(tokens))


def _table(tokens: Iterator[Token]) -> tuple[str, list[str]]:
    cells, aligns = [], []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "th_open":
            aligns.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
        if token.type == "inline":
            cells.append(token.content)
    return "table " + ",".join(aligns), cells


def faults(source: SourceFile, blocks: Blocks) -> list[str]:
    """Say what is wrong with the spans: outside the text, out of order, not nested, or not the text they stand for."""
    found = []
    ends: dict[int, int] = {-1: len(source.text)}
    last = 0
    for index, block in enumerate(blocks):
        if not last <= block.span.start <= block.span.end <= ends[block.item]:
            found.append(f"{index}: {block.span} after {last} in {ends[block.item]}")
        last = block.span.start if isinstance(block, ListItem) else block.span.end
        ends[index] = block.span.end
        if not -1 <= block.section < index or not -1 <= block.item < index:
            found.append(f"{index}: stands under {block.section} and in {block.item}")
        found.extend(f"{index}: {fault}" for fault in _text_faults(source, block))
    return found


def _text_faults(source: SourceFile, block: Block) -> Iterator[str]:
    for text, span in _placed(block):
        if source.slice(span) != text:
            yield f"{span} is {source.slice(span)!r}, not {text!r}"
        if not block.span.contains(span):
            yield f"{span} is outside {block.span}"


def _placed(block: Block) -> Iterator[tuple[str, Span]]:
    if isinstance(block, Table):
        for row in (block.header, *block.rows):
            yield from ((cell.text, cell.span) for cell in row.cells)
    elif isinstance(block, ListItem) and block.mark_span and block.mark:
        yield block.mark, Span(block.mark_span.start, block.mark_span.start + 1)
    if isinstance(block, (Heading, Paragraph, ListItem, Fence, Html)):
        yield from _placed_lines(block.inline)


def _placed_lines(inline: Inline) -> Iterator[tuple[str, Span]]:
    at = 0
    for line in inline.text.split("\n"):
        yield line, inline.span(at, at + len(line))
        at += len(line) + 1
