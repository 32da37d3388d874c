"""Whether a list item or heading starts with a checkbox."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from docsync.models.blocks import Inline
from docsync.parser.inline_text import after
from docsync.text.spans import Span

# The variation selector makes two code points of one sign, as in `[▶️]`.
_BOX = re.compile(r"(\*\*|__|)\[(?P<mark>[^\[\]\t\n]\ufe0f?)\]\1(?=[ \t\n]|\Z)")
_FIRST: Final = frozenset("[*_")


class Checkbox(Struct, frozen=True):
    """Hold a checkbox: the character between its brackets, that character's span, and the text after it."""

    mark: str
    mark_span: Span
    rest: Inline


def checkbox(text: Inline) -> Checkbox | None:
    """Read the checkbox at the start of a text: `[ ]`, `[x]`, `[~]` or any one character, bold or not."""
    found = _BOX.match(text.text) if text.text[:1] in _FIRST else None
    if not found:
        return None
    return Checkbox(found["mark"][0], text.span(*found.span("mark")), after(text, found.end()))
