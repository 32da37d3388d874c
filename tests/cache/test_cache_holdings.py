from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from docsync.cache.folder import CacheFolder, open_folder
from docsync.cache.holdings import holdings, stale
from docsync.cli.main import run


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "docsync"


def kept(root: Path, text: bytes = b"facts") -> CacheFolder:
    root.mkdir(exist_ok=True)
    folder = open_folder(str(root), ())
    assert folder
    folder.write("facts", text)
    return folder


def test_what_is_kept_is_told_project_by_project(tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept(tmp_path / "one", b"x" * 200_000)
    kept(tmp_path / "two")
    assert {holding.root for holding in holdings()} == {str(tmp_path / "one"), str(tmp_path / "two")}
    assert run(["cache", "info"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{cache}\n")
    assert f"{tmp_path / 'one'}  0.2 MB" in said
    assert "today" in said
    run(["cache", "info", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (told["folder"], {each["files"] for each in told["projects"]}) == (str(cache), {2})


def test_one_project_is_forgotten_or_all(tmp_path: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one", "two", "three"):
        kept(tmp_path / name)
    assert run(["cache", "clean", "--root", str(tmp_path / "one")]) == 0
    assert "Forgot 1 project" in capsys.readouterr().out
    assert {holding.root for holding in holdings()} == {str(tmp_path / "two"), str(tmp_path / "three")}
    run(["cache", "clean", "--all"])
    assert "Forgot 2 projects" in capsys.readouterr().out
    assert holdings() == ()
    run(["cache", "clean", "--all"])
    assert "Nothing was kept" in capsys.readouterr().out
    assert (cache / ".gitignore").read_text().endswith("*\n")


def test_git_leaves_it_out_wherever_it_is(tmp_path: Path, cache: Path) -> None:
    kept(tmp_path / "one")
    assert (cache / ".gitignore").read_text().splitlines()[-1] == "*"
    assert (cache / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_projects_that_are_gone_or_long_unused_are_forgotten_when_another_is_new(tmp_path: Path, cache: Path) -> None:
    kept(tmp_path / "one")
    kept(tmp_path / "two")
    old = kept(tmp_path / "three")
    long_ago = time.time() - 100 * 86_400
    for path in Path(old.path).iterdir():
        os.utime(path, (long_ago, long_ago))
    (tmp_path / "one").rename(tmp_path / "elsewhere")
    assert {holding.root for holding in stale(holdings(), time.time())} == {str(tmp_path / "one"), str(tmp_path / "three")}
    kept(tmp_path / "four")
    assert {holding.root for holding in holdings()} == {str(tmp_path / "two"), str(tmp_path / "four")}
    assert cache.is_dir()


def test_nothing_is_said_of_a_folder_of_somebody_else(tmp_path: Path, cache: Path) -> None:
    kept(tmp_path / "one")
    cache.chmod(0o777)
    assert holdings() == ()


def test_where_there_can_be_no_memory_that_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", "nowhere")
    assert run(["cache", "info"]) == 0
    assert "nowhere: there is no folder" in capsys.readouterr().out
