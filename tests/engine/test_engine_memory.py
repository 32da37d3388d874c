"""Text that docsync wrote or replaced itself is never taken for an edit by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsync.cli.main import run

BOARD = '# Board\n\n<!-- docsync:begin all view="hole-status" -->\n<!-- docsync:end all -->\n'
HOLE = "---\nkind: hole\nid: H1\ntitle: Slipway\nstatus: {}\n---\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "board.md").write_text(BOARD, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def regenerated(project: Path, status: str) -> str:
    (project / "h1.md").write_text(HOLE.format(status), encoding="utf-8")
    run(["regenerate", "--root", "."])
    return (project / "board.md").read_text(encoding="utf-8")


def findings(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    run(["check", "--root", "."])
    return capsys.readouterr().out


def test_an_older_text_of_ours_is_stale_not_edited(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = regenerated(project, "pending")
    regenerated(project, "ready")
    regenerated(project, "resolved")
    (project / "board.md").write_text(first, encoding="utf-8")
    told = findings(capsys)
    assert "DS601" in told
    assert "DS603" not in told
    assert "resolved" in regenerated(project, "resolved")


def test_what_stood_there_first_is_stale_when_it_comes_back(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "board.md").write_text(
        BOARD.replace("-->\n<", "-->\n\n| ID | Boat |\n| --- | --- |\n| H1 | none |\n\n<"),
        encoding="utf-8",
    )
    before = (project / "board.md").read_text(encoding="utf-8")
    assert "Slipway" in regenerated(project, "pending")
    (project / "board.md").write_text(before, encoding="utf-8")
    assert "DS601" in findings(capsys)


def test_what_nobody_wrote_for_us_is_an_edit(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = regenerated(project, "pending")
    (project / "board.md").write_text(text.replace("Slipway", "Slipway!"), encoding="utf-8")
    assert "DS603" in findings(capsys)
    assert "Slipway!" in regenerated(project, "pending")
