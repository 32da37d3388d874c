"""What each file states: the per-file stage, with every refusal and every fault of our own kept to its file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from docsync.config.values import Config
from docsync.engine.fingerprint import digest
from docsync.models.document import DocumentFacts, Trouble, slim
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile, decode, line_index
from docsync.text.spans import LineIndex, Span

_NOTHING: Final = LineIndex.of((0,), 0)
_OURS: Final = "DS900"
_START: Final = Span(0, 0)


class Read(Struct, frozen=True):
    """Hold what was read of one file: the digest of its bytes, none where there were none to be had, and its facts."""

    digest: bytes
    facts: DocumentFacts

    @property
    def keeps(self) -> bool:
        """Tell whether the same bytes will always give the same facts; not so where reading failed."""
        return bool(self.digest) and not any(trouble.code == _OURS for trouble in self.facts.troubles)


def read_file(root: str, path: str, config: Config) -> Read:
    """Read a file from the disk; one that cannot be read is a refused document and no exception."""
    try:
        raw = file_bytes(root, path, config.max_file_size)
    except Refusal as refusal:
        return Read(b"", refused(path, refusal))
    return read_bytes(path, raw, config)


def file_bytes(root: str, path: str, limit: int) -> bytes:
    """Give a file's bytes, but never more than one over the limit; raises Refusal where it cannot be read."""
    try:
        # A FIFO that has taken the place of a file since it was found must not keep us waiting.
        with os.fdopen(os.open(os.path.join(root, path), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            raw = stream.read(limit + 1)
    except OSError as error:
        raise Refusal("DS005", f"the file cannot be read: {error.strerror or error}") from error
    if len(raw) > limit:
        said = f"the file has {size:,} bytes, over the limit of {limit:,}; raise max-file-size to read it"
        raise Refusal("DS003", said)
    return raw


def read_bytes(path: str, raw: bytes, config: Config) -> Read:
    """Read a file's bytes; what our own code does not survive is reported as its fault, at that file."""
    found = digest(raw)
    try:
        return Read(found, _read_document(decode(path, raw, max_bytes=config.max_file_size), config))
    except Refusal as refusal:
        return Read(found, refused(path, refusal))
    except Exception as error:  # noqa: BLE001  # one file must not keep the others from being checked
        return Read(found, _crashed(path, raw, error))


def refused(path: str, refusal: Refusal) -> DocumentFacts:
    """Give the facts of a file of which nothing is read."""
    trouble = Trouble(refusal.code, refusal.span, refusal.message, refusal.related)
    return DocumentFacts(path, "", "\n", refusal.lines or _NOTHING, troubles=(trouble,), refused=True)


def unlisted(folders: Mapping[str, str]) -> Iterable[DocumentFacts]:
    """Give a refused document for each folder that could not be listed, with the reason."""
    for folder, reason in folders.items():
        yield refused(folder.rstrip("/") or ".", Refusal("DS005", f"the folder cannot be listed: {reason}"))


def load_parser() -> None:
    """Load all that reading needs, so that processes forked from this one have it."""
    from docsync.models.kinds import validation  # noqa: F401, PLC0415  # what a document with records takes besides
    from docsync.parser import document  # noqa: F401, PLC0415  # the one import that a run without changes does without


def _read_document(source: SourceFile, config: Config) -> DocumentFacts:
    from docsync.parser.document import read_document  # noqa: PLC0415  # as above

    return slim(read_document(source, config))


def _crashed(path: str, raw: bytes, error: Exception) -> DocumentFacts:
    if os.environ.get("DOCSYNC_DEBUG"):
        raise error
    said = f"docsync failed while it read this file: {type(error).__name__}: {error}"
    lines = line_index(raw.decode("utf-8", "replace"))
    trouble = Trouble(_OURS, _START, said, help="please report it; DOCSYNC_DEBUG=1 shows where")
    return DocumentFacts(path, "", "\n", lines, troubles=(trouble,), refused=True)
