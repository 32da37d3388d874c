from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docsync.engine.fingerprint import Fingerprint, Seen, look, look_through, recheck, trusted

AGO = 10**10


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("one")
    (tmp_path / "docs/b.md").write_text("two")
    return tmp_path


def taken(tree: Path, at: int) -> Fingerprint:
    """Look at the tree as if that had been at another time: marks are as young, or as old, as that makes them."""
    files = {path: look(str(tree / path)) for path in ("docs/a.md", "docs/b.md", "absent.toml")}
    return Fingerprint(at, files, {"docs": look_through(str(tree / "docs"))})


def later() -> int:
    return time.time_ns() + AGO


def test_an_unchanged_tree_is_known_without_reading_it(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = taken(tree, later())

    def read(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("builtins.open", read)
    monkeypatch.setattr(os, "scandir", read)
    assert recheck(str(tree), before) is before


def test_what_is_younger_than_a_clock_can_tell_is_read_again(tree: Path) -> None:
    before = taken(tree, time.time_ns())
    after = recheck(str(tree), before)
    assert after is not None
    assert after is not before
    assert (after.files, after.folders) == (before.files, before.folders)


def test_a_change_within_one_tick_of_the_clock_is_seen(tree: Path) -> None:
    path = tree / "docs/a.md"
    digest_before = look(str(path)).digest
    path.write_text("two")
    # A file system with a coarse clock gives the same mark before and after.
    seen = Seen(look(str(path)).mark, digest_before)
    assert recheck(str(tree), Fingerprint(time.time_ns(), {"docs/a.md": seen}, {})) is None


def replaced(path: Path, make: Callable[[Path], None]) -> None:
    path.unlink()
    make(path)


@pytest.mark.parametrize("offset", [AGO, 0])
@pytest.mark.parametrize(
    "change",
    [
        lambda tree: (tree / "docs/a.md").write_text("eno"),
        lambda tree: (tree / "docs/a.md").write_text("longer"),
        lambda tree: (tree / "docs/a.md").unlink(),
        lambda tree: (tree / "docs/new.md").write_text(""),
        lambda tree: (tree / "docs/a.md").rename(tree / "docs/c.md"),
        lambda tree: (tree / "absent.toml").write_text(""),
        lambda tree: replaced(tree / "docs/b.md", Path.mkdir),
        lambda tree: replaced(tree / "docs/b.md", lambda path: path.symlink_to("a.md")),
        lambda tree: replaced(tree / "docs/b.md", os.mkfifo),
        lambda tree: (tree / "docs").rename(tree / "gone"),
        lambda tree: os.replace(tree / "docs/a.md", tree / "docs/b.md"),
    ],
)
def test_every_change_is_seen(tree: Path, offset: int, change: Callable[[Path], object]) -> None:
    before = taken(tree, time.time_ns() + offset)
    change(tree)
    assert recheck(str(tree), before) is None


def test_a_touched_file_is_read_and_found_the_same(tree: Path) -> None:
    before = taken(tree, later())
    os.utime(tree / "docs/a.md")
    after = recheck(str(tree), before)
    assert after is not None
    assert after.files["docs/a.md"].mark != before.files["docs/a.md"].mark


def test_an_editor_that_saves_beside_the_file_and_leaves_changes_nothing(tree: Path) -> None:
    before = taken(tree, later())
    (tree / "docs/.a.md.swp").write_text("")
    (tree / "docs/.a.md.swp").unlink()
    assert recheck(str(tree), before) is not None


def test_a_file_with_the_mark_of_another_time_is_not_trusted(tree: Path) -> None:
    seen = look(str(tree / "docs/a.md"))
    assert trusted(seen, seen.mark, later())
    assert not trusted(seen, seen.mark, time.time_ns())
    assert not trusted(seen, look(str(tree / "docs/b.md")).mark, later())
