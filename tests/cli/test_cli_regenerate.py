from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from docsync.cli.main import run
from lighthouse import BOARD, LENS, LIGHTHOUSE
from trees import commit, plant

HAND = BOARD.replace("| old |\n| --- |", "by hand")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a project whose board is out of date."""
    monkeypatch.chdir(tmp_path)
    commit(plant(tmp_path, LIGHTHOUSE))
    return tmp_path


def test_what_was_rewritten_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["regenerate"]) == 0
    assert capsys.readouterr().out == "BOARD.md: 1 region (all) and 3 values\nRewrote 1 file.\n"
    assert "1/2 resolved (50%)" in (here / "BOARD.md").read_text()
    assert run(["regenerate"]) == 0
    assert capsys.readouterr().out == "Nothing to rewrite.\n"


def test_check_writes_nothing_and_is_1_when_something_would_change(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["regenerate", "--check"]) == 1
    assert capsys.readouterr().out == "BOARD.md: 1 region (all) and 3 values\nWould rewrite 1 file.\n"
    assert (here / "BOARD.md").read_text() == BOARD
    run(["regenerate"])
    assert run(["regenerate", "--check"]) == 0


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_the_diff_can_be_applied_and_does_what_regenerating_does(
    here: Path, capfdbinary: pytest.CaptureFixture[bytes], newline: str, bom: bytes
) -> None:
    before = bom + BOARD.rstrip("\n").replace("\n", newline).encode()
    plant(here, {"BOARD.md": before, "docs/sp ace ü.md": before})
    assert run(["regenerate", "--diff"]) == 0
    captured = capfdbinary.readouterr()
    assert (here / "BOARD.md").read_bytes() == before
    assert captured.err.endswith(b"Would rewrite 2 files.\n")
    subprocess.run(["git", "apply", "-"], input=captured.out, cwd=here, check=True)
    patched = (here / "BOARD.md").read_bytes()
    assert run(["regenerate"]) == 0
    assert capfdbinary.readouterr().out == b"Nothing to rewrite.\n"
    assert (here / "BOARD.md").read_bytes() == patched != before


def test_check_and_diff_together_show_and_fail(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["regenerate", "--check", "--diff"]) == 1
    assert "+**Holes**: 1/2 resolved (50%)\n" in capsys.readouterr().out
    assert (here / "BOARD.md").read_text() == BOARD


def test_what_was_left_is_told_with_the_reason(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {"BOARD.md": HAND})
    assert run(["regenerate"]) == 1
    output = capsys.readouterr().out
    assert "BOARD.md: 3 values\nRewrote 1 file.\n\nLeft as it is:\n\nBOARD.md:9:1: error DS603" in output
    assert "docsync regenerate --overwrite-edited" in output
    assert run(["regenerate", "--overwrite-edited"]) == 0
    assert "by hand" not in (here / "BOARD.md").read_text()


def test_unsafe_fixes_are_applied_when_asked_for(here: Path) -> None:
    plant(here, {"a.md": "**Progress**: 3/4 tasks complete (60%)\n"})
    run(["regenerate"])
    assert "60%" in (here / "a.md").read_text()
    run(["regenerate", "--unsafe"])
    assert "75%" in (here / "a.md").read_text()


def test_malformed_markers_are_2_and_the_other_files_are_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = BOARD.replace("end all", "end other")
    plant(here, {"BROKEN.md": broken})
    assert run(["regenerate"]) == 2
    assert "DS602" in capsys.readouterr().out
    assert (here / "BROKEN.md").read_text() == broken
    assert "1/2 resolved (50%)" in (here / "BOARD.md").read_text()
    assert run(["regenerate", "BOARD.md"]) == 0


def test_a_file_that_may_not_be_written_is_2(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.chmod(here / "BOARD.md", 0o444)
    assert run(["regenerate"]) == 2
    output = capsys.readouterr().out
    assert output.startswith("Rewrote 0 files.\n\nLeft as it is:\n\nBOARD.md:1:1: error DS007[")
    assert (here / "BOARD.md").read_text() == BOARD


def test_a_circle_is_2_and_shows_both_texts(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, current, other in (("M1", 1, "M2"), ("M2", 2, "M1")):
        head = f"kind: metric\nid: {name}\ntitle: {name}\ncurrent: {current}\ntarget: 9\n"
        computed = f'docsync:\n  computed:\n    current: "metrics[{other}].current"\n'
        plant(here, {f"{name}.md": f"---\n{head}{computed}---\n\n# {name}\n"})
    assert run(["regenerate"]) == 2
    output = capsys.readouterr().out
    assert "One more round would change M1.md again:" in output
    assert "-current: 1\n+current: 2\n" in output
    assert (here / "BOARD.md").read_text() == BOARD


def test_standard_input_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["regenerate", "-"]) == 2
    assert "standard input" in capsys.readouterr().err
    assert here.exists()


def test_places_that_are_left_are_shown_as_the_text_is_now(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = "<!-- docsync:claim holes.resolved -->\n\nAll 12345 of them.\n\n"
    plant(here, {"BOARD.md": lines + HAND.replace("view=", 'view="no-such-view" old=', 1)})
    run(["regenerate"])
    output = capsys.readouterr().out
    assert "BOARD.md:13:1: error DS604" in output
    assert '   13 | <!-- docsync:begin all view="no-such-view"' in output


def test_named_paths_only(here: Path) -> None:
    plant(here, {"docs/OTHER.md": BOARD, "holes/H2.md": LENS})
    assert run(["regenerate", "docs"]) == 0
    assert (here / "BOARD.md").read_text() == BOARD
    assert (here / "docs/OTHER.md").read_text() != BOARD


DISPUTED = {
    "holes.md": "---\nrecords: hole\n---\n\n## H1: Mast\n\n- **Status**: ready\n\n## H2: Sail\n\n- **Status**: done\n",
    "state.md": "# State\n\n2/2 holes are resolved (100%).\n\n- **H1: Mast** ✅ COMPLETE\n",
}


def test_a_number_does_not_follow_from_a_home_that_others_contradict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(plant(tmp_path, {".git/": "", **DISPUTED}))
    run(("regenerate",))
    assert (tmp_path / "state.md").read_text() == DISPUTED["state.md"]
    assert "DS201" in capsys.readouterr().out

    plant(tmp_path, {"state.md": DISPUTED["state.md"].replace("✅ COMPLETE", "is ready")})
    run(("regenerate",))
    assert "1/2 holes are resolved (50%)" in (tmp_path / "state.md").read_text()


def test_a_number_that_a_marker_binds_follows_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bound = DISPUTED["state.md"].replace("2/2", "<!-- docsync:claim holes.resolved/holes.total -->\n\n2/2")
    monkeypatch.chdir(plant(tmp_path, {".git/": "", **DISPUTED, "state.md": bound}))
    run(("regenerate",))
    assert "1/2 holes are resolved (50%)" in (tmp_path / "state.md").read_text()
