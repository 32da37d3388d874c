"""Which front matter is so plain that it can be read without a YAML parser, as nearly all of it is.

PyYAML reads sign by sign and takes longer for five lines than everything else takes for the headings of the document.
"""

from __future__ import annotations

import re
from typing import Final

from docsync.parser.yaml_nodes import Mapping, Node, Scalar, Sequence
from docsync.text.spans import Span

_LINE: Final = re.compile(
    r"(?P<key>[A-Za-z_][A-Za-z0-9_-]{0,99}): "
    r"(?:(?P<value>[A-Za-z0-9](?:[A-Za-z0-9 ,_.()/+-]*[A-Za-z0-9_.()/+-])?)"
    r"|(?P<list>\[(?P<words>[A-Za-z0-9][A-Za-z0-9_.-]*(?:, [A-Za-z0-9][A-Za-z0-9_.-]*)*)\]))\n"
)
"""Matches a line on which no sign means anything in YAML but the colon after the key, and the brackets and commas of a list."""


def read_plain(text: str) -> Mapping | None:
    """Read a text of which each line gives a key a value or a list of words; None for any other."""
    pairs: dict[str, tuple[Scalar, Node]] = {}
    at = 0
    while at < len(text):
        line = _LINE.match(text, at)
        if line is None or line["key"] in pairs:
            return None
        pairs[line["key"]] = _scalar(line, "key"), _list(line) if line["list"] else _scalar(line, "value")
        at = line.end()
    # The last line end is none of the mapping's.
    return Mapping(Span(0, at - 1), tuple(pairs.values()), flow=False) if pairs else None


def _scalar(line: re.Match[str], group: str) -> Scalar:
    return Scalar(Span(*line.span(group)), line[group], "")


def _list(line: re.Match[str]) -> Sequence:
    items: list[Scalar] = []
    at = line.start("words")
    for word in line["words"].split(", "):
        items.append(Scalar(Span(at, at + len(word)), word, ""))
        at += len(word) + 2
    return Sequence(Span(*line.span("list")), tuple(items), flow=True)
