"""How time and memory grow with a project: the curve for many claims, long tables, a long text and many entities.

    python benchmarks/growth.py [NAME…] [--times N]

Each subject is checked at a quarter, a half and the whole of its size, each in a process of its own without a cache. The
last column is the exponent of the growth from half to whole: 1 is linear, 2 quadratic.
"""

from __future__ import annotations

import math
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

STEPS: Final = (4, 2, 1)
RANDOM: Final = 20_261_120


def claims(count: int) -> dict[str, str]:
    """Many places that count the same holes, in a few dozen files."""
    per_file = 250
    files: dict[str, list[str]] = {}
    for number in range(count):
        body = files.setdefault(f"docs/part{number // per_file:03}.md", [])
        if not body:
            body.append("# Harbour\n\n## Progress\n")
        body.append(f"- Area {number % 7}: {12}/40 holes resolved (30%) so far, berth {number}\n")
    return {path: "".join(lines) for path, lines in files.items()}


def one_document(count: int) -> dict[str, str]:
    """Many of them in one document, some of them wrong, under headings of its own."""
    lines = ["# Harbour\n"]
    for number in range(count):
        if number % 20 == 0:
            lines.append(f"\n## Overall progress {number // 20}\n\n")
        lines.append(f"- **Holes resolved**: {12 if number % 50 else 13}/40\n")
    return {"docs/one.md": "".join(lines)}


def table(rows: int) -> dict[str, str]:
    """One long table with a status column, counted above."""
    lines = [f"# Tasks\n\n**Tasks**: {rows // 2}/{rows} done\n\n| Task | Name | Hours | Status |\n|---|---|---|---|\n"]
    lines += (f"| T{row} | Task {row} | 2 | {'done' if row % 2 else 'pending'} |\n" for row in range(rows))
    lines.append(f"| **Total** | | {2 * rows} | |\n")
    return {"docs/TASKS.md": "".join(lines)}


def text(size: int) -> dict[str, str]:
    """One document of planning text of all the usual forms, `size` bytes long."""
    chance = random.Random(RANDOM)
    parts: list[str] = ["# Plan of the harbour\n\n**Last Updated**: 2026-05-01\n\n"]
    length = len(parts[0])
    number = 0
    while length < size:
        part = _chapter(number, chance)
        parts.append(part)
        length += len(part)
        number += 1
    return {"docs/PLAN.md": "".join(parts)[:size]}


def _chapter(number: int, chance: random.Random) -> str:
    done = chance.randint(0, 12)
    boxes = "".join(f"- [{'x' if at < done else ' '}] Task {number}.{at}: lay {chance.randint(2, 90)} m\n" for at in range(12))
    states = [chance.choice(("✅ done", "⏳ pending", "blocked", "in progress")) for _ in range(5)]
    rows = "".join(f"| H{number * 5 + at} | Buoy{at}Interface | {state} | {at + 1} days |\n" for at, state in enumerate(states))
    return (
        f"## Phase {number}: Berth {number} {chance.choice(('✅ COMPLETE', '(in progress)', ''))}\n\n"
        f"**Status**: {chance.choice(('Complete', 'In progress', 'Not started'))}\n"
        f"**Progress**: {done}/12 tasks complete ({done * 100 // 12}%)\n"
        f"**Depends on**: Phase {max(number - 1, 0)}, H{number * 5}\n\n"
        f"The crew has moored {chance.randint(1, 9)} of 9 boats (see [the map](#phase-{number})), "
        f"`docs/berth{number}.md:12` says more. "
        f"We found 3 issues: a leak, a knot, a gull. In total {done + 3} tests pass (12 + {done} + 3).\n\n"
        f"### Tasks ({12} tasks)\n\n{boxes}\n### Holes\n\n| ID | Name | Status | Effort |\n|---|---|---|---|\n{rows}\n"
        f"1. **H{number * 5}** resolved on 2026-04-{number % 28 + 1:02}: 4/14 → 6/14 criteria\n"
        f"   - Blocks: H{number * 5 + 1}, H{number * 5 + 2}–H{number * 5 + 4}\n"
        f"2. Session {number}: handed over, next is Phase {number + 1}\n\n"
        "```text\n12/12 passed\n```\n\n"
    )


def entities(count: int) -> dict[str, str]:
    """Many holes without any home, each named in several documents, with blockers."""
    board = ["# Board\n\n| ID | Name | Status | Blocked by |\n|---|---|---|---|\n"]
    notes = ["# Notes\n"]
    for number in range(count):
        state = ("✅ done", "pending", "blocked")[number % 3]
        board.append(f"| H{number} | Hole{number}Interface | {state} | {f'H{number - 1}' if number else '—'} |\n")
        notes.append(f"\n### H{number}: Hole{number}Interface\n\n**Status**: {state}\n**Blocks**: H{number + 1}\n")
    return {"docs/BOARD.md": "".join(board), "docs/NOTES.md": "".join(notes)}


def records(count: int) -> dict[str, str]:
    """Many holes with homes of their own in front matter and sections."""
    body = ["---\nrecords: hole\n---\n\n# Holes\n"]
    for number in range(count):
        body.append(f"\n## H{number}: Hole{number}\n\n- **Status**: {'Resolved' if number % 2 else 'Pending'}\n")
        body.append(f"- **Blocks**: H{number + 1}\n" if number + 1 < count else "")
    counted = count // 2
    return {"docs/HOLES.md": "".join(body), "docs/STATE.md": f"# State\n\n**Holes**: {counted}/{count} resolved\n"}


SUBJECTS: Final[dict[str, tuple[Callable[[int], dict[str, str]], int, str]]] = {
    "claims": (claims, 10_000, "claims in many files"),
    "one-document": (one_document, 10_000, "claims in one document"),
    "table": (table, 100_000, "rows"),
    "text": (text, 2_000_000, "bytes"),
    "entities": (entities, 5_000, "entities without a home"),
    "records": (records, 5_000, "records"),
}


def measure(files: dict[str, str], folder: Path) -> tuple[float, float, int]:
    """Give the seconds of processor time, the peak of memory in MB and the size in bytes of a cold check."""
    size = 0
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        size += (folder / path).write_bytes(body.encode())
    (folder / "docsync.toml").write_text("max-file-size = 50_000_000\n", encoding="utf-8")
    command = [sys.executable, __file__, "--check", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    took, peak, *_ = done.stdout.split()
    return float(took), float(peak), size


def check(folder: str) -> None:
    """Check a folder in this process, and print what that took: processor time, since other programs may be running."""
    from docsync.engine import Request  # noqa: PLC0415 - only the measured process pays for it
    from docsync.engine import check as run  # noqa: PLC0415

    report = run(Request(folder, cache=False))
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(each.ru_utime + each.ru_stime for each in used)
    print(seconds, max(each.ru_maxrss for each in used) / 1024, len(report.diagnostics), report.tally.claims)


def curve(name: str, scale: int) -> Iterator[str]:
    """Give a line for each size of a subject."""
    make, whole, noun = SUBJECTS[name]
    times: list[float] = []
    for step in STEPS:
        count = whole * scale // step
        with tempfile.TemporaryDirectory() as scratch:
            took, peak, size = measure(make(count), Path(scratch))
        growth = f"{math.log2(took / times[-1]):8.2f}" if times and STEPS.index(step) == len(STEPS) - 1 else ""
        times.append(took)
        yield f"{name:13} {count:>10,} {noun:24} {size / 1e6:6.2f} MB {took:8.2f} s {peak:8.0f} MB {growth}"


def main() -> None:
    """Print the curve of each subject that is named, or of all."""
    if sys.argv[1:2] == ["--check"]:
        check(sys.argv[2])
        return
    scale = int(sys.argv[sys.argv.index("--times") + 1]) if "--times" in sys.argv else 1
    names = [name for name in sys.argv[1:] if name in SUBJECTS] or list(SUBJECTS)
    os.environ.setdefault("XDG_CACHE_HOME", tempfile.gettempdir())
    for name in names:
        for line in curve(name, scale):
            print(line, flush=True)


if __name__ == "__main__":
    main()
