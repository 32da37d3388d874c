"""What dead runs left is swept, what live runs need is not, and a save is never swept."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest
from boat_plans import DONE, START, lay_out, tree, write_boats

from docsync.text import leftovers
from docsync.text.leftovers import part_name, swap_name, sweep

OLD, NEW = START["plan.md"].encode(), DONE["plan.md"].encode()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    lay_out(str(tmp_path / "root"))
    return tmp_path / "root"


@pytest.fixture(scope="module")
def dead() -> int:
    with subprocess.Popen(["true"]) as child:
        return child.pid


def named(pid: int, name: str) -> str:
    return name.replace(f"-{os.getpid()}-", f"-{pid}-", 1)


def leave(root: Path, name: str, raw: bytes) -> Path:
    path = root / name
    path.write_bytes(raw)
    return path


def test_what_a_dead_run_was_writing_is_swept(root: Path, dead: int) -> None:
    part = leave(root, named(dead, part_name()), b"half a te")
    deeper = leave(root / "quay", named(dead, part_name()), b"")
    assert sweep(str(root), ["", "quay", ""]) == ()
    assert not part.exists()
    assert not deeper.exists()
    assert tree(str(root)) == START


@pytest.mark.parametrize("raw", [OLD, NEW])
def test_our_text_and_the_text_it_replaced_are_swept(root: Path, dead: int, raw: bytes) -> None:
    leave(root, named(dead, swap_name(part_name(), NEW, OLD)), raw)
    assert sweep(str(root), [""]) == ()
    assert tree(str(root)) == START


def test_a_save_that_was_exchanged_out_is_kept_and_named(root: Path, dead: int) -> None:
    name = named(dead, swap_name(part_name(), NEW, OLD))
    leave(root / "quay", name, b"saved")
    (rescued,) = sweep(str(root), ["quay"])
    assert rescued.startswith("quay/docsync-rescued-")
    assert (root / rescued).read_bytes() == b"saved"
    assert sweep(str(root), ["quay"]) == ()


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_file_is_kept_too(root: Path, dead: int, kind: str) -> None:
    path = root / named(dead, swap_name(part_name(), NEW, OLD))
    if kind == "link":
        path.symlink_to("plan.md")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    (rescued,) = sweep(str(root), [""])
    assert rescued.startswith("docsync-rescued-")


def test_files_are_refused_once_where_a_save_was_left(root: Path, dead: int) -> None:
    leave(root, named(dead, swap_name(part_name(), NEW, OLD)), b"saved")
    first, other = write_boats(str(root))
    assert first["code"] == "DS008"
    assert "docsync-rescued-" in first["message"]
    assert other["changed"]
    assert (root / "plan.md").read_bytes() == OLD
    assert write_boats(str(root))[0]["changed"]


def test_a_run_sweeps_the_folders_of_its_plans_even_with_nothing_to_write(root: Path, dead: int) -> None:
    write_boats(str(root))
    leave(root, named(dead, part_name()), b"x")
    write_boats(str(root))
    assert tree(str(root)) == DONE


@pytest.mark.parametrize("pid", [os.getpid(), 1], ids=["this run", "the first process"])
def test_what_a_live_run_is_writing_is_left_alone(root: Path, pid: int) -> None:
    part = leave(root, named(pid, part_name()), b"half a te")
    assert sweep(str(root), [""]) == ()
    assert part.exists()


def test_what_another_users_live_run_is_writing_is_left_alone(root: Path, dead: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_pid: int, _signal: int) -> None:
        raise PermissionError

    part = leave(root, named(dead, part_name()), b"half a te")
    monkeypatch.setattr(os, "kill", forbidden)
    sweep(str(root), [""])
    assert part.exists()


def test_what_another_machine_is_writing_is_left_alone_for_an_hour(
    root: Path, dead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = named(dead, part_name())
    here = name.split("-")[2]
    part = leave(root, name.replace(here, "0" * 8, 1), b"half a te")
    os.utime(part, (0, 0))  # an exchanged file has the time of the file that it was
    sweep(str(root), [""])
    assert part.exists()
    later = time.time() + 3700
    monkeypatch.setattr(time, "time", lambda: later)
    sweep(str(root), [""])
    assert not part.exists()


def test_containers_are_told_apart_where_the_system_has_none(root: Path, dead: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_path: str) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(os, "readlink", missing)
    leftovers._here.cache_clear()
    try:
        part = leave(root, named(dead, part_name()), b"")
        sweep(str(root), [""])
        assert not part.exists()
    finally:
        leftovers._here.cache_clear()


@pytest.mark.parametrize(
    "name",
    [
        ".docsync-",
        ".docsync-notes.md",
        ".docsync-1-2-3.part",
        ".docsync-{}-00000000-0000000000000000.part.md",
        "x.docsync-{}-00000000-0000000000000000.part",
        ".docsync-{}-00000000-0000000000000000.swap",
    ],
)
def test_only_our_own_names_are_swept(root: Path, dead: int, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = leave(root, name.format(dead), b"theirs")
    later = time.time() + 3700
    monkeypatch.setattr(time, "time", lambda: later)
    assert sweep(str(root), [""]) == ()
    assert path.read_bytes() == b"theirs"


def test_a_number_that_no_process_can_have_is_dead(root: Path) -> None:
    part = leave(root, named(9_999_999_999, part_name()), b"")
    sweep(str(root), [""])
    assert not part.exists()


def test_two_runs_may_sweep_at_once(root: Path, dead: int, monkeypatch: pytest.MonkeyPatch) -> None:
    leave(root, named(dead, part_name()), b"")
    listed = os.listdir(root)
    sweep(str(root), [""])
    monkeypatch.setattr(os, "listdir", lambda _folder: listed)
    assert sweep(str(root), [""]) == ()


def test_folders_that_are_missing_or_outside_are_passed_over(root: Path, dead: int) -> None:
    outside = leave(root.parent, named(dead, part_name()), b"")
    part = leave(root / "quay", named(dead, part_name()), b"")
    assert sweep(str(root), ["gone", "..", "plan.md", "quay"]) == ()
    assert outside.exists()
    assert not part.exists()
