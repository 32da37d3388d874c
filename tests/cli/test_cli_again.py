"""A check that is asked again answers from memory, and only where nothing that it rests on has changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import docsync
from docsync.cache import answers, marks
from docsync.cli import main

CONFIG = 'templates = "views"\n[rules]\nignore = ["DS104"]\n'
VIEW = "{{ records | length }} of them\n"
HOLES = """# Holes

<!-- docsync:begin all view="short" kind="hole" -->

1 of them

<!-- docsync:end all -->

The pump is `src/pump.py` (2 lines), its plan docs/later.md.
"""
HOLE = "---\nkind: hole\nid: H1\nstatus: pending\n---\n\n# The pump\n"
BASELINE = '{"version": 1, "findings": []}\n'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    for name, text in {
        "docsync.toml": CONFIG,
        "views/short.md.j2": VIEW,
        "docs/holes.md": HOLES,
        "docs/h1.md": HOLE,
        "docs/.gitignore": "none\n",
        "src/pump.py": "one\ntwo\n",
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a")
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(marks, "RACY", 0)  # else everything would have to be two seconds old
    return root


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["docsync", *arguments])
    return main.run(list(arguments))


def is_recalled(arguments: list[str]) -> bool:
    return answers.recalled(arguments) is not None


def test_the_same_is_answered_without_a_look_into_any_file(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(monkeypatch, "check")
    said = capsys.readouterr().out
    assert "Looked at 2 files" in said

    def invoked(_: list[str]) -> int:
        raise AssertionError

    monkeypatch.setattr(main, "_invoked", invoked)
    assert (run(monkeypatch, "check"), capsys.readouterr().out) == (code, said)
    del project


def edit(path: str, text: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)

    return change


def commit(root: Path) -> None:
    git(root, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "b", "--allow-empty")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a document": edit("docs/h1.md", HOLE.replace("pending", "resolved")),
    "a document of the same size": edit("docs/h1.md", HOLE.replace("H1", "H2")),
    "a new document": edit("docs/h2.md", HOLE.replace("H1", "H2")),
    "a document gone": lambda root: (root / "docs/h1.md").unlink(),
    "a document renamed": lambda root: (root / "docs/h1.md").rename(root / "docs/h3.md"),
    "the configuration": edit("docsync.toml", CONFIG + 'fail_on = "info"\n'),
    "another configuration": edit("pyproject.toml", "[tool.docsync]\n"),
    "a template": edit("views/short.md.j2", VIEW + "more\n"),
    "a new template": edit("views/status-table.md.j2", VIEW),
    "a file that a claim speaks of": edit("src/pump.py", "one\ntwo\nthree\n"),
    "a file that a claim speaks of, gone": lambda root: (root / "src/pump.py").unlink(),
    "a file that was named and not there": edit("docs/later.md", "# Later\n"),
    "an ignore file": edit("docs/.gitignore", "h1.md\n"),
    "a new ignore file": edit(".gitignore", "docs/h1.md\n"),
    "what git excludes": edit(".git/info/exclude", "docs/h1.md\n"),
    "HEAD": commit,
    "a baseline": edit(".docsync-baseline.json", BASELINE),
    "a folder": lambda root: (root / "docs/deep").mkdir(),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_the_outcome_rests_on_is_looked_at(name: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, "check")
    assert is_recalled(["check"])
    CHANGES[name](project)
    assert not is_recalled(["check"])


def test_another_docsync_looks_for_itself(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, "check")
    monkeypatch.setattr(docsync, "__version__", "999")
    assert not is_recalled(["check"])
    del project


@pytest.mark.parametrize("name", ["NO_COLOR", "FORCE_COLOR", "COLUMNS"])
def test_another_look_is_another_answer(name: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, "check")
    monkeypatch.setenv(name, "70")
    assert not is_recalled(["check"])
    del project


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--no-cache"],
        ["check", "--since", "HEAD"],
        ["check", "--staged"],
        ["check", "--output-format", "github"],
        ["rules"],
    ],
)
def test_what_rests_on_more_than_files_is_never_answered_from_memory(
    arguments: list[str], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(monkeypatch, *arguments)
    run(monkeypatch, *arguments)
    assert not is_recalled(arguments)
    del project


def test_a_subfolder_does_not_answer_for_its_project(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "docs")
    run(monkeypatch, "check")
    assert not is_recalled(["check"])
    run(monkeypatch, "check", "--root", "..")
    assert is_recalled(["check", "--root", ".."])


def test_what_was_kept_for_others_or_damaged_is_not_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, "check")
    (kept,) = (project.parent / "cache").rglob("answer-*")
    kept.chmod(0o666)
    assert not is_recalled(["check"])
    kept.chmod(0o600)
    assert is_recalled(["check"])
    raw = kept.read_bytes()
    for damaged in (raw[:-1], raw[:4], b"", raw[:9] + bytes([raw[9] ^ 1]) + raw[10:]):
        kept.write_bytes(damaged)
        assert not is_recalled(["check"])


def test_a_young_tree_is_not_trusted_to_show_its_next_change(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "RACY", 2_000_000_000)
    run(monkeypatch, "check")
    assert not is_recalled(["check"])
    del project


def test_an_unchanged_check_imports_nothing_that_it_can_do_without(project: Path) -> None:
    environment = {**os.environ, "DOCSYNC_DEBUG": "1"}
    script = (
        "import sys; from docsync.cache import marks; marks.RACY = 0; sys.argv = ['docsync', 'check']\n"
        "from docsync.cli.main import run; run(['check']); print(*sorted(sys.modules), sep='\\n', file=sys.stderr)"
    )
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=project, env=environment, capture_output=True, text=True, check=True
        )
    heavy = {"click", "pydantic", "jinja2", "markdown_it", "yaml", "msgspec"}
    heavy |= {"dataclasses", "typing", "pickle", "docsync.engine"}
    assert not heavy & set(done.stderr.split())


def test_regenerating_where_nothing_is_stale_is_answered_too(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "regenerate") == 0
    assert is_recalled(["regenerate"])
    (project / "docs/h2.md").write_text(HOLE.replace("H1", "H2"))
    assert not is_recalled(["regenerate"])
    run(monkeypatch, "regenerate")
    assert "2 of them" in (project / "docs/holes.md").read_text()
    assert not is_recalled(["regenerate"])  # it wrote, and what it wrote has not been looked at since
    run(monkeypatch, "regenerate")
    assert is_recalled(["regenerate"])


def test_what_regenerating_leaves_and_tells_of_is_looked_at_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = HOLES.replace("1 of them", "many of them").replace("pump is", "pump, by hand, is")
    (project / "docs/holes.md").write_text(text)
    git(project, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qam", "b")
    (project / "docs/holes.md").write_text(text.replace("many of", "far too many of"))
    assert run(monkeypatch, "regenerate") == 1
    assert not is_recalled(["regenerate"])
