"""How two docsync processes take turns at one project."""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from docsync.text.refusal import Refusal

_PATIENCE: Final = 30.0
_PAUSE: Final = 0.02


@contextmanager
def locked(root: str, *, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold the project at `root` for this process; raises Refusal after `patience` seconds of waiting.

    The lock is a file in the user's cache folder, never in the tree, and the system gives it up with the process, however
    that ends. Without a cache folder there is no lock: each file's own exchange still notices the other process. It is
    not the filelock package, since importing that takes 15 ms and this takes none.
    """
    descriptor = _lock_file(root)
    if descriptor is None:
        yield
        return
    try:
        _wait(descriptor, patience)
        try:
            yield
        finally:  # closing would do, but for a copy of the descriptor in a child process
            with suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_UN)
    finally:
        os.close(descriptor)


def _lock_file(root: str) -> int | None:
    cache = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(cache):
        cache = os.path.expanduser("~/.cache")
    folder = os.path.join(cache, "docsync", "locks")
    name = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:32]
    with suppress(OSError):
        os.makedirs(folder, exist_ok=True)
        return os.open(os.path.join(folder, name), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    return None


def _wait(descriptor: int, patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                raise Refusal("DS007", "another docsync is writing in this project; try again when it is done") from error
            time.sleep(_PAUSE)
        except OSError:  # a cache folder on a file system without locks
            return
        else:
            return
