"""Where the text of a mapping changes, and how, when one of its values does.

Each change is offered in several ways, the one that keeps most of the author's writing first; who applies one proves it by
reading the result again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import dumps
from typing import Final, TypeAlias

from msgspec import Struct

from docsync.models.records import Json
from docsync.parser.yaml_lists import block_list, flow_list
from docsync.parser.yaml_nodes import Mapping, Node, Scalar, Sequence
from docsync.parser.yaml_scalars import Unwritable, as_read, written
from docsync.parser.yaml_values import json_value
from docsync.text.spans import Span

_LINE_END = re.compile(r"\r\n|\n|\r|\Z")
_HEADER = re.compile(r"(?P<sign>[|>])(?P<options>[-+0-9]{0,2})(?P<rest>[^\r\n]*)(?P<end>\r\n|\n|\r)")
_INDENT = re.compile(r"(?:(?<=\n)|(?<=\r))[ ]+(?=[^ \r\n])")
_BLOCK: Final = ("|", ">")

Way: TypeAlias = tuple[Span, str]
"""A span of the text, and what to put there."""


class Splice(Struct, frozen=True):
    """Replace the text at `span`, whereupon the value at `path` is the new one."""

    span: Span
    text: str
    path: tuple[str, ...]


def splices(text: str, root: Mapping, key: str, value: Json, newline: str) -> Iterator[Splice]:
    """Offer the ways to set a key, or a path of keys with dots, in a mapping of `text`.

    Raises Unwritable for a path that leads through something that is no mapping, and for a value that YAML cannot hold.
    """
    path, parent = _place(root, key)
    known = next((pair for pair in parent.pairs if pair[0].text == path[-1]), None)
    if known:
        ways = _replaced(text, known, value, newline, flow=parent.flow)
    else:
        pair = f"{written(path[-1], flow=parent.flow)}: {written(value, flow=parent.flow)}"
        ways = _added(text, parent, pair, newline, whole=parent is root)
    for span, new in ways:
        yield Splice(span, new, path)


def _place(root: Mapping, key: str) -> tuple[tuple[str, ...], Mapping]:
    """Resolve a key, as it is where the mapping has it, else along its dots; give its path and the mapping it belongs to."""
    if any(known.text == key for known, _ in root.pairs):
        return (key,), root
    *names, last = key.split(".")
    parent = root
    for name in names:
        inner = next((node for known, node in parent.pairs if known.text == name), None)
        if not isinstance(inner, Mapping):
            raise Unwritable(f"{name} in {key} holds no keys")
        parent = inner
    return (*names, last), parent


def _replaced(text: str, pair: tuple[Scalar, Node], value: Json, newline: str, *, flow: bool) -> Iterator[Way]:
    key, node = pair
    if dumps(json_value(node)) == dumps(as_read(value)):
        yield node.span, text[node.span.start : node.span.end]
        return
    match node:
        case Sequence() if isinstance(value, list) and value and node.items:
            yield flow_list(text, node, value, newline) if node.flow else block_list(text, node, value, newline)
        case Scalar() if node.style in _BLOCK:
            yield from _in_block_scalar(text, key, node, value, newline)
            return
        case Scalar() if not node.span:
            new = written(value, flow=flow)
            yield node.span, f" {new}"
            yield node.span, f": {new}"
            return
        case Scalar():
            yield node.span, written(value, node.style, flow=flow)
            return
    yield from _whole(text, key, node, written(value, flow=flow))


def _whole(text: str, key: Scalar, node: Node, new: str) -> Iterator[Way]:
    """Put a value in the place of a list or mapping: beside the key, or, where a comment stands there, below it."""
    colon = text.find(":", key.span.end, node.span.start)
    gap = text[colon + 1 : node.span.start]
    comment = gap.rstrip() if "#" in gap else ""
    if comment:
        yield node.span, new
    yield Span(colon + 1, node.span.end), f" {new}{comment}"


def _in_block_scalar(text: str, key: Scalar, node: Scalar, value: Json, newline: str) -> Iterator[Way]:
    """Keep a block scalar and what stands beside its sign; where the text cannot be one, put it in quotes."""
    header = _HEADER.match(text, node.span.start)
    rest = header["rest"].rstrip() if header else ""
    if header and isinstance(value, str):
        indent = _indent(text, header.end(), node.span.end) or " " * (_column(text, key.span.start) + 2)
        # Blank lines at the end stay behind the scalar, and belong to it where its sign has a +.
        for ended in dict.fromkeys((value.removesuffix("\n"), value.rstrip("\n"))):
            body = newline.join(indent + line if line else "" for line in ended.split("\n"))
            for sign in dict.fromkeys((header["sign"] + header["options"], "|", "|-", "|+")):
                yield node.span, f"{sign}{rest}{newline}{body}"
    yield node.span, written(value, '"', flow=False) + rest


def _indent(text: str, start: int, end: int) -> str:
    found = _INDENT.search(text, start, end)
    return found[0] if found else ""


def _column(text: str, offset: int) -> int:
    return offset - max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) - 1


def _added(text: str, parent: Mapping, pair: str, newline: str, *, whole: bool) -> Iterator[Way]:
    if not parent.pairs:
        yield Span(parent.span.start + 1, parent.span.start + 1), pair
        return
    last = parent.pairs[-1][1].span.end
    if parent.flow:
        yield Span(last, last), f", {pair}"
        return
    indent = " " * _column(text, parent.pairs[0][0].span.start)
    if whole:
        yield Span(len(text), len(text)), f"{indent}{pair}{newline}"
    found = _LINE_END.search(text, last)
    end = found.start() if found else len(text)
    yield Span(end, end), f"{newline}{indent}{pair}"
