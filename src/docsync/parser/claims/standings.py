"""Where a text gives a status with a share of the work beside it, and where it gives the document's own status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final

from msgspec.structs import replace

from docsync.models.blocks import Blocks, Cell, Inline, ListItem, Table
from docsync.models.claims import Scope
from docsync.models.standings import Standing
from docsync.models.status import Status
from docsync.parser.coverage import Coverage
from docsync.parser.masking import mask
from docsync.parser.scopes import Scopes
from docsync.parser.statements import Statement, plain, statements
from docsync.parser.vocabulary import Vocabulary
from docsync.text.spans import Span

_SHARE_COLUMN = re.compile(
    r"\W*(?:progress|completion|completeness|%\s?(?:complete|done)|complete\s?%|percent(?:age)?(?:\scomplete)?)\W*",
    re.IGNORECASE,
)
_COUNT_COLUMN = re.compile(
    r"\W*(?:(?:plans|tasks|stories|items|steps|holes|issues|criteria|todos)\s(?:complete|completed|done|finished)"
    r"|progress|completion)\W*",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"[\s*]*(?P<share>(?P<part>\d{1,4})\s?/\s?(?P<whole>\d{1,4}))[\s*]*")
_STATUS_COLUMN = re.compile(r"\W*(?:status|state|current status)\W*", re.IGNORECASE)
_CELL = re.compile(r"[\s*~]*(?<!~)(?P<share>\d{1,3}(?:\.\d{1,2})?)\s?%[\s*]*")
_LINE = re.compile(r"(?P<name>[^\n(]{2,80}?)[\s:–—-]*\((?P<share>\d{1,3}(?:\.\d{1,2})?)\s?%(?:\s(?:complete|done))?\)[\s*.!]*")
_DOCUMENT_KEYS: Final = frozenset({"status", "document status", "current status", "overall status"})
_EDGE: Final = 8
_LONGEST: Final = 160
_MOST: Final = 100
_FEWEST: Final = 3


def read_standings(
    blocks: Blocks, scopes: Scopes, vocabulary: Vocabulary, covered: Coverage | None = None
) -> Iterator[Standing]:
    """Give each row and list item that has both a status and a share of the work, and the statuses of the whole document."""
    hidden = covered or Coverage()
    for index, block in blocks.tables:
        if not hidden.holds(block.span):
            yield from _rows(block, scopes.of(index), vocabulary)
    yield from _items(blocks, scopes, vocabulary, hidden)
    yield from _document(blocks, scopes, vocabulary, hidden)


def _rows(table: Table, scope: Scope, vocabulary: Vocabulary) -> Iterator[Standing]:
    titles = [plain(cell.text) for cell in table.header.cells]
    status, shares = _only(titles, _STATUS_COLUMN), (_only(titles, _SHARE_COLUMN), _only(titles, _COUNT_COLUMN))
    if status < 1 or max(shares) < 1:
        return
    for row in table.rows:
        state, name = row.cells[status], plain(row.cells[0].text)
        said = vocabulary.status(state.text[:_LONGEST])
        found = next((share for column in shares if column > 0 and (share := _share(row.cells[column]))), None)
        if said is not None and found is not None and name and "~~" not in row.cells[0].text:
            yield Standing(said, state.text, state.span, name, *found, scope)


def _share(cell: Cell) -> tuple[Decimal, Span, str] | None:
    """Read a cell that holds just a percentage or a fraction, with its span and as written."""
    if found := _CELL.fullmatch(cell.text):
        return Decimal(found["share"]), _span(cell, found), f"{found['share']}%"
    found = _FRACTION.fullmatch(cell.text)
    if found is None or not 0 <= int(found["part"]) <= int(found["whole"]) or found["whole"] == "0":
        return None
    return Decimal(_MOST * int(found["part"])) / int(found["whole"]), _span(cell, found), "".join(found["share"].split())


def _only(titles: Sequence[str], wanted: re.Pattern[str]) -> int:
    found = [index for index, title in enumerate(titles) if wanted.fullmatch(title)]
    return found[0] if len(found) == 1 else -1


def _span(cell: Cell, found: re.Match[str]) -> Span:
    return Inline(cell.text, ((0, cell.span.start),)).span(*found.span("share"))


def _items(blocks: Blocks, scopes: Scopes, vocabulary: Vocabulary, hidden: Coverage) -> Iterator[Standing]:
    """Give the items of the lists in which signs go with shares: done with 100%, other signs with less."""
    if sum(_may_share(block.inline.text) for _, block in blocks.items) < _FEWEST:
        return
    for _, group in groupby(blocks.items, key=lambda item: item[1].list_start):
        found = [
            standing
            for index, block in group
            if _may_share(block.inline.text)
            and not hidden.holds_text(block.inline)
            and (standing := _item(block, scopes.of(index), vocabulary))
        ]
        if len(found) >= _FEWEST and _goes_with(found):
            yield from (replace(one, listed=True) for one in found)


def _may_share(text: str) -> bool:
    return len(text) <= _LONGEST and "%" in text


def _item(block: ListItem, scope: Scope, vocabulary: Vocabulary) -> Standing | None:
    text = block.inline.text
    sign = vocabulary.signs.match(mask(text))
    found = _LINE.fullmatch(text, sign.end()) if sign else None
    status = vocabulary.emoji.get(sign[0].rstrip("\ufe0f")) if sign else None
    if sign is None or found is None or status is None:
        return None
    inline = block.inline
    share = inline.span(*found.span("share"))
    name, written = plain(found["name"]), f"{found['share']}%"
    return Standing(status, sign[0], inline.span(*sign.span()), name, Decimal(found["share"]), share, written, scope)


def _goes_with(found: Sequence[Standing]) -> bool:
    done = [one for one in found if one.status is Status.RESOLVED]
    others = [one for one in found if one.status is not Status.RESOLVED]
    full = sum(one.share == _MOST for one in done)
    return full > 0 and full * 2 >= len(done) and len(others) > 0 and all((one.share or 0) < _MOST for one in others)


def _document(blocks: Blocks, scopes: Scopes, vocabulary: Vocabulary, hidden: Coverage) -> Iterator[Standing]:
    """Give the values of `Status:` at the top, before any second heading, and at the very end."""
    end_of_top = next((index for index, _ in blocks.headings[1:]), len(blocks))
    for index, block in blocks.paragraphs:
        inside = end_of_top <= index < len(blocks) - _EDGE or block.item >= 0
        if inside or hidden.holds_text(block.inline):
            continue
        for statement in statements(block.inline):
            if statement.key.casefold() in _DOCUMENT_KEYS and (standing := _own(statement, scopes.of(index), vocabulary)):
                yield standing


def _own(statement: Statement, scope: Scope, vocabulary: Vocabulary) -> Standing | None:
    written = statement.inline.text[statement.value : statement.end]
    raw = written.strip()
    status = vocabulary.status(raw[:_LONGEST]) or _at_end(raw[:_LONGEST], vocabulary)
    start = statement.value + len(written) - len(written.lstrip())
    return Standing(status, raw, statement.inline.span(start, start + len(raw)), scope=scope) if status else None


def _at_end(raw: str, vocabulary: Vocabulary) -> Status | None:
    """Read the status of the last sentence, as in `The breakdown is there. Ready for implementation`."""
    return vocabulary.status(raw.rstrip(" .!").rpartition(". ")[2])
