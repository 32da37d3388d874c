"""What versions of documents say of records: by several processes where there are many of them."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final, TypeAlias

from docsync.cache.pickles import dump, load
from docsync.config.values import Config
from docsync.engine.git.objects import Objects
from docsync.models.history import Trace
from docsync.text.refusal import Refusal
from docsync.text.source import decode

Version: TypeAlias = "tuple[str, str]"
"""A document's path, and git's name of its contents."""

_Raw: TypeAlias = "tuple[Version, bytes]"

UNREAD: Final = Trace(readable=False)
_PAYS_FROM: Final = 600_000
"""In bytes, as for reading files from the disk."""
_BATCH: Final = 16_000_000
"""In bytes: so much is held in memory at a time, however long a history is."""
_CHUNK: Final = 100_000

_config: list[Config] = []
"""In a worker process, handed over once."""


def read_traces(objects: Objects, config: Config, wanted: Iterable[Version]) -> dict[Version, Trace]:
    """Read versions of documents; one that cannot be read counts as such, and is no exception."""
    found: dict[Version, Trace] = {}
    for batch in _batches(objects, wanted):
        pays = sum(len(raw) for _, raw in batch) >= _PAYS_FROM
        found.update(_in_processes(config, batch) if pays else {})
        found.update((version, read_one(version, raw, config)) for version, raw in batch if version not in found)
    return found


def read_one(version: Version, raw: bytes, config: Config) -> Trace:
    """Read one version of a document."""
    from docsync.parser.traces import read_trace  # noqa: PLC0415  # a history that is known needs no parser

    path, _ = version
    try:
        return read_trace(decode(path, raw, max_bytes=config.max_file_size), config)
    except Refusal:
        return UNREAD
    except Exception:
        if os.environ.get("DOCSYNC_DEBUG"):
            raise
        return UNREAD  # a fault of ours: `check` reports it while the document stands, and the past has others to tell of


def _batches(objects: Objects, wanted: Iterable[Version]) -> Iterator[list[_Raw]]:
    batch: list[_Raw] = []
    size = 0
    for version in wanted:
        found = objects.get(version[1])
        raw = found.raw if found else b"\0"  # what git lacks is as good as what is no text
        batch.append((version, raw))
        size += len(raw)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _in_processes(config: Config, batch: Sequence[_Raw]) -> Mapping[Version, Trace]:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # costs more than reading a few documents
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    import docsync.parser.traces  # noqa: F401, PLC0415  # so that processes forked from this one have it

    found: dict[Version, Trace] = {}
    if (workers := _workers()) < 2:  # noqa: PLR2004  # one beside this one pays nothing
        return found
    # As in engine/pool.py: a fork is safe while there is one thread, but never on macOS.
    context = get_context("fork" if sys.platform.startswith("linux") and threading.active_count() == 1 else "spawn")
    with (
        suppress(BrokenProcessPool, OSError),
        ProcessPoolExecutor(workers, context, _begin, (config,)) as executor,
    ):
        for done in executor.map(_read_chunk, _chunks(batch)):
            traces = load(done)
            found.update(traces if isinstance(traces, dict) else {})
    return found


def _workers() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return min(len(affinity(0)) if affinity else os.cpu_count() or 1, 8)


def _chunks(batch: Sequence[_Raw]) -> Iterator[list[_Raw]]:
    chunk: list[_Raw] = []
    size = 0
    for version, raw in batch:
        chunk.append((version, raw))
        size += len(raw)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _begin(config: Config) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is told once, by the process that was started
    _config.append(config)


def _read_chunk(chunk: list[_Raw]) -> bytes | None:
    config = _config[-1]
    return dump({version: read_one(version, raw, config) for version, raw in chunk})
