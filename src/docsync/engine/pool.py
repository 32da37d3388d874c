"""How many files are read at once: by several processes where that pays, else by this one."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from docsync.cache.pickles import dump, load
from docsync.config.values import Config
from docsync.engine.reading import Read, load_parser, read_file
from docsync.models.document import DocumentFacts

_PAYS_FROM: Final = 600_000
"""In bytes. Measured on two cores: 0.41 MB take 230 ms alone and 190 ms in processes, whose modules take 30 ms to load; 1 MB
take 440 and 270 ms, 3 MB 1.9 and 1.2 s."""
_CHUNKS_EACH: Final = 4

_job: list[tuple[str, Config]] = []
"""In a worker process, the root and the configuration, handed over once."""


def read_all(root: str, config: Config, sizes: Mapping[str, int]) -> dict[str, Read]:
    """Read files, given with their sizes in bytes; the outcome does not depend on how many processes do it."""
    workers = _workers() if sum(sizes.values()) >= _PAYS_FROM else 1
    done = dict(_in_processes(root, config, sizes, workers)) if workers > 1 else {}
    # What a process that died has left undone is read here.
    return {path: done.get(path) or read_file(root, path, config) for path in sizes}


def _workers() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return min(len(affinity(0)) if affinity else os.cpu_count() or 1, 8)


def _in_processes(root: str, config: Config, sizes: Mapping[str, int], workers: int) -> Iterator[tuple[str, Read]]:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # costs more than reading a few files
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    load_parser()
    # A fork starts at once with all modules loaded; it is safe while there is one thread, but never on macOS.
    context = get_context("fork" if sys.platform.startswith("linux") and threading.active_count() == 1 else "spawn")
    try:
        with ProcessPoolExecutor(workers, context, _begin, (root, config)) as executor:
            for done in executor.map(_read_chunk, _chunks(sizes, workers * _CHUNKS_EACH)):
                for path, digest, facts in _opened(done):
                    yield path, Read(digest, facts)
    except (BrokenProcessPool, OSError):  # one died, or the system grants no more of them
        return


def _chunks(sizes: Mapping[str, int], count: int) -> Sequence[list[str]]:
    """Deal the files out, the largest first, so that no chunk ends long after the others."""
    chunks: list[list[str]] = [[] for _ in range(count)]
    for at, path in enumerate(sorted(sizes, key=lambda path: -sizes[path])):
        chunks[at % count].append(path)
    return chunks


def _begin(root: str, config: Config) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is told once, by the process that was started
    _job.append((root, config))


def _read_chunk(paths: list[str]) -> bytes | None:
    """Read files, and pack what they state: our own packing takes less than half the time of that between processes."""
    root, config = _job[-1]
    reads = ((path, read_file(root, path, config)) for path in paths)
    return dump([(path, read.digest, read.facts) for path, read in reads])


def _opened(packed: bytes | None) -> list[tuple[str, bytes, DocumentFacts]]:
    found = load(packed)
    return found if isinstance(found, list) else []
