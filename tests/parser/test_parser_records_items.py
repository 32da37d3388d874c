from __future__ import annotations

import time

import pytest
from homes_reading import Reading, section

from docsync.models.records import Home
from docsync.models.status import Status

TASKS = """\
---
records: {task: items}
---

# Bakery tasks

- [x] T001 Light the oven
- [ ] T002 [P] [US1] Knead the dough: 3 loaves
- [~] **T003**: Buy a second oven
- [/] T004 – Taste
- T005 talk it over
- ⏳ T006: Call the miller

And T007 is nobody's.
"""


def test_each_item_with_a_box_or_a_sign_is_a_record() -> None:
    reading = Reading(TASKS)

    assert [(one.id, one.title, one.status, one.home) for one in reading.homes.records] == [
        ("T001", "Light the oven", Status.RESOLVED, Home.ITEM),
        ("T002", "Knead the dough: 3 loaves", Status.PENDING, Home.ITEM),
        ("T003", "Buy a second oven", Status.CANCELLED, Home.ITEM),
        ("T004", "Taste", Status.IN_PROGRESS, Home.ITEM),
        ("T006", "Call the miller", Status.PENDING, Home.ITEM),
    ]
    assert reading.homes.troubles == ()


def test_id_and_status_are_the_places_they_stand_at() -> None:
    reading = Reading(TASKS)
    first = reading.by_id["T001"]

    assert reading.source.slice(first.span) == "T001"
    assert reading.source.slice(first.place_of("status").span) == "x"
    assert reading.source.slice(reading.by_id["T006"].place_of("status").span) == "⏳"


def test_only_box_and_id_are_the_homes_own_words() -> None:
    assert Reading(TASKS).covered[:3] == ["x", "x] T001", " "]


def test_fields_below_an_item_are_its_own_and_boxes_its_steps() -> None:
    text = """\
- [ ] T1: Build the wall
  - **Depends on**: T2, T3
  - **Owner**: Ada
  - [x] T9 is only a step
- [ ] T2: Dig
"""
    reading = Reading(text, section("task", "items"))

    assert reading.by_id["T1"].values["depends_on"] == ["T2", "T3"]
    assert reading.by_id["T1"].values["assignee"] == "Ada"
    assert reading.by_id["T9"].status is Status.RESOLVED
    assert "depends_on" not in reading.by_id["T2"].fields


def test_a_status_that_is_written_out_wins_over_the_box() -> None:
    reading = Reading("- [ ] T1: Build\n  - Status: blocked\n", section("task", "items"))

    assert reading.only.status is Status.BLOCKED


def test_an_item_belongs_to_the_section_it_stands_in() -> None:
    text = "## Phase 2: Walls\n\n- [x] T7 Lay bricks\n"
    reading = Reading(text, section("phase", "sections"), section("task", "items"))

    assert reading.by_id["T7"].values["phase"] == "Phase 2"


def test_an_item_that_restates_a_section_or_row_is_a_mention() -> None:
    text = "- [x] T1: Clock\n- [x] T2: Bell\n\n## T1: Clock\n\n**Status**: ready\n"
    reading = Reading(text, section("task", "sections"), section("task", "items"))

    assert [(one.id, one.home) for one in reading.homes.records] == [("T2", Home.ITEM), ("T1", Home.SECTION)]
    assert Reading(text, section("task", "items")).ids == ["T1", "T2"]


@pytest.mark.parametrize(
    "line",
    [
        "- [ ] 3 loaves for Monday",
        "- [ ] 1.2 loaves for Monday",
        "- [ ] Taste T1",
        "- [ ] T1x4 Taste",
        "> - [ ] T1 Taste",
        "- T1",
        "- T1 and T2 can be done side by side",
    ],
)
def test_other_items_define_nothing(line: str) -> None:
    assert Reading(f"{line}\n", section("task", "items")).ids == []


def test_items_are_no_home_unless_declared_to_be() -> None:
    assert Reading("- [x] T1 Taste\n", section("task")).ids == []
    assert Reading("- [x] T1 Taste\n", section("task", "rows")).ids == []


def test_an_id_that_stands_twice_stays_visible() -> None:
    assert Reading("- [x] T1 Taste\n- [ ] T1 Smell\n", section("task", "items")).ids == ["T1", "T1"]


def test_a_form_without_records_is_reported() -> None:
    (trouble,) = Reading("---\nrecords: {task: items}\n---\n\nNothing.\n").homes.troubles

    assert (trouble.code, trouble.message) == ("DS102", "no list item here is a task")


@pytest.mark.parametrize(
    ("records", "items", "help_"),
    [
        ("task", "- [ ] T1: Taste\n- T2 — done\n", "T1, T2: these are list items; write `records: {task: items}`"),
        (
            "task",
            "- [ ] T1: Taste\n- T2: Smell\n- T2: Again\n- [ ] T3: Look\n- [ ] T4: Listen\n",
            "T1, T2, T3 …: these are list items; write `records: {task: items}`, and a checkbox or a status with each, such",
        ),
        ("{task: items}", "- T1: Taste\n", "T1: these list items need a checkbox or a status with each, such as `- [ ] T1: …`"),
        ("{task: sections}", "- [ ] T1: Taste\n", "begin one with an id that matches"),
        ("task", "- [ ] Taste\n", "begin one with an id that matches"),
        ("task", "> - [ ] T1: Taste\n", "begin one with an id that matches"),
    ],
)
def test_items_that_a_declaration_leaves_out_are_named(records: str, items: str, help_: str) -> None:
    (trouble,) = Reading(f"---\nrecords: {records}\n---\n\n{items}").homes.troubles

    assert trouble.help.startswith(help_)


def test_generated_items_define_nothing() -> None:
    text = "- [x] T1 Taste\n"

    assert Reading(f"Before.\n\n{text}", section("task", "items"), generated=(text,)).ids == []


def test_a_long_title_is_cut() -> None:
    reading = Reading(f"- [x] T1 {'very ' * 100}long\n  and on\n", section("task", "items"))

    assert len(reading.only.title) <= 120
    assert reading.only.title.endswith("very…")


def test_a_long_list_takes_time_in_proportion() -> None:
    def seconds(items: int) -> float:
        text = "".join(f"- [x] T{number} Taste\n" for number in range(items))
        start = time.process_time()
        assert len(Reading(text, section("task", "items")).homes.records) == items
        return time.process_time() - start

    assert seconds(4000) < 70 * max(seconds(400), 0.001)
