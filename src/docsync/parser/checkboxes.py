"""Whether a list item starts with a checkbox."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from docsync.models.blocks import Inline
from docsync.parser.inline_text import after
from docsync.text.spans import Span

# The variation selector makes two code points of one sign, as in `[▶️]`.
_BOX = re.compile(r"(\*\*|__|)\[(?P<mark>[^\[\]\t\n]\ufe0f?)\]\1(?=[ \t\n]|\Z)")
_FIRST: Final = frozenset("[*_")

Boxed: TypeAlias = tuple[Inline, str | None, Span | None]
"""The text after a checkbox, the character between its brackets, and that character's span."""


def boxed(text: Inline) -> Boxed:
    """Read the checkbox at the start of a text: `[ ]`, `[x]`, `[~]` or any one character, bold or not."""
    found = _BOX.match(text.text) if text.text[:1] in _FIRST else None
    if not found:
        return text, None, None
    return after(text, found.end()), found["mark"][0], text.span(*found.span("mark"))
