"""Who stands by at a socket: the one that holds its lock, whether or not it answers."""

from __future__ import annotations

import fcntl
import os
from typing import Final

from docsync.engine.request import JobError

LOCK: Final = "standby-lock"
"""The file that whoever stands by holds locked; tells its process."""
_FLAGS: Final = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW


def holder(path: str) -> int | None:
    """Give the process that stands by at a socket, whether or not it answers; None where nobody does, 0 for one unknown."""
    try:
        if (lock := locked(path, make=False)) >= 0:
            os.close(lock)
            return None
        with open(_lock_of(path), encoding="ascii") as stream:
            said = stream.read(20)
    except (JobError, OSError, ValueError):
        return None
    return int(said) if said.isdecimal() else 0


def _lock_of(path: str) -> str:
    return os.path.join(os.path.dirname(path), LOCK)


def locked(path: str, *, make: bool) -> int:
    """Lock the place of whoever stands by at a socket, and give the lock; -1 where somebody has it."""
    try:
        lock = os.open(_lock_of(path), _FLAGS | (os.O_CREAT if make else 0), 0o600)
    except OSError as error:
        raise JobError(f"{_lock_of(path)}: {error.strerror or error}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return -1
    return lock


def place_of(path: str) -> tuple[int, int] | None:
    """Tell the socket at a path from another one that was put there since; None where there is none."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino
