"""Which criteria a record's body lists: its checkboxes, under the heading or lead-in that names their category."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from docsync.models.blocks import Blocks, Heading, ListItem, Paragraph
from docsync.models.records import Criterion

_MET: Final = frozenset("xX✓✔✅☑")
_DROPPED: Final = frozenset("~-–")
_GENERIC: Final = frozenset(
    """
    acceptance success exit entry gate phase criteria criterion requirements requirement checklist checks definition of done
    when must pass passes the and all
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
"""Words that say that criteria follow, but not which."""
_OTHER = re.compile(
    r"[\W_\d]{0,8}(?:next|follow[ -]?ups?|to[ -]?dos?|tasks?|steps?|sub-?tasks?|actions?|plan|later|future)\b", re.IGNORECASE
)
"""How a heading or lead-in begins whose checkboxes are work still to be done, not what must hold."""
_WORD = re.compile(r"[^\W\d_][\w-]*")
_NOTE = re.compile(r"\([^()]*\)")
_STRUCK = re.compile(r"~~.*~~", re.DOTALL)


def read_criteria(blocks: Blocks, indexes: Iterable[int], root: int = -1) -> tuple[Criterion, ...]:
    """Read the criteria of one home, whose blocks, without its own heading, are `indexes`; a box inside a box is a step.

    `root` is the list item that the home is, -1 for a home that stands in no list.
    """
    return tuple(_criteria(blocks, indexes, root))


@lru_cache(maxsize=1 << 8)
def category_of(text: str) -> str:
    """Give the category that a heading or lead-in names, lower-case, empty for `Acceptance criteria` and the like."""
    words = _WORD.findall(_NOTE.sub(" ", text).casefold())
    return " ".join(word for word in words if word not in _GENERIC)


@lru_cache(maxsize=1 << 8)
def _is_other(text: str) -> bool:
    return _OTHER.match(text) is not None  # kept, like the category, since all boxes of a list stand under the same texts


def _criteria(blocks: Blocks, indexes: Iterable[int], root: int) -> Iterator[Criterion]:
    headings: list[tuple[int, str]] = []
    lead = ""
    for index in indexes:
        block = blocks[index]
        if isinstance(block, Heading):
            while headings and headings[-1][0] >= block.level:
                headings.pop()
            headings.append((block.level, block.inline.text))
            lead = ""
        elif isinstance(block, ListItem) and block.mark is not None:
            outer = _enclosing(blocks, block, root)
            texts = [item.inline.text for item in outer if _leads_in(item.inline.text)]
            above = [*(text for _, text in headings), lead, *texts]
            if all(item.mark is None for item in outer) and _counts(above):
                yield from _criterion(block, above)
        elif block.item <= root and not isinstance(block, ListItem):
            lead = block.inline.text if isinstance(block, Paragraph) and _leads_in(block.inline.text) else ""


def _criterion(item: ListItem, above: list[str]) -> Iterator[Criterion]:
    if item.mark is None or item.mark_span is None:
        return
    text = " ".join(item.inline.text.split())
    category = next((found for found in map(category_of, reversed(above)) if found), "")
    dropped = item.mark in _DROPPED or _STRUCK.fullmatch(text) is not None
    yield Criterion(text, category, item.mark in _MET and not dropped, item.inline.whole, item.mark_span, dropped)


def _counts(above: list[str]) -> bool:
    return not any(map(_is_other, above))


def _leads_in(text: str) -> bool:
    """Tell whether a text announces what follows it: it ends in a colon, or is a bold line of its own."""
    plain = text.rstrip("*_ ")
    return "\n" not in text and (plain.endswith((":", "：")) or (text.startswith("**") and text.endswith("**")))


def _enclosing(blocks: Blocks, item: ListItem, root: int) -> list[ListItem]:
    """Give the enclosing items inside the root, outermost first."""
    found: list[ListItem] = []
    while item.item > root and isinstance(outer := blocks[item.item], ListItem):
        found.append(outer)
        item = outer
    return found[::-1]
