from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from docsync.cli.main import run
from lighthouse import LIGHTHOUSE, put_right
from trees import commit, plant

ROW = "| H2  | Lens  | ⏳ pending  |"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a project whose board is true, but for one cell that somebody changed."""
    monkeypatch.chdir(tmp_path)
    plant(tmp_path, LIGHTHOUSE)
    put_right(tmp_path)
    commit(tmp_path)
    _write(tmp_path, ROW, "| H2  | Lens  | in progress |")
    return tmp_path


def _write(root: Path, old: str, new: str) -> None:
    text = (root / "BOARD.md").read_text()
    assert old in text, text
    (root / "BOARD.md").write_text(text.replace(old, new))


class _Person(io.StringIO):
    """Somebody at a terminal who types an answer."""

    def isatty(self) -> bool:
        return True


def test_what_can_be_pulled_is_shown_and_nothing_is_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pull"]) == 1
    assert capsys.readouterr().out == (
        "H2 status: pending → in_progress (BOARD.md:14:17)\n\n"
        "1 change to pull. --write writes to the homes of these records, --dry-run shows how.\n"
    )
    assert "status: pending" in (here / "holes/H2.md").read_text()


def test_write_brings_it_home_and_all_is_clean(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pull", "--write"]) == 0
    assert capsys.readouterr().out == (
        "H2 status: pending → in_progress (BOARD.md:14:17)\n\n"
        "H2 Lens (holes/H2.md:3)\n  status: pending → in_progress\n1 contradiction gone.\n"
    )
    assert "status: in_progress" in (here / "holes/H2.md").read_text()
    assert run(["regenerate", "--check"]) == 0
    assert run(["pull"]) == 0
    assert "Nothing to pull: no generated text was changed by hand.\n" in capsys.readouterr().out


def test_a_dry_run_is_a_diff(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pull", "--dry-run"]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("--- a/holes/H2.md\n+++ b/holes/H2.md\n")
    assert "-status: pending\n+status: in_progress\n" in printed.out
    assert "H2 status: pending → in_progress" in printed.err
    assert "status: pending" in (here / "holes/H2.md").read_text()


@pytest.mark.parametrize(("answer", "code", "status"), [("y\n", 0, "in_progress"), ("n\n", 1, "pending"), ("\n", 1, "pending")])
def test_somebody_at_a_terminal_is_asked(
    here: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, status: str
) -> None:
    monkeypatch.setattr(sys, "stdin", _Person(answer))
    monkeypatch.setattr(sys, "stdout", _Person())
    assert run(["pull"]) == code
    assert f"status: {status}\n" in (here / "holes/H2.md").read_text()


def test_json_tells_the_same(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(here, "| H1  | Lamp  | ✅ resolved |", "| H1  | Lamp  | odd |")
    assert run(["pull", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["version"], told["written"]) == (1, False)
    assert told["changes"] == [
        {
            "record": "H2",
            "kind": "hole",
            "home": "holes/H2.md",
            "field": "status",
            "criterion": None,
            "before": "pending",
            "after": "in_progress",
            "places": [{"path": "BOARD.md", "line": 14, "column": 17, "region": "all"}],
        }
    ]
    assert [(one["line"], one["region"]) for one in told["left"]] == [(13, "all")]
    assert "not a status" in told["left"][0]["reason"]


def test_what_is_left_is_told_and_keeps_the_code(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(here, "| H1  | Lamp  | ✅ resolved |", "| H1  | Lamp  | odd |")
    assert run(["pull", "--write"]) == 1
    printed = capsys.readouterr().out
    assert "Not pulled:\n  BOARD.md:13:17 H1 status: ✅ resolved → odd\n    “odd” is not a status and nothing else" in printed
    assert "status: in_progress" in (here / "holes/H2.md").read_text()
    assert "odd" in (here / "BOARD.md").read_text()


def test_only_the_files_that_are_named_are_pulled_from(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pull", "holes"]) == 0
    assert "Nothing to pull" in capsys.readouterr().out
    assert run(["pull", "BOARD.md"]) == 1
    assert (here / "BOARD.md").exists()


def test_options_that_contradict_are_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert here.exists()
    assert run(["pull", "--write", "--dry-run"]) == 2
    assert run(["pull", "-"]) == 2
    assert "takes no text from standard input" in capsys.readouterr().err


def test_check_names_pull_where_there_is_a_table(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert here.exists()
    assert run(["check"]) == 1
    assert "docsync pull offers the change to the record's home" in capsys.readouterr().out


def test_a_title_in_a_heading_is_told_when_it_changes(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"tower.md": "---\nrecords: hole\n---\n\n# Tower\n\n## H3: Stairs\n\n- **Status**: Pending\n"})
    _write(here, "| H2  | Lens  | in progress |", ROW)
    put_right(here)
    commit(here)
    _write(here, "| H3  | Stairs |", "| H3  | Steps |")
    assert run(["pull", "--write"]) == 0
    assert "H3 Steps (tower.md:7)\n  title: Stairs → Steps\n" in capsys.readouterr().out
    assert "## H3: Steps\n" in (here / "tower.md").read_text()
