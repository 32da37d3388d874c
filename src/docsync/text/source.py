"""What a file's bytes say as text, so that the same bytes can be written back."""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
import sys
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from docsync.text.refusal import Refusal
from docsync.text.spans import LineIndex, Span

MAX_BYTES: Final = 2_000_000
"""The size in bytes over which a file is refused, unless the configuration says otherwise."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_MERGES: Final = tuple(
    tuple(re.compile(mark, re.MULTILINE) for mark in marks)
    for marks in ((r"^<{7} [^\r\n]*", r"^>{7} "), (r"^<{7}(?=\r?$)", r"^={7}(?=\r?$)", r"^>{7}(?=\r?$)"))
)
"""The lines of an unresolved merge in their order: with the names of both sides, and as tools write it that have none."""
_WIDE: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),  # first, since it begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_READ: Final = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY
_CHUNK: Final = 1 << 18
_NUL: Final = "the file holds a NUL character, so it is not text; delete that, or save the file as UTF-8 if it is UTF-16"


class SourceFile(Struct, frozen=True):
    """Hold one file's text exactly as decoded: line ends untouched, the byte order mark set apart.

    `path` is relative to the project root, with forward slashes. `newline` is the commonest line end, the first one seen
    winning a tie, and a line feed where there is none. Offsets everywhere in docsync count code points of `text`.
    """

    path: str
    text: str
    bom: bool
    newline: str
    lines: LineIndex

    def encode(self, text: str | None = None) -> bytes:
        """Give the bytes of this file, or of `text` in its place; the inverse of `decode`."""
        body = (self.text if text is None else text).encode("utf-8")
        return codecs.BOM_UTF8 + body if self.bom else body

    def slice(self, span: Span) -> str:
        """Give the text that a span marks."""
        return self.text[span.start : span.end]


def line_index(text: str) -> LineIndex:
    r"""Index the lines of a text as CommonMark ends them: `\n`, `\r\n` and a lone `\r`, nothing else."""
    if "\r" not in text:
        starts = [0]
        at = text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        return LineIndex.of(starts, len(text))
    return LineIndex.of((0, *(match.end() for match in _LINE_END.finditer(text))), len(text))


def decode(path: str, raw: bytes, *, max_bytes: int = MAX_BYTES, conflicts: bool = False) -> SourceFile:
    """Decode a file's bytes as UTF-8.

    Raises Refusal for UTF-16, NUL, invalid UTF-8, a file over `max_bytes`, and, unless `conflicts` allows them, the
    markers of an unresolved merge.
    """
    if len(raw) > max_bytes:
        raise _too_large(len(raw), max_bytes)
    for mark, name in _WIDE:
        if raw.startswith(mark):
            raise Refusal("DS002", f"the file is {name}; save it as UTF-8")
    bom = raw.startswith(codecs.BOM_UTF8)
    text = _utf8(raw[len(codecs.BOM_UTF8) :] if bom else raw, len(codecs.BOM_UTF8) if bom else 0)
    lines = line_index(text)
    if (nul := text.find("\0")) >= 0:
        raise Refusal("DS002", _NUL, span=Span(nul, nul + 1), lines=lines)
    if not conflicts and (conflict := _conflict(text)):
        raise Refusal("DS004", "an unresolved merge conflict; resolve it first", span=conflict, lines=lines)
    return SourceFile(path, text, bom, _newline(text), lines)


def read(root: str, path: str, *, max_bytes: int = MAX_BYTES, conflicts: bool = False, follow: bool = False) -> SourceFile:
    """Read and decode the file at `path` below `root`.

    Raises Refusal as `decode` does, for a file that cannot be read, for what is no regular file (it never waits for a FIFO
    or a device), and for a symbolic link: unless `follow` allows links, which still must not lead out of `root`.
    """
    try:
        raw = _bytes(root, path, max_bytes, follow=follow)
    except OSError as error:
        if error.errno == errno.ELOOP and not follow:
            raise Refusal("DS005", "a symbolic link, which is not followed unless follow-links is set") from error
        raise Refusal("DS005", f"the file cannot be read: {error.strerror or error}") from error
    return decode(path, raw, max_bytes=max_bytes, conflicts=conflicts)


def contents(descriptor: int, limit: int = sys.maxsize) -> bytes:
    """Read an open file from its beginning, as far as `limit` bytes, wherever it was read before."""
    pieces: list[bytes] = []
    at = 0
    while piece := os.pread(descriptor, min(_CHUNK, limit - at), at):
        pieces.append(piece)
        at += len(piece)
    return b"".join(pieces)


def _bytes(root: str, path: str, max_bytes: int, *, follow: bool) -> bytes:
    full = os.path.join(root, path)
    if follow and not _is_inside(root, full):
        raise Refusal("DS005", "a symbolic link that leads out of the project")
    descriptor = os.open(full, _READ if follow else _READ | os.O_NOFOLLOW)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Refusal("DS005", "not a regular file")
        raw = contents(descriptor, max_bytes + 1)
    finally:
        os.close(descriptor)
    if len(raw) > max_bytes:
        raise _too_large(max(status.st_size, len(raw)), max_bytes)
    return raw


def _is_inside(root: str, path: str) -> bool:
    top = os.path.realpath(root)
    return os.path.commonpath((top, os.path.realpath(path))) == top


def _too_large(size: int, limit: int) -> Refusal:
    return Refusal("DS003", f"the file has {size:,} bytes, over the limit of {limit:,}; raise max-file-size to read it")


def _utf8(raw: bytes, before: int) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        # Offsets of an undecodable file count bytes: latin-1 gives each byte one code point, so lines still come out.
        lines = line_index(raw.decode("latin-1"))
        if (nul := raw.find(0)) >= 0:
            raise Refusal("DS002", _NUL, span=Span(nul, nul + 1), lines=lines) from error
        raise Refusal(
            "DS001",
            f"not UTF-8: byte 0x{raw[error.start]:02x} at offset {before + error.start}; save the file as UTF-8",
            span=Span(error.start, error.start + 1),
            lines=lines,
        ) from error


def _conflict(text: str) -> Span | None:
    """Find the first conflict marker; its other lines must be there, since a lone row of signs is also an example or a typo."""
    if "<<<<<<<" not in text:
        return None
    return next((found for marks in _MERGES if (found := _in_order(text, marks))), None)


def _in_order(text: str, marks: Iterable[re.Pattern[str]]) -> Span | None:
    """Give the span of the first mark, where the others follow it."""
    found: list[re.Match[str]] = []
    for mark in marks:
        following = mark.search(text, found[-1].end() if found else 0)
        if not following:
            return None
        found.append(following)
    return Span(*found[0].span())


def _newline(text: str) -> str:
    if "\r" not in text:
        return "\n"
    counts: dict[str, int] = {}
    for match in _LINE_END.finditer(text):
        counts[match[0]] = counts.get(match[0], 0) + 1
    return max(counts, key=lambda end: counts[end])
