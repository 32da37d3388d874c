from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from docsync.cli.main import run
from trees import commit, plant

FILES = {
    "docsync.toml": "",
    "holes/H1.md": (
        "---\nkind: hole\nid: H1\ntitle: Lamp\nstatus: in_progress\nblocks: [H2]\n---\n\n"
        "# H1: Lamp\n\n- [ ] It burns\n- [x] It turns\n"
    ),
    "HOLES.md": (
        "---\nrecords: hole\n---\n\n# Holes\n\n## H2: Horn\n\n- **Status**: Blocked\n- **Blocked by**: H1\n\n"
        "## H3: Boat\n\n- **Status**: Ready\n- **Blocked by**: None\n"
    ),
    "TASKS.md": (
        "---\nrecords: task\n---\n\n# Tasks\n\n| ID | Task | Status  | Depends on |\n| -- | ---- | ------- | ---------- |\n"
        "| T1 | Oil  | Done    |            |\n| T2 | Wick | Pending | T1         |\n"
    ),
    "BOARD.md": (
        "# Board\n\n<!-- docsync:claim holes.resolved/holes.total -->\n\n**Holes**: 0/3 resolved (0%)\n\n"
        '<!-- docsync:begin all view="status-table" kind="hole" columns="id,status" -->\n\n'
        "| ID  | Status         |\n| --- | -------------- |\n| H2  | 🔒 blocked     |\n| H3  | 🔓 ready       |\n"
        "| H1  | 🔄 in progress |\n\n<!-- docsync:end all -->\n"
    ),
    "NOTES.md": "# Notes\n\nNothing of it.\n",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a project in which nothing contradicts."""
    monkeypatch.chdir(tmp_path)
    commit(plant(tmp_path, FILES))
    assert run(["regenerate"]) == 0
    commit(tmp_path)
    return tmp_path


def _tree(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*.md"))}


def _refused(here: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that must refuse, and give what it says; no file may have changed."""
    before = _tree(here)
    capsys.readouterr()
    assert run(list(arguments)) == 2
    assert _tree(here) == before
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def test_resolving_changes_the_home_and_all_that_follows(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["resolve", "H1", "--resolution", "NOTES.md", "--evidence", "TASKS.md"]) == 1
    home = (here / "holes/H1.md").read_text()
    assert home == FILES["holes/H1.md"].replace("in_progress", "resolved").replace(
        "blocks: [H2]\n", "blocks: [H2]\nresolution: NOTES.md\nevidence: [TASKS.md]\n"
    )
    board = (here / "BOARD.md").read_text()
    assert "**Holes**: 1/3 resolved (33%)" in board
    assert "| H1  | ✅ resolved |" in board
    out = capsys.readouterr().out
    assert out.startswith(
        "H1 Lamp (holes/H1.md:3)\n  status: in_progress → resolved\n  resolution: (nothing) → NOTES.md\n"
        "  evidence: (nothing) → TASKS.md\nregenerated BOARD.md: 1 region (all) and 2 values\n"
        "note: of H1 these criteria are not ticked: 1 (It burns)\nReady now: H2 Horn\n"
    )
    assert "docsync set H2 status=ready" in out
    assert "HOLES.md:9:15: warning DS404[blocked-by-resolved] H2 is blocked, but all it waits for is resolved: H1" in out
    assert run(["set", "H2", "status=ready"]) == 0
    assert "1 contradiction gone." in capsys.readouterr().out
    assert run(["check"]) == 0


def test_a_dry_run_shows_the_diff_and_writes_nothing(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    before = _tree(here)
    capfdbinary.readouterr()
    assert run(["start", "H3", "--dry-run"]) == 0
    shown = capfdbinary.readouterr()
    assert _tree(here) == before
    assert b"would regenerate BOARD.md: 1 region (all)" in shown.err
    subprocess.run(["git", "apply", "-"], input=shown.out, cwd=here, check=True)
    patched = _tree(here)
    subprocess.run(["git", "checkout", "-q", "."], cwd=here, check=True)
    assert run(["start", "H3"]) == 0
    assert _tree(here) == patched != before


def test_nothing_to_change_touches_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stamps = {path: path.stat().st_mtime_ns for path in here.rglob("*.md")}
    capsys.readouterr()
    assert run(["start", "H1"]) == 0
    assert capsys.readouterr().out == "Nothing to change: it is so already.\n"
    assert {path: path.stat().st_mtime_ns for path in here.rglob("*.md")} == stamps


def test_several_records_are_set_all_or_none(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["set", "H3", "T2", "priority=high", "status=in_progress"]) == 2
    assert "the table at TASKS.md:7 has no column for priority" in capsys.readouterr().err
    assert _tree(here)["HOLES.md"] == FILES["HOLES.md"].encode()
    assert run(["set", "H2", "H3", "priority=high", "labels+=sea", "labels+=sky"]) == 0
    holes = (here / "HOLES.md").read_text()
    assert holes.count("- **Priority**: high\n- **Labels**:\n  - sea\n  - sky\n") == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("start", "H33"), "there is no record H33; did you mean H3?"),
        (("set", "H3", "statsu=ready"), "holes have no field statsu; did you mean status?"),
        (("set", "H3", "status=redy"), "is not a status; did you mean ready?"),
        (("set", "H3", "blocked_by+=H9"), "there is no record H9; known are H2, H3, T1, T2, H1"),
        (("set", "H3", "phase=2"), "no document here declares phases"),
        (("set", "H3", "status="), "status of H3 cannot be empty"),
        (("set", "H3", "id=H4"), "id of H3 cannot be set"),
        (("set", "H3", "type=a", "type=b"), "type of H3 is given twice"),
        (("set", "H3", "type+=a"), "holds one value, so += means nothing"),
        (("set", "H2", "blocked_by-=H3"), "blocked_by of H2 does not hold H3; it holds H1"),
        (("set", "H3", "blocked_by=H3"), "H3 cannot wait for itself"),
        (("set", "H3", "criteria=x"), "tick them: docsync tick H3 NUMBER"),
        (("set", "T2", "wave=soon"), "expected a whole number"),
        (("resolve", "H2"), "H2 still waits for H1 (in progress); resolve that first, or take it out of blocked_by of H2"),
        (("resolve", "T2"), "T2 is pending, which resolved cannot follow; legal are ready, in progress"),
        (("resolve", "T2"), "first: docsync set T2 status=in_progress"),
        (("set", "T1", "status=pending"), "legal are in progress, failed"),
        (("resolve", "H1", "--resolution", "NOTE.md"), "NOTE.md is not there; did you mean NOTES.md?"),
        (("resolve", "H1", "--resolution", "../x.md"), "leads out of the project"),
        (("resolve", "H1", "--evidence", "report.xml"), "report.xml is not there"),
        (("resolve", "H1", "--resolution", "as `src/lamp.py` does"), "src/lamp.py is not there"),
        (("resolve", "T1", "--resolution", "NOTES.md"), "tasks have no field resolution"),
        (("set", "H1", "blocked_by=H2"), "that would make a cycle: H2 → H1 → H2, each waiting for the next"),
        (("set", "T1", "depends_on=T2"), "that would make a cycle: T1 → T2 → T1"),
        (("block", "H3", "--by", "T1"), "T1 is resolved and holds nothing up"),
        (("block", "H3", "--reason", "a (b)"), "it can hold none"),
        (("tick", "H1", "3"), "H1 has no criterion 3; it has 1 (It burns), 2 (It turns)"),
        (("tick", "H1", "it"), "2 criteria of H1 match it: 1 (It burns), 2 (It turns); give the number of one"),
        (("tick", "H1", "it burnt"), "no criterion of H1 matches it burnt; did you mean 1 (It burns)?"),
        (("tick", "H3", "1"), "H3 has no criteria in its home, HOLES.md"),
    ],
)
def test_what_cannot_be_is_refused_and_says_what_to_do(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert said in _refused(here, capsys, *arguments)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("arguments", [("set", "H3"), ("set", "status=ready"), ("set",), ("tick", "H1")])
def test_half_a_command_is_a_usage_error(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    assert run(list(arguments)) == 2
    assert "Usage:" in capsys.readouterr().err


def test_an_ambiguous_id_is_named_by_its_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "---\nrecords: task\n---\n\n| # | Task | Status |\n|---|---|---|\n| 1.1 | Oil | Pending |\n"
    plant(here, {"east/PLAN.md": rows, "west/PLAN.md": rows})
    said = _refused(here, capsys, "start", "1.1")
    assert "DS105" in said or "2 records answer to 1.1; name one as east/PLAN.md#1.1, west/PLAN.md#1.1" in said
    plant(here, {"docsync.toml": '[rules]\nignore = ["DS105"]\n'})
    assert run(["start", "west/PLAN.md#1.1"]) == 0
    assert (here / "east/PLAN.md").read_text() == rows
    assert (here / "west/PLAN.md").read_text() == rows.replace("Pending", "In progress")


def test_of_two_homes_of_an_id_that_of_the_named_file_is_changed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"more.md": FILES["holes/H1.md"]})
    said = _refused(here, capsys, "set", "H1", "status=ready")
    assert "2 records answer to H1; name one as holes/H1.md#H1, more.md#H1" in said
    assert run(["set", "more.md#H1", "status=ready"]) == 0
    assert "note: holes/H1.md:3 has the same id, H1, and was left as it is" in capsys.readouterr().out
    assert (here / "holes/H1.md").read_text() == FILES["holes/H1.md"]
    assert (here / "more.md").read_text() == FILES["holes/H1.md"].replace("in_progress", "ready")


def test_a_record_that_lives_twice_in_one_file_is_not_changed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"more.md": "---\nrecords: hole\n---\n\n# More\n\n## H7: Oar\n\n- **Status**: Ready\n" * 2})
    assert "2 records answer to more.md#H7, in more.md:7, more.md:16; give each an id" in _refused(
        here, capsys, "start", "more.md#H7"
    )


def test_a_box_is_ticked_and_unticked_without_a_step_between(here: Path) -> None:
    text = "---\nrecords: {task: items}\n---\n\n- [ ] T21 Oil\n- [x] T22 Wick\n- [ ] T23 Glass\n  - Status: Pending\n"
    plant(here, {"list.md": text})
    assert run(["resolve", "T21"]) == 0
    assert run(["set", "T22", "status=pending"]) == 0
    assert run(["resolve", "T23"]) == 0
    assert (here / "list.md").read_text().endswith("- [x] T21 Oil\n- [ ] T22 Wick\n- [x] T23 Glass\n  - Status: Done\n")


def test_a_gate_passes_without_being_worked_on_if_its_criteria_let_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gate = "## G{}: Light\n\n- **Status**: Pending\n- **Pass condition**: {}\n\n### Criteria\n\n- [x] burns\n- [ ] turns\n\n"
    plant(here, {"GATES.md": "---\nrecords: gate\n---\n\n# Gates\n\n" + gate.format(1, "any") + gate.format(2, "all")})
    said = _refused(here, capsys, "resolve", "G2")
    assert "G2 cannot pass yet: 1 of 2 criteria are met, and it needs 2; tick what is met: docsync tick G2 NUMBER" in said
    assert run(["resolve", "G1"]) == 0
    assert "## G1: Light\n\n- **Status**: Resolved\n" in (here / "GATES.md").read_text()


def test_blocking_is_said_on_both_sides(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["block", "H3", "--by", "H1", "--reason", "no light"]) == 0
    assert "## H3: Boat\n\n- **Status**: Blocked (no light)\n- **Blocked by**: H1\n" in (here / "HOLES.md").read_text()
    assert "blocks: [H2, H3]\n" in (here / "holes/H1.md").read_text()
    assert "Waiting now: H3 Boat\n" in capsys.readouterr().out
    assert run(["set", "H3", "blocked_by=", "status=ready"]) == 0
    assert "blocks: [H2]\n" in (here / "holes/H1.md").read_text()
    assert "- **Blocked by**: None\n" in (here / "HOLES.md").read_text()


def test_a_side_that_does_not_write_the_relation_is_left_alone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"TASKS.md": FILES["TASKS.md"] + "| T3 | Rope | Pending |            |\n"})
    capsys.readouterr()
    assert run(["set", "T3", "depends_on=T2"]) == 0
    assert "note: T2 does not write blocks, so T3 alone says it\n" in capsys.readouterr().out
    assert "| T3 | Rope | Pending | T2         |\n" in (here / "TASKS.md").read_text()


def test_ticks_come_and_go(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["tick", "H1", "burns"]) == 0
    assert "- [x] It burns\n" in (here / "holes/H1.md").read_text()
    assert "  criterion 1: met, It burns\n" in capsys.readouterr().out
    assert run(["tick", "H1", "1", "It turns", "--untick"]) == 0
    assert "- [ ] It burns\n- [ ] It turns\n" in (here / "holes/H1.md").read_text()
    assert run(["tick", "H1", "2", "--untick"]) == 0
    assert "note: criterion 2 of H1 is not ticked anyway\n" in capsys.readouterr().out


def test_deferring_keeps_the_reason(here: Path) -> None:
    assert run(["defer", "T2", "--reason", "winter"]) == 0
    assert "| T2 | Wick | Deferred (winter) | T1         |\n" in (here / "TASKS.md").read_text()


@pytest.mark.usefixtures("here")
def test_starting_what_waits_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    run(["start", "H2"])
    assert "note: H2 still waits for H1 (in progress)\n" in capsys.readouterr().out


def test_what_was_out_of_date_before_is_left_and_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = (here / "BOARD.md").read_text()
    plant(here, {"OTHER.md": "<!-- docsync:claim tasks.resolved/tasks.total -->\n\nOf tasks, 0 of 2 are done.\n"})
    capsys.readouterr()
    assert run(["start", "H3"]) == 0
    assert "left so: OTHER.md; docsync regenerate" in capsys.readouterr().out
    assert "0 of 2" in (here / "OTHER.md").read_text()
    assert (here / "BOARD.md").read_text() == board.replace("🔓 ready       |", "🔄 in progress |")
    assert run(["start", "T2"]) == 0
    assert "0 of 2" in (here / "OTHER.md").read_text()
    assert run(["resolve", "T2"]) == 0
    assert "2 of 2" in (here / "OTHER.md").read_text()


def test_what_regenerate_would_leave_is_not_said_to_be_put_right_by_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"OTHER.md": "# Other\n\nOf all this, 2 of 2 tasks are resolved.\n"})
    assert run(["baseline"]) == 0
    capsys.readouterr()
    assert run(["start", "H3"]) == 0
    assert "Out of date" not in capsys.readouterr().out
    (here / ".docsync-baseline.json").unlink()
    assert run(["set", "H3", "type=rope"]) == 0
    assert "left so: OTHER.md; docsync regenerate puts it right" in capsys.readouterr().out


def test_a_region_that_was_edited_by_hand_is_kept_and_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = (here / "BOARD.md").read_text().replace("🔓 ready       |", "mine")
    plant(here, {"BOARD.md": board})
    capsys.readouterr()
    assert run(["start", "H3"]) == 0
    assert (here / "BOARD.md").read_text() == board
    assert "region all of BOARD.md was edited by hand and is left as it is" in capsys.readouterr().out


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_the_byte_order_mark_stay(here: Path, newline: str, bom: bytes) -> None:
    raw = bom + FILES["HOLES.md"].rstrip("\n").replace("\n", newline).encode()
    plant(here, {"HOLES.md": raw})
    assert run(["set", "H3", "type=rope"]) == 0
    assert (here / "HOLES.md").read_bytes() == raw + f"{newline}- **Type**: rope".encode()


def test_a_read_only_file_keeps_all_from_being_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "BOARD.md").chmod(0o444)
    assert "BOARD.md: the file is read-only; nothing was changed" in _refused(here, capsys, "start", "H3")


def test_a_document_that_cannot_be_read_is_no_home(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"HOLES.md": FILES["HOLES.md"].encode() + b"\xff\n"})
    assert "there is no record H3" in _refused(here, capsys, "start", "H3")


def test_an_empty_project_has_no_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["start", "H1"]) == 2
    assert "there is no record H1: no document here declares any records" in capsys.readouterr().err


def test_the_root_is_named_from_anywhere(here: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    os.chdir(elsewhere)
    assert run(["start", "H3", "--root", str(here)]) == 0
    assert "**Status**: In progress" in (here / "HOLES.md").read_text()


def test_the_same_status_told_elsewhere_is_named_where_it_contradicts_now(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(here, {"NOTES.md": "# Notes\n\n| Hole | Status |\n| ---- | ------ |\n| H3   | Ready  |\n"})
    assert run(["check"]) == 0
    capsys.readouterr()
    assert run(["resolve", "H3"]) == 1
    out = capsys.readouterr().out
    assert "1 contradiction that was not there before:" in out
    assert "NOTES.md:5:10: error DS301[status-disagrees]" in out
    assert "| H3   | Ready  |" in (here / "NOTES.md").read_text()


def test_two_in_one_change_may_be_resolved_in_any_order(here: Path) -> None:
    run(["set", "H2", "status=in_progress"])
    assert run(["set", "H2", "H1", "status=resolved"]) == 0
    assert "**Status**: Resolved" in (here / "HOLES.md").read_text()


def test_a_reference_is_spelled_as_the_others_are(here: Path) -> None:
    plant(
        here,
        {
            "PHASES.md": "---\nrecords: phase\n---\n\n| ID | Title | Status |\n| -- | ----- | ------ |\n"
            "| P1 | Build | Done |\n| P2 | Light | Ready |\n",
            "HOLES.md": FILES["HOLES.md"].replace("- **Status**: Blocked\n", "- **Status**: Blocked\n- **Phase**: Phase 1\n"),
        },
    )
    assert run(["set", "H2", "phase=P2"]) == 0
    assert "- **Phase**: Phase 2\n" in (here / "HOLES.md").read_text()
    assert run(["set", "H1", "phase=2"]) == 0
    assert "phase: Phase 2\n" in (here / "holes/H1.md").read_text()


def test_untouched_files_keep_their_inodes(here: Path) -> None:
    before = {path: path.stat().st_ino for path in here.rglob("*.md")}
    assert run(["tick", "H1", "1"]) == 0
    changed = [path.name for path, inode in before.items() if path.stat().st_ino != inode]
    assert changed == ["H1.md"]


GATES = {
    "PHASES.md": (
        "---\nrecords: phase\n---\n\n| ID | Title | Status | Gate |\n| -- | ----- | ------ | ---- |\n"
        "| P1 | Build | Ready  | G1   |\n| P2 | Light | Ready  |      |\n"
    ),
    "GATES.md": (
        "---\nrecords: gate\n---\n\n# Gates\n\n## G1: First\n\n- **Phase**: P1\n- **Status**: Ready\n\n"
        "## G2: Second\n\n- **Phase**: P1\n- **Status**: Ready\n"
    ),
}


def test_a_relation_to_one_record_is_said_on_both_sides_where_there_is_room(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(here, GATES)
    assert run(["set", "G2", "phase=2"]) == 0
    assert "| P2 | Light | Ready  | G2   |\n" in (here / "PHASES.md").read_text()
    capsys.readouterr()
    assert run(["set", "G2", "phase=P1"]) == 0
    assert "note: gate of P1 names another record, and was left as it is\n" in capsys.readouterr().out
    assert "| P2 | Light | Ready  |      |\n" in (here / "PHASES.md").read_text()


@pytest.mark.parametrize(
    "resolution", ["https://example.org/lamp", "`NOTES.md`", "holes/", "NOTES.md#notes", "as `NOTES.md` says, twice"]
)
def test_what_resolves_may_be_an_address_a_folder_or_a_sentence(here: Path, resolution: str) -> None:
    assert run(["resolve", "H3", "--resolution", resolution, "--evidence", "TASKS.md", "--evidence", "seen by two"]) == 0
    text = (here / "HOLES.md").read_text()
    assert f"- **Resolution**: {resolution.strip('`') if ' ' not in resolution else resolution}\n" in text
    assert "- **Evidence**:\n  - TASKS.md\n  - seen by two\n" in text


def test_an_empty_resolution_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "the resolution is empty" in _refused(here, capsys, "resolve", "H3", "--resolution", " ")
    assert "leads out of the project" in _refused(here, capsys, "resolve", "H3", "--resolution", "/etc/hosts")


def test_kinds_that_wait_for_nothing_take_a_reason_only(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, GATES)
    said = _refused(here, capsys, "block", "G1", "--by", "H1")
    assert "gates have no field for what they wait for; leave --by out" in said


def test_a_title_and_an_unknown_field_that_is_there_are_set(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"HOLES.md": FILES["HOLES.md"].replace("- **Status**: Ready\n", "- **Status**: Ready\n- **Mood**: calm\n")})
    capsys.readouterr()
    assert run(["set", "H3", "title=Row boat", "mood=wild"]) == 0
    assert "## H3: Row boat\n\n- **Status**: Ready\n- **Mood**: wild\n" in (here / "HOLES.md").read_text()
    assert "  mood: calm → wild\n" in capsys.readouterr().out


def test_what_stands_in_a_list_under_another_name_is_taken_out(here: Path) -> None:
    assert run(["set", "T2", "depends_on-=t1"]) == 0
    assert "| T2 | Wick | Pending |            |\n" in (here / "TASKS.md").read_text()
