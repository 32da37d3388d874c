"""A project of as many records as wanted, the same each time: for measuring commands that ask about records.

    python benchmarks/records.py DIR [--records 10000]

Holes live in files of their own and in sections, tasks in tables, beside phases, gates, workstreams, sessions, metrics and
decisions; pages of prose and tables mention them. `docsync check` finds nothing wrong with it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct, field

RANDOM: Final = 20_261_121
PHASES: Final = 20
RECORDS: Final = 10_000

_PER_SECTION_FILE: Final = 40
_PER_TABLE: Final = 100
_REACH: Final = 150
"""How far back a piece of work may look for what it waits for."""
_ADJECTIVES: Final = ("Quiet", "Northern", "Spare", "Tidal", "Early", "Woven", "Double", "Hollow", "Amber", "Steady", "Late")
_NOUNS: Final = ("Beacon", "Ferry", "Ledger", "Sluice", "Mooring", "Cable", "Gauge", "Lantern", "Crane", "Basin", "Signal")
_TYPES: Final = ("interface", "implementation", "specification", "constraint")
_TASK_TITLES: Final = ("ID", "Title", "Status", "Workstream", "Phase", "Estimate", "Depends on", "Blocks", "Owner")
_TASK_HEADER: Final = f"| {' | '.join(_TASK_TITLES)} |\n{'|---' * len(_TASK_TITLES)}|\n"
_PEOPLE: Final = ("Noor", "Ilse", "Tomás", "Wen")
_WORDS: Final = {"resolved": "Done", "in_progress": "In progress", "ready": "Ready", "blocked": "Blocked"}


class Piece(Struct):
    """One hole or task of the plan."""

    id: str
    title: str
    phase: int
    status: str
    type: str
    estimate: int
    person: str
    needs: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)

    @property
    def is_hole(self) -> bool:
        """Tell whether it is a hole."""
        return self.id.startswith("H")


def files(records: int = RECORDS) -> dict[str, str]:
    """Give the project's files by path."""
    pieces = _pieces(max(records - 3 * PHASES - 40, 2 * PHASES))
    holes = [piece for piece in pieces if piece.is_hole]
    tasks = [piece for piece in pieces if not piece.is_hole]
    own = len(holes) // 4
    return {
        "docsync.toml": 'include = ["planning/**/*.md"]\n',
        "planning/ROADMAP.md": _roadmap(pieces),
        "planning/WORKSTREAMS.md": _workstreams(pieces),
        "planning/METRICS.md": _metrics(),
        "planning/DECISIONS.md": _decisions(),
        **{f"planning/gates/G{number}.md": _gate(number, pieces) for number in range(1, PHASES + 1)},
        **{f"planning/sessions/session-{number:02}.md": _session(number, pieces) for number in range(1, 21)},
        **{f"planning/holes/{piece.id}.md": _hole_file(piece) for piece in holes[:own]},
        **dict(_section_files(holes[own:])),
        **dict(_tables(tasks)),
        **dict(_pages(pieces)),
    }


def plant(root: Path, records: int = RECORDS) -> None:
    """Write the project below a folder."""
    for path, text in files(records).items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def _pieces(count: int) -> list[Piece]:
    chance = random.Random(RANDOM)
    pieces: list[Piece] = []
    done = count * 9 // 20
    numbers = {"H": 0, "T": 0}
    for place in range(count):
        letter = "H" if place % 5 < 2 else "T"  # noqa: PLR2004  # two holes to three tasks
        numbers[letter] += 1
        title = f"{chance.choice(_ADJECTIVES)}{chance.choice(_NOUNS)}{numbers[letter]}"
        piece = Piece(
            f"{letter}{numbers[letter]}",
            title,
            place * PHASES // count + 1,
            "",
            chance.choice(_TYPES),
            chance.randint(1, 8),
            chance.choice(_PEOPLE),
        )
        _link(piece, pieces, chance)
        piece.status = _status(piece, {other.id: other for other in pieces[-_REACH:]}, done > place, chance)
        pieces.append(piece)
    return pieces


def _link(piece: Piece, before: list[Piece], chance: random.Random) -> None:
    """Let a piece wait for up to three earlier ones of its own kind, near it."""
    near = [other for other in before[-_REACH:] if other.is_hole == piece.is_hole]
    for other in chance.sample(near, min(len(near), chance.choice((0, 1, 1, 2, 2, 3)))):
        piece.needs.append(other.id)
        other.blocks.append(piece.id)


def _status(piece: Piece, near: dict[str, Piece], done: bool, chance: random.Random) -> str:  # noqa: FBT001  # one caller
    if done:
        return "resolved"
    if any(near[need].status != "resolved" for need in piece.needs):
        return "blocked"
    return chance.choice(("ready", "ready", "ready", "in_progress"))


def _phase_status(number: int, pieces: list[Piece]) -> str:
    own = {piece.status for piece in pieces if piece.phase == number}
    return "Complete" if own == {"resolved"} else "In progress" if "resolved" in own else "Pending"


def _roadmap(pieces: list[Piece]) -> str:
    rows = "".join(
        f"| P{number} | Reach {number} | {_phase_status(number, pieces)} | G{number} |\n" for number in range(1, PHASES + 1)
    )
    return f"---\nrecords: phase\n---\n\n# Roadmap\n\n| ID | Title | Status | Gate |\n|---|---|---|---|\n{rows}"


def _workstreams(pieces: list[Piece]) -> str:
    rows = "".join(
        f"| WS{number} | Strand {number} | {_phase_status(number, pieces)} | {number} |\n" for number in range(1, PHASES + 1)
    )
    return f"---\nrecords: workstream\n---\n\n# Workstreams\n\n| ID | Title | Status | Phase |\n|---|---|---|---|\n{rows}"


def _metrics() -> str:
    rows = "".join(f"| M{number} | Gauge {number} | {number} | {number + 3} | ms |\n" for number in range(1, 11))
    return f"---\nrecords: metric\n---\n\n# Metrics\n\n| ID | Title | Current | Target | Unit |\n|---|---|---|---|---|\n{rows}"


def _decisions() -> str:
    parts = [
        f"\n## D{number}: Choice {number}\n\n- **Date**: 2026-03-{number:02}\n- **Rationale**: It floats.\n"
        for number in range(1, 11)
    ]
    return "---\nrecords: decision\n---\n\n# Decisions\n" + "".join(parts)


def _gate(number: int, pieces: list[Piece]) -> str:
    done = _phase_status(number, pieces) == "Complete"
    mark, status = ("x", "passed") if done else (" ", "pending")
    boxes = "".join(f"- [{mark}] Inspection {number}.{at} is signed\n" for at in range(1, 6))
    return (
        f"---\nkind: gate\nid: G{number}\ntitle: Lock {number}\nstatus: {status}\nphase: {number}\n---\n\n"
        f"# G{number}: Lock {number}\n\n## Functional\n\n{boxes}"
    )


def _session(number: int, pieces: list[Piece]) -> str:
    done = [piece.id for piece in pieces if piece.is_hole and piece.status == "resolved"][number - 1 :: 20][:12]
    return (
        f"---\nkind: session\nid: S{number}\ntitle: Sitting {number}\nnumber: {number}\ndate: 2026-04-{number:02}\n"
        f"resolved: [{', '.join(done)}]\nnext: Go on where the tide allows.\n---\n\n# Session {number}: Sitting {number}\n"
    )


def _boxes(piece: Piece) -> str:
    met = "x" if piece.status == "resolved" else " "
    return f"- [{met}] {piece.title} holds at spring tide\n- [{met}] {piece.title} is drawn on the chart\n"


def _hole_file(piece: Piece) -> str:
    resolution = "resolution: Settled at the quay.\n" if piece.status == "resolved" else ""
    return (
        f"---\nkind: hole\nid: {piece.id}\ntitle: {piece.title}\nstatus: {piece.status}\ntype: {piece.type}\n"
        f"phase: {piece.phase}\nblocked_by: [{', '.join(piece.needs)}]\n"
        f"blocks: [{', '.join(piece.blocks)}]\n{resolution}---\n\n"
        f"# {piece.id}: {piece.title}\n\nWhat it takes to keep the harbour open.\n\n## Acceptance criteria\n\n{_boxes(piece)}"
    )


def _section_files(holes: list[Piece]) -> Iterator[tuple[str, str]]:
    for start in range(0, len(holes), _PER_SECTION_FILE):
        parts = "".join(map(_section, holes[start : start + _PER_SECTION_FILE]))
        number = start // _PER_SECTION_FILE + 1
        yield f"planning/reaches/reach-{number:03}.md", f"---\nrecords: hole\n---\n\n# Holes of reach {number}\n{parts}"


def _section(piece: Piece) -> str:
    return (
        f"\n## {piece.id}: {piece.title}\n\n- **Status**: {_WORDS[piece.status]}\n- **Type**: {piece.type}\n"
        f"- **Phase**: {piece.phase}\n- **Blocked by**: {', '.join(piece.needs) or 'None'}\n"
        f"- **Blocks**: {', '.join(piece.blocks) or 'None'}\n\n**Acceptance criteria**:\n\n{_boxes(piece)}"
    )


def _tables(tasks: list[Piece]) -> Iterator[tuple[str, str]]:
    for start in range(0, len(tasks), _PER_TABLE):
        rows = "".join(
            f"| {piece.id} | {piece.title} | {_WORDS[piece.status]} | WS{piece.phase} | {piece.phase} | {piece.estimate}d "
            f"| {', '.join(piece.needs)} | {', '.join(piece.blocks)} | {piece.person} |\n"
            for piece in tasks[start : start + _PER_TABLE]
        )
        number = start // _PER_TABLE + 1
        yield (
            f"planning/tasks/TASKS-{number:03}.md",
            f"---\nrecords: task\n---\n\n# Tasks, sheet {number}\n\n{_TASK_HEADER}{rows}",
        )


def _pages(pieces: list[Piece]) -> Iterator[tuple[str, str]]:
    """Give pages that speak of records that live elsewhere."""
    for number in range(1, PHASES + 1):
        own = [piece for piece in pieces if piece.phase == number and piece.is_hole]
        done = sum(piece.status == "resolved" for piece in own)
        rows = "".join(f"| {piece.id} | {piece.title} | {_WORDS[piece.status]} |\n" for piece in own[:20])
        told = "".join(f"- {piece.id} weighs on the rest of reach {number}.\n" for piece in own[20:40])
        head = f"# Reach {number}\n\nPhase {number}: {done}/{len(own)} holes resolved.\n\n"
        table = f"| Hole | Title | Status |\n|---|---|---|\n{rows}"
        yield f"planning/pages/reach-{number:02}.md", f"{head}{table}\n## Remarks\n\n{told}"


def _main(arguments: list[str]) -> None:
    count = int(arguments[arguments.index("--records") + 1]) if "--records" in arguments else RECORDS
    plant(Path(arguments[0]), count)
    print(f"{arguments[0]}: {len(files(count))} files")


if __name__ == "__main__":
    _main(sys.argv[1:])
