"""Which numbers of a test run a text states as test runners print them: `139 passed, 2 failed`, `87% coverage`.

They are claims for reports alone: too short to say what they count to anybody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from docsync.models.blocks import Blocks, Inline, ListItem
from docsync.models.claims import Form, Quantity, Scope
from docsync.parser.claims.nouns import rest_after
from docsync.parser.claims.numbers import number
from docsync.parser.claims.times import change_of, is_aim, moment_of
from docsync.parser.coverage import Coverage
from docsync.parser.scopes import Scopes
from docsync.parser.statements import Statement, statements

_MAY: Final = re.compile(r"[\d%] (?:(?<=\d )(?:pass|fail|skip)|(?<=% )(?:\w+ )?coverage)", re.IGNORECASE)
"""A class of signs at its start lets `re` leap over all others."""
_NUMBER: Final = r"(?<![\w.,/–-])(?P<near>[~≈])?(?P<number>{})(?P<more>\+)?"
_COUNT: Final = re.compile(
    _NUMBER.format(r"\d{1,7}|\d{1,3}(?:,\d{3})+")
    + r" (?P<state>passed|passing|failed|failing|skipped)\b(?=\s*(?:[,;.)|*✅❌⚠]|\Z|\n|and \d|in \d))",
    re.IGNORECASE,
)
_COVERAGE: Final = re.compile(
    _NUMBER.format(r"\d{1,3}(?:\.\d{1,4})?") + r"% (?P<key>(?:(?:line|branch|test|code|total|overall) )?coverage)\b",
    re.IGNORECASE,
)
_BOUND: Final = re.compile(
    r"(?:[<>≥≤=]|\b(?:least|most|over|above|below|under|than|to|min|minimum|maximum|of))\s*[*_]*\Z", re.IGNORECASE
)
_TESTS: Final = re.compile(r"\b(?:unit |integration )?tests?\b|\btest suite\b|\bpytest\b", re.IGNORECASE)
_WINDOW: Final = 16
_LONGEST_BEFORE: Final = 80


def read_runs(blocks: Blocks, scopes: Scopes, covered: Coverage | None = None) -> Iterator[Quantity]:
    """Give the numbers of test runs and of coverage in paragraphs and list items, in order."""
    for index, block in blocks.lines:
        if _may_hold(block.inline, covered):
            item = isinstance(block, ListItem)
            scope = scopes.on(index) if item else scopes.of(index)
            found = (one for statement in statements(block.inline) for one in _read(statement, scope, item=item))
            yield from (replace(one, open_box=isinstance(block, ListItem) and block.mark == " ") for one in found)


def _may_hold(inline: Inline, covered: Coverage | None) -> bool:
    return _MAY.search(inline.text) is not None and not (covered and covered.holds(inline.whole))


def _read(statement: Statement, scope: Scope, *, item: bool) -> Iterator[Quantity]:
    counts = list(_COUNT.finditer(statement.text, statement.start, statement.end))
    if counts and (len(counts) > 1 or statement.key) and _TESTS.search(_said(statement, scope)):
        for at, found in enumerate(counts):
            yield replace(
                _quantity(statement, scope, found, first=not at, item=item), noun="tests", state=found["state"].lower()
            )
    for found in _COVERAGE.finditer(statement.text, statement.start, statement.end):
        if not _BOUND.search(statement.text, max(statement.start, found.start() - _WINDOW), found.start()):
            claim = _quantity(statement, scope, found, first=True, item=item)
            yield replace(claim, count=None, percent=claim.count, key=found["key"].lower())


def _said(statement: Statement, scope: Scope) -> str:
    """Give what may say that tests are counted: the statement, and what stands above it."""
    return f"{statement.key} {statement.text[statement.start : statement.end]} {' '.join(scope.headings[-1:])} {scope.lead}"


def _quantity(statement: Statement, scope: Scope, found: re.Match[str], *, first: bool, item: bool) -> Quantity:
    inline = statement.inline
    written = number(inline, found["number"], found.start("number"), near=bool(found["near"]), more=bool(found["more"]))
    clause, _ = statement.clause(found.start(), found.end())
    as_of = change_of(statement, found.start(), found.end(), "") or moment_of(statement) or scope.as_of
    return Quantity(
        span=inline.span(found.start("number"), found.end()),
        text=statement.excerpt(found.start(), found.end()),
        scope=replace(scope, as_of=as_of),
        form=Form.KEY_VALUE if statement.key else Form.BULLET if item else Form.PROSE,
        count=written,
        key=statement.key,
        aim=is_aim(statement, clause, found.start()),
        rest=rest_after(statement.text, found.end(), statement.end),
        before=_before(statement, clause, found) if first else "",
    )


def _before(statement: Statement, clause: int, found: re.Match[str]) -> str:
    """Give the words before a number in its clause, with the key, which a claim of its own name does not hold."""
    start = max(statement.value, clause, found.start() - _LONGEST_BEFORE)
    key = f"{statement.key} " if "key" in found.groupdict() else ""
    return key + " ".join(statement.inline.text[start : found.start()].split())
