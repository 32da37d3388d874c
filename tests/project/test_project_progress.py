from __future__ import annotations

from decimal import Decimal

import pytest
from project_builders import criterion, ids, project, record

from docsync.models.records import Record
from docsync.models.status import Status
from docsync.project.gates import requirements, shortfalls
from docsync.project.parts import members, parts
from docsync.project.progress import Progress, by_category, overall, progress, workload

DONE = Status.RESOLVED
PLAN = project(
    record("phase", "P1", Status.RESOLVED),
    record("phase", "P2", Status.IN_PROGRESS, holes=["H3"], gate="G2"),
    record("phase", "P3", Status.PENDING),
    record("gate", "G2", Status.PENDING, criteria=[criterion("a", met=True), criterion("b", met=False)]),
    record("hole", "H1", DONE, phase="1"),
    record("hole", "H2", Status.CANCELLED, phase="Phase 2"),
    record("hole", "H3", Status.PENDING),
    record("workstream", "WS1", Status.IN_PROGRESS, phase="P2"),
    record("workstream", "WS2", DONE, phase="P2"),
    record("task", "T1", DONE, workstream="WS1"),
    record("task", "T2", Status.READY, workstream="WS1", phase="P2"),
    record("task", "T3", Status.READY),
)


def of(record_id: str) -> Record:
    return PLAN.by_id[record_id][0]


def test_parts_are_stated_from_either_side() -> None:
    assert {whole: ids(found) for whole, found in parts(PLAN).items()} == {
        "P1": ["H1"],
        "P2": ["G2", "H2", "H3", "WS1", "WS2", "T2"],
        "WS1": ["T1", "T2"],
    }


def test_members_are_found_through_what_lies_between() -> None:
    assert ids(members(PLAN, of("P2"))) == ["G2", "H2", "H3", "WS1", "WS2", "T2", "T1"]


def test_a_record_in_itself_is_no_part() -> None:
    loop = project(record("workstream", "WS1", phase="P1"), record("phase", "P1", tasks=["P1"]))

    assert ids(members(loop, loop.by_id["P1"][0])) == ["WS1"]


def test_the_work_of_a_phase_is_its_holes_and_tasks() -> None:
    assert ids(workload(PLAN, of("P2"))) == ["H2", "H3", "WS2", "T2", "T1"]
    assert progress(PLAN, of("P2")) == Progress(3, 5, "items")


def test_one_kind_of_work_is_named() -> None:
    assert progress(PLAN, of("P1")) == Progress(1, 1, "holes")
    assert progress(PLAN, of("WS1")) == Progress(1, 2, "tasks")


def test_criteria_roll_up_to_a_gate() -> None:
    assert progress(PLAN, of("G2")) == Progress(1, 2, "criteria")


def test_a_record_without_parts_or_criteria_is_done_or_not() -> None:
    assert progress(PLAN, of("H1")) == Progress(1, 1, "holes")
    assert progress(PLAN, of("P3")) == Progress(0, 1, "phases")
    assert progress(PLAN, record("hole", "H8")) == Progress(0, 0)


def test_phases_roll_up_to_the_whole() -> None:
    assert overall(PLAN) == Progress(4, 6, "items")


def test_without_phases_all_work_is_the_whole() -> None:
    assert overall(project(record("task", "T1", DONE), record("task", "T2"), record("metric", "M1"))) == Progress(1, 2, "tasks")
    assert overall(project()) == Progress(0, 0, "items")


def test_a_piece_of_work_in_two_phases_counts_once() -> None:
    plan = project(record("phase", "P1", holes=["H1"]), record("phase", "P2", holes=["H1"]), record("hole", "H1", DONE))

    assert overall(plan) == Progress(1, 1, "holes")


@pytest.mark.parametrize(
    ("done", "total", "percent"), [(0, 0, None), (0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 200, 1), (399, 400, 99), (3, 3, 100)]
)
def test_the_percentage_is_rounded_but_never_up_to_all(done: int, total: int, percent: int | None) -> None:
    assert Progress(done, total).percent == percent


def test_the_exact_share_is_kept() -> None:
    assert Progress(1, 8).share == Decimal("12.5")
    assert Progress(0, 0).share is None


GATE = [
    criterion("a", met=True, category="functional"),
    criterion("b", met=True, category="functional"),
    criterion("c", met=False, category="Quality"),
    criterion("d", met=True, category="Quality"),
    criterion("e", met=False, category="Quality", dropped=True),
    criterion("f", met=True, category="documentation"),
]


def test_criteria_are_counted_by_category_without_the_dropped() -> None:
    assert by_category(record("gate", "G1", criteria=GATE)) == {
        "functional": Progress(2, 2, "criteria"),
        "Quality": Progress(1, 2, "criteria"),
        "documentation": Progress(1, 1, "criteria"),
    }


@pytest.mark.parametrize(
    ("condition", "short"),
    [
        ({}, ["overall"]),
        ({"overall": "all"}, ["overall"]),
        ({"overall": "4"}, []),
        ({"overall": "80%"}, []),
        ({"overall": "81%"}, ["overall"]),
        ({"functional": "all", "quality": "50%"}, []),
        ({"functional": "all", "quality": "all"}, ["quality"]),
        ({"quality": "any"}, []),
        ({"quality": "2", "documentation": "2"}, ["quality", "documentation"]),
        ({"performance": "1"}, ["performance"]),
        ({"performance": "all"}, []),
    ],
)
def test_a_pass_condition_is_met_or_falls_short(condition: dict[str, str], short: list[str]) -> None:
    gate = record("gate", "G1", criteria=GATE, pass_condition=dict(condition))

    assert [one.category for one in shortfalls(gate)] == short


def test_a_requirement_tells_how_far_it_is() -> None:
    (one,) = requirements(record("gate", "G1", criteria=GATE, pass_condition={"quality": "80%"}))

    assert (one.wanted, one.needed, one.progress.done, one.progress.total) == ("80%", 2, 1, 2)
