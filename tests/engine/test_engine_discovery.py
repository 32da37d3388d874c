from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from docsync.config.values import Config
from docsync.engine.request import JobError, Request, Targets, targets_of
from trees import commit, found_in, git, plant


def config(*, include: tuple[str, ...] = ("**/*.md",), exclude: tuple[str, ...] = (), follow_links: bool = False) -> Config:
    return Config({}, {}, {}, include=include, exclude=exclude, follow_links=follow_links)


def names(root: Path, *paths: str, config: Config | None = None) -> list[str]:
    return list(found_in(root, *paths, config=config).files)


def test_documents_are_found_in_order_of_their_paths(tmp_path: Path) -> None:
    plant(tmp_path, {"z.md": "", "a/b.markdown": "", "a/x.txt": "", "README": "", "a.md": ""})
    assert names(tmp_path) == ["a.md", "a/b.markdown", "z.md"]


def test_hidden_folders_are_walked_and_those_of_machines_are_not(tmp_path: Path) -> None:
    skipped = [".git", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".cache", ".mypy_cache", ".rumdl_cache"]
    plant(tmp_path, {".planning/STATE.md": "", **{f"{name}/x.md": "" for name in skipped}, "a/node_modules/b/x.md": ""})
    assert names(tmp_path) == [".planning/STATE.md"]


@pytest.mark.parametrize("mark", [".git", ".git/", "pyvenv.cfg", "CACHEDIR.TAG"])
def test_a_folder_that_is_someone_elses_is_not_entered(tmp_path: Path, mark: str) -> None:
    plant(tmp_path, {"own.md": "", f"other/{mark}": "", "other/deep/x.md": ""})
    assert names(tmp_path) == ["own.md"]
    assert names(tmp_path, "other") == ["other/deep/x.md", "own.md"]


def test_the_root_itself_may_be_a_repository(tmp_path: Path) -> None:
    assert names(plant(tmp_path, {".git/": "", "a.md": ""})) == ["a.md"]


def test_ignore_files_hide_what_git_hides(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            ".gitignore": "build/\n*.tmp.md\n",
            "a.md": "",
            "x.tmp.md": "",
            "build/x.md": "",
            "sub/.gitignore": "drafts\n!keep.tmp.md\n",
            "sub/keep.tmp.md": "",
            "sub/drafts/x.md": "",
            "drafts/a.md": "",
        },
    )
    commit(tmp_path)
    tracked = git(tmp_path, "ls-files", "*.md").split()
    assert names(tmp_path) == sorted(tracked) == ["a.md", "drafts/a.md", "sub/keep.tmp.md"]


def test_patterns_that_are_not_committed_and_those_above_the_root_count(tmp_path: Path) -> None:
    plant(tmp_path, {".gitignore": "/docs/secret.md\nold/\n", "docs/a.md": "", "docs/secret.md": "", "docs/old/x.md": ""})
    commit(tmp_path)
    plant(tmp_path, {".git/info/exclude": "private.md\n", "docs/private.md": ""})
    assert names(tmp_path / "docs") == ["a.md"]


def test_ignore_files_count_without_a_repository(tmp_path: Path) -> None:
    assert names(plant(tmp_path, {".gitignore": "\ufeffx.md\r\n", "x.md": "", "a.md": ""})) == ["a.md"]


def test_a_linked_ignore_file_is_no_ignore_file(tmp_path: Path) -> None:
    plant(tmp_path, {"patterns": "*.md\n", "a.md": ""})
    (tmp_path / ".gitignore").symlink_to("patterns")
    assert names(tmp_path) == ["a.md"]


def test_include_and_exclude_choose(tmp_path: Path) -> None:
    plant(tmp_path, {"docs/a.md": "", "docs/old/b.md": "", "notes/c.md": "", "docs/d.txt": ""})
    assert names(tmp_path, config=config(include=("docs",))) == ["docs/a.md", "docs/d.txt", "docs/old/b.md"]
    assert names(tmp_path, config=config(exclude=("old/",))) == ["docs/a.md", "notes/c.md"]
    assert names(tmp_path, config=config(include=("**/*.txt", "notes/*.md"))) == ["docs/d.txt", "notes/c.md"]


def test_a_named_file_is_read_whatever_its_ending_or_the_patterns(tmp_path: Path) -> None:
    plant(tmp_path, {"a.md": "", "plan.txt": "", ".gitignore": "b.md", "b.md": ""})
    assert names(tmp_path, "plan.txt", "b.md") == ["a.md", "b.md", "plan.txt"]


def test_a_named_folder_outside_the_patterns_is_added(tmp_path: Path) -> None:
    plant(tmp_path, {"a.md": "", ".gitignore": "build/\n", "build/x.md": "", "build/.gitignore": "y.md", "build/y.md": ""})
    assert names(tmp_path, "build") == ["a.md", "build/x.md"]
    assert names(tmp_path, "build", config=config(include=("docs/**/*.md",))) == ["build/x.md"]


def test_links_are_skipped(tmp_path: Path) -> None:
    plant(tmp_path, {"a.md": "", "docs/b.md": ""})
    (tmp_path / "link.md").symlink_to("a.md")
    (tmp_path / "folder").symlink_to("docs")
    assert names(tmp_path) == ["a.md", "docs/b.md"]


def test_links_are_followed_when_asked_for_but_never_out_of_the_root_or_twice(tmp_path: Path) -> None:
    plant(tmp_path, {"outside/x.md": "", "root/a.md": "", "root/.gitignore": "hidden/\nlone.md\n", "root/hidden/b.md": ""})
    plant(tmp_path / "root", {"lone.md": "", ".git/c.md": "", "n.txt": "", "docs/": ""})
    links = {
        "same.md": "a.md", "shown": "hidden", "shown-too": "hidden", "one.md": "lone.md", "up": "..", "self": ".",
        "out": "../outside", "out.md": "../outside/x.md", "gone.md": "nowhere.md", "inner": ".git", "text": "n.txt",
        "round.md": "round.md", "docs/loop": "..",
    }  # fmt: skip
    for name, target in links.items():
        (tmp_path / "root" / name).symlink_to(target)
    assert names(tmp_path / "root", config=config(follow_links=True)) == ["a.md", "hidden/b.md", "lone.md"]


def test_what_is_no_file_is_skipped_without_waiting(tmp_path: Path) -> None:
    plant(tmp_path, {"a.md": "", "folder.md/b.md": ""})
    os.mkfifo(tmp_path / "pipe.md")
    os.mkfifo(tmp_path / "folder.md/.gitignore")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "socket.md"))
    assert names(tmp_path) == ["a.md", "folder.md/b.md"]


def test_depth_does_not_matter(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(600):  # deeper than a walk that recurses survives, but still a path that the system takes
        folder = folder / "d"
    folder.mkdir(parents=True)
    (folder / "x.md").write_text("")
    assert len(names(tmp_path)) == 1


def test_names_that_are_not_utf8_are_found(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.md", "wb"):
        pass
    assert names(tmp_path) == ["caf\udce9.md"]


def test_everything_seen_is_present_documents_or_not(tmp_path: Path) -> None:
    plant(tmp_path, {"a.md": "", "src/x.py": "", ".gitignore": "build/\n", "build/y.md": ""})
    assert found_in(tmp_path).present == {"a.md", "src", "src/x.py", ".gitignore", "build"}


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, {"a.md": "", "closed/b.md": ""})
    listing = os.scandir

    def scandir(path: str) -> object:
        if path.rstrip("/").endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = found_in(tmp_path)
    assert (list(found.files), found.closed) == (["a.md"], {"closed/": "Permission denied"})


def request(root: Path, *paths: str) -> Request:
    return Request(str(root), paths)


def test_targets_are_files_and_folders_below_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, {"docs/a.md": "", "b.md": ""})
    monkeypatch.chdir(tmp_path / "docs")
    targets = targets_of(request(tmp_path, "a.md", "../b.md", "."))
    assert targets == Targets(frozenset({"docs/a.md", "b.md"}), ("docs/",))
    assert [targets.take(path) for path in ("b.md", "docs/x.md", "docs.md", "c.md")] == [True, True, False, False]


def test_the_root_as_target_is_the_whole_project(tmp_path: Path) -> None:
    plant(tmp_path, {"a.md": ""})
    assert targets_of(request(tmp_path, str(tmp_path / "a.md"), str(tmp_path))).take("anything.md")


def test_a_named_link_means_what_it_leads_to(tmp_path: Path) -> None:
    plant(tmp_path, {"docs/a.md": ""})
    (tmp_path / "link").symlink_to("docs")
    assert targets_of(request(tmp_path, str(tmp_path / "link/a.md"))).files == {"docs/a.md"}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("docs/STAT.md", "docs/STATE.md"),
        ("nothing-like-it.md", "no such file or folder"),
        ("no-folder/x.md", "no such file or folder"),
        ("../beside.md", "outside the project root"),
        ("pipe.md", "neither a file nor a folder"),
        ("round.md", "cannot be read"),
        ("/dev/null", "outside the project root"),
    ],
)
def test_a_path_that_cannot_be_checked_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, said: str) -> None:
    plant(tmp_path, {"root/docs/STATE.md": "", "beside.md": ""})
    os.mkfifo(tmp_path / "root/pipe.md")
    (tmp_path / "root/round.md").symlink_to("round.md")
    monkeypatch.chdir(tmp_path / "root")
    with pytest.raises(JobError, match=said):
        targets_of(request(tmp_path / "root", path))


def test_a_root_that_is_no_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(JobError, match="no folder"):
        targets_of(request(tmp_path / "nowhere"))


def test_text_from_standard_input_goes_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, {"docs/": ""})
    monkeypatch.chdir(tmp_path)
    assert targets_of(Request(str(tmp_path), stdin=b"", stdin_name="docs/new.md")).files == {"docs/new.md"}
    assert targets_of(Request(str(tmp_path), stdin=b"")).files == {"<stdin>"}
    for name in ("docs", "/elsewhere.md"):
        with pytest.raises(JobError, match=name):
            targets_of(Request(str(tmp_path), stdin=b"", stdin_name=name))
