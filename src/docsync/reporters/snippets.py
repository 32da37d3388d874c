"""How one line of a document is shown with the place that is meant underlined."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from docsync.reporters.escaping import escape
from docsync.text.spans import LineIndex, Span
from docsync.text.width import width

_TAB: Final = "    "
_CUT: Final = "…"
_BEFORE: Final = 3
"""What part of the room stays for the text before the place, one in so many."""


class Snippet(Struct, frozen=True):
    """Hold a line as shown, and where in it, in columns from 0, the place begins and how wide it is."""

    line: int
    text: str
    start: int
    width: int


def snippet(text: str, lines: LineIndex, span: Span, room: int) -> Snippet | None:
    """Cut the first line of a span out of its text, in at most `room` columns; None where nothing is to be seen.

    The text may have changed since the span was taken, so that it has no such line, or an empty one. What is said of a whole
    file has an empty span at its beginning.
    """
    if span.end == 0:
        return None
    line = lines.line(span.start)
    whole = lines.line_span(line)
    if whole.end > len(text) or span.start > whole.end:
        return None
    raw = text[whole.start : whole.end].rstrip("\r\n")
    if not raw.strip():
        return None
    start = min(span.start - whole.start, len(raw))
    end = min(max(span.end - whole.start, start), len(raw))
    before, marked, after = raw[:start], raw[start:end], raw[end:]
    return Snippet(line, *_fit(before, marked, after, room))


def _fit(before: str, marked: str, after: str, room: int) -> tuple[str, int, int]:
    """Show the three parts in the room there is: the place first, then what stands before and after it."""
    # No more signs than columns are looked at, so that a line of a megabyte costs no more than another.
    place = _head(_shown(marked[:room]), room - 2, cut=len(marked) > room)
    following = "" if place.endswith(_CUT) and not marked.endswith(_CUT) else _shown(after[:room])
    rest = room - width(place)
    lead = _tail(_shown(before[-room:]), max(rest // _BEFORE, rest - width(following)), cut=len(before) > room)
    tail = _head(following, rest - width(lead), cut=bool(following) and len(after) > room)
    return lead + place + tail, width(lead), max(width(place), 1)


def _shown(text: str) -> str:
    return escape(text.replace("\t", _TAB))


def _head(text: str, room: int, *, cut: bool) -> str:
    """Keep the start of a text that is too wide, or was cut already."""
    if width(text) <= room and not cut:
        return text
    while text and width(text) >= room:
        text = text[:-1]
    return text + _CUT


def _tail(text: str, room: int, *, cut: bool) -> str:
    """Keep the end of a text that is too wide, or was cut already."""
    if width(text) <= room and not cut:
        return text
    while text and width(text) >= room:
        text = text[1:]
    return _CUT + text
