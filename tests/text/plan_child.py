"""A program that carries out plans and is killed, disturbed or limited meanwhile; the tests read what it prints as JSON.

Run as `plan_child.py MODE FOLDER [ARGUMENT…]`. It forks for every trial, so that hundreds of them cost one start of Python.
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from boat_plans import BOATS, SAVED, SAVED_AGAIN, START, Action, Report, Steps, lay_out, outcome, plans, save, tree, write_boats

from docsync.text import exchange
from docsync.text.edits import Edit
from docsync.text.locking import locked
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile, read
from docsync.text.spans import Span
from docsync.text.writing import Plan, write_all


def start(mode: str, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start this program on the tree `folder/root`, with a cache folder of its own."""
    (folder / "cache/docsync/locks").mkdir(parents=True, exist_ok=True)  # so that each run makes the same calls
    environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    for name in [name for name in environment if name.startswith("COVERAGE_PROCESS")]:
        del environment[name]  # a process that is killed would leave half a record
    command = [sys.executable, __file__, mode, str(folder / "root"), *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)


def run(mode: str, folder: Path, *arguments: str) -> Any:  # noqa: ANN401 — each mode gives JSON of its own form
    """Run this program to its end, and give what it said."""
    with start(mode, folder, *arguments) as child:
        said, _ = child.communicate()
    assert child.returncode == 0
    return json.loads(said)


def say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def forked(job: Callable[[], object]) -> tuple[int, Any]:
    """Do a job in a child process; returns how that ended and what the job gave, None if it did not live to tell."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        with open(writer, "w") as stream:
            result = json.dumps(job())
            os.set_blocking(writer, True)
            stream.write(result)
            stream.flush()
            os._exit(0)
    os.close(writer)
    with open(reader) as stream:
        told = stream.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), json.loads(told) if told else None


def kill(_name: str = "", _function: object = None, _arguments: object = None) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_in_half(name: str, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    if name == "write":
        function(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
    kill()


def with_steps(root: str, actions: dict[int, Action]) -> Callable[[], object]:
    def job() -> object:
        todo = plans(root, tuple(START))
        Steps(actions).install()
        return outcome(write_all(root, todo))

    return job


def kills(root: str) -> Iterator[Report]:
    """Die at the first call, then at the second, and so on until a run gets to its end; after each, run again."""
    for number in count(1):
        lay_out(root)
        ended, _ = forked(with_steps(root, {number: kill_in_half}))
        after = tree(root)
        forked(lambda: write_boats(root))
        yield {"ended": ended, "after": after, "next": tree(root)}
        if not ended:
            return


class Editor:
    """Save in another process, up to its end or to where it waits for docsync's lease."""

    def __init__(self, root: str, steps: Steps) -> None:
        self.root = root
        self.steps = steps
        self.waiting: list[int] = []

    def saves(self, style: str, text: str) -> Action:
        def action(*_: object) -> None:
            self.steps.active = False
            child = os.fork()
            if not child:
                save(self.root, style, text)
                os._exit(0)
            while not self._is_blocked():
                if os.waitpid(child, os.WNOHANG)[0]:
                    break
            else:
                self.waiting.append(child)
            self.steps.active = True

        return action

    def _is_blocked(self) -> bool:
        breaking = re.compile(rf"LEASE +BREAKING +\w+ +{os.getpid()} ")
        return bool(breaking.search(Path("/proc/locks").read_text()))

    def finish(self) -> None:
        while self.waiting:
            os.waitpid(self.waiting.pop(), 0)


def disturbed(root: str, saves: dict[int, tuple[str, str]], without: str, killed_at: int = 0) -> Callable[[], object]:
    """Make a run in which an editor saves before the calls of the given numbers."""

    def job() -> object:
        cripple(without)
        todo = plans(root, ("plan.md",))
        steps = Steps()
        editor = Editor(root, steps)
        steps.actions = {at: editor.saves(*what) for at, what in saves.items()}
        if killed_at:
            steps.actions[killed_at] = kill
        steps.install()
        # The pause before another try is there to let an editor finish.
        time.sleep = lambda _seconds: editor.finish()
        told = outcome(write_all(root, todo))[0]
        steps.active = False
        editor.finish()
        return told | {"calls": steps.names}

    return job


def cripple(without: str) -> None:
    """Take away what some systems do not have: leases, or exchanging names as well."""
    real = fcntl.fcntl

    def no_lease(descriptor: int, command: int, argument: int = 0) -> int:
        if command in (fcntl.F_SETLEASE, fcntl.F_SETSIG):
            raise OSError(22, "Invalid argument")
        return real(descriptor, command, argument)

    if without in ("leases", "exchange"):
        fcntl.fcntl = no_lease  # type: ignore[assignment]  # the other forms of the call are not used
    if without == "exchange":
        exchange._renameat2 = None


def trial(root: str, saves: dict[int, tuple[str, str]], without: str) -> Report:
    lay_out(root)
    ended, told = forked(disturbed(root, saves, without))
    return {"ended": ended, "told": told, "files": tree(root), "saves": {str(at): what[0] for at, what in saves.items()}}


FOLLOWING = 24
"""So many calls after the exchange a save has long been put back, and the file is being written anew."""


def one_save(root: str, style: str, without: str = "") -> Iterator[Report]:
    """Save once, before each call of a run in turn."""
    calls = trial(root, {}, without)["told"]["calls"]
    for at in range(1, len(calls) + 1):
        yield trial(root, {at: (style, SAVED)}, without)


def two_saves(root: str, first: str, second: str, without: str = "") -> Iterator[Report]:
    """Save just before the names are exchanged, and again before each of the calls that follow."""
    exchanged = trial(root, {}, without)["told"]["calls"].index("exchange") + 1
    for at in range(exchanged + 1, exchanged + FOLLOWING):
        yield trial(root, {exchanged: (first, SAVED), at: (second, SAVED_AGAIN)}, without)


def save_and_kill(root: str) -> Iterator[Report]:
    """Save just before the names are exchanged, and die at each of the calls that follow; then run again."""
    exchanged = trial(root, {}, "")["told"]["calls"].index("exchange") + 1
    for at in range(exchanged + 1, exchanged + FOLLOWING):
        lay_out(root)
        ended, _ = forked(disturbed(root, {exchanged: ("rename", SAVED)}, "", at))
        after = tree(root)
        forked(lambda: write_boats(root, ("plan.md",), 6))
        yield {"ended": ended, "after": after, "next": tree(root)}


def edit(root: str, style: str, times: int) -> Report:
    """Save again and again, and look some time after each save whether it is still there."""
    lost = 0
    for number in range(times):
        save(root, style, f"save {number}\n0 boats of 7\n" + "water\n" * 2000)
        time.sleep(random.uniform(0, 0.003))  # the pace of the saves, so that they meet a run at any of its steps
        lost += not stays(root, f"save {number}\n")
    return {"lost": lost}


def stays(root: str, start: str) -> bool:
    # docsync may show another text for an instant before it puts the save back.
    path = Path(root, "plan.md")
    return any(path.read_text().startswith(start) for _ in range(2000))


def add(root: str, times: int) -> Report:
    """Count the boats up, each time from what the plan says at that moment."""

    def replan(source: SourceFile) -> tuple[Edit, ...]:
        found = BOATS.search(source.text)
        assert found
        return (Edit(Span(*found.span(1)), str(int(found[1]) + 1)),)

    refused = 0
    for _ in range(times):
        while True:
            source = read(root, "plan.md")
            if write_all(root, [Plan("plan.md", source, replan(source), replan)])[0].changed:
                break
            refused += 1
    return {"refused": refused}


def hold_lock(root: str) -> None:
    with locked(root):
        say("locked")
        sys.stdin.read()


def limited(root: str, size: str) -> list[Report]:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
    return write_boats(root)


def as_nobody(root: str) -> list[Report]:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
    return write_boats(root, ("plan.md",))


def serve(root: str) -> None:
    """Start a run for each line read, and go on with it when another line is read; for a tracer to attach between."""
    while sys.stdin.readline():
        lay_out(root)
        gate, opener = os.pipe()
        child = os.fork()
        if not child:
            todo = plans(root, ("plan.md",))
            os.read(gate, 1)
            write_all(root, todo)
            os._exit(0)
        say(child)
        sys.stdin.readline()
        os.write(opener, b"\n")
        _, status = os.waitpid(child, 0)
        after = tree(root)
        forked(lambda: write_boats(root, ("plan.md",)))
        report = {"ended": os.waitstatus_to_exitcode(status), "after": after, "next": tree(root)}
        say(report)
        os.close(gate)
        os.close(opener)


MODES: dict[str, Callable[..., object]] = {
    "kills": lambda root: list(kills(root)),
    "one_save": lambda root, *how: list(one_save(root, *how)),
    "two_saves": lambda root, *how: list(two_saves(root, *how)),
    "save_and_kill": lambda root: list(save_and_kill(root)),
    "edit": lambda root, style, times: edit(root, style, int(times)),
    "add": lambda root, times: add(root, int(times)),
    "limited": limited,
    "as_nobody": as_nobody,
    "hold_lock": hold_lock,
    "serve": serve,
}


def main() -> None:
    mode, *arguments = sys.argv[1:]
    try:
        say(MODES[mode](*arguments))
    except Refusal as refusal:
        sys.exit(f"{refusal.code} {refusal.message}")


if __name__ == "__main__":
    main()
