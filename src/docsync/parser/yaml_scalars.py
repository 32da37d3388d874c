"""How a value is written in YAML, in a style of choice, so that it is read back as the same."""

from __future__ import annotations

import re
from json import dumps
from math import isfinite
from typing import Final

import yaml
from yaml.resolver import Resolver

from docsync.models.records import Json
from docsync.parser.yaml_nodes import Scalar, Sequence, Unreadable, compose
from docsync.parser.yaml_values import bad_values, json_value

_STRING_TAG: Final = "tag:yaml.org,2002:str"
_DATE_TAG: Final = "tag:yaml.org,2002:timestamp"
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


class Unwritable(ValueError):
    """Say why a value cannot be put into front matter."""


def as_read(value: Json) -> Json:
    """Give a value as it is read back: numbers with a fraction become text, for front matter keeps `1.10` as it is."""
    match value:
        case float() if not isfinite(value):
            raise Unwritable(f"{value} is no number that front matter can hold")
        case float():
            return repr(value)
        case list():
            return [as_read(item) for item in value]
        case dict():
            return {key: as_read(item) for key, item in value.items()}
        case _:
            return value


def written(value: Json, style: str = "", *, flow: bool) -> str:
    """Write a value on one line; `style` is a string's wished-for quote, `flow` tells that it stands in brackets."""
    match value:
        case None | bool() | int():
            return dumps(value)
        case float():
            return repr(value)
        case list():
            return f"[{', '.join(written(item, flow=True) for item in value)}]"
        case dict():
            pairs = (f"{written(key, flow=True)}: {written(item, flow=True)}" for key, item in value.items())
            return "{" + ", ".join(pairs) + "}"
        case _:
            return _string(value, style, flow=flow)


def _string(text: str, style: str, *, flow: bool) -> str:
    if style == "'" and (single := _single(text)):
        return single
    if style != '"' and _plain_is_safe(text, flow=flow):
        return text
    return _double(text)


def _single(text: str) -> str:
    quoted = "'" + text.replace("'", "''") + "'"
    return quoted if _reads_as(f"- {quoted}", text) else ""


def _double(text: str) -> str:
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", dumps(text, ensure_ascii=False))


def _plain_is_safe(text: str, *, flow: bool) -> bool:
    """Tell whether a text needs no quotes, neither for us nor for readers that take `no` for false and `1.10` for a number.

    Dates are written without quotes, as everybody writes them.
    """
    tag = Resolver().resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # so in PyYAML's stubs
    return tag in (_STRING_TAG, _DATE_TAG) and _reads_as(f"[{text}]" if flow else f"- {text}", text)


def _reads_as(yaml_text: str, text: str) -> bool:
    """Tell whether a sequence of one scalar says exactly a text."""
    try:
        node = compose(yaml_text)
    except Unreadable:
        return False
    if not isinstance(node, Sequence) or len(node.items) != 1 or not isinstance(node.items[0], Scalar):
        return False
    return json_value(node) == [text] and not any(bad_values(node))
