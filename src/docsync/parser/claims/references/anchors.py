"""Which targets of links a document sets in HTML, and which headings it loses in code blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docsync.models.blocks import TEXTS, Blocks, Heading, Html
from docsync.models.document import HeadingText
from docsync.parser.statements import plain

_ANCHOR = re.compile(
    r"<[A-Za-z][\w-]{0,20}\s[^<>]{0,200}?\b(?:id|name)\s{0,2}=\s{0,2}[\"']?(?P<name>[^\"'\s<>]{1,120})", re.IGNORECASE
)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(\S[^\n]{0,300})", re.MULTILINE)
_ATTRIBUTE = re.compile(r"\{\s{0,2}#(?P<name>[\w:.-]{1,120})[^{}\n]{0,80}\}\s*$")

_ANCHORED: Final = (*TEXTS, Html)


def read_anchors(blocks: Blocks) -> Iterator[str]:
    """Give the names that `<a name="x">`, any element's `id` and a heading's `{#x}` set, in order."""
    for block in blocks:
        if isinstance(block, _ANCHORED):
            text = block.inline.text
            if "<" in text and "=" in text:
                yield from (found["name"] for found in _ANCHOR.finditer(text))
            if "{" in text and isinstance(block, Heading) and (found := _ATTRIBUTE.search(text)):
                yield found["name"]


def read_swallowed(blocks: Blocks) -> Iterator[HeadingText]:
    """Give what looks like a heading in code blocks without a language: a closing fence too many opens such a block."""
    for _, block in blocks.fences:
        if block.info == "" and "#" in block.inline.text:
            for found in _HEADING.finditer(block.inline.text):
                text = found[2].rstrip().rstrip("#").rstrip()
                yield HeadingText(len(found[1]), plain(text), block.inline.span(found.start(2), found.start(2) + len(text)))
