"""What two rounds of edits come to as one, so that the second round's spans mean the text before the first."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from docsync.text.edits import Edit
from docsync.text.spans import Span


class _Piece(Struct, frozen=True):
    """A piece of the text between the rounds: the original span that it is, or (`new`) that stands in the place of."""

    start: int
    end: int
    new: str | None = None

    @property
    def length(self) -> int:
        return self.end - self.start if self.new is None else len(self.new)

    def cut(self, at: int) -> tuple[_Piece, _Piece]:
        if self.new is None:
            return _Piece(self.start, self.start + at), _Piece(self.start + at, self.end)
        return _Piece(self.start, self.end, self.new[:at]), _Piece(self.end, self.end, self.new[at:])


def compose(first: Iterable[Edit], second: Iterable[Edit], length: int) -> tuple[Edit, ...]:
    """Give edits of a text of `length` that do what the first and then the second round does."""
    waiting = deque(_pieces(first, length))
    done: list[_Piece] = []
    at = 0
    for edit in sorted(second, key=lambda edit: edit.span):
        done += _take(waiting, edit.span.start - at)
        gone = _take(waiting, len(edit.span))
        here = done[-1].end if done else 0
        done.append(_Piece(gone[0].start if gone else here, gone[-1].end if gone else here, edit.text))
        at = edit.span.end
    return tuple(_edits([*done, *waiting]))


def _pieces(edits: Iterable[Edit], length: int) -> Iterator[_Piece]:
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        yield _Piece(at, edit.span.start)
        yield _Piece(edit.span.start, edit.span.end, edit.text)
        at = edit.span.end
    yield _Piece(at, length)


def _take(waiting: deque[_Piece], count: int) -> list[_Piece]:
    """Take pieces with so many code points off the start, cutting the last one where need be."""
    taken = []
    while count:
        piece = waiting.popleft()
        if piece.length > count:
            piece, rest = piece.cut(count)
            waiting.appendleft(rest)
        taken.append(piece)
        count -= piece.length
    return taken


def _edits(pieces: Iterable[_Piece]) -> Iterator[Edit]:
    """Give one edit for each run of new pieces."""
    present = (piece for piece in pieces if piece.new is not None or piece.length)
    for is_new, run in groupby(present, key=lambda piece: piece.new is not None):
        if is_new:
            parts = list(run)
            yield Edit(Span(parts[0].start, parts[-1].end), "".join(part.new or "" for part in parts))
