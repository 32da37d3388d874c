"""What judging a history gives."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from docsync.models.diagnostics import Diagnostic
from docsync.text.spans import LineIndex


class Judged(Struct, frozen=True):
    """Hold what the rules on history found, by path and place, with the line indexes of the documents."""

    found: tuple[Diagnostic, ...]
    lines: Mapping[str, LineIndex]
