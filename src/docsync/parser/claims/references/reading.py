"""Which files and headings a document points at, in links and in code spans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.blocks import Block, Blocks, Heading, Inline, ListItem, Row, Table
from docsync.models.claims import Form, Number, Scope
from docsync.models.references import Aim, Reference, Stance
from docsync.parser.claims.numbers import amount_at
from docsync.parser.claims.references.paths import LONGEST, link_target, written_path
from docsync.parser.claims.references.stances import REACH, calls_itself, stance
from docsync.parser.coverage import Coverage
from docsync.parser.masking import code_spans, mask
from docsync.parser.scopes import Scopes
from docsync.parser.statements import plain

_LINK = re.compile(r"\[[^\[\]\n]{0,200}\]\((?P<target><[^<>\n]{1,300}>|[^()\s<>]{1,300})(?:\s+[\"'(][^\n()]{0,200}[\"')])?\)")
_CODED_PATH = re.compile(r"\.\w+(?:[:#][\dL:–-]*)?\s*`")
"""Matches the ending of a path at the end of a code span, with the line that it may point at."""
_LENGTH = re.compile(r"[\s*_]{0,5}(?:\((?:now|currently|total)?[\s:,]{0,3}|[-–—:|]\s{0,2})(?=[~≈]?\d)")
_LINES = re.compile(r"\slines?\b(?!\s(?:added|changed|removed|deleted|of\stests?|saved|total\schange|modified|each|per)\b)")
_OPEN: Final = " "


class _Line(Struct, frozen=True):
    """Hold a text that references stand in, as written and masked, and what it stands under."""

    inline: Inline
    masked: str
    scope: Scope
    form: Form
    is_open: bool


class _Written(Struct, frozen=True):
    """Hold a reference as found: `start:end` is what it points at, `after` where the rest of the line goes on."""

    start: int
    end: int
    after: int
    aim: Aim
    target: str
    anchor: str = ""
    line: int = 0


def read_references(blocks: Blocks, scopes: Scopes, covered: Coverage) -> Iterator[Reference]:
    """Give the references of a document, in order; code blocks, regions and templates hold none."""
    texts = [(index, block) for index, block in blocks.texts if _may_refer(block.inline.text)]
    tables = [(index, table) for index, table in blocks.tables if _may_refer("\n".join(_cells(table)))]
    for index, block in sorted([*texts, *tables], key=itemgetter(0)):
        if isinstance(block, Table):
            yield from _in_table(block, scopes.of(index), covered)
        elif (found := _written(block.inline.text)) and not covered.holds_text(block.inline):
            is_open = isinstance(block, ListItem) and block.mark == _OPEN
            yield from _judged(found, block.inline, scopes.on(index), _form(block), is_open=is_open)


def _form(block: Block) -> Form:
    if isinstance(block, Heading):
        return Form.HEADING
    return Form.BULLET if isinstance(block, ListItem) else Form.PROSE


def _cells(table: Table) -> list[str]:
    return [cell.text for row in table.rows for cell in row.cells]


def _in_table(table: Table, scope: Scope, covered: Coverage) -> Iterator[Reference]:
    texts = ((row, " | ".join([cell.text for cell in row.cells])) for row in table.rows)
    rows = [(row, text) for row, text in texts if _may_refer(text) and not covered.holds(row.span)]
    if found := [(row, text, written) for row, text in rows if (written := _written(text))]:
        headers = " | ".join(plain(cell.text) for cell in table.header.cells)
        under = replace(scope, lead=f"{scope.lead} {headers}".strip())
        for row, text, written in found:
            yield from _judged(written, _line_of(row, text), under, Form.ROW, is_open=False)


def _line_of(row: Row, text: str) -> Inline:
    """Give a row as one line: `text` are its cells joined by bars."""
    starts: list[tuple[int, int]] = []
    at = 0
    for cell in row.cells:
        starts.append((at, cell.span.start))
        at += len(cell.text) + 3
    return Inline(text, tuple(starts))


def _judged(found: Sequence[_Written], inline: Inline, scope: Scope, form: Form, *, is_open: bool) -> Iterator[Reference]:
    if scope.comparable:
        line = _Line(inline, mask(inline.text), scope, form, is_open)
        yield from (_reference(line, written) for written in found)


def _written(text: str) -> Sequence[_Written]:
    """Find what a text points at, in order."""
    codes = tuple(code_spans(text)) if "`" in text else ()
    return sorted((*_codes(text, codes), *_links(text, codes)), key=lambda written: written.start)


def _may_refer(text: str) -> bool:
    """Tell, at little cost, whether a text can hold a link or a path in code."""
    return "](" in text or ("`" in text and _CODED_PATH.search(text) is not None)


def _codes(text: str, codes: tuple[tuple[int, int, int], ...]) -> Iterator[_Written]:
    for start, end, fence in codes:
        if end - start <= LONGEST and (path := written_path(text[start + fence : end - fence])):
            yield _Written(start + fence, end - fence, end, Aim.PATH, path.path, line=path.line)


def _links(text: str, codes: tuple[tuple[int, int, int], ...]) -> Iterator[_Written]:
    if "](" not in text:
        return
    for found in _LINK.finditer(text):
        target = link_target(found["target"])
        if target and not _is_code(codes, found.start()):
            yield _Written(found.start("target"), found.end("target"), found.end(), Aim.LINK, target.path, target.anchor)


def _is_code(codes: tuple[tuple[int, int, int], ...], at: int) -> bool:
    before = bisect_right(codes, at, key=itemgetter(0)) - 1
    return before >= 0 and codes[before][1] > at


def _reference(line: _Line, written: _Written) -> Reference:
    before, after = _around(line.inline.text, written.start, written.after)
    taken, reason = _stance(line, written, before, after)
    return Reference(
        written.aim,
        written.target,
        line.inline.span(written.start, written.end),
        line.scope,
        line.form,
        taken,
        written.anchor,
        written.line,
        _length(line.inline, written.after, after),
        calls_itself(line.inline.text[written.after : after]),
        reason,
    )


def _stance(line: _Line, written: _Written, before: int, after: int) -> tuple[Stance, str]:
    text = line.inline.text
    if "~~" in text[before : written.start] and "~~" in text[written.after : after]:
        return Stance.HEDGED, "struck out"
    if line.is_open:
        return Stance.HEDGED, "an open checkbox"
    return stance(line.masked[before : written.start], line.masked[written.after : after], line.scope)


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Give where the line around `start:end` begins and ends, as far as it is read."""
    first, last = max(0, start - REACH), min(len(text), end + REACH)
    newline = text.rfind("\n", first, start)
    after = text.find("\n", end, last)
    return newline + 1 if newline >= 0 else first, after if after >= 0 else last


def _length(inline: Inline, start: int, end: int) -> Number | None:
    """Read `(662 lines)` or `- 662 lines` right after a reference."""
    opened = _LENGTH.match(inline.text, start, end)
    amount = amount_at(inline, inline.text, opened.end(), end) if opened else None
    if amount is None or amount.sign or not _LINES.match(inline.text, amount.end, end):
        return None
    return amount.number
