"""How checks of 20, 1,000 and 10,000 planning documents compare with other Markdown checkers, on the same files in turns.

    make bench-scale                                        20 and 1,000 documents
    .venv/bin/python benchmarks/scale.py 20 1000 10000      other sizes
    .venv/bin/python benchmarks/scale.py --turns 3 --only cold 1000

Each tree is made anew from a fixed seed: documents of 6 to 14 kB, prose with lists, tables, code and statuses, of the sort that
teams keep. Five scenarios: nothing read before (cold), nothing changed since, one document changed, the same with a process
that stands by, and regenerating where nothing is stale. The commands take turns, so that a machine which grows slow does so
for all. Printed are medians of the wall clock, the ratio to mdsmith taken turn by turn, and the greatest resident memory of
any one process (of docsync's, the largest, but for the one that stands by).
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from subprocess import PIPE
from typing import Final

from msgspec import Struct

BIN: Final = Path(sys.executable).parent
SEED: Final = 20_261_121
SIZES: Final = (20, 1000)
PER_PLAN: Final = 20
"""Documents that make up one plan, with ids of its own."""
REGIONS: Final = 100
SETTLED: Final = 3.0
"""Seconds after which docsync trusts a file's times to show its next change; nobody checks a tree that was written just now."""
NOUNS: Final = [
    "harbour",
    "ferry",
    "buoy",
    "signal",
    "ledger",
    "gauge",
    "relay",
    "anchor",
    "chart",
    "mooring",
    "crane",
    "berth",
    "tide",
    "pilot",
    "beacon",
    "channel",
    "cargo",
    "deck",
    "hatch",
    "winch",
    "sluice",
    "lock",
    "dredger",
    "survey",
    "manifest",
    "customs",
    "warehouse",
    "pallet",
    "route",
    "timetable",
]
VERBS: Final = [
    "loads",
    "checks",
    "moves",
    "stores",
    "reports",
    "measures",
    "opens",
    "closes",
    "compares",
    "rejects",
    "repeats",
    "forwards",
    "rounds",
    "splits",
]
HOLES, RESOLVED, LINKED = 9, 4, 3
"""Of a plan's documents, how many are holes and how many of those are resolved; of ten paragraphs, how many have links."""
BOXES, TABLE, LIST, STEPS, CODED = range(5)
SIDE: Final = ["every morning", "after the storm", "before the audit", "on both piers", "in the test tank", "without a restart"]
CODE: Final = "```python\ndef moor(boat, berth):\n    if berth.taken:\n        return None\n    return berth.hold(boat)\n```\n"


class Turn(Struct, frozen=True, dict=True):
    """One run of a command: its wall clock in milliseconds and its greatest resident memory in MB."""

    took: float
    memory: float


def sentence(chance: random.Random) -> str:
    """Give a sentence that claims nothing."""
    one, other = chance.sample(NOUNS, 2)
    return f"The {one} {chance.choice(VERBS)} the {other} {chance.choice(SIDE)}."


def paragraph(chance: random.Random) -> str:
    """Give a paragraph, now and then with a link or a file's name."""
    said = [sentence(chance) for _ in range(chance.randint(3, 7))]
    if chance.randrange(10) < LINKED:
        said.append(f"See `src/{chance.choice(NOUNS)}.py` and [the notes](#notes).")
    return " ".join(said)


def chapter(chance: random.Random, plan: int, number: int) -> str:
    """Give a section of one of the usual forms."""
    title = f"{chance.choice(NOUNS)} and {chance.choice(NOUNS)}".capitalize()
    form = chance.randrange(CODED + 2)
    lines = [f"## {number}. {title}", "", paragraph(chance), ""]
    if form == BOXES:
        done = chance.randint(0, 9)
        lines += [f"**Progress**: {done}/9 steps done ({round(done * 100 / 9)}%)", ""]
        lines += [f"- [{'x' if at < done else ' '}] {sentence(chance)}" for at in range(9)]
    elif form == TABLE:
        lines += ["| Part | Owner | Status | Days |", "|---|---|---|---|"]
        states = ("✅ done", "⏳ pending", "blocked", "in progress")
        lines += [
            f"| {word} | team {at} | {chance.choice(states)} | {at + 2} |" for at, word in enumerate(chance.sample(NOUNS, 7))
        ]
    elif form == LIST:
        lines += [f"- **{word}**: {sentence(chance)}" for word in chance.sample(NOUNS, 6)]
    elif form == STEPS:
        lines += [f"{at}. {sentence(chance)}\n   - {sentence(chance)}" for at in range(1, 6)]
    elif form == CODED:
        lines += [CODE, f"H{plan}0{chance.randint(1, 9)} waits for the survey of 2026-0{chance.randint(1, 9)}-14."]
    else:
        lines += [paragraph(chance), "", f"> {sentence(chance)}", "", paragraph(chance)]
    return "\n".join([*lines, "", ""])


def document(chance: random.Random, plan: int, number: int) -> str:
    """Give a document of 6 to 14 kB; the first of a plan are the homes of its holes."""
    head = f"# {chance.choice(NOUNS).capitalize()} notes {plan}.{number}\n\n**Last updated**: 2026-05-{number % 28 + 1:02}\n\n"
    if number < HOLES:
        state = "resolved" if number < RESOLVED else "pending"
        waits = f"blocked_by: [H{plan}0{number}]\n" if number else ""
        head = f"---\nkind: hole\nid: H{plan}0{number + 1}\nstatus: {state}\ntype: plan{plan}\n{waits}---\n\n{head}"
    parts, size, wanted = [head], len(head), chance.randint(6_000, 14_000)
    while size < wanted:
        parts.append(chapter(chance, plan, len(parts)))
        size += len(parts[-1])
    return "".join([*parts, f"## Notes\n\n{paragraph(chance)}\n"])


def tree(folder: Path, count: int) -> None:
    """Write so many documents."""
    chance = random.Random(SEED)
    for number in range(count):
        plan, at = divmod(number, PER_PLAN)
        path = folder / f"plan{plan:03}" / f"note{at:02}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document(chance, plan + 1, at), encoding="utf-8")
    (folder / "docsync.toml").write_text("", encoding="utf-8")


def with_regions(folder: Path) -> None:
    """Put a hundred generated regions into the first documents, each of one plan's holes."""
    for number, path in enumerate(sorted(folder.rglob("*.md"))[:REGIONS]):
        plan = number // PER_PLAN + 1
        marker = f'docsync:begin part{number} view="status-table" kind="hole" where="type=plan{plan}"'
        path.write_text(
            f"{path.read_text(encoding='utf-8')}\n<!-- {marker} -->\n<!-- docsync:end part{number} -->\n", encoding="utf-8"
        )


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


def edits(folder: Path) -> Iterator[None]:
    """Change one document after another, each time by a number in its prose."""
    chance = random.Random(SEED)
    paths = sorted(folder.rglob("*.md"))
    while True:
        path = chance.choice(paths)
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"team \d+", f"team {chance.randint(20, 99)}", text, count=1) + "\n", encoding="utf-8")
        yield


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


def main() -> None:
    """Measure the sizes that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--only", default="cold,unchanged,changed,standby,regenerate")
    options = parser.parse_args()
    for size in options.sizes:
        scenarios(size, options.turns, frozenset(options.only.split(",")))


if __name__ == "__main__":
    main()
