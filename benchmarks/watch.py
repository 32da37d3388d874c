"""How long it takes from a save until a watching docsync shows what that broke or healed.

    make bench                                              20 and 1,000 documents
    .venv/bin/python benchmarks/watch.py 20 1000 10000      other sizes
    .venv/bin/python benchmarks/watch.py --saves 100 1000   more saves

A real `docsync watch` runs over a tree grown from sample_repo/, and documents are really saved: a number in prose, a status in
front matter that a region and other records depend on, a new document. The clock runs from before the file is opened until
the change has been read from docsync's output, which goes through a pipe. The next save comes when the last is shown.
The processor's time is what a quiet machine would take at least, beside the 12 ms in which a save is left to come to its end.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).resolve().parent.parent / "sample_repo"
SIZES = (20, 1000)
ID = re.compile(r"\b([HPGSTMDE]|WS)(\d{1,2})\b")
MARKER = re.compile(r"<!-- docsync:.*? -->")
WHOLE = re.compile(r"^.*\d+/\d+.*$", re.MULTILINE)
"""A line that counts the whole: with as many plans in one project as there are copies, each would be wrong."""
BOARD = """# Board

<!-- docsync:begin holes view="hole-status" where="phase=P1" -->
<!-- docsync:end holes -->

<!-- docsync:begin summary view="progress-summary" kind="hole" where="phase=P1" -->
<!-- docsync:end summary -->
"""
WRONG = "\n**Progress**: 7/{total} stops mapped (50%)\n"
GOALS = {1000: 100, 10_000: 300}
"""The milliseconds within which 95 of 100 saves should be shown."""


def grow(folder: Path, count: int) -> list[Path]:
    """Copy the sample until there are so many documents, each copy with ids of its own."""
    written: list[Path] = []
    sources = sorted(SAMPLE.glob("planning/**/*.md"))
    for number in range(count):
        copy, at = divmod(number, len(sources))
        text = MARKER.sub("", sources[at].read_text(encoding="utf-8"))
        text = ID.sub(rf"\g<1>{copy}0\g<2>", WHOLE.sub("", text)) if copy else WHOLE.sub("", text)
        path = folder / f"part{copy:03}" / sources[at].relative_to(SAMPLE)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    (folder / "BOARD.md").write_text(BOARD, encoding="utf-8")
    shutil.copy(SAMPLE / "docsync.toml", folder)
    config = (folder / "docsync.toml").read_text(encoding="utf-8")
    (folder / "docsync.toml").write_text(re.sub(r"(?m)^include = .*$", "", config), encoding="utf-8")
    return written


class Saves:
    """Save documents of a tree, each save with a finding that comes or goes."""

    def __init__(self, documents: list[Path]) -> None:
        self.documents, self.chance = documents, random.Random(20)
        holes = (path for path in documents if path.parent.name == "holes" and path.parts[-4] == "part000")
        self.holes = [path for path in holes if "status: resolved" in path.read_text(encoding="utf-8")]
        self.wrong = {path: WRONG.format(total=100 + number) for number, path in enumerate(documents)}
        """What is repeated in several files is one finding; so each document has a number of its own."""

    def prose(self) -> None:
        """Write a wrong percentage at the end of any document, or take it back."""
        path = self.chance.choice(self.documents)
        text, wrong = path.read_text(encoding="utf-8"), self.wrong[path]
        path.write_text(text.replace(wrong, "") if wrong in text else text + wrong, encoding="utf-8")

    def heading(self) -> None:
        """Write it at the top instead, so that everything below moves, and replace the file as many editors do."""
        path = self.chance.choice(self.documents)
        text, wrong = path.read_text(encoding="utf-8"), self.wrong[path]
        head, sign, rest = text.partition("\n# ")
        line, _, below = rest.partition("\n")
        part = path.with_name(".part")
        part.write_text(text.replace(wrong, "") if wrong in text else f"{head}{sign}{line}\n{wrong}{below}", encoding="utf-8")
        part.replace(path)

    def status(self) -> None:
        """Turn a hole of the first part over, which the board shows and other holes wait for."""
        path = self.chance.choice(self.holes)
        text = path.read_text(encoding="utf-8")
        was, now = ("resolved", "failed") if "status: resolved" in text else ("failed", "resolved")
        path.write_text(text.replace(f"status: {was}", f"status: {now}"), encoding="utf-8")

    def new(self) -> None:
        """Write a document that was not there."""
        path = self.documents[0].with_name(f"note{self.chance.random()}.md")
        path.write_text(f"# Note\n{WRONG.format(total=self.chance.randint(20_000, 10**9))}", encoding="utf-8")


@contextmanager
def watched(folder: Path, cache: Path) -> Iterator[subprocess.Popen[str]]:
    """Start docsync over a folder, with the output in a pipe."""
    command = [sys.executable, "-m", "docsync", "watch", "--root", str(folder), "--output-format", "json", "--every", "3600"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        yield process
        process.terminate()


def worked(process: subprocess.Popen[str]) -> float:
    """Give the milliseconds of processor time that a process took so far, its threads included; 0 where nobody tells."""
    tasks = Path(f"/proc/{process.pid}/task").glob("*/schedstat")
    return sum(int(task.read_text(encoding="ascii").split()[0]) for task in tasks) / 1e6


def shown(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Await what is shown next."""
    assert process.stdout
    event = json.loads(process.stdout.readline())
    assert isinstance(event, dict)
    return event


def measure(documents: list[Path], process: subprocess.Popen[str], count: int) -> dict[str, list[tuple[float, float]]]:
    """Save so many times in turn; gives the milliseconds, by the clock and of the processor, by kind of save."""
    saves = Saves(documents)
    kinds: list[Callable[[], None]] = [saves.prose, saves.heading, saves.status, saves.new]
    taken: dict[str, list[tuple[float, float]]] = {kind.__name__: [] for kind in kinds}
    for number in range(-len(kinds), count):
        kind = kinds[number % len(kinds)]
        began, before = time.perf_counter(), worked(process)
        kind()
        shown(process)
        if number >= 0:  # the first ones load modules
            taken[kind.__name__].append(((time.perf_counter() - began) * 1000, worked(process) - before))
        time.sleep(0.05)
    return taken


def run(size: int, count: int) -> None:
    """Print how long saves took on a tree of one size."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch).resolve() / "plan"
        documents = grow(folder, size)
        began = time.perf_counter()
        with watched(folder, Path(scratch) / "cache") as process:
            first = shown(process)
            start = time.perf_counter() - began
            shown_first = len(first["diagnostics"])
            time.sleep(2)  # the watches of all folders are set up, and everything has been looked at once more
            taken = measure(documents, process, count)
    everything = [each for times in taken.values() for each in times]
    goal = f", goal {GOALS[size]} ms" if size in GOALS else ""
    print(f"\n{size:,} documents: first report after {start:.1f} s with {shown_first} findings; {count} saves{goal}")
    for name, times in {**taken, "all": everything}.items():
        clock, processor = percentiles([took for took, _ in times]), percentiles([took for _, took in times])
        print(f"  {name:8} p50 {clock[0]:7.1f} ms   p95 {clock[1]:7.1f} ms   worst {clock[2]:7.1f} ms", end="")
        print(f"   on the processor: p50 {processor[0]:6.1f} ms   p95 {processor[1]:6.1f} ms", flush=True)


def percentiles(times: list[float]) -> tuple[float, float, float]:
    """Give the median, what 95 of 100 keep below, and the worst."""
    ranked = sorted(times)
    return statistics.median(ranked), ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))], ranked[-1]


def main() -> None:
    """Measure the sizes that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--saves", type=int, default=60)
    options = parser.parse_args()
    for size in options.sizes:
        run(size, options.saves)


if __name__ == "__main__":
    main()
