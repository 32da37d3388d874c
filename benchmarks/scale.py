"""How checks of 20, 1,000 and 10,000 planning documents compare with other Markdown checkers, on the same files in turns.

    make bench-scale                                  all of it: some ten minutes
    make bench-scale SIZES="20 1000"                  other sizes
    .venv/bin/python benchmarks/scale.py --turns 3 --only cold 1000

Each tree is made anew from a fixed seed (`corpora`). Five scenarios: nothing read before (cold), nothing changed since, one
document changed, the same with a process that stands by, and regenerating where nothing is stale. The commands take turns, so
that a machine which grows slow does so for all. Printed are medians of the wall clock, the ratio to mdsmith taken turn by turn,
and the greatest resident memory of any one process (of docsync's, the largest, but for the one that stands by). Then how a cold
check grows with the number of files and the size of one.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from subprocess import PIPE
from typing import Final

from msgspec import Struct

from corpora import REGIONS, edits, long_document, tree, with_regions

BIN: Final = Path(sys.executable).parent
SIZES: Final = (20, 1000, 10_000)
LARGE, FEW_TURNS = 5000, 2
"""From so many documents on, so many turns will do."""
FILES: Final = (100, 1000, 10_000)
BYTES: Final = (10_000, 200_000, 1_900_000)
SCENARIOS: Final = "cold,unchanged,changed,standby,regenerate,growth"
SETTLED: Final = 3.0
"""Seconds after which docsync trusts a file's times to show its next change; nobody checks a tree that was written just now."""


class Turn(Struct, frozen=True):
    """One run of a command: its wall clock in milliseconds and its greatest resident memory in MB."""

    took: float
    memory: float


def timed(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Turn:
    """Run a command once."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return Turn((time.perf_counter() - started) * 1000, usage.ru_maxrss / 1000)


def peers() -> dict[str, list[str]]:
    """Give the other checkers that are installed beside this Python."""
    wanted = {
        "mdsmith": ["mdsmith", "check", "."],
        "rumdl": ["rumdl", "check", "."],
        "rumdl, no cache": ["rumdl", "check", "--no-cache", "."],
    }
    found = {name: [str(BIN / command[0]), *command[1:]] for name, command in wanted.items() if (BIN / command[0]).exists()}
    for name in wanted.keys() - found.keys():
        print(f"  {name}: not installed, left out (`make bench-scale` installs it)")
    return found


Prepare = Callable[[], None]


def race(
    commands: Mapping[str, tuple[Sequence[str], Prepare]], folder: Path, environment: Mapping[str, str], turns: int
) -> None:
    """Time all commands in turns, each prepared first, and print a row for each; ratios are to mdsmith's turn."""
    taken: dict[str, list[Turn]] = {name: [] for name in commands}
    for turn in range(turns + 1):
        for name, (command, prepare) in commands.items():
            prepare()
            took = timed(command, folder, environment)
            if turn:  # the first turn warms the system's own caches
                taken[name].append(took)
    base = taken.get("mdsmith")
    for name, all_of_it in taken.items():
        clock = statistics.median(each.took for each in all_of_it)
        ratio = (
            statistics.median(mine.took / theirs.took for mine, theirs in zip(all_of_it, base, strict=True)) if base else 0.0
        )
        said = f"x{ratio:.2f}" if base else ""
        print(f"  {name:18} {clock:9.0f} ms   {said:7} {max(each.memory for each in all_of_it):7.0f} MB", flush=True)


def nothing() -> None:
    """Prepare nothing."""


def scenarios(size: int, turns: int, only: frozenset[str]) -> None:
    """Print all scenarios on a tree of one size."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, cache = Path(scratch) / "plan", Path(scratch) / "cache"
        tree(folder, size)
        environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
        total = sum(path.stat().st_size for path in folder.rglob("*.md"))
        check = [str(BIN / "docsync"), "check", "--root", "."]
        others: dict[str, tuple[Sequence[str], Prepare]] = {name: (command, nothing) for name, command in peers().items()}
        changing = edits(folder)
        print(f"\n{size:,} documents, {total / 1e6:.1f} MB")
        if "cold" in only:
            print(" cold")
            race({**others, "docsync": (check, lambda: shutil.rmtree(cache, ignore_errors=True))}, folder, environment, turns)
        if "unchanged" in only:
            print(" nothing changed")
            for command, _ in others.values():  # one of them leaves a cache in the tree the first time
                timed(command, folder, environment)
            time.sleep(SETTLED)
            subprocess.run(check, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=False)
            race({**others, "docsync": (check, nothing)}, folder, environment, turns)
        if "changed" in only:
            print(" one document changed")
            race({**others, "docsync": (check, lambda: next(changing))}, folder, environment, turns)
        if "standby" in only:
            print(" one document changed, a process standing by")
            standby = [str(BIN / "docsync"), "standby"]
            subprocess.run([*standby, "start"], cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
            race({**others, "docsync": (check, lambda: next(changing))}, folder, environment, turns)
            said = subprocess.run([*standby, "status"], cwd=folder, env=environment, stdout=PIPE, check=True, text=True)
            print(f"  {said.stdout.rpartition(': ')[2].strip()}")
            subprocess.run([*standby, "stop"], cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
        if "regenerate" in only:
            print(f" regenerate, {REGIONS} regions, nothing stale")
            with_regions(folder)
            regenerate = [str(BIN / "docsync"), "regenerate", "--root", "."]
            subprocess.run(regenerate, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=False)
            time.sleep(SETTLED)
            commands = {"check --no-cache": [*check, "--no-cache"], "regenerate": regenerate, "check": check}
            race({name: (command, nothing) for name, command in commands.items()}, folder, environment, turns)


def growing() -> None:
    """Print how long a cold check takes, by the number of files and by the size of one, and with which power it grows."""
    print("\ngrowth of a cold check")
    with tempfile.TemporaryDirectory() as scratch:
        for files in FILES:
            tree(Path(scratch) / f"{files} files", files)
        for size in BYTES:
            (Path(scratch) / f"{size} bytes").mkdir()
            (Path(scratch) / f"{size} bytes" / "plan.md").write_text(long_document(size), encoding="utf-8")
        for unit, steps in (("files", FILES), ("bytes", BYTES)):
            before = 0.0, 0
            for step in steps:
                folder = Path(scratch) / f"{step} {unit}"
                turn = min((timed(_uncached(), folder, os.environ) for _ in range(2)), key=lambda each: each.took)
                power = math.log(turn.took / before[0]) / math.log(step / before[1]) if before[1] else 0.0
                said = f"grows with the power {power:.2f}" if power else ""
                print(f"  {step:9,} {unit} {turn.took:9.0f} ms {turn.memory:7.0f} MB   {said}", flush=True)
                before = turn.took, step


def _uncached() -> list[str]:
    return [str(BIN / "docsync"), "check", "--root", ".", "--no-cache"]


def main() -> None:
    """Measure the sizes that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--only", default=SCENARIOS)
    options = parser.parse_args()
    only = frozenset(options.only.split(","))
    for size in options.sizes:
        scenarios(size, min(options.turns, FEW_TURNS) if size >= LARGE else options.turns, only)
    if "growth" in only:
        growing()


if __name__ == "__main__":
    main()
