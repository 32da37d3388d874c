from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pasts import commit, hole

from docsync.cli.main import run
from trees import git, plant

SESSION = "---\nkind: session\nid: {}\n{}---\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Checking:
    """Check a project with its history, and without."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def found(self, *arguments: str) -> list[str]:
        """Give the findings, the same with what is remembered and without."""
        seen = []
        for extra in ((), (), ("--no-cache",)):
            self._capsys.readouterr()
            run(["check", "--output-format", "json", *arguments, *extra])
            report: dict[str, Any] = json.loads(self._capsys.readouterr().out)
            seen.append([f"{each['path']} {each['code']} {each['severity']}" for each in report["diagnostics"]])
        assert seen[0] == seen[1] == seen[2]
        return seen[0]

    def refused(self, *arguments: str) -> str:
        """Give what is said where it cannot be done."""
        self._capsys.readouterr()
        assert run(["check", *arguments]) == 2
        return self._capsys.readouterr().err


@pytest.fixture
def checking(capsys: pytest.CaptureFixture[str]) -> Checking:
    return Checking(capsys)


def test_history_is_judged_only_where_it_is_asked_for(here: Path, checking: Checking) -> None:
    commit(here, {"a.md": hole("H1", "resolved"), "b.md": hole("H2", "pending")})
    commit(here, {"a.md": hole("H1", "in progress"), "b.md": hole("H2", "failed")})
    assert checking.found() == []
    assert checking.found("--history") == ["a.md DS313 warning", "b.md DS314 info"]
    assert checking.found("--history", "--select", "DS314") == ["b.md DS314 info"]
    assert checking.found("--history", "b.md") == ["b.md DS314 info"]
    assert run(["check", "--history"]) == 1
    commit(here, {"a.md": hole("H1", "in progress", "reopened: the horn has gone back\n"), "b.md": hole("H2", "in progress")})
    assert checking.found("--history") == []


def test_another_commit_makes_the_report_another(here: Path, checking: Checking) -> None:
    commit(here, {"a.md": hole("H1", "resolved")})
    assert checking.found("--history") == []
    plant(here, {"a.md": hole("H1", "pending")})
    assert checking.found("--history") == [], "what is not committed is no history yet"
    git(here, "commit", "-q", "-a", "-m", "x")
    assert checking.found("--history") == ["a.md DS313 warning"]
    git(here, "commit", "-q", "--amend", "--allow-empty", "-m", "y")
    assert checking.found("--history") == ["a.md DS313 warning"]


def test_a_finding_on_history_can_be_put_up_with(here: Path, checking: Checking) -> None:
    commit(here, {"a.md": "---\nrecords: hole\n---\n\n## H1: Horn\n\n**Status**: resolved\n"})
    lost = "---\nrecords: hole\n---\n\n## H1: Horn\n\n<!-- docsync:ignore DS313 the storm took it -->\n\n**Status**: failed\n"
    commit(here, {"a.md": lost})
    assert checking.found("--history") == []
    assert checking.found() == [], "whether the comment is needed shows only where history is looked at"


def test_jumps_inside_a_merge_are_steps_of_the_branch(here: Path, checking: Checking) -> None:
    commit(here, {"a.md": hole("H1", "pending"), "b.md": hole("H2", "resolved")})
    git(here, "checkout", "-q", "-b", "side")
    commit(here, {"a.md": hole("H1", "in progress")})
    commit(here, {"a.md": hole("H1", "resolved")})
    git(here, "checkout", "-q", "main")
    commit(here, {"n.md": "# Notes\n"})
    git(here, "merge", "-q", "--no-ff", "-m", "merge", "side")
    assert checking.found("--history") == []


def test_an_old_status_that_a_merge_brings_back_is_reported(here: Path, checking: Checking) -> None:
    commit(here, {"a.md": hole("H1", "in progress")})
    git(here, "checkout", "-q", "-b", "side")
    commit(here, {"a.md": hole("H1", "blocked")})
    git(here, "checkout", "-q", "main")
    commit(here, {"a.md": hole("H1", "resolved")})
    git(here, "merge", "-q", "-s", "ours", "--no-commit", "side")
    plant(here, {"a.md": hole("H1", "blocked")})
    git(here, "commit", "-q", "-a", "-m", "merge")
    assert checking.found("--history") == ["a.md DS313 warning"]


def test_a_session_that_is_still_running_has_left_nothing(here: Path, checking: Checking) -> None:
    commit(here, {"a.md": hole("H1", "pending"), "s1.md": SESSION.format("S1", "next: [H1]\n")})
    commit(here, {"s2.md": SESSION.format("S2", "")})
    assert checking.found("--history") == []
    commit(here, {"s2.md": SESSION.format("S2", "next: [sweep the pier]\n")})
    assert checking.found("--history") == ["s1.md DS315 warning"]
    commit(here, {"d1.md": "---\nkind: decision\nid: D1\ntitle: H1 can wait\nstatus: accepted\n---\n"})
    assert checking.found("--history") == []


def test_what_history_does_not_go_with(here: Path, checking: Checking) -> None:
    commit(here, {"a.md": hole("H1", "pending")})
    assert "--since does not go with it" in checking.refused("--history", "--since", "HEAD")
    assert "--staged does not go with it" in checking.refused("--history", "--staged")
    (here / "bare").mkdir()
    if not any((folder / ".git").exists() for folder in here.parents):
        git(here, "worktree", "list")
        (here / ".git").rename(here / "elsewhere")
        assert "in no git repository" in checking.refused("--history")


def test_a_shallow_clone_is_judged_as_far_as_it_goes_and_that_is_said(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(here / "all", {"a.md": hole("H1", "resolved")})
    commit(here / "all", {"a.md": hole("H1", "failed")})
    git(here, "clone", "-q", "--depth", "1", f"file://{here / 'all'}", "part")
    monkeypatch.chdir(here / "part")
    assert run(["check", "--history"]) == 0
    assert "this clone is shallow: only the commits that it has were judged" in capsys.readouterr().err
    git(here / "part", "fetch", "-q", "--unshallow")
    assert run(["check", "--history"]) == 1
    assert capsys.readouterr().err == ""
