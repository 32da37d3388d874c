"""Which days a document dates itself and its content by, and which it only plans for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from docsync.models.blocks import TEXTS, Blocks, Cell, Heading, Inline, ListItem, Paragraph, Table
from docsync.models.claims import TEMPLATE, DateStamp, Form, Scope
from docsync.models.document import FrontMatterEntry
from docsync.models.status import Status
from docsync.parser.coverage import Coverage
from docsync.parser.masking import mask
from docsync.parser.scopes import Scopes
from docsync.parser.statements import REACH, Statement, plain, statements
from docsync.parser.vocabulary import DEFAULT, Vocabulary
from docsync.parser.written_dates import WrittenDate, find_dates, may_date

_AHEAD = re.compile(
    r"\b(?:due|by|until|target|targets?|deadline|eta|planned|plans?|schedul\w+|expected?|estimat\w+|upcoming|next|from|starts?|starting|begins?"
    r"|timeline|roadmap|milestones?|release\sdate|launch|ship\w*|review|expires?|expiry|valid|sunset|before|after|will|forecast|projected"
    r"|window|season|sprint|weeks?|quarter|phase\sdates?)\b",
    re.IGNORECASE,
)
_SAYS_DONE = re.compile(
    r"\b(?:completed?|resolved|done|finished|closed|merged|shipped|implemented|passed|delivered|fixed|decided|on)\W*$",
    re.IGNORECASE,
)
_DATE_COLUMN = re.compile(
    r"\b(?:date|dated|when|day|updated|completed|resolved|created|started|finished|closed|last\s\w+)\b", re.IGNORECASE
)
_KEY_WORDS = 4
_LOOKBACK = 24
_LONGEST_ITEM = 120


def read_dates(
    blocks: Blocks, scopes: Scopes, vocabulary: Vocabulary = DEFAULT, covered: Coverage | None = None
) -> Iterator[DateStamp]:
    """Give the days that keys, headings, dated entries and date columns state; a day in running text is none."""
    for index, block in blocks.numbered:
        if covered and covered.holds(block.span):
            continue
        if isinstance(block, Table):
            yield from _table(block, scopes.of(index), covered)
        elif isinstance(block, TEXTS) and may_date(block.inline.text):
            scope = scopes.on(index)
            if scope.as_of != TEMPLATE:
                yield from _inline(block.inline, _form(block), scope, vocabulary)


def entry_dates(entry: FrontMatterEntry, text: str, scope: Scope) -> Iterator[DateStamp]:
    """Give the day that a front matter value is; `text` is the whole file's."""
    key = plain_key(entry.key)
    for found in find_dates(text, entry.value_span.start, entry.value_span.end):
        span = Inline(text, ((0, 0),)).span(found.start, found.end)
        yield DateStamp(span, found.iso, key, scope, Form.FRONT_MATTER, ahead=_is_ahead(key, scope))
        return


def plain_key(key: str) -> str:
    """Give a key in lower case with single spaces: `Last_Updated` becomes `last updated`."""
    return " ".join(key.replace("_", " ").replace("-", " ").lower().split())


def _form(block: Heading | Paragraph | ListItem) -> Form:
    if isinstance(block, Heading):
        return Form.HEADING
    return Form.BULLET if isinstance(block, ListItem) else Form.PROSE


def _inline(inline: Inline, form: Form, scope: Scope, vocabulary: Vocabulary) -> Iterator[DateStamp]:
    for statement in statements(inline):
        for found in find_dates(statement.text, statement.start, statement.end):
            if (stamp := _stamp(statement, found, form, scope, vocabulary)) is not None:
                yield stamp


def _stamp(statement: Statement, found: WrittenDate, form: Form, scope: Scope, vocabulary: Vocabulary) -> DateStamp | None:
    span = statement.inline.span(found.start, found.end)
    before = statement.text[max(statement.value, found.start - REACH) : found.start]
    if statement.key and form is not Form.HEADING and not _has_words(before) and found.start >= statement.value:
        key = plain_key(statement.key)
        return DateStamp(span, found.iso, key, scope, Form.KEY_VALUE, ahead=_is_ahead(key, scope))
    if form is Form.HEADING or not _has_words(before) or _is_done(statement, found, before, vocabulary):
        near = statement.text[max(statement.start, found.start - _LOOKBACK) : found.start]
        return DateStamp(span, found.iso, "", scope, form, ahead=_is_ahead(near, scope))
    return None


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _is_done(statement: Statement, found: WrittenDate, before: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a day closes an entry of something done: `resolved 2026-03-02`, `Done (2026-03-02)`."""
    if _SAYS_DONE.search(before):
        return True
    follows = statement.text[found.end : found.end + 3]
    if not before.rstrip().endswith("(") or not follows.startswith(")"):
        return False
    words = before.rstrip(" (").split()
    if not words:
        return False
    last = words[-1].strip("*_.:,!")
    return vocabulary.words.get(last.lower()) == Status.RESOLVED or vocabulary.emoji.get(last[:1]) == Status.RESOLVED


def _is_ahead(text: str, scope: Scope) -> bool:
    """Tell whether a day is one of a plan, by its key or the words before it, or by the heading it stands under."""
    if _AHEAD.search(text):
        return True
    return any(_AHEAD.search(heading) for heading in scope.headings[-1:])


def _table(table: Table, scope: Scope, covered: Coverage | None) -> Iterator[DateStamp]:
    if scope.as_of == TEMPLATE:
        return
    titles = [plain(cell.text) for cell in table.header.cells]
    columns = [(index, plain_key(title)) for index, title in enumerate(titles) if _DATE_COLUMN.search(title)]
    for row in table.rows if columns else ():
        if not (covered and covered.holds(row.span)):
            named = replace(scope, item=plain(row.cells[0].text)[:_LONGEST_ITEM])
            for index, key in columns:
                yield from _cell(row.cells[index], key, named)


def _cell(cell: Cell, key: str, scope: Scope) -> Iterator[DateStamp]:
    inline = Inline(cell.text, ((0, cell.span.start),))
    for found in find_dates(mask(cell.text)):
        span = inline.span(found.start, found.end)
        yield DateStamp(span, found.iso, key, scope, Form.ROW, ahead=_is_ahead(key, scope))
