"""Which counts of tasks and criteria speak of a section's boxes, or of the whole document's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from docsync.models.blocks import Inline, ListItem, Paragraph, Row, Table
from docsync.models.claims import Number
from docsync.models.ties import Tie, TieKind
from docsync.parser.claims.items.boxes import Box, Tally, by_section, heading_part, read_boxes, tally
from docsync.parser.claims.items.sections import Sections
from docsync.parser.claims.numbers import amount_at
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.claims.times import change_of
from docsync.parser.masking import mask
from docsync.parser.statements import Statement, cell_statement, plain, statements

_FEWEST = 3
_COUNT = re.compile(
    r"(?<![\w.,/:$#=+–—&%~-])(?P<count>\d{1,4}(?:\s?/\s?\d{1,4})?)\s+(?P<words>(?:[A-Za-z-]+\s+){0,2}?)(?P<noun>tasks|criteria|items|checks|checkboxes)\b"
)
_BARE = re.compile(r"\W*(?P<count>\d{1,4}(?:\s?/\s?\d{1,4})?)(?:\s+(?:tasks|criteria|items|checks))?\W*(?:\(\d+%\)\W*)?")
_TOTAL = re.compile(r"\W*(?:grand\s)?(?:total|overall|all|task count|number of tasks)\b[\w\s]{0,20}", re.IGNORECASE)
_TOTAL_KEY = re.compile(
    r"\W*(?:total (?:tasks|criteria|items|count)|task count|overall(?: progress)?|total|number of tasks)\W*", re.IGNORECASE
)
_PARTIAL = re.compile(
    r"\b(?:parallel\w*|remaining|completed?|done|open|new|more|additional|deferred|optional|pending|first|key|marked|mvp|critical"
    r"|blocked|out\sof|of\sthe|only|left|most|some|extra|test|backend|frontend|high|low|medium)\b|→|->|[-+~]\s?\d",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"\b(?!tasks?\b|criteria\b|items?\b|checks?\b|pass\b|status\b|progress\b)[a-z]{3,}s\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    number: Number
    noun: str
    name: str
    statement: Statement
    start: int
    end: int
    fraction: bool = False


def tallied_items(source: TieSource) -> Iterator[Tie]:
    """Give the ties between stated numbers of tasks or criteria and the boxes of their section or document."""
    boxes = list(read_boxes(source))
    if len(boxes) < _FEWEST:
        return
    sections = by_section(source, boxes)
    known = Sections(source, sections)
    ties = [tie for found, index in _claims(source) if (tie := _tie(source, known, sections, boxes, found, index))]
    yield from ties


def _claims(source: TieSource) -> Iterator[tuple[_Found, int]]:
    moment = source.scopes.file.as_of
    for index, block in enumerate(source.blocks):
        if source.generated.holds(block.span):
            continue
        if isinstance(block, Table) and source.scopes.of(index).as_of == moment:
            headers = [plain(cell.text) for cell in block.header.cells]
            for row in block.rows:
                yield from ((found, index) for found in _row(row, headers))
        elif isinstance(block, Paragraph | ListItem) and not (isinstance(block, ListItem) and block.mark is not None):
            if source.scopes.on(index).as_of == moment:
                yield from ((found, index) for found in _lines(block.inline))


def _lines(inline: Inline) -> Iterator[_Found]:
    if not any(char.isdigit() for char in inline.text):
        return
    for statement in statements(inline):
        raw = statement.inline.text[statement.start : statement.end]
        hits = list(_COUNT.finditer(statement.text, statement.start, statement.end))
        if len(hits) == 1:
            hit = hits[0]
            if _PARTIAL.search(hit["words"]):
                continue
            name = statement.inline.text[statement.start : hit.start()]
            yield from _found(statement, hit, hit["noun"], name)
        elif not hits and _TOTAL_KEY.fullmatch(statement.key):
            bare = _BARE.fullmatch(statement.text, statement.value, statement.end)
            noun = next((noun for noun in ("tasks", "criteria", "items") if noun in statement.key.lower()), "")
            if bare and noun and raw:
                yield from _found(statement, bare, noun, statement.key)


def _row(row: Row, headers: list[str]) -> Iterator[_Found]:
    name = " ".join(cell.text for cell in row.cells[:2])
    first = row.cells[0].text
    for cell, header in list(zip(row.cells, headers, strict=True))[1:]:
        hit = _BARE.fullmatch(mask(cell.text))
        if hit is None:
            continue
        statement = cell_statement(cell.text, cell.span.start, header)
        noun = next(
            (noun for noun in ("tasks", "criteria", "items") if noun in cell.text.lower() or noun in header.lower()), ""
        )
        if noun or ("/" in hit["count"] and not _FOREIGN.search(header)):
            yield from _found(statement, hit, noun, first if first.strip(" *") else name)
            return


def _found(statement: Statement, hit: re.Match[str], noun: str, name: str) -> Iterator[_Found]:
    start, end = hit.span("count")
    amount = amount_at(statement.inline, statement.text, start, end)
    if amount is None or change_of(statement, start, end, ""):
        return
    number = amount.total or amount.number
    if number.exact:
        yield _Found(number, noun, name, statement, start, end, amount.total is not None)


def _tie(
    source: TieSource, known: Sections, sections: Mapping[int, list[Box]], boxes: list[Box], found: _Found, index: int
) -> Tie | None:
    name = plain(found.name).strip(" :—–-(")
    if _PARTIAL.search(name):
        return None
    at = known.find(name)
    if at >= 0:
        counted, part, where = tally(sections[at]), heading_part(source, at), "in the section of that name"
    elif _TOTAL.fullmatch(name) and found.noun:
        counted, part, where = _all(source, boxes, index), None, "in the document"
        if not counted.named:
            return None
    else:
        return None
    if not _comparable(found, counted, at, source, index):
        return None
    parts = (part, *counted.parts) if part else counted.parts
    what = "boxes with ids" if counted.named else "boxes"
    span = found.statement.inline.span(found.start, found.end)
    return Tie(
        TieKind.ITEMS,
        found.number,
        span,
        parts,
        Decimal(counted.low),
        Decimal(counted.high),
        found.noun,
        source.scopes.on(index),
        counted.named,
        (f"{counted.low} {what} stand {where}",),
    )


def _all(source: TieSource, boxes: list[Box], index: int) -> Tally:
    """Count all boxes; what was added after a total was stated may be left out of it."""
    at = source.blocks[index].span.start
    every, before = tally(boxes), tally([box for box in boxes if box.span.start < at])
    return replace(every, low=min(every.low, before.low)) if before.named else every


def _comparable(found: _Found, counted: Tally, at: int, source: TieSource, index: int) -> bool:
    if not found.number.value or counted.low < 2:  # noqa: PLR2004 -- one box is no list
        return False
    if at >= 0 and _inside(source, index, at):
        return False
    if not found.noun and not counted.named:
        return False
    return counted.low <= 2 * found.number.value and found.number.value <= 2 * counted.low


def _inside(source: TieSource, index: int, section: int) -> bool:
    at = source.blocks[index].section
    while at >= 0 and at != section:
        at = source.blocks[at].section
    return at == section
