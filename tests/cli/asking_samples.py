"""A small project for the commands that ask, and the kept outputs that they are held against."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

GOLDEN: Final = Path(__file__).parent.parent / "golden" / "asked"

BAKERY: Final[Mapping[str, str]] = {
    "docsync.toml": '[status.words]\nbaked = "resolved"\n',
    "plan/PHASES.md": """---
records: phase
---

# The bakery, phase by phase

| ID | Title | Status | Gate |
| -- | ----- | ------ | ---- |
| P1 | Oven | Complete | G1 |
| P2 | Dough | In progress | G2 |
| P3 | Counter | Pending | |
""",
    "plan/GATES.md": """---
records: gate
---

# Gates

## G1: The oven holds its heat

- **Status**: passed
- **Phase**: 1

### Functional

- [x] Bakes a loaf through in forty minutes

## G2: Dough every morning

- **Status**: pending
- **Phase**: 2
- **Pass condition**: functional: all, quality: 1

### Functional

- [x] Rises overnight
- [ ] Is ready at five

### Quality

- [ ] Tastes of something
- [ ] ~~Is sold in two towns~~
""",
    "plan/holes/H1.md": """---
kind: hole
id: H1
title: FiringCurve
status: baked
type: interface
phase: 1
blocks: [H2]
resolution: "`oven/curve.csv`, see also notes/missing.txt"
---

# H1: FiringCurve

## Acceptance criteria

- [x] Is written down
""",
    "plan/HOLES.md": """---
records: hole
---

# The other holes

## H2: StarterCulture

- **Status**: In progress
- **Type**: implementation
- **Phase**: 2
- **Blocked by**: H1

**Acceptance criteria**:

- [x] Lives for a week
- [ ] Lives for a month

## H3: NightShift

- **Status**: Ready
- **Type**: specification
- **Phase**: 2

## H4: PriceBoard

- **Status**: Blocked
- **Type**: interface
- **Phase**: 3
- **Blocked by**: H2, H3

## H10: ShopSign

- **Status**: Ready
- **Type**: implementation
- **Phase**: 3
- **Blocks**: H4
""",
    "plan/TASKS.md": """---
records: task
---

# Tasks

| ID | Title | Status | Phase | Estimate | Owner | Depends on |
| -- | ----- | ------ | ----- | -------- | ----- | ---------- |
| T1 | Buy jars | Done | 2 | 2h | Ada | |
| T2 | Feed the cultures | Pending | 2 | 3d | Bo | T1 |
| T3 | Label the jars | Pending | 2 | 1d | Ada | T1, T2 |
| T4 | Order sacks | Cancelled | 2 | | | |
""",
    "plan/sessions/S1.md": """---
kind: session
id: S1
title: First morning
date: 2026-02-03
resolved: [H1]
next: Feed it.
---

# Session 1: First morning
""",
    "notes/STATUS.md": """# Status

H3 is ready. The [firing curve](../plan/holes/H1.md) was worked out by Bo.

| Hole | Status |
| ---- | ------ |
| H2 | In progress |
""",
    "oven/curve.csv": "minute,degrees\n0,20\n",
}


def agrees(name: str, output: str) -> None:
    """Compare with the kept output; `DOCSYNC_GOLDEN=write` keeps this one instead, to be read before it is committed."""
    path = GOLDEN / name
    if os.environ.get("DOCSYNC_GOLDEN") == "write":
        path.write_bytes(output.encode())
    assert output == path.read_bytes().decode()
