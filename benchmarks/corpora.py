"""Trees of planning documents made from a fixed seed, and small changes to them.

Documents of 6 to 14 kB: prose with lists, tables, code and statuses, of the sort that teams keep.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SEED: Final = 20_261_121
PER_PLAN: Final = 20
"""Documents that make up one plan, with ids of its own."""
REGIONS: Final = 100
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


def long_document(size: int) -> str:
    """Give one document of so many bytes."""
    chance = random.Random(SEED)
    parts, length = ["# Harbour notes\n\n"], 0
    while length < size:
        parts.append(chapter(chance, 1, len(parts)))
        length += len(parts[-1])
    return "".join(parts)[:size]


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


def edits(folder: Path) -> Iterator[None]:
    """Change one document after another, each time by a number in its prose."""
    chance = random.Random(SEED)
    paths = sorted(folder.rglob("*.md"))
    while True:
        path = chance.choice(paths)
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"team \d+", f"team {chance.randint(20, 99)}", text, count=1) + "\n", encoding="utf-8")
        yield
