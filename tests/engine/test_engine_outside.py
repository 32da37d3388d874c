from __future__ import annotations

import os
from pathlib import Path

import pytest

from docsync.engine import Request, check
from docsync.engine import reading as reading_module
from docsync.engine.outside import Looked
from docsync.engine.repository import find_repository
from docsync.models.diagnostics import Severity
from trees import commit, found_in, git, plant

DOCUMENT = """# State

## Documentation

- `docs/TIDE_LIST.md`
- `build/out/TIDE_SUMS.md`
- `src/pump.py` (3 lines)
"""
TREE = {
    ".gitignore": "build/\n",
    "STATE.md": DOCUMENT,
    "docs/old/TIDE_LIST.md": "# Tides\n",
    "build/TIDE_SUMS.md": "# Sums\n",
    "src/pump.py": "1\n2\n3\n",
    "src/a.py": "a\n",
    "src/b.py": "b\n",
}


def found(root: Path) -> list[str]:
    """Give what a check with the cache says of references."""
    return [each.message for each in check(Request(str(root))).diagnostics if each.code.startswith("DS5")]


def test_an_unchanged_tree_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, TREE)
    first = found(tmp_path)
    assert len(first) == 2
    monkeypatch.setattr(reading_module, "file_bytes", None)
    assert found(tmp_path) == first


@pytest.mark.parametrize(
    ("path", "text", "left"),
    [
        ("docs/TIDE_LIST.md", "# Tides\n", ["build/out/TIDE_SUMS.md is not there"]),
        ("build/out/TIDE_SUMS.md", "", ["docs/TIDE_LIST.md is not there; docs/old/TIDE_LIST.md is"]),
        (
            "src/pump.py",
            "1\n",
            [
                "docs/TIDE_LIST.md is not there; docs/old/TIDE_LIST.md is",
                "build/out/TIDE_SUMS.md is not there",
                "src/pump.py is said to have 3 lines; it has 1",
            ],
        ),
    ],
)
def test_what_a_document_names_is_looked_at_by_each_run(tmp_path: Path, path: str, text: str, left: list[str]) -> None:
    plant(tmp_path, TREE)
    assert found(tmp_path) == [
        "docs/TIDE_LIST.md is not there; docs/old/TIDE_LIST.md is",
        "build/out/TIDE_SUMS.md is not there",
    ]
    plant(tmp_path, {path: text})
    assert found(tmp_path) == left


def test_what_is_new_in_one_place_is_only_noted_in_another(tmp_path: Path) -> None:
    known = {"README.md": "# Read\n\nSee the [tide guide](docs/TIDE_GUIDE.md).\n", "old/TIDE_GUIDE.md": "# Tides\n"}
    plant(tmp_path / "one", known)
    plant(tmp_path / "two", {**known, "README.md": f"{known['README.md']}\n- [tides](docs/TIDE_GUIDE.md) - **NEW**\n"})
    (sure,), (noted,) = (check(Request(str(tmp_path / each))).diagnostics for each in ("one", "two"))
    assert (sure.severity, sure.help) == (Severity.WARNING, "write old/TIDE_GUIDE.md, if that is meant")
    assert (noted.severity, noted.help) == (Severity.INFO, "")


def test_a_link_is_corrected_as_it_is_followed(tmp_path: Path) -> None:
    document = "# Read\n\nSee the [tide guide](../TIDE_GUIDE.md).\n"
    plant(tmp_path, {"harbour/pier/README.md": document, "harbour/TIDE/TIDE_GUIDE.md": "# Tides\n"})
    (one,) = check(Request(str(tmp_path))).diagnostics
    assert one.help == "write ../TIDE/TIDE_GUIDE.md, if that is meant"


def looked(root: Path) -> Looked:
    """Give a look at a tree of which a walk has been made."""
    real = os.path.realpath(root)
    return Looked(real, find_repository(real), found_in(root))


def test_only_folders_that_the_walk_left_out_are_looked_into(tmp_path: Path) -> None:
    outside = looked(plant(tmp_path, TREE))
    assert not outside.exists("docs/gone.md")
    assert not outside.exists("nowhere/at/all.md")
    assert outside.existing == {}
    assert outside.exists("build/TIDE_SUMS.md")
    assert not outside.exists("build/gone.md")
    assert outside.existing == {"build/TIDE_SUMS.md": True, "build/gone.md": False}


def test_what_a_link_leads_out_to_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "secret.md").write_text("1\n2\n", "utf-8")
    root = plant(tmp_path / "root", {"STATE.md": "# State\n"})
    (root / "out").symlink_to(tmp_path / "far")
    outside = looked(root)
    assert outside.exists("out/secret.md")
    assert outside.exists("out/gone.md")
    assert outside.line_count("out/secret.md") is None


@pytest.mark.parametrize(
    ("raw", "count"),
    [(b"a\nb\n", 2), (b"a\nb", 2), (b"a\r\nb\r\n", 2), (b"", None), (b"a\0\n", None), (b"a\n" * 3_000_000, None)],
)
def test_lines_are_counted_of_text_files_of_some_size(tmp_path: Path, raw: bytes, count: int | None) -> None:
    assert looked(plant(tmp_path, {"a.py": raw})).line_count("a.py") == count


def test_what_is_no_file_has_no_lines(tmp_path: Path) -> None:
    plant(tmp_path, {"a/b.md": "x\n"})
    os.mkfifo(tmp_path / "pipe.py")
    outside = looked(tmp_path)
    assert [outside.line_count(path) for path in ("a", "pipe.py", "gone.py")] == [None, None, None]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    plant(tmp_path, {"STATE.md": "# State\n"})
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    return tmp_path


def test_git_tells_which_commits_it_holds(repository: Path) -> None:
    head = git(repository, "rev-parse", "HEAD").strip()
    outside = looked(repository)
    assert outside.unknown_commits({head, head[:8], "1234567a", "--help", "HEAD"}) == frozenset({"1234567a"})
    assert any(path.endswith("HEAD") for path in outside.files)


def test_a_commit_that_comes_in_is_seen_by_the_next_run(repository: Path) -> None:
    plant(repository, {"STATE.md": "# State\n\n**Last commit**: 1234567a\n"})
    assert found(repository) == ["commit 1234567a is not in this repository"]
    commit(repository)
    head = git(repository, "rev-parse", "HEAD").strip()
    plant(repository, {"STATE.md": f"# State\n\n**Last commit**: a{head[:8]}\n"})
    assert len(found(repository)) == 1
    plant(repository, {"STATE.md": f"# State\n\n**Last commit**: `{head}`\n"})
    assert found(repository) == []


@pytest.mark.parametrize("how", ["shallow", "partial", "configless", "gitless", "none"])
def test_without_a_whole_history_or_git_nothing_is_said_of_commits(
    repository: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "shallow":
        (repository / ".git" / "shallow").write_text("", "utf-8")
    elif how == "partial":
        git(repository, "config", "remote.origin.promisor", "true")
    elif how == "configless":
        (repository / ".git" / "config").unlink()
    elif how == "gitless":
        monkeypatch.setenv("PATH", "")
    asked = set() if how == "none" else {"1234567a"}
    assert looked(repository).unknown_commits(asked) is None
