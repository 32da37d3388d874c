"""What the attributes of a region choose, and what is said of those without sense."""

from __future__ import annotations

import os
import re

import pytest
from generator_samples import DEFAULT, PLAN, R, document, project, record, region, with_kind
from msgspec.structs import replace

from docsync.config.values import Config
from docsync.generator.regions import expectations
from docsync.models.document import Region
from docsync.models.expectations import Expectation
from docsync.models.records import Field, Record
from docsync.models.schema import FieldType
from docsync.models.status import Status
from docsync.text.spans import Span


def _expect(*, view: str = "status-table", records: tuple[Record, ...] = PLAN, **attributes: str) -> Expectation:
    return _expect_with(DEFAULT, records, region("case", view, **attributes))


def _expect_with(config: Config, records: tuple[Record, ...], asked: Region) -> Expectation:
    documents = document("docs/STATE.md", asked)
    (expected,) = expectations(project(documents, records=records, config=config), os.curdir, {}, lambda _path: ())
    return expected


def _ids(expected: Expectation) -> list[str]:
    assert expected.failure == ""
    assert expected.body is not None
    rows = [line.split("|")[1].strip() for line in expected.body.split("\n") if line.startswith("|")]
    return [cell for cell in rows if cell != "ID" and not cell.startswith("---")]


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("phase=1", ["H1", "H2"]),
        ("phase=P2", ["H3", "H10"]),
        ("phase = Phase 2 ", ["H3", "H10"]),
        ("phase=1,status!=resolved", ["H2"]),
        ("phase!=1", ["H3", "H4", "H10"]),
        ("phase=", ["H4"]),
        ("phase!=", ["H1", "H2", "H3", "H10"]),
        ("status=ready|blocked", ["H3", "H10"]),
        ("status=🔄", ["H2"]),
        ("Blocked By=h2", ["H3"]),
        ("blocks=H3", ["H2", "H10"]),
        ("waits_for=", ["H1", "H2", "H4", "H10"]),
        ("holds_up=H3", ["H2", "H10"]),
        ("ready=yes", ["H2", "H4", "H10"]),
        ("open=no", ["H1"]),
        ("settled=yes", ["H1"]),
        ("id=h10", ["H10"]),
        ("id>=H3", ["H3", "H4", "H10"]),
        ("id<H3", ["H1", "H2"]),
        ("title=tide tables", ["H3"]),
        ("title>R", ["H2", "H3", "H10"]),
        ("progress=100", ["H1"]),
        ("progress<50", ["H2", "H3", "H4", "H10"]),
        ("path=plan/holes/H4.md", ["H4"]),
        ("kind=hole", ["H1", "H2", "H3", "H4", "H10"]),
    ],
)
def test_where_chooses(where: str, ids: list[str]) -> None:
    assert _ids(_expect(kind="hole", where=where)) == ids


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("id", ["H1", "H2", "H3", "H4", "H10"]),
        ("-id", ["H10", "H4", "H3", "H2", "H1"]),
        ("phase,-id", ["H2", "H1", "H10", "H3", "H4"]),
        ("-phase,id", ["H3", "H10", "H1", "H2", "H4"]),
        ("status,id", ["H4", "H10", "H2", "H3", "H1"]),
        ("-blocks,title", ["H1", "H2", "H10", "H4", "H3"]),
        ("-progress,id", ["H1", "H2", "H3", "H4", "H10"]),
        ("ready,id", ["H1", "H3", "H2", "H4", "H10"]),
        ("title", ["H4", "H1", "H2", "H10", "H3"]),
        ("link", ["H1", "H2", "H3", "H4", "H10"]),
    ],
)
def test_sort_orders_as_people_do_and_keeps_nothing_last(sort: str, ids: list[str]) -> None:
    assert _ids(_expect(kind="hole", sort=sort)) == ids


def test_numbers_and_dates_sort_by_size() -> None:
    metrics = tuple(record("metric", f"M{number}", current=value) for number, value in enumerate((10, 9.5, -1, 1e300, 10**400)))
    assert _ids(_expect(kind="metric", sort="current", records=metrics)) == ["M2", "M1", "M0", "M3", "M4"]
    assert _ids(_expect(kind="metric", where="current>9.7", sort="-current", records=metrics)) == ["M4", "M3", "M0"]
    assert _ids(_expect(kind="session", where="date>2025-03-01")) == ["Session 2"]
    huge = tuple(record("metric", f"M{digits}", "x") for digits in ("9" * 6000, "1" + "0" * 6000, "007"))
    assert _ids(_expect(kind="metric", records=huge)) == ["M007", "M" + "9" * 6000, "M1" + "0" * 6000]


def test_groups_come_in_the_order_of_their_field_and_keep_the_sort() -> None:
    body = _expect(kind="hole", group="phase", sort="-id").body or ""
    assert [line for line in body.split("\n") if line.startswith("**")] == [
        "**P1: Soundings**",
        "**P2: Charts**",
        "**No phase**",
    ]
    assert _ids(_expect(kind="hole", group="phase", sort="-id")) == ["H2", "H1", "H10", "H3", "H4"]


def test_a_group_of_a_phase_without_a_title_is_named_by_its_id() -> None:
    records = (record("phase", "P1", status=R), record("hole", "H1", phase="1"))
    assert "**P1**" in (_expect(kind="hole", group="phase", records=records).body or "")


def test_groups_by_other_fields_are_named_by_the_value() -> None:
    assert "**yes**" in (_expect(kind="hole", group="ready").body or "")
    assert "**0**" in (_expect(kind="hole", group="progress").body or "")


@pytest.mark.parametrize(
    ("columns", "titles"),
    [
        ("id,done_when", ["ID", "Done when"]),
        ("id=No.,title=A|B", ["No.", "A\\|B"]),
        ("link, Depends On", ["ID", "Depends on"]),
        ("id,effort=Days", ["ID", "Days"]),
    ],
)
def test_columns_are_titled(columns: str, titles: list[str]) -> None:
    header = (_expect(kind="task", columns=columns).body or "").split("\n")[1]
    assert [cell.strip() for cell in re.split(r"(?<!\\)\|", header)[1:-1]] == titles


def test_a_project_s_own_kind_and_fields_are_shown() -> None:
    config = with_kind("pier", depth=FieldType.NUMBER, dry=FieldType.BOOLEAN, names=FieldType.LIST, rules=FieldType.CONDITIONS)
    records = (
        record("pier", "X1", "North", R, depth=4.0, dry=False, names=["a", "b"], rules={"all": "any", "quality": "80%"}),
        replace(
            record("pier", "X2", "South", depth=4.5, dry=True, colour="red"),
            fields={"status": Field("status", "on | fire", Span(0, 1), Span(0, 1))},
        ),
    )
    asked = region("case", "status-table", kind="pier", columns="id,status,depth,dry,names,rules,colour")
    body = _expect_with(config, records, asked).body or ""
    assert body.split("\n")[3:5] == [
        "| X1  | ✅ resolved | 4     | no  | a, b  | all: any, quality: 80% | —      |",
        "| X2  | on \\| fire  | 4.5   | yes | —     | —                      | red    |",
    ]
    for kind, where in (("pier", "colour=red"), ("pier,hole", "colour=red"), ("pier", "depth>4.2")):
        chosen = region("case", "status-table", kind=kind, where=where)
        assert _ids(_expect_with(config, (*records, *PLAN), chosen)) == ["X2"]


def test_records_of_a_kind_that_is_not_configured_are_chosen_by_their_texts() -> None:
    records = (record("berth", "B1", "One", R, side="lee"), record("berth", "B2", "Two", side="windward"))
    assert _ids(_expect(kind="berth", where="side=LEE", records=records)) == ["B1"]
    assert _ids(_expect(kind="berth", where="title=two", records=records)) == ["B2"]


def test_criteria_of_a_field_are_shown_by_their_texts() -> None:
    task = record("task", "T-1", done_when=[{"text": "reads", "category": "", "met": True}, {"text": "writes", "met": False}])
    assert "| T-1 | reads, writes |" in (_expect(kind="task", columns="id,done_when", records=(task,)).body or "")


@pytest.mark.parametrize(
    ("attributes", "failure"),
    [
        ({"view": ""}, 'the region names no view; add view="status-table", or another one'),
        ({"view": "status-tabel", "kind": "hole"}, "unknown view status-tabel; did you mean status-table?"),
        ({"kind": "holes"}, "unknown kind holes; did you mean hole?"),
        ({"kind": "hole,taks"}, "unknown kind taks; did you mean task?"),
        ({}, "the view status-table needs the attribute kind"),
        ({"kind": "hole", "colums": "id"}, "the view status-table has no attribute colums; did you mean columns?"),
        ({"kind": "hole", "columns": "titel"}, "unknown field titel of hole in columns; did you mean title?"),
        ({"kind": "hole", "where": "stauts=ready"}, "unknown field stauts of hole in where; did you mean status?"),
        ({"kind": "hole", "sort": "-phaes"}, "unknown field phaes of hole in sort; did you mean phase?"),
        ({"kind": "hole", "group": "phaes"}, "unknown field phaes of hole in group; did you mean phase?"),
        ({"kind": "hole", "where": "ready"}, "expected field=value in where, found ready"),
        ({"kind": "hole", "where": "status=redy"}, "where: expected a status, found `redy`; did you mean `ready`?"),
        ({"kind": "hole", "where": "phase=9"}, "where: expected the id of a phase, found `9`"),
        ({"kind": "hole", "where": "status=failed"}, 'no hole matches where="status=failed"; the region keeps its text'),
        ({"kind": "workstream"}, "no workstream matches; the region keeps its text"),
        ({"kind": "hole", "columns": ","}, "a table needs columns"),
        ({"view": "critical-path", "kind": "decision"}, "no record waits for another; the region keeps its text"),
        ({"view": "dependency-graph", "kind": "decision"}, "no chosen record waits for another; the region keeps its text"),
        ({"view": "dependency-graph", "direction": "UP"}, "direction is LR, RL, TB or BT, not UP"),
        ({"view": "next-ready", "where": "colour=red"}, "unknown field colour of any record in where; known are id,"),
    ],
)
def test_attributes_without_sense_fail_with_the_near_miss(attributes: dict[str, str], failure: str) -> None:
    given = {"view": "status-table"} | attributes
    expected = _expect_with(DEFAULT, PLAN, region("case", given.pop("view"), **given))
    assert expected.body is None
    assert expected.failure.startswith(failure)
    assert not expected.edited


def test_a_project_without_records_fails_rather_than_emptying_its_regions() -> None:
    assert _expect(view="next-ready", records=()).failure == "no record matches; the region keeps its text"
    decisions = tuple(one for one in PLAN if one.kind == "decision")
    assert _expect(view="progress-summary", records=decisions).failure == "there is no work to count; the region keeps its text"


def test_records_that_share_an_id_are_all_shown() -> None:
    twice = (*PLAN, replace(PLAN[4], title="Harbour again", path="plan/copy.md", status=Status.READY))
    assert _ids(_expect(kind="hole", where="id=H4", records=twice)) == ["H4", "H4"]
