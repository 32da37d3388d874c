"""Which parts of a file docsync writes, which numbers it binds, and which findings it is told to leave out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from docsync.models.blocks import Block, Blocks, Comment, ListItem
from docsync.models.document import Region, Suppression, Trouble
from docsync.parser.directives import BEGIN, CLAIM, END, IGNORE, BadDirective, Directive, Opening, closing, directive, opening
from docsync.text.source import SourceFile
from docsync.text.spans import Span

_CODE = "DS602"
_RULE_NAME = re.compile(r"(?:DS\d{3}|[a-z]+(?:-[a-z]+)+)\Z")


@dataclass(frozen=True, slots=True)
class Binding:
    """Hold a claim comment: its fact expressions in order, its span, and the span of the block that it covers."""

    expressions: tuple[str, ...]
    span: Span
    covers: Span


@dataclass(frozen=True, slots=True)
class Markers:
    """Hold all that a file's comments say to docsync; `regions` is empty when any marker is malformed."""

    regions: tuple[Region, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    bindings: tuple[Binding, ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class _Marker:
    """Hold one directive and where it stands; `index` is its block."""

    index: int
    comment: Comment
    directive: Directive


@dataclass(frozen=True, slots=True)
class _Open:
    marker: _Marker
    opening: Opening


def read_markers(source: SourceFile, blocks: Blocks) -> Markers:
    """Read the comments that speak to docsync; anything malformed is a trouble of code DS602."""
    troubles: list[Trouble] = []
    markers = list(_markers(blocks, troubles))
    regions = _pair(source, markers, troubles)
    covering = [(marker, _covered(blocks, marker.index)) for marker in markers if marker.directive.word in (CLAIM, IGNORE)]
    for marker, covers in covering:
        if not marker.directive.rest:
            troubles.append(_trouble(marker, f"`docsync:{marker.directive.word}` says nothing", _WANTED[marker.directive.word]))
        elif covers is None:
            troubles.append(
                _trouble(marker, f"`docsync:{marker.directive.word}` has no block below it", "move it above its block")
            )
    return Markers(
        regions=() if troubles else regions,
        suppressions=tuple(_suppression(marker, covers) for marker, covers in covering if covers and _says(marker, IGNORE)),
        bindings=tuple(_binding(marker, covers) for marker, covers in covering if covers and _says(marker, CLAIM)),
        troubles=tuple(sorted(troubles, key=lambda trouble: trouble.span)),
    )


_WANTED = {
    CLAIM: "name a fact, such as `docsync:claim holes.resolved/holes.total`",
    IGNORE: "name a code and a reason, such as `docsync:ignore DS203 counted by hand`",
}


def _says(marker: _Marker, word: str) -> bool:
    return marker.directive.word == word and bool(marker.directive.rest)


def _markers(blocks: Blocks, troubles: list[Trouble]) -> Iterator[_Marker]:
    for index, block in enumerate(blocks):
        if isinstance(block, Comment):
            try:
                found = directive(block)
            except BadDirective as error:
                troubles.append(Trouble(_CODE, block.span, error.message, help=error.remedy))
            else:
                if found:
                    yield _Marker(index, block, found)


def _trouble(marker: _Marker, message: str, remedy: str, *related: tuple[Span, str]) -> Trouble:
    return Trouble(_CODE, marker.comment.span, message, related, remedy)


def _pair(source: SourceFile, markers: list[_Marker], troubles: list[Trouble]) -> tuple[Region, ...]:
    """Pair begin and end markers; each unpaired, nested, crossed or repeated one is a trouble."""
    regions: dict[str, Region] = {}
    opened: _Open | None = None
    for marker in markers:
        try:
            if marker.directive.word == BEGIN:
                opened = _begin(marker, opened, regions, troubles)
            elif marker.directive.word == END:
                opened = _end(source, marker, opened, regions, troubles)
        except BadDirective as error:
            troubles.append(_trouble(marker, error.message, error.remedy))
    if opened:
        troubles.append(_unclosed(opened))
    return tuple(regions.values())


def _begin(marker: _Marker, opened: _Open | None, regions: dict[str, Region], troubles: list[Trouble]) -> _Open:
    found = opening(marker.directive.rest)
    if opened:
        where = (opened.marker.comment.span, f'region "{opened.opening.id}" begins here')
        troubles.append(
            _trouble(
                marker,
                f'region "{found.id}" begins inside region "{opened.opening.id}"',
                f"end it first: <!-- docsync:end {opened.opening.id} -->",
                where,
            )
        )
    if found.id in regions:
        first = (regions[found.id].begin, "the first one begins here")
        troubles.append(_trouble(marker, f'a second region "{found.id}"', "give each region of a file an id of its own", first))
    return _Open(marker, found)


def _end(
    source: SourceFile, marker: _Marker, opened: _Open | None, regions: dict[str, Region], troubles: list[Trouble]
) -> _Open | None:
    name = closing(marker.directive.rest)
    if opened is None:
        troubles.append(
            _trouble(marker, f'region "{name}" ends but never began', "remove the marker, or write its begin marker")
        )
        return None
    begins = (opened.marker.comment.span, f'region "{opened.opening.id}" begins here')
    if name != opened.opening.id:
        remedy = f"write <!-- docsync:end {opened.opening.id} -->"
        troubles.append(_trouble(marker, f'region "{opened.opening.id}" ends as "{name}"', remedy, begins))
    elif _container(opened.marker.comment) != _container(marker.comment):
        remedy = "put both markers at the same depth of the same list or quote"
        troubles.append(
            _trouble(marker, f'region "{name}" ends in another list item or quote than it begins in', remedy, begins)
        )
    else:
        regions.setdefault(name, _region(source, opened, marker))
    return None


def _unclosed(opened: _Open) -> Trouble:
    name = opened.opening.id
    return _trouble(opened.marker, f'region "{name}" never ends', f"write <!-- docsync:end {name} --> below it")


def _container(comment: Comment) -> tuple[int, int]:
    return comment.item, comment.quote


def _region(source: SourceFile, opened: _Open, marker: _Marker) -> Region:
    begin, end = opened.marker.comment, marker.comment
    first, last = source.lines.line(begin.span.start), source.lines.line(end.span.start)
    body = Span(source.lines.line_span(first).end, source.lines.line_span(last).start)
    return Region(
        id=opened.opening.id,
        view=opened.opening.view,
        attributes=opened.opening.attributes,
        begin=begin.span,
        end=end.span,
        body=body,
        prefix=_further(begin.prefix),
        text=source.slice(body),
    )


def _further(prefix: str) -> str:
    """Give the prefix of a container's further lines: a list marker before the comment becomes spaces."""
    return re.sub(r"[^>\s]", " ", prefix)


def _suppression(marker: _Marker, covers: Span) -> Suppression:
    words = marker.directive.rest.replace(",", " ").split()
    codes: list[str] = []
    while words and _RULE_NAME.match(words[0]):
        codes.append(words.pop(0))
    return Suppression(tuple(codes), " ".join(words), marker.comment.span, covers)


def _binding(marker: _Marker, covers: Span) -> Binding:
    return Binding(tuple(marker.directive.rest.split()), marker.comment.span, covers)


def _covered(blocks: Blocks, index: int) -> Span | None:
    """Give the span of the next block beside a comment: a whole list where it is one, of a heading its own line only."""
    comment = blocks[index]
    for block in blocks[index + 1 :]:
        if isinstance(block, Comment):
            continue
        if block.quote < comment.quote or (
            comment.item >= 0 and block.item < comment.item and not _inside(blocks, block, comment.item)
        ):
            return None
        return _list_span(blocks, block) if isinstance(block, ListItem) else block.span
    return None


def _inside(blocks: Blocks, block: Block, item: int) -> bool:
    at = block.item
    while at >= 0:
        if at == item:
            return True
        at = blocks[at].item
    return False


def _list_span(blocks: Blocks, first: ListItem) -> Span:
    ends = (block.span.end for block in blocks if isinstance(block, ListItem) and block.list_start == first.list_start)
    return replace(first.span, end=max(ends))
