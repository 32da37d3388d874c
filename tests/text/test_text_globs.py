from __future__ import annotations

import os
import re
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docsync.text.globs import compile_globs

TREE = ("a", "b.md", "x.tmp", "docs/a", "docs/b.md", "docs/x.tmp", "docs/deep/a", "docs/deep/b.md", "deep/docs/a", "[b]/b.md")
PIECES = st.sampled_from(
    ["a", "b", "b.md", "docs", "deep", "*", "**", "?", "/", "/", "**/", "/**", "!", ".md", "x", "tmp", "[ab]", "[!a]", "[", "]",
     "\\", "\\[", "[[:alpha:]]", "[a-c]", "[z-a]", " ", "#"]
)  # fmt: skip


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("ignored")
    subprocess.run(["git", "init", "-q", root], check=True)
    for name in TREE:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    return root


def ours(lines: list[str]) -> set[str]:
    """Walk as docsync does: a folder that is ignored is not entered."""
    globs = compile_globs(lines)
    ignored = set()
    for name in TREE:
        parents = [name[: at + 1] for at, sign in enumerate(name) if sign == "/"]
        if any(globs.decide(path) for path in (*parents, name)):
            ignored.add(name)
    return ignored


def gits(root: Path, lines: list[str]) -> set[str]:
    (root / ".gitignore").write_text("\n".join(lines) + "\n")
    done = subprocess.run(
        ["git", "-C", root, "check-ignore", "--stdin", "-z", "--no-index"],
        input="\0".join(TREE), capture_output=True, text=True, check=False,
        env={**os.environ, "XDG_CONFIG_HOME": str(root / "none"), "HOME": str(root / "none")},
    )  # fmt: skip
    return set(done.stdout.split("\0")) - {""}


# git cuts a pattern's literal start off before it looks at the rest, so that `docs**/a` means `docs/**/a` to it by accident.
LINES = st.lists(PIECES, min_size=1, max_size=5).map("".join).filter(lambda line: not re.search(r"[^/*!]\*\*", line))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, min_size=1, max_size=4))
def test_patterns_ignore_what_git_ignores(repository: Path, lines: list[str]) -> None:
    assert ours(lines) == gits(repository, lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["*", "!*/", "!*.md"],
        ["/*", "!/docs/"],
        ["docs/**"],
        ["**/deep/**/a"],
        ["docs/*", "!docs/deep"],
        ["\\!a", "\\#b", "a\\ "],
        ["deep/", "b.md   "],
        ["[[b]"],
        ["*.md\r"],
    ],
)
def test_known_idioms_ignore_what_git_ignores(repository: Path, lines: list[str]) -> None:
    assert ours(lines) == gits(repository, lines)


@pytest.mark.parametrize(
    ("pattern", "path", "covered"),
    [
        ("**/*.md", "a.md", True),
        ("**/*.md", ".planning/deep/a.md", True),
        ("**/*.md", "a.txt", False),
        ("docs", "docs/a.txt", True),
        ("docs/", "notes/docs/deep/a.txt", True),
        ("/docs", "notes/docs/a.txt", False),
    ],
)
def test_a_pattern_covers_a_file_or_its_folders(pattern: str, path: str, *, covered: bool) -> None:
    assert compile_globs([pattern]).covers(path) is covered


def test_an_exception_takes_a_file_out_of_a_covered_folder() -> None:
    globs = compile_globs(["docs", "!draft.md"])
    assert globs.covers("docs/a.md")
    assert not globs.covers("docs/draft.md")


@pytest.mark.parametrize("pattern", ["*a" * 40 + "b", "**/a*/" * 12 + "b", "**/" + "*a" * 30 + "b", "[a]*" * 40 + "b"])
def test_no_pattern_takes_long(pattern: str) -> None:
    globs = compile_globs([pattern])
    began = time.process_time()
    assert globs.decide("a" * 255) is None
    assert globs.decide("a/" * 1000 + "a" * 100) is None
    assert time.process_time() - began < 5
