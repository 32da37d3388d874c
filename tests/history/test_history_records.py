from __future__ import annotations

from pathlib import Path

import pytest
from pasts import Asking, commit, hole

from docsync.engine.history import reading
from docsync.models.history import Trace
from trees import git

TABLE = "---\nrecords: {{task: rows}}\n---\n\n| ID | Title | Status |\n|---|---|---|\n| T1 | Mast | {} |\n| T2 | Keel | {} |\n"


@pytest.fixture
def asking(capsys: pytest.CaptureFixture[str]) -> Asking:
    return Asking(capsys)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_became_of_a_record_wherever_its_home_was(here: Path, asking: Asking) -> None:
    commit(here, {"h6.md": hole("H6", "pending")}, "write it down")
    commit(here, {"h6.md": hole("H6", "pending") + "\nMore of it.\n"}, "only prose")
    commit(here, {"h6.md": hole("H6", "in progress", "phase: 2\n")}, "begin")
    commit(here, {"h6.md": None, "holes/fog.md": hole("H6", "in progress", "phase: 2\n")}, "move")
    commit(
        here, {"holes/fog.md": None, "all.md": "---\nrecords: hole\n---\n\n## H6: Horn\n\n- **Status**: resolved\n"}, "gather"
    )
    commit(here, {"all.md": None}, "lose")
    commit(here, {"back.md": hole("h6", "pending")}, "find again")
    expected = [
        "write it down: home None -> h6.md",
        "write it down: status None -> pending",
        "begin: status pending -> in_progress",
        "begin: phase None -> 2",
        "move: home h6.md -> holes/fog.md",
        "gather: home holes/fog.md -> all.md",
        "gather: status in_progress -> resolved",
        "gather: title Buoy H6 -> Horn",
        "gather: phase 2 -> None",
        "lose: home all.md -> gone",
        "find again: home None -> back.md",
        "find again: status None -> pending",
    ]
    assert asking.events("H6") == expected
    assert [line.split("  ")[0] for line in asking.text("h6").splitlines()[3:]] == [
        git(here, "log", "-1", "--format=%as").strip()
    ] * len(expected)


def test_a_record_that_is_gone_can_be_asked_for(here: Path, asking: Asking) -> None:
    commit(here, {"a.md": hole("H6", "pending"), "b.md": hole("H7", "pending")})
    commit(here, {"a.md": None}, "drop")
    assert asking.events("H6")[-1] == "drop: home a.md -> gone"
    assert "in the last commit there is no record H8; known are H7; numbers are written as in holes" in asking.refused("H8")
    assert "there is no record H77; did you mean H7?" in asking.refused("H77")


def test_of_several_that_are_gone_one_is_named_by_its_path(here: Path, asking: Asking) -> None:
    commit(here, {"a.md": hole("H6", "pending"), "b.md": "---\nkind: task\nid: H6\ntitle: Paint\nstatus: pending\n---\n"})
    commit(here, {"a.md": None, "b.md": None}, "drop")
    assert "2 records that are gone were called H6; name one as a.md#H6, b.md#H6" in asking.refused("H6")
    assert asking.events("a.md#H6")[-1] == "drop: home a.md -> gone"


def test_records_that_share_an_id_are_told_apart(here: Path, asking: Asking) -> None:
    commit(here, {"one/t.md": TABLE.format("pending", "pending"), "two/t.md": TABLE.format("pending", "pending")}, "plan")
    commit(here, {"two/t.md": TABLE.format("done", "pending")}, "work")
    assert "one/t.md#T1" in asking.refused("T1")
    assert asking.events("one/t.md#T1")[-1] == "plan: status None -> pending"
    assert asking.events("two/t.md#T1")[-1] == "work: status pending -> resolved"
    commit(here, {"two/t.md": None, "three/t.md": TABLE.format("done", "done")}, "rename")
    assert asking.events("three/t.md#T2")[-2:] == ["rename: home two/t.md -> three/t.md", "rename: status pending -> resolved"]


def test_criteria_and_lists_are_shown(here: Path, asking: Asking) -> None:
    boxes = hole("H6", "pending", "blocked_by: [H1, H2]\n") + "\n## Acceptance criteria\n\n- [{}] heard\n- [ ] seen\n"
    commit(here, {"a.md": boxes.format(" ")})
    commit(here, {"a.md": boxes.format("x").replace("[H1, H2]", "[H2]")}, "hear it")
    assert asking.events("H6")[2:] == ["hear it: criteria 0/2 met -> 1/2 met", "hear it: blocked_by ['H1', 'H2'] -> ['H2']"]
    assert "H1, H2" in asking.text("H6", "--format", "csv")


def test_a_number_of_a_document_is_told_as_it_was_written(here: Path, asking: Asking) -> None:
    state = "# State\n\n<!-- docsync:claim holes.resolved/holes.total -->\n\n{} holes resolved ({}%).\n"
    commit(here, {"h.md": hole("H1", "pending"), "STATE.md": state.format("0/1", 0)}, "first")
    commit(here, {"h.md": hole("H1", "resolved")}, "forget")
    commit(here, {"STATE.md": state.format("1/1", 100)}, "remember")
    changes = asking.told("STATE.md")["changes"]
    assert [(each["subject"], each["number"], each["before"], each["after"]) for each in changes] == [
        ("first", "holes.resolved/holes.total", None, "0/1 0%"),
        ("remember", "holes.resolved/holes.total", "0/1 0%", "1/1 100%"),
    ]
    assert "documents with bound numbers are STATE.md" in asking.refused("h.md")
    commit(here, {"STATE.md": None, "docs/STATE.md": state.format("1/1", 100)}, "move")
    assert asking.told("docs/STATE.md")["changes"][0]["subject"] == "move"
    assert [each["subject"] for each in asking.told("STATE.md")["changes"]] == ["first", "remember", "move"]
    assert "svg draws numbers" in asking.refused("STATE.md", "--format", "svg")


def test_a_version_that_was_read_once_is_not_read_again(here: Path, asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[reading.Version] = []
    honest = reading.read_one

    def counting(version: reading.Version, raw: bytes, config: object) -> Trace:
        read.append(version)
        return honest(version, raw, config)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(reading, "read_one", counting)
    commit(here, {"a.md": hole("H1", "pending"), "b.md": hole("H2", "pending"), "notes.txt": "no document"})
    commit(here, {"a.md": hole("H1", "resolved")})
    asking.text()
    assert sorted(path for path, _ in read) == ["a.md", "a.md", "b.md"]
    read.clear()
    asking.text()
    asking.text("H1")
    asking.text("holes.resolved")
    assert read == []
    commit(here, {"b.md": hole("H2", "resolved")})
    asking.text()
    assert [path for path, _ in read] == ["b.md"]
    read.clear()
    git(here, "reset", "-q", "--hard", "HEAD~1")
    commit(here, {"a.md": hole("H1", "pending")}, "back to what it was")
    assert asking.text("H1").count("pending") == 3
    assert read == []


def test_subjects_cannot_steer_a_terminal(here: Path, asking: Asking) -> None:
    commit(here, {"a.md": hole("H1", "pending")}, "clear \x1b[2J\nsecond line\n\nbody")
    shown = asking.text("H1")
    assert "\x1b" not in shown
    assert "clear \\x1b[2J second line" in shown
    assert "body" not in shown


def test_the_authors_date_is_shown_with_its_offset(here: Path, asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2025-03-01T23:30:00 -0530")
    commit(here, {"a.md": hole("H1", "pending")})
    monkeypatch.delenv("GIT_AUTHOR_DATE")
    assert asking.told("H1")["changes"][0]["date"] == "2025-03-01T23:30:00-05:30"
    assert asking.text("H1").splitlines()[3].startswith("2025-03-01  ")
