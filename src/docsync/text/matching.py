"""Which lines differ between two texts, in time that grows with their length and not with its square."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from docsync.text.spans import Span

_DEEPEST: Final = 24
"""How often a part is divided again; each round costs at most one pass over all lines."""


class Change(Struct, frozen=True):
    """Replace the lines `before` of one text by the lines `after` of the other; spans count lines from 0."""

    before: Span
    after: Span


def changes(before: Sequence[str], after: Sequence[str]) -> tuple[Change, ...]:
    """Find what differs, in order: each change is as small as lines that occur once on both sides can make it.

    Lines that match are found as patience diff does: the ends that agree, then the lines unique on both sides, then the
    same between them. difflib needs a minute where every second row of a long table has changed.
    """
    found: list[Change] = []
    parts = [(Span(0, len(before)), Span(0, len(after)), 0)]
    while parts:
        old, new, depth = parts.pop()
        old, new = _differing(before, after, old, new)
        if not len(old) and not len(new):
            continue
        anchors = _anchors(before, after, old, new) if len(old) and len(new) and depth < _DEEPEST else []
        if anchors:
            parts.extend((*part, depth + 1) for part in reversed(list(_between(anchors, old, new))))
        else:
            found.append(Change(old, new))
    return tuple(found)


def _differing(before: Sequence[str], after: Sequence[str], old: Span, new: Span) -> tuple[Span, Span]:
    """Cut off the lines that agree at both ends."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if before[old.start + at] != after[new.start + at]), most)
    rest = most - head
    tail = next((at for at in range(rest) if before[old.end - at - 1] != after[new.end - at - 1]), rest)
    return Span(old.start + head, old.end - tail), Span(new.start + head, new.end - tail)


def _anchors(before: Sequence[str], after: Sequence[str], old: Span, new: Span) -> list[tuple[int, int]]:
    """Pair the lines that occur once on both sides, as many as keep their order."""
    there = _unique(after, new)
    return _rising([(at, there[line]) for line, at in _unique(before, old).items() if line in there])


def _unique(lines: Sequence[str], part: Span) -> dict[str, int]:
    counts = Counter(lines[part.start : part.end])
    return {lines[at]: at for at in range(part.start, part.end) if counts[lines[at]] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the longest run of pairs, given by rising first number, whose second numbers rise too."""
    tops: list[int] = []
    ends: list[int] = []
    came_from: list[int] = []
    for index, (_, there) in enumerate(pairs):
        pile = bisect_left(tops, there)
        came_from.append(ends[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [there]
        ends[pile : pile + 1] = [index]
    run: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(pairs[index])
        index = came_from[index]
    return run[::-1]


def _between(anchors: list[tuple[int, int]], old: Span, new: Span) -> Iterator[tuple[Span, Span]]:
    """Give the parts before, between and after the paired lines."""
    here, there = old.start, new.start
    for first, second in anchors:
        yield Span(here, first), Span(there, second)
        here, there = first + 1, second + 1
    yield Span(here, old.end), Span(there, new.end)
