"""Which text a block's lines hold once their container prefixes are left out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TypeAlias

from docsync.models.blocks import Inline

Line: TypeAlias = tuple[int, int]
"""The offsets in the source file where one line of a block's content starts and ends, its line end left out."""


def trimmed(text: str, start: int, end: int) -> Line:
    """Leave out the spaces and tabs at both ends of `text[start:end]`."""
    kept = text[start:end].rstrip(" \t")
    end = start + len(kept)
    return end - len(kept.lstrip(" \t")), end


def inline(text: str, lines: Sequence[Line]) -> Inline:
    r"""Join the lines of a block by `\n` and remember where each stands; there must be at least one."""
    if len(lines) == 1:
        ((start, end),) = lines
        return Inline(text[start:end], ((0, start),))
    parts = [text[start:end] for start, end in lines]
    within = accumulate([len(part) + 1 for part in parts[:-1]], initial=0)
    return Inline("\n".join(parts), tuple(zip(within, [start for start, _ in lines], strict=True)))


def empty(offset: int) -> Inline:
    """Give an inline without text that stands at `offset`."""
    return Inline("", ((0, offset),))


def after(found: Inline, offset: int) -> Inline:
    """Give what follows `found.text[:offset]`, the spaces and line ends in between left out."""
    rest = found.text[offset:].lstrip(" \t\n")
    offset = len(found.text) - len(rest)
    if len(found.starts) == 1:
        return Inline(rest, ((0, found.starts[0][1] + offset),))
    starts = [(at - offset, source) for at, source in found.starts if at > offset]
    return Inline(rest, ((0, found.span(offset, offset).start), *starts))
