"""Where a piece of text is: offsets inside, lines and columns for display."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

_INTEGER: Final = "I"
"""Four bytes: no text that is read is longer than that counts."""
_SIZE: Final = array(_INTEGER).itemsize


class Span(Struct, frozen=True, gc=False, order=True, array_like=True):
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


class Position(Struct, frozen=True, gc=False, order=True):
    """Give a place as a reader counts: line and column from 1, columns in code points."""

    line: int
    column: int


class Range(Struct, frozen=True, gc=False, order=True):
    """Give a span as a reader counts; `end` is the position just after the last code point."""

    start: Position
    end: Position


class LineIndex(Struct, frozen=True, gc=False):
    """Map offsets of one text to lines and back.

    `packed` holds the offset of each line's first code point as machine integers: of all that is kept of ten thousand
    documents, numbers of their own would be a quarter. `length` is the text's length.
    """

    packed: bytes
    length: int

    @classmethod
    def of(cls, starts: Iterable[int], length: int) -> LineIndex:
        """Make the index of a text whose lines start at these offsets."""
        return cls(array(_INTEGER, starts).tobytes(), length)

    @property
    def starts(self) -> Sequence[int]:
        """Give the offset of each line's first code point."""
        return memoryview(self.packed).cast(_INTEGER)

    @property
    def count(self) -> int:
        """Give the number of lines; text after the last line end counts as one, even if empty."""
        return len(self.packed) // _SIZE

    def line(self, offset: int) -> int:
        """Give the line, from 1, that holds `offset`."""
        return bisect_right(self.starts, offset)

    def position(self, offset: int) -> Position:
        """Give the line and column, from 1, of `offset`."""
        starts = self.starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def range(self, span: Span) -> Range:
        """Give the span's two ends as positions."""
        return Range(self.position(span.start), self.position(span.end))

    def line_span(self, line: int) -> Span:
        """Give the span of a line, from 1, with its line end."""
        starts = self.starts
        end = starts[line] if line < len(starts) else self.length
        return Span(starts[line - 1], end)
