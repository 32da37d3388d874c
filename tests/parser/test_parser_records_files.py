from __future__ import annotations

import pytest
from homes_reading import Reading, section

from docsync.models.records import Home
from docsync.models.schema import HomeRule
from docsync.models.status import Status

HOLE = """\
---
kind: hole
id: H6
status: in progress   # since spring
phase: 1
blocked_by: [H2, H3]
docsync: {computed: [progress]}
---

# H6: Which clock we trust ✅

**Status**: resolved

## Acceptance criteria

- [x] Drift is measured
- [ ] Drift is written down

## Performance

- [ ] below 3 ms a day
"""


def test_front_matter_is_the_home_of_a_record() -> None:
    reading = Reading(HOLE)
    record = reading.only

    assert (record.kind, record.id, record.home, record.status) == ("hole", "H6", Home.FILE, Status.IN_PROGRESS)
    assert record.title == "Which clock we trust"
    assert reading.source.slice(record.span) == "H6"
    assert reading.written(record) == {"id": "H6", "status": "in progress", "phase": "1", "blocked_by": "[H2, H3]"}
    assert record.values["blocked_by"] == ["H2", "H3"]
    assert record.values.keys().isdisjoint({"docsync", "kind"})


def test_its_fields_are_covered_but_not_what_the_body_says_again() -> None:
    assert Reading(HOLE).covered == [
        "kind: hole",
        "id: H6",
        "status: in progress",
        "phase: 1",
        "blocked_by: [H2, H3]",
        "docsync: {computed: [progress]}",
    ]


def test_the_criteria_come_from_the_body() -> None:
    record = Reading(HOLE).only

    assert [(one.category, one.met) for one in record.criteria] == [("", True), ("", False), ("performance", False)]


def test_a_title_in_front_matter_stands_before_the_heading() -> None:
    assert Reading("---\nkind: hole\nid: H6\ntitle: Clocks\n---\n# H6: Other\n").only.title == "Clocks"
    assert Reading("---\nkind: hole\nid: H6\nname: Clocks\n---\n# H6: Other\n").only.title == "Clocks"
    assert Reading("---\nkind: hole\nid: H6\n---\n# Which clock\n").only.title == "Which clock"
    assert Reading("---\nkind: hole\nid: H6\n---\nNo heading.\n").only.title == ""


def test_the_id_may_stand_in_the_title_or_the_name_of_the_file() -> None:
    text = "---\nkind: hole\nstatus: ready\n---\n# {}\n"

    in_title = Reading(text.format("H6: Clocks"))
    assert in_title.only.id == "H6"
    assert in_title.source.slice(in_title.only.span) == "H6"
    assert Reading(text.format("Clocks"), path="holes/H7.md").only.id == "H7"


def test_a_record_without_any_id_is_kept_and_reported() -> None:
    reading = Reading("---\nkind: hole\nstatus: ready\n---\n# Clocks\n", path="holes/clocks.md")

    assert reading.only.id == "clocks"
    assert reading.only.status is Status.READY
    assert reading.problems(reading.only) == [("DS101", "hole")]


def test_faults_are_marked_at_the_value_or_the_item() -> None:
    reading = Reading("---\nkind: hole\nid: X6\nstatus: almost\nblocks:\n  - H2\n  - no id at all\n---\n")

    assert sorted(reading.problems(reading.only)) == [("DS102", "X6"), ("DS102", "no id at all"), ("DS103", "almost")]


def test_a_field_under_two_names_is_a_fault() -> None:
    reading = Reading("---\nkind: hole\nid: H6\nblocked_by: H1\ndepends_on: H2\n---\n")

    assert reading.problems(reading.only) == [("DS102", "H1")]
    assert reading.only.values["blocked_by"] == ["H1"]


def test_an_unknown_key_is_kept_and_reported_at_the_key() -> None:
    reading = Reading("---\nkind: hole\nid: H6\nmood: good\n---\n")

    assert reading.only.values["mood"] == "good"
    assert reading.troubles == [("DS104", "mood")]


def test_criteria_in_front_matter_count_where_they_say_how_they_stand() -> None:
    text = """\
---
kind: gate
id: G1
criteria:
  - "[x] Frames survive"
  - "[ ] Drift is small"
  - Only a wish
---
"""
    reading = Reading(text)

    assert [(one.text, one.met) for one in reading.only.criteria] == [("Frames survive", True), ("Drift is small", False)]
    assert "Frames survive" in reading.source.slice(reading.only.criteria[0].span)


def test_criteria_in_front_matter_can_be_grouped() -> None:
    text = """\
---
kind: gate
id: G1
criteria:
  Functional:
    - {text: Frames survive, met: true}
    - {text: Frames vanish, met: false, dropped: true}
  performance:
    - "[ ] below 3 ms"
---
"""
    criteria = Reading(text).only.criteria

    assert [(one.text, one.category, one.met, one.dropped) for one in criteria] == [
        ("Frames survive", "functional", True, False),
        ("Frames vanish", "functional", False, True),
        ("below 3 ms", "performance", False, False),
    ]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("kind: holes\nid: H1", [("DS107", "holes")]),
        ("kind: hol", [("DS107", "hol")]),
        ("kind: Deployment", []),
        ("kind: Deployment\nid: 4", [("DS107", "Deployment")]),
        ("id: H1\nstatus: ready", []),
        ("records: hoel", [("DS107", "hoel")]),
        ("records: {hole: pages}", [("DS102", "{hole: pages}")]),
        ("records: hole", [("DS102", "hole")]),
    ],
)
def test_declarations_that_mean_nothing_are_reported(front: str, expected: list[tuple[str, str]]) -> None:
    reading = Reading(f"---\n{front}\n---\n# Words\n")

    assert reading.ids == []
    assert reading.troubles == expected


def test_a_near_miss_is_named() -> None:
    (trouble,) = Reading("---\nkind: holle\nid: H1\n---\n").homes.troubles

    assert "hole" in trouble.help


@pytest.mark.parametrize("records", ["hole", "holes", "[hole, task]", "{hole: sections, task: table}", "\n  - hole\n  - task"])
def test_front_matter_declares_parts(records: str) -> None:
    text = f"---\nrecords: {records}\n---\n## H1: Clock\n\n| Task | Status |\n|---|---|\n| T1 | done |\n"

    assert set(Reading(text).ids) - {"T1"} == {"H1"}
    assert ("T1" in Reading(text).ids) is ("task" in records)


def test_a_file_can_be_a_record_and_hold_others() -> None:
    text = """\
---
kind: phase
id: P1
records: hole
---

- [ ] not a hole's

## H1: Clock

**Status**: ready

- [x] a hole's
"""
    reading = Reading(text)

    assert reading.ids == ["P1", "H1"]
    assert [one.text for one in reading.by_id["H1"].criteria] == ["a hole's"]
    assert reading.by_id["H1"].values["phase"] == "P1"
    assert [one.text for one in reading.by_id["P1"].criteria] == ["not a hole's"]


def test_the_configuration_makes_a_file_a_home_by_its_key_values() -> None:
    text = "# H6: Clocks\n\n**Status**: ready\n**Blocks**: H7\n\n## Proof\n\n**Phase**: 3\n\n- [x] measured\n"
    reading = Reading(text, section("hole", "file"))
    record = reading.only

    assert (record.id, record.title, record.status, record.home) == ("H6", "Clocks", Status.READY, Home.FILE)
    assert record.values["blocks"] == ["H7"]
    assert "phase" not in record.values
    assert [one.met for one in record.criteria] == [True]
    assert reading.covered == ["H6: Clocks", "Status**: ready", "Blocks**: H7"]


def test_the_title_of_such_a_file_can_say_its_status() -> None:
    assert Reading("# H6: Clocks ✅\n", section("hole", "file")).only.status is Status.RESOLVED


def test_front_matter_wins_over_the_configuration() -> None:
    text = "---\nkind: phase\nid: P1\nrecords: {hole: rows}\n---\n## H1: Clock\n"

    assert Reading(text, section("hole", "file"), section("hole", "sections")).ids == ["P1"]


def test_the_configuration_makes_front_matter_without_a_kind_a_home() -> None:
    record = Reading("---\nid: H6\nstatus: ready\n---\n**Phase**: 3\n", section("hole", "file")).only

    assert (record.id, record.status) == ("H6", Status.READY)
    assert "phase" not in record.values


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("docs/*.md", "docs/plan.md", True),
        ("docs/*.md", "docs/deep/plan.md", False),
        ("docs/**/*.md", "docs/plan.md", True),
        ("docs/**/*.md", "docs/deep/er/plan.md", True),
        ("**/plan.md", "plan.md", True),
        ("docs/**", "docs/deep/plan.md", True),
        ("./plan.md", "plan.md", True),
        ("plan?.md", "plan.md", False),
        ("Plan.md", "plan.md", False),
    ],
)
def test_the_configuration_names_files_by_glob(pattern: str, path: str, matches: bool) -> None:  # noqa: FBT001 -- a case
    reading = Reading("## H1: Clock\n", HomeRule(pattern, "hole"), path=path)

    assert bool(reading.ids) is matches


def test_an_unknown_kind_in_the_configuration_is_not_this_rooms_business() -> None:
    assert Reading("## H1: Clock\n", section("widget")).ids == []


def test_a_long_name_full_of_stars_takes_no_time() -> None:
    assert Reading("## H1: Clock\n", HomeRule("**/" * 30 + "*a" * 30 + "b", "hole"), path="/".join("a" * 40)).ids == []
