from __future__ import annotations

import csv
import io
import json
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from docsync.cli.main import run
from trees import commit, plant

pytestmark = pytest.mark.usefixtures("here")

CREW = {
    "docsync.toml": "",
    "plan/phases.md": """\
---
records: phase
---

# Phases

| ID | Title | Status |
| -- | ----- | ------ |
| P1 | Hull | In progress |
| P2 | Sails | Pending |
""",
    "plan/tasks.md": """\
---
records: task
---

# Tasks

| ID | Task | Status | Phase | Estimate | Depends on | Owner | Priority | Labels | Created |
| -- | ---- | ------ | ----- | -------- | ---------- | ----- | -------- | ------ | ------- |
| T1 | Caulk the seams | Done | P1 | 2d | | Ana | high | hull, wet | 2026-02-03 |
| T2 | Tar the keel, twice | Ready | P1 | soon | T1 | | | | |
| T3 | Sew the main sail | Cancelled | P2 | 90m | T1, T2 | Bo | P0 | | |
""",
    "plan/H1.md": """\
---
kind: hole
id: H1
title: Which tar
status: resolved
phase: P1
blocks: [T2]
description: "Two kinds are sold: \\"pine\\" and coal."
updated: 2026-03-01
resolution: Pine
---

# Which tar

## Functional

- [x] It stays on
- [ ] It does not stain

## Cost

- [~] ~~Free~~
""",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a project that builds a boat."""
    root = tmp_path / "boat"
    commit(plant(root, CREW))
    monkeypatch.chdir(root)
    return root


def _issues(text: str) -> Mapping[str, Mapping[str, object]]:
    return {issue["id"]: issue for issue in map(json.loads, text.splitlines())}


def test_json_has_a_version_and_the_rows_of_each_table(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export"]) == 0
    exported = json.loads(capsysbinary.readouterr().out)
    assert exported["version"] == 1
    tasks = {row["id"]: row for row in exported["tables"]["tasks"]}
    assert tasks["T3"]["depends_on"] == ["T1", "T2"]
    assert tasks["T2"]["ready"] is True
    assert tasks["T1"]["ready"] is False
    assert tasks["T2"]["assignee"] is None
    assert {row["source"] for row in exported["tables"]["needs"]} == {"T2", "T3"}
    assert exported["tables"]["sessions"] == []


def test_one_kind_is_given_as_csv(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", "--format", "csv", "--kind", "tasks"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode())))
    assert [row["title"] for row in rows] == ["Caulk the seams", "Tar the keel, twice", "Sew the main sail"]
    assert [row["settled"] for row in rows] == ["true", "false", "true"]
    assert json.loads(rows[0]["labels"]) == ["hull, wet"]
    assert rows[1]["assignee"] == ""


def test_a_table_is_named_as_it_is_in_queries(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", "--format", "csv", "--kind", "criteria"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode())))
    assert [(row["record"], row["met"], row["dropped"]) for row in rows] == [
        ("H1", "true", "false"),
        ("H1", "false", "false"),
        ("H1", "false", "true"),
    ]


def test_csv_of_all_tables_goes_into_a_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--format", "csv", "-o", "../out"]) == 0
    names = {path.name for path in (here / "../out").iterdir()}
    assert {"tasks.csv", "holes.csv", "records.csv", "documents.csv"} <= names
    assert f"Wrote {len(names)} files into ../out." in capsys.readouterr().err
    assert run(["export", "--format", "csv", "-o", "../out"]) == 2
    assert "--force writes over it" in capsys.readouterr().err
    assert run(["export", "--format", "csv", "-o", "../out", "--force"]) == 0


def test_several_tables_need_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--format", "csv"]) == 2
    assert "-o names a folder" in capsys.readouterr().err


def test_the_ending_of_the_name_tells_the_form(here: Path, tmp_path: Path) -> None:
    plant(here, {"plan/broken.md": "---\nkind: hole\nid: H7\nstatus: perhaps\n---\n\n# H7\n"})
    assert run(["export", "-o", str(tmp_path / "boat.db")]) == 0
    with closing(sqlite3.connect(tmp_path / "boat.db")) as base:
        assert base.execute("select id, status from tasks where ready").fetchall() == [("T2", "ready")]
        assert base.execute("pragma user_version").fetchone() == (1,)
        assert base.execute("select count(*) from criteria").fetchone() == (3,)
        assert base.execute("select distinct code from diagnostics where path = 'plan/broken.md'").fetchall() == [("DS103",)]
    assert run(["export", "-o", str(tmp_path / "tasks.csv"), "--kind", "task"]) == 0
    assert (tmp_path / "tasks.csv").read_text().startswith("id,title,status,")


def test_nothing_is_overwritten_unless_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "boat.json"
    place.write_text("mine")
    assert run(["export", "-o", str(place)]) == 2
    assert place.read_text() == "mine"
    assert capsys.readouterr().err == f"docsync: {place}: it is there already and is not overwritten; --force writes over it\n"
    assert run(["export", "-o", str(place), "--force"]) == 0
    assert json.loads(place.read_text())["version"] == 1


def test_an_unknown_kind_is_told_with_the_near_miss(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--kind", "tassk"]) == 2
    assert "did you mean task" in capsys.readouterr().err


def test_parquet_without_its_library_is_told(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert run(["export", "--format", "parquet", "-o", "../pq"]) == 2
    assert "pip install 'docsync-md[parquet]'" in capsys.readouterr().err
    assert not (here / "../pq").exists()


def test_parquet_holds_typed_columns(here: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is an extra")
    assert run(["export", "--format", "parquet", "-o", "../tasks.parquet", "--kind", "task"]) == 0
    table = parquet.read_table(str(here / "../tasks.parquet"))
    types = {field.name: str(field.type) for field in table.schema}
    assert (types["id"], types["settled"], types["created"], types["line"]) == ("string", "bool", "date32[day]", "int64")
    assert table.column("settled").to_pylist() == [True, False, True]
    assert str(table.column("created").to_pylist()[0]) == "2026-02-03"


def test_work_is_given_as_issues(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", "--format", "jsonl"]) == 0
    issues = _issues(capsysbinary.readouterr().out.decode())
    assert list(issues) == ["H1", "P1", "P2", "T1", "T2", "T3"]
    assert issues["T1"] == {
        "id": "T1",
        "title": "Caulk the seams",
        "description": "",
        "status": "closed",
        "priority": 1,
        "issue_type": "task",
        "assignee": "Ana",
        "estimated_minutes": 960,
        "created_at": "2026-02-03T00:00:00Z",
        "labels": ["hull, wet"],
        "dependencies": [{"issue_id": "T1", "depends_on_id": "P1", "type": "parent-child"}],
    }
    assert issues["P1"]["issue_type"] == "epic"
    assert issues["T3"]["close_reason"] == "cancelled"
    assert issues["T3"]["priority"] == 0
    assert issues["T2"]["status"] == "open"
    assert issues["T2"]["priority"] == 2
    assert "estimated_minutes" not in issues["T2"]
    assert issues["T2"]["dependencies"] == [
        {"issue_id": "T2", "depends_on_id": "H1", "type": "blocks"},
        {"issue_id": "T2", "depends_on_id": "T1", "type": "blocks"},
        {"issue_id": "T2", "depends_on_id": "P1", "type": "parent-child"},
    ]


def test_an_issue_tells_criteria_dates_and_why_it_was_closed(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", "--format", "jsonl", "--kind", "hole"]) == 0
    (issue,) = _issues(capsysbinary.readouterr().out.decode()).values()
    assert issue["description"] == 'Two kinds are sold: "pine" and coal.'
    assert issue["acceptance_criteria"] == ("functional:\n- [x] It stays on\n- [ ] It does not stain\n\ncost:\n- [~] ~~Free~~")
    assert (issue["updated_at"], issue["closed_at"]) == ("2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z")
    assert issue["close_reason"] == "Pine"


def test_a_dependency_on_what_is_no_issue_is_left_out_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--format", "jsonl", "--kind", "task"]) == 0
    assert "docsync: left out: T2 waits for H1, which is no issue" in capsys.readouterr().err
