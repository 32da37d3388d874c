"""Which counts a section states in its first lines, and which of its parts spell them out: `**Tasks:** 16 tasks`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docsync.models.blocks import Heading, ListItem, Paragraph
from docsync.models.claims import TEMPLATE
from docsync.models.ties import Tie
from docsync.parser.claims.sums.entries import Count, Entry, noun_of
from docsync.parser.claims.sums.measures import measure, singular
from docsync.parser.claims.sums.outline import Outline, block_entry, list_items
from docsync.parser.claims.sums.spelled import Group, announces, spelled
from docsync.parser.claims.sums.totals_below import is_total
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.statements import Statement, plain, statements

_KEY = re.compile(r"(?:total\s)?(?P<noun>[a-z]{3,}s)", re.IGNORECASE)
_REST = re.compile(r"\s(?:across|in|over|for|with|from|of|by|spread)\s.*", re.IGNORECASE)
_BREAKDOWN = re.compile(
    r"\b(?:breakdown|distribution|split|organi[sz]ation|by\s(?:phase|category|module|type|area|component|priority))\b",
    re.IGNORECASE,
)
_FIRST_BLOCKS: Final = 6
_MOST_PARTS: Final = 60


def section_keys(source: TieSource) -> Iterator[Tie]:
    """Give a tie for each count in the first lines of a section whose parts spell it out."""
    outline = source.outline
    for index, block in source.blocks.headings:
        if index in outline.below and not source.generated.holds(block.span):
            scope = source.scopes.under(index)
            stated = list(_stated(outline, index)) if scope.as_of != TEMPLATE else []
            groups = list(_groups(outline, index)) if stated else []
            for entry in stated:
                yield from spelled(entry, groups, scope)


def _stated(outline: Outline, index: int) -> Iterator[Entry]:
    for block in outline.blocks[index + 1 : index + 1 + _FIRST_BLOCKS]:
        if not isinstance(block, Paragraph | ListItem):
            return
        if ":" in block.inline.text:
            yield from (entry for statement in statements(block.inline) if (entry := _valued(statement)))


def _valued(statement: Statement) -> Entry | None:
    """Read the count under a key that names what is counted."""
    key = _KEY.fullmatch(statement.key.strip())
    if key is None:
        return None
    raw = statement.inline.text[statement.value : statement.end]
    value = _REST.sub("", raw.split("\n")[0])
    at = statement.value + len(value) - len(value.lstrip())
    found = measure(value.strip(), statement.inline.span(at, at).start)
    noun = singular(key["noun"].lower())
    if found is None or (found.unit and noun_of(found) != noun):
        return None
    entry = Entry(raw, (Count(found, noun),))
    return entry if announces(entry) else None


def _groups(outline: Outline, index: int) -> Iterator[Group]:
    """Give the headings below, and the lists under headings that are called a breakdown."""
    below = outline.below[index]
    yield Group([entry for at in below if (entry := block_entry(outline.blocks[at]))], "the headings below it")
    deeper = [one for at in below[:_MOST_PARTS] for one in outline.below.get(at, ())[:_MOST_PARTS]]
    for at in (*below, *deeper):
        heading = outline.blocks[at]
        if isinstance(heading, Heading) and _BREAKDOWN.search(heading.inline.text):
            items = [entry for one in list_items(outline, at + 1) if (entry := block_entry(outline.blocks[one]))]
            yield Group([item for item in items if not is_total(item)], f"the list under {plain(heading.inline.text)}")
