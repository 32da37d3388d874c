"""What blocks a Markdown text is made of: the only module that knows markdown-it.

markdown-it's own block rules decide what is what. Its tokens carry lines only, so none are made: the moment a rule has
matched, the offsets are read from the parser's state, in which the prefixes of all containers are accounted for. Which rules
are tried depends on the first sign of a line, and a paragraph's lines are read once; both are about speed and change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final, Literal, TypeAlias

from markdown_it import MarkdownIt, rules_block
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from docsync.models.blocks import Blocks, Fence, Heading, Inline, Paragraph, Row, Rule, Table
from docsync.parser import tables
from docsync.parser.comments import html_leaf
from docsync.parser.inline_text import Line, inline, trimmed
from docsync.parser.leaves import closes_fence, fence_opening, heading_text, list_marker
from docsync.parser.outline import Leaf, Outline
from docsync.text.source import SourceFile
from docsync.text.spans import Span

MAX_LEVEL: Final = 40
"""How deep containers nest before their markers count as text: a quote is one level, a list with its item two."""

MAX_QUOTES: Final = 10
"""How many quotes nest before their signs count as text: each one reads all lazy lines below it once more."""

MAX_DEFINITION_LINES: Final = 100
"""How many lines a link definition may have: markdown-it copies all of it for each further line."""

_MAX_AUTOCOMPLETED = 0x10000
_SILENT: Final = True
"""Asks a markdown-it rule only whether it would match."""
_ALOUD: Final = False

_Reader: TypeAlias = "Callable[[_State, int, int], bool]"


def parse_blocks(source: SourceFile, start: int = 0) -> Blocks:
    """Give the blocks of the text from `start`, the start of a line after the front matter; spans are of the whole text."""
    state = _State(source, start)
    state.md.block.tokenize(state, 0, state.lineMax)
    return state.outline.blocks()


class _State(StateBlock):
    """markdown-it's block state, with the way back from its text, whose line ends are all line feeds, to the source's."""

    def __init__(self, source: SourceFile, start: int) -> None:
        text = source.text[start:] if start else source.text
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        super().__init__(text, _parser(), {}, [])
        self.source = source
        self.outline: Outline = Outline()
        self.quotes = 0
        first = source.lines.line(start) - 1
        self.shifts = [at - mark for at, mark in zip(source.lines.starts[first:], self.bMarks, strict=False)]
        self._token = Token("", "", 0)

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:  # noqa: ARG002 -- markdown-it's signature
        """Open or close a container where markdown-it adds a token; the one returned takes what its rules write there."""
        if nesting < 0:
            self.level -= 1
        if event := _EVENTS.get(ttype):
            event(self)
        if nesting > 0:
            self.level += 1
        return self._token

    def sign(self, line: int) -> str:
        """Give the first character of a line's text, empty for a blank line at the text's end."""
        at = self.bMarks[line] + self.tShift[line]
        return self.src[at : at + 1]

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

    def span(self, first: int, last: int) -> Span:
        """Give the span from the text of line `first` to the end of the line before `last`."""
        return Span(self.content(first)[0], self.content(last - 1)[1])


def _block(state: _State, start: int, end: int, _silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    """Read the block that starts at a line, trying the rules in markdown-it's own order."""
    if state.is_code_block(start):
        return _code(state, start, end)
    if _table(state, start, end):
        return True
    for read in _READERS.get(state.sign(start), ()):
        if read(state, start, end):
            return True
    return _paragraph(state, start, end)


def _code(state: _State, start: int, end: int) -> bool:
    rules_block.code(state, start, end, _ALOUD)
    lines = [state.indented(line, state.blkIndent + 4) for line in range(start, state.line)]
    text = inline(state.source.text, lines)
    state.outline.add(Leaf(Fence, text.whole, {"info": None, "inline": text}))
    return True


def _fence(state: _State, start: int, end: int) -> bool:
    indent = state.sCount[start]
    if not rules_block.fence(state, start, end, _ALOUD):
        return False
    text = state.source.text
    opening, info = fence_opening(text, *state.content(start))
    last = state.line - 1
    closed = last > start and not state.is_code_block(last) and closes_fence(text, *state.content(last), opening)
    body = [state.indented(line, indent) for line in range(start + 1, last if closed else last + 1)]
    after = state.content(start)[1]
    fields = {"info": info, "inline": inline(text, body or [(after, after)]), "closed": closed}
    state.outline.add(Leaf(Fence, state.span(start, state.line), fields))
    return True


def _quote(state: _State, start: int, end: int) -> bool:
    return _may_quote(state, start, end, _ALOUD)


def _may_quote(state: _State, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    deep = state.level >= MAX_LEVEL or state.quotes >= MAX_QUOTES
    return not deep and rules_block.blockquote(state, start, end, silent)


def _list(state: _State, start: int, end: int) -> bool:
    return _may_list(state, start, end, _ALOUD)


def _may_list(state: _State, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    return state.level < MAX_LEVEL and rules_block.list_block(state, start, end, silent)


def _break(state: _State, start: int, end: int) -> bool:
    if not rules_block.hr(state, start, end, _ALOUD):
        return False
    state.outline.add(Leaf(Rule, state.span(start, state.line), {}))
    return True


def _definition(state: _State, start: int, end: int) -> bool:
    limit = state.lineMax
    state.lineMax = min(limit, start + MAX_DEFINITION_LINES)
    found = rules_block.reference(state, start, end, _ALOUD)
    state.lineMax = limit
    return found


def _html(state: _State, start: int, end: int) -> bool:
    if not rules_block.html_block(state, start, end, _ALOUD):
        return False
    text = state.source.text
    first = state.content(start)
    line = state.source.lines.line_span(state.source.lines.line(first[0])).start
    further = [state.indented(line, state.blkIndent) for line in range(start + 1, state.line)]
    state.outline.add(html_leaf(inline(text, [first, *further]), text[line : first[0]]))
    return True


def _atx(state: _State, start: int, end: int) -> bool:
    if not rules_block.heading(state, start, end, _SILENT):
        return False
    text = state.source.text
    level, line = heading_text(text, *state.content(start))
    state.line = start + 1
    state.outline.add(Leaf(Heading, state.span(start, start + 1), {"level": level, "inline": inline(text, [line])}))
    return True


def _paragraph(state: _State, start: int, end: int) -> bool:
    """Read a paragraph, which an underline below makes a heading; both in one pass, since that line ends neither."""
    last, level = _paragraph_end(state, start, end)
    text = state.text(start, last)
    if level:
        last += 1
        state.outline.add(Leaf(Heading, state.span(start, last), {"level": level, "inline": text}))
    else:
        state.outline.add(Leaf(Paragraph, state.span(start, last), {"inline": text}))
    state.line = last
    return True


def _paragraph_end(state: _State, start: int, end: int) -> tuple[int, int]:
    """Find the line after a paragraph's text, and the level of the heading that this line's signs make of it, 0 for none."""
    parent, state.parentType = state.parentType, "paragraph"
    limit = state.lineMax
    line, level = start + 1, 0
    while line < limit and not state.isEmpty(line):
        # Further indented lines, and the lazy ones of a quote, belong to the paragraph whatever they hold.
        if state.sCount[line] <= state.blkIndent + 3:
            if line < end and (level := _underline(state, line)):
                break
            if state.sCount[line] >= 0 and _interrupts(state, line, limit, _SILENT):
                break
        line += 1
    state.parentType = parent
    return line, level


def _underline(state: _State, line: int) -> int:
    """Give the level of the heading that a line's signs underline, 0 for none."""
    sign = state.sign(line)
    if sign not in _UNDERLINES or state.sCount[line] < state.blkIndent:
        return 0
    signs = state.source.text[slice(*state.content(line))].rstrip(" \t")
    return _UNDERLINES[sign] if not signs.strip(sign) else 0


def _table(state: _State, start: int, end: int) -> bool:
    if not _may_table(state, start, end):
        return False
    rows = tuple(_rows(state, start, end))
    aligns = tables.aligns(state.source.text, *state.content(start + 1))
    state.line = start + 1 + len(rows)
    fields = {"header": rows[0], "rows": rows[1:], "aligns": aligns}
    state.outline.add(Leaf(Table, state.span(start, state.line), fields))
    return True


def _may_table(state: _State, start: int, end: int) -> bool:
    """Tell whether a table starts here; most lines are ruled out by the one below."""
    return start + 1 < end and state.sign(start + 1) in _DELIMITERS and rules_block.table(state, start, end, _SILENT)


def _rows(state: _State, start: int, end: int) -> Iterator[Row]:
    """Read a table's rows as markdown-it does, which would make three tokens for each cell."""
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
    return state.sCount[line] < state.blkIndent or state.is_code_block(line) or _ends_quote(state, line, end, _SILENT)


def _interrupts(state: _State, line: int, end: int, _silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    """Tell whether a line ends the paragraph or definition above it."""
    return _may_table(state, line, end) or _ends_quote(state, line, end, _SILENT)


def _ends_quote(state: _State, line: int, end: int, _silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    """Tell whether a line ends the lazy lines of a quote, or a table."""
    rules = _INTERRUPTING.get(state.sign(line))
    return rules is not None and any(rule(state, line, end, _SILENT) for rule in rules)


def _ends_list(state: _State, line: int, end: int, _silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    """Tell whether a line ends a list, though it might be an item's by its indentation."""
    rules = _INTERRUPTING.get(state.sign(line), ())
    return any(rule(state, line, end, _SILENT) for rule in rules if rule in _LIST_ENDING)


def _open_quote(state: _State) -> None:
    state.quotes += 1
    state.outline.open_quote()


def _close_quote(state: _State) -> None:
    state.quotes -= 1
    state.outline.close_quote()


def _open_item(state: _State) -> None:
    start, end = state.content(state.line)
    after, number = list_marker(state.source.text, start, end)
    state.outline.open_item(Span(start, after), number)


_EVENTS: Final[dict[str, Callable[[_State], None]]] = {
    "blockquote_open": _open_quote,
    "blockquote_close": _close_quote,
    "bullet_list_open": lambda state: state.outline.open_list(),
    "bullet_list_close": lambda state: state.outline.close_list(),
    "ordered_list_open": lambda state: state.outline.open_list(),
    "ordered_list_close": lambda state: state.outline.close_list(),
    "list_item_open": _open_item,
    "list_item_close": lambda state: state.outline.close_item(),
}

_DELIMITERS: Final = frozenset("|-:")
_UNDERLINES: Final = {"=": 1, "-": 2}
_DIGITS: Final = "0123456789"

_READERS: Final[dict[str, tuple[_Reader, ...]]] = {
    "`": (_fence,),
    "~": (_fence,),
    ">": (_quote,),
    "-": (_break, _list),
    "*": (_break, _list),
    "_": (_break,),
    "+": (_list,),
    **dict.fromkeys(_DIGITS, (_list,)),
    "[": (_definition,),
    "<": (_html,),
    "#": (_atx,),
}
"""The rules that may match a line, by its first sign, in markdown-it's order; a paragraph is what is left."""

_INTERRUPTING: Final[dict[str, tuple[Callable[[Any, int, int, bool], bool], ...]]] = {
    "`": (rules_block.fence,),
    "~": (rules_block.fence,),
    ">": (_may_quote,),
    "-": (rules_block.hr, _may_list),
    "*": (rules_block.hr, _may_list),
    "_": (rules_block.hr,),
    "+": (_may_list,),
    **dict.fromkeys(_DIGITS, (_may_list,)),
    "<": (rules_block.html_block,),
    "#": (rules_block.heading,),
}
"""The rules by which a line may end what stands above it, by the line's first sign."""

_LIST_ENDING: Final = frozenset({rules_block.fence, rules_block.hr, _may_quote})

_CHAINS: Final[dict[str, list[Callable[[Any, int, int, bool], bool]]]] = {
    "": [_block],
    "paragraph": [_interrupts],
    "reference": [_interrupts],
    "blockquote": [_ends_quote],
    "list": [_ends_list],
}


class _Chains(Ruler[RuleFuncBlockType]):
    """Give markdown-it our one rule for each of its chains."""

    def getRules(self, chainName: str = "") -> list[RuleFuncBlockType]:  # noqa: N802, N803 -- markdown-it's names
        return _CHAINS[chainName]


class _Block(ParserBlock):
    """markdown-it's block parser with our chains."""

    def __init__(self) -> None:
        self.ruler = _Chains()
        self.ruler.push("code", rules_block.code)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_LEVEL * 10})
    parser.block = _Block()
    return parser
