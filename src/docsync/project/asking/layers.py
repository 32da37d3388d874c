"""Where the boxes of a drawing stand: in layers from left to right, each arrow leading on, with few crossings.

The method is Sugiyama's, in the plainest form of each step: arrows that would close a circle are turned round, a node's layer
is the longest way to it, long arrows pass through empty places in the layers between, each layer is sorted by where its
neighbours stand, and what can be level is made level. Time grows with the number of arrows and of places that they pass.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice, pairwise
from typing import Final, TypeAlias

from msgspec import Struct

_SWEEPS: Final = 6
_LEVELLINGS: Final = 8
_MOST_PASSED: Final = 30_000
"""Places that long arrows may pass; beyond, they are drawn straight across."""
_THIN: Final = 0.45
"""How much of a box's height a passing arrow needs."""

Pair: TypeAlias = "tuple[int, int]"


class Layout(Struct, frozen=True):
    """Hold each node's layer and its height in it, in boxes from 0, and for each pair the points that its arrow passes.

    A point is a layer and a height, too. `layers` and `height` are the size of the whole.
    """

    spots: tuple[tuple[int, float], ...]
    routes: tuple[tuple[tuple[int, float], ...], ...]
    layers: int
    height: float


def lay_out(count: int, pairs: Sequence[Pair]) -> Layout:
    """Lay out nodes `0` to `count - 1` with an arrow for each pair; a pair of a node with itself passes nothing."""
    onward = _without_circles(count, pairs)
    layer = _layers(count, onward)
    passes, layer = _passed(layer, onward)
    edges = _segments(onward, passes)
    rows = _sorted_rows(layer, edges)
    heights = _levelled(rows, edges, count, len(layer))
    return Layout(
        tuple((layer[node], heights[node]) for node in range(count)),
        tuple(
            tuple((layer[node], heights[node]) for node in (passed if pair == turned else reversed(passed)))
            for pair, turned, passed in zip(pairs, onward, passes, strict=True)
        ),
        len(rows),
        max((heights[row[-1]] + 1 for row in rows if row), default=0),
    )


def _without_circles(count: int, pairs: Sequence[Pair]) -> list[Pair]:
    """Give the pairs with those turned round that lead back to a node which the walk through them has not left."""
    onward: list[list[int]] = [[] for _ in range(count)]
    for start, end in pairs:
        onward[start].append(end)
    state = [0] * count
    back: set[Pair] = set()
    entered = [False] * count
    for _, end in pairs:
        entered[end] = True
    for root in sorted(range(count), key=entered.__getitem__):
        if state[root]:
            continue
        state[root] = 1
        walk = [(root, iter(onward[root]))]
        while walk:
            node, rest = walk[-1]
            following = next(rest, None)
            if following is None:
                state[node] = 2
                walk.pop()
            elif state[following] == 1:
                back.add((node, following))
            elif state[following] == 0:
                state[following] = 1
                walk.append((following, iter(onward[following])))
    return [(end, start) if (start, end) in back else (start, end) for start, end in pairs]


def _layers(count: int, pairs: Sequence[Pair]) -> list[int]:
    """Give each node the length of the longest way to it; what nothing leads to is drawn close to what it leads to."""
    onward: list[list[int]] = [[] for _ in range(count)]
    waiting = [0] * count
    for start, end in pairs:
        if start != end:
            onward[start].append(end)
            waiting[end] += 1
    roots = [node for node in range(count) if not waiting[node]]
    layer = [0] * count
    queue = list(roots)
    for node in queue:
        for other in onward[node]:
            layer[other] = max(layer[other], layer[node] + 1)
            waiting[other] -= 1
            if not waiting[other]:
                queue.append(other)
    for node in roots:
        layer[node] = min((layer[other] for other in onward[node]), default=1) - 1
    return layer


def _passed(layer: list[int], pairs: Sequence[Pair]) -> tuple[list[list[int]], list[int]]:
    """Give the places that each arrow passes on its way, with the layers of all nodes and these places."""
    total = sum(max(layer[end] - layer[start] - 1, 0) for start, end in pairs)
    passes: list[list[int]] = []
    grown = list(layer)
    for start, end in pairs:
        between = range(layer[start] + 1, layer[end]) if total <= _MOST_PASSED else range(0)
        passes.append(list(range(len(grown), len(grown) + len(between))))
        grown += between
    return passes, grown


def _segments(pairs: Sequence[Pair], passes: Sequence[Sequence[int]]) -> list[Pair]:
    segments: list[Pair] = []
    for (start, end), passed in zip(pairs, passes, strict=True):
        along = [start, *passed, end]
        segments += [(one, other) for one, other in pairwise(along) if one != other]
    return segments


def _neighbours(size: int, edges: Sequence[Pair]) -> tuple[list[list[int]], list[list[int]]]:
    before: list[list[int]] = [[] for _ in range(size)]
    after: list[list[int]] = [[] for _ in range(size)]
    for start, end in edges:
        before[end].append(start)
        after[start].append(end)
    return before, after


def _sorted_rows(layer: Sequence[int], edges: Sequence[Pair]) -> list[list[int]]:
    """Sort each layer by the mean place of what its nodes are linked with in the layer before, then after, a few times."""
    rows: list[list[int]] = [[] for _ in range(max(layer, default=-1) + 1)]
    for node, at in enumerate(layer):
        rows[at].append(node)
    before, after = _neighbours(len(layer), edges)
    place = [0.0] * len(layer)
    for row in rows:
        _number(row, place)
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            beside = before if sweep % 2 == 0 else after
            means = {node: _mean(place, beside[node], place[node]) for node in row}
            row.sort(key=means.__getitem__)
            _number(row, place)
    return rows


def _number(row: Sequence[int], place: list[float]) -> None:
    """Give a row's nodes numbers from 0 to 1, so that rows of different lengths compare."""
    for at, node in enumerate(row):
        place[node] = (at + 0.5) / len(row)


def _mean(place: Sequence[float], nodes: Sequence[int], otherwise: float) -> float:
    return sum(place[node] for node in nodes) / len(nodes) if nodes else otherwise


def _levelled(rows: Sequence[Sequence[int]], edges: Sequence[Pair], count: int, size: int) -> list[float]:
    """Give heights at which nodes stand level with their neighbours as far as their order and their boxes allow."""
    before, after = _neighbours(size, edges)
    heights = [0.0] * size
    room = {node: 1.0 if node < count else _THIN for row in rows for node in row}
    for row in rows:
        _spread(row, dict.fromkeys(row, 0.0), room, heights)
    for turn in range(_LEVELLINGS):
        for row in rows if turn % 2 == 0 else reversed(rows):
            beside = before if turn % 2 == 0 else after
            _spread(row, {node: _mean(heights, beside[node], heights[node]) for node in row}, room, heights)
    lowest = min(heights, default=0.0)
    return [height - lowest for height in heights]


def _spread(row: Sequence[int], wanted: Mapping[int, float], room: Mapping[int, float], heights: list[float]) -> None:
    """Put a row's nodes as near to where they are wanted as their order and the room that each takes allow.

    Neighbours that would overlap are joined into a block, which stands where its nodes want it on the average.
    """
    blocks: list[tuple[float, int]] = []
    offset = 0.0
    for node in row:
        blocks.append((wanted[node] - offset, 1))
        offset += room[node]
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            (one, many), (other, more) = blocks[-2:]
            blocks[-2:] = [((one * many + other * more) / (many + more), many + more)]
    offset = 0.0
    rest = iter(row)
    for start, number in blocks:
        for node in islice(rest, number):
            heights[node] = start + offset
            offset += room[node]
