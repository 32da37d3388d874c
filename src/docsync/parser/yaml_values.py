"""What a YAML value means: a plain integer, true, false or null; everything else is the text that its author wrote.

So `no`, `1.10`, `22:22`, `007` and `2026-10-21` stay as they are. A value that looks like something else and cannot be it is
kept as text and reported: a day that does not exist, an integer of more than 18 digits, not-a-number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from docsync.models.records import Json
from docsync.parser.yaml_nodes import Mapping, Node, Scalar, Sequence

_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DIGITS: Final = 18
"""So many digits every reader of JSON keeps; more than that, and some round."""
_NOT_FINITE = re.compile(r"[-+]?\.(?:nan|inf)", re.IGNORECASE)
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt ].*)?")


def json_value(node: Node) -> Json:
    """Give a node's value in JSON form."""
    match node:
        case Sequence():
            return [json_value(item) for item in node.items]
        case Mapping():
            return {key.text: json_value(value) for key, value in node.pairs}
        case _:
            return _scalar(node)


def _scalar(node: Scalar) -> Json:
    if node.style:
        return node.text
    if node.text in _WORDS:
        return _WORDS[node.text]
    if _INTEGER.fullmatch(node.text) and len(node.text) <= _DIGITS:
        return int(node.text)
    return node.text


def bad_values(node: Node, path: str = "") -> Iterator[tuple[str, Scalar, str]]:
    """Yield each value that is not what it looks like: its dotted key, its node and what is wrong."""
    match node:
        case Sequence():
            for item in node.items:
                yield from bad_values(item, path)
        case Mapping():
            for key, value in node.pairs:
                yield from bad_values(value, f"{path}.{key.text}" if path else key.text)
        case _:
            if fault := _fault(node):
                yield path, node, fault


def _fault(node: Scalar) -> str:
    if node.style:
        return "half of an escaped character" if node.broken else ""
    if _INTEGER.fullmatch(node.text) and len(node.text) > _DIGITS:
        return f"an integer of {len(node.text.lstrip('-'))} digits; quote it to keep it as text"
    if _NOT_FINITE.fullmatch(node.text):
        return f"{node.text} is no number; quote it to keep it as text"
    if (day := _DAY.fullmatch(node.text)) and not _exists(day):
        return f"there is no day {day[1]}-{day[2]}-{day[3]}"
    return ""


def _exists(day: re.Match[str]) -> bool:
    try:
        date(int(day[1]), int(day[2]), int(day[3]))
    except ValueError:
        return False
    return True
