from __future__ import annotations

import os
from pathlib import Path

import pytest

from docsync.engine.heads import heads_of
from docsync.engine.repository import find_repository
from docsync.engine.roots import default_root
from trees import commit, git, plant


def head_state(root: Path) -> list[bytes | None]:
    repository = find_repository(str(root))
    assert repository
    return [Path(path).read_bytes() if os.path.exists(path) else None for path in repository.head_files()]


def head_text(root: Path, *paths: str) -> list[str | None]:
    with heads_of(str(root), find_repository(str(root))) as heads:
        return [heads.text(path) for path in paths]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    plant(tmp_path, {"docs/a.md": "one\n", "docs/sp ace é.md": "\ufefftwo\r\n", "docs/latin.md": b"caf\xe9", "docs/sub/": ""})
    plant(tmp_path, {"docs/sub/c.md": "three"})
    commit(tmp_path)
    return tmp_path


def test_head_gives_what_was_committed(repository: Path) -> None:
    plant(repository, {"docs/a.md": "changed"})
    asked = ("a.md", "absent.md", "sp ace é.md", "latin.md", "sub", "sub/c.md", "new\nline.md", "a.md")
    assert head_text(repository / "docs", *asked) == ["one\n", None, "two\r\n", None, None, "three", None, "one\n"]


def test_head_does_not_listen_to_the_git_that_runs_a_hook(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(repository / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")
    assert head_text(repository / "docs", "a.md") == ["one\n"]


def test_without_a_commit_a_repository_or_git_there_is_no_head(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert head_text(tmp_path, "a.md") == [None]
    git(tmp_path, "init", "-q")
    assert head_text(tmp_path, "a.md", "b.md") == [None, None]
    monkeypatch.setenv("PATH", "")
    assert head_text(tmp_path, "a.md") == [None]


def test_a_git_that_dies_is_no_fault(repository: Path) -> None:
    plant(repository, {".git/HEAD": "nonsense"})
    assert head_text(repository, *["docs/a.md"] * 5000) == [None] * 5000


@pytest.mark.parametrize("packed", [False, True])
def test_a_commit_changes_the_files_that_say_what_head_is(repository: Path, *, packed: bool) -> None:
    if packed:
        git(repository, "pack-refs", "--all")
    before = head_state(repository)
    assert head_state(repository) == before
    commit(repository)
    assert head_state(repository) != before


def test_a_checkout_changes_them_too(repository: Path) -> None:
    before = head_state(repository)
    git(repository, "checkout", "-q", "--detach")
    assert head_state(repository) != before


def test_a_linked_worktree_has_a_head_of_its_own(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    linked = tmp_path_factory.mktemp("linked") / "tree"
    git(repository, "worktree", "add", "-q", str(linked))
    found = find_repository(str(linked / "docs"))
    assert found
    assert found.top == str(linked)
    assert found.exclude_file == str(repository / ".git/info/exclude")
    before = head_state(linked)
    commit_in_linked = ("commit", "-q", "--allow-empty", "-m", "x")
    git(linked, *commit_in_linked)
    assert head_state(linked) != before
    assert head_text(linked, "docs/a.md") == ["one\n"]


def test_the_root_is_the_nearest_folder_that_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(
        tmp_path,
        {
            ".git/": "",
            "a/docsync.toml": "",
            "a/deep/x.md": "",
            "b/pyproject.toml": "[tool.docsync]\n",
            "b/deep/x.md": "",
            "c/pyproject.toml": "[tool.other]\n",
            "c/deep/x.md": "",
        },
    )
    for folder, root in (("a/deep", "a"), ("b/deep", "b"), ("c/deep", "")):
        monkeypatch.chdir(tmp_path / folder)
        assert default_root(()) == default_root(("x.md",)) == str(tmp_path / root)


def test_named_paths_say_which_project_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, {"here/": "", "there/.git/": "", "there/docs/x.md": "", "loose/deep/x.md": "", "loose/y.md": ""})
    monkeypatch.chdir(tmp_path / "here")
    assert default_root(("../there/docs/x.md",)) == str(tmp_path / "there")
    assert default_root(("../loose/deep/x.md", "../loose/y.md")) == str(tmp_path / "loose")
    monkeypatch.chdir(tmp_path / "loose")
    assert default_root(("deep/x.md",)) == default_root(()) == str(tmp_path / "loose")


def test_a_link_does_not_choose_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, {"here/.git/": "", "here/docs/deep/": "", "there/.git/": "", "there/docs/x.md": "", "loose/": ""})
    os.symlink(tmp_path / "there/docs/x.md", tmp_path / "here/docs/link.md")
    os.symlink(tmp_path / "there/docs", tmp_path / "here/linked")
    os.symlink(tmp_path / "there/docs/x.md", tmp_path / "loose/link.md")
    os.symlink(tmp_path / "there", tmp_path / "way")
    monkeypatch.chdir(tmp_path / "here/docs/deep")
    for path in ("../link.md", "../../linked/x.md", "../../linked", str(tmp_path / "here/docs/link.md")):
        assert default_root((path,)) == str(tmp_path / "here")
    assert default_root(("../../linked/../x.md",)) == str(tmp_path / "there")
    assert default_root((str(tmp_path / "way/docs/x.md"),)) == str(tmp_path / "way")
    monkeypatch.chdir(tmp_path / "loose")
    assert default_root(("link.md",)) == str(tmp_path / "loose")


def test_a_pipe_for_a_project_file_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pyproject.toml")
    monkeypatch.chdir(tmp_path)
    assert default_root(()) == str(tmp_path)


def test_while_a_merge_is_under_way_the_other_side_is_asked_too(repository: Path) -> None:
    git(repository, "switch", "-q", "-c", "side")
    plant(repository, {"docs/a.md": "theirs\n"})
    git(repository, "commit", "-q", "-a", "-m", "y")
    git(repository, "switch", "-q", "main")
    git(repository, "merge", "-q", "--no-commit", "--no-ff", "side")
    with heads_of(str(repository), find_repository(str(repository))) as heads:
        assert heads.texts("docs/a.md") == ("one\n", "theirs\n")
    git(repository, "commit", "-q", "-m", "z")
    with heads_of(str(repository), find_repository(str(repository))) as heads:
        assert heads.texts("docs/a.md") == ("theirs\n",)
