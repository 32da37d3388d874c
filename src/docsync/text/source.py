"""What a file's bytes say as text, so that the same bytes can be written back."""

from __future__ import annotations

import codecs
import os
import re
from dataclasses import dataclass
from typing import Final

from docsync.text.refusal import Refusal
from docsync.text.spans import LineIndex, Span

MAX_BYTES: Final = 2_000_000
"""The size in bytes over which a file is refused, unless the configuration says otherwise."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_CONFLICT = re.compile(r"^(?:<{7} .*|>{7} .*)$", re.MULTILINE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class SourceFile:
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
        return LineIndex(tuple(starts), len(text))
    return LineIndex((0, *(match.end() for match in _LINE_END.finditer(text))), len(text))


def decode(path: str, raw: bytes, *, max_bytes: int = MAX_BYTES, conflicts: bool = False) -> SourceFile:
    """Decode a file's bytes as UTF-8.

    Raises Refusal for UTF-16, NUL, invalid UTF-8, a file over `max_bytes`, and, unless `conflicts` allows them, the
    markers of an unresolved merge.
    """
    if len(raw) > max_bytes:
        raise Refusal(
            "DS003", f"the file has {len(raw):,} bytes, over the limit of {max_bytes:,}; raise max-file-size to read it"
        )
    if raw.startswith(_UTF16):
        raise Refusal("DS002", "the file is UTF-16; save it as UTF-8")
    bom = raw.startswith(codecs.BOM_UTF8)
    text = _utf8(raw[len(codecs.BOM_UTF8) :] if bom else raw)
    lines = line_index(text)
    if (nul := text.find("\0")) >= 0:
        raise Refusal("DS002", "the file holds a NUL character, so it is not text", span=Span(nul, nul + 1), lines=lines)
    if not conflicts and (conflict := _conflict(text)):
        raise Refusal("DS004", "an unresolved merge conflict; resolve it first", span=conflict, lines=lines)
    return SourceFile(path, text, bom, _newline(text), lines)


def read(root: str, path: str, *, max_bytes: int = MAX_BYTES, conflicts: bool = False) -> SourceFile:
    """Read and decode the file at `path` below `root`; raises Refusal as `decode` does, and for a file that cannot be read."""
    try:
        with open(os.path.join(root, path), "rb") as stream:
            raw = stream.read(max_bytes + 1)
            if len(raw) > max_bytes:
                size = os.fstat(stream.fileno()).st_size
                raise Refusal(
                    "DS003",
                    f"the file has {size:,} bytes, over the limit of {max_bytes:,}; raise max-file-size to read it",
                )
    except OSError as error:
        raise Refusal("DS005", f"the file cannot be read: {error.strerror or error}") from error
    return decode(path, raw, max_bytes=max_bytes, conflicts=conflicts)


def _too_large(size: int, limit: int) -> Refusal:
    return Refusal("DS003", f"the file has {size:,} bytes, over the limit of {limit:,}; raise max-file-size to read it")


def _utf8(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        # Offsets of an undecodable file count bytes: latin-1 gives each byte one code point, so lines still come out.
        lines = line_index(raw.decode("latin-1"))
        raise Refusal(
            "DS001",
            f"not UTF-8: byte 0x{raw[error.start]:02x} at offset {error.start}; save the file as UTF-8",
            span=Span(error.start, error.start + 1),
            lines=lines,
        ) from error


def _conflict(text: str) -> Span | None:
    """Find the first conflict marker; both ends must be there, since a lone row of signs is also a heading's underline."""
    if "<<<<<<< " not in text or ">>>>>>> " not in text:
        return None
    found = _CONFLICT.search(text)
    return Span(*found.span()) if found else None


def _newline(text: str) -> str:
    if "\r" not in text:
        return "\n"
    counts: dict[str, int] = {}
    for match in _LINE_END.finditer(text):
        counts[match[0]] = counts.get(match[0], 0) + 1
    return max(counts, key=lambda end: counts[end])
