from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from project_builders import ids, project, record

from docsync.models.records import Field, Record
from docsync.models.status import Status
from docsync.project.graph import Edge, critical_path, cycles, item_place, needs, one_sided, open_blockers, ready, unsettled
from docsync.project.index import Project
from docsync.text.spans import Span


def hole(
    record_id: str, status: Status = Status.PENDING, *, blocks: Sequence[str] = (), blocked_by: Sequence[str] = ()
) -> Record:
    return record("hole", record_id, status, blocks=list(blocks), blocked_by=list(blocked_by))


def sources(edges: tuple[Edge, ...]) -> list[tuple[str, str, str]]:
    return [(edge.source, edge.target, edge.field) for edge in edges]


def test_both_directions_say_what_a_record_waits_for() -> None:
    plan = project(hole("H1", blocks=["H2", "H3"]), hole("H2", blocked_by=["H1"]), hole("H3"))

    assert sources(needs(plan)["H1"]) == []
    assert sources(needs(plan)["H2"]) == [("H2", "H1", "blocks"), ("H2", "H1", "blocked_by")]
    assert sources(needs(plan)["H3"]) == [("H3", "H1", "blocks")]


def test_references_are_resolved_and_unknown_ones_kept() -> None:
    plan = project(
        hole("H1", blocked_by=["h2", "H9"]), hole("H2"), record("phase", "P2", depends_on=["Phase 1"]), record("phase", "P1")
    )

    assert [edge.target for edge in needs(plan)["H1"]] == ["H2", "H9"]
    assert [edge.target for edge in needs(plan)["P2"]] == ["P1"]


def test_what_an_unknown_record_waits_for_is_nobodys_need() -> None:
    assert needs(project(hole("H1", blocks=["H9"]))) == {"H1": ()}


def test_a_record_of_an_unknown_kind_has_no_edges() -> None:
    assert needs(project(record("widget", "W1", blocked_by=["W1"]))) == {"W1": ()}


def test_an_edge_knows_the_item_that_says_so() -> None:
    one = record("hole", "H1", blocked_by=["H1", "H12"], written={"blocked_by": (40, "H12, H1 (soon), H1x")})

    assert item_place(one, "blocked_by", "H1").span.start == 45
    assert item_place(one, "blocked_by", "H12").span.start == 40
    assert item_place(one, "blocked_by", "H7") == one.place_of("blocked_by")
    assert item_place(one, "phase", "H7") == one.place


def test_an_item_of_a_value_that_is_written_otherwise_cannot_be_told_apart() -> None:
    written = Field("blocked_by", "H1\nH2", Span(40, 60), Span(30, 38))
    one = replace(record("hole", "H3"), fields={"blocked_by": written})

    assert item_place(one, "blocked_by", "H2").span == Span(40, 60)


def test_a_relation_that_only_one_side_states() -> None:
    plan = project(
        hole("H1", blocks=["H2"]),
        hole("H2"),
        hole("H3", blocked_by=["H1", "H4"]),
        hole("H4", blocks=["H3"]),
        hole("H5", blocked_by=["H99"]),
        record("phase", "P1"),
        record("phase", "P2", depends_on=["P1"]),
        record("task", "T1", depends_on=["P1"]),
    )

    edges = tuple(edge for found in one_sided(plan).values() for edge in found)
    assert sources(edges) == [("H2", "H1", "blocks"), ("H3", "H1", "blocked_by")]
    assert [edge.inverse for edge in edges] == ["blocked_by", "blocks"]


def test_a_cycle_is_given_once_with_its_whole_path() -> None:
    plan = project(
        hole("H1", blocked_by=["H3"]),
        hole("H2", blocked_by=["H1"]),
        hole("H3", blocked_by=["H2", "H4"]),
        hole("H4"),
        hole("H5", blocked_by=["H5"]),
        hole("H6", blocked_by=["H1"]),
    )

    assert [sources(cycle) for cycle in cycles(plan)] == [
        [("H1", "H3", "blocked_by"), ("H3", "H2", "blocked_by"), ("H2", "H1", "blocked_by")],
        [("H5", "H5", "blocked_by")],
    ]


def test_the_shortest_of_several_cycles_is_given() -> None:
    plan = project(hole("H1", blocked_by=["H2", "H3"]), hole("H2", blocked_by=["H3"]), hole("H3", blocked_by=["H1"]))

    assert [[edge.source for edge in cycle] for cycle in cycles(plan)] == [["H1", "H3"]]


def test_the_critical_path_is_the_longest_chain() -> None:
    plan = project(
        hole("H1", Status.RESOLVED),
        hole("H2", blocked_by=["H1"]),
        hole("H3", blocked_by=["H2"]),
        hole("H4", blocked_by=["H1"]),
        hole("H5"),
    )

    assert ids(critical_path(plan)) == ["H1", "H2", "H3"]


def test_estimates_decide_where_every_linked_record_has_one() -> None:
    tasks = [
        record("task", "T1", estimate="1 day"),
        record("task", "T2", estimate="2h", depends_on=["T1"]),
        record("task", "T3", estimate="2h", depends_on=["T2"]),
        record("task", "T4", estimate="1 week", depends_on=["T1"]),
        record("task", "T5", estimate="no idea"),
    ]

    assert ids(critical_path(project(*tasks))) == ["T1", "T4"]
    assert ids(critical_path(project(*tasks, record("task", "T6", depends_on=["T1"])))) == ["T1", "T2", "T3"]


@pytest.mark.parametrize(
    ("first", "second", "longer"),
    [
        ("3 points", "2 points", "T1"),
        ("2", "3.5", "T2"),
        ("90 min", "1 hour", "T1"),
        ("1-3 days", "2.5 days", "T2"),
        ("~2 wks", "9 d", "T1"),
        ("9 points", "1 day", "T2"),
        ("large", "small", "T2"),
    ],
)
def test_estimates_in_units_that_cannot_be_added_are_left_out(first: str, second: str, longer: str) -> None:
    """T2 leads to one more record than T1, so that it is longer wherever records are only counted."""
    unit = "h" if second.endswith("h") else second.lstrip("0123456789.- ")
    plan = project(
        record("task", "T0", estimate=f"1 {unit}"),
        record("task", "T1", estimate=first, depends_on=["T0"]),
        record("task", "T2", estimate=second, depends_on=["T0"]),
        record("task", "T3", estimate=f"0 {unit}", depends_on=["T2"]),
    )

    assert ids(critical_path(plan))[1] == longer


def test_cancelled_records_are_not_on_the_way() -> None:
    plan = project(hole("H1"), hole("H2", Status.CANCELLED, blocked_by=["H1"]), hole("H3", blocked_by=["H2", "H1"]))

    assert ids(critical_path(plan)) == ["H1", "H3"]


def test_there_is_no_critical_path_without_dependencies() -> None:
    assert critical_path(project(hole("H1"), hole("H2"))) == ()
    assert critical_path(project()) == ()


def test_the_critical_path_of_one_kind() -> None:
    plan = project(
        hole("H1"),
        hole("H2", blocked_by=["H1"]),
        record("task", "T1", depends_on=["H2"]),
        record("task", "T2", depends_on=["T1"]),
    )

    assert ids(critical_path(plan)) == ["H1", "H2", "T1", "T2"]
    assert ids(critical_path(plan, "task")) == ["T1", "T2"]


def test_a_cycle_does_not_make_a_path_endless() -> None:
    plan = project(hole("H1", blocked_by=["H2"]), hole("H2", blocked_by=["H1"]), hole("H3", blocked_by=["H2"]))

    assert ids(critical_path(plan)) == ["H2", "H3"]


def test_ready_is_what_is_open_and_waits_for_nothing() -> None:
    plan = project(
        hole("H1", Status.RESOLVED),
        hole("H2", Status.PENDING, blocked_by=["H1"]),
        hole("H3", Status.PENDING, blocked_by=["H2"]),
        hole("H4", Status.BLOCKED, blocked_by=["H0"]),
        hole("H5", Status.DEFERRED),
        hole("H6", Status.IN_PROGRESS, blocked_by=["H7"]),
        hole("H7", Status.CANCELLED),
        record("hole", "H8"),
        hole("H9", blocked_by=["H8"]),
        record("task", "T1", Status.READY),
        record("decision", "D1", Status.PENDING),
    )

    assert ids(ready(plan)) == ["H2", "H6", "T1"]
    assert ids(ready(plan, "task")) == ["T1"]
    assert [edge.target for edge in unsettled(plan, "H4")] == ["H0"]


def test_what_consists_of_other_work_is_ready_only_when_asked_for() -> None:
    plan = project(
        record("phase", "P1", Status.IN_PROGRESS),
        record("phase", "P2", Status.PENDING),
        record("hole", "H1", Status.READY, phase="P1"),
    )

    assert ids(ready(plan)) == ["P2", "H1"]
    assert ids(ready(plan, "phase")) == ["P1", "P2"]


def test_blockers_come_with_what_waits_for_them() -> None:
    plan = project(
        hole("H1", Status.RESOLVED, blocks=["H2"]),
        hole("H2"),
        hole("H3", blocks=["H4", "H2"]),
        hole("H4", blocked_by=["H2", "H3"]),
        hole("H5", Status.RESOLVED, blocked_by=["H2"]),
        hole("H6", blocked_by=["elsewhere"]),
    )

    assert [(one.record.id, ids(one.waiting)) for one in open_blockers(plan)] == [("H3", ["H2", "H4"]), ("H2", ["H4"])]


@st.composite
def plans(draw: st.DrawFn) -> Project:
    count = draw(st.integers(1, 7))
    names = [f"H{number}" for number in range(count)]
    return project(
        *(
            hole(name, draw(st.sampled_from(list(Status))), blocked_by=draw(st.lists(st.sampled_from(names), unique=True)))
            for name in names
        )
    )


@given(plans())
def test_what_is_ready_and_what_is_held_up_are_all_that_is_open(plan: Project) -> None:
    held_up = {waiting.id for blocker in open_blockers(plan) for waiting in blocker.waiting}

    assert held_up.isdisjoint(ids(ready(plan)))
    assert {one.id for one in plan.records if one.status and one.status.is_open} <= held_up | set(ids(ready(plan)))


@given(plans())
def test_every_record_in_a_cycle_is_reported_with_its_group(plan: Project) -> None:
    def reach(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [edge.target for edge in needs(plan)[start]]
        while waiting:
            if (node := waiting.pop()) not in seen:
                seen.add(node)
                waiting.extend(edge.target for edge in needs(plan)[node])
        return seen

    groups = {frozenset(other for other in reach(node) if node in reach(other)) for node in plan.by_id if node in reach(node)}

    reported = [{edge.source for edge in cycle} for cycle in cycles(plan)]
    assert len(reported) == len(groups)
    assert all(any(nodes <= group for group in groups) for nodes in reported)


def test_a_chain_of_ten_thousand_records_is_followed() -> None:
    plan = project(*(hole(f"H{number}", blocked_by=[f"H{number - 1}"] if number else []) for number in range(10_000)))

    assert len(critical_path(plan)) == 10_000
    assert cycles(plan) == ()
    assert ids(ready(plan)) == ["H0"]
    assert len(open_blockers(plan)) == 9_999
