"""How a block's text divides into statements, and which key each stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec import Struct

from docsync.models.blocks import Inline
from docsync.parser.masking import mask

REACH: Final = 240
"""How far, in characters, a clause is followed: longer lines are cut here, so that time stays linear."""

_BOLD_KEY = re.compile(r"(?:\*\*|__)(?P<key>[^*\n|]{1,80}?)(?:[:：]\s?(?:\*\*|__)|(?:\*\*|__)\s?[:：])(?=\s|$|\d)")
_PLAIN_KEY = re.compile(
    r"[ \t]*(?:[^\w\s\"'(`\[<|{$#@/\\]{1,6}\s+)?(?:\d{1,3}[.)]\s+)?"
    r"[*_]{0,3}(?P<key>[^\W\d_][^\n:：*|`.]{0,60}?)[*_]?\s?(?:：|:(?=\s|$))"
)
_STARTS_ANEW = re.compile(r"[^\w\s\"'(`\[<*_~$\\-]|[→•·]")
_DIVIDER = re.compile(r"[|·•;]")
_SEPARATOR = re.compile(r"\s[|·•]\s|;\s")
_WORD = re.compile(r"\w")
_LONGEST_KEY = 8


class Statement(Struct, frozen=True):
    """Hold one statement of a block: `text` is the block's masked text, of which it is `start:end`.

    `key` is the text before the colon of a key-value, as written, or a column's header; `value` the offset where what
    follows starts (the start itself where there is no key).
    """

    inline: Inline
    text: str
    start: int
    end: int
    key: str = ""
    value: int = 0

    def excerpt(self, start: int, end: int) -> str:
        """Give the statement as written, of a long one what is around `start:end`."""
        first, last = max(self.start, start - REACH), min(self.end, end + REACH)
        return self.inline.text[first:last].strip()

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Give the part of the statement around `start:end` that no `|`, `·` or `;` divides."""
        first, last = max(self.start, start - REACH), min(self.end, end + REACH)
        if _DIVIDER.search(self.text, first, last) is None:
            return first, last
        for found in _SEPARATOR.finditer(self.text, first, start):
            first = found.end()
        after = _SEPARATOR.search(self.text, end, last)
        return first, after.start() if after else last


@lru_cache(maxsize=1 << 13)
def statements(inline: Inline) -> tuple[Statement, ...]:
    """Divide a block's text: a line that starts anew or has a key begins a statement, other lines carry the last one on."""
    masked = mask(inline.text)  # all of it is kept, since every reader of claims goes through a file's blocks again
    if "\n" not in inline.text:
        return tuple(_keyed(inline, masked, 0, len(inline.text)))
    return tuple(_carried(inline, masked))


def _carried(inline: Inline, masked: str) -> Iterator[Statement]:
    """Divide several lines, of which some carry on what another begins."""
    begun: Statement | None = None
    for statement in _lines(inline, masked):
        if begun is not None and _carries_on(begun, statement):
            begun = Statement(inline, masked, begun.start, statement.end, begun.key, begun.value)
        else:
            if begun is not None:
                yield begun
            begun = statement
    if begun is not None:
        yield begun


def cell_statement(text: str, offset: int, header: str) -> Statement:
    """Give the one statement of a table cell."""
    return Statement(Inline(text, ((0, offset),)), mask(text), 0, len(text), header, 0)


@lru_cache(maxsize=1 << 11)
def plain(text: str) -> str:
    """Give a text without emphasis, code and link targets, for comparing and naming.

    Several readers ask for the same headings, keys and headers of columns.
    """
    if "](" in text:
        text = re.sub(r"\]\([^()\n]*\)", "", text).replace("[", "")
    return " ".join(text.replace("*", "").replace("`", "").replace("__", "").split())


def _lines(inline: Inline, masked: str) -> Iterator[Statement]:
    at, text = 0, inline.text
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield from _keyed(inline, masked, at, end)
        at = end + 1


def _keyed(inline: Inline, masked: str, start: int, end: int) -> Iterator[Statement]:
    """Divide one line at its keys."""
    text = inline.text
    keys = _keys(text, start, end)
    if not keys:
        yield Statement(inline, masked, start, end, value=start)
        return
    first = keys[0].start()
    if _WORD.search(text, start, first):
        yield Statement(inline, masked, start, first, value=start)
        start = first
    for index, key in enumerate(keys):
        last = keys[index + 1].start() if index + 1 < len(keys) else end
        yield Statement(inline, masked, start, last, plain(key["key"]), key.end())
        start = last


def _keys(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Find the bold keys of a line, or the one that it begins with."""
    if text.find(":", start, end) < 0 and text.find("：", start, end) < 0:
        return []
    if ("**" in text or "__" in text) and (keys := list(_BOLD_KEY.finditer(text, start, end))):
        return keys
    key = _PLAIN_KEY.match(text, start, end)
    return [key] if key and len(key["key"].split()) <= _LONGEST_KEY else []


def _carries_on(before: Statement, line: Statement) -> bool:
    if line.key or line.start == line.end:
        return False
    first = line.text[line.start : line.start + 1]
    if _STARTS_ANEW.match(first) or before.inline.text[line.start - 1 : line.start] != "\n":
        return False
    return not before.key or not (first.isupper() or first.isdigit())
