"""Which ids a written reference names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docsync.models.kinds.bad_value import BadValue, shown
from docsync.models.kinds.scalars import bare, is_nothing, scalar_text

_LONGEST_RANGE: Final = 1000
"""Ids: a range over more is refused, since no plan has as many and a slip of the keyboard soon does."""

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_BRACKET = re.compile(r"[()]")
_SEPARATOR = re.compile(r"[,;&\n→]|\s(?:and|und|plus|\+|/)\s", re.IGNORECASE)
_AHEAD = re.compile(r"[^\w#]+")
_STEM = r"(?:[^\W\d_]{1,20}[ ]|[A-Za-z]{1,20}(?:[-_][A-Za-z]{1,20}){0,3}[-_]?|)"
_RANGE = re.compile(
    rf"(?P<stem>{_STEM})(?P<first>\d{{1,9}})\s?(?P<to>–|—|-|\.\.\.?|…|to)\s?(?P<again>{_STEM})(?P<last>\d{{1,9}})(?![\w.-])",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"#?(?P<stem>[A-Za-z]{0,20}(?:[-_][A-Za-z]{1,20}){0,3}[-_]?)\d{1,9}(?:[.-]\d{1,9}){0,4}[a-z]?(?![\w]|(?<=[a-z])\.\d)",
    re.IGNORECASE,
)
_WORDED = re.compile(r"(?P<word>[^\W\d_]{1,20}) (?P<mark>#?\d{1,9}(?:\.\d{1,9}){0,3}[a-z]?|[A-Z])(?!\w)")
_PROSE: Final = 3
"""Words."""
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9}){0,3}")
_NAME = re.compile(r"[\w#][\w./#-]{0,100}")
_NOTE_AFTER_WORDED = re.compile(r"\s*(?:$|[^\w\s])")
_COUNTED: Final = frozenset({"phase", "gate", "session", "task", "hole", "workstream", "decision", "metric", "event"})
"""The words whose number may be followed by a remark; after others, as in `all 19 parts`, a word makes it a count."""


def read_references(value: object) -> list[str]:
    """Read ids from `H1, H2 and H5`, `H2 (resolved)`, `H1–H4`, `T-1,2,3`, `None` or a list; each id once, in order.

    Raises BadValue for a part that holds no id.
    """
    if isinstance(value, list):
        return _unique(reference for index, item in enumerate(value) for reference in _item(item, index))
    return _unique(_in_text(scalar_text(value)))


def read_reference(value: object) -> str | None:
    """Read one id; raises BadValue when there are more."""
    found = read_references(value)
    if len(found) > 1:
        raise BadValue(f"expected one id, found {len(found)}: {shown(', '.join(found))}")
    return found[0] if found else None


def _unique(found: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(found))


def _item(value: object, index: int) -> list[str]:
    try:
        return list(_in_text(scalar_text(value)))
    except BadValue as error:
        raise BadValue(error.message, error.advice, index=index, soft=error.soft) from error


def _in_text(text: str) -> Iterator[str]:
    plain = _without_brackets(_LINK.sub(r"\1", text).strip("[] "))
    if is_nothing(bare(text)) or is_nothing(bare(plain)):
        return
    stem = ""
    for part in _SEPARATOR.split(plain):
        for reference in _in_part(part, stem):
            yield reference
            stem = _stem(reference)


def _without_brackets(text: str) -> str:
    """Leave out what stands in round brackets, nested ones included; an unclosed one reaches to the end."""
    kept: list[str] = []
    depth = at = 0
    for found in _BRACKET.finditer(text):
        if depth == 0:
            kept.append(text[at : found.start()])
        depth = depth + 1 if found[0] == "(" else max(0, depth - 1)
        at = found.end()
    return "".join(kept) + (text[at:] if depth == 0 else "")


def _in_part(part: str, stem: str) -> list[str]:
    text = bare(part)
    if ahead := _AHEAD.match(text):
        text = text[ahead.end() :]
    if not text or is_nothing(text):
        return []
    if stem and _NUMBER.fullmatch(text):
        return [stem + text]
    if found := _range(text) or _slashed(text) or _leading(text):
        return found
    if _NAME.fullmatch(text):
        return [text]
    raise BadValue(f"no id in {shown(text)}", "name records by their ids, separated by commas", soft=_is_prose(text))


def _is_prose(text: str) -> bool:
    """Tell whether a text is hardly a mistyped id: it has no number, or several words, as in `all phase 2 tasks`."""
    return not _DIGIT.search(text) or len(text.split()) >= _PROSE


def _stem(reference: str) -> str:
    return reference.rstrip("0123456789.") if reference[-1].isdigit() else ""


def _range(text: str) -> list[str]:
    found = _RANGE.match(text)
    if found is None or not _is_range(found):
        return []
    first, last = int(found["first"]), int(found["last"])
    if not 0 <= last - first < _LONGEST_RANGE:
        raise BadValue(f"{shown(found[0])} is no range of ids")
    width = len(found["first"]) if found["first"].startswith("0") else 0
    stem = _singular(found["stem"])
    return [f"{stem}{number:0{width}}" for number in range(first, last + 1)]


def _is_range(found: re.Match[str]) -> bool:
    """Tell a range from an id with a hyphen: `H1-H4` and `phases 1-3` are ranges, `T1-2` and `2026-10` are not."""
    stem, again = found["stem"].casefold(), found["again"].casefold()
    if again:
        return _singular(stem) == _singular(again)
    return found["to"] != "-" or stem.endswith(" ")


def _singular(stem: str) -> str:
    return stem[:-2] + " " if stem.endswith(("s ", "S ")) else stem


def _slashed(text: str) -> list[str]:
    parts = text.split("/")
    return parts if len(parts) > 1 and all(_COMPACT.fullmatch(part) for part in parts) else []


def _leading(text: str) -> list[str]:
    """Give the ids that a part begins with; what follows them is a remark."""
    if (found := _WORDED.match(text)) and _stands_alone(found):
        return [f"{_singular(found['word'] + ' ')}{found['mark']}"]
    ids: list[str] = []
    at = 0
    while found := _COMPACT.match(text, at):
        ids.append(found[0])
        at = found.end()
        while text[at : at + 1].isspace():
            at += 1
    return ids


def _stands_alone(found: re.Match[str]) -> bool:
    if _NOTE_AFTER_WORDED.match(found.string, found.end()):
        return True
    return _singular(found["word"].casefold() + " ").strip() in _COUNTED
