from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from docsync.cli.main import run
from docsync.models.records import Json
from trees import plant

TASKS = """\
---
records: [phase, task]
---

# Work

| ID | Title | Status |
| -- | ----- | ------ |
| P1 | Walls | In progress |

| ID | Task | Status | Phase | Depends on | Owner |
| -- | ---- | ------ | ----- | ---------- | ----- |
| T1 | Dig | Done | P1 | | Ana |
| T2 | Pour | Pending | P1 | T1 | |

Some words at the end.
"""
HOLE = """\
---
kind: hole
id: H1
title: Which stone
status: in_progress
labels: [stone]
---

# Which stone

Nobody knows yet.

## Acceptance criteria

- [ ] It lasts
- [x] It is near
"""
FOREIGN = "[kinds.task]\nid = 'T\\d+|mill-[a-z0-9]+(?:\\.\\d+)*'\n"

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a project that builds a wall."""
    root = tmp_path / "wall"
    plant(root, {"docsync.toml": "", "work.md": TASKS, "H1.md": HOLE})
    monkeypatch.chdir(root)
    return root


def lines(*issues: Mapping[str, object]) -> str:
    return "".join(json.dumps(issue) + "\n" for issue in issues)


def issue(name: str, title: str = "Something", **more: object) -> dict[str, object]:
    return {"id": name, "title": title, "status": "open", "priority": 2, "issue_type": "task", **more}


def bring(*issues: Mapping[str, object], options: Sequence[str] = ()) -> int:
    Path("../issues.jsonl").write_text(lines(*issues))
    return run(["import", "../issues.jsonl", *options])


def exported(capsysbinary: pytest.CaptureFixture[bytes]) -> dict[str, dict[str, Json]]:
    capsysbinary.readouterr()
    assert run(["export", "--format", "jsonl"]) == 0
    return {one["id"]: one for one in map(json.loads, capsysbinary.readouterr().out.splitlines())}


def test_a_new_issue_becomes_a_row_where_its_siblings_are(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    needs = {"issue_id": "T3", "depends_on_id": "T2", "type": "blocks"}
    part = {"issue_id": "T3", "depends_on_id": "P1", "type": "parent-child"}
    assert bring(issue("T3", "Point the joints", assignee="Bo", dependencies=[needs, part]), issue("T4", "Rest")) == 0
    assert capsys.readouterr().out == "Made 2 records in work.md, updated 0; 0 said so already.\n"
    row = "| T2 | Pour | Pending | P1 | T1 | |\n"
    new = "| T3 | Point the joints | Pending | P1 | T2 | Bo |\n| T4 | Rest | Pending |  |  |  |\n"
    assert (here / "work.md").read_text() == TASKS.replace(row, row + new)


def test_what_has_no_column_goes_into_a_file_of_its_own(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(issue("T3", "Point", description="One.\n\nTwo: #2", priority=0, labels=["wet", "slow"], notes="n")) == 0
    assert capsys.readouterr().out == (
        "Made 1 record in issues/, updated 0; 0 said so already.\n"
        "Kept under `beads`, since records have no field for it: notes (1).\n"
    )
    assert (here / "work.md").read_text() == TASKS
    assert (here / "issues/T3-point.md").read_text() == (
        "---\nkind: task\nid: T3\ntitle: Point\nstatus: pending\npriority: P0\nlabels: [wet, slow]\n"
        "description: |-\n  One.\n\n  Two: #2\nbeads: {notes: n}\n---\n\n# Point\n"
    )


def test_known_records_are_updated_in_their_homes(here: Path) -> None:
    boxes = "- [x] It lasts\n- [x] It is near"
    assert bring(
        issue("T2", "Pour the footing", status="in_progress", assignee="Bo"),
        issue("H1", "Which stone", status="in_progress", labels=["hard"], description="See.", acceptance_criteria=boxes),
    ) == 0  # fmt: skip
    assert "Pour the footing" in (here / "work.md").read_text()
    assert "In progress" in (here / "work.md").read_text().split("Pour the footing")[1]
    hole = (here / "H1.md").read_text()
    assert hole == HOLE.replace("labels: [stone]", "labels: [stone, hard]\ndescription: See.").replace(
        "[ ] It lasts", "[x] It lasts"
    )


def test_nothing_is_taken_away(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        bring(issue("T2", "Pour"), issue("T1", "Dig", status="closed"), issue("H1", "Which stone", status="in_progress")) == 0
    )
    assert capsys.readouterr().out == "Made 0 records, updated 0; 3 said so already.\n"
    assert (here / "work.md").read_text() == TASKS
    assert (here / "H1.md").read_text() == HOLE


def test_a_status_is_taken_as_it_is(here: Path) -> None:
    assert bring(issue("T2", "Pour", status="closed")) == 0
    assert "| T2 | Pour | Done" in (here / "work.md").read_text()


def test_what_a_known_record_has_no_place_for_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(issue("T2", "Pour", design="A plan", priority=0)) == 1
    printed = capsys.readouterr().out
    assert "Left out, since there is no place for it: design (1).\n" in printed
    assert "note: T2 priority: the table at work.md:11 has no column for priority" in printed


def test_ids_of_no_kind_are_refused_with_what_lets_them_be(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(issue("mill-a3f"), issue("mill-a3f.1")) == 2
    told = capsys.readouterr().err
    assert "mill-a3f, mill-a3f.1: the id of no kind of work here" in told
    (setting,) = (line.removeprefix("docsync: ") for line in told.splitlines() if "id = " in line)
    (here / "docsync.toml").write_text(f"[kinds.task]\n{setting}\n")
    assert bring(issue("mill-a3f"), issue("mill-a3f.1")) == 0
    assert run(["check"]) == 0


def test_what_the_tracker_alone_knows_comes_out_again(here: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (here / "docsync.toml").write_text(FOREIGN)
    parent = {"issue_id": "mill-a3f.1", "depends_on_id": "mill-a3f", "type": "parent-child", "created_by": "Ana"}
    first = issue(
        "mill-a3f",
        "A dam: high",
        issue_type="epic",
        created_at="2026-01-15T06:19:16.796021-08:00",
        updated_at="2026-01-16T00:00:00Z",
        owner="ana@example.org",
    )
    second = issue(
        "mill-a3f.1",
        status="closed",
        priority=0,
        issue_type="bug",
        close_reason="Done by hand",
        closed_at="2026-02-01T10:00:00Z",
        updated_at="2026-02-01T10:00:00Z",
        estimated_minutes=90,
        acceptance_criteria="It must hold.",
        dependencies=[parent],
        comments=[{"id": 1, "text": "Hm"}],
    )
    assert bring(first, second) == 0
    back = exported(capsysbinary)
    for given in (first, second):
        named = back[str(given["id"])]
        assert {name: named[name] for name in given} == given
        assert set(named) - set(given) <= {"description"}
    assert bring(first, second) == 0


def test_tombstones_and_unknown_words_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    related = {"issue_id": "T9", "depends_on_id": "T77", "type": "blocks"}
    assert bring(issue("T8", status="tombstone"), issue("T9", status="triage", dependencies=[related])) == 1
    printed = capsys.readouterr().out
    assert "Passed over 1 tombstone of deleted issues.\n" in printed
    assert "note: the status triage is none that docsync knows, so T9 is taken as open\n" in printed
    assert "note: T9 blocks T77: there is no such record\n" in printed


def test_a_dry_run_writes_nothing_and_shows_all(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(issue("T2", "Pour more"), issue("T3", "Point", notes="n"), options=["--dry-run"]) == 0
    printed = capsys.readouterr()
    assert "+++ b/issues/T3-point.md\n" in printed.out
    assert "Pour more" in printed.out
    assert "Would make 1 record in issues/, would update 1" in printed.err
    assert (here / "work.md").read_text() == TASKS
    assert not (here / "issues").exists()


def test_new_records_go_where_they_are_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(issue("T3", "Point"), options=["--into", "plan/"]) == 0
    assert (here / "plan/T3-point.md").exists()
    capsys.readouterr()
    assert bring(issue("T4", "Cap", notes="n", priority=0, assignee="Bo"), options=["--into", "work.md"]) == 1
    assert "Left out, since there is no place for it: notes (1), priority (1).\n" in capsys.readouterr().out
    assert "| T4 | Cap | Pending |  |  | Bo |\n" in (here / "work.md").read_text()
    assert bring(issue("T5", "Cap"), options=["--into", "H1.md"]) == 2
    assert "H1.md is no home of tasks" in capsys.readouterr().err
    assert bring(issue("T5", "Cap"), options=["--into", "new.md"]) == 2
    assert "--into a folder keeps everything, in a file each" in capsys.readouterr().err


def test_a_section_is_written_like_its_siblings(here: Path) -> None:
    plant(
        here, {"work.md": "---\nrecords: task\n---\n\n# Work\n\n## T1: Dig\n\n- **Status**: Done\n- **Owner**: Ana\n\nWords.\n"}
    )
    assert bring(issue("T2", "Pour", assignee="Bo"), issue("T3", "Cap")) == 0
    assert (
        (here / "work.md")
        .read_text()
        .endswith("Words.\n\n## T2: Pour\n\n- **Status**: Pending\n- **Owner**: Bo\n\n## T3: Cap\n\n- **Status**: Pending\n")
    )


def test_an_import_that_makes_a_cycle_is_refused_whole(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    back = {"issue_id": "T1", "depends_on_id": "T2", "type": "blocks"}
    assert bring(issue("T1", "Dig", status="closed", dependencies=[back]), issue("T3", "New")) == 2
    assert "cycle" in capsys.readouterr().err
    assert (here / "work.md").read_text() == TASKS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", ":1: not JSON (column 2: "),
        ("\n[1]\n", ":2: expected one issue as a JSON object, found list"),
        ('{"title": "x"}', ":1: an issue needs an id"),
        ('{"id": "T9", "title": 3}', ":1: title is a text, not 3"),
        ('{"id": "T9", "priority": "high"}', ":1: priority is a number from 0, the most urgent, to 4, not high"),
        ('{"id": "T9", "labels": "a"}', ':1: labels is a list of texts, not "a"'),
        ('{"id": "T9", "dependencies": ["T1"]}', ':1: a dependency is an object with depends_on_id and type, not "T1"'),
        ('{"id": "T9"}\n{"id": "T9"}', ":2: T9 is there already, on line 1; keep one of the two"),
        ("[" * 100_000, ":1: not JSON ("),
    ],
)
def test_a_file_that_is_none_of_issues_is_refused(here: Path, capsys: pytest.CaptureFixture[str], text: str, told: str) -> None:
    Path("../bad.jsonl").write_text(text)
    assert run(["import", "../bad.jsonl"]) == 2
    assert f"docsync: ../bad.jsonl{told}" in capsys.readouterr().err
    assert (here / "work.md").read_text() == TASKS


def test_what_cannot_be_read_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "../none.jsonl"]) == 2
    assert "../none.jsonl: cannot be read: No such file or directory" in capsys.readouterr().err
    Path("../latin.jsonl").write_bytes(b'{"id": "T9", "title": "\xe4"}')
    assert run(["import", "../latin.jsonl"]) == 2
    assert "not UTF-8 at byte 23" in capsys.readouterr().err
    assert bring(issue("T9"), options=["--kind", "tusk"]) == 2
    assert "there is no kind tusk; did you mean task?" in capsys.readouterr().err


def test_issues_come_from_the_standard_input(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines(issue("T3", "Cap")).encode())))
    assert run(["import", "-"]) == 0
    assert "| T3 | Cap" in (here / "work.md").read_text()


def test_hostile_ids_and_titles_stay_inside_the_project(here: Path) -> None:
    (here / "docsync.toml").write_text("[kinds.task]\nid = '.+'\n")
    bad = "<!-- docsync:begin x -->\u0000 | `"
    assert bring(issue("../../evil", bad, description="---\nkind: hole", notes="\ud800"), issue("..", bad)) == 0
    assert sorted(path.name for path in (here / "issues").iterdir()) == ["evil-docsync-begin-x.md", "issue-docsync-begin-x.md"]
    assert not (here.parent / "evil.md").exists()
    assert run(["check", "issues"]) == 0


def test_names_of_files_that_are_taken_are_not_used(here: Path) -> None:
    plant(here, {"issues/T3-point.md": "# Mine\n"})
    assert bring(issue("T3", "Point", notes="n"), issue("T4", "Point", notes="n")) == 0
    assert (here / "issues/T3-point.md").read_text() == "# Mine\n"
    assert (here / "issues/T3-point-2.md").exists()


def test_what_is_kept_of_an_issue_follows_it(here: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert bring(issue("T3", "Point", priority=0, notes="wet", owner="ana")) == 0
    assert bring(issue("T3", "Point", notes="dry", design="thin")) == 0
    text = (here / "issues/T3-point.md").read_text()
    assert "beads: {notes: dry, owner: ana, design: thin}\n" in text
    assert "priority: P2\n" in text
    assert exported(capsysbinary)["T3"]["notes"] == "dry"


def test_a_known_record_may_wait_for_one_that_comes_with_it(here: Path) -> None:
    needs = {"issue_id": "T2", "depends_on_id": "T3", "type": "blocks"}
    assert bring(issue("T2", "Pour", dependencies=[needs]), issue("T3", "Mix", notes="n")) == 0
    assert "| T2 | Pour | Pending | P1 | T1, T3 | |\n" in (here / "work.md").read_text()


def test_a_known_record_may_come_to_belong_to_another(here: Path) -> None:
    part = {"issue_id": "H1", "depends_on_id": "P1", "type": "parent-child"}
    assert bring(issue("H1", "Which stone", status="in_progress", dependencies=[part])) == 0
    assert "phase: P1\n" in (here / "H1.md").read_text()


def test_criteria_that_a_known_record_lacks_are_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    boxes = "Look:\n- [x] It is grey\n- [~] It is free"
    assert bring(issue("H1", "Which stone", status="in_progress", acceptance_criteria=boxes)) == 1
    assert "there is no place for it: acceptance_criteria (1).\n" in capsys.readouterr().out
    assert (here / "H1.md").read_text() == HOLE


def test_work_that_was_given_up_is_cancelled(here: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    dig = issue("T1", "Dig", status="closed", close_reason="cancelled")
    assert bring(dig, issue("H9", "Why", status="closed", close_reason="cancelled: cost")) == 0
    assert "| T1 | Dig | Cancelled |" in (here / "work.md").read_text()
    assert "status: cancelled\nresolution: cost\n" in (here / "H9-why.md").read_text()
    assert exported(capsysbinary)["H9"]["close_reason"] == "cancelled: cost"


def test_ids_that_records_share_are_left_out(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"later/H1.md": HOLE.replace("Which stone", "Which tree")})
    assert bring(issue("H1", "Other"), issue("later/H1.md#H1", "Which oak", status="in_progress")) == 1
    printed = capsys.readouterr().out
    assert "note: H1 is left out: 2 records bear this id; give each an id of its own\n" in printed
    assert (here / "H1.md").read_text() == HOLE


def test_new_files_go_where_the_project_reads(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "docsync.toml").write_text('include = ["plan/**/*.md"]\n')
    assert bring(issue("T3", "Point", notes="n")) == 0
    assert (here / "plan/issues/T3-point.md").exists()
    assert bring(issue("T4", "Cap", notes="n"), options=["--into", "other/"]) == 2
    assert "other/x.md would be no document of the project, by `include`" in capsys.readouterr().err
    (here / "docsync.toml").write_text('include = ["plan/*-plan.md"]\n')
    assert bring(issue("T5", "Cap", notes="n")) == 2
    assert "--into names one" in capsys.readouterr().err
    assert bring(issue("T6", "Cap"), options=["--into", "../out/"]) == 2
    assert "outside the project" in capsys.readouterr().err


def test_files_of_the_same_kind_are_joined(here: Path) -> None:
    plant(here, {"work.md": "# No records\n", "todo/T1.md": "---\nkind: task\nid: T1\nstatus: done\n---\n\n# T1\n"})
    assert bring(issue("T2", "Pour")) == 0
    assert (here / "todo/T2-pour.md").read_text() == ("---\nkind: task\nid: T2\ntitle: Pour\nstatus: pending\n---\n\n# Pour\n")


def test_criteria_keep_their_categories(here: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    boxes = "- [ ] It stands\n\nlooks:\n- [x] It is grey\n- [ ] It is flat"
    assert bring(issue("T3", "Point", acceptance_criteria=boxes)) == 0
    assert (
        (here / "issues/T3-point.md")
        .read_text()
        .endswith("## Acceptance criteria\n\n- [ ] It stands\n\n**Looks**:\n\n- [x] It is grey\n- [ ] It is flat\n")
    )
    assert exported(capsysbinary)["T3"]["acceptance_criteria"] == boxes


def test_what_contradicts_then_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    Path("work.md").write_text(TASKS.replace("Pending", "Done"))
    assert bring(issue("T1", "Dig")) == 1
    told = capsys.readouterr().out
    assert "\n\n1 contradiction that was not there before:\n\nwork.md:14:15: warning DS405[" in told
    assert "T2 is done, but T1, which it waits for, is pending\n   14 | | T2 | Pour | Done |" in told
    assert "docsync check" not in told
    assert bring({**issue("T1", "Dig"), "status": "closed"}) == 0
    assert capsys.readouterr().out.endswith("1 contradiction gone.\n")


def test_a_dry_run_shows_once_what_would_contradict(capsys: pytest.CaptureFixture[str]) -> None:
    Path("work.md").write_text(TASKS.replace("Pending", "Done"))
    assert bring(issue("T1", "Dig"), options=["--dry-run"]) == 1
    said = capsys.readouterr().err
    assert said.count("DS405") == 1
    assert said.endswith("Would make 0 records, would update 1; 0 said so already.\n")
