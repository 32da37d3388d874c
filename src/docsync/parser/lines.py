"""Where the text of a line stands in the source file, once a block parser has entered the containers around it."""

from __future__ import annotations

from collections.abc import Sequence

from docsync.models.blocks import Inline
from docsync.parser.inline_text import Line, inline
from docsync.text.source import SourceFile
from docsync.text.spans import Span


class Lines:
    """Look through a block parser's own lists, which it changes as it enters and leaves containers.

    For each line they hold, as offsets in `text`, where it starts after the container prefix (`begins`) and where it ends,
    then how many characters of indentation follow that start (`indents`), and the column that it stands at, so that tabs
    come out right. `text` is the source with all line ends made line feeds, `first` the line of it, counted from 0, that is the
    first one of theirs; the `shifts` are what is added to an offset in the text of each line to make it one in the source.
    """

    def __init__(
        self,
        source: SourceFile,
        first: int,
        text: str,
        marks: tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]],
    ) -> None:
        self.source = source
        self._text = text
        self._begins, self._ends, self._indents, self._columns = marks
        if "\r" in source.text:
            self.shifts = [at - begin for at, begin in zip(source.lines.starts[first:], self._begins, strict=False)]
        else:
            self.shifts = [0] * len(self._begins)

    def content(self, line: int) -> Line:
        """Give the source offsets of a line's text without container prefix and indentation."""
        shift = self.shifts[line]
        return self._begins[line] + self._indents[line] + shift, self._ends[line] + shift

    def said(self, line: int) -> str:
        """Give a line's text without container prefix and indentation."""
        return self._text[self._begins[line] + self._indents[line] : self._ends[line]]

    def trimmed(self, line: int) -> Line:
        """Give the source offsets of a line's text without container prefix and the spaces and tabs at both ends."""
        start, end = self.content(line)
        return start, start + len(self.source.text[start:end].rstrip(" \t"))

    def indented(self, line: int, indent: int) -> Line:
        """Give the source offsets of a line's text without container prefix and up to `indent` columns of indentation.

        Where a tab reaches over that column its rest is left out: it has no character of its own.
        """
        column, first, last = 0, self._begins[line], self._ends[line]
        limit = first + self._indents[line]
        while first < last and column < indent:
            sign = self._text[first]
            if sign == "\t":
                column += 4 - (column + self._columns[line]) % 4
            elif sign == " " or first < limit:
                column += 1
            else:
                break
            first += 1
        return first + self.shifts[line], last + self.shifts[line]

    def body(self, first: int, last: int, indent: int) -> list[Line]:
        """Give the source offsets of all lines from `first` to `last`, the latter exclusive, as `indented` does."""
        if indent:
            return [self.indented(line, indent) for line in range(first, last)]
        marks = zip(self._begins[first:last], self._ends[first:last], self.shifts[first:last], strict=True)
        return [(begin + shift, end + shift) for begin, end, shift in marks]

    def prefix(self, line: int) -> str:
        """Give all that stands before a line's text."""
        first = self.content(line)[0]
        return self.source.text[self.source.lines.line_span(self.source.lines.line(first)).start : first]

    def paragraph(self, first: int, last: int) -> tuple[Span, Inline]:
        """Give the span and the text of a paragraph, most of which are of one line."""
        if last - first > 1:
            return self.span(first, last), self.inline([self.trimmed(line) for line in range(first, last)])
        start, end = self.content(first)
        return Span(start, end), Inline(self.source.text[start:end].rstrip(" \t"), ((0, start),))

    def inline(self, lines: Sequence[Line]) -> Inline:
        """Give the inline text of lines of the source, of which there must be one at least."""
        return inline(self.source.text, lines)

    def span(self, first: int, last: int) -> Span:
        """Give the span from the text of line `first` to the end of the line before `last`."""
        return Span(self.content(first)[0], self.content(last - 1)[1])
