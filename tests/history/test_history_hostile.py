from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from pasts import Asking, commit, hole

from docsync.cache.folder import open_folder
from docsync.cli.main import run
from docsync.parser import traces
from trees import git, plant


@pytest.fixture
def asking(capsys: pytest.CaptureFixture[str]) -> Asking:
    return Asking(capsys)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(root: Path, raw: bytes) -> str:
    """Write a commit object of any bytes, and give its name."""
    made = subprocess.run(
        ["git", "-C", root, "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
        input=raw,
        check=True,
        capture_output=True,
    )
    return made.stdout.decode().strip()


def test_commits_of_any_encoding_and_any_date(here: Path, asking: Asking) -> None:
    first = commit(here, {"a.md": hole("H1", "pending")}, "first")
    tree = git(here, "rev-parse", "HEAD^{tree}").strip()
    subjects = [
        (b"author A <a> 1700000000 +0100\ncommitter A <a> 1700000000 +0100\nencoding latin1", b"caf\xe9"),
        (b"author A <a> 99999999999999 +0000\ncommitter A <a> 99999999999999 +0000\nencoding none-such", b"caf\xe9 2"),
        (b"author A <a> 1700000000 +9999\ncommitter nobody", b""),
    ]
    last = first
    for number, (head, subject) in enumerate(subjects):
        plant(here, {"a.md": hole("H1", ("ready", "in progress", "resolved")[number])})
        git(here, "add", "-A")
        tree = git(here, "write-tree").strip()
        last = written(here, f"tree {tree}\nparent {last}\n".encode() + head + b"\n\n" + subject + b"\n")
    git(here, "update-ref", "refs/heads/main", last)
    changes = asking.told("H1")["changes"][2:]
    assert [(each["subject"], each["after"]) for each in changes] == [
        ("café", "ready"),
        ("caf\ufffd 2", "in_progress"),
        ("", "resolved"),
    ]
    assert changes[0]["date"] == "2023-11-14T23:13:20+01:00"
    assert [each["date"] for each in changes[1:]] == ["", ""]
    assert asking.text("--format", "svg").startswith("<svg")
    assert run(["check", "--history"]) == 0


def test_no_git_is_told(here: Path, asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(here, {"a.md": hole("H1", "pending")})
    monkeypatch.setenv("PATH", str(here / "nothing"))
    assert "git cannot be run" in asking.refused()
    assert "git cannot be run" in asking.refused("--when-broken", "DS201")


def test_a_fault_of_our_own_costs_one_version(here: Path, asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(here, {"a.md": hole("H1", "pending")}, "first")
    commit(here, {"a.md": hole("H1", "resolved")}, "second")
    honest = traces.read_trace

    def failing(source: object, config: object) -> object:
        if "resolved" in getattr(source, "text", ""):
            raise RecursionError
        return honest(source, config)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(traces, "read_trace", failing)
    assert asking.readings("holes") == ["first: holes 0/1"]
    assert "1 version of a document could not be read" in asking.said()


def test_deep_folders_and_strange_names(here: Path, asking: Asking) -> None:
    deep = "/".join(["d"] * 300)
    commit(here, {f"{deep}/a.md": hole("H1", "pending"), "new\nline.md": hole("H2", "pending")}, "first")
    commit(here, {f"{deep}/a.md": hole("H1", "resolved"), "new\nline.md": hole("H2", "failed")}, "second")
    assert asking.readings("holes") == ["first: holes 0/2", "second: holes 1/2"]
    assert "new\\nline.md" in asking.text("H2") or "new line.md" in asking.text("H2")


def test_what_is_remembered_is_put_together_and_does_not_grow_without_end(here: Path, asking: Asking) -> None:
    for number in range(12):
        commit(here, {"a.md": hole("H1", "pending", f"priority: {number}\n")}, str(number))
        assert len(asking.events("H1")) == number + 2
    folder = open_folder(str(here.resolve()), ())
    assert folder
    assert 0 < len(folder.names("traces-")) <= 8
    assert len(folder.names("history-")) <= 4


def test_what_is_remembered_may_be_damaged_or_strange(here: Path, asking: Asking) -> None:
    commit(here, {"a.md": hole("H1", "pending")}, "first")
    before = asking.events("H1")
    folder = open_folder(str(here.resolve()), ())
    assert folder
    for name in (*folder.names("history-"), *folder.names("traces-")):
        folder.write(name, b"\x80\x05N.")
    assert asking.events("H1") == before
    for name in (*folder.names("history-"), *folder.names("traces-"), *folder.names("broken-")):
        Path(folder.path_of(name)).write_bytes(b"damaged")
    assert asking.events("H1") == before
