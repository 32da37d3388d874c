from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from pasts import Asking, commit, hole

from docsync.cli.main import run
from trees import git, plant

CONFLICT = "---\nkind: hole\nid: H1\n<<<<<<< ours\nstatus: pending\n=======\nstatus: resolved\n>>>>>>> theirs\n---\n"


@pytest.fixture
def asking(capsys: pytest.CaptureFixture[str]) -> Asking:
    return Asking(capsys)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_no_repository_and_no_commit_are_said(here: Path, asking: Asking) -> None:
    plant(here, {"a.md": hole("H1", "pending")})
    if not any((folder / ".git").exists() for folder in here.parents):
        assert "in no git repository, so it has no history; `git init` and a first commit begin one" in asking.refused()
    git(here, "init", "-q", "-b", "main")
    assert "there is no commit yet" in asking.said()
    assert asking.text() == ""
    assert asking.told()["changes"] == []
    assert asking.text("--format", "svg").startswith("<svg")
    assert run(["check", "--history"]) == 0


def test_a_repository_without_records_is_said(here: Path, asking: Asking) -> None:
    commit(here, {"a.md": "# Notes\n\n3/4 holes resolved\n"})
    assert "no document here was the home of records with statuses" in asking.said()


def test_nothing_in_the_tree_or_in_git_is_written(here: Path, asking: Asking) -> None:
    commit(here, {"a.md": hole("H1", "pending")})
    commit(here, {"a.md": hole("H1", "resolved")})
    plant(here, {"a.md": hole("H1", "failed"), "new.md": hole("H2", "pending")})
    before = snapshot(here)
    for arguments in ((), ("H1",), ("holes",), ("--when-broken", "DS201"), ("--format", "svg")):
        asking.text(*arguments)
    assert snapshot(here) == before
    assert asking.events("H1")[-1].endswith("pending -> resolved"), "only what is committed counts"


def test_a_shallow_clone_says_where_its_history_begins(here: Path, asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(here / "all", {"a.md": hole("H1", "pending")}, "first")
    second = commit(here / "all", {"a.md": hole("H1", "resolved"), "s.md": "# S\n\n**Holes**: 0/1 holes resolved\n"}, "second")
    commit(here / "all", {"a.md": hole("H1", "resolved") + "\nMore.\n"}, "third")
    git(here, "clone", "-q", "--depth", "2", f"file://{here / 'all'}", "part")
    monkeypatch.chdir(here / "part")
    assert f"this clone is shallow: its history begins with {second[:10]} of " in asking.said()
    assert asking.told("H1")["shallow"] is True
    assert asking.events("H1") == ["second: home None -> a.md", "second: status None -> resolved"]
    assert "older" in asking.text("--when-broken", "DS201")
    git(here / "part", "fetch", "-q", "--unshallow")
    assert asking.events("H1")[-1] == "second: status pending -> resolved"
    assert asking.said() == ""
    assert second[:10] in asking.text("--when-broken", "DS201")


def test_a_project_below_the_top_of_its_repository(here: Path, asking: Asking) -> None:
    commit(here, {"a.md": hole("H9", "pending"), "code/b.md": hole("H8", "pending")}, "before it")
    commit(here, {"deep/plan/docsync.toml": "", "deep/plan/h.md": hole("H1", "pending")}, "begin")
    commit(here, {"a.md": hole("H9", "resolved")}, "elsewhere")
    commit(here, {"deep/plan/h.md": hole("H1", "resolved")}, "end")
    assert asking.readings("--root", "deep/plan") == ["begin: holes 0/1", "end: holes 1/1"]
    assert asking.events("H1", "--root", "deep/plan")[0] == "begin: home None -> h.md"


def test_versions_that_cannot_be_read_count_as_before(here: Path, asking: Asking) -> None:
    commit(here, {"a.md": hole("H1", "resolved"), "b.md": hole("H2", "pending")}, "first")
    commit(here, {"a.md": CONFLICT}, "conflict")
    commit(here, {"b.md": hole("H2", "pending").encode() + b"caf\xe9\n"}, "latin")
    commit(here, {"c.md": b"\xff\xfe" + hole("H3", "pending").encode("utf-16-le")}, "wide")
    commit(here, {"a.md": hole("H1", "resolved"), "b.md": hole("H2", "resolved"), "c.md": hole("H3", "pending")}, "mended")
    assert asking.readings() == ["first: holes 1/2", "mended: holes 2/3"]
    assert asking.events("H1") == ["first: home None -> a.md", "first: status None -> resolved"]
    commit(here, {"case.md": "# A case\n\n<<<<<<< ours\n=======\n>>>>>>> theirs\n"}, "no home of anything")
    said = asking.said()
    assert "3 versions of documents could not be read (the last: " in said
    assert ":c.md); until the next one, its records are taken to be as before" in said
    assert [each["path"] for each in asking.told()["unread"]] == ["a.md", "b.md", "c.md"]
    assert run(["check", "--history", "--select", "DS313"]) == 0


def test_merges_count_as_the_main_line_saw_them(here: Path, asking: Asking) -> None:
    commit(here, {"a.md": hole("H1", "pending"), "b.md": hole("H2", "pending")}, "first")
    git(here, "checkout", "-q", "-b", "side")
    commit(here, {"a.md": hole("H1", "in progress")}, "begin")
    commit(here, {"a.md": hole("H1", "resolved")}, "end")
    git(here, "checkout", "-q", "main")
    commit(here, {"b.md": hole("H2", "resolved")}, "beside")
    git(here, "merge", "-q", "--no-ff", "-m", "merge", "side")
    commit(here, {"c.md": hole("H3", "pending")}, "after")
    assert asking.events("H1")[2:] == ["merge: status pending -> resolved"]
    assert asking.readings() == ["first: holes 0/2", "beside: holes 1/2", "merge: holes 2/2", "after: holes 2/3"]
    every = asking.events("H1", "--all-parents")[2:]
    assert every == ["begin: status pending -> in_progress", "end: status in_progress -> resolved"]
    assert asking.readings("--all-parents")[-2:] == ["merge: holes 2/2", "after: holes 2/3"]
    assert asking.readings("holes.resolved", "--all-parents")[-1] == "merge: holes.resolved 2/None"


def test_what_a_merge_does_itself_is_its_own(here: Path, asking: Asking) -> None:
    commit(here, {"a.md": hole("H1", "pending")}, "first")
    git(here, "checkout", "-q", "-b", "side")
    commit(here, {"a.md": hole("H1", "blocked")}, "side")
    git(here, "checkout", "-q", "main")
    commit(here, {"a.md": hole("H1", "ready")}, "main")
    with pytest.raises(subprocess.CalledProcessError):
        git(here, "merge", "-q", "side")
    commit(here, {"a.md": hole("H1", "failed")}, "settle it")
    assert asking.events("H1", "--all-parents")[2:] == [
        "side: status pending -> blocked",
        "main: status pending -> ready",
        "settle it: status ready -> failed",
    ] or asking.events("H1", "--all-parents")[2:] == [
        "main: status pending -> ready",
        "side: status pending -> blocked",
        "settle it: status ready -> failed",
    ]


def test_submodules_links_and_replaced_objects_are_no_documents(here: Path, asking: Asking) -> None:
    commit(here / "other", {"x.md": hole("H7", "pending")})
    commit(here / "ours", {"a.md": hole("H1", "pending")}, "first")
    os.symlink("a.md", here / "ours" / "link.md")
    os.symlink("/", here / "ours" / "folder")
    git(here / "ours", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(here / "other"), "sub.md")
    second = commit(here / "ours", {"a.md": hole("H1", "resolved")}, "second")
    blob = git(here / "ours", "rev-parse", f"{second}:a.md").strip()
    other = git(here / "ours", "hash-object", "-w", ".gitmodules").strip()
    git(here / "ours", "replace", "-f", blob, other)
    git(here / "ours", "replace", "-f", second, git(here / "ours", "rev-parse", f"{second}~1").strip())
    assert asking.readings("--root", "ours") == ["first: holes 0/1", "second: holes 1/1"]


def test_ignored_and_excluded_documents_are_left_out_as_the_past_had_them(here: Path, asking: Asking) -> None:
    commit(
        here, {"a.md": hole("H1", "pending"), "old/b.md": hole("H2", "pending"), "venv/c.md": hole("H4", "pending")}, "first"
    )
    commit(here, {".gitignore": "old/\n"}, "ignore")
    commit(here, {"old/deep/.gitignore": "!x.md\n"}, "still ignored")
    commit(here, {".gitignore": "\n", "old/d.md": hole("H3", "pending")}, "again")
    assert asking.readings() == ["first: holes 0/2", "ignore: holes 0/1", "again: holes 0/3"]


def test_a_root_with_several_beginnings(here: Path, asking: Asking) -> None:
    commit(here, {"a.md": hole("H1", "pending")}, "ours")
    git(here, "checkout", "-q", "--orphan", "theirs")
    git(here, "rm", "-q", "-r", "--cached", ".")
    (here / "a.md").unlink()
    commit(here, {"b.md": hole("H2", "pending")}, "theirs")
    git(here, "checkout", "-q", "main")
    git(here, "merge", "-q", "--allow-unrelated-histories", "-m", "join", "theirs")
    assert asking.readings() == ["ours: holes 0/1", "join: holes 0/2"]
    assert asking.events("H2") == ["join: home None -> b.md", "join: status None -> pending"]
    assert asking.events("H2", "--all-parents") == ["theirs: home None -> b.md", "theirs: status None -> pending"]


def test_many_versions_are_read_by_several_processes(here: Path, asking: Asking) -> None:
    filler = "\nThe pier is swept.\n" * 6000
    statuses = ("pending", "in progress", "blocked", "in progress", "resolved")
    for number, status in enumerate(statuses):
        commit(here, {f"{name}.md": hole(name, status) + filler for name in ("H1", "H2")}, str(number))
    assert [line.rpartition("-> ")[2] for line in asking.events("H2")[1:]] == [
        "pending",
        "in_progress",
        "blocked",
        "in_progress",
        "resolved",
    ]


def test_a_broken_repository_is_told_and_no_crash(here: Path, asking: Asking) -> None:
    first = commit(here, {"a.md": hole("H1", "pending")}, "first")
    commit(here, {"a.md": hole("H1", "resolved")}, "second")
    (here / ".git" / "objects" / first[:2] / first[2:]).unlink()
    assert "git cannot list the commits before" in asking.refused()
