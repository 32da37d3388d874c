"""How long docsync takes beside other Markdown checkers, on the same files in the same run.

    make bench                                   on sample_repo/ and a tree grown from it
    .venv/bin/python benchmarks/compare.py DIR   on a folder of your own

The commands take turns (A B C A B C …), so that a machine which grows slow does so for all. Figures are wall-clock medians; the
ratio is taken turn by turn against docsync with a warm cache. Checkers check different things: this says what a hook costs, not
which one is better.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
TURNS = 9
MARKER = re.compile(r"<!-- docsync:.*? -->")
ID = re.compile(r"\b([HPGSTMDE]|WS)(\d{1,2})\b")
COPIES = 40
"""How often the sample's folder is copied to make a larger tree: some 1,300 files."""


def timed(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> float:
    """Run a command once and give its wall-clock time in milliseconds."""
    started = time.perf_counter()
    subprocess.run(
        command, cwd=folder, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return (time.perf_counter() - started) * 1000


def race(commands: Mapping[str, Sequence[str]], folder: Path, environment: Mapping[str, str]) -> None:
    """Time all commands in turns and print a row for each, the first being the one that the others are compared with."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(TURNS + 1):
        for name, command in commands.items():
            took = timed(command, folder, environment)
            if turn:  # the first turn warms the caches
                taken[name].append(took)
    first = next(iter(taken.values()))
    for name, times in taken.items():
        ratio = statistics.median(mine / base for mine, base in zip(times, first, strict=True))
        print(f"  {name:34} {statistics.median(times):8.0f} ms   min {min(times):6.0f}   x{ratio:.2f}")


def peers() -> dict[str, list[str]]:
    """Give the other checkers that are installed beside this Python."""
    wanted = {"rumdl check": ["rumdl", "check", "--no-cache", "."], "mdsmith check": ["mdsmith", "check", "."]}
    found = {name: [str(BIN / command[0]), *command[1:]] for name, command in wanted.items() if (BIN / command[0]).exists()}
    for name in wanted.keys() - found.keys():
        print(f"  {name}: not installed, left out")
    return found


def grown(folder: Path) -> Path:
    """Copy the sample many times, each copy with ids of its own; generated regions stay in the first copy only.

    Every region would show the records of all copies: their text, not the number of files, would set the time.
    """
    tree = folder / "grown"
    for number in range(COPIES):
        part = tree / f"part{number:02}"
        shutil.copytree(HERE.parent / "sample_repo", part, ignore=shutil.ignore_patterns("docsync.toml"))
        for path in part.rglob("*.md") if number else ():
            text = MARKER.sub("", path.read_text(encoding="utf-8"))
            path.write_text(ID.sub(rf"\g<1>{number}0\g<2>", text), encoding="utf-8")
    return tree


def compare(title: str, folder: Path, environment: Mapping[str, str]) -> None:
    """Print the start-up and check times on one folder."""
    files = sum(1 for _ in folder.rglob("*.md"))
    size = sum(path.stat().st_size for path in folder.rglob("*.md"))
    print(f"\n{title}: {files} files, {size / 1000:,.0f} kB")
    docsync = str(BIN / "docsync")
    race(
        {
            "docsync check (warm)": [docsync, "check", "--root", "."],
            "docsync check --no-cache": [docsync, "check", "--root", ".", "--no-cache"],
            **peers(),
        },
        folder,
        environment,
    )


def main() -> None:
    """Run all comparisons."""
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "XDG_CACHE_HOME": str(Path(scratch) / "cache")}
        print("start-up")
        versions = {"docsync --version": [str(BIN / "docsync"), "--version"], "python -c pass": [sys.executable, "-c", "pass"]}
        versions |= {name.split()[0] + " --version": [command[0], "--version"] for name, command in peers().items()}
        race(versions, HERE, environment)
        if len(sys.argv) > 1:
            compare(sys.argv[1], Path(sys.argv[1]).resolve(), environment)
            return
        sample = Path(scratch) / "sample_repo"
        shutil.copytree(HERE.parent / "sample_repo", sample)
        compare("sample_repo", sample, environment)
        compare(f"sample_repo x {COPIES}", grown(Path(scratch)), environment)


if __name__ == "__main__":
    main()
