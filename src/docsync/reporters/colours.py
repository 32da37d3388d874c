"""How severity, place and advice are coloured on a terminal that can."""

from __future__ import annotations

from typing import Final

from docsync.models.diagnostics import Severity

RED: Final = "31"
GREEN: Final = "32"
YELLOW: Final = "33"
BLUE: Final = "34"
BOLD: Final = "1"
DIM: Final = "2"

OF_SEVERITY: Final = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.INFO: BLUE}


def paint(text: str, *codes: str, on: bool) -> str:
    """Colour a text, when colours are on."""
    return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if on and text else text
