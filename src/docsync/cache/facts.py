"""What each file's bytes were found to state, kept so that only changed files are read again."""

from __future__ import annotations

import os
from collections.abc import Mapping
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


class Kept(Struct, frozen=True):
    """Hold all facts that were kept, and the parts that they were kept in."""

    facts: Mapping[Key, DocumentFacts]
    parts: tuple[str, ...]


def recall_facts(folder: CacheFolder, identity: str) -> Kept:
    """Give the facts that were kept under an identity, which stands for docsync's version and the configuration."""
    found: dict[Key, DocumentFacts] = {}
    parts = folder.names(_stem(identity))
    for name in parts:
        part = load(folder.read(name))
        if isinstance(part, dict):
            found.update(part)
    return Kept(found, parts)


def keep_facts(folder: CacheFolder, identity: str, kept: Kept, current: Mapping[Key, DocumentFacts]) -> None:
    """Keep what is new among the current facts; in one part with all of them once parts or leftovers have become many.

    A part is written once and never changed, so that two runs at a time cannot harm each other.
    """
    new = {key: facts for key, facts in current.items() if key not in kept.facts}
    if not new:
        return
    gather = len(kept.parts) >= _MOST_PARTS or len(kept.facts) + len(new) > 2 * len(current) + _SPARE
    body = dump(dict(current) if gather else new)
    if body is None:
        return
    folder.write(f"{_stem(identity)}{os.urandom(8).hex()}", body)
    if gather:
        folder.drop(kept.parts)
    folder.trim("facts-", _MOST_FILES)


def _stem(identity: str) -> str:
    return f"facts-{identity}-"
