"""Which counts under a key speak of the list that bears the key as its title: `Files created: 4` and `### Files Created`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Final

from msgspec import Struct

from docsync.models.blocks import Heading, ListItem, Paragraph
from docsync.models.ties import Part, Tie, TieKind
from docsync.parser.claims.items.announced import Announced
from docsync.parser.claims.items.fitting import fits, highest
from docsync.parser.claims.items.following import says_more
from docsync.parser.claims.items.layout import Group, Layout
from docsync.parser.claims.items.shapes import head_of
from docsync.parser.claims.nouns import is_plural, phrase_after
from docsync.parser.claims.numbers import amount_at
from docsync.parser.masking import mask
from docsync.parser.statements import Statement, plain, statements

_WORDS = re.compile(r"[a-z][a-z'’-]+")
_FILLERS: Final = frozenset("total number of the all key major main new count made documented list".split())  # noqa: SIM905
_BRACKETS = re.compile(r"\([^()]*\)")
_VALUE = re.compile(r"\W*(?P<count>\d{1,3})\b(?:\s(?:[a-z]+\s){0,2}?[a-z]+)?\W*(?:\(.*)?", re.DOTALL)
_KEYED_COUNT = re.compile(r"[:：\0][^\w:：\0]*\d{1,3}\b")
"""Matches a number behind the end of a key in masked text, where its colon may be blank."""
_FEWEST = 2
_MOST_TITLES = 40
_DEEDS: Final = frozenset("created modified added changed deleted updated removed written new fixed planned deferred".split())  # noqa: SIM905


class _Titled(Struct, frozen=True):
    words: frozenset[str]
    noun: str
    index: int
    group: Group


def titled_items(layout: Layout) -> Iterator[Tie]:
    """Give the ties between counts under a key and the list of that title, where there is just one."""
    claims = list(_claims(layout))
    if not claims:
        return
    titles = _titles(layout, {noun for _, _, noun, _, _ in claims})
    for statement, one, noun, words, index in claims:
        found = [
            title
            for title in titles.get(noun, ())
            if words <= title.words and words & _DEEDS == title.words & _DEEDS and title.index != index
        ]
        if len(found) == 1 and (tie := _tie(layout, statement, one, found[0], index)):
            yield tie


def _claims(layout: Layout) -> Iterator[tuple[Statement, Announced, str, frozenset[str], int]]:
    words = layout.source.vocabulary
    for index, block in layout.source.lines:
        if not _may_claim(block.inline.text):
            continue
        for statement in statements(block.inline):
            found = _VALUE.fullmatch(statement.text, statement.value, statement.end) if statement.key else None
            if found is None:
                continue
            key = frozenset(_WORDS.findall(plain(statement.key).lower())) - _FILLERS
            nouns = [word for word in key if is_plural(word, words)]
            if len(nouns) != 1 or len(key) < _FEWEST:
                continue
            after = phrase_after(statement.text, found.end("count"), statement.end, words)
            if after.noun and after.noun != nouns[0]:  # `Secrets: 2 hours`
                continue
            amount = amount_at(block.inline, statement.text, *found.span("count"))
            if amount and amount.number.exact and amount.number.value:
                one = Announced(amount.number, nouns[0], "", "", *found.span("count"))
                yield statement, one, nouns[0], key, index


def _may_claim(text: str) -> bool:
    """Tell, at little cost, whether a text has a number under a key."""
    return ":" in text and _KEYED_COUNT.search(mask(text)) is not None


def _titles(layout: Layout, nouns: AbstractSet[str]) -> Mapping[str, Sequence[_Titled]]:
    """Give the headings and lead-ins that have one list right below, by each of the nouns in them."""
    found: dict[str, list[_Titled]] = defaultdict(list)
    for index, block in layout.blocks.texts:
        if isinstance(block, ListItem):
            continue
        text = plain(block.inline.text).lower()
        if not any(noun in text for noun in nouns):
            continue
        words = frozenset(_WORDS.findall(_BRACKETS.sub("", text))) - _FILLERS
        group = None if nouns.isdisjoint(words) else _below(layout, index)
        if group is not None:
            for noun in nouns & words:
                found[noun].append(_Titled(words, noun, index, group))
    return found


def _below(layout: Layout, index: int) -> Group | None:
    block = layout.blocks[index]
    if isinstance(block, Heading):
        groups = list(layout.groups(layout.under(index)))
        return groups[0] if len(groups) == 1 else None
    if isinstance(block, Paragraph) and len(block.inline.text) < 80 and block.inline.text.rstrip("* _").endswith(":"):  # noqa: PLR2004
        return layout.after(index)
    return None


def _tie(layout: Layout, statement: Statement, one: Announced, title: _Titled, index: int) -> Tie | None:
    scope = layout.source.scopes.on(index)
    reason = fits(one.noun, title.group)
    items = title.group.items
    if not scope.comparable or not reason or any(says_more(head_of(item.text)) for item in items):
        return None
    count = len(items)
    if _moment(layout, index) != _moment(layout, title.group.first) or count < _FEWEST:
        return None
    if count * 2 < one.number.value or one.number.value * 2 < count:
        return None
    return Tie(
        TieKind.ITEMS,
        one.number,
        statement.inline.span(one.start, one.end),
        tuple(Part(item.span, item.label, Decimal(1), Decimal(item.high)) for item in items),
        Decimal(count),
        Decimal(highest(reason, items)),
        one.noun,
        scope,
        why=(f"the list under `{plain(layout.text_of(title.index))}` has {count} items, and {reason}",),
    )


def _moment(layout: Layout, index: int) -> str:
    return layout.source.scopes.under(layout.blocks[index].section).as_of
