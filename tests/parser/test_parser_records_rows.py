from __future__ import annotations

import time

import pytest
from homes_reading import Reading, section

from docsync.models.records import Home
from docsync.models.status import Status

TASKS = """\
---
records: {task: rows}
---

# Wave one

| ID | Task | Status | Depends on | Weight |
|----|------|--------|------------|--------|
| **T1** | Draw the frame | ✅ done | | 3 |
| T2 | Cut the frame | almost | T1, T9 | |
|    | *subtotal* | | | 3 |
| **TOTAL** | | | | 3 |
"""


def test_each_row_with_an_id_is_a_record() -> None:
    reading = Reading(TASKS)
    first, second = reading.homes.records

    assert (first.kind, first.id, first.title, first.status, first.home) == (
        "task",
        "T1",
        "Draw the frame",
        Status.RESOLVED,
        Home.ROW,
    )
    assert reading.source.slice(first.span) == "T1"
    assert first.values["weight"] == "3"
    assert second.values["depends_on"] == ["T1", "T9"]


def test_cells_and_headers_are_the_places_of_fields() -> None:
    reading = Reading(TASKS)
    field = reading.by_id["T2"].fields["depends_on"]

    assert reading.source.slice(field.span) == field.raw == "T1, T9"
    assert reading.source.slice(field.key_span) == "Depends on"
    assert "depends_on" not in reading.by_id["T1"].fields


def test_a_fault_is_marked_at_its_cell() -> None:
    reading = Reading(TASKS)

    assert reading.problems(reading.by_id["T2"]) == [("DS103", "almost")]
    assert not reading.by_id["T1"].broken


def test_an_unknown_column_is_reported_once_at_its_header() -> None:
    assert Reading(TASKS).troubles == [("DS104", "Weight")]


def test_cells_of_a_home_are_covered_but_unknown_ones_are_not() -> None:
    assert Reading(TASKS).covered == ["**T1**", "Draw the frame", "✅ done", "T2", "Cut the frame", "almost", "T1, T9"]


@pytest.mark.parametrize(
    ("kind", "table", "ids"),
    [
        ("hole", "| # | Status |\n|---|---|\n| H1 | done |", ["H1"]),
        ("hole", "| Hole | Status |\n|---|---|\n| H1: Clock | done |", ["H1"]),
        ("hole", "| Status | Question |\n|---|---|\n| done | H1 |\n| ready | `H2` |", ["H1", "H2"]),
        ("hole", "| Status | Question |\n|---|---|\n| done | H1 |\n| ready | what else |", []),
        ("hole", "| # | Hole | Status |\n|---|---|---|\n| 1 | H4 | done |\n| 2 | H7 | ready |", ["H4", "H7"]),
        ("phase", "| # | Name |\n|---|---|\n| 1 | Base |\n| 2. | Rest |", ["Phase 1", "Phase 2"]),
        ("phase", "| Phase | Status |\n|---|---|\n| Phase 1: Base | done |\n| **Total** | |", ["Phase 1"]),
        ("hole", "| # | Name |\n|---|---|\n| 1 | Base |", []),
        ("session", "| ID | Name |\n|---|---|\n| H6 | Base |\n| #7 | Rest |", ["Session 7"]),
        ("decision", "| Nr | Decision |\n|---|---|\n| D1 | Use tables |", ["D1"]),
    ],
)
def test_the_id_column_is_found(kind: str, table: str, ids: list[str]) -> None:
    assert Reading(f"{table}\n", section(kind)).ids == ids


def test_a_column_that_refers_is_not_taken_for_one_that_defines() -> None:
    table = "| Phase | Hole | Status |\n|---|---|---|\n| P1 | H1 | done |\n| P1 | H2 | ready |\n"
    reading = Reading(table, section("phase"), section("hole"))

    assert [(one.kind, one.id, one.values["phase"]) for one in reading.homes.records] == [
        ("hole", "H1", "P1"),
        ("hole", "H2", "P1"),
    ]


def test_a_column_named_like_the_kind_is_the_title_beside_an_id() -> None:
    table = "| ID | Hole | Status |\n|---|---|---|\n| H1 | Clock | ✅ |\n"

    assert Reading(table, section("hole")).only.title == "Clock"


def test_an_id_cell_can_hold_title_and_status() -> None:
    table = "| Hole | Type |\n|---|---|\n| H1: Clock ✅ | interface |\n| ⏳ H2 | |\n"
    reading = Reading(table, section("hole"))

    assert [(one.title, one.status) for one in reading.homes.records] == [("Clock", Status.RESOLVED), ("", Status.PENDING)]
    assert reading.source.slice(reading.by_id["H1"].place_of("status").span) == "✅"


def test_a_status_column_stands_before_the_sign_beside_the_id() -> None:
    table = "| Hole | Status |\n|---|---|\n| ✅ H1 | blocked |\n"

    assert Reading(table, section("hole")).only.status is Status.BLOCKED


def test_a_row_that_restates_a_section_is_a_mention() -> None:
    text = "| Hole | Status |\n|---|---|\n| H1 | done |\n| H2 | done |\n\n## H1: Clock\n\n**Status**: ready\n"
    reading = Reading(text, section("hole"))

    assert [(one.id, one.status) for one in reading.homes.records] == [("H2", Status.RESOLVED), ("H1", Status.READY)]
    assert "H1" not in reading.covered


def test_a_later_table_mentions_what_an_earlier_one_defines() -> None:
    text = (
        "| Hole | Status |\n|---|---|\n| H1 | done |\n| H1 | ready |\n\n"
        "Again:\n\n| Hole | Status |\n|---|---|\n| H1 | blocked |\n| H2 | done |\n"
    )
    reading = Reading(text, section("hole"))

    assert [(one.id, one.status) for one in reading.homes.records] == [
        ("H1", Status.RESOLVED),
        ("H1", Status.READY),
        ("H2", Status.RESOLVED),
    ]


def test_rows_inside_a_section_home_belong_to_it() -> None:
    text = "## Phase 2: Rest\n\n| Hole | Status |\n|---|---|\n| H5 | ready |\n"
    reading = Reading(text, section("phase", "sections"), section("hole", "rows"))

    assert reading.by_id["H5"].values["phase"] == "Phase 2"


def test_forms_are_kept_apart() -> None:
    text = "## H1: Clock\n\n| Hole | Status |\n|---|---|\n| H2 | done |\n"

    assert Reading(text, section("hole", "sections")).ids == ["H1"]
    assert Reading(text, section("hole", "rows")).ids == ["H2"]
    assert Reading(text, section("hole")).ids == ["H1", "H2"]


def test_tables_in_regions_and_quotes_define_nothing() -> None:
    table = "| Hole | Status |\n|---|---|\n| H2 | done |\n"
    quoted = "".join(f"> {line}\n" for line in table.splitlines())

    assert Reading(f"Before.\n\n{table}", section("hole"), generated=(table,)).ids == []
    assert Reading(quoted, section("hole")).ids == []


def test_a_long_table_takes_time_in_proportion() -> None:
    def seconds(rows: int) -> float:
        table = "| ID | Status |\n|---|---|\n" + "".join(f"| T{number} | done |\n" for number in range(rows))
        start = time.process_time()
        assert len(Reading(table, section("task")).homes.records) == rows
        return time.process_time() - start

    seconds(10)
    small = min(seconds(300) for _ in range(3))
    assert seconds(3000) < 60 * small  # ten times the rows: a square would take a hundred times as long
