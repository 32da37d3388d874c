"""Whether a file is still what it was when we read it, and whether anyone is about to change that."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from msgspec import Struct

from docsync.text.refusal import Refusal
from docsync.text.source import contents

_READ: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY
_HAS_LEASES: Final = hasattr(fcntl, "F_SETLEASE")


class Changed(Exception):
    """Say that a file is not what was read, or that another program has it open for writing."""


class Held(Struct, frozen=True):
    """Hold a file open under a read lease, with the bytes that it held at that moment.

    While the lease stands nobody has the file open for writing, and whoever tries waits in `open` until it is given up,
    which breaks it: so a writer is noticed before the first byte. `leased` is False where the system knows no leases
    (another system, a network file system, somebody else's file); then only the bytes can tell.
    """

    descriptor: int
    raw: bytes
    leased: bool
    status: os.stat_result

    def untouched(self) -> bool:
        """Tell whether the file has the bytes and the one name it had, and nobody waits to write it."""
        if self.leased and fcntl.fcntl(self.descriptor, fcntl.F_GETLEASE) != fcntl.F_RDLCK:
            return False
        return os.fstat(self.descriptor).st_nlink == 1 and contents(self.descriptor) == self.raw

    def is_named(self, folder: int, name: str) -> bool:
        """Tell whether `name` names this very file."""
        return same(os.stat(name, dir_fd=folder, follow_symlinks=False), self.status)

    def is_version(self, folder: int, name: str) -> bool:
        """Tell, by one look, whether `name` names this very file as it was when it was read: by its size and time."""
        found = os.stat(name, dir_fd=folder, follow_symlinks=False)
        then = self.status
        return same(found, then) and (found.st_size, found.st_mtime_ns) == (then.st_size, then.st_mtime_ns)


@contextmanager
def held(folder: int, name: str) -> Iterator[Held]:
    """Hold the file that `name` names in an open folder, and read it.

    Raises Changed while somebody has it open for writing: what it holds then may be half of a save. Raises Refusal for
    what is no regular file.
    """
    descriptor = os.open(name, _READ, dir_fd=folder)
    try:
        leased = _lease(descriptor)
        try:
            status = os.fstat(descriptor)  # before reading, so that what is written while we read counts as a change
            if not stat.S_ISREG(status.st_mode):
                raise Refusal("DS007", "not a regular file")
            yield Held(descriptor, contents(descriptor), leased, status)
        finally:
            if leased:  # closing would do, but for a copy of the descriptor in a child process
                with suppress(OSError):
                    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    finally:
        os.close(descriptor)


def same(first: os.stat_result, second: os.stat_result) -> bool:
    """Tell whether two results of `stat` are of one file; only certain while it is open or has a name."""
    return (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)


def _lease(descriptor: int) -> bool:
    if not _HAS_LEASES:
        return False
    try:
        # Whoever breaks the lease makes the kernel send a signal. Its usual one ends the process, this one is ignored.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        if error.errno == errno.EAGAIN:
            raise Changed from error
        return False
    return True
