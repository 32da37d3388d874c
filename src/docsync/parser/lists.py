"""Which items a list has: markdown-it's rule for lists, by which an item that is one line of text is read at once.

Most items are such a line. All others are entered as markdown-it does it: for the time of the item the state is told that
the line begins after the marker, and what stands there is read like any other blocks.
"""

from __future__ import annotations

import re
from typing import Final, Protocol

from docsync.models.blocks import Inline
from docsync.parser.lines import Lines
from docsync.parser.outline import Outline
from docsync.text.spans import Span

MAX_LEVEL: Final = 40
"""How deep containers nest before their markers count as text: a quote is one level, a list with its item two."""

_MARKER = re.compile(
    r"(?P<marker>[-+*]|(?P<number>[0-9]{1,9})[.)])(?:"
    r" {1,4}(?P<text>(?=[^ \t`~>*_+0-9\[<#-]|\*\*?[^* \t]|__?[^_ \t]|``?[^`]|\[[^\[\]\\]\] |[0-9]{1,9}[^0-9.)]))"
    r"|(?![^ \t]))"
)
"""Matches a marker, and the spaces after it where `text` begins a paragraph, whatever follows: no code, no other block has
such a first sign, and no thematic break either."""

CODE: Final = 4
"""By how many columns indented code stands deeper than the text around it."""


class ListState(Protocol):
    """What of markdown-it's block state the rule for lists reads and writes, by markdown-it's names."""

    src: str
    bMarks: list[int]  # noqa: N815 -- markdown-it's names
    eMarks: list[int]  # noqa: N815
    tShift: list[int]  # noqa: N815
    sCount: list[int]  # noqa: N815
    bsCount: list[int]  # noqa: N815
    blkIndent: int  # noqa: N815
    listIndent: int  # noqa: N815
    parentType: str  # noqa: N815
    level: int
    line: int
    lineMax: int  # noqa: N815
    lines: Lines
    outline: Outline

    def isEmpty(self, line: int) -> bool:  # noqa: N802 -- markdown-it's name
        """Tell whether nothing stands on a line."""

    def skipEmptyLines(self, from_pos: int) -> int:  # noqa: N802 -- markdown-it's name
        """Give the first line from one on that holds something."""

    def ends_list(self, line: int, end: int) -> bool:
        """Tell whether a line ends a list, though it might be an item's by its indentation."""

    def read_blocks(self, start: int, end: int) -> None:
        """Read the blocks from a line on that stand in the container entered last."""


def starts_list(state: ListState, line: int) -> bool:
    """Tell whether a list starts at a line; what may end a paragraph begins with 1 and has some text."""
    marker = _opening(state, line)
    if marker is None:
        return False
    if state.parentType != "paragraph" or state.sCount[line] < state.blkIndent:
        return True
    return (not marker["number"] or int(marker["number"]) == 1) and not _is_blank(state, marker.end(), line)


def read_list(state: ListState, start: int, end: int) -> bool:
    """Read the list that starts at a line; False where none does."""
    marker = _opening(state, start)
    if marker is None:
        return False
    sign = marker["marker"][-1]
    parent, state.parentType = state.parentType, "list"
    state.level += 1
    state.outline.open_list()
    line = start
    while marker and marker["marker"][-1] == sign:
        line, marker = _item(state, line, end, marker)
        if marker and not _goes_on(state, line, end, marker):
            break
    state.outline.close_list()
    state.level -= 1
    state.parentType = parent
    state.line = line
    return True


def _opening(state: ListState, line: int) -> re.Match[str] | None:
    """Give the marker by which a list may start at a line."""
    column = state.sCount[line]
    if column - state.blkIndent >= CODE or state.level >= MAX_LEVEL:
        return None
    # Deeper than an item's marker can stand, but not as deep as the text around it: the paragraph goes on.
    if 0 <= state.listIndent <= column - CODE and column < state.blkIndent:
        return None
    return _marker(state, line)


def _marker(state: ListState, line: int) -> re.Match[str] | None:
    return _MARKER.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])


def _goes_on(state: ListState, line: int, end: int, marker: re.Match[str]) -> bool:
    """Tell whether a list goes on with the item that a marker begins."""
    is_within = line < end and 0 <= state.sCount[line] - state.blkIndent < CODE
    return is_within and (marker["text"] is not None or not state.ends_list(line, end))


def _is_blank(state: ListState, start: int, line: int) -> bool:
    return not state.src[start : state.eMarks[line]].strip(" \t")


def _item(state: ListState, line: int, end: int, marker: re.Match[str]) -> tuple[int, re.Match[str] | None]:
    """Read an item; gives the line after it, and the marker that stands there."""
    shift, number, has_text = state.lines.shifts[line], marker["number"], marker["text"] is not None
    ordinal = int(number) if number else None
    start, at = marker.span()
    stop, indent = state.eMarks[line], state.sCount[line] + at - start
    if has_text and (after := _after_text(state, line, end, indent)):
        state.outline.add_item(start + shift, stop + shift, ordinal, state.src[at:stop].rstrip(" \t"), at + shift)
        return after
    state.outline.open_item(Span(start + shift, marker.end("marker") + shift), ordinal)
    if has_text and _is_paragraph(state, line, end, indent):
        text = Inline(state.src[at:stop].rstrip(" \t"), ((0, at + shift),))
        state.outline.add_paragraph(Span(at + shift, stop + shift), text)
        _read_within(state, line + 1, end, indent)
    else:
        _enter(state, line, end, marker)
    state.outline.close_item()
    return state.line, _marker(state, state.line)


def _after_text(state: ListState, line: int, end: int, indent: int) -> tuple[int, re.Match[str] | None] | None:
    """Give what follows an item whose text begins at the column `indent`, None where it may hold more than this line.

    It holds no more where no text follows that is as deep as its own: at the end, and before the marker of another item, of
    this list or one around it.
    """
    following = line + 1
    if end != state.lineMax or state.level + 1 >= MAX_LEVEL:
        return None
    if following >= end:
        return following, None
    at = state.bMarks[following] + state.tShift[following]
    column = state.sCount[following]
    if at < state.eMarks[following]:
        is_outside = 0 <= column < indent and column < state.blkIndent + CODE
        marker = _MARKER.match(state.src, at, state.eMarks[following]) if is_outside else None
        return (following, marker) if marker else None
    after = state.skipEmptyLines(following + 1)
    return (after, _marker(state, after)) if after >= end or state.sCount[after] < indent else None


def _is_paragraph(state: ListState, line: int, end: int, indent: int) -> bool:
    """Tell whether the text on an item's first line, at the column `indent`, is a whole paragraph.

    It is one where nothing follows at once, or an item of a list within this one that begins with text, too.
    """
    following = line + 1
    if end != state.lineMax or state.level + 1 >= MAX_LEVEL:
        return False
    if following >= end or state.isEmpty(following):
        return True
    marker = _marker(state, following) if 0 <= state.sCount[following] - indent < CODE else None
    return marker is not None and marker["text"] is not None and int(marker["number"] or 1) == 1


def _enter(state: ListState, line: int, end: int, marker: re.Match[str]) -> None:
    """Read the blocks of an item, up to the line that is then the state's."""
    shift, column, limit = state.tShift[line], state.sCount[line], state.eMarks[line]
    initial = column + marker.end("marker") - marker.start()
    first, reached = _content(state, line, marker.end("marker"), initial)
    is_blank = first >= limit
    # Before code the text begins one column after the marker; what is left is the code's own indentation.
    indent = initial + (1 if is_blank or reached - initial > CODE else reached - initial)
    state.tShift[line], state.sCount[line] = first - state.bMarks[line], reached
    if is_blank and state.isEmpty(line + 1):
        state.line = min(line + 2, end)
    else:
        _read_within(state, line, end, indent)
    state.tShift[line], state.sCount[line] = shift, column


def _read_within(state: ListState, line: int, end: int, indent: int) -> None:
    """Read the blocks from a line on that stand in an item, whose text begins at the column `indent`."""
    state.level += 1
    outer, state.listIndent, state.blkIndent = state.listIndent, state.blkIndent, indent
    state.line = line
    state.read_blocks(line, end)
    state.blkIndent, state.listIndent = state.listIndent, outer
    state.level -= 1


def _content(state: ListState, line: int, at: int, column: int) -> tuple[int, int]:
    """Give the offset and the column of what follows a marker that ends at an offset and a column."""
    limit = state.eMarks[line]
    while at < limit:
        if state.src[at] == "\t":
            column += 4 - (column + state.bsCount[line]) % 4
        elif state.src[at] == " ":
            column += 1
        else:
            break
        at += 1
    return at, column
