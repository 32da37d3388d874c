"""What blocks a Markdown text is made of: the only module that knows markdown-it.

markdown-it's own block rules decide what is what. Its tokens carry lines only, so none are made: the moment a rule has
matched, the offsets are read from the parser's state, in which the prefixes of all containers are accounted for. Which rules
are tried depends on the first sign of a line, a paragraph's lines are read once, and lists and tables are read by rules of
our own; all three are about speed and change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import repeat
from operator import sub
from typing import Any, Final, Literal, TypeAlias

from markdown_it import MarkdownIt, rules_block
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from docsync.models.blocks import Blocks, Row, Table
from docsync.parser import leaves, tables
from docsync.parser.lines import Lines
from docsync.parser.lists import CODE, MAX_LEVEL, read_list, starts_list
from docsync.parser.outline import Leaf, Outline
from docsync.text.source import SourceFile, line_index
from docsync.text.spans import Span

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
    state.read_blocks(0, state.lineMax)
    return state.outline.blocks()


class _State(StateBlock):
    """markdown-it's block state, with the way back to the source and the blocks found so far."""

    def __init__(self, source: SourceFile, start: int) -> None:
        super().__init__("", _parser(), {}, [])
        text, index = source.text, source.lines
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            index = line_index(text)
        self.src = text
        first = source.lines.line(start) - 1
        begins = list(index.starts[first:])
        # Front matter may end with the text, and so within a line.
        begins[0] += start - source.lines.starts[first]
        self._mark_lines(begins)
        self.lines = Lines(source, first, text, (self.bMarks, self.eMarks, self.tShift, self.bsCount))
        self.outline: Outline = Outline()
        self.quotes = 0
        self._token = Token("", "", 0)

    def _mark_lines(self, begins: list[int]) -> None:
        """Note where lines that begin at these offsets end and how far they are indented, as markdown-it does sign by sign."""
        text, limit = self.src, len(self.src)
        ends = list(map(sub, begins[1:], repeat(1)))
        if text[begins[-1] :].strip(" \t"):
            begins.append(limit)
            ends.append(limit)
        self.lineMax = len(ends)
        begins[-1] = limit  # markdown-it's rules look at one line more
        ends.append(limit)
        indents = [0] * len(begins)
        columns = indents.copy()
        for line, at in enumerate(begins[:-1]):
            if text[at] in _BLANKS:
                said = text[at : ends[line]]
                indents[line] = indent = len(said) - len(said.lstrip(" \t"))
                columns[line] = len(said[:indent].expandtabs(4))
        self.bMarks, self.eMarks, self.tShift, self.sCount, self.bsCount = begins, ends, indents, columns, [0] * len(begins)

    def getLines(self, *_: object) -> str:  # noqa: N802 -- markdown-it's names
        """Give no text: markdown-it's rules ask for it only to write it to a token."""
        return ""

    def is_code_block(self, line: int) -> bool:
        """Tell whether a line is indented like code."""
        return self.sCount[line] - self.blkIndent >= CODE

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

    def may_delimit(self, line: int) -> bool:
        """Tell whether the line above one may begin a table; by the first sign most lines are known to delimit none."""
        at = self.bMarks[line] + self.tShift[line]
        return self.src[at : at + 1] in _DELIMITERS and _DELIMITER.match(self.src, at, self.eMarks[line]) is not None

    def ends_list(self, line: int, end: int) -> bool:
        """Tell whether a line ends a list, though it might be an item's by its indentation."""
        rules = _LIST_ENDING.get(self.sign(line))
        return rules is not None and any(rule(self, line, end, _SILENT) for rule in rules)

    def read_blocks(self, start: int, end: int) -> None:
        """Read the blocks from a line on in the container entered last, as markdown-it loops over its rules."""
        line = start
        begins, shifts, ends, columns = self.bMarks, self.tShift, self.eMarks, self.sCount
        while line < end:
            if begins[line] + shifts[line] >= ends[line]:
                self.line = line = self.skipEmptyLines(line + 1)
            if line >= end or columns[line] < self.blkIndent:
                break
            _block(self, line, end)
            line = self.line
            if line < end and begins[line] + shifts[line] >= ends[line]:
                self.line = line = line + 1


def _block(state: _State, start: int, end: int) -> None:
    """Read the block that starts at a line, trying the rules in markdown-it's own order."""
    if state.sCount[start] - state.blkIndent >= CODE:
        _code(state, start, end)
        return
    following = start + 1
    is_last = following >= state.lineMax or state.isEmpty(following)
    if not is_last and state.may_delimit(following) and _table(state, start, end):
        return
    for read in _READERS.get(state.sign(start), ()):
        if read(state, start, end):
            return
    last, level = (following, 0) if is_last else _paragraph_end(state, start, end)
    if level:
        state.line = last + 1
        state.outline.add_heading(level, *leaves.setext_heading(state.lines, start, last + 1))
    else:
        state.line = last
        state.outline.add_paragraph(*state.lines.paragraph(start, last))


def _code(state: _State, start: int, end: int) -> None:
    rules_block.code(state, start, end, _ALOUD)
    state.outline.add(leaves.indented_code(state.lines, start, state.line, state.blkIndent + 4))


def _fence(state: _State, start: int, end: int) -> bool:
    if not rules_block.fence(state, start, end, _ALOUD):
        return False
    last = state.line
    may_close = not state.is_code_block(last - 1)
    state.outline.add(leaves.fence(state.lines, start, last, state.sCount[start], may_close=may_close))
    return True


def _quote(state: _State, start: int, end: int) -> bool:
    return _may_quote(state, start, end, _ALOUD)


def _may_quote(state: _State, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    deep = state.level >= MAX_LEVEL or state.quotes >= MAX_QUOTES
    return not deep and rules_block.blockquote(state, start, end, silent)


def _may_list(state: _State, start: int, _end: int, _silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    return starts_list(state, start)


def _break(state: _State, start: int, end: int) -> bool:
    if not _may_break(state, start, end, _SILENT):
        return False
    state.line = start + 1
    state.outline.add(leaves.thematic_break(state.lines, start))
    return True


def _may_break(state: _State, start: int, _end: int, _silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    """Tell whether a line is a thematic break; markdown-it asks each list item, and reads it sign by sign."""
    signs = _BREAK.match(state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start])
    return signs is not None and not state.is_code_block(start)


def _definition(state: _State, start: int, end: int) -> bool:
    limit = state.lineMax
    state.lineMax = min(limit, start + MAX_DEFINITION_LINES)
    found = rules_block.reference(state, start, end, _ALOUD)
    state.lineMax = limit
    return found


def _html(state: _State, start: int, end: int) -> bool:
    if not rules_block.html_block(state, start, end, _ALOUD):
        return False
    state.outline.add(leaves.html(state.lines, start, state.line, state.blkIndent))
    return True


def _atx(state: _State, start: int, _end: int) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    if not (signs := _ATX.match(state.src, at, state.eMarks[start])):
        return False
    state.line = start + 1
    level = signs.end() - at
    state.outline.add_heading(level, *leaves.atx_heading(state.lines, start, level))
    return True


def _may_head(state: _State, start: int, _end: int, _silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    """Tell whether a line is a heading that begins with its signs."""
    signs = _ATX.match(state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start])
    return signs is not None and not state.is_code_block(start)


def _paragraph_end(state: _State, start: int, end: int) -> tuple[int, int]:
    """Find the line after a paragraph's text, and the level of the heading that this line's signs make of it, 0 for none."""
    limit = state.lineMax
    line, level = start + 1, 0
    parent, state.parentType = state.parentType, "paragraph"
    while line < limit and not state.isEmpty(line):
        # Further indented lines, and the lazy ones of a quote, belong to the paragraph whatever they hold.
        if state.sCount[line] < state.blkIndent + CODE:
            if line < end and state.sign(line) in _UNDERLINES and (level := _underline(state, line)):
                break
            if state.sCount[line] >= 0 and _interrupts(state, line, limit, _SILENT):
                break
        line += 1
    state.parentType = parent
    return line, level


def _underline(state: _State, line: int) -> int:
    """Give the level of the heading that a line's signs underline, 0 for none."""
    at = state.bMarks[line] + state.tShift[line]
    is_inside = state.sCount[line] >= state.blkIndent
    return _UNDERLINES[state.src[at]] if is_inside and _UNDERLINE.match(state.src, at, state.eMarks[line]) else 0


def _table(state: _State, start: int, end: int) -> bool:
    if not _may_table(state, start, end, _SILENT):
        return False
    rows = tuple(_rows(state, start, end))
    aligns = tables.aligns(state.lines.said(start + 1))
    state.line = start + 1 + len(rows)
    fields = {"header": rows[0], "rows": rows[1:], "aligns": aligns}
    state.outline.add(Leaf(Table, state.lines.span(start, state.line), fields))
    return True


def _may_table(state: _State, start: int, end: int, _silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    """Tell whether a table starts at a line above one that may delimit it; markdown-it splits both sign by sign."""
    is_outside = not 0 <= state.sCount[start + 1] - state.blkIndent < CODE or state.is_code_block(start)
    return not is_outside and start + 1 < end and tables.fits(mdTrim(state.lines.said(start)), state.lines.said(start + 1))


def _rows(state: _State, start: int, end: int) -> Iterator[Row]:
    """Read a table's rows as markdown-it does, which would make three tokens for each cell."""
    text = state.lines.source.text
    first, last = state.lines.trimmed(start)
    cells = tables.cells(text[first:last], first)
    width = len(cells)
    yield tables.row(Span(first, last), cells, width)
    parent, state.parentType = state.parentType, "table"
    added = 0
    for line in range(start + 2, end):
        first, last = state.lines.trimmed(line)
        if first == last or not 0 <= state.sCount[line] - state.blkIndent < CODE or _ends_quote(state, line, end, _SILENT):
            break
        cells = tables.cells(text[first:last], first)
        added += width - len(cells)
        if added > _MAX_AUTOCOMPLETED:
            break
        yield tables.row(Span(first, last), cells, width)
    state.parentType = parent


def _interrupts(state: _State, line: int, end: int, _silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    """Tell whether a line ends the paragraph or definition above it."""
    delimited = line + 1 < end and state.may_delimit(line + 1)
    return (delimited and _may_table(state, line, end, _SILENT)) or _ends_quote(state, line, end, _SILENT)


def _ends_quote(state: _State, line: int, end: int, _silent: bool) -> bool:  # noqa: FBT001 -- markdown-it's signature
    """Tell whether a line ends the lazy lines of a quote, or a table."""
    rules = _INTERRUPTING.get(state.sign(line))
    return rules is not None and any(rule(state, line, end, _SILENT) for rule in rules)


def _open_quote(state: _State) -> None:
    state.quotes += 1
    state.outline.open_quote()


def _close_quote(state: _State) -> None:
    state.quotes -= 1
    state.outline.close_quote()


_EVENTS: Final[dict[str, Callable[[_State], None]]] = {
    "blockquote_open": _open_quote,
    "blockquote_close": _close_quote,
}

_BLANKS: Final = frozenset(" \t")
_BREAK = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
_ATX = re.compile(r"#{1,6}(?![^ \t])")
_DELIMITERS: Final = frozenset("|-:")
_DELIMITER = re.compile(r"(?!-(?:[ \t]|\Z))(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?\Z")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*\Z")
_UNDERLINES: Final = {"=": 1, "-": 2}
_DIGITS: Final = "0123456789"

_READERS: Final[dict[str, tuple[_Reader, ...]]] = {
    "`": (_fence,),
    "~": (_fence,),
    ">": (_quote,),
    "-": (_break, read_list),
    "*": (_break, read_list),
    "_": (_break,),
    "+": (read_list,),
    **dict.fromkeys(_DIGITS, (read_list,)),
    "[": (_definition,),
    "<": (_html,),
    "#": (_atx,),
}
"""The rules that may match a line, by its first sign, in markdown-it's order; a paragraph is what is left."""

_INTERRUPTING: Final[dict[str, tuple[Callable[[Any, int, int, bool], bool], ...]]] = {
    "`": (rules_block.fence,),
    "~": (rules_block.fence,),
    ">": (_may_quote,),
    "-": (_may_break, _may_list),
    "*": (_may_break, _may_list),
    "_": (_may_break,),
    "+": (_may_list,),
    **dict.fromkeys(_DIGITS, (_may_list,)),
    "<": (rules_block.html_block,),
    "#": (_may_head,),
}
"""The rules by which a line may end what stands above it, by the line's first sign."""

_LIST_ENDING: Final[dict[str, tuple[Callable[[Any, int, int, bool], bool], ...]]] = {
    sign: ending
    for sign, rules in _INTERRUPTING.items()
    if (ending := tuple(rule for rule in rules if rule in (rules_block.fence, _may_break, _may_quote)))
}
"""Those of them by which a line may end a list, though it might be an item's by its indentation."""

_CHAINS: Final[dict[str, list[Callable[[Any, int, int, bool], bool]]]] = {
    "paragraph": [_interrupts],
    "reference": [_interrupts],
    "blockquote": [_ends_quote],
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

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 -- markdown-it's names
        """Read the blocks of a container that markdown-it has entered."""
        if isinstance(state, _State):
            state.read_blocks(startLine, endLine)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_LEVEL * 10})
    parser.block = _Block()
    return parser
