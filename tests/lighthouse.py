"""Sample projects of our own: a lighthouse that is being refitted."""

from __future__ import annotations

from pathlib import Path

from docsync.engine import Regeneration, Request, Wish, check, regenerate
from docsync.models.diagnostics import Report

LAMP = "---\nkind: hole\nid: H1\ntitle: Lamp\nstatus: resolved\nphase: 1\n---\n\n# Lamp\n"
LENS = "---\nkind: hole\nid: H2\ntitle: Lens\nstatus: pending\nphase: 1\nblocked_by: [H1]\n---\n\n# Lens\n"
BOARD = """\
# Board

<!-- docsync:claim holes.resolved/holes.total -->

**Holes**: 0/7 resolved (0%)

The keeper wrote this.

<!-- docsync:begin all view="status-table" kind="hole" columns="id,title,status" -->

| old |
| --- |

<!-- docsync:end all -->

Kept to the end.
"""
LIGHTHOUSE = {"holes/H1.md": LAMP, "holes/H2.md": LENS, "BOARD.md": BOARD}


def run(root: Path, *paths: str, cache: bool = True) -> Report:
    """Check a tree."""
    return check(Request(str(root), tuple(str(root / path) for path in paths), cache))


def codes(report: Report) -> list[str]:
    """Give what was found as `path CODE`."""
    return [f"{found.place.path} {found.code}" for found in report.diagnostics]


def put_right(root: Path, *paths: str, wish: Wish | None = None, cache: bool = True) -> Regeneration:
    """Regenerate a tree."""
    return regenerate(Request(str(root), tuple(str(root / path) for path in paths), cache), wish or Wish())


def changed(done: Regeneration) -> dict[str, tuple[tuple[str, ...], int]]:
    """Give the regions and the number of values that were changed, by path."""
    return {change.path: (change.regions, change.numbers) for change in done.changes}
