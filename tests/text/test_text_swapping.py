"""What happens around the exchange of two names, one step at a time, in this very process."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from boat_plans import BOATS, DONE, SAVED, SAVED_AGAIN, START, Steps, lay_out, save, tree, write_boats

from docsync.text import exchange, holding, swapping

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names are exchanged on Linux only")

Step = Callable[[], None]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    lay_out(str(tmp_path / "root"))
    return tmp_path / "root"


def before_each(module: object, call: str, steps: list[Step], monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the next step before each call of that name."""
    real = getattr(module, call)

    def stepped(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 — stands for any function
        if steps:
            steps.pop(0)()
        return real(*arguments, **options)

    monkeypatch.setattr(module, call, stepped)


def without_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "_HAS_LEASES", False)


def saving(root: Path, style: str, text: str = "") -> Step:
    return lambda: save(str(root), style, text)


def write_plan(root: Path) -> dict[str, Any]:
    (told,) = write_boats(str(root), ("plan.md",))
    return told


def plan_and_others(root: Path) -> tuple[str | None, list[str]]:
    files = tree(str(root))
    return files.get("plan.md"), [text for path, text in files.items() if path not in START]


def test_a_save_before_the_exchange_is_put_back_and_edited(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before_each(swapping, "exchange", [saving(root, "rename", SAVED)], monkeypatch)
    assert write_plan(root)["changed"]
    assert plan_and_others(root) == (BOATS.sub("5 boats", SAVED), [])


def test_a_save_that_keeps_the_old_file_as_a_backup_is_put_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before_each(swapping, "exchange", [saving(root, "backup", SAVED)], monkeypatch)
    assert write_plan(root)["changed"]
    assert plan_and_others(root) == (BOATS.sub("5 boats", SAVED), [START["plan.md"]])


def test_of_saves_before_every_exchange_the_last_is_put_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"save {number}\n3 boats\n" for number in range(6)]
    before_each(swapping, "exchange", [saving(root, "rename", text) for text in texts], monkeypatch)
    assert write_plan(root)["changed"]
    assert plan_and_others(root) == ("save 5\n5 boats\n", [])


def test_a_save_into_our_text_keeps_its_name_and_the_one_before_is_rescued(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_leases(monkeypatch)
    steps = [saving(root, "rename", SAVED), saving(root, "truncate", SAVED_AGAIN)]
    before_each(swapping, "exchange", steps, monkeypatch)
    assert write_plan(root)["code"] == "DS008"
    assert plan_and_others(root) == (SAVED_AGAIN, [SAVED])


def test_a_save_is_rescued_when_its_name_is_deleted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before_each(swapping, "exchange", [saving(root, "rename", SAVED), saving(root, "delete")], monkeypatch)
    told = write_plan(root)
    assert (told["code"], "is kept as docsync-rescued-" in told["message"]) == ("DS008", True)
    assert plan_and_others(root) == (None, [SAVED])


def test_a_file_deleted_before_the_exchange_is_not_written_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before_each(swapping, "exchange", [saving(root, "delete")], monkeypatch)
    assert write_plan(root)["code"] == "DS008"
    assert plan_and_others(root) == (None, [])


def test_a_link_put_there_before_the_exchange_is_put_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link() -> None:
        (root / "plan.md").unlink()
        (root / "plan.md").symlink_to("quay/berths.md")

    before_each(swapping, "exchange", [link], monkeypatch)
    assert write_plan(root)["code"] == "DS007"
    assert (root / "plan.md").is_symlink()
    assert (root / "quay/berths.md").read_text() == START["quay/berths.md"]


def test_a_hard_link_made_before_the_exchange_keeps_its_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before_each(swapping, "exchange", [lambda: os.link(root / "plan.md", root / "quay/twin.md")], monkeypatch)
    assert write_plan(root)["code"] == "DS007"
    assert (root / "plan.md").samefile(root / "quay/twin.md")


def test_what_is_written_into_the_old_file_while_the_folder_is_flushed_is_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_leases(monkeypatch)
    with open(root / "plan.md", "r+") as editor:

        def write() -> None:
            editor.truncate()
            editor.write("written late\n3 boats\n")
            editor.flush()

        # The first flush is of our text, the second of the folder after the exchange.
        before_each(os, "fsync", [lambda: None, write], monkeypatch)
        assert write_plan(root)["changed"]
    assert plan_and_others(root) == ("written late\n5 boats\n", [])


def test_a_file_that_stays_open_for_writing_is_refused(root: Path) -> None:
    with open(root / "plan.md", "r+") as editor:
        with open(root / "quay/berths.md", "rb") as other:
            try:
                fcntl.fcntl(other, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            except OSError:
                pytest.skip("no leases on this file system")
        assert write_plan(root)["code"] == "DS008"
        editor.write("FIRST")
    assert plan_and_others(root) == (START["plan.md"].replace("first", "FIRST"), [])


@pytest.mark.parametrize("style", ["rename", "truncate"])
def test_a_save_before_replacing_is_seen(root: Path, style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    without_leases(monkeypatch)
    monkeypatch.setattr(exchange, "_renameat2", None)
    before_each(swapping, "exchange", [saving(root, style, SAVED)], monkeypatch)
    assert write_plan(root)["changed"]
    assert plan_and_others(root) == (BOATS.sub("5 boats", SAVED), [])


def test_an_error_of_replacing_leaves_the_old_text_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(exchange, "_renameat2", None)
    monkeypatch.setattr(os, "replace", fail)
    assert write_plan(root)["code"] == "DS006"
    assert plan_and_others(root) == (START["plan.md"], [])


def test_a_temporary_file_that_somebody_removed_is_no_loss(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def remove() -> None:
        for name in os.listdir(root):
            if name.startswith(".docsync-"):
                (root / name).unlink()

    before_each(os, "rename", [remove], monkeypatch)
    assert write_plan(root)["code"] == "DS008"
    assert plan_and_others(root) == (START["plan.md"], [])


def test_the_text_is_on_the_disk_before_it_gets_the_name_and_the_name_before_the_old_text_goes(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = Steps()
    steps.install(monkeypatch.setattr)
    write_plan(root)
    names = [name for name in steps.names if name in ("write", "fchmod", "fsync", "rename", "exchange", "unlink")]
    assert names == ["write", "fchmod", "fsync", "rename", "exchange", "fsync", "unlink"]


def test_files_are_done_when_nobody_interferes(root: Path) -> None:
    assert all(one["changed"] for one in write_boats(str(root)))
    assert tree(str(root)) == DONE
