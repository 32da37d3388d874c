"""What an item is, by how it begins: a file, a commit, a box, an id, a name in code."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cached_property
from typing import Final

from msgspec import Struct

from docsync.models.blocks import Inline
from docsync.parser.entities import Named, entity_at
from docsync.parser.masking import mask
from docsync.parser.vocabulary import Vocabulary
from docsync.text.spans import Span

LONGEST: Final = 300
"""How many characters of an item are looked at."""

_LONGEST_LABEL = 80

MANY: Final = 1000
"""For how many things an item may stand that names no number of them: `src/*.py`, `and others`."""

_EXTENSION = r"\.[A-Za-z][A-Za-z0-9]{0,9}"
_FILE = re.compile(
    rf"[`*_\[]*(?P<path>(?:[\w@.+-]+/)*(?:Docker|Container|Make|Just|Proc)file[\w.-]*|(?:[\w@.+-]+/)*[\w@.+-]*{_EXTENSION}|(?:[\w@.+-]+/)+[\w@.+-]*)(?=[`*_\]\s:,;()—–]|\(|\Z)"
)
_COMMIT = re.compile(r"[`*_\[]*(?=[0-9a-f]*\d)[0-9a-f]{7,40}(?=[`*_\]\s:,;)—–-]|\Z)")
_CODE = re.compile(r"[*_\[]*`[^`\n]+`")
_NEXT_CODE = re.compile(r"\)\s?(?:/|,|&|\+|and)\s?(?=`)")
"""Matches what joins a name in code to the one before it and its remark: `open` (early) / `close` (late)."""
_SPAN = re.compile(r"\d[\w.]*`?\s?(?:[-–—]|\.\.|to)\s?`?[\w./]*[A-Za-z]\d")
"""Matches the middle of a range of names: `kiln1`-`kiln5`."""
_BOLD = re.compile(r"\*\*[^*\n]+\*\*|__[^_\n]+__")
_SIGNS = re.compile(r"(?:[^\w\s`*_\[(\"'<$/.~@#\\-]\ufe0f?|\s|\[[ xX~]\])*")
_ADDITION = re.compile(r"\s*(?:\+|plus\b|and\b|&|others?\b|etc\b|\.\.\.|…|more\b|\()", re.IGNORECASE)
_HEAD_ENDS = re.compile(r"(?<=\s)[-–—→](?=\s)|[:：](?=\s|\*|$)|\s\(|\s#\s|\s{3}|\n")
_SEPARATORS = re.compile(r"\s*(?:,|&|\+|/)\s*|\s+(?:and|or|to|through|plus|vs\.?)\s+|\.\.|[-–—]")
_JOINED = re.compile(r"\s?(?:,|&|\+|/|\band\b)\s?(?:and\s)?")
_SEVERAL = re.compile(
    r"[{*?}]|\.\.|\(plus\b|\b(?:and|plus|\+)\s\d|\b\d+\+?\s(?:\w+\s){0,2}?(?:files?|modules?|tests?|documents?|docs|scripts?|others?|more)\b"
    r"|\bx\s?\d|×\s?\d|\betc\b|\.\.\.|…|\bmore\b|\bothers?\b|\bremaining\b|\bvarious\b|\bmultiple\b|\bseveral\b|\bother\b|\ball\s",
    re.IGNORECASE,
)


class Shape(StrEnum):
    """Name what an item begins with."""

    FILE = "file"
    COMMIT = "commit"
    BOX = "box"
    ID = "id"
    CODE = "code"
    BOLD = "bold"
    PLAIN = "plain"


class Item(Struct, frozen=True, dict=True):
    """Hold one item: its shapes, its number where the list is ordered, and for an id the family that it is of.

    `body` is its text without the signs that begin it.
    """

    span: Span
    text: str
    body: str
    label: str
    shape: Shape
    family: str = ""
    names: tuple[str, ...] = ()
    number: int | None = None
    mark: str | None = None
    sign: str = ""
    """The sign of status that begins it."""

    @cached_property
    def high(self) -> int:
        """Give how many things it may stand for; few items are asked."""
        return _high(self.body, self.names, self.shape)


def read_item(inline: Inline, vocabulary: Vocabulary, number: int | None = None, mark: str | None = None) -> Item:
    """Read an item's first line."""
    line = inline.text[:LONGEST].split("\n", 1)[0]
    return line_item(line, inline.span(0, len(line)), vocabulary, number, mark)


def line_item(line: str, span: Span, vocabulary: Vocabulary, number: int | None = None, mark: str | None = None) -> Item:
    """Read one line as an item."""
    signs = _SIGNS.match(line)
    body = line[signs.end() if signs else 0 :]
    named = _named(body, vocabulary)
    names = named.names if named else ()
    shape = _shape(body, named)
    return Item(
        span=span,
        text=line,
        body=body,
        label=_label(body),
        shape=shape,
        family=_family(named) if named else "",
        names=names,
        number=number,
        mark=mark,
        sign=next((one for one in signs[0] if one in vocabulary.emoji), "") if signs else "",
    )


def _label(body: str) -> str:
    head = head_of(body).replace("**", "").replace("`", "").strip(" *[]")
    return head[:_LONGEST_LABEL] or body[:_LONGEST_LABEL].strip()


def head_of(text: str) -> str:
    """Give what an item is about: the text before its first dash, colon or bracket."""
    found = _HEAD_ENDS.search(text)
    return text[: found.start()] if found else text


def _named(body: str, vocabulary: Vocabulary) -> Named | None:
    """Read the ids with which an item begins, one after the other: `B2 & B3`."""
    text = mask(body)
    named = entity_at(text, len(text) - len(text.lstrip(" ([\"'")), vocabulary)
    while named and (joined := _JOINED.match(text, named.end)):
        after = entity_at(text, joined.end(), vocabulary)
        if after is None:
            break
        named = Named((*named.names, *after.names), named.start, after.end, named.label)
    return named


def _family(named: Named) -> str:
    return named.label or re.sub(r"[\d.]+[a-z]?$", "", named.name)


def _shape(body: str, named: Named | None) -> Shape:
    if named:
        return Shape.ID
    if _COMMIT.match(body):
        return Shape.COMMIT
    if _FILE.match(body):
        return Shape.FILE
    if _CODE.match(body):
        return Shape.CODE
    return Shape.BOLD if _BOLD.match(body) else Shape.PLAIN


def _high(body: str, names: tuple[str, ...], shape: Shape) -> int:
    """Count how many things an item may stand for, generously."""
    if shape is Shape.COMMIT:
        return 1
    head = head_of(body).replace("**", "")
    if _SEVERAL.search(head if shape in (Shape.FILE, Shape.CODE, Shape.BOLD) else body.replace("**", "")):
        return MANY
    if shape in (Shape.FILE, Shape.CODE) and _SPAN.search(body[: len(head) + _LONGEST_LABEL]):
        return MANY
    if shape in (Shape.FILE, Shape.CODE):
        return (
            1
            + len(_NEXT_CODE.findall(body))
            + head.count(",")
            + head.count("&")
            + head.count(" and ")
            + head.count(" + ")
            + head.count("` / `")
        )
    return len(names) if names else 1 + len(_SEPARATORS.findall(head))
