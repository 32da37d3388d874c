from __future__ import annotations

from pathlib import Path

import pytest
from places import HOLE, Place, harbour


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return harbour(tmp_path / "harbour")


def test_what_is_staged_is_judged_and_not_what_stands_there(place: Place) -> None:
    place.settle(1)
    place.git("add", "-A")
    place.settle(1, "pending")
    assert place.docsync("check").code == 0
    done = place.docsync("check", "--staged")
    assert done.code == 1
    assert "board.md:7:8: error DS210[bound-number-stale]" in done.said
    assert "board.md:9:1: error DS601[stale-region]" in done.said
    assert "docsync-staged" not in done.said


def test_what_is_not_staged_is_not_judged(place: Place) -> None:
    place.settle(1)
    assert place.docsync("check").code == 1
    done = place.docsync("check", "--staged")
    assert (done.code, "4 files" in done.said) == (0, True)


def test_half_a_file_can_be_staged(place: Place) -> None:
    place.settle(1)
    assert place.docsync("regenerate").code == 0
    place.git("add", "-A")
    place.write("board.md", place.read("board.md").replace("1/3", "3/3"))
    assert place.docsync("check", "--staged").code == 0
    assert place.docsync("check").code == 1


def test_files_that_git_does_not_know_are_not_there(place: Place) -> None:
    place.write("holes/H4.md", HOLE.format(4, "BuoyLights", "resolved"))
    assert place.docsync("check").code == 1
    assert place.docsync("check", "--staged").code == 0
    assert place.docsync("check", "--staged", "holes/H4.md").code == 2


def test_a_file_that_is_staged_to_go_is_gone(place: Place) -> None:
    place.git("rm", "-q", "--cached", "holes/H3.md")
    assert place.docsync("check").code == 0
    assert "`holes.resolved/holes.total` is 0/2" in place.docsync("check", "--staged").said


def times(place: Place) -> dict[Path, tuple[int, int]]:
    """Give when each file was written to, and when anything about it changed: git looks at both."""
    found = ((path, path.stat()) for path in place.root.rglob("*") if path.is_file())
    return {path: (status.st_mtime_ns, status.st_ctime_ns) for path, status in found}


def test_nothing_of_it_is_left_or_changed(place: Place) -> None:
    place.write("crane.py", "one\ntwo\n")
    place.write("notes.md", "See `crane.py` (2 lines).\n")
    place.git("add", "-A")
    before = times(place)
    assert place.docsync("check", "--staged").code == 0
    assert times(place) == before


def test_other_files_are_judged_as_staged_too(place: Place) -> None:
    place.write("crane.py", "one\ntwo\nthree\nfour\n")
    place.write("notes.md", "# Notes\n\n- Code: `crane.py` (12 lines)\n")
    place.git("add", "-A")
    assert "it has 4" in place.docsync("check", "--staged", "--show-notes").said
    place.write("crane.py", "one\n" * 12)
    assert "it has 4" in place.docsync("check", "--staged", "--show-notes").said
    assert "DS504" not in place.docsync("check", "--show-notes").said


def test_a_project_below_the_top_is_judged_alone(tmp_path: Path) -> None:
    place = harbour(tmp_path / "harbour")
    place.write("quay/docsync.toml", 'include = ["plan/**/*.md"]\n')
    place.write("quay/plan/H9.md", HOLE.format(9, "QuayWall", "frozen over"))
    place.git("add", "-A")
    done = place.docsync("check", "--staged", "--root", "quay")
    assert (done.code, "plan/H9.md:5:9" in done.said, "1 file," in done.said) == (1, True, True)
    named = place.docsync("check", "--staged", "--root", "quay", "quay/plan/H9.md")
    assert named.code == 1


def test_a_folder_without_git_and_a_conflict_are_told(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    done = Place(tmp_path / "bare").docsync("check", "--staged", "--root", ".")
    assert (done.code, "in no git repository" in done.said) == (2, True)
    place = harbour(tmp_path / "harbour")
    place.git("switch", "-q", "-c", "side")
    place.settle(1)
    place.git("commit", "-q", "-a", "-m", "side")
    place.git("switch", "-q", "main")
    place.settle(1, "blocked")
    place.git("commit", "-q", "-a", "-m", "main")
    assert place.run("git", "merge", "-q", "side").code == 1
    done = place.docsync("check", "--staged")
    assert (done.code, "holes/H1.md: an unresolved merge" in done.said) == (2, True)


def test_a_text_from_standard_input_is_not_staged(place: Place) -> None:
    done = place.docsync("check", "--staged", "-")
    assert (done.code, "--staged judges what git holds" in done.said) == (2, True)


def test_in_a_linked_worktree_and_in_a_submodule(place: Place, tmp_path: Path) -> None:
    place.git("worktree", "add", "-q", "-b", "other", str(tmp_path / "other"))
    outer = harbour(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(place.root), "inner")
    for inside in (Place(tmp_path / "other"), Place(outer.root / "inner")):
        assert inside.docsync("check", "--staged").code == 0
        inside.settle(2)
        inside.git("add", "-A")
        done = inside.docsync("check", "--staged")
        assert (done.code, "DS601" in done.said, "DS603" in done.said) == (1, True, False)
    # What lies in another repository is there for those who name it, as it is in the tree.
    outer.write("notes.md", "The inner board is [here](inner/board.md).\n")
    outer.git("add", "-A")
    assert "DS502" not in outer.docsync("check", "--staged").said
