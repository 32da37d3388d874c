"""What an editor saves, or another docsync writes, while a file is being written is never lost."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from boat_plans import BOATS, CALLS, SAVED, SAVED_AGAIN, START, lay_out, plans, save, write_boats
from plan_child import run, start

from docsync.text.locking import locked
from docsync.text.refusal import Refusal
from docsync.text.writing import write_all

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="names are exchanged on Linux only")


def with_edit(text: str) -> str:
    return BOATS.sub("5 boats", text)


def strangers(files: dict[str, str]) -> list[str]:
    return [path for path in files if path not in START]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    lay_out(str(tmp_path / "root"))
    return tmp_path / "root"


@LINUX
@pytest.mark.parametrize("without", ["nothing", "leases"])
@pytest.mark.parametrize("style", ["truncate", "rename", "backup"])
def test_a_save_before_any_call_is_kept(tmp_path: Path, style: str, without: str) -> None:
    trials = run("one_save", tmp_path, style, without)
    assert len(trials) > 30
    for trial in trials:
        assert trial["files"]["plan.md"] in (SAVED, with_edit(SAVED))
        assert trial["told"]["changed"]
        assert strangers(trial["files"]) == (["plan.md~"] if style == "backup" else [])
    assert {trial["files"]["plan.md"] for trial in trials} == {SAVED, with_edit(SAVED)}


@LINUX
def test_a_file_deleted_before_any_call_is_not_written_again(tmp_path: Path) -> None:
    trials = run("one_save", tmp_path, "delete")
    refused = [trial["told"]["code"] for trial in trials if not trial["told"]["changed"]]
    assert "DS008" in refused
    assert set(refused) <= {"DS007", "DS008"}
    for trial in trials:
        assert "plan.md" not in trial["files"]
        assert not strangers(trial["files"])


@pytest.mark.parametrize("style", ["truncate", "rename"])
def test_where_names_cannot_be_exchanged_only_a_save_at_the_last_call_is_lost(tmp_path: Path, style: str) -> None:
    trials = run("one_save", tmp_path, style, "exchange")
    lost = [trial for trial in trials if trial["files"]["plan.md"] not in (SAVED, with_edit(SAVED))]
    assert len(lost) == 1
    (at,) = lost[0]["saves"]
    assert lost[0]["told"]["calls"][int(at) - 1] == "replace"
    assert not any(strangers(trial["files"]) for trial in trials)


@LINUX
@pytest.mark.parametrize("without", ["nothing", "leases"])
def test_of_two_saves_during_the_exchange_the_later_is_kept(tmp_path: Path, without: str) -> None:
    for trial in run("two_saves", tmp_path, "rename", "rename", without):
        assert trial["files"]["plan.md"] in (SAVED_AGAIN, with_edit(SAVED_AGAIN))
        assert trial["told"]["changed"]
        assert not strangers(trial["files"])


@LINUX
@pytest.mark.parametrize("without", ["nothing", "leases"])
def test_a_save_into_our_own_text_is_kept_and_the_earlier_save_rescued(tmp_path: Path, without: str) -> None:
    rescued = 0
    for trial in run("two_saves", tmp_path, "rename", "truncate", without):
        files, told = trial["files"], trial["told"]
        assert files["plan.md"] in (SAVED_AGAIN, with_edit(SAVED_AGAIN))
        if kept := strangers(files):
            assert told["code"] == "DS008"
            assert [files[name] for name in kept] == [SAVED]
            assert kept[0].startswith("docsync-rescued-")
            assert kept[0] in told["message"]
            rescued += 1
    assert rescued


@LINUX
def test_a_file_deleted_while_a_save_is_put_back_stays_deleted_and_the_save_is_rescued(tmp_path: Path) -> None:
    rescued = 0
    for trial in run("two_saves", tmp_path, "rename", "delete"):
        files = trial["files"]
        assert "plan.md" not in files
        assert [files[name] for name in strangers(files)] in ([], [SAVED])
        rescued += len(strangers(files))
    assert rescued


def save_before(call: str, root: Path, texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Have an editor save the next of the texts before each call of that name."""

    def disturbed(function: Callable[..., Any]) -> Callable[..., Any]:
        def disturb(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 — stands for any function
            if texts:
                save(str(root), "rename", texts.pop(0))
            return function(*arguments, **options)

        return disturb

    for module, name in CALLS:
        if name == call:
            monkeypatch.setattr(module, name, disturbed(getattr(module, name)))


@LINUX
def test_the_text_is_planned_anew_from_a_save(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_before("exchange", root, [SAVED], monkeypatch)
    (told,) = write_boats(str(root), ("plan.md",))
    assert told["text"] == with_edit(SAVED)
    assert (root / "plan.md").read_bytes().decode() == with_edit(SAVED)


def test_a_file_saved_at_each_of_three_tries_is_refused_and_holds_the_last_save(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"save {number}\n3 boats\n" for number in range(100)]
    save_before("fsync", root, texts, monkeypatch)
    (told,) = write_boats(str(root), ("plan.md",))
    assert told["code"] == "DS008"
    assert "3 tries" in told["message"]
    assert (root / "plan.md").read_text() == f"save {99 - len(texts)}\n3 boats\n"
    assert sorted(os.listdir(root)) == ["plan.md", "quay"]


def test_a_changed_file_without_a_new_plan_is_refused(root: Path) -> None:
    (plan, _) = plans(str(root), tuple(START))
    (root / "plan.md").write_text(SAVED, newline="")
    (told,) = write_all(str(root), [type(plan)(plan.path, plan.before, plan.edits)])
    assert told.refusal
    assert told.refusal.code == "DS008"
    assert (root / "plan.md").read_bytes().decode() == SAVED


def test_a_new_plan_that_has_nothing_to_do_writes_nothing(root: Path) -> None:
    todo = plans(str(root), ("plan.md",))
    (root / "plan.md").write_text("no vessel\n")
    before = (root / "plan.md").stat()
    (told,) = write_all(str(root), todo)
    assert (told.changed, told.refusal, told.text) == (False, None, "no vessel\n")
    assert (root / "plan.md").stat().st_mtime_ns == before.st_mtime_ns


def test_a_save_that_cannot_be_planned_is_refused_for_its_own_reason(root: Path) -> None:
    todo = plans(str(root), ("plan.md",))
    (root / "plan.md").write_bytes(b"caf\xe9\n")
    (told,) = write_all(str(root), todo)
    assert told.refusal
    assert told.refusal.code == "DS001"


def test_a_new_plan_that_is_wrong_is_refused_as_our_fault(root: Path) -> None:
    (plan,) = plans(str(root), ("plan.md",))
    (root / "plan.md").write_text("1 boats\n")
    (told,) = write_all(str(root), [type(plan)(plan.path, plan.before, plan.edits, lambda _: plan.edits * 2)])
    assert told.refusal
    assert told.refusal.code == "DS900"
    assert (root / "plan.md").read_text() == "1 boats\n"


@LINUX
@pytest.mark.parametrize("style", ["truncate", "rename"])
def test_no_save_is_lost_in_a_race(root: Path, tmp_path: Path, style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)  # as many tries as will go
    save(str(root), style, "save -1\n0 boats of 7\n")
    saves, number, changed = 300, 0, 0
    with start("edit", tmp_path, style, str(saves)) as editor:
        assert editor.stdout
        while editor.poll() is None:
            number += 1
            try:
                changed += write_boats(str(root), ("plan.md",), number)[0]["changed"]
            except Refusal:
                continue  # read in the middle of a save
        assert editor.stdout.read() == '{"lost": 0}\n'
    assert changed
    last = (root / "plan.md").read_text()
    assert BOATS.sub("0 boats", last) == f"save {saves - 1}\n0 boats of 7\n" + "water\n" * 2000
    assert not [name for name in os.listdir(root) if "docsync" in name]


@pytest.mark.parametrize("shared_cache", [True, False], ids=["with a lock", "without a lock"])
def test_two_runs_at_once_lose_no_change_of_each_other(root: Path, tmp_path: Path, shared_cache: bool) -> None:  # noqa: FBT001 — pytest gives it by name
    save(str(root), "rename", "0 boats\n")
    other = tmp_path if shared_cache else tmp_path / "other"
    other.mkdir(exist_ok=True)
    if not shared_cache:
        (other / "root").symlink_to(root)
    with start("add", tmp_path, "60") as first, start("add", other, "60") as second:
        told = [first.communicate()[0], second.communicate()[0]]
    assert (root / "plan.md").read_text() == "120 boats\n"
    if shared_cache:
        assert told == ['{"refused": 0}\n'] * 2


def test_the_lock_is_waited_for_and_then_refused(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with start("hold_lock", tmp_path) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == '"locked"\n'
        monkeypatch.setattr(time, "monotonic", iter(range(0, 10_000, 10)).__next__)  # the time passes quickly
        told = write_boats(str(root))
        monkeypatch.undo()
        assert [one["code"] for one in told] == ["DS007", "DS007"]
        assert "another docsync" in told[0]["message"]
        assert (root / "plan.md").read_bytes().decode() == START["plan.md"]
        holder.communicate()


def test_the_lock_of_a_killed_run_is_free_again(root: Path, tmp_path: Path) -> None:
    with start("hold_lock", tmp_path) as holder:
        assert holder.stdout
        holder.stdout.readline()
        holder.kill()
    with locked(str(root), patience=0):
        assert not [name for name in os.listdir(root) if name not in ("plan.md", "quay")]


def test_without_a_cache_folder_files_are_written_all_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    assert [one["changed"] for one in write_boats(str(root))] == [True, True]


def test_the_lock_lies_in_the_home_folder_unless_told_otherwise(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    with locked(str(root)):
        assert len(os.listdir(tmp_path / "home/.cache/docsync/locks")) == 1
