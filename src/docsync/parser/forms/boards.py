"""Which code blocks are status boards, whose lines say how far things are: `🟡 Cranes: 40% (2/5)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docsync.models.blocks import Block, Fence, Heading, ListItem, Paragraph
from docsync.models.claims import Scope
from docsync.parser.masking import mask
from docsync.parser.statements import Statement
from docsync.parser.vocabulary import Vocabulary

_PLAIN: Final = frozenset({"", "text", "txt", "plain", "plaintext"})
_FEWEST: Final = 3
_MOST: Final = 40
_LONGEST: Final = 400
_OF_LINES = (3, 4)
"""At least three of four lines must say how far something is: fewer do so in output, in examples and in letters."""

_SHOWS = re.compile(
    r"\b(?:expected|outputs?|examples?|format|templates?|prints?|returns|samples?|mock\w*|demo\w*|legend|would|before|after|usage"
    r"|targets?|goals?|future|planned|if|when|logs?|console|terminal|displays?|scor\w+|rubrics?|levels?|thresholds?|scales?"
    r"|estimat\w+|budget|costs?|benchmarks?|scenarios?|proposed|illustrat\w+|looks? like|e\.g\.)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:progress|status|state|overview|overall|dashboard|complet\w+|done|roadmap|milestones?|phases?|sprints?|tracker|tracking"
    r"|summary|where we (?:are|stand)|remaining|tests?)\b",
    re.IGNORECASE,
)
_RULER = re.compile(r"[\s─━═=_*~┄-]*")
_DRAWN = re.compile(
    r"[│┌┐└┘├┤┬┴┼║╔╗╚╝╠╣]|[^\s]::|\w\(|\)\s*[{;]|=>|->|→|[<>{}$\\]|;\s*$|^\s*[+#/]|\s--?\w|[\w-]+\.[a-z]{2,4}\b|://",
    re.MULTILINE,
)
_NAMED = re.compile(
    r"\s*(?:[^\w\s\"'`/.]{1,4}\s+|\[[ xX~]\]\s+|[-*•]\s+)*"
    r"(?P<name>[^\W\d_][^:%=|/\n]{0,60}?)"
    r"(?::\s|\s{2,}|\s[-–—]\s|\s?(?=[\[(]?[█▓■▰░▱□▒]))"
)
_BAR = re.compile(r"[█▓■▰░▱□▒]{3}")
_FAR = re.compile(r"(?<![\w./-])(?:(?P<percent>\d{1,3}(?:\.\d+)?)\s?%|\d+(?:\.5)?\s?/\s?(?P<total>\d+)(?![\w./%]))")
_SCALES: Final = frozenset({"10", "100", "1000"})


def is_board(fence: Fence, before: Block | None, scope: Scope, vocabulary: Vocabulary) -> bool:
    """Tell whether a code block is a status board, and not code, a drawing, output or an example of one.

    It has no language, is called nothing else by its headings and by the text before it, and at least three of its lines, and
    most of all, name a thing and say how far it is; and half of these by a fraction, a bar or the sign of a status too.
    """
    text = fence.inline.text
    if fence.info is None or fence.info.strip().lower() not in _PLAIN or not fence.closed or _DRAWN.search(text):
        return False
    lines = [line for line in text.split("\n") if not _RULER.fullmatch(line)]
    if not _FEWEST <= len(lines) <= _MOST or not _is_told(before, scope, lines[0]):
        return False
    telling = [line for line in lines if _says_how_far(line)]
    marked = [line for line in telling if _is_marked(line, vocabulary)]
    part, whole = _OF_LINES
    return len(telling) >= _FEWEST and len(telling) * whole >= len(lines) * part and len(marked) * 2 >= len(telling)


def board_statements(fence: Fence) -> Iterator[Statement]:
    """Give each line of a status board as a statement whose key is the name it begins with."""
    text, at = mask(fence.inline.text), 0
    for line in fence.inline.text.split("\n"):
        end = at + len(line)
        named = _NAMED.match(line) if len(line) <= _LONGEST else None
        if named is not None:
            yield Statement(fence.inline, text, at, end, named["name"].strip(), at + named.end())
        at = end + 1


def _is_told(before: Block | None, scope: Scope, first: str) -> bool:
    """Tell whether the text around speaks of how things stand, and of no example."""
    said = before.inline.text[-_LONGEST:] if isinstance(before, Heading | Paragraph | ListItem) else ""
    around = (said, scope.item, scope.lead, *scope.headings)
    return not any(map(_SHOWS.search, around)) and any(map(_TELLS.search, (*around, first)))


def _says_how_far(line: str) -> bool:
    named = _NAMED.match(line) if len(line) <= _LONGEST else None
    return named is not None and _FAR.search(line, named.end("name")) is not None


def _is_marked(line: str, vocabulary: Vocabulary) -> bool:
    if _BAR.search(line) or vocabulary.signs.search(line):
        return True
    return any(found["total"] and found["total"] not in _SCALES for found in _FAR.finditer(line))
