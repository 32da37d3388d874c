"""What it costs to ask a project of 10,000 records that has not changed since it was read.

    python benchmarks/questions.py [--records 10000] [--times 5]

The figures are processor time and wall time of the whole command, in seconds, the middle one of several runs.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from records import RECORDS, plant

QUESTIONS: Final = (
    "list",
    "list holes --where type=interface,phase>10 --sort -phase,id",
    "show H2000",
    "ready",
    "next",
    "status",
    "status --phase 10",
    "graph",
    "graph --format svg",
)


def ask(question: str, folder: str) -> tuple[float, float]:
    """Run one command; gives its processor time and its wall time in seconds."""
    command = [sys.executable, "-m", "docsync", *question.split()]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, time.perf_counter() - started


def _option(arguments: list[str], name: str, default: int) -> int:
    return int(arguments[arguments.index(name) + 1]) if name in arguments else default


def _main(arguments: list[str]) -> None:
    times = _option(arguments, "--times", 5)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        plant(Path(folder), _option(arguments, "--records", RECORDS))
        first = ask("list", folder)
        print(f"{'question':60}  {'cpu s':>6}  {'wall s':>6}")
        print(f"{'list, for the first time':60}  {first[0]:6.2f}  {first[1]:6.2f}")
        for question in QUESTIONS:
            runs = [ask(question, folder) for _ in range(times)]
            spent, wall = (statistics.median(run[at] for run in runs) for at in (0, 1))
            print(f"{question:60}  {spent:6.2f}  {wall:6.2f}")


if __name__ == "__main__":
    _main(sys.argv[1:])
