"""Which quantities a document claims, block by block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from docsync.models.blocks import TEXTS, Blocks, Fence, Heading, ListItem, Row, Table, Text
from docsync.models.claims import Form, Quantity, Scope
from docsync.models.document import FrontMatterEntry
from docsync.parser.claims.chances import cell_may_claim, claiming, may_claim
from docsync.parser.claims.entry_pairs import paired_quantities
from docsync.parser.claims.places import Place, RowPlace
from docsync.parser.claims.reading import read_statement
from docsync.parser.coverage import Coverage
from docsync.parser.forms.boards import board_statements, is_board
from docsync.parser.forms.rows import ordinal
from docsync.parser.scopes import Scopes
from docsync.parser.statements import Statement, cell_statement, plain, statements
from docsync.parser.vocabulary import DEFAULT, Vocabulary

_NAMING_CELLS = 2
_STRUCK = re.compile(r"\W*~~.*~~\W*")
_PACE = re.compile(r"(?:avg|average)\b", re.IGNORECASE)
"""A column of averages: the others count what was done so far, not all there is."""
_ENTRY_LINE = re.compile(r"[ \t]*(?:-[ \t]+)?(?P<key>[A-Za-z_][\w .-]{0,60}?)[ \t]*:[ \t]+(?=\S)|(?P<item>[^\n]+)")


def read_quantities(
    blocks: Blocks, scopes: Scopes, vocabulary: Vocabulary = DEFAULT, covered: Coverage | None = None
) -> Iterator[Quantity]:
    """Give the quantities of a document in order, those in `covered` parts left out; of code only status boards hold some."""
    for index, block in blocks.numbered:
        if isinstance(block, TEXTS) and not may_claim(block.inline.text):
            continue
        if isinstance(block, Table) or not (covered and covered.holds_text(block.inline)):
            yield from block_quantities(blocks, index, scopes, vocabulary, covered)


def block_quantities(
    blocks: Blocks, index: int, scopes: Scopes, vocabulary: Vocabulary = DEFAULT, covered: Coverage | None = None
) -> Iterator[Quantity]:
    """Give the quantities of one block."""
    block = blocks[index]
    if isinstance(block, TEXTS):
        if found := claiming(statements(block.inline)):
            quantities = _read(found, _place(block, index, scopes), vocabulary)
            open_box = isinstance(block, ListItem) and block.mark == " "
            yield from (replace(quantity, open_box=True) for quantity in quantities) if open_box else quantities
    elif isinstance(block, Table):
        yield from _table(block, scopes.of(index), vocabulary, covered)
    elif isinstance(block, Fence) and is_board(block, blocks[index - 1] if index else None, scopes.of(index), vocabulary):
        yield from _read(claiming(board_statements(block)), Place(Form.BULLET, scopes.of(index)), vocabulary)


def _read(found: Iterable[Statement], place: Place, vocabulary: Vocabulary) -> Iterator[Quantity]:
    if place.scope.comparable:
        for statement in found:
            yield from read_statement(statement, place, vocabulary)


def entry_quantities(entry: FrontMatterEntry, text: str, scope: Scope, vocabulary: Vocabulary = DEFAULT) -> Iterator[Quantity]:
    """Give the quantities of a front matter value, two lines together and line by line; `text` is the whole file's."""
    pairs = tuple(paired_quantities(entry, text, scope))
    yield from pairs
    taken = {number.span for pair in pairs for number in pair.numbers}
    start, end = entry.value_span.start, entry.value_span.end
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if found := _ENTRY_LINE.match(text, start, stop):
            key = (found["key"] or "") if "\n" in text[entry.value_span.start : end] else ""
            first = found.end() if key else start
            statement = cell_statement(text[first:stop], first, (key or entry.key).replace("_", " "))
            lone = read_statement(statement, Place(Form.FRONT_MATTER, scope), vocabulary)
            yield from (quantity for quantity in lone if quantity.span not in taken)
        start = stop + 1


def _place(block: Text, index: int, scopes: Scopes) -> Place:
    if isinstance(block, ListItem):
        return Place(Form.BULLET, scopes.on(index))
    return Place(Form.HEADING if isinstance(block, Heading) else Form.PROSE, scopes.of(index))


def _table(table: Table, scope: Scope, vocabulary: Vocabulary, covered: Coverage | None) -> Iterator[Quantity]:
    if not scope.comparable:
        return
    headers = [plain(cell.text) for cell in table.header.cells]
    label = headers[0] if headers[0].lower() in vocabulary.numbered and not any(map(_PACE.match, headers)) else ""
    for row in table.rows:
        found = [
            (cell, header)
            for cell, header in zip(row.cells, headers, strict=True)
            if cell_may_claim(cell.text, header, vocabulary)
        ]
        if found and not _is_struck(row) and not (covered and covered.holds(row.span)):
            naming = (named := _labelled(row, label), *(cell.text for cell in row.cells[1:_NAMING_CELLS]))
            place = RowPlace(scope, named, naming, vocabulary)
            for cell, header in found:
                yield from read_statement(cell_statement(cell.text, cell.span.start, header), place, vocabulary)


def _is_struck(row: Row) -> bool:
    first = row.cells[0].text
    return "~~" in first and _STRUCK.fullmatch(first) is not None


def _labelled(row: Row, label: str) -> str:
    """Name what a row is about: `2. Tide Gauge` in a column of phases is `Phase 2: Tide Gauge`."""
    named = plain(row.cells[0].text)
    found = ordinal(named) if label else None
    return f"{label} {found['number']}: {found['title']}" if found else named
