"""Where the text goes that no edit of a change touches."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from docsync.text.edits import Edit
from docsync.text.spans import Span


class Moves:
    """Tell where text went that no edit touched, and which is new."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = sorted(edits, key=lambda edit: edit.span)
        self._ends: list[int] = []
        self._shifts: list[int] = []
        self._new: list[Span] = []
        shift = 0
        for edit in self._edits:
            start = edit.span.start + shift
            self._new.append(Span(start, start + len(edit.text)))
            shift += len(edit.text) - len(edit.span)
            self._ends.append(edit.span.end)
            self._shifts.append(shift)

    def touches(self, span: Span) -> bool:
        """Tell whether an edit takes away of a span, or stands beside it."""
        return any(edit.span.start <= span.end and span.start <= edit.span.end for edit in self._edits)

    def is_new(self, span: Span) -> bool:
        """Tell whether an edit brought some of a span of the changed text, or stands beside it."""
        return any(new.start <= span.end and span.start <= new.end for new in self._new)

    def moved(self, span: Span) -> Span:
        """Give where a span stands in the changed text."""
        at = bisect_right(self._ends, span.start) - 1
        shift = self._shifts[at] if at >= 0 else 0
        return Span(span.start + shift, span.end + shift)

    def goes(self, offset: int) -> bool:
        """Tell whether an edit takes away or replaces what stands at an offset."""
        at = bisect_right(self._edits, offset, key=lambda edit: edit.span.start) - 1
        return at >= 0 and offset < self._edits[at].span.end

    def comes(self, offset: int) -> bool:
        """Tell whether an edit brought what stands at an offset of the changed text, or took away what stood before it."""
        at = bisect_right(self._new, offset, key=lambda new: new.start) - 1
        return at >= 0 and (offset < self._new[at].end or offset == self._new[at].start)

    def place(self, offset: int) -> int:
        """Give where an offset stands in the changed text; below nought it is none, and stays."""
        return self.moved(Span(offset, offset)).start if offset >= 0 else offset
