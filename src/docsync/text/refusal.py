"""Why a file cannot be worked on: the one exception of the per-file stage."""

from __future__ import annotations

from docsync.text.spans import LineIndex, Span

_START = Span(0, 0)


class Refusal(Exception):
    """Say that one file is left alone: which code, where, and what its author can do.

    Raised by reading, parsing and writing; the engine turns it into a diagnostic and goes on with the other files.
    `lines` lets the rim show line and column; it is absent when the file could not be read at all.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        span: Span = _START,
        lines: LineIndex | None = None,
        related: tuple[tuple[Span, str], ...] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.span = span
        self.lines = lines
        self.related = related
