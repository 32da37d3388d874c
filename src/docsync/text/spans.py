"""Where a piece of text is: offsets inside, lines and columns for display."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Mark the half-open range of code points `start:end` in a source file's text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a code point; touching spans do not."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Give a place as a reader counts: line and column from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """Give a span as a reader counts; `end` is the position just after the last code point."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class LineIndex:
    """Map offsets of one text to lines and back.

    `starts` holds the offset of each line's first code point, `length` the text's length.
    """

    starts: tuple[int, ...]
    length: int

    @property
    def count(self) -> int:
        """Give the number of lines; text after the last line end counts as one, even if empty."""
        return len(self.starts)

    def line(self, offset: int) -> int:
        """Give the line, from 1, that holds `offset`."""
        return bisect_right(self.starts, offset)

    def position(self, offset: int) -> Position:
        """Give the line and column, from 1, of `offset`."""
        line = self.line(offset)
        return Position(line, offset - self.starts[line - 1] + 1)

    def range(self, span: Span) -> Range:
        """Give the span's two ends as positions."""
        return Range(self.position(span.start), self.position(span.end))

    def line_span(self, line: int) -> Span:
        """Give the span of a line, from 1, with its line end."""
        end = self.starts[line] if line < len(self.starts) else self.length
        return Span(self.starts[line - 1], end)
