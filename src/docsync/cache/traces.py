"""What versions of documents were found to say of records, kept so that a version is read once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final, TypeAlias

from msgspec import Struct

from docsync.cache.folder import CacheFolder
from docsync.cache.pickles import dump, load
from docsync.models.history import Trace

Version: TypeAlias = "tuple[str, str]"
"""A document's path, and git's name of its contents."""

_KIND: Final = "traces-"
_MOST_PARTS: Final = 8
_MOST_FILES: Final = 3 * _MOST_PARTS
_MOST_TRACES: Final = 100_000
"""Beyond these, only those of the history at hand are kept."""


class KeptTraces(Struct, frozen=True):
    """Hold all traces that were kept, and the parts that they were kept in."""

    traces: Mapping[Version, Trace]
    parts: tuple[str, ...]


def recall_traces(folder: CacheFolder, identity: str) -> KeptTraces:
    """Give the traces that were kept under an identity, which stands for docsync's version and the configuration."""
    found: dict[Version, Trace] = {}
    parts = folder.names(f"{_KIND}{identity}-")
    for name in parts:
        part = load(folder.read(name))
        if isinstance(part, dict):
            found.update(part)
    return KeptTraces(found, parts)


def keep_traces(folder: CacheFolder, identity: str, kept: KeptTraces, current: Mapping[Version, Trace]) -> None:
    """Keep what is new among the current traces; a part is written once, and parts are put together when they are many."""
    new = {version: trace for version, trace in current.items() if version not in kept.traces}
    if not new:
        return
    gather = len(kept.parts) >= _MOST_PARTS
    every = current if len(kept.traces) + len(new) > _MOST_TRACES else {**kept.traces, **new}
    body = dump(dict(every) if gather else new)
    if body is None:
        return
    folder.write(f"{_KIND}{identity}-{os.urandom(8).hex()}", body)
    if gather:
        folder.drop(kept.parts)
    folder.trim(_KIND, _MOST_FILES)
