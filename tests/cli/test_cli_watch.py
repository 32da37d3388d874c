from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

import pytest

from docsync.engine import Request, check
from trees import commit, git, plant

DEADLINE = 120.0
"""Seconds; a hang must fail, a slow machine must not."""
HOMES = "---\nrecords: hole\n---\n\n# Holes\n" + "".join(
    f"\n## H{number}: Part {number}\n\n- **Status**: {'Resolved' if number < 3 else 'Pending'}\n" for number in range(1, 5)
)
RIGHT = "# State\n\n**Holes**: 2/4 resolved\n"
WRONG = "# State\n\n**Holes**: 3/4 resolved\n"
PLAN = {"planning/HOLES.md": HOMES, "planning/STATE.md": RIGHT}

Said = tuple[str, str, str]


def said(found: dict[str, Any]) -> Said:
    return found["path"], found["code"], found["message"]


def current(root: Path) -> Counter[Said]:
    """Give what a check finds right now."""
    found = check(Request(str(root), cache=False)).diagnostics
    return Counter((each.place.path, each.code, each.message) for each in found)


def drain(stream: IO[str], lines: SimpleQueue[str]) -> None:
    """Take lines as they come; an empty one stands for the end."""
    for line in stream:
        lines.put(line)
    lines.put("")


class Watcher:
    """Follow a watching docsync by its JSON lines."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: SimpleQueue[str] = SimpleQueue()
        self._errors: SimpleQueue[str] = SimpleQueue()
        for stream, lines in ((process.stdout, self._lines), (process.stderr, self._errors)):
            assert stream
            threading.Thread(
                target=lambda stream=stream, lines=lines: [*map(lines.put, stream), lines.put("")], daemon=True
            ).start()
        self.found: Counter[Said] = Counter(map(said, self.event()["diagnostics"]))

    def event(self) -> dict[str, Any]:
        event = json.loads(self._lines.get(timeout=DEADLINE))
        assert isinstance(event, dict)
        return event

    def change(self) -> dict[str, Any]:
        """Await the next change, and take it in."""
        event = self.event()
        assert event["event"] == "change"
        self.found += Counter(map(said, event["broke"])) + Counter(map(said, event["restated"]))
        self.found -= Counter(map(said, event["healed"]))
        self.found -= Counter((each["path"], each["code"], each["was"]) for each in event["restated"])
        return event

    def until(self, wanted: Counter[Said]) -> dict[str, Any]:
        """Await changes until all that is shown is what is wanted."""
        event = self.change()
        while self.found != wanted:
            event = self.change()
        return event

    def told(self, text: str) -> str:
        """Await a line on standard error that holds a text."""
        line = self._errors.get(timeout=DEADLINE)
        while text not in line:
            assert line, f"never said: {text}"
            line = self._errors.get(timeout=DEADLINE)
        return line

    def end(self, number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Send a signal; gives the exit code and all that was not read of standard error."""
        self.process.send_signal(number)
        code = self.process.wait(timeout=DEADLINE)
        rest = ""
        while line := self._errors.get(timeout=DEADLINE):
            rest += line
        return code, rest


def watching(root: Path, *arguments: str) -> AbstractContextManager[Watcher]:
    command = [sys.executable, "-m", "docsync", "watch", "--root", str(root), "--output-format", "json", *arguments]
    return started(command, root)


@contextmanager
def started(command: list[str], root: Path) -> Iterator[Watcher]:
    with subprocess.Popen(
        command, cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Watcher(process)
        finally:
            process.kill()


def truncated(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def renamed(path: Path, text: str) -> None:
    part = path.with_name(".part-1")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def like_vim(path: Path, text: str) -> None:
    """Try the folder, move the old file aside, write a new one, remove the old."""
    probe, backup = path.with_name("4913"), path.with_name(path.name + "~")
    probe.touch()
    probe.unlink()
    path.rename(backup)
    path.write_text(text, encoding="utf-8")
    backup.unlink()


def in_pieces(path: Path, text: str) -> None:
    with path.open("wb", buffering=0) as stream:
        for letter in text.encode():
            stream.write(bytes([letter]))


def linked(path: Path, text: str) -> None:
    """Write beside, and replace by unlink and link."""
    part = path.with_name("part.tmp")
    part.write_text(text, encoding="utf-8")
    path.unlink()
    path.hardlink_to(part)
    part.unlink()


@pytest.mark.parametrize("save", [truncated, renamed, like_vim, in_pieces, linked])
@pytest.mark.parametrize("how", [(), ("--poll", "--every", "0.2")])
def test_every_way_to_save_is_seen(tmp_path: Path, save: Callable[[Path, str], None], how: tuple[str, ...]) -> None:
    plant(tmp_path, PLAN)
    with watching(tmp_path, *how) as watcher:
        assert not watcher.found
        save(tmp_path / "planning/STATE.md", WRONG)
        watcher.until(current(tmp_path))
        assert {code for _, code, _ in watcher.found} == {"DS201"}
        save(tmp_path / "planning/STATE.md", RIGHT)
        watcher.until(Counter())


def test_only_what_depends_on_a_save_is_shown(tmp_path: Path) -> None:
    plant(tmp_path, {**PLAN, "planning/OTHER.md": "# Other\n\n**Progress**: 1/2 (80%)\n"})
    with watching(tmp_path) as watcher:
        truncated(tmp_path / "planning/STATE.md", WRONG)
        event = watcher.change()
        assert (event["changed"], [each["code"] for each in event["broke"]], event["healed"]) == (
            ["planning/STATE.md"],
            ["DS201"],
            [],
        )
        truncated(tmp_path / "planning/STATE.md", WRONG.replace("3/4", "1/4"))
        event = watcher.change()
        assert (event["broke"], event["healed"], len(event["restated"])) == ([], [], 1)
        truncated(
            tmp_path / "planning/HOLES.md",
            HOMES.replace("H1: Part 1\n\n- **Status**: Resolved", "H1: Part 1\n\n- **Status**: Open"),
        )
        watcher.until(current(tmp_path))
        assert [code for _, code, _ in watcher.found] == ["DS202"]


def test_quiet_when_nothing_changes(tmp_path: Path) -> None:
    plant(tmp_path, PLAN)
    with watching(tmp_path) as watcher:
        for _ in range(3):
            truncated(tmp_path / "planning/STATE.md", RIGHT)
            (tmp_path / "planning/STATE.md").touch()
            truncated(tmp_path / "planning/notes.txt", "no document")
        truncated(tmp_path / "planning/STATE.md", RIGHT + "\nMore prose.\n")
        truncated(tmp_path / "planning/STATE.md", WRONG)
        assert [each["code"] for each in watcher.change()["broke"]] == ["DS201"]


def test_files_and_folders_come_move_and_go(tmp_path: Path) -> None:
    plant(tmp_path, PLAN)
    with watching(tmp_path) as watcher:
        plant(tmp_path, {"new/and/deep/STATE.md": WRONG})
        watcher.until(current(tmp_path))
        assert {path for path, _, _ in watcher.found} == {"new/and/deep/STATE.md"}
        truncated(tmp_path / "new/and/deep/STATE.md", RIGHT)
        watcher.until(Counter())
        truncated(tmp_path / "new/and/deep/STATE.md", WRONG)
        watcher.until(current(tmp_path))
        (tmp_path / "new").rename(tmp_path / "planning/moved")
        watcher.until(current(tmp_path))
        assert {path for path, _, _ in watcher.found} == {"planning/moved/and/deep/STATE.md"}
        shutil.rmtree(tmp_path / "planning/moved")
        watcher.until(Counter())


def test_a_thousand_files_at_once(tmp_path: Path) -> None:
    plant(tmp_path, PLAN)
    with watching(tmp_path) as watcher:
        plant(
            tmp_path, {f"planning/part{number % 10}/{number}.md": WRONG if number == 999 else RIGHT for number in range(1000)}
        )
        watcher.until(current(tmp_path))
        shutil.rmtree(tmp_path / "planning/part9")
        assert watcher.until(Counter())["summary"]["files"] <= 902


def test_a_git_checkout_is_seen_as_a_whole(tmp_path: Path) -> None:
    plant(tmp_path, {**PLAN, **{f"planning/log/{number}.md": f"# Day {number}\n" for number in range(300)}})
    commit(tmp_path)
    git(tmp_path, "checkout", "-q", "-b", "other")
    plant(tmp_path, {"planning/STATE.md": WRONG, **{f"planning/log/{number}.md": WRONG for number in range(300)}})
    commit(tmp_path)
    git(tmp_path, "checkout", "-q", "main")
    with watching(tmp_path) as watcher:
        git(tmp_path, "checkout", "-q", "other")
        watcher.until(current(tmp_path))
        git(tmp_path, "checkout", "-q", "main")
        watcher.until(Counter())


@pytest.mark.parametrize(("sign", "what"), [("MERGE_HEAD", "a merge"), ("index.lock", "git"), ("rebase-merge", "a rebase")])
def test_while_git_is_at_work_nothing_is_looked_at(tmp_path: Path, sign: str, what: str) -> None:
    plant(tmp_path, PLAN)
    commit(tmp_path)
    with watching(tmp_path) as watcher:
        (tmp_path / ".git" / sign).write_text("x")
        truncated(tmp_path / "planning/STATE.md", WRONG)
        assert f"{what} is under way" in watcher.told("under way")
        plant(tmp_path, {"planning/HOLES.md": HOMES.replace("Pending", "Resolved", 1)})
        truncated(tmp_path / "planning/STATE.md", WRONG.replace("3/4", "1/4"))
        (tmp_path / ".git" / sign).unlink()
        event = watcher.change()
        assert ["says 1/4" in each["message"] for each in event["broke"]] == [True]


REGION = '\n<!-- docsync:begin all view="status-table" kind="hole" columns="id,status" -->\n<!-- docsync:end all -->\n'


def test_what_is_generated_is_kept_true_without_a_loop(tmp_path: Path) -> None:
    plant(tmp_path, {**PLAN, "planning/STATE.md": RIGHT + REGION})
    state, homes = tmp_path / "planning/STATE.md", tmp_path / "planning/HOLES.md"
    with watching(tmp_path, "--regenerate") as watcher:
        assert not watcher.found
        watcher.told("Rewrote planning/STATE.md")
        truncated(homes, HOMES.replace("Pending", "Resolved", 1))
        watcher.told("Rewrote planning/STATE.md")
        assert "3/4 resolved" in state.read_text(encoding="utf-8")
        written = state.stat().st_mtime_ns
        truncated(homes, homes.read_text(encoding="utf-8") + "- **Blocked by**: H9\n")
        event = watcher.change()
        assert (event["changed"], {each["code"] for each in event["broke"]}) == (["planning/HOLES.md"], {"DS501"})
        assert state.stat().st_mtime_ns == written
        assert not [found for found in current(tmp_path) if found[1] != "DS501"]


def test_a_broken_configuration_is_told_and_watching_goes_on(tmp_path: Path) -> None:
    plant(tmp_path, {**PLAN, "docsync.toml": ""})
    with watching(tmp_path) as watcher:
        plant(tmp_path, {"docsync.toml": "nonsense = 1\n"})
        assert "docsync.toml" in watcher.told("nonsense")
        plant(tmp_path, {"docsync.toml": "include = ['planning/**/*.md']\n", "planning/STATE.md": WRONG})
        assert watcher.told("watching goes on")
        watcher.until(current(tmp_path))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("how", ["", "--poll"])
def test_a_signal_ends_it_at_once_and_without_a_word(tmp_path: Path, number: signal.Signals, code: int, how: str) -> None:
    plant(tmp_path, PLAN)
    with watching(tmp_path, *([how] if how else [])) as watcher:
        assert watcher.end(number) == (code, "\n" if number is signal.SIGINT else "")


def test_text_for_a_pipe_is_plain_and_one_block_a_change(tmp_path: Path) -> None:
    plant(tmp_path, PLAN)
    command = [sys.executable, "-m", "docsync", "watch", "--root", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        lines: SimpleQueue[str] = SimpleQueue()
        threading.Thread(target=drain, args=(process.stdout, lines), daemon=True).start()
        shown = [lines.get(timeout=DEADLINE)]
        while not shown[-1].startswith("Looked at"):
            shown.append(lines.get(timeout=DEADLINE))
        truncated(tmp_path / "planning/STATE.md", WRONG)
        block = [lines.get(timeout=DEADLINE) for _ in range(3)]
        truncated(tmp_path / "planning/STATE.md", RIGHT)
        while not block[-1].startswith("gone "):
            block.append(lines.get(timeout=DEADLINE))
        process.terminate()
        assert lines.get(timeout=DEADLINE) == ""
        process.wait(timeout=DEADLINE)
    assert shown[0] == "Nothing found that contradicts.\n"
    assert block[0] == "\n"
    assert block[1].endswith(" planning/STATE.md: 1 new; 1 error now\n")
    assert "DS201" in block[2]
    assert "\x1b" not in "".join([*shown, *block])
    assert block[-2].endswith(" planning/STATE.md: 1 gone; nothing contradicts now\n")


def test_a_reader_that_goes_away_ends_it(tmp_path: Path) -> None:
    plant(tmp_path, PLAN)
    command = [sys.executable, "-m", "docsync", "watch", "--root", str(tmp_path), "--output-format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        truncated(tmp_path / "planning/STATE.md", WRONG)
        assert (process.wait(timeout=DEADLINE), process.stderr.read()) == (0, "")


LIMITED = """
import errno, os, sys
from watchdog.observers.api import BaseObserver
from docsync.cli.main import main

def schedule(*_arguments, **_options):
    raise OSError(errno.ENOSPC, "inotify watch limit reached")

BaseObserver.schedule = schedule
main()
"""


def test_where_the_system_watches_no_more_it_is_said_and_polled(tmp_path: Path) -> None:
    plant(tmp_path, PLAN)
    command = [sys.executable, "-c", LIMITED, "watch", "--root", str(tmp_path), "--output-format", "json"]
    with started(command, tmp_path) as watcher:
        assert "sudo sysctl fs.inotify.max_user_watches=524288" in watcher.told("limit")
        truncated(tmp_path / "planning/STATE.md", WRONG)
        watcher.until(current(tmp_path))
        assert watcher.end(signal.SIGTERM) == (143, "")


def test_standard_input_cannot_be_watched(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "docsync", "watch", "-"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "no text from standard input" in done.stderr) == (2, True)


def test_a_check_loads_nothing_of_what_watching_takes(tmp_path: Path) -> None:
    plant(tmp_path, PLAN)
    loaded = "print({'watchdog', 'docsync.engine.session'} & set(sys.modules))"
    code = f"import sys; from docsync.cli.main import run; run(['check']); {loaded}"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"
