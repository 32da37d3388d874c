"""What git does with a repository in which docsync's merge driver and hooks are set up."""

from __future__ import annotations

from pathlib import Path

import pytest
from places import HOLE, TITLES, Place, harbour


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = harbour(tmp_path / "harbour")
    done = place.docsync("install-hooks")
    assert done.code == 0, done.said
    return place


def shows(board: str, *resolved: int) -> bool:
    """Tell whether a board shows just these holes as resolved, and counts them."""
    rows = [line[2:4] for line in board.split("\n") if line.startswith("| H") and "✅ resolved" in line]
    counted = f"{len(resolved)}/3 holes are resolved ({round(100 * len(resolved) / 3)}%)"
    return rows == [f"H{number}" for number in resolved] and counted in board


def is_fresh(place: Place, *resolved: int, committed: bool) -> bool:
    """Tell whether the working tree shows what holds, and whether that is all committed."""
    return (
        shows(place.read("board.md"), *resolved)
        and place.docsync("check").code == 0
        and shows(place.committed("board.md"), *resolved) is committed
        and (place.state() == "") is committed
    )


def branch(place: Place, name: str, number: int, start: str = "main") -> None:
    """Resolve a hole on a branch of its own, with the board regenerated, and go back to main."""
    place.git("switch", "-q", "-c", name, start)
    place.settle(number)
    place.commit(f"resolve H{number}")
    place.git("switch", "-q", "main")


def on_main(place: Place, number: int) -> None:
    place.settle(number)
    place.commit(f"resolve H{number} on main")


def test_both_sides_change_one_table(place: Place) -> None:
    branch(place, "side", 1)
    on_main(place, 2)
    done = place.run("git", "merge", "-q", "--no-edit", "side")
    assert done.code == 0, done.said
    assert "docsync: 1 file out of date was regenerated and left for you to commit:\ndocsync:   board.md (holes)\n" in done.said
    assert is_fresh(place, 1, 2, committed=False)
    assert place.git("rev-list", "--count", "--merges", "HEAD").strip() == "1"
    place.git("commit", "-q", "--amend", "--no-edit", "board.md")
    assert is_fresh(place, 1, 2, committed=True)
    assert place.git("rev-list", "--count", "--merges", "HEAD").strip() == "1"


def test_without_the_hooks_the_table_of_a_clean_merge_is_stale(place: Place) -> None:
    """The case that the hooks are for: git merges two sources without a conflict, and nothing looks wrong."""
    place.docsync("install-hooks", "--uninstall")
    place.git("switch", "-q", "-c", "side")
    place.settle(1)
    place.git("commit", "-q", "-a", "--no-verify", "-m", "resolve H1, and forget the board")
    place.git("switch", "-q", "main")
    on_main(place, 2)
    assert place.run("git", "merge", "-q", "--no-edit", "side").code == 0
    assert place.docsync("check").code == 1


def test_two_sources_merge_cleanly_and_the_board_follows(place: Place) -> None:
    place.git("switch", "-q", "-c", "side")
    place.settle(1)
    place.git("commit", "-q", "-a", "--no-verify", "-m", "resolve H1, and forget the board")
    place.git("switch", "-q", "main")
    on_main(place, 2)
    assert place.run("git", "merge", "-q", "--no-edit", "side").code == 0
    assert is_fresh(place, 1, 2, committed=False)
    assert place.state() == " M board.md\n"


def test_a_merge_that_is_committed_later_is_fresh(place: Place) -> None:
    branch(place, "side", 1)
    on_main(place, 2)
    assert place.run("git", "merge", "-q", "--no-commit", "side").code == 0
    assert "MERGE_HEAD" in "".join(path.name for path in (place.root / ".git").iterdir())
    done = place.run("git", "commit", "-q", "--no-edit")
    assert done.code == 0, done.said
    assert is_fresh(place, 1, 2, committed=True)


def test_a_squash_is_staged_fresh(place: Place) -> None:
    branch(place, "side", 1)
    on_main(place, 2)
    assert place.run("git", "merge", "-q", "--squash", "side").code == 0
    assert place.run("git", "commit", "-q", "-m", "squash").code == 0
    assert is_fresh(place, 1, 2, committed=True)


def test_a_fast_forward_touches_nothing_even_if_it_brings_something_stale(place: Place) -> None:
    place.git("switch", "-q", "-c", "side")
    place.settle(1)
    place.git("commit", "-q", "-a", "--no-verify", "-m", "resolve H1, and forget the board")
    place.git("switch", "-q", "main")
    assert place.run("git", "merge", "-q", "side").code == 0
    assert place.state() == ""


def test_several_branches_at_once(place: Place) -> None:
    for number, title in TITLES.items():
        place.git("switch", "-q", "-c", f"side{number}", "main")
        place.write(f"holes/H{number}.md", HOLE.format(number, title, "resolved"))
        place.git("commit", "-q", "-a", "--no-verify", "-m", f"resolve H{number}, and forget the board")
    place.git("switch", "-q", "main")
    place.write("notes.md", "# Notes\n")
    place.commit("notes")
    done = place.run("git", "merge", "-q", "-m", "all", "side1", "side2", "side3")
    assert done.code == 0, done.said
    assert is_fresh(place, 1, 2, 3, committed=False)


@pytest.mark.parametrize("add", ["add", "commit -a"])
def test_a_conflict_in_a_source_is_left_to_people_and_concluded_fresh(place: Place, add: str) -> None:
    branch(place, "side", 1)
    place.settle(1, "blocked")
    place.settle(2)
    place.commit("main")
    done = place.run("git", "merge", "-q", "side")
    assert done.code == 1
    assert "UU holes/H1.md" in place.state()
    assert "status: blocked\n=======\nstatus: resolved\n>>>>>>> " in place.read("holes/H1.md")
    assert "<<<<<<<" not in place.read("board.md")
    told = place.docsync("regenerate")
    assert (told.code, "holes/H1.md:5:1: error DS004" in told.said) == (2, True)
    place.settle(1)
    if add == "add":
        place.git("add", "-A")
    done = place.run("git", "commit", "-q", "--no-edit", *(["-a"] if add != "add" else []))
    assert done.code == 0, done.said
    assert is_fresh(place, 1, 2, committed=True)


def test_a_conflict_beside_a_region_is_a_conflict(place: Place) -> None:
    for name, words in (("side", "The pier is ours."), ("main", "The pier is theirs.")):
        place.git("switch", "-q", "-C", name, "main" if name == "side" else name)
        place.write("board.md", place.read("board.md").replace("Written by the harbour master.", words))
        place.settle(1 if name == "side" else 2)
        place.commit(name)
    assert place.run("git", "merge", "-q", "side").code == 1
    board = place.read("board.md")
    assert board.count("<<<<<<<") == 1
    assert "The pier is theirs.\n=======\nThe pier is ours.\n" in board
    assert place.docsync("regenerate").code == 2
    assert place.read("board.md") == board


def test_a_rebase_of_several_commits_ends_fresh_and_uncommitted(place: Place) -> None:
    branch(place, "side", 1)
    place.git("switch", "-q", "side")
    place.settle(3)
    place.commit("resolve H3")
    place.git("switch", "-q", "main")
    on_main(place, 2)
    place.git("switch", "-q", "side")
    done = place.run("git", "rebase", "-q", "main")
    assert done.code == 0, done.said
    assert "1 file out of date was regenerated and left for you to commit" in done.said
    assert is_fresh(place, 1, 2, 3, committed=False)
    place.git("commit", "-q", "-a", "-m", "board")
    assert is_fresh(place, 1, 2, 3, committed=True)


@pytest.mark.parametrize("backend", ["--apply", "--merge"])
def test_pulling_with_a_rebase_does_the_same(place: Place, tmp_path: Path, backend: str) -> None:
    upstream = str(tmp_path / "upstream.git")
    place.git("clone", "-q", "--bare", ".", upstream)
    place.git("remote", "add", "origin", upstream)
    on_main(place, 2)
    place.git("push", "-q", "origin", "main")
    place.git("reset", "-q", "--hard", "HEAD~1")
    place.git("fetch", "-q")
    on_main(place, 1)
    place.git("config", "rebase.backend", backend.strip("-"))
    done = place.run("git", "pull", "-q", "--rebase", "origin", "main")
    assert done.code == 0, done.said
    assert is_fresh(place, 1, 2, committed=False)


def test_a_rebase_with_a_conflict_in_a_source_goes_on_after_it_is_settled(place: Place) -> None:
    branch(place, "side", 1)
    place.git("switch", "-q", "side")
    place.settle(3)
    place.commit("resolve H3")
    place.git("switch", "-q", "main")
    place.settle(1, "blocked")
    place.commit("main")
    place.git("switch", "-q", "side")
    assert place.run("git", "rebase", "-q", "main").code == 1
    place.settle(1)
    place.git("add", "-A")
    done = place.run("git", "rebase", "--continue")
    assert done.code == 0, done.said
    assert shows(place.read("board.md"), 1, 3)
    assert place.docsync("check").code == 0


def test_a_commit_in_the_middle_of_a_rebase_is_not_refused(place: Place) -> None:
    branch(place, "side", 1)
    place.settle(1, "blocked")
    place.commit("main")
    place.git("switch", "-q", "side")
    assert place.run("git", "rebase", "-q", "main").code == 1
    place.settle(1)
    place.git("add", "-A")
    assert place.run("git", "commit", "-q", "--no-edit").code == 0
    assert place.run("git", "rebase", "--continue").code == 0
    assert is_fresh(place, 1, committed=True)


def test_a_rebase_leaves_what_it_has_put_aside(place: Place) -> None:
    branch(place, "side", 1)
    on_main(place, 2)
    place.git("switch", "-q", "side")
    place.write("board.md", place.read("board.md").replace("Written by the harbour master.", "Written by me."))
    done = place.run("git", "rebase", "-q", "--autostash", "main")
    assert done.code == 0, done.said
    assert "board.md holds changes of yours" in done.said
    assert "Written by me." in place.read("board.md")
    assert place.git("stash", "list") == ""


def test_a_cherry_pick_ends_fresh_and_uncommitted(place: Place) -> None:
    branch(place, "side", 1)
    on_main(place, 2)
    done = place.run("git", "cherry-pick", "side")
    assert done.code == 0, done.said
    assert is_fresh(place, 1, 2, committed=False)


def test_of_several_picks_only_the_last_touches_the_tree(place: Place) -> None:
    branch(place, "side", 1)
    place.git("switch", "-q", "side")
    place.settle(3)
    place.commit("resolve H3")
    place.git("switch", "-q", "main")
    on_main(place, 2)
    done = place.run("git", "cherry-pick", "main~1..side")
    assert done.code == 0, done.said
    assert done.said.count("regenerated and left for you to commit") == 1
    assert is_fresh(place, 1, 2, 3, committed=False)


def test_a_pick_with_a_conflict_in_a_source_is_concluded_fresh(place: Place) -> None:
    branch(place, "side", 1)
    place.settle(1, "blocked")
    place.settle(2)
    place.commit("main")
    assert place.run("git", "cherry-pick", "side").code == 1
    place.settle(1)
    place.git("add", "-A")
    assert place.run("git", "cherry-pick", "--continue").code == 0
    assert is_fresh(place, 1, 2, committed=True)


def test_a_revert_ends_fresh(place: Place) -> None:
    on_main(place, 1)
    on_main(place, 2)
    done = place.run("git", "revert", "--no-edit", "HEAD~1")
    assert done.code == 0, done.said
    assert is_fresh(place, 2, committed=False)


def test_changes_of_one_s_own_are_neither_staged_nor_overwritten(place: Place) -> None:
    branch(place, "side", 1)
    on_main(place, 2)
    place.write("log.md", '# Log\n\n<!-- docsync:begin all view="hole-status" -->\n<!-- docsync:end all -->\n')
    place.commit("log")
    mine = place.read("log.md").replace("# Log", "# My log")
    place.write("log.md", mine)
    done = place.run("git", "merge", "-q", "--no-edit", "side")
    assert done.code == 0, done.said
    assert "log.md holds changes of yours; `docsync regenerate` puts it right" in done.said
    assert place.read("log.md") == mine
    assert shows(place.read("board.md"), 1, 2)
    assert place.state().split("\n")[:2] == [" M board.md", " M log.md"]
    assert place.docsync("regenerate").code == 0
    assert place.read("log.md").count("✅ resolved") == 2
    assert place.read("log.md").startswith("# My log")


def test_concluding_a_merge_stages_nothing_of_one_s_own(place: Place) -> None:
    branch(place, "side", 1)
    on_main(place, 2)
    assert place.run("git", "merge", "-q", "--no-commit", "side").code == 0
    mine = place.read("board.md").replace("# Board", "# My board")
    place.write("board.md", mine)
    done = place.run("git", "commit", "-q", "--no-edit")
    assert (done.code, "board.md holds changes of yours" in done.said) == (0, True)
    assert place.read("board.md") == mine
    assert shows(place.committed("board.md"), 1, 2)
    assert "# My board" not in place.committed("board.md")


def test_an_ordinary_commit_is_refused_until_it_agrees(place: Place) -> None:
    place.settle(1)
    place.git("add", "-A")
    done = place.run("git", "commit", "-q", "-m", "resolve H1")
    assert done.code == 1
    assert "board.md:9:1: error DS601[stale-region]" in done.said
    assert place.docsync("regenerate").code == 0
    assert place.run("git", "commit", "-q", "-m", "resolve H1").code == 1, "it is regenerated, but not staged"
    assert place.run("git", "commit", "-q", "-a", "-m", "resolve H1").code == 0
    assert is_fresh(place, 1, committed=True)


def test_an_amended_commit_is_judged_and_nothing_else_happens(place: Place) -> None:
    on_main(place, 1)
    done = place.run("git", "commit", "-q", "--amend", "-m", "again")
    assert (done.code, "regenerated" in done.said, place.state()) == (0, False, "")


def test_a_broken_configuration_keeps_no_merge_from_being_made(place: Place) -> None:
    branch(place, "side", 1)
    place.write("docsync.toml", "includes = []\n")
    place.settle(2)
    place.git("add", "-A")
    place.git("commit", "-q", "--no-verify", "-m", "broken")
    done = place.run("git", "merge", "-q", "--no-edit", "side")
    assert (done.code, "generated text was not put right" in done.said) == (0, True)


def test_a_docsync_that_is_gone_keeps_nobody_from_working(place: Place) -> None:
    driver = place.git("config", "merge.docsync.driver").replace("bin/docsync", "bin/docsync-gone").strip()
    place.git("config", "merge.docsync.driver", driver)
    for hook in (place.root / ".git" / "hooks").iterdir():
        hook.write_text(hook.read_text(encoding="utf-8").replace("bin/docsync", "bin/docsync-gone"), encoding="utf-8")
    place.settle(1)
    done = place.run("git", "commit", "-q", "-a", "-m", "resolve H1", PATH="/usr/bin:/bin")
    assert (done.code, "so nothing was checked" in done.said) == (0, True)
    place.git("switch", "-q", "-c", "side", "HEAD~1")
    place.write("holes/H1.md", place.read("holes/H1.md").replace("find out.", "find out soon."))
    place.git("commit", "-q", "-a", "--no-verify", "-m", "side")
    assert place.run("git", "merge", "-q", "--no-edit", "main", PATH="/usr/bin:/bin").code == 0
    text = place.read("holes/H1.md")
    assert ("status: resolved" in text, "find out soon." in text) == (True, True)
