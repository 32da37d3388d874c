"""The hooks that this repository offers, run by the real pre-commit in a real repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from places import Done, Place, harbour

ROOT = Path(__file__).resolve().parents[2]
PRE_COMMIT = Path(sys.executable).parent / "pre-commit"

SETTINGS = """\
repos:
  - repo: {repo}
    rev: {rev}
    hooks:
      - id: {hook}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder in which pre-commit keeps the environments that it builds."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Give this checkout as a repository of one commit, as a person would name it, and the commit."""
    if not PRE_COMMIT.exists():
        pytest.skip("pre-commit is not installed here; `make test` installs it")
    folder = tmp_path_factory.mktemp("docsync")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder)
    for name in ("src", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    place = Place(folder)
    place.git("init", "-q", "-b", "main", ".")
    place.git("add", "-A")
    place.git("commit", "-q", "-m", "docsync")
    return str(folder), place.git("rev-parse", "HEAD").strip()


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Say where pip finds what docsync needs: in folders of wheels, if it is told of any, or on its index."""
    folder = tmp_path_factory.mktemp("wheels")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    command = [sys.executable, "-m", "pip", "download", "-q", "-d", str(folder), *needed]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        pytest.skip("pre-commit builds an environment with pip, and pip finds no packages here")
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder), "PIP_CONFIG_FILE": os.devnull, "PIP_EXTRA_INDEX_URL": ""}


@pytest.fixture
def place(tmp_path: Path, home: Path, repo: tuple[str, str], wheels: dict[str, str]) -> Place:
    place = harbour(tmp_path / "harbour")
    place.write(".pre-commit-config.yaml", SETTINGS.format(repo=repo[0], rev=repo[1], hook="docsync-check"))
    place.git("add", "-A")
    place.git("commit", "-q", "-m", "hooks")
    done = pre_commit(place, home, wheels, "install", "--install-hooks")
    assert done.code == 0, done.said
    return place


def pre_commit(place: Place, home: Path, wheels: dict[str, str], *arguments: str) -> Done:
    return place.run(str(PRE_COMMIT), *arguments, PRE_COMMIT_HOME=str(home), **wheels)


def commit(place: Place, home: Path, *arguments: str) -> Done:
    return place.run("git", "commit", "-q", "-m", "x", *arguments, PRE_COMMIT_HOME=str(home))


def test_a_stale_count_is_refused_and_passes_once_it_is_regenerated(place: Place, home: Path) -> None:
    place.settle(1)
    place.git("add", "-A")
    before = place.state()
    refused = commit(place, home)
    assert refused.code == 1
    assert "board.md:7:8: error DS210[bound-number-stale]" in refused.said
    assert "planning documents agree" in refused.said
    assert place.state() == before, "a check stages and writes nothing"
    assert place.docsync("regenerate").code == 0
    place.git("add", "-A")
    assert commit(place, home).code == 0
    assert "1/3" in place.committed("board.md")


def test_a_partly_staged_file_is_judged_as_staged(place: Place, home: Path) -> None:
    place.settle(1)
    assert place.docsync("regenerate").code == 0
    place.git("add", "-A")
    wrong = place.read("board.md").replace("1/3", "2/3")
    place.write("board.md", wrong)
    passed = commit(place, home)
    assert passed.code == 0, passed.said
    assert place.read("board.md") == wrong
    place.git("add", "-A")
    place.write("board.md", wrong.replace("2/3", "1/3"))
    assert place.docsync("check").code == 0
    refused = commit(place, home)
    assert (refused.code, "DS210" in refused.said) == (1, True)


def test_a_commit_without_documents_is_judged_too(place: Place, home: Path) -> None:
    place.settle(1)
    place.git("commit", "-q", "-a", "--no-verify", "-m", "stale")
    place.write("crane.py", "up = 1\n")
    place.git("add", "-A")
    assert commit(place, home).code == 1


def test_the_other_hook_regenerates_and_leaves_staging_to_you(
    place: Place, home: Path, repo: tuple[str, str], wheels: dict[str, str]
) -> None:
    place.write(".pre-commit-config.yaml", SETTINGS.format(repo=repo[0], rev=repo[1], hook="docsync-regenerate"))
    place.settle(1)
    place.git("add", "-A")
    refused = place.run("git", "commit", "-q", "-m", "x", PRE_COMMIT_HOME=str(home), **wheels)
    assert (refused.code, "files were modified by this hook" in refused.said) == (1, True)
    assert " M board.md\n" in place.state()
    place.git("add", "-A")
    assert commit(place, home).code == 0
    assert "1/3" in place.committed("board.md")


def test_both_are_hooks_that_pre_commit_understands(repo: tuple[str, str], tmp_path: Path) -> None:
    done = Place(tmp_path).run(str(PRE_COMMIT), "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))
    assert done.code == 0, done.said
    assert repo
