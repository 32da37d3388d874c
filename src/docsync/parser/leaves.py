"""What the lines of one block say: heading, code, HTML or thematic break.

Ranges of lines are given as `first` and `last`, the latter exclusive.
"""

from __future__ import annotations

import re

from docsync.models.blocks import Comment, Fence, Html, Inline, Rule
from docsync.parser.lines import Lines
from docsync.parser.outline import Leaf
from docsync.text.spans import Span

_SPACES = " \t"
_NO_PREFIX = re.compile(r"[^>\s]")
_COMMENT_OPENS, _COMMENT_CLOSES = "<!--", "-->"


def setext_heading(lines: Lines, first: int, last: int) -> tuple[Span, Inline]:
    """Give the span and the text of a heading whose last line underlines it."""
    return lines.span(first, last), lines.inline([lines.trimmed(line) for line in range(first, last - 1)])


def atx_heading(lines: Lines, line: int, level: int) -> tuple[Span, Inline]:
    """Give the span and the text of a heading that begins with `level` signs, these and the closing ones left out."""
    start, end = lines.content(line)
    after = lines.source.text[start + level : end]
    text = after.strip(_SPACES)
    at = start + level + after.find(text)
    if text.endswith("#"):
        unclosed = text.rstrip("#")
        if not unclosed or unclosed[-1] in _SPACES:
            text = unclosed.rstrip(_SPACES)
    return Span(start, end), Inline(text, ((0, at),))


def thematic_break(lines: Lines, line: int) -> Leaf:
    """Give a thematic break."""
    return Leaf(Rule, lines.span(line, line + 1), {})


def indented_code(lines: Lines, first: int, last: int, indent: int) -> Leaf:
    """Give a code block without fence, less `indent` columns."""
    text = lines.inline(lines.body(first, last, indent))
    return Leaf(Fence, text.whole, {"info": None, "inline": text})


def fence(lines: Lines, first: int, last: int, indent: int, *, may_close: bool) -> Leaf:
    """Give a fenced code block, its lines less `indent` columns; `may_close` tells that its last line is no code by itself."""
    opening = lines.said(first)
    info = opening.lstrip(opening[0])
    closed = may_close and last - first > 1 and _closes(lines.said(last - 1), opening[: len(opening) - len(info)])
    body = lines.body(first + 1, last - closed, indent)
    after = lines.content(first)[1]
    fields = {"info": info.strip(_SPACES), "inline": lines.inline(body or [(after, after)]), "closed": closed}
    return Leaf(Fence, lines.span(first, last), fields)


def html(lines: Lines, first: int, last: int, indent: int) -> Leaf:
    """Give the comment that an HTML block is, or else the block, its further lines less `indent` columns.

    A list marker in a comment's prefix becomes spaces, as on the item's further lines.
    """
    found = lines.inline([lines.content(first), *lines.body(first + 1, last, indent)])
    text = found.text.rstrip(" \t\n")
    if not _is_comment(text):
        return Leaf(Html, found.whole, {"inline": found})
    said = text[len(_COMMENT_OPENS) : -len(_COMMENT_CLOSES)]
    prefix = _NO_PREFIX.sub(" ", lines.prefix(first))
    return Leaf(Comment, found.span(0, len(text)), {"text": said, "prefix": prefix})


def _closes(line: str, opening: str) -> bool:
    line = line.rstrip(_SPACES)
    return len(line) >= len(opening) and not line.strip(opening[0])


def _is_comment(text: str) -> bool:
    """Tell whether a text is one whole comment."""
    end = len(text) - len(_COMMENT_CLOSES)
    return text.startswith(_COMMENT_OPENS) and text.find(_COMMENT_CLOSES, len(_COMMENT_OPENS)) == end >= len(_COMMENT_OPENS)
