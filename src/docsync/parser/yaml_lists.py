"""How a list in YAML is written again when some of its items change, so that the others stay as they are.

An item is known again by its value, wherever it moves. What stands beside or above an item in a comment goes with it.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from itertools import pairwise
from json import dumps
from typing import Final

from docsync.models.records import Json
from docsync.parser.yaml_nodes import Node, Scalar, Sequence
from docsync.parser.yaml_scalars import written
from docsync.parser.yaml_values import json_value
from docsync.text.spans import Span

_LINE_END = re.compile(r"\r\n|\n|\r|\Z")
_LINES = re.compile(r"\r\n|\n|\r")
_QUOTES: Final = ("'", '"')


def flow_list(text: str, node: Sequence, values: list[Json], newline: str) -> tuple[Span, str]:
    """Write a list in square brackets again; it and `values` hold at least one item."""
    spans = [item.span for item in node.items]
    gaps = [text[before.end : after.start] for before, after in pairwise(spans)]
    common = _separator(gaps[0], newline) if gaps else ", "
    order = _order(node, values)
    parts = [text[node.span.start : spans[0].start]]
    for (old, value), (following, _) in pairwise([*zip(order, values, strict=True), (None, None)]):
        gap = "" if old is None or old >= len(gaps) else gaps[old]
        parts.append(_item(text, node, old, value, flow=True))
        parts.append(gap if gap and following == _after(old) else _parted(gap, common))
    parts[-1] = _comment(gap) + text[spans[-1].end : node.span.end]
    return node.span, "".join(parts)


def _after(old: int | None) -> int:
    return -1 if old is None else old + 1


def _separator(gap: str, newline: str) -> str:
    """Give what stands between two items, without the comments that may be there."""
    return gap if "#" not in gap else f",{newline}{_LINES.split(gap)[-1]}"


def _comment(gap: str) -> str:
    """Give the rest of an item's line after it, where that holds a comment."""
    first, *_ = _LINES.split(gap)
    return first if "#" in first else ""


def _parted(gap: str, common: str) -> str:
    """Give what follows an item whose neighbour is another one now: its comment, and what separates items elsewhere."""
    comment = _comment(gap)
    return comment + common.lstrip(",") if comment else common


def block_list(text: str, node: Sequence, values: list[Json], newline: str) -> tuple[Span, str]:
    """Write a list of dashes again; it and `values` hold at least one item."""
    ends = [_line_end(text, item.span.end) for item in node.items]
    # An item reaches from the line after the one before it to the end of its own last line.
    starts = [node.span.start, *(_next_line(text, end) for end in ends[:-1])]
    indent = _indent(text, node)
    lines = []
    for old, value in zip(_order(node, values), values, strict=True):
        if old is None:
            lines.append(f"{indent}- {_item(text, node, None, value, flow=False)}")
        else:
            lines.append((indent if old == 0 else "") + text[starts[old] : ends[old]])
    return Span(node.span.start - len(indent), ends[-1]), newline.join(lines)


def _indent(text: str, node: Sequence) -> str:
    start = node.span.start
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    return text[line:start] if text[line:start].isspace() else ""


def _line_end(text: str, offset: int) -> int:
    found = _LINE_END.search(text, offset)
    return found.start() if found else len(text)


def _next_line(text: str, end: int) -> int:
    found = _LINE_END.match(text, end)
    return found.end() if found else end


def _order(node: Sequence, values: list[Json]) -> list[int | None]:
    """Give for each value the old item that says the same, each used once; None for a new one."""
    known: defaultdict[str, deque[int]] = defaultdict(deque)
    for index, item in enumerate(node.items):
        known[dumps(json_value(item))].append(index)
    return [known[spelled].popleft() if known.get(spelled := dumps(value)) else None for value in values]


def _item(text: str, node: Sequence, old: int | None, value: Json, *, flow: bool) -> str:
    if old is not None:
        span = node.items[old].span
        return text[span.start : span.end]
    return written(value, _style(node.items[0]), flow=flow)


def _style(item: Node) -> str:
    return item.style if isinstance(item, Scalar) and item.style in _QUOTES else ""
