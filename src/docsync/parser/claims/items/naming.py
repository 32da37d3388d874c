"""Which counts list the ids that they count: `6 (H1, H6, H8)`, `Critical (3): T1, T4 and T7`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from msgspec import Struct

from docsync.models.blocks import TEXTS, Table
from docsync.models.claims import Scope
from docsync.models.ties import Part, Tie, TieKind
from docsync.parser.claims.items.fitting import singular
from docsync.parser.claims.nouns import MEASURES, is_plural
from docsync.parser.claims.numbers import amount_at
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.claims.times import change_of
from docsync.parser.claims.traps import is_label, stands_as_value
from docsync.parser.entities import Named, entity_at
from docsync.parser.masking import mask
from docsync.parser.statements import Statement, cell_statement, plain, statements
from docsync.parser.vocabulary import DEFAULT, Vocabulary

_BETWEEN = re.compile(r"[\s✅✓✔⏳🔄🔒❌🚧⬜🟡🔴🟢\ufe0f]*(?:[,;&+]|\band\b)?(?:\s*\band\b)?[\s✅✓✔⏳🔄🔒❌🚧⬜🟡🔴🟢\ufe0f]*")
_WORDS = r"(?P<words>(?:[ \t]+[A-Za-z][A-Za-z-]*){0,4})[ \t]*(?:(?P<open>\()|\)?[ \t]*(?P<colon>[:：])[ \t]+)"
_START = re.compile(rf"(?<![\w.,/:$#=+–—&%-])(?P<count>\d{{1,3}}(?:\s?/\s?\d{{1,3}})?){_WORDS}")
_MAY_START = re.compile(rf"\d{_WORDS}")
"""Matches wherever a count may end; of what begins with a digit, `re` leaps over everything else."""
_WORK_NOUNS: Final = frozenset(
    """
    holes tasks issues items requirements criteria phases gates stories decisions risks bugs workstreams features milestones
    blockers gaps questions steps beads tickets epics sessions anti-requirements
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
_LONGEST: Final = 400
_FEWEST: Final = 2


class _Listed(Struct, frozen=True):
    names: tuple[str, ...]
    labels: frozenset[str]
    ticked: int
    start: int
    end: int


def named_items(source: TieSource) -> Iterator[Tie]:
    """Give the ties between counts and the ids that they list."""
    for index, block in source.counting:
        if type(block) is Table:
            scope = source.scopes.of(index)
            if not scope.comparable:
                continue
            headers = [plain(cell.text) for cell in block.header.cells]
            for row in block.rows:
                for cell, header in zip(row.cells, headers, strict=True):
                    if "(" in cell.text and _may_list(cell.text, source.vocabulary):
                        yield from _read(source, cell_statement(cell.text, cell.span.start, header), scope)
        elif isinstance(block, TEXTS) and _may_list(block.inline.text, source.vocabulary):
            scope = source.scopes.on(index)
            for statement in statements(block.inline) if scope.comparable else ():
                yield from _read(source, statement, scope)


def _may_list(text: str, vocabulary: Vocabulary) -> bool:
    """Tell, at little cost, whether a text has a count that a name stands after."""
    if "(" not in text and ":" not in text:
        return False
    masked = mask(text)
    return any(_name_after(masked, found.end(), vocabulary) for found in _MAY_START.finditer(masked))


def _name_after(text: str, at: int, vocabulary: Vocabulary) -> Named | None:
    between = _BETWEEN.match(text, at)
    return entity_at(text, between.end() if between else at, vocabulary)


def _read(source: TieSource, statement: Statement, scope: Scope) -> Iterator[Tie]:
    for found in _START.finditer(statement.text, statement.start, statement.end):
        listed = _list(source, statement, found)
        tie = _tie(source, statement, found, listed, scope) if listed else None
        if tie:
            yield tie


def _list(source: TieSource, statement: Statement, found: re.Match[str]) -> _Listed | None:
    """Read the names after a count, which must be all that the bracket or the rest of the line holds."""
    text, at = statement.text, found.end()
    end = min(statement.end, at + _LONGEST)
    names: list[str] = []
    labels: set[str] = set()
    while True:
        between = _BETWEEN.match(text, at, end)
        named = entity_at(text, between.end() if between else at, source.vocabulary)
        if named is None or named.end > end:
            break
        names.extend(named.names)
        labels.add(named.label)
        at = named.end
    rest = text[at:end].lstrip(" ✅✓✔!\ufe0f")
    closes = rest.startswith(")") if found["open"] else not rest.strip(" .*")
    if not closes or len(set(names)) < _FEWEST or len(set(names)) != len(names):
        return None
    return _Listed(tuple(names), frozenset(labels), 0, found.end(), at)


def _tie(source: TieSource, statement: Statement, found: re.Match[str], listed: _Listed, scope: Scope) -> Tie | None:
    amount = amount_at(statement.inline, statement.text, found.start(), found.end("count"))
    if amount is None or amount.number.places or len(listed.labels) > 1 or not _counts(statement, found, listed):
        return None
    first = statement.value if found.start() >= statement.value else statement.start
    if is_label(statement.text, found.start(), first, source.vocabulary) or not (found["words"] or _stands(statement, found)):
        return None
    if change_of(statement, found.start(), found.end("count"), ""):
        return None
    number = amount.number
    if amount.total and amount.total.value == len(listed.names):
        number = amount.total
    span = statement.inline.span(listed.start, listed.end)
    count = Decimal(len(listed.names))
    return Tie(
        TieKind.ITEMS,
        number,
        statement.inline.span(found.start(), found.end("words")),
        (Part(span, statement.inline.text[listed.start : listed.end].strip(), count, count),),
        count,
        count,
        found["words"].strip(),
        scope,
        why=(f"the number lists what it counts: {', '.join(listed.names)}",),
    )


def _stands(statement: Statement, found: re.Match[str]) -> bool:
    """Tell whether a count without a noun stands as the value of a key or cell, or in a bracket of its own."""
    before = statement.text[max(statement.start, found.start() - 1) : found.start()]
    return before == "(" or stands_as_value(statement, found.start())


def _counts(statement: Statement, found: re.Match[str], listed: _Listed) -> bool:
    """Tell whether what is listed is what is counted."""
    words = found["words"].lower().split()
    key = statement.key.lower().split() if found.start() >= statement.value or not words else []
    nouns = [word for word in (*words, *key) if is_plural(word, DEFAULT) and word not in MEASURES]
    label = next(iter(listed.labels))
    if label:
        return any(singular(noun) == label for noun in nouns)
    if words and not nouns:
        return all(word in DEFAULT.states for word in words)
    return all(noun in _WORK_NOUNS for noun in nouns[:1]) if words else True
