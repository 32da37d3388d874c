"""Who reads the files: several processes where that pays, an executor that was asked for, else this process."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import docsync
from docsync.cache.pickles import dump, load
from docsync.config.values import Config
from docsync.engine.reading import Read, file_bytes, load_parser, read_bytes, read_file
from docsync.engine.request import ANYONE, Crew, JobError
from docsync.models.document import DocumentFacts
from docsync.text.refusal import Refusal

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

_PAYS_FROM: Final = 600_000
"""In bytes. Measured on two cores: 0.41 MB take 230 ms alone and 190 ms in processes, whose modules take 30 ms to load; 1 MB
take 440 and 270 ms, 3 MB 1.9 and 1.2 s."""
_CHUNKS_EACH: Final = 4
_MOST_IN_CHUNK: Final = 250
"""What comes back at once: a megabyte, which takes several to unpack."""
_SENT_AT_ONCE: Final = 25
"""Files in one message: some 250 kB, and a fifth of a second of work."""

_MOST_SENT: Final = 256
"""Messages under way: some 64 MB, and work for a hundred workers and more."""

_job: list[tuple[str, Config]] = []
"""In a worker process, the root and the configuration, handed over once."""


def nothing() -> None:
    """Do nothing while others read."""


def read_all(
    root: str, config: Config, sizes: Mapping[str, int], crew: Crew = ANYONE, meanwhile: Callable[[], None] = nothing
) -> dict[str, Read]:
    """Read files, given with their sizes in bytes; the outcome does not depend on who does it.

    `meanwhile` is done once while other processes read, and not at all where none do. Raises JobError where an executor that
    was asked for is out of reach.
    """
    if crew.executor and sizes:
        from docsync.engine.executors import executor_of  # noqa: PLC0415  # few ask for one

        with executor_of(crew.executor) as executor:
            done = read_with(executor, root, config, sizes)
    else:
        workers = crew.jobs or (_workers() if sum(sizes.values()) >= _PAYS_FROM else 1)
        done = dict(_in_processes(root, config, sizes, workers, meanwhile)) if workers > 1 and len(sizes) > 1 else {}
    # What a process that died has left undone is read here.
    return {path: done.get(path) or read_file(root, path, config) for path in sizes}


def read_with(executor: Executor, root: str, config: Config, sizes: Mapping[str, int]) -> dict[str, Read]:
    """Read files with any executor: their bytes are sent along, since its workers may stand on other machines.

    Raises JobError where a worker's docsync is another one.
    """
    load_parser()
    done: dict[str, Read] = {}
    sent: deque[Future[tuple[str, bytes | None]]] = deque()
    for chunk in _chunks(sizes, max(1, len(sizes) // _SENT_AT_ONCE)):
        raws = [(path, raw) for path in chunk if (raw := _raw(root, path, config)) is not None]
        sent.append(executor.submit(read_sent, config, raws))
        if len(sent) > _MOST_SENT:
            done |= _answered(sent.popleft())
    while sent:
        done |= _answered(sent.popleft())
    return done


def _answered(reading: Future[tuple[str, bytes | None]]) -> dict[str, Read]:
    """Wait for what a worker reads, and unpack it; raises JobError where its docsync is another one."""
    version, packed = reading.result()
    if version != docsync.__version__:
        raise JobError(f"a worker of the executor runs docsync {version}, this is {docsync.__version__}; install the same")
    return {path: Read(digest, facts) for path, digest, facts in _opened(packed)}


def read_sent(config: Config, sent: Sequence[tuple[str, bytes]]) -> tuple[str, bytes | None]:
    """Read files from their bytes, in a worker; gives its docsync's version and what they state, packed."""
    reads = ((path, read_bytes(path, raw, config)) for path, raw in sent)
    return docsync.__version__, dump([(path, read.digest, read.facts) for path, read in reads])


def _raw(root: str, path: str, config: Config) -> bytes | None:
    try:
        return file_bytes(root, path, config.max_file_size)
    except Refusal:  # read_file tells of it
        return None


def _workers() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return min(len(affinity(0)) if affinity else os.cpu_count() or 1, 8)


def _in_processes(
    root: str, config: Config, sizes: Mapping[str, int], workers: int, meanwhile: Callable[[], None]
) -> Iterator[tuple[str, Read]]:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # costs more than reading a few files
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    load_parser()
    # A fork starts at once with all modules loaded; it is safe while there is one thread, but never on macOS.
    context = get_context("fork" if sys.platform.startswith("linux") and threading.active_count() == 1 else "spawn")
    try:
        with ProcessPoolExecutor(workers, context, _begin, (root, config)) as executor:
            chunks = _chunks(sizes, max(workers * _CHUNKS_EACH, len(sizes) // _MOST_IN_CHUNK))
            coming = executor.map(_read_chunk, chunks)
            meanwhile()
            for done in coming:
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
