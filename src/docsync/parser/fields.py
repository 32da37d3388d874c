"""Which key-values a text writes: `**Key**: value`, `**Key:** value`, and in bullets also `Key: value`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

_KEY = re.compile(
    r"\*\*(?P<inner>[^*\n:：]{1,80})[:：][ \t]{0,3}\*\*"
    r"|(?:\*\*(?P<outer>[^*\n]{1,80})\*\*|__(?P<lines>[^_\n]{1,80})__)[ \t]{0,3}[:：]"
)
_PLAIN = re.compile(r"(?P<plain>[^\W\d_][\w /’'()-]{0,60})[:：](?=\s|\Z)")
_AHEAD = re.compile(r"[ \t]{0,20}(?:[^\w\s*`\[(<|]{1,3}[ \t]{1,3})?")
"""What may stand before the first key of a line: a sign such as a tick, but no word."""
_BETWEEN = re.compile(r"(?:[ \t]{0,9}[|·•;,][ \t]{0,9}|[ \t]{2,9})\Z")
"""What parts two key-values of one line."""
_LONGEST_GAP: Final = 20


class KeyValue(Struct, frozen=True):
    """Hold one key-value as offsets in its text.

    The value reaches from `start` to `end`; `line_end` is where its first line ends, since what follows on the next line
    may be a sentence of its own.
    """

    key: str
    key_start: int
    key_end: int
    start: int
    end: int
    line_end: int


def key_values(text: str) -> tuple[KeyValue, ...]:
    """Read the bold key-values of a paragraph: at the start of a line, and after `|` or `·` on the same one."""
    keys = list(_keys(text))
    ends = [*(match.start() for match in keys[1:]), len(text)]
    return tuple(_key_value(text, match, end) for match, end in zip(keys, ends, strict=False))


def bullet_key_value(text: str) -> KeyValue | None:
    """Read the key-value that a list item's text begins with, bold or plain; its value is the rest of the item."""
    ahead = _AHEAD.match(text)
    at = ahead.end() if ahead else 0
    match = _KEY.match(text, at) or _PLAIN.match(text, at)
    return _key_value(text, match, len(text)) if match else None


def _keys(text: str) -> Iterator[re.Match[str]]:
    """Give the keys that stand where one can stand."""
    last, line, seen = -1, 0, 0
    for match in _KEY.finditer(text):
        line = max(line, text.rfind("\n", seen, match.start()) + 1)
        seen = match.start()
        ahead = _AHEAD.match(text, line)
        first = ahead is not None and ahead.end() == match.start()
        gap = text[max(line, match.start() - _LONGEST_GAP) : match.start()]
        if first or (last >= line and _BETWEEN.search(gap)):
            last = match.start()
            yield match


def _key_value(text: str, match: re.Match[str], end: int) -> KeyValue:
    group = match.lastgroup or ""
    start = match.end()
    start += len(text[start:end]) - len(text[start:end].lstrip(" \t"))
    end = max(start, start + len(_trimmed(text[start:end])))
    newline = text.find("\n", start, end)
    line_end = start + len(_trimmed(text[start:newline])) if newline >= 0 else end
    return KeyValue(match[group].strip(), match.start(group), match.end(group), start, end, line_end)


def _trimmed(value: str) -> str:
    """Leave out what ends a value without being part of it: spaces, a hard break, the sign that parts it from the next."""
    return value.rstrip(" \t\n\\|·•;,")
