"""Which parts of a text are spoken for: generated regions, and the homes of records."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from docsync.models.blocks import Inline
from docsync.text.spans import Span


class Coverage:
    """Hold spans that are not to be read, for quick look-ups."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        merged: list[Span] = []
        for span in sorted(spans):
            if merged and span.start <= merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            else:
                merged.append(span)
        self._starts = [span.start for span in merged]
        self._ends = [span.end for span in merged]

    def holds(self, span: Span) -> bool:
        """Tell whether a span lies wholly in a part that is spoken for."""
        if not self._starts:
            return False
        index = bisect_right(self._starts, span.start) - 1
        return index >= 0 and span.end <= self._ends[index]

    def holds_text(self, inline: Inline) -> bool:
        """Tell whether a text does; in most files nothing is spoken for, so that its span need not be made."""
        return bool(self._starts) and self.holds(inline.whole)

    def __bool__(self) -> bool:
        return bool(self._starts)
