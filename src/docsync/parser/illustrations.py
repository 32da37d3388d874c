"""Which parts of a text only illustrate: what stands between `<example>` and `</example>` in instructions to an assistant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docsync.text.source import SourceFile
from docsync.text.spans import Span

_TAG = re.compile(
    r"<(?P<close>/)?(?P<name>examples?|samples?|example[_-]output|sample[_-]output|output[_-](?:format|template)|template)"
    r"(?:[ \t][^<>\n]{0,200})?>",
    re.IGNORECASE,
)
_DEEPEST: Final = 3
"""How many spaces may stand before a tag that begins its line."""


def illustrations(source: SourceFile, start: int = 0) -> Iterator[Span]:
    """Give the outermost spans between tags that call what they hold an example or a template.

    To Markdown such a tag begins a block of HTML that ends at the next blank line and swallows a fence that opens in it, so
    the spans are read from the text itself. A tag that is never closed illustrates nothing.
    """
    name, begins = "", start
    for tag in _TAG.finditer(source.text, start):
        called, line = tag["name"].lower(), source.text.rfind("\n", 0, tag.start()) + 1
        if tag.start() - line > _DEEPEST or source.text[line : tag.start()].strip(" \t"):
            continue
        if not name and not tag["close"]:
            name, begins = called, line
        elif tag["close"] and called == name:
            yield Span(begins, tag.end())
            name = ""
