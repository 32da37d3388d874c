from __future__ import annotations

import time
from collections import defaultdict
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from docsync.project.asking.layers import Layout, lay_out


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    count = draw(st.integers(0, 18))
    nodes = st.integers(0, max(count - 1, 0))
    pairs = draw(st.lists(st.tuples(nodes, nodes), max_size=30, unique=True)) if count else []
    return count, pairs


def has_circle(count: int, pairs: list[tuple[int, int]]) -> bool:
    left = set(range(count))
    while free := {node for node in left if not any(end == node and start in left for start, end in pairs)}:
        left -= free
    return bool(left)


def rows_of(layout: Layout) -> dict[int, list[float]]:
    rows: dict[int, list[float]] = defaultdict(list)
    for layer, height in layout.spots:
        rows[layer].append(height)
    return rows


@given(graphs())
def test_boxes_never_overlap_and_stay_inside(graph: tuple[int, list[tuple[int, int]]]) -> None:
    count, pairs = graph
    layout = lay_out(count, pairs)
    assert len(layout.spots) == count
    assert all(0 <= layer < layout.layers for layer, _ in layout.spots)
    for heights in rows_of(layout).values():
        assert all(other - one >= 1 - 1e-6 for one, other in pairwise(sorted(heights)))
        assert min(heights) >= 0
        assert max(heights) + 1 <= layout.height + 1e-6


@given(graphs())
def test_arrows_lead_on_and_pass_one_place_in_each_layer_between(graph: tuple[int, list[tuple[int, int]]]) -> None:
    count, pairs = graph
    layout = lay_out(count, pairs)
    assert len(layout.routes) == len(pairs)
    for (start, end), route in zip(pairs, layout.routes, strict=True):
        layers = [layout.spots[start][0], *(layer for layer, _ in route), layout.spots[end][0]]
        steps = {other - one for one, other in pairwise(layers)}
        assert steps == {0} if start == end else steps in ({1}, {-1})
    if not has_circle(count, pairs):
        assert all(layout.spots[start][0] < layout.spots[end][0] for start, end in pairs)


def test_a_chain_is_level_and_a_fork_is_straddled() -> None:
    chain = lay_out(4, [(0, 1), (1, 2), (2, 3)])
    assert [spot[0] for spot in chain.spots] == [0, 1, 2, 3]
    assert len({round(spot[1], 6) for spot in chain.spots}) == 1
    fork = lay_out(3, [(0, 1), (0, 2)])
    assert abs(fork.spots[0][1] - (fork.spots[1][1] + fork.spots[2][1]) / 2) < 1e-6


def test_crossings_that_need_not_be_are_not() -> None:
    layout = lay_out(6, [(0, 5), (1, 4), (2, 3)])
    order = sorted((layout.spots[start][1], layout.spots[end][1]) for start, end in [(0, 5), (1, 4), (2, 3)])
    assert order == sorted(order, key=lambda pair: pair[1])


def test_ten_thousand_boxes_and_very_long_arrows_are_laid_out() -> None:
    pairs = [(node, node + 1) for node in range(9_999)] + [(node, 9_999) for node in range(0, 9_000, 3)]
    started = time.process_time()
    layout = lay_out(10_000, pairs)
    assert layout.layers == 10_000
    assert all(not route for route in layout.routes)
    assert time.process_time() - started < 20
