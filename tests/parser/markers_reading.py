"""How the tests of markers read a document."""

from __future__ import annotations

from blocks_reference import read

from docsync.models.document import Region, Trouble
from docsync.parser.regions import Markers, read_markers
from docsync.text.source import SourceFile
from docsync.text.spans import Span

BEGIN = '<!-- docsync:begin boats view="status-table" kind="boat" -->'
END = "<!-- docsync:end boats -->"


class Marked:
    """Hold a document and what its comments say to docsync."""

    def __init__(self, text: str) -> None:
        self.source: SourceFile
        self.source, blocks = read(text)
        self.markers: Markers = read_markers(self.source, blocks)

    @property
    def region(self) -> Region:
        """Give the one region of a document without faults."""
        assert self.markers.troubles == ()
        (region,) = self.markers.regions
        return region

    @property
    def trouble(self) -> Trouble:
        """Give the one fault of a document, of which no region is left."""
        assert self.markers.regions == ()
        (trouble,) = self.markers.troubles
        assert trouble.code == "DS602"
        assert trouble.help
        return trouble

    def lines(self, trouble: Trouble) -> list[int]:
        """Give the lines of a fault and of the places related to it."""
        return [self.line(span) for span in (trouble.span, *(span for span, _ in trouble.related))]

    def line(self, span: Span) -> int:
        """Give the line that a span begins on."""
        return self.source.lines.line(span.start)

    @property
    def covered(self) -> list[str]:
        """Give the texts that ignore and claim comments cover."""
        spans = [mark.covers for mark in self.markers.suppressions] + [mark.covers for mark in self.markers.bindings]
        return [self.source.slice(span) for span in spans]
