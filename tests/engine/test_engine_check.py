from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docsync.cache.folder import open_folder
from docsync.engine import JobError, Request, check
from docsync.engine import reading as reading_module
from docsync.models.diagnostics import Report, Severity
from docsync.parser import document
from lighthouse import BOARD, LAMP, LENS, LIGHTHOUSE, codes, put_right, run
from trees import commit, plant

STALE = ["BOARD.md DS210", "BOARD.md DS601"]


def cached(root: Path) -> Path:
    """Give the folder of a project's cache."""
    folder = open_folder(os.path.realpath(root), ())
    assert folder
    return Path(folder.path)


def test_a_project_is_joined_and_checked(tmp_path: Path) -> None:
    report = run(plant(tmp_path, LIGHTHOUSE))
    assert codes(report) == STALE
    assert (report.tally.files, report.tally.records, report.failed, report.refused) == (3, 2, False, ())
    assert report.lines["BOARD.md"].count == BOARD.count("\n") + 1


def test_only_what_stands_in_the_named_paths_is_reported_but_all_is_read(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE)
    assert codes(run(tmp_path, "holes")) == []
    assert codes(run(tmp_path, "BOARD.md")) == STALE
    assert run(tmp_path, "holes").tally.records == 2


def test_a_named_file_of_another_ending_is_checked_with_the_rest(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE | {"plan.txt": BOARD})
    assert codes(run(tmp_path)) == STALE
    assert codes(run(tmp_path, "plan.txt")) == ["plan.txt DS210", "plan.txt DS601"]


REFUSED = {
    "latin.md": (b"caf\xe9\n", "DS001"),
    "nul.md": (b"a\0b", "DS002"),
    "wide.md": ("text".encode("utf-16"), "DS002"),
    "large.md": (b"x" * 2_000_001, "DS003"),
    "merge.md": (b"<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n", "DS004"),
    "unclosed.md": (b"---\nkind: hole\n", "DS011"),
}


@pytest.mark.parametrize("cache", [True, False])
@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_file_is_an_error_and_the_others_are_checked(tmp_path: Path, name: str, *, cache: bool) -> None:
    raw, code = REFUSED[name]
    plant(tmp_path, LIGHTHOUSE | {name: raw})
    for _ in range(2):
        report = run(tmp_path, cache=cache)
        assert codes(report) == sorted([*STALE, f"{name} {code}"])
        assert (report.refused, report.failed) == ((name,), False)
        assert run(tmp_path, name, cache=cache).failed
        assert not run(tmp_path, "BOARD.md", cache=cache).failed


def test_an_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, {"a.md": "", "b.md": "# B\n"})
    opening = os.open

    def refuse(path: str, *rest: int) -> int:
        if path.endswith("a.md"):
            raise PermissionError(13, "Permission denied")
        return opening(path, *rest)

    monkeypatch.setattr(os, "open", refuse)
    assert "a.md DS005" in codes(run(tmp_path, cache=False))


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, LIGHTHOUSE)
    listing = os.scandir

    def scandir(path: str) -> object:
        if path.rstrip("/").endswith("holes"):
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert "holes DS005" in codes(run(tmp_path))


def test_a_crash_is_contained_in_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = document.read_document

    def crash(source: object, config: object) -> object:
        if getattr(source, "path", "") == "bad.md":
            raise RecursionError("too deep")
        return reading(source, config)  # type: ignore[arg-type]  # as it came

    plant(tmp_path, LIGHTHOUSE | {"bad.md": "# Bad\n"})
    monkeypatch.setattr(document, "read_document", crash)
    report = run(tmp_path)
    assert codes(report) == [*STALE, "bad.md DS900"]
    assert "RecursionError: too deep" in next(found.message for found in report.diagnostics if found.code == "DS900")
    monkeypatch.undo()
    plant(tmp_path, {"other.md": "# Other\n"})
    assert codes(run(tmp_path)) == STALE
    monkeypatch.setattr(document, "read_document", crash)
    monkeypatch.setenv("DOCSYNC_DEBUG", "1")
    with pytest.raises(RecursionError):
        run(tmp_path, cache=False)


def test_a_pipe_that_takes_the_place_of_a_file_does_not_keep_us_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert reading_module.file_bytes(str(tmp_path), "a.md", 10) == b""


def test_text_from_standard_input_takes_the_place_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, LIGHTHOUSE)
    monkeypatch.chdir(tmp_path)
    right = BOARD.replace("0/7 resolved (0%)", "1/2 resolved (50%)").encode()
    assert codes(check(Request(str(tmp_path), stdin=right, stdin_name="BOARD.md"))) == ["BOARD.md DS601"]
    assert codes(check(Request(str(tmp_path), stdin=BOARD.encode(), stdin_name="holes/NEW.md"))) == [
        "holes/NEW.md DS210",
        "holes/NEW.md DS601",
    ]
    assert codes(check(Request(str(tmp_path), stdin=BOARD.encode()))) == ["<stdin> DS210", "<stdin> DS601"]
    assert codes(run(tmp_path)) == STALE
    assert check(Request(str(tmp_path), stdin=b"\xff")).failed


def test_the_configuration_says_what_to_fail_on(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE)
    assert run(tmp_path).fail_on is Severity.WARNING
    plant(tmp_path, {"docsync.toml": 'fail-on = "error"\n'})
    assert run(tmp_path).fail_on is Severity.ERROR


def test_a_check_leaves_the_tree_alone(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE)
    commit(tmp_path)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in tmp_path.rglob("*") if ".git" not in path.parts}
    run(tmp_path)
    after = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in tmp_path.rglob("*") if ".git" not in path.parts}
    assert after == before


def test_nothing_found_is_reported_whatever_was_named(tmp_path: Path) -> None:
    plant(tmp_path, {"a.md": "# A\n", "b.md": "# B\n"})
    assert codes(run(tmp_path, "b.md")) == ["a.md DS903"]


def test_the_root_must_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(JobError):
        check(Request(str(tmp_path / "nowhere")))


# What earlier runs left must never be seen in what a run finds, only in how long it takes.

CHANGES = {
    "a document": {"holes/H2.md": LENS.replace("pending", "resolved")},
    "a new document": {"holes/H3.md": LAMP.replace("H1", "H3")},
    "the configuration": {"docsync.toml": '[rules]\nignore = ["DS210"]\n'},
    "the shared configuration": {"pyproject.toml": '[tool.docsync.rules]\nignore = ["DS210"]\n'},
    "ignore patterns": {".gitignore": "BOARD.md\n"},
    "patterns in a folder": {"holes/.gitignore": "H1.md\n"},
    "patterns that are not committed": {".git/info/exclude": "holes\n"},
}


@pytest.mark.parametrize("settled", [True, False])
@pytest.mark.parametrize("change", CHANGES)
def test_a_remembered_run_is_not_taken_for_a_changed_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, *, settled: bool
) -> None:
    commit(plant(tmp_path, LIGHTHOUSE))
    if settled:  # as if all had been written long before
        now = time.time_ns()
        monkeypatch.setattr(time, "time_ns", lambda: now + 10**10)
    before = run(tmp_path)
    assert run(tmp_path) == before
    plant(tmp_path, CHANGES[change])
    after = run(tmp_path)
    assert after == run(tmp_path, cache=False)
    assert after != before


def test_a_commit_is_a_change_where_there_are_regions(tmp_path: Path) -> None:
    commit(plant(tmp_path, LIGHTHOUSE))
    plant(tmp_path, {"BOARD.md": BOARD.replace("| old |", "| by hand |")})
    assert codes(run(tmp_path)) == ["BOARD.md DS210", "BOARD.md DS603"]
    commit(tmp_path)
    assert codes(run(tmp_path)) == STALE


def test_what_was_written_is_a_change_where_there_are_regions(tmp_path: Path) -> None:
    commit(plant(tmp_path, LIGHTHOUSE))
    put_right(tmp_path)
    body = (tmp_path / "BOARD.md").read_text()
    plant(tmp_path, {"holes/H2.md": LENS.replace("pending", "resolved")})
    assert codes(run(tmp_path)) == STALE
    plant(tmp_path, {"BOARD.md": body.replace("Lamp", "Lump")})
    assert codes(run(tmp_path)) == ["BOARD.md DS210", "BOARD.md DS603"]


def test_a_template_is_a_change(tmp_path: Path) -> None:
    view = "{# One line. #}\nkept {{ 'so' }}\n"
    board = '<!-- docsync:begin x view="own" -->\n\nkept so\n\n<!-- docsync:end x -->\n'
    plant(tmp_path, {"docsync.toml": 'templates = "views"\n', "views/own.md.j2": view, "BOARD.md": board, "H1.md": LAMP})
    assert codes(run(tmp_path)) == []
    plant(tmp_path, {"views/own.md.j2": view.replace("so", "otherwise")})
    assert codes(run(tmp_path)) == ["BOARD.md DS601"]


def test_facts_are_kept_by_path_so_that_a_renamed_file_is_itself(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE)
    run(tmp_path)
    (tmp_path / "BOARD.md").rename(tmp_path / "TABLE.md")
    assert codes(run(tmp_path)) == ["TABLE.md DS210", "TABLE.md DS601"]


def test_damaged_memory_costs_time_and_nothing_else(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE)
    before = run(tmp_path)
    for path in cached(tmp_path).iterdir():
        path.write_bytes(path.read_bytes()[:40] + b"x" * 40)
    assert run(tmp_path) == before


def test_no_cache_keeps_and_uses_nothing(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE)
    run(tmp_path, cache=False)
    assert [path.name for path in cached(tmp_path).iterdir()] == ["root"]


def test_a_cache_folder_inside_the_tree_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, LIGHTHOUSE | {".git/": ""})
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert codes(run(tmp_path)) == STALE
    assert codes(run(tmp_path / "holes")) == []
    assert not (tmp_path / "cache").exists()


LOADED = """
import json, sys
from docsync.engine import Request, check
report = check(Request(sys.argv[1]))
print(json.dumps([len(report.diagnostics), sorted(set(sys.argv[2:]) & set(sys.modules))]))
"""


def loaded(root: Path, *modules: str) -> tuple[int, list[str]]:
    """Check in a process of its own, and tell which modules that has loaded."""
    done = subprocess.run([sys.executable, "-c", LOADED, root, *modules], capture_output=True, text=True, check=True)
    count, names = json.loads(done.stdout)
    return count, names


def test_an_unchanged_project_is_checked_without_any_of_the_machinery(tmp_path: Path) -> None:
    heavy = ("pydantic", "jinja2", "markdown_it", "yaml", "docsync.validator.run", "docsync.parser.document", "subprocess")
    commit(plant(tmp_path, LIGHTHOUSE))
    assert loaded(tmp_path, *heavy)[1] != []
    assert loaded(tmp_path, *heavy) == (2, [])


def test_unchanged_documents_are_checked_without_being_parsed(tmp_path: Path) -> None:
    plant(tmp_path, {"a.md": "# A\n\n3/4 lamps lit (75%)\n"})
    assert loaded(tmp_path, "markdown_it", "pydantic")[1] == ["markdown_it", "pydantic"]
    plant(tmp_path, {"notes.txt": ""})  # the tree has changed, no document has
    assert loaded(tmp_path, "markdown_it", "pydantic")[1] == []


def test_a_report_can_be_kept(tmp_path: Path) -> None:
    report = run(plant(tmp_path, LIGHTHOUSE))
    again = pickle.loads(pickle.dumps(report))
    assert isinstance(again, Report)
    assert again == report
