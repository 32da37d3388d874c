"""A run that is killed leaves every file whole, old or new, and the next run finishes the work and clears up."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from boat_plans import DONE, SAVED, START
from plan_child import run, start

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="names are exchanged, and calls traced, on Linux only")


def is_whole(files: dict[str, str]) -> bool:
    return all(files[path] in (START[path], DONE[path]) for path in START)


def test_killed_before_each_call_files_are_whole_and_the_next_run_converges(tmp_path: Path) -> None:
    trials = run("kills", tmp_path)
    assert [trial["ended"] for trial in trials] == [-9] * (len(trials) - 1) + [0]
    assert all(is_whole(trial["after"]) for trial in trials)
    assert all(trial["next"] == DONE for trial in trials)
    left = [Path(path).name for trial in trials for path in trial["after"] if path not in START]
    assert len(left) > 20
    assert all(name.startswith(".docsync-") for name in left)


@LINUX
def test_a_save_just_before_a_kill_is_never_lost(tmp_path: Path) -> None:
    trials = run("save_and_kill", tmp_path)
    later = SAVED.replace("3 boats", "6 boats")
    rescued = 0
    for trial in trials:
        files = trial["next"]
        kept = [text for path, text in files.items() if path.startswith("docsync-rescued-")]
        assert files["plan.md"] == later or kept == [SAVED]
        assert not any(Path(path).name.startswith(".docsync-") for path in files)
        rescued += bool(kept)
    assert 0 < rescued < len(trials)  # the kill between the exchange and putting the save back was among them


VARYING = {"mmap", "munmap", "mremap", "brk", "read", "restart_syscall", "set_robust_list"}
"""What is not called equally often in each run: for memory, for starting, and for waiting until the tracer has come."""


class Tracer:
    """Run under strace, told to kill the run at one of its system calls, or only to name them."""

    def __init__(self, folder: Path) -> None:
        self.trace = folder / "trace"
        self.server = start("serve", folder)

    def run(self, *options: str) -> dict[str, Any]:
        assert self.server.stdout
        self._go()
        child = int(self.server.stdout.readline())
        command = ["strace", "-o", str(self.trace), *options, "-p", str(child)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr
            attached = strace.stderr.readline()
            self._go()
            result: dict[str, Any] = json.loads(self.server.stdout.readline())
            strace.communicate()
        if "attached" not in attached:
            pytest.skip(f"tracing is not allowed here: {attached.strip()}")
        return result

    def calls(self) -> list[str]:
        self.run()
        return [line.partition("(")[0] for line in self.trace.read_text().splitlines() if "(" in line]

    def _go(self) -> None:
        assert self.server.stdin
        self.server.stdin.write("\n")
        self.server.stdin.flush()

    def stop(self) -> None:
        self.server.communicate()


@LINUX
@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_killed_at_each_system_call_files_are_whole_and_the_next_run_converges(tmp_path: Path) -> None:
    tracer = Tracer(tmp_path)
    try:
        calls = Counter(tracer.calls())
        assert {"renameat2", "fsync", "write", "unlinkat", "fcntl"} <= set(calls)
        for call, times in calls.items():
            for number in range(1, times + 1):
                trial = tracer.run("-e", f"inject={call}:signal=KILL:when={number}")
                assert trial["ended"] == -9 or call in VARYING
                assert is_whole(trial["after"])
                assert trial["next"]["plan.md"] == DONE["plan.md"]
                assert trial["next"].keys() == START.keys()
    finally:
        tracer.stop()
