from __future__ import annotations

import os
from concurrent import futures
from pathlib import Path

import pytest

from docsync.config.loading import default_config
from docsync.config.values import Config
from docsync.engine import pool
from docsync.engine.pool import read_all
from docsync.engine.reading import Read, read_file
from lighthouse import BOARD, LAMP, run
from trees import plant


@pytest.fixture
def sizes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Plant files of many sizes, and let processes read them however few they are."""
    monkeypatch.setattr(pool, "_PAYS_FROM", 0)
    monkeypatch.setattr(pool, "_workers", lambda: 2)
    files = {f"{at}.md": (LAMP if at % 2 else BOARD) + "word\n" * at for at in range(40)}
    plant(tmp_path, files | {"latin.md": b"\xe9"})
    return {path: len(text) for path, text in files.items()} | {"latin.md": 1, "absent.md": 0}


def alone(root: Path, sizes: dict[str, int]) -> dict[str, Read]:
    return {path: read_file(str(root), path, default_config()) for path in sizes}


def test_several_processes_read_what_one_does(tmp_path: Path, sizes: dict[str, int]) -> None:
    assert read_all(str(tmp_path), default_config(), sizes) == alone(tmp_path, sizes)


def test_what_a_process_that_dies_leaves_undone_is_read_here(
    tmp_path: Path, sizes: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = os.getpid()

    def die(root: str, path: str, config: Config) -> Read:
        if path == "7.md" and os.getpid() != parent:
            os._exit(9)
        return read_file(root, path, config)

    monkeypatch.setattr(pool, "read_file", die)
    assert read_all(str(tmp_path), default_config(), sizes) == alone(tmp_path, sizes)


def test_a_system_that_grants_no_processes_is_done_without(
    tmp_path: Path, sizes: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(futures, "ProcessPoolExecutor", refuse)
    assert read_all(str(tmp_path), default_config(), sizes) == alone(tmp_path, sizes)


def test_few_files_are_read_in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    plant(tmp_path, {"a.md": LAMP})
    monkeypatch.setattr(futures, "ProcessPoolExecutor", refuse)
    assert run(tmp_path).tally.records == 1
