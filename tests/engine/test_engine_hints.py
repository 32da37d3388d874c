from __future__ import annotations

import errno
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from docsync.engine.hints import Clock, Events, Unwatchable

DEADLINE = 60.0


@contextmanager
def events(root: Path, *folders: str) -> Iterator[Events]:
    hints = Events(str(root))
    try:
        hints.cover(folders)
        yield hints
    finally:
        hints.close()


def until(hints: Events, path: str) -> frozenset[str]:
    """Await a burst that names a path, or that says that it may be any: watchdog tells of its own threads' ends, too."""
    paths = hints.next(DEADLINE)
    while paths is not None and path not in paths:
        assert paths, f"nothing told of {path}"
        paths = hints.next(DEADLINE)
    return frozenset({path}) if paths is None else paths


def test_only_folders_that_are_covered_are_watched(tmp_path: Path) -> None:
    for name in ("docs", "large"):
        (tmp_path / name).mkdir()
    with events(tmp_path, "docs/", "docs/deep/") as hints:
        (tmp_path / "large/a.md").write_text("x")
        (tmp_path / "docs/a.md").write_text("x")
        assert until(hints, "docs/a.md") == {"docs/a.md"}
        hints.cover(["large/"])
        (tmp_path / "docs/b.md").write_text("x")
        (tmp_path / "large/b.md").write_text("x")
        assert not {"docs/a.md", "docs/b.md"} & until(hints, "large/b.md")


def test_a_folder_that_took_the_place_of_another_is_watched(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    with events(tmp_path, "docs/") as hints:
        (tmp_path / "docs").rename(tmp_path / "old")
        (tmp_path / "docs").mkdir()
        hints.cover(["docs/"])
        (tmp_path / "docs/a.md").write_text("x")
        until(hints, "docs/a.md")


def test_what_nobody_reads_gives_no_hint(tmp_path: Path) -> None:
    (tmp_path / "docs/node_modules").mkdir(parents=True)
    with events(tmp_path, "docs/") as hints:
        (tmp_path / "docs/node_modules/a.md").write_text("x")
        (tmp_path / "docs/b.md").write_text("x")
        assert not any("node_modules" in path for path in until(hints, "docs/b.md"))


def test_reading_gives_no_hint(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    with events(tmp_path) as hints:
        (tmp_path / "a.md").read_text()
        (tmp_path / "b.md").write_text("x")
        assert "a.md" not in until(hints, "b.md")


def test_lost_events_are_a_hint_to_look_everywhere(tmp_path: Path) -> None:
    with events(tmp_path) as hints:
        logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed")
        assert hints.next(DEADLINE) is None


def test_a_folder_that_cannot_be_watched_later_ends_watching_and_names_the_limit(tmp_path: Path) -> None:
    def fail() -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    with events(tmp_path) as hints:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        with pytest.raises(Unwatchable, match=r"max_user_watches .*sudo sysctl fs\.inotify\.max_user_watches=524288"):
            hints.next(DEADLINE)


def test_without_an_event_there_is_no_hint(tmp_path: Path) -> None:
    with events(tmp_path) as hints:
        assert hints.next(0.0) == frozenset()


def test_the_clock_only_says_that_time_passed() -> None:
    clock = Clock()
    clock.cover(["docs/"])
    assert (clock.next(-1.0), clock.more(0.0)) == (None, None)
    clock.close()
