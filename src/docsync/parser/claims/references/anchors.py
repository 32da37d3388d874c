"""Which targets of links a document sets in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docsync.models.blocks import Blocks, Heading, Html, ListItem, Paragraph

_ANCHOR = re.compile(
    r"<[A-Za-z][\w-]{0,20}\s[^<>]{0,200}?\b(?:id|name)\s{0,2}=\s{0,2}[\"']?(?P<name>[^\"'\s<>]{1,120})", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"\{\s{0,2}#(?P<name>[\w:.-]{1,120})[^{}\n]{0,80}\}\s*$")


def read_anchors(blocks: Blocks) -> Iterator[str]:
    """Give the names that `<a name="x">`, any element's `id` and a heading's `{#x}` set, in order."""
    for block in blocks:
        if isinstance(block, Html | Paragraph | ListItem | Heading):
            text = block.inline.text
            if "<" in text and "=" in text:
                yield from (found["name"] for found in _ANCHOR.finditer(text))
            if isinstance(block, Heading) and (found := _ATTRIBUTE.search(text)):
                yield found["name"]
