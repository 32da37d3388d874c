"""What a heading, fence or list marker says, given where its line's text starts and ends."""

from __future__ import annotations

import re

from docsync.parser.inline_text import Line, trimmed

_SPACES = " \t"
_MARKER = re.compile(r"(?:([0-9]{1,9})[.)]|[-+*])")


def heading_text(text: str, start: int, end: int) -> tuple[int, Line]:
    """Give the level of the ATX heading `text[start:end]` and where its text stands, the closing signs left out."""
    signs = text[start : min(end, start + 6)]
    level = len(signs) - len(signs.lstrip("#"))
    start, end = trimmed(text, start + level, end)
    unclosed = text[start:end].rstrip("#")
    if not unclosed or unclosed[-1] in _SPACES:
        start, end = trimmed(text, start, start + len(unclosed))
    return level, (start, end)


def fence_opening(text: str, start: int, end: int) -> tuple[str, str]:
    """Give the signs that open the fence `text[start:end]`, and its info string."""
    line = text[start:end]
    after = line.lstrip(line[0])
    return line[: len(line) - len(after)], after.strip(_SPACES)


def closes_fence(text: str, start: int, end: int, opening: str) -> bool:
    """Tell whether the line `text[start:end]` holds nothing but at least as many of the signs that open the fence."""
    line = text[start:end].rstrip(_SPACES)
    return len(line) >= len(opening) and not line.strip(opening[0])


def list_marker(text: str, start: int, end: int) -> tuple[int, int | None]:
    """Give the offset after the list marker at `start`, and its number if it has one."""
    found = _MARKER.match(text, start, end)
    if not found:
        raise ValueError(f"no list marker at offset {start}")
    return found.end(), int(found[1]) if found[1] else None
