"""A table that says the same in a team's own words keeps them, cell by cell."""

from __future__ import annotations

import os

import pytest
from generator_samples import document, project, record, region

from docsync.generator.regions import expectations
from docsync.models.expectations import Expectation
from docsync.models.status import Status

_TASKS = (
    record("task", "T-1", "Reader", Status.RESOLVED, assignee="Ada"),
    record("task", "T-2", "Writer", Status.PENDING),
    record("task", "T-3", "Index", Status.BLOCKED, assignee="Bo"),
)
_HEAD = "| ID  | Title  | Status      | Owner |\n| --- | ------ | ----------- | ----- |\n"


def _expect(held: str) -> Expectation:
    asked = region("tasks", "status-table", held, kind="task", columns="id,title,status,assignee=Owner")
    (expected,) = expectations(project(document("docs/STATE.md", asked), records=_TASKS), os.curdir, {}, lambda _path: ())
    return expected


@pytest.mark.parametrize(
    "rows",
    [
        "| T-1 | Reader | ✅ Complete | Ada |\n| T-2 | Writer | ⏳ | None |\n| T-3 | Index | ON HOLD | Bo |",
        "| **T-1** | `Reader` | DONE | **Ada** |\n| _T-2_ | Writer | Not started | N/A |\n| T-3 | Index | 🔒 | Bo |",
    ],
)
def test_other_words_for_the_same_are_fresh(rows: str) -> None:
    expected = _expect(_HEAD + rows)

    assert (expected.fresh, expected.failure) == (True, "")


@pytest.mark.parametrize(
    "status",
    ["✅ pending", "Complete (2 left)", "Complete, but see below", "🍞", "pending", "Done 80%", ""],
)
def test_what_does_not_say_just_the_same_is_replaced(status: str) -> None:
    expected = _expect(f"{_HEAD}| T-1 | Reader | {status} | Ada |\n| T-2 | Writer | todo | - |\n| T-3 | Index | Stuck | Bo |")

    assert not expected.fresh
    assert expected.body is not None
    assert [line.split("|")[3].strip() for line in expected.body.strip().splitlines()[2:]] == ["✅ resolved", "todo", "Stuck"]


def test_only_the_wrong_cells_of_a_stale_table_change() -> None:
    expected = _expect(f"{_HEAD}| T-1 | Reader | FINISHED | Eve |\n| T-2 | Writer | todo | - |\n")

    assert expected.body is not None
    assert [[cell.strip() for cell in line.split("|")[1:-1]] for line in expected.body.strip().splitlines()[2:]] == [
        ["T-1", "Reader", "FINISHED", "Ada"],
        ["T-2", "Writer", "todo", "-"],
        ["T-3", "Index", "🔒 blocked", "Bo"],
    ]


@pytest.mark.parametrize(
    "held",
    [
        "| ID | Title | State | Owner |\n|---|---|---|---|\n| T-1 | Reader | DONE | Ada |",
        f"{_HEAD}| T-1 | Reader | DONE | Ada |\n| T-1 | Reader | FINISHED | Ada |",
    ],
)
def test_another_table_or_a_row_that_stands_twice_keeps_nothing(held: str) -> None:
    expected = _expect(held)

    assert expected.body is not None
    assert "DONE" not in expected.body
    assert "✅ resolved" in expected.body


def test_what_was_kept_is_kept_again() -> None:
    first = _expect(f"{_HEAD}| T-1 | Reader | FINISHED | Eve |\n| T-3 | Index | Stuck | — |\n")
    assert first.body is not None
    second = _expect(first.body)

    assert (second.fresh, second.body) == (True, first.body)
