from __future__ import annotations

from pathlib import Path

import pytest

from docsync.cli.main import run

PLAN = (
    "---\nrecords: [task, phase, gate, hole]\n---\n\n# Plan\n\n"
    "## Phase 3: Pier\n\n- **Status**: Ready\n\n"
    "## Gate 4: Tide\n\n- **Status**: Pending\n\n"
    "## Phase 4: Dock\n\n- **Status**: Pending\n\n"
    "## Task 1.1.1: Ropes\n\n- **Status**: Ready\n\n"
    "## Task 1.2.1: Sails\n\n- **Status**: Ready\n\n"
    "## H7: Draught\n\n- **Status**: Ready\n"
)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["start", "1.2.1"], "there is no record 1.2.1; did you mean Task 1.2.1?"),
        (["set", "3", "status=done"], "there is no record 3; did you mean Phase 3?"),
        (["show", "03"], "there is no record 03; did you mean Phase 3?"),
        (["show", "7"], "there is no record 7; did you mean H7?"),
        (["show", "4"], "there is no record 4; did you mean Gate 4 or Phase 4?"),
        (["show", "2.1"], "there is no record 2.1; known are Phase 3, Gate 4, "),
        (["show", "0"], "there is no record 0; known are Phase 3, Gate 4, "),
        (["show", "Phase 33"], "there is no record Phase 33; did you mean Phase 3?"),
        (["next", "--phase", "1.2.1"], "there is no phase 1.2.1; known are Phase 3, Phase 4"),
    ],
)
def test_a_name_cut_short_is_asked_after_and_nothing_done(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    hint: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.md").write_text(PLAN)
    assert run(arguments) == 2
    assert hint in capsys.readouterr().err
    assert (tmp_path / "plan.md").read_text() == PLAN


def test_ids_that_several_bear_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(PLAN)
    (tmp_path / "b.md").write_text(PLAN)
    assert run(["show", "1.2.1"]) == 2
    assert "did you mean a.md#Task 1.2.1 or b.md#Task 1.2.1?" in capsys.readouterr().err
