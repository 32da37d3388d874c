"""What judging a history gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docsync.models.diagnostics import Diagnostic
from docsync.text.spans import LineIndex


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold what the rules on history found, by path and place, with the line indexes of the documents."""

    found: tuple[Diagnostic, ...]
    lines: Mapping[str, LineIndex]
