"""How a text changes: edits by span, applied all at once and shown as a diff."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from msgspec import Struct

from docsync.text.matching import Change, changes
from docsync.text.spans import Span

_CONTEXT: Final = 3
_PLAIN_PATH = re.compile(r"[^\x00-\x1f\x7f\"\\]*")
_QUOTED: Final = str.maketrans({chr(code): f"\\{code:03o}" for code in (*range(32), 127)} | {'"': '\\"', "\\": "\\\\"})


class Edit(Struct, frozen=True):
    """Replace the text that a span marks; an empty span inserts."""

    span: Span
    text: str


class Overlap(ValueError):
    """Say that two edits touch the same text, or insert at the same point, so that their order would decide."""

    def __init__(self, first: Edit, second: Edit) -> None:
        super().__init__(
            f"two edits of the same text: {first.span.start}:{first.span.end} and {second.span.start}:{second.span.end}"
        )
        self.first = first
        self.second = second


class Lost(Exception):
    """Say that a change would not leave the text outside its edits as it was.

    `offset`, in the text before, is where the piece between two edits begins that is not kept.
    """

    def __init__(self, offset: int) -> None:
        super().__init__(f"text outside the edits would change after offset {offset}")
        self.offset = offset


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Apply all edits, whose spans are of the text before any of them.

    Raises Overlap for two edits that share text, and for two insertions at one point, even equal ones; ValueError for a
    span that is not of this text. An insertion may stand at either end of a replaced span.
    """
    pieces: list[str] = []
    at = 0
    for edit in _ordered(edits, len(text)):
        pieces += text[at : edit.span.start], edit.text
        at = edit.span.end
    pieces.append(text[at:])
    return "".join(pieces)


def prove(before: str, edits: Iterable[Edit], after: str) -> None:
    """Prove that `after` is `before` but for the edits; raises Lost where it is not.

    It compares what stands between the edits, and so does not trust `apply`.
    """
    here = there = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        kept = before[here : edit.span.start]
        if edit.span.start < here or not after.startswith(kept + edit.text, there):
            raise Lost(here)
        there += len(kept) + len(edit.text)
        here = edit.span.end
    if before[here:] != after[there:]:
        raise Lost(here)


def unified_diff(path: str, before: str, after: str, *, bom: bool = False) -> str:
    r"""Show a change as a unified diff that `git apply` and `patch` accept; empty when there is none.

    Lines end at `\n` alone, as in those tools: a carriage return stays at the end of its line, so that a changed line
    end is a changed line. `bom` says that the file begins with a byte order mark, which neither text holds.
    """
    mark = "\ufeff" if bom else ""
    old, new = _lines(mark + before), _lines(mark + after)
    hunks = list(_hunks(changes(old, new)))
    if not hunks:
        return ""
    out = [f"--- {_file_name('a/' + path)}\n", f"+++ {_file_name('b/' + path)}\n"]
    for hunk in hunks:
        out += _hunk(hunk, old, new)
    return "".join(out)


def _ordered(edits: Iterable[Edit], length: int) -> list[Edit]:
    ordered = sorted(edits, key=lambda edit: edit.span)
    for edit in ordered:
        if not 0 <= edit.span.start <= edit.span.end <= length:
            raise ValueError(f"no such span in a text of {length}: {edit.span.start}:{edit.span.end}")
    for first, second in pairwise(ordered):
        if second.span.start < first.span.end or first.span == second.span:
            raise Overlap(first, second)
    return ordered


def _lines(text: str) -> list[str]:
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _hunks(found: Iterable[Change]) -> Iterator[list[Change]]:
    """Group the changes whose lines of context would touch."""
    hunk: list[Change] = []
    for change in found:
        if hunk and change.before.start - hunk[-1].before.end > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _hunk(hunk: list[Change], old: list[str], new: list[str]) -> list[str]:
    lead = min(_CONTEXT, hunk[0].before.start)
    trail = min(_CONTEXT, len(old) - hunk[-1].before.end)
    was = Span(hunk[0].before.start - lead, hunk[-1].before.end + trail)
    now = Span(hunk[0].after.start - lead, hunk[-1].after.end + trail)
    out = [f"@@ -{_extent(was)} +{_extent(now)} @@\n"]
    at = was.start
    for change in hunk:
        out += (_line(" ", line) for line in old[at : change.before.start])
        out += (_line("-", line) for line in old[change.before.start : change.before.end])
        out += (_line("+", line) for line in new[change.after.start : change.after.end])
        at = change.before.end
    out += (_line(" ", line) for line in old[at : was.end])
    return out


def _line(sign: str, line: str) -> str:
    return sign + line if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"


def _extent(lines: Span) -> str:
    # A hunk without lines on one side names the line before it.
    first = lines.start + 1 if len(lines) else lines.start
    return str(first) if len(lines) == 1 else f"{first},{len(lines)}"


def _file_name(path: str) -> str:
    if _PLAIN_PATH.fullmatch(path):
        return path + "\t" if " " in path else path  # the tab is how these tools tell where a name with spaces ends
    return f'"{path.translate(_QUOTED)}"'
