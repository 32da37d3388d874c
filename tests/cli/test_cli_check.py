from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import jsonschema
import pytest

from docsync.cli.main import run
from docsync.reporters.report_schema import report_schema
from lighthouse import BOARD, LIGHTHOUSE
from trees import plant

CLEAN = {"a.md": "# A\n\n**Progress**: 3/4 lamps lit (75%)\n"}
WARNING = {"a.md": "# A\n\n**Last Updated**: 2024-01-01\n\n**Completed**: 2024-02-01\n"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_nothing_to_report_is_0(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, CLEAN)
    assert run(["check"]) == 0
    assert capsys.readouterr().out.startswith("Nothing found that contradicts.\nLooked at 1 file, 0 records and ")


def test_findings_are_1(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, LIGHTHOUSE)
    assert run(["check"]) == 1
    assert "BOARD.md:5:12: error DS210[bound-number-stale]" in capsys.readouterr().out


def test_a_named_file_that_cannot_be_read_is_2(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {**CLEAN, "latin.md": b"# caf\xe9\n"})
    assert run(["check"]) == 1
    assert run(["check", "latin.md"]) == 2
    assert "latin.md:1:6: error DS001[not-utf8]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "BORD.md"], "docsync: BORD.md: no such file or folder; did you mean BOARD.md?"),
        (["check", "--fail-on", "never"], "--fail-on"),
        (["check", "--output-format", "yaml"], "--output-format"),
        (["check", "--root", "nowhere"], "--root"),
        (["check", "--nonsense"], "--nonsense"),
        (["check", "-", "BOARD.md"], "- is the only path"),
        (["check", "--stdin-filename", "x.md"], "--stdin-filename needs -"),
        (["check", "--root", "holes", "BOARD.md"], "docsync: BOARD.md: outside the project root"),
        (["chek"], "chek"),
    ],
)
def test_what_cannot_be_asked_for_is_2(here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    plant(here, {**LIGHTHOUSE, ".git/": ""})
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


def test_a_configuration_that_cannot_be_used_is_2(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {**CLEAN, "docsync.toml": 'fail-onn = "error"\n[rules]\nignore = 3\n'})
    assert run(["check"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert any(line.startswith("docsync: docsync.toml:1: fail-onn") and "fail-on" in line for line in lines)


@pytest.mark.parametrize(("threshold", "code"), [("info", 1), ("warning", 1), ("error", 0)])
def test_the_threshold_can_be_chosen(here: Path, threshold: str, code: int) -> None:
    plant(here, WARNING)
    assert run(["check"]) == 1
    assert run(["check", "--fail-on", threshold]) == code


def test_the_project_may_choose_the_threshold(here: Path) -> None:
    plant(here, {**WARNING, "docsync.toml": 'fail-on = "error"\n'})
    assert run(["check"]) == 0
    assert run(["check", "--fail-on", "warning"]) == 1


def test_json_meets_its_schema(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {**LIGHTHOUSE, "latin.md": b"\xe9"})
    assert run(["check", "--output-format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(report_schema()).validate(report)
    assert [found["code"] for found in report["diagnostics"]] == ["DS210", "DS601", "DS001"]
    assert report["summary"]["files"] == 4


def test_the_root_may_be_elsewhere(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"one/.git/": "", "two/docs/.git/": "", **{f"two/{name}": text for name, text in LIGHTHOUSE.items()}})
    assert run(["check", "--root", "two"]) == 1
    assert "\nLooked at 3 files" in capsys.readouterr().out
    assert run(["check", "two/BOARD.md"]) == 1
    assert "BOARD.md:5:12" in capsys.readouterr().out


def test_a_second_run_says_the_same(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, LIGHTHOUSE)
    outputs = set()
    for arguments in (["check"], ["check"], ["check", "--no-cache"]):
        run(arguments)
        outputs.add(capsys.readouterr().out)
    assert len(outputs) == 1


def test_evidence_is_shown_when_asked_for(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"a.md": "**Progress**: 3/4 tasks complete (60%)\n"})
    run(["check"])
    assert "= because:" not in capsys.readouterr().out
    run(["check", "--show-evidence"])
    assert "= because:" in capsys.readouterr().out


class Given:
    """Stand in for standard input."""

    def __init__(self, raw: bytes) -> None:
        self.buffer = io.BytesIO(raw)


def test_text_from_standard_input_is_checked(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(here, LIGHTHOUSE)
    unsaved = BOARD.replace("# Board", "# Board, not saved yet").replace("0/7 resolved", "6/7 resolved")
    monkeypatch.setattr(sys, "stdin", Given(unsaved.encode()))
    assert run(["check", "-", "--stdin-filename", "BOARD.md"]) == 1
    output = capsys.readouterr().out
    assert "the text says 6/7" in output
    assert "    5 | **Holes**: 6/7 resolved (0%)\n" in output
    monkeypatch.setattr(sys, "stdin", Given(unsaved.encode()))
    assert run(["check", "-"]) == 1
    assert "<stdin>:5:12" in capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", Given(b"\xff"))
    assert run(["check", "-"]) == 2


def test_nothing_found_is_said_aloud(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"a.md": "# A\n"})
    assert run(["check"]) == 1
    output = capsys.readouterr().out
    assert "DS903" in output
    assert "not one claim that can be checked" in output
    assert run(["check", "--root", str(plant(here / "empty", {"x/": ""}))]) == 1


def test_notes_are_counted_and_shown_when_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("# Pier ‚úÖ\n\n**Progress**: 5/10 (50%)\n", encoding="utf-8")
    assert run(["check", "--root", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "DS017" not in told
    assert "1 note left out; --show-notes shows it." in told
    assert run(["check", "--root", str(tmp_path), "--show-notes"]) == 0
    assert "DS017" in capsys.readouterr().out
    assert run(["check", "--root", str(tmp_path), "--fail-on", "info"]) == 1
    assert "DS017" in capsys.readouterr().out
