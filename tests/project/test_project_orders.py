from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from docsync.project.orders import Graph, components, longest_path, shortest_cycle


@st.composite
def graphs(draw: st.DrawFn, *, acyclic: bool = False) -> Graph:
    count = draw(st.integers(0, 6))
    pairs = [(a, b) for a in range(count) for b in range(count) if not acyclic or a < b]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return {str(a): [str(b) for source, b in edges if source == a] for a in range(count)}


def reachable(graph: Graph, start: str) -> set[str]:
    """Give the nodes that one or more edges lead to."""
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(graph[node])
    return seen


def paths(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Give every simple path, by trying all orders of the nodes."""
    for size in range(1, len(graph) + 1):
        for nodes in permutations(graph, size):
            if all(after in graph[before] for before, after in pairwise(nodes)):
                yield nodes


@given(graphs())
def test_components_hold_the_nodes_that_reach_each_other(graph: Graph) -> None:
    expected = {
        frozenset({node, *(other for other in reachable(graph, node) if node in reachable(graph, other))}) for node in graph
    }

    found = components(graph)

    assert {frozenset(group) for group in found} == expected
    assert sum(map(len, found)) == len(graph)


@given(graphs())
def test_components_come_after_all_that_they_lead_to(graph: Graph) -> None:
    found = components(graph)
    order = {node: number for number, group in enumerate(found) for node in group}

    assert all(order[target] <= order[source] for source in graph for target in graph[source])


@given(graphs())
def test_a_cycle_is_a_shortest_one_through_the_first_node(graph: Graph) -> None:
    for group in components(graph):
        lengths = [len(path) for path in paths(graph) if path[0] == group[0] and group[0] in graph[path[-1]]]

        cycle = shortest_cycle(graph, group)

        assert len(cycle) == min(lengths, default=0)
        assert all(after in graph[before] for before, after in pairwise((*cycle, *cycle[:1])))
        assert cycle[:1] == (group[:1] if lengths else ())


@given(graphs(acyclic=True), st.data())
def test_the_longest_path_is_as_heavy_as_any(graph: Graph, data: st.DataObject) -> None:
    weights = {node: Decimal(data.draw(st.integers(1, 4))) for node in graph}

    path = longest_path(graph, weights)

    assert all(after in graph[before] for before, after in pairwise(path))
    heaviest = max((sum(weights[node] for node in other) for other in paths(graph)), default=0)
    assert sum(weights[node] for node in path) == heaviest


@given(graphs())
def test_the_longest_path_goes_round_no_cycle(graph: Graph) -> None:
    path = longest_path(graph, dict.fromkeys(graph, Decimal(1)))

    groups = [next(group for group in components(graph) if node in group) for node in path]
    assert len(set(groups)) == len(path)


def test_the_first_of_two_equal_paths_is_given() -> None:
    graph = {"a": ["c", "b"], "b": ["d"], "c": ["d"], "d": [], "e": ["c"]}

    assert longest_path(graph, dict.fromkeys(graph, Decimal(1))) == ("a", "c", "d")


def test_ten_thousand_nodes_in_a_ring_need_no_recursion() -> None:
    ring = {str(node): [str((node + 1) % 10_000)] for node in range(10_000)}

    (group,) = components(ring)

    assert len(shortest_cycle(ring, sorted(group))) == 10_000
