"""How a list on one line is written again when some of its items change: with its own separators, words and remarks."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from docsync.models.kinds.bad_value import BadValue
from docsync.models.kinds.references import read_references

_SEPARATOR = re.compile(r"\s*[,;&→]\s*(?:(?:and|und)\s+)?|\s+(?:and|und|plus|\+|/)\s+", re.IGNORECASE)
_BRACKETS: Final = {"(": 1, ")": -1, "[": 1, "]": -1}
_WRAPS: Final = ("**", "__", "`", "*", "_")


class _Pieces(Struct, frozen=True):
    """Hold a line taken apart: items as written, and what stands between each two of them."""

    items: tuple[str, ...]
    gaps: tuple[str, ...]


def respelled(raw: str, present: Sequence[str], wanted: Sequence[str], model: str = "") -> str:
    """Write references again; an item that stays keeps its words, and a new one looks like the first.

    `raw` says `present`. `model` is how another record writes such a list, for one that has none to follow.
    """
    pieces = _taken_apart(raw, present)
    style = pieces or _as_model(model)
    if pieces is None:
        return _joined([_like(style, item) for item in wanted], style)
    known: dict[str, deque[str]] = {}
    for item, text in zip(present, pieces.items, strict=True):
        known.setdefault(item, deque()).append(text)
    return _joined([known[item].popleft() if known.get(item) else _like(pieces, item) for item in wanted], pieces)


def _taken_apart(raw: str, present: Sequence[str]) -> _Pieces | None:
    """Take a line apart, if each of its parts is one of the items."""
    pieces = _split(raw)
    if not present or [_id(item) for item in pieces.items] != list(present):
        return None
    return pieces


def _as_model(model: str) -> _Pieces | None:
    pieces = _split(model)
    return pieces if all(_id(item) for item in pieces.items) else None


def _split(raw: str) -> _Pieces:
    items: list[str] = []
    gaps: list[str] = []
    at = depth = last = 0
    while at < len(raw):
        depth += _BRACKETS.get(raw[at], 0)
        found = _SEPARATOR.match(raw, at) if depth <= 0 else None
        if found and found.start() > last:
            items.append(raw[last:at])
            gaps.append(found[0])
            at = last = found.end()
        else:
            at += 1
    return _Pieces((*items, raw[last:]), tuple(gaps))


def _id(item: str) -> str:
    try:
        found = read_references(item)
    except BadValue:
        return ""
    return found[0] if len(found) == 1 else ""


def _like(style: _Pieces | None, item: str) -> str:
    first = style.items[0] if style else ""
    wrap = next((one for one in _WRAPS if first.startswith(one) and first.find(one, len(one)) > len(one)), "")
    return f"{wrap}{item}{wrap}"


def _joined(items: Sequence[str], style: _Pieces | None) -> str:
    """Join items as they were; a word between the last two stays there."""
    gaps = style.gaps if style else ()
    last = gaps[-1] if gaps else ", "
    worded = any(character.isalpha() for character in last)
    common = gaps[0] if len(gaps) > 1 else ", " if worded else last
    if len(items) < 2:  # noqa: PLR2004  # nothing to join
        return "".join(items)
    return f"{common.join(items[:-1])}{last}{items[-1]}"
