"""Where front matter begins and ends, and whether a leading `---` is front matter at all.

The opening fence is the first line: `---`, spaces or tabs after it allowed. The closing one is the next line that is `---` or
`...` in the first column, which YAML too reads as the end of a document; an indented `---` belongs to a block scalar.
"""

from __future__ import annotations

import re

from msgspec import Struct

from docsync.text.spans import Span

_OPEN = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_CLOSE = re.compile(r"(?:(?<=\n)|(?<=\r))(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_IGNORED = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r))*")
_BLANK_LINE = re.compile(r"(?:(?<=\n)|(?<=\r)(?!\n))[ \t]*(?:\r\n|\n|\r)")
_KEY = re.compile(r"[ \t]*[\"']?[\w.-]+[\"']? ?:(?:[ \t\r\n]|\Z)")


class Fences(Struct, frozen=True):
    """Say where the two fences are.

    `whole` covers both and the line end after the second, `body` what stands between. `meant` tells that the author cannot
    but have meant front matter: it begins at once, comments aside, with a key or with something that no blank line interrupts.
    Otherwise a body that is no mapping makes the first fence a thematic break.
    """

    whole: Span
    body: Span
    meant: bool
    closed: bool = True


def find_fences(text: str) -> Fences | None:
    """Find the front matter of a text; None where it does not begin with `---`, or where that is a thematic break.

    An unclosed one has a `whole` that ends with its body, at the end of the text.
    """
    opening = _OPEN.match(text)
    if opening is None:
        return None
    start = opening.end()
    lead = _lead(text, start)
    closing = _CLOSE.search(text, start)
    if closing is None:
        begun = lead == start and _KEY.match(text, lead) is not None
        return Fences(Span(0, len(text)), Span(start, len(text)), meant=True, closed=False) if begun else None
    body = Span(start, closing.start())
    return Fences(Span(0, closing.end()), body, _meant(text, body, lead))


def _lead(text: str, start: int) -> int:
    """Give the offset of the first line that is neither blank nor a comment."""
    found = _IGNORED.match(text, start)
    return found.end() if found else start


def _meant(text: str, body: Span, lead: int) -> bool:
    if lead >= body.end or _BLANK_LINE.search(text, body.start, lead):
        return False
    return _KEY.match(text, lead, body.end) is not None or _BLANK_LINE.search(text, lead, body.end) is None
