from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project_builders import criterion, ids, project, record

from docsync.models.records import Json, Record
from docsync.models.status import Status
from docsync.project import graph
from docsync.project.asking.choosing import Wanted, by_number, choose, in_phase, phase_named
from docsync.project.asking.conditions import parse_conditions
from docsync.project.asking.drawing import Frame, draw
from docsync.project.asking.fields import Fields
from docsync.project.asking.kinds import Unanswerable, kind_named
from docsync.project.asking.links import chains, critical, divided, links, reached
from docsync.project.asking.rollups import everything, roll_up, whole
from docsync.project.asking.standing import phase_standing, phase_standings, standing
from docsync.project.asking.starting import advise, current_phases, starts
from docsync.project.index import Project
from docsync.project.pointing import Unfound
from docsync.project.progress import overall, progress

KINDS = ("hole", "task", "workstream", "phase", "gate")
LETTERS = {"hole": "H", "task": "T", "workstream": "WS", "phase": "P", "gate": "G"}


@st.composite
def records(draw: st.DrawFn, *, shared: bool = False) -> tuple[Record, ...]:
    """Draw records that name each other, and now and then nothing; of `shared` ids some occur in two plans."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=14))
    names = [f"{LETTERS[kind]}{number}" for number, kind in enumerate(kinds, 1)]
    known = st.sampled_from([*names, "H99"])
    phases = st.sampled_from([*(name for name in names if name.startswith("P")), "P99"])
    found = []
    for kind, name in zip(kinds, names, strict=True):
        status = draw(st.sampled_from([*Status, None]))
        links_: dict[str, Json] = {
            field: list[Json](draw(st.lists(phases if kind == "phase" else known, max_size=3, unique=True)))
            for field in (("blocked_by", "blocks") if kind == "hole" else ("depends_on",) if kind != "gate" else ())
        }
        whole_: dict[str, str] = {"phase": draw(phases)} if kind != "phase" and draw(st.booleans()) else {}
        boxes = [criterion("a box", met=draw(st.booleans()))] if kind == "gate" else []
        paths = ("a.md", "b.md") if shared and draw(st.booleans()) else ("a.md",)
        values: dict[str, Json] = {**links_, **whole_}
        found += [record(kind, name, status, path=path, criteria=boxes, **values) for path in paths]  # type: ignore[arg-type]  # by field
    return tuple(found)


@given(records())
def test_links_are_those_of_the_graph_where_ids_are_unique(found: tuple[Record, ...]) -> None:
    one = project(*found)
    web = links(one)
    for place, each in enumerate(web.records):
        edges = graph.needs(one)[each.id]
        targets = [web.records[need].id for need in web.needs[place]] + [lost.text for lost in web.lacks(place)]
        assert set(targets) == {edge.target for edge in edges}
        assert progress(one, each) == roll_up(one, each)
    assert web.all(critical(one)) == graph.critical_path(one)
    assert {start.record.id for start in starts(one)} == set(ids(graph.ready(one)))
    assert overall(one).total == len(whole(one))


@given(records(shared=True))
def test_what_is_ready_has_no_open_need_and_all_else_that_is_open_has_one(found: tuple[Record, ...]) -> None:
    one = project(*found)
    web = links(one)
    ready = [web.of(start.record) for start in starts(one)]
    assert len(ready) == len(set(ready))
    for place in ready:
        assert web.open(place)
        assert all(web.settled(need) for need in web.needs[place])
    for place in range(len(web.records)):
        if place not in ready and web.open(place) and web.is_work(place) and place not in divided(one):
            assert web.lacks(place) or any(not web.settled(need) for need in web.needs[place])


@given(records(shared=True))
def test_every_record_is_listed_once_under_each_choice_that_leaves_none_out(found: tuple[Record, ...]) -> None:
    one = project(*found)

    def listed(wanted: Wanted) -> list[int]:
        return sorted(map(id, choose(one, wanted)))

    everything = sorted(map(id, one.records))
    assert listed(Wanted(sort="kind,-id,status")) == everything
    assert listed(Wanted(statuses=("open", "settled", "deferred", "none"))) == everything
    assert sorted(each for kind in KINDS for each in listed(Wanted(kinds=(kind,)))) == everything
    with_phase, without = listed(Wanted(where=("phase!=",))), listed(Wanted(where=("phase=",)))
    assert sorted(with_phase + without) == everything


@given(records(shared=True))
def test_advice_is_the_first_that_is_in_turn(found: tuple[Record, ...]) -> None:
    one = project(*found)
    known = starts(one)
    advice = advise(one, known)
    fresh = [start for start in known if start.record.status not in (Status.IN_PROGRESS, Status.BLOCKED)]
    assert (advice.start is None) == all(start.record.status is Status.IN_PROGRESS for start in known)
    if advice.start and fresh:
        assert advice.start in fresh
    if advice.start and any(start.in_turn for start in fresh):
        assert advice.start.in_turn
    assert {start.record.status for start in advice.begun} <= {Status.IN_PROGRESS}


@given(records(shared=True))
def test_a_drawing_holds_every_link_and_what_is_missing(found: tuple[Record, ...]) -> None:
    one = project(*found)
    web = links(one)
    drawing = draw(one, Frame(everything=True))
    lost = [(place, each) for place, gone in web.missing.items() for each in gone]
    assert len(drawing.arrows) == sum(map(len, web.needs)) + len(lost)
    assert len(drawing.missing) == len(lost)
    assert drawing.alone == drawing.outside == 0
    rings = graph.cycles(one)
    if all(len(same) == 1 for same in one.by_id.values()):
        assert len(drawing.circles) == len(rings)
        assert any(arrow.circular for arrow in drawing.arrows) == bool(rings)
    linked = draw(one, Frame())
    assert len(linked.nodes) + linked.alone == len(drawing.nodes)
    assert all(arrow.critical for arrow in draw(one, Frame(critical=True)).arrows)


@given(records(shared=True))
def test_a_standing_counts_each_piece_of_work_once(found: tuple[Record, ...]) -> None:
    one = project(*found)
    now = standing(one)
    assert sum(now.counts.values()) == now.overall.total
    pieces = everything(one)
    empty = sum(record.kind == "phase" for record in pieces if record not in whole(one))
    assert now.overall.total + len(now.apart) + empty == len(pieces)
    assert now.ready + now.waiting == sum(record.status is not None and record.status.is_open for record in pieces)
    assert len(now.unstated) == sum(record.status is None for record in pieces)
    assert sum(kind.total for kind in now.kinds) == len(one.records)
    if one.by_kind.get("phase"):
        assert [id(phase.record) for phase in now.phases] == [id(phase) for phase in by_number(one.by_kind["phase"])]
    for phase in now.phases:
        assert sum(phase.counts.values()) == len(phase.work)
        assert all(not blocker.record.status or not blocker.record.status.is_settled for blocker in phase.blockers)


def plan(*found: Record) -> Project:
    return project(*found)


def test_two_plans_that_number_from_one_stay_apart() -> None:
    one = plan(
        record("phase", "P1", Status.RESOLVED, path="a/plan.md"),
        record("hole", "H1", Status.RESOLVED, path="a/plan.md", phase="P1"),
        record("hole", "H2", Status.PENDING, path="a/plan.md", phase="P1", blocked_by=["H1"]),
        record("phase", "P1", Status.IN_PROGRESS, path="b/plan.md"),
        record("hole", "H1", Status.PENDING, path="b/plan.md", phase="P1"),
        record("hole", "H2", Status.PENDING, path="b/plan.md", phase="P1", blocked_by=["H1"]),
    )
    assert {(start.record.path, start.record.id) for start in starts(one)} == {("a/plan.md", "H2"), ("b/plan.md", "H1")}
    first, second = one.by_kind["phase"]
    assert (roll_up(one, first).done, roll_up(one, first).total) == (1, 2)
    assert (roll_up(one, second).done, roll_up(one, second).total) == (0, 2)
    assert in_phase(one, first).isdisjoint(in_phase(one, second))
    assert len(whole(one)) == 4


def test_the_critical_path_comes_first_then_the_longest_chain_then_what_most_wait_for() -> None:
    one = plan(
        record("hole", "H1", Status.READY, blocks=["H5"]),
        record("hole", "H2", Status.READY, blocks=["H6", "H7"]),
        record("hole", "H3", Status.READY, blocks=["H4"]),
        record("hole", "H4", Status.PENDING, blocks=["H8"]),
        record("hole", "H5", Status.PENDING),
        record("hole", "H6", Status.PENDING),
        record("hole", "H7", Status.PENDING),
        record("hole", "H8", Status.PENDING),
        record("hole", "H9", Status.BLOCKED, blocks=["H10"]),
        record("hole", "H10", Status.PENDING),
        record("hole", "H11", Status.READY),
    )
    assert [start.record.id for start in starts(one)] == ["H3", "H2", "H1", "H11", "H9"]
    web = links(one)
    assert {web.records[place].id: length for place, length in chains(web).items()}["H3"] == 3
    assert ids(web.all(reached(web, 2))) == ["H4", "H8"]


def test_what_is_begun_is_not_advised_and_a_later_phase_waits_its_turn() -> None:
    one = plan(
        record("phase", "P1", Status.RESOLVED),
        record("phase", "P2", Status.IN_PROGRESS),
        record("phase", "P3", Status.PENDING),
        record("hole", "H1", Status.IN_PROGRESS, phase="2"),
        record("hole", "H2", Status.READY, phase="3", blocks=["H3"]),
        record("hole", "H3", Status.PENDING, phase="3"),
        record("hole", "H4", Status.READY, phase="2"),
        record("hole", "H5", Status.READY, phase="1"),
    )
    advice = advise(one, starts(one))
    assert ids(current_phases(one)) == ["P2"]
    assert advice.start
    assert advice.start.record.id == "H5"
    assert advice.passed
    assert advice.passed.record.id == "H2"
    assert [start.record.id for start in advice.begun] == ["H1"]


def test_the_first_phase_that_is_left_is_current_where_none_has_begun() -> None:
    one = plan(
        record("phase", "P3", Status.PENDING),
        record("phase", "P1", Status.RESOLVED),
        record("phase", "P2", Status.DEFERRED),
        record("phase", "P4", None),
    )
    assert ids(current_phases(one)) == ["P3"]
    assert current_phases(plan(record("phase", "P1", Status.RESOLVED))) == ()


def test_a_standing_names_gates_behind_and_blockers_the_most_wanted_first() -> None:
    one = plan(
        record("phase", "P1", Status.IN_PROGRESS),
        record("gate", "G1", Status.PENDING, phase="1", criteria=[criterion("a", met=False)]),
        record("phase", "P2", Status.PENDING),
        record("hole", "H1", Status.PENDING, phase="1"),
        record("hole", "H2", Status.PENDING, phase="1"),
        record("hole", "H3", Status.PENDING, phase="2", blocked_by=["H1", "H2"]),
        record("hole", "H4", Status.PENDING, phase="2", blocked_by=["H2"]),
    )
    first, second = standing(one).phases
    assert (first.current, second.current) == (True, False)
    assert ids(second.behind) == ["G1"]
    assert [(blocker.record.id, ids(blocker.waiting)) for blocker in second.blockers] == [("H2", ["H3", "H4"]), ("H1", ["H3"])]
    assert [(gate.record.id, len(gate.short)) for gate in first.gates] == [("G1", 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("type=interface", [("type", "=", "interface")]),
        ("type==interface", [("type", "=", "interface")]),
        ("a=1,b>=2", [("a", "=", "1"), ("b", ">=", "2")]),
        ("title~one, two, three", [("title", "~", "one, two, three")]),
        ("title~one, blocked by=H1", [("title", "~", "one"), ("blocked by", "=", "H1")]),
        ("a!=1 , b!~x", [("a", "!=", "1"), ("b", "!~", "x")]),
        ("a=", [("a", "=", "")]),
        ("", []),
    ],
)
def test_conditions_are_read(text: str, expected: Sequence[tuple[str, str, str]]) -> None:
    assert [(one.field, one.sign, one.value) for one in parse_conditions(text)] == expected


@pytest.mark.parametrize("text", ["x", "=x", "a|b=c", ",x"])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(Unanswerable, match="expected a condition"):
        parse_conditions(text)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("estimate>1d", ["T2"]),
        ("estimate>=480 min", ["T1", "T2"]),
        ("estimate<2 weeks", ["T1", "T2"]),
        ("estimate=1d", ["T1"]),
        ("wave>2", ["T3"]),
        ("wave=3", ["T3"]),
        ("wave<10", ["T1", "T3"]),
        ("part~dock", ["T2"]),
        ("done when=", ["T1", "T2", "T3"]),
        ("id>T1", ["T2", "T3"]),
        ("open=yes", ["T1", "T3"]),
        ("open=false", ["T2"]),
        ("status<resolved", ["T1", "T3"]),
        ("status>=done", ["T2"]),
        ("part=90%", ["T3"]),
        ("part>80", ["T3"]),
    ],
)
def test_values_compare_as_people_write_them(condition: str, expected: list[str]) -> None:
    one = plan(
        record("task", "T1", Status.PENDING, estimate="1d", wave=1),
        record("task", "T2", Status.RESOLVED, estimate="2-4 days", part="The dock"),
        record("task", "T3", Status.READY, estimate="3 points", wave=3, part="90%"),
    )
    assert ids(choose(one, Wanted(where=(condition,)))) == expected


def test_an_enumeration_refuses_what_it_never_is() -> None:
    one = plan(record("metric", "M1", better="lower"))
    assert ids(choose(one, Wanted(where=("better=lower",)))) == ["M1"]
    with pytest.raises(Unanswerable, match="better is never lowr; did you mean lower"):
        choose(one, Wanted(where=("better=lowr",)))


def test_kinds_answer_to_all_their_words() -> None:
    one = plan(record("holle", "X1"), record("hole", "H1"))
    assert [kind_named(one, word) for word in ("hole", "HOLES", "typed-holes", "Work Streams", "kpi", "holle")] == [
        *("hole", "hole", "hole", "workstream", "metric", "holle"),
    ]
    assert Fields(one, ("holle",)).named("status") == "status"
    assert ids(choose(one, Wanted(kinds=("holle",)))) == ["X1"]


def test_phases_that_records_name_and_no_document_declares_can_be_asked_for() -> None:
    one = plan(
        record("hole", "H1", Status.RESOLVED, target_phase="Phase 2 (May)"),
        record("hole", "H2", Status.READY, target_phase="Phase 10", blocks=["H3"]),
        record("hole", "H3", Status.BLOCKED, phase="2"),
        record("gate", "G2", Status.PENDING, phase="Phase 2"),
        record("hole", "H4", Status.PENDING),
    )
    assert ids(choose(one, Wanted(phase="phase 2"))) == ["H1", "H3", "G2"]
    first, second = phase_standings(one)
    assert [(first.record.id, first.progress.done, first.progress.total), second.record.id] == [("Phase 2", 1, 2), "Phase 10"]
    assert [gate.record.id for gate in first.gates] == ["G2"]
    assert [blocker.record.id for blocker in first.blockers] == ["H2"]
    assert phase_standing(one, "10").work == (one.records[1],)
    with pytest.raises(Unfound, match=r"records name Phase 2, Phase 10$"):
        phase_named(one, "3")
    with pytest.raises(Unfound, match="no document here declares phases"):
        phase_named(plan(record("hole", "H1")), "3")
