"""Which counts of tasks and criteria speak of a section's boxes, or of the whole document's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeGuard

from msgspec import Struct, field
from msgspec.structs import replace

from docsync.models.blocks import Block, Inline, ListItem, Paragraph, Row, Table
from docsync.models.claims import Number
from docsync.models.ties import Tie, TieKind
from docsync.parser.claims.items.boxes import Box, Tally, by_section, has_boxes, heading_part, is_box, read_boxes, tally
from docsync.parser.claims.items.sections import Sections
from docsync.parser.claims.numbers import amount_at
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.claims.times import change_of
from docsync.parser.masking import mask
from docsync.parser.statements import Statement, cell_statement, plain, statements

_FEWEST = 3
_FEWEST_BOXES = 2
_WHOLE = -1
_MOST_TOTALS = 40
_DIGIT = re.compile(r"\d")
_NOUNS = ("tasks", "criteria", "items", "checks", "checkboxes")
_NOUN = re.compile(r"\b(?:tasks|criteria|items|checks)\b", re.IGNORECASE)
_COUNT = re.compile(
    r"(?<![\w.,/:$#=+–—&%~-])(?P<count>\d{1,4}(?:\s?/\s?\d{1,4})?)\s+(?P<words>(?:[A-Za-z-]+\s+){0,2}?)(?P<noun>tasks|criteria|items|checks|checkboxes)\b"
)
_BARE = re.compile(r"\W*(?P<count>\d{1,4}(?:\s?/\s?\d{1,4})?)(?:\s+(?:tasks|criteria|items|checks))?\W*(?:\(\d+%\)\W*)?")
_TOTAL = re.compile(r"\W*(?:grand\s)?(?:total|overall|all|task count|number of tasks)\b[\w\s]{0,20}", re.IGNORECASE)
_TOTAL_KEY = re.compile(r"\W*(?:total\s(?:tasks|criteria|items)|number\sof\s(?:tasks|criteria|items))\W*", re.IGNORECASE)
_PARTIAL = re.compile(
    r"\b(?:parallel\w*|remaining|completed?|done|open|new|more|additional|deferred|optional|pending|first|key|marked|mvp|critical"
    r"|blocked|out\sof|of\sthe|only|left|most|some|extra|test|backend|frontend|high|low|medium)\b|→|->|[-+~]\s?\d",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\s+(?:are\s|is\s|were\s)?(?:now\s|still\s)?"
    r"(?:remain\w*|left|done|complete\w*|open|pending|blocked|deferred|finished|more|per|each|ready|in\sprogress|to\sgo)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\b[A-Z]{1,6}-?\d{1,4}[a-z]?\s?(?:[-–—]|\.\.|to)\s?[A-Z]{0,6}-?\d{1,4}\b")
"""Matches a range of ids, which says which tasks a number is of."""
_FOREIGN = re.compile(r"\b(?!tasks?\b|criteria\b|items?\b|checks?\b|pass\b|status\b|progress\b)[a-z]{3,}s\b", re.IGNORECASE)


class _Counted(Struct, frozen=True):
    source: TieSource
    boxes: list[Box]
    sections: Mapping[int, list[Box]]
    known: Sections
    tallies: dict[int, Tally] = field(default_factory=dict)

    def of(self, section: int) -> Tally:
        """Count the boxes of a section, once."""
        if section not in self.tallies:
            self.tallies[section] = tally(self.boxes if section == _WHOLE else self.sections[section])
        return self.tallies[section]

    def all(self, index: int) -> Tally:
        """Count all boxes; what was added after a total was stated may be left out of it."""
        at = self.source.blocks[index].span.start
        every = self.of(_WHOLE)
        before = tally([box for box in self.boxes if box.span.start < at])
        return replace(every, low=min(every.low, before.low)) if before.named else every


class _Found(Struct, frozen=True):
    number: Number
    noun: str
    name: str
    statement: Statement
    start: int
    end: int
    index: int


def tallied_items(source: TieSource) -> Iterator[Tie]:
    """Give the ties between stated numbers of tasks or criteria and the boxes of their section or document."""
    claims = list(_claims(source)) if has_boxes(source, _FEWEST) else []
    boxes = list(read_boxes(source)) if claims else []
    if len(boxes) < _FEWEST:
        return
    sections = by_section(source, boxes)
    counted = _Counted(source, boxes, sections, Sections(source, sections))
    totals = 0
    for found in claims:
        totals += _TOTAL.fullmatch(found.name) is not None
        if totals <= _MOST_TOTALS and (tie := _tie(counted, found)):  # more are the entries of an account
            yield tie


def _claims(source: TieSource) -> Iterator[_Found]:
    moment = source.scopes.file.as_of
    for index, block in source.counting:
        if type(block) is Table and source.scopes.of(index).as_of == moment:
            headers = [plain(cell.text) for cell in block.header.cells]
            for row in block.rows if _may_count(block, headers) else ():
                yield from _row(row, headers, index)
        elif _may_claim(block) and source.scopes.on(index).as_of == moment:
            yield from _lines(block.inline, index)


def _may_count(table: Table, headers: Sequence[str]) -> bool:
    """Tell, at little cost, whether a table has a fraction or names what boxes stand for."""
    text = "\n".join([*headers, *(cell.text for row in table.rows for cell in row.cells)])
    return "/" in text or _NOUN.search(text) is not None


def _may_claim(block: Block) -> TypeGuard[Paragraph | ListItem]:
    if not isinstance(block, Paragraph | ListItem) or (isinstance(block, ListItem) and is_box(block.mark)):
        return False
    text = block.inline.text.casefold()
    return any(noun in text for noun in _NOUNS)


def _lines(inline: Inline, index: int) -> Iterator[_Found]:
    for statement in statements(inline):
        hits = list(_COUNT.finditer(statement.text, statement.start, statement.end))
        if len(hits) == 1 and not _PARTIAL.search(hits[0]["words"]) and not _SOME.match(statement.text, hits[0].end()):
            name = statement.inline.text[statement.start : hits[0].start()]
            yield from _found(statement, hits[0], hits[0]["noun"], name, index)
        elif not hits and _TOTAL_KEY.fullmatch(statement.key):
            bare = _BARE.fullmatch(statement.text, statement.value, statement.end)
            if bare:
                yield from _found(statement, bare, _noun(statement.key), statement.key, index)


def _row(row: Row, headers: list[str], index: int) -> Iterator[_Found]:
    first = row.cells[0].text
    name = first if first.strip(" *") else " ".join(cell.text for cell in row.cells[:2])
    for cell, header in list(zip(row.cells, headers, strict=True))[1:]:
        hit = _BARE.fullmatch(mask(cell.text)) if _DIGIT.search(cell.text) else None
        if hit is None:
            continue
        noun = _noun(cell.text) or _noun(header)
        if noun or ("/" in hit["count"] and not _FOREIGN.search(header)):
            yield from _found(cell_statement(cell.text, cell.span.start, header), hit, noun, name, index)
            return


def _noun(text: str) -> str:
    found = _NOUN.search(text)
    return found[0].lower() if found else ""


def _found(statement: Statement, hit: re.Match[str], noun: str, name: str, index: int) -> Iterator[_Found]:
    start, end = hit.span("count")
    amount = amount_at(statement.inline, statement.text, start, end)
    if amount is None or change_of(statement, start, end, ""):
        return
    number = amount.total or amount.number
    if number.exact and number.value:
        yield _Found(number, noun, plain(name).strip(" :—–-("), statement, start, end, index)


def _tie(counted: _Counted, found: _Found) -> Tie | None:
    if _PARTIAL.search(found.name) or _RANGE.search(found.statement.text, found.statement.start, found.statement.end):
        return None
    source = counted.source
    at = counted.known.find(found.name)
    if at >= 0:
        boxes, where = counted.of(at), "in the section of that name"
    elif _TOTAL.fullmatch(found.name) and found.noun:
        boxes, where = counted.all(found.index), "in the document"
    else:
        return None
    if not _comparable(found, boxes, at, source):
        return None
    part = heading_part(source, at) if at >= 0 else None
    return Tie(
        TieKind.ITEMS,
        found.number,
        found.statement.inline.span(found.start, found.end),
        (part, *boxes.parts) if part else boxes.parts,
        Decimal(boxes.low),
        Decimal(boxes.high),
        found.noun,
        source.scopes.on(found.index),
        boxes.named,
        _why(boxes, where),
    )


def _why(boxes: Tally, where: str) -> tuple[str, ...]:
    counted = f"{boxes.low} {'boxes with ids' if boxes.named else 'boxes'} stand {where}"
    return (f"{counted}, {boxes.high} with those that may not count" if boxes.low < boxes.high else counted,)


def _comparable(found: _Found, boxes: Tally, at: int, source: TieSource) -> bool:
    """Tell whether a number can be that of the boxes: it is near and stands elsewhere, and noun or ids say so."""
    if boxes.low < _FEWEST_BOXES or not (boxes.named or (found.noun and at >= 0)):
        return False
    if at >= 0 and _inside(source, found.index, at):
        return False
    return boxes.low <= 2 * found.number.value and found.number.value <= 2 * boxes.low


def _inside(source: TieSource, index: int, section: int) -> bool:
    at = source.blocks[index].section
    while at >= 0 and at != section:
        at = source.blocks[at].section
    return at == section
