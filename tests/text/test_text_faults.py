"""When the disk is full or fails, the original stays whole, no temporary file stays, and the reason is given."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from boat_plans import DONE, SAVED, START, Steps, lay_out, plans, save, tree, write_boats
from plan_child import run

from docsync.text.edits import Edit
from docsync.text.source import read
from docsync.text.spans import Span
from docsync.text.writing import Plan, Written, write_all


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "cache/docsync/locks").mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    lay_out(str(tmp_path / "root"))
    return tmp_path / "root"


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small file system is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_on_a_full_disk_no_file_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "small"
    with small_disk(folder):
        names = ("first.md", "second.md", "third.md")
        for name in names:
            (folder / name).write_text("a line of water\n" * 1000)  # 16 of the 64 kB each
        sources = [read(str(folder), name) for name in names]
        before = tree(str(folder)), [(folder / name).stat().st_ino for name in names]
        written = write_all(str(folder), [Plan(source.path, source, (Edit(Span(0, 1), "the"),)) for source in sources])
        assert [one.refusal and one.refusal.code for one in written] == ["DS006"] * 3
        assert [one.refusal.message for one in written if one.refusal and "No space left" in one.refusal.message]
        assert [one.refusal.message for one in written if one.refusal and "written together" in one.refusal.message]
        assert (tree(str(folder)), [(folder / name).stat().st_ino for name in names]) == before


def test_at_the_limit_of_file_size_no_file_is_changed(tmp_path: Path) -> None:
    lay_out(str(tmp_path / "root"))
    told = run("limited", tmp_path, "10")
    assert [one["code"] for one in told] == ["DS006", "DS006"]
    assert "File too large" in told[0]["message"]
    assert tree(str(tmp_path / "root")) == START


class Faults:
    """Write the boats again and again, each time with something else at one of the calls to the system."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = str(root)
        self.steps = Steps()
        self.steps.install(monkeypatch.setattr)

    def write(self, number: int, error: BaseException | None) -> tuple[Written, ...]:
        def fail(_name: str, _function: Callable[..., Any], _arguments: tuple[Any, ...]) -> None:
            assert error
            raise error

        self.steps.active = False
        lay_out(self.root)
        todo = plans(self.root, tuple(START))
        self.steps.names.clear()
        self.steps.actions = {number: fail}
        self.steps.active = True
        try:
            return write_all(self.root, todo)
        finally:
            self.steps.active = False

    def calls(self) -> list[tuple[int, str]]:
        self.write(0, None)
        return list(enumerate(self.steps.names, 1))


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_an_error_at_any_call_leaves_each_file_whole_and_is_told_truly(
    root: Path, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = Faults(root, monkeypatch)
    codes: set[str] = set()
    for number, name in faults.calls():
        if name == "close":
            continue  # what was only read, or is on the disk already, has nothing to report
        for one in faults.write(number, OSError(error, os.strerror(error))):
            now = (root / one.path).read_bytes().decode()
            assert now == (DONE if one.changed else START)[one.path]
            codes.add(one.refusal.code if one.refusal else "")
        assert tree(str(root)).keys() == START.keys() or name == "unlink"
    assert codes == {"", "DS007" if error == errno.EACCES else "DS006"}


def test_a_run_that_is_interrupted_leaves_each_file_whole_and_clears_up(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = Faults(root, monkeypatch)
    left: dict[str, int] = {}
    for number, _ in faults.calls():
        with pytest.raises(KeyboardInterrupt):
            faults.write(number, KeyboardInterrupt())
        files = tree(str(root))
        assert all(files[path] in (START[path], DONE[path]) for path in START)
        for path in files.keys() - START.keys():
            left[Path(path).suffix] = left.get(Path(path).suffix, 0) + 1
    # Only an interrupt in the midst of clearing up leaves something, for the next run.
    assert sum(left.values()) <= 8, left


def failing_calls(call: str, error: int, monkeypatch: pytest.MonkeyPatch, among: Callable[..., bool]) -> None:
    real = getattr(os, call)

    def fail(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 — stands for any function
        if among(*arguments):
            raise OSError(error, os.strerror(error))
        return real(*arguments, **options)

    monkeypatch.setattr(os, call, fail)


def is_folder(descriptor: int) -> bool:
    return os.path.isdir(f"/dev/fd/{descriptor}")


def test_a_folder_that_cannot_be_flushed_at_all_is_no_failure(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing_calls("fsync", errno.EINVAL, monkeypatch, is_folder)
    assert all(one["changed"] for one in write_boats(str(root)))
    assert tree(str(root)) == DONE


def test_a_folder_that_fails_to_be_flushed_brings_the_old_text_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing_calls("fsync", errno.EIO, monkeypatch, is_folder)
    assert [one["code"] for one in write_boats(str(root))] == ["DS006", "DS006"]
    assert tree(str(root)) == START


def test_a_save_is_put_back_even_after_an_error(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def save_and_fail(descriptor: int) -> bool:
        if is_folder(descriptor):
            save(str(root), "rename", SAVED)
            return True
        return False

    failing_calls("fsync", errno.EIO, monkeypatch, save_and_fail)
    (told,) = write_boats(str(root), ("plan.md",))
    assert told["code"] == "DS006"
    assert tree(str(root)) == START | {"plan.md": SAVED}
