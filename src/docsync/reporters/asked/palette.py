"""Which colours a status has in a drawing, whatever draws it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Colours(NamedTuple):
    """Hold the colour of a box and that of its border and arrows, as `#rrggbb`."""

    fill: str
    stroke: str


PALETTE: Final[Mapping[str, Colours]] = {
    "resolved": Colours("#d3f9d8", "#2b8a3e"),
    "in_progress": Colours("#d0ebff", "#1971c2"),
    "ready": Colours("#fff3bf", "#e67700"),
    "pending": Colours("#f1f3f5", "#868e96"),
    "blocked": Colours("#ffe3e3", "#c92a2a"),
    "deferred": Colours("#f3f0ff", "#7048e8"),
    "cancelled": Colours("#e9ecef", "#adb5bd"),
    "failed": Colours("#ffc9c9", "#a61e4d"),
}
UNKNOWN: Final = Colours("#ffffff", "#495057")
"""For a record without a status."""
MISSING: Final = Colours("#fff5f5", "#e03131")
CIRCLE: Final = "#e03131"
CRITICAL: Final = "#d9480f"
PLAIN: Final = "#868e96"


def colours_of(status: str, *, missing: bool = False) -> Colours:
    """Give a box's colours."""
    return MISSING if missing else PALETTE.get(status, UNKNOWN)
