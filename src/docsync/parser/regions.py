"""Which parts of a file docsync writes, which numbers it binds, and which findings it is told to leave out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from docsync.models.blocks import Blocks, Comment, Html
from docsync.models.document import Region, Suppression, Trouble
from docsync.parser.covering import Covering
from docsync.parser.directives import Begin, Claim, Directive, End, Flaw, directive
from docsync.parser.foreign import foreign
from docsync.parser.pairing import CODE, Pairing
from docsync.text.source import SourceFile
from docsync.text.spans import Span

_MARKER = re.compile(r"<!--[ \t]*docsync:(?:begin|end|claim|ignore)\b")
_ALONE = re.compile(r"^[ \t]*(<!--[ \t]*docsync:(?:begin|end|claim|ignore)\b[^\n]*)", re.MULTILINE)
_ALONE_HELP = "put the marker on a line of its own, with a blank line above it"
_VERBATIM = re.compile(r"\s*<(?:!|\?|(?:pre|script|style|textarea)\b)", re.IGNORECASE)
"""How HTML begins whose content is no Markdown in the first place, so that a marker there is an example."""


class Binding(Struct, frozen=True):
    """Hold a claim comment: its fact expressions in order, its span, and the span of the block that it covers."""

    expressions: tuple[str, ...]
    span: Span
    covers: Span


class Markers(Struct, frozen=True):
    """Hold all that a file's comments say to docsync; `regions` is empty when any marker is malformed."""

    regions: tuple[Region, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    bindings: tuple[Binding, ...] = ()
    troubles: tuple[Trouble, ...] = ()


class _Marker(Struct, frozen=True):
    """Hold one directive and where it stands; `index` is its block."""

    index: int
    comment: Comment
    says: Directive


def read_markers(source: SourceFile, blocks: Blocks) -> Markers:
    """Read the comments that speak to docsync; anything malformed is a trouble of code DS602.

    A marker in code, inside another comment or in a part that another tool generates is text.
    """
    speaking = [(index, block) for index, block in blocks.markup if _speaks(block)]
    if not speaking:
        return Markers()
    theirs = foreign(blocks)
    markers, unreadable = _read([(index, block) for index, block in speaking if index not in theirs])
    pairing = Pairing(source)
    for marker in markers:
        if isinstance(marker.says, Begin):
            pairing.begin(marker.comment, marker.says)
        elif isinstance(marker.says, End):
            pairing.end(marker.comment, marker.says)
    pairing.done()
    suppressions, bindings, idle = _covering(Covering(blocks, pairing.regions.values()), markers)
    troubles = [*unreadable, *pairing.troubles, *(() if unreadable else pairing.unpaired), *idle]
    return Markers(
        regions=() if troubles else tuple(pairing.regions.values()),
        suppressions=suppressions,
        bindings=bindings,
        troubles=tuple(sorted(troubles, key=lambda trouble: trouble.span)),
    )


def _read(speaking: list[tuple[int, Comment | Html]]) -> tuple[list[_Marker], list[Trouble]]:
    """Give the markers, and a trouble for each one that cannot be read."""
    markers: list[_Marker] = []
    troubles: list[Trouble] = []
    for index, block in speaking:
        if isinstance(block, Html):
            troubles.extend(_buried(block))
        elif isinstance(says := directive(block.text), Flaw):
            troubles.append(Trouble(CODE, block.span, says.message, help=says.remedy))
        elif says:
            markers.append(_Marker(index, block, says))
    return markers, troubles


def _speaks(block: Comment | Html) -> bool:
    """Tell whether a block is worth a closer look."""
    return "docsync:" in (block.text if isinstance(block, Comment) else block.inline.text).lower()


def _buried(html: Html) -> Iterator[Trouble]:
    """Report markers that an HTML block has swallowed: its author sees them and would wait in vain."""
    text = html.inline.text
    if text.lstrip().startswith("<!--"):
        yield from _beside_text(html, text)
    elif not _VERBATIM.match(text):
        for found in _ALONE.finditer(text):
            span = html.inline.span(*found.span(1))
            yield Trouble(CODE, span, "a marker inside an HTML block is not read", help=_ALONE_HELP)


def _beside_text(html: Html, text: str) -> Iterator[Trouble]:
    end = text.find("-->")
    if _ALONE.match(text) and end < 0:
        yield Trouble(CODE, html.span, "the comment of a marker never ends", help="close it with `-->` on its own line")
    elif _ALONE.match(text) or (end >= 0 and _MARKER.search(text, end)):
        yield Trouble(CODE, html.span, "a marker shares its line with other text", help=_ALONE_HELP)


def _covering(covering: Covering, markers: list[_Marker]) -> tuple[tuple[Suppression, ...], tuple[Binding, ...], list[Trouble]]:
    """Give what claim and ignore comments say of the blocks below them, and a trouble where there is none."""
    suppressions: list[Suppression] = []
    bindings: list[Binding] = []
    troubles: list[Trouble] = []
    for marker in markers:
        if isinstance(marker.says, Begin | End):
            continue
        word = "claim" if isinstance(marker.says, Claim) else "ignore"
        region = None if isinstance(marker.says, Claim) else covering.region(marker.index)
        covers = region or covering.span(marker.index)
        if covers is None:
            message = f"`docsync:{word}` has no block below it"
            troubles.append(Trouble(CODE, marker.comment.span, message, help="move it above its block"))
        elif isinstance(marker.says, Claim):
            bindings.append(Binding(marker.says.expressions, marker.comment.span, covers))
        else:
            suppressions.append(Suppression(marker.says.codes, marker.says.reason, marker.comment.span, covers))
    return tuple(suppressions), tuple(bindings), troubles
