"""Whether a piece of text lies in one of many others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from docsync.text.spans import Span


class Within:
    """Hold spans so that each question takes a search by halves; those that overlap or touch count as one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def holds(self, span: Span) -> bool:
        """Tell whether a span lies wholly inside one of them."""
        at = bisect_right(self._starts, span.start) - 1
        return at >= 0 and span.end <= self._ends[at]
