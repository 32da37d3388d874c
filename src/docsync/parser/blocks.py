"""What blocks a Markdown text is made of: the only module that knows markdown-it.

markdown-it's own block rules decide what is what; each is wrapped so that, the moment it has matched, the offsets of its
lines are read from the parser's state, where all container prefixes are already accounted for. Its tokens carry lines only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final, Literal, TypeAlias

from markdown_it import MarkdownIt, rules_block
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from docsync.models.blocks import Blocks, Fence, Heading, Inline, Paragraph, Rule, Table
from docsync.parser import tables
from docsync.parser.comments import html_leaf
from docsync.parser.inline_text import Line, inline, trimmed
from docsync.parser.outline import Leaf, Outline
from docsync.text.source import SourceFile
from docsync.text.spans import Span

MAX_LEVEL: Final = 40
"""How deep quotes, lists and items nest; deeper markers are text. A quote is one level, a list with its item two."""

_MAX_AUTOCOMPLETED: Final = 0x10000
_SPACES = " \t"
_SILENT: Final = True
"""Asks a markdown-it rule only whether it would match."""
_RuleFunction: TypeAlias = Callable[[StateBlock, int, int, bool], bool]


def parse_blocks(source: SourceFile, start: int = 0) -> Blocks:
    """Give the blocks of the text from `start`, the start of a line after the front matter; spans are of the whole text."""
    state = _State(source, start)
    state.md.block.tokenize(state, 0, state.lineMax)
    outline = Outline()
    for token in state.tokens:
        if leaf := token.meta.get("leaf"):
            outline.add(leaf)
        elif token.type in _CONTAINERS:
            _CONTAINERS[token.type](outline, token)
    return outline.blocks()


class _State(StateBlock):
    """markdown-it's block state with the way back from its text, whose line ends are all line feeds, to the source's."""

    def __init__(self, source: SourceFile, start: int) -> None:
        self.source = source
        text = source.text[start:] if start else source.text
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        super().__init__(text, _parser(), {}, [])
        first = source.lines.line(start) - 1
        self.shifts = [at - mark for at, mark in zip(source.lines.starts[first:], self.bMarks, strict=False)]

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Note where a list marker stands: the rule moves on before it returns."""
        if ttype != "list_item_open":
            return super().push(ttype, tag, nesting)
        start, end = self.content(self.line)
        token = super().push(ttype, tag, nesting)
        token.meta["marker"] = start
        token.meta["line_end"] = end
        return token

    def content(self, line: int) -> Line:
        """Give the source offsets of a line's text without container prefix and indentation."""
        shift = self.shifts[line]
        return self.bMarks[line] + self.tShift[line] + shift, self.eMarks[line] + shift

    def indented(self, line: int, indent: int) -> Line:
        """Give the source offsets of a line's text without container prefix and up to `indent` columns of indentation.

        Where a tab reaches over that column its rest is left out: it has no character of its own.
        """
        column, first, last = 0, self.bMarks[line], self.eMarks[line]
        limit = first + self.tShift[line]
        while first < last and column < indent:
            sign = self.src[first]
            if sign == "\t":
                column += 4 - (column + self.bsCount[line]) % 4
            elif sign == " " or first < limit:
                column += 1
            else:
                break
            first += 1
        return first + self.shifts[line], last + self.shifts[line]

    def text(self, first: int, last: int) -> Inline:
        """Give the inline text of the lines `first` up to `last`, exclusive."""
        read = self.source.text
        return inline(read, [trimmed(read, *self.content(line)) for line in range(first, last)])

    def raw(self, first: int, last: int, indent: int) -> Inline:
        """Give the text of the lines `first` up to `last`, exclusive, less `indent` columns of each."""
        return inline(self.source.text, [self.indented(line, indent) for line in range(first, last)])

    def span(self, first: int, last: int) -> Span:
        """Give the span from the text of line `first` to the end of the line before `last`."""
        return Span(self.content(first)[0], self.content(last - 1)[1])


def _recorded(rule: _RuleFunction, leaf: Callable[[_State, Token, int, int], Leaf]) -> _RuleFunction:
    """Wrap a rule so that the first token of its match carries the block as we see it."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
        index = len(state.tokens)
        if not rule(state, start, end, silent):
            return False
        if not silent and isinstance(state, _State):
            token = state.tokens[index]
            token.meta["leaf"] = leaf(state, token, start, state.line)
        return True

    return run


def _bounded(rule: _RuleFunction) -> _RuleFunction:
    """Wrap a container's rule so that it no longer matches at the deepest level; its lines are then text, not lost."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
        return state.level < MAX_LEVEL and rule(state, start, end, silent)

    return run


def _paragraph(state: _State, _token: Token, start: int, end: int) -> Leaf:
    return Leaf(Paragraph, state.span(start, end), {"inline": state.text(start, end)})


def _setext(state: _State, token: Token, start: int, end: int) -> Leaf:
    return Leaf(Heading, state.span(start, end), {"level": int(token.tag[1:]), "inline": state.text(start, end - 1)})


def _atx(state: _State, token: Token, start: int, end: int) -> Leaf:
    level = int(token.tag[1:])
    first, last = state.content(start)
    text = state.source.text
    first, last = trimmed(text, first + level, last)
    unclosed = text[first:last].rstrip("#")
    if not unclosed or unclosed[-1] in _SPACES:
        first, last = trimmed(text, first, first + len(unclosed))
    return Leaf(Heading, state.span(start, end), {"level": level, "inline": inline(text, [(first, last)])})


def _fence(state: _State, token: Token, start: int, end: int) -> Leaf:
    closed = end - 1 > start and _closes(state, end - 1, token.markup)
    last = end - 1 if closed else end
    text = state.raw(start + 1, last, state.sCount[start]) if last > start + 1 else _nothing(state, start)
    return Leaf(Fence, state.span(start, end), {"info": token.info.strip(), "inline": text, "closed": closed})


def _closes(state: _State, line: int, markup: str) -> bool:
    text = state.source.text[slice(*state.content(line))].rstrip(_SPACES)
    return len(text) >= len(markup) and not text.strip(markup[0]) and not state.is_code_block(line)


def _nothing(state: _State, line: int) -> Inline:
    end = state.content(line)[1]
    return inline(state.source.text, [(end, end)])


def _code(state: _State, _token: Token, start: int, end: int) -> Leaf:
    text = state.raw(start, end, state.blkIndent + 4)
    return Leaf(Fence, state.span(start, end), {"info": None, "inline": text})


def _html(state: _State, _token: Token, start: int, end: int) -> Leaf:
    first = state.content(start)[0]
    line = state.source.lines.line_span(state.source.lines.line(first)).start
    return html_leaf(state.raw(start, end, state.blkIndent), state.source.text[line:first])


def _break(state: _State, _token: Token, start: int, end: int) -> Leaf:
    return Leaf(Rule, state.span(start, end), {})


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    """Read a table as markdown-it does, but into one token, not three for each cell."""
    if not rules_block.table(state, start, end, _SILENT):
        return False
    if silent or not isinstance(state, _State):
        return True
    rows = list(_rows(state, start, end))
    aligns = tables.aligns(state.source.text, *state.content(start + 1))
    state.line = start + 1 + len(rows)
    token = state.push("table", "table", 0)
    token.map = [start, state.line]
    fields = {"header": rows[0], "rows": tuple(rows[1:]), "aligns": aligns}
    token.meta["leaf"] = Leaf(Table, state.span(start, state.line), fields)
    return True


def _rows(state: _State, start: int, end: int) -> Iterator[Any]:
    text = state.source.text
    first, last = trimmed(text, *state.content(start))
    cells = tables.boundaries(text, first, last)
    width = len(cells)
    yield tables.row(text, first, last, cells, width)
    parent, state.parentType = state.parentType, "table"
    added = 0
    for line in range(start + 2, end):
        first, last = trimmed(text, *state.content(line))
        if first == last or _ends_table(state, line, end):
            break
        cells = tables.boundaries(text, first, last)
        added += width - len(cells)
        if added > _MAX_AUTOCOMPLETED:
            break
        yield tables.row(text, first, last, cells, width)
    state.parentType = parent


def _ends_table(state: _State, line: int, end: int) -> bool:
    if state.sCount[line] < state.blkIndent or state.is_code_block(line):
        return True
    return any(rule(state, line, end, _SILENT) for rule in state.md.block.ruler.getRules("blockquote"))


def _open_item(outline: Outline, token: Token) -> None:
    length = len(token.info) + len(token.markup)
    outline.open_item(Span(token.meta["marker"], token.meta["marker"] + length))


_CONTAINERS: Final[dict[str, Callable[[Outline, Token], None]]] = {
    "blockquote_open": lambda outline, _token: outline.open_quote(),
    "blockquote_close": lambda outline, _token: outline.close_quote(),
    "bullet_list_open": lambda outline, _token: outline.open_list(None),
    "bullet_list_close": lambda outline, _token: outline.close_list(),
    "ordered_list_open": lambda outline, token: outline.open_list(int(token.attrs.get("start", 1))),
    "ordered_list_close": lambda outline, _token: outline.close_list(),
    "list_item_open": _open_item,
    "list_item_close": lambda outline, _token: outline.close_item(),
}

_RULES: Final[dict[str, tuple[_RuleFunction, list[str]]]] = {
    "table": (_table, ["paragraph", "reference"]),
    "code": (_recorded(rules_block.code, _code), []),
    "fence": (_recorded(rules_block.fence, _fence), ["paragraph", "reference", "blockquote", "list"]),
    "blockquote": (_bounded(rules_block.blockquote), ["paragraph", "reference", "blockquote", "list"]),
    "hr": (_recorded(rules_block.hr, _break), ["paragraph", "reference", "blockquote", "list"]),
    "list": (_bounded(rules_block.list_block), ["paragraph", "reference", "blockquote"]),
    "html_block": (_recorded(rules_block.html_block, _html), ["paragraph", "reference", "blockquote"]),
    "heading": (_recorded(rules_block.heading, _atx), ["paragraph", "reference", "blockquote"]),
    "lheading": (_recorded(rules_block.lheading, _setext), []),
    "paragraph": (_recorded(rules_block.paragraph, _paragraph), []),
}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_LEVEL + 3}).enable("table")
    for name, (rule, alt) in _RULES.items():
        parser.block.ruler.at(name, rule, {"alt": alt})
    return parser
