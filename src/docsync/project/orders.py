"""What order a directed graph has: its cycles and its longest path, in linear time and without recursion.

A graph maps every node to the nodes that its edges lead to; each of those is a key too. The order of the keys, and of
each node's edges, settles every tie.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

Graph: TypeAlias = Mapping[str, Sequence[str]]


def components(graph: Graph) -> tuple[tuple[str, ...], ...]:
    """Give the strongly connected components, those that edges lead to first (Tarjan's order)."""
    walk = _Walk(graph)
    for node in graph:
        if node not in walk.low:
            walk.run(node)
    return tuple(walk.found)


class _Walk:
    """Protect the state of one depth-first walk: the order of discovery, the open nodes, the components closed so far."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.low: dict[str, int] = {}
        self.found: list[tuple[str, ...]] = []
        self._open: dict[str, int] = {}
        self._calls: list[tuple[str, Iterator[str]]] = []

    def run(self, root: str) -> None:
        self._enter(root)
        while self._calls:
            node, rest = self._calls[-1]
            self._step(node, next(rest, None))

    def _enter(self, node: str) -> None:
        self.low[node] = self._open[node] = len(self.low)
        self._calls.append((node, iter(self.graph[node])))

    def _step(self, node: str, successor: str | None) -> None:
        if successor is None:
            self._leave(node)
        elif successor not in self.low:
            self._enter(successor)
        elif successor in self._open:
            self.low[node] = min(self.low[node], self._open[successor])

    def _leave(self, node: str) -> None:
        self._calls.pop()
        if self._calls:
            above = self._calls[-1][0]
            self.low[above] = min(self.low[above], self.low[node])
        if self.low[node] == self._open[node]:
            closed = [node]
            while (last := self._open.popitem()[0]) != node:
                closed.append(last)
            self.found.append(tuple(closed))


def shortest_cycle(graph: Graph, component: Sequence[str]) -> tuple[str, ...]:
    """Give the shortest cycle through a component's first node, each node once; empty where there is no cycle."""
    start, inside = component[0], set(component)
    came: dict[str, str] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for successor in graph[node]:
            if successor == start:
                return _back(came, node)
            if successor in inside and successor not in came:
                came[successor] = node
                queue.append(successor)
    return ()


def _back(came: Mapping[str, str], node: str) -> tuple[str, ...]:
    path = [node]
    while path[-1] in came:
        path.append(came[path[-1]])
    return tuple(reversed(path))


def longest_path(graph: Graph, weights: Mapping[str, Decimal]) -> tuple[str, ...]:
    """Give the path of the greatest weight, then of the most nodes; edges inside a cycle are left out."""
    best, after = _onward(graph, weights)
    return _along(after, max(graph, key=best.__getitem__)) if graph else ()


def longest_from(graph: Graph) -> Mapping[str, int]:
    """Give, for each node, how many nodes the longest path from it has, itself included; edges inside a cycle are left out."""
    best, _ = _onward(graph, dict.fromkeys(graph, Decimal(1)))
    return {node: length for node, (_, length) in best.items()}


def _onward(graph: Graph, weights: Mapping[str, Decimal]) -> tuple[dict[str, tuple[Decimal, int]], dict[str, str]]:
    """Give the weight and length of the best path from each node, and the node that follows on it."""
    groups = components(graph)
    group_of = {node: number for number, nodes in enumerate(groups) for node in nodes}
    best: dict[str, tuple[Decimal, int]] = {}
    after: dict[str, str] = {}
    nothing = (Decimal(0), 0)
    for node, group in group_of.items():
        onward = [successor for successor in graph[node] if group_of[successor] != group]
        length = nothing
        if onward:
            after[node] = max(onward, key=best.__getitem__)
            length = best[after[node]]
        best[node] = (length[0] + weights[node], length[1] + 1)
    return best, after


def _along(after: Mapping[str, str], node: str) -> tuple[str, ...]:
    path = [node]
    while path[-1] in after:
        path.append(after[path[-1]])
    return tuple(path)
