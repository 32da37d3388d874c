"""Where in a file a piece of a region's body stands, whose prefix was taken off to read it."""

from __future__ import annotations

from bisect import bisect_right

from docsync.generator.layout import bare
from docsync.models.diagnostics import Place
from docsync.models.document import Region
from docsync.text.source import line_index
from docsync.text.spans import Span


class Placing:
    """Know for each line of a body without prefix where it begins in the file."""

    def __init__(self, path: str, region: Region) -> None:
        self._path, self._region = path, region
        index = line_index(region.text)
        ends = (*index.starts[1:], index.length)
        lines = [region.text[start:end].rstrip("\r\n") for start, end in zip(index.starts, ends, strict=True)]
        shown = bare(region.text, region.prefix).split("\n")
        skipped = next((at for at, line in enumerate(lines) if bare(line, region.prefix)), 0)
        self._from: list[int] = []
        self._to: list[int] = []
        at = 0
        for number, text in enumerate(shown, skipped):
            self._from.append(at)
            self._to.append(region.body.start + index.starts[number] + len(lines[number]) - len(text))
            at += len(text) + 1

    def place(self, span: Span) -> Place:
        """Give the place in the file of a span of the body."""
        return Place(self._path, Span(self._offset(span.start), self._offset(span.end)))

    def begin(self) -> Place:
        """Give the place of the region's begin marker."""
        return Place(self._path, self._region.begin)

    def _offset(self, at: int) -> int:
        line = bisect_right(self._from, at) - 1
        return self._to[line] + at - self._from[line]
