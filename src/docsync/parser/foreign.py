"""Which parts of a document another tool generates: nothing inside them speaks to docsync.

Marks that only steer a formatter or linter over a part, such as prettier-ignore-start, generate nothing and are no such part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from docsync.models.blocks import Blocks, Comment, Html

_BEGINNINGS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"START doctoc\b"), "END doctoc"),
    (re.compile(r"toc\Z"), "tocstop"),
    (re.compile(r"ts\Z"), "te"),
    (re.compile(r"\[\[\[cog\b"), "[[[end]]]"),
    (re.compile(r"BEGIN_TF_DOCS\Z"), "END_TF_DOCS"),
    (re.compile(r"BEGIN_AUTOMATED_TOC_BLOCK\b"), "END_AUTOMATED_TOC_BLOCK"),
    (re.compile(r"ALL-CONTRIBUTORS-LIST:START\b"), "ALL-CONTRIBUTORS-LIST:END"),
    (re.compile(r"ALL-CONTRIBUTORS-BADGE:START\b"), "ALL-CONTRIBUTORS-BADGE:END"),
)
"""How the comment begins that opens a tool's part, and how the one begins that closes it."""

_INSTRUCTION = re.compile(r"\s*<\?(/?)([A-Za-z][\w-]*)")
"""A processing instruction, by which mdsmith opens `<?name … ?>` and closes `<?/name?>` its parts."""


class _Mark(Struct, frozen=True):
    """Say which end a block waits for, or which one it is."""

    end: str
    opens: bool


def foreign(blocks: Blocks) -> frozenset[int]:
    """Give the indexes of the blocks between the marks of another tool; marks without their other half count for nothing."""
    inside: set[int] = set()
    opened, waited = -1, ""
    for index, mark in _marks(blocks):
        if mark.opens and opened < 0:
            opened, waited = index, mark.end
        elif not mark.opens and mark.end == waited and opened >= 0:
            inside.update(range(opened + 1, index))
            opened = -1
    return frozenset(inside)


def _marks(blocks: Blocks) -> Iterator[tuple[int, _Mark]]:
    """Give the marks of parts; one that is opened and never closed is left out, so that it hides nothing."""
    found = [(index, mark) for index, block in blocks.markup if (mark := _mark(block))]
    last = {mark.end: index for index, mark in found if not mark.opens}
    return ((index, mark) for index, mark in found if index <= last.get(mark.end, -1))


def _mark(block: Comment | Html) -> _Mark | None:
    if isinstance(block, Comment):
        return _comment_mark(block.text.strip())
    named = _INSTRUCTION.match(block.inline.text)
    return _Mark(f"<?/{named[2]}", opens=not named[1]) if named else None


def _comment_mark(text: str) -> _Mark | None:
    for beginning, end in _BEGINNINGS:
        if text.startswith(end):
            return _Mark(end, opens=False)
        if beginning.match(text):
            return _Mark(end, opens=True)
    return None
