"""Where a new child of a list item can stand, so that what the item holds stays what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from docsync.editing.site import Site
from docsync.models.blocks import ListItem
from docsync.text.edits import Edit
from docsync.text.spans import Span

_BULLETS: Final = ("-", "*", "+")
_BLANK = re.compile(r"[ \t]*")


class _Start(Struct, frozen=True):
    """Say how an item begins: what stands before its bullet, and the bullet."""

    indent: str
    bullet: str


def below(site: Site, lead: ListItem, text: str) -> Iterator[Edit]:
    """Give the ways to add a child of one line: below the item's first words, before its own children, at its end.

    Each at the indentation of its own children, that of children beside it, and right below its words.
    """
    index = next(at for at, block in enumerate(site.blocks) if block is lead)
    children = _children(site, index)
    starts = tuple(dict.fromkeys(_starts(site, lead, children)))
    first = site.line_end(lead.inline.whole.end)
    newline = site.newline_at(lead.span.start)
    yield from (Edit(Span(first, first), f"{newline}{one.indent}{one.bullet} {text}") for one in starts)
    if children and site.line_start(children[0].span.start) > first:
        at = site.line_start(children[0].span.start)
        yield from (Edit(Span(at, at), f"{one.indent}{one.bullet} {text}{newline}") for one in starts)
    end = lead.span.start + len(site.source.slice(lead.span).rstrip())
    yield from (Edit(Span(end, end), f"{newline}{one.indent}{one.bullet} {text}") for one in starts)


def _starts(site: Site, lead: ListItem, children: Sequence[ListItem]) -> Iterator[_Start]:
    """Give how a child can begin, the likeliest first."""
    yield from (_start(site, child) for child in children[:1])
    bullet = site.source.text[lead.span.start]
    sign = bullet if bullet in _BULLETS else "-"
    own = _start(site, lead).indent
    for at, block in enumerate(site.blocks):
        if isinstance(block, ListItem) and block.list_start == lead.list_start and _start(site, block).indent == own:
            yield from (_Start(_start(site, child).indent, sign) for child in _children(site, at)[:1])
    content = (lead.mark_span.start - 1) if lead.mark_span else lead.inline.whole.start
    yield _Start(own + " " * (content - site.line_start(lead.span.start) - len(own)), sign)


def _children(site: Site, index: int) -> list[ListItem]:
    """Give the items right below an item, each on a line of its own."""
    line = site.source.lines.line
    lead = site.blocks[index].span.start
    found = (block for block in site.blocks if isinstance(block, ListItem) and block.item == index)
    return [block for block in found if line(block.span.start) > line(lead)]


def _start(site: Site, item: ListItem) -> _Start:
    start = site.line_start(item.span.start)
    indent = _BLANK.match(site.source.text, start, item.span.start)
    bullet = site.source.text[item.span.start]
    return _Start(indent[0] if indent else "", bullet if bullet in _BULLETS else "-")
