"""What each file's bytes were found to state, kept so that only changed files are read again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Final, TypeAlias

from msgspec import Struct

from docsync.cache.folder import CacheFolder
from docsync.cache.pickles import dump, load
from docsync.models.document import DocumentFacts

Key: TypeAlias = "tuple[str, bytes]"
"""A file's path and the digest of its bytes."""

_MOST_PARTS: Final = 8
_MOST_FILES: Final = 3 * _MOST_PARTS
"""For a few configurations or versions that take turns."""
_SPARE: Final = 200
"""Entries that may be kept beyond those in use, for files that go back to what they were."""
_AT_ONCE: Final = 500
"""Entries in one piece: to pickle many takes more memory than they are, and more time for each."""


class Kept(Struct, frozen=True):
    """Hold all facts that were kept, and the parts that they were kept in."""

    facts: Mapping[Key, DocumentFacts]
    parts: tuple[str, ...]


def recall_facts(folder: CacheFolder, identity: str) -> Kept:
    """Give the facts that were kept under an identity, which stands for docsync's version and the configuration."""
    found: dict[Key, DocumentFacts] = {}
    parts = folder.names(_stem(identity))
    for raw in chain.from_iterable(map(folder.pieces, parts)):
        piece = load(raw)
        if isinstance(piece, dict):
            found.update(piece)
    return Kept(found, parts)


def keep_facts(folder: CacheFolder, identity: str, kept: Kept, current: Mapping[Key, DocumentFacts]) -> None:
    """Keep what is new among the current facts; in one part with all of them once parts or leftovers have become many.

    A part is written once and never changed, so that two runs at a time cannot harm each other.
    """
    new = {key: facts for key, facts in current.items() if key not in kept.facts}
    if not new:
        return
    gather = len(kept.parts) >= _MOST_PARTS or len(kept.facts) + len(new) > 2 * len(current) + _SPARE
    pieces = _pieces(current if gather else new)
    first = next(pieces, None)
    if first is None:
        return
    folder.write_pieces(f"{_stem(identity)}{os.urandom(8).hex()}", chain((first,), pieces))
    if gather:
        folder.drop(kept.parts)
    folder.trim("facts-", _MOST_FILES)


def _pieces(facts: Mapping[Key, DocumentFacts]) -> Iterator[bytes]:
    entries = iter(facts.items())
    while some := dict(islice(entries, _AT_ONCE)):
        if raw := dump(some):
            yield raw


def _stem(identity: str) -> str:
    return f"facts-{identity}-"
