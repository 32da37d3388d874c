"""What a report needs beyond its findings to be shown: the texts that they point at, and what the output can do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from msgspec import Struct

from docsync.models.diagnostics import Diagnostic, Report, Severity

WIDTH: Final = 120
"""The columns of an output that is no terminal."""


class Display(Struct, frozen=True):
    """Say how to show a report.

    `text_of` gives a file's text by its path, None where it cannot be had. `width` is in columns. `evidence` asks for the
    sentences behind each finding, `notes` for findings of the severity info; without it they are only counted. `prefix` is
    what a path of the project needs before it to be relative to its repository, empty or with a slash at its end.
    """

    text_of: Callable[[str], str | None]
    colour: bool = False
    width: int = WIDTH
    evidence: bool = False
    notes: bool = True
    prefix: str = ""

    def shown(self, report: Report) -> list[Diagnostic]:
        """Give the findings of a report that are shown and not only counted."""
        return [found for found in report.diagnostics if self.notes or found.severity is not Severity.INFO]


class Reporter(Protocol):
    """Give what each output format's module must hold."""

    @staticmethod
    def render(report: Report, display: Display) -> str:
        """Give the whole output, its last line ended."""
        ...
