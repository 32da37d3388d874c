"""A small project of our own, and short ways to ask it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from docsync.database.asking import Answer, ask
from docsync.database.guard import Limits
from docsync.database.schema import tables
from docsync.engine.opening import open_project
from docsync.engine.request import Request
from docsync.project.index import Project
from trees import plant

HOLES: Final = """---
records: hole
---

# Holes

## H1: Lock gates

- **Status**: Resolved
- **Phase**: 1
- **Type**: interface
- **Labels**: wood, iron
- **Evidence**: None

- [x] They close
- [ ] ~~They sing~~

## H2: Pump room

- **Status**: ⏳ Pending
- **Phase**: Phase 2
- **Blocked by**: H1, H10
- **Colour**: green

## H10: Tow path

- **Status**: in progress
- **Phase**: P2
- **Created**: March 3, 2026

- [ ] It is paved
"""
PHASES: Final = """---
records: phase
---

# Phases

| ID | Title   | Status   | Depends on |
|----|---------|----------|------------|
| P1 | Dredge  | complete |            |
| P2 | Rebuild | pending  | P1, P7     |
"""
METRICS: Final = """---
records: metric
---

# Metrics

| ID | Title | Current | Target |
|----|-------|---------|--------|
| M1 | Flow  | 1.5     | 4      |
"""
STATE: Final = """# State

**Last Updated**: 2026-03-05

**Progress**: 1/3 holes resolved (33%)

- **H2: Pump room**: blocked
"""
FILES: Final = {"plan/HOLES.md": HOLES, "plan/PHASES.md": PHASES, "plan/METRICS.md": METRICS, "STATE.md": STATE}


def canal(root: Path, **files: str) -> Project:
    """Give the sample project, with more files or others in it."""
    plant(root, {".git/": "", **FILES, **files})
    return open_project(Request(str(root), cache=False)).project


def answer(project: Project, statement: str, *, timeless: bool = False, **limits: float) -> Answer:
    return ask(tables(project), statement, Limits(**limits), timeless=timeless)  # type: ignore[arg-type]  # numbers all


def rows(project: Project, statement: str) -> list[tuple[object, ...]]:
    return list(answer(project, statement).rows)
