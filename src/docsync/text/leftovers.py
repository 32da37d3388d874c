"""What a run that was killed leaves behind, told by its name and cleared away by the next run."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Final

from docsync.text.folders import opened
from docsync.text.refusal import Refusal
from docsync.text.source import contents

PREFIX: Final = ".docsync-"
"""How the names of all temporary files begin."""

_STALE: Final = 3600.0
_NAME = re.compile(re.escape(PREFIX) + r"(\d{1,10})-([0-9a-f]{8})-[0-9a-f]{16}(?:\.part|-([0-9a-f]{16})-([0-9a-f]{16})\.swap)")


def part_name() -> str:
    """Make the name of a file that is being written: it holds nothing of anyone's, whole or not."""
    return f"{PREFIX}{os.getpid()}-{_here()}-{os.urandom(8).hex()}.part"


def swap_name(part: str, new: bytes, old: bytes) -> str:
    """Make the name under which a written file is exchanged; it tells our text and the replaced text from any other."""
    return f"{part.removesuffix('.part')}-{_digest(new)}-{_digest(old)}.swap"


def discard(folder: int, name: str) -> None:
    """Remove a temporary file, if it is there; one that cannot be removed is the next run's to clear away."""
    with suppress(OSError):
        os.unlink(name, dir_fd=folder)


def rescue(folder: int, name: str) -> str:
    """Give a file that may hold somebody's save a name that is seen and never swept; returns that name."""
    rescued = f"docsync-rescued-{os.urandom(8).hex()}"
    os.rename(name, rescued, src_dir_fd=folder, dst_dir_fd=folder)
    return rescued


def sweep(root: str, folders: Iterable[str]) -> tuple[str, ...]:
    """Clear away what dead runs left in these folders below `root`; returns the paths of what was rescued instead.

    A run is dead when its process is, or, for a process of another machine or container, after an hour. A folder that
    cannot be read or written is passed over.
    """
    rescued: list[str] = []
    for path in dict.fromkeys(folders):
        with suppress(OSError, Refusal), opened(root, path) as folder:
            rescued += (os.path.join(path, name) for name in _sweep(folder))
    return tuple(rescued)


def _sweep(folder: int) -> list[str]:
    rescued: list[str] = []
    for name in os.listdir(folder):
        found = _NAME.fullmatch(name) if name.startswith(PREFIX) else None
        with suppress(FileNotFoundError):  # another run may be sweeping, too
            if found and _is_dead(folder, found):
                if _is_ours(folder, found):
                    discard(folder, name)
                else:
                    rescued.append(rescue(folder, name))
    return rescued


def _is_dead(folder: int, found: re.Match[str]) -> bool:
    status = os.stat(found[0], dir_fd=folder, follow_symlinks=False)
    # An exchanged file has the old file's modification time; the time of its last change of name is the status change.
    if time.time() - max(status.st_mtime, status.st_ctime) > _STALE:
        return True
    return found[2] == _here() and not _is_alive(int(found[1]))


def _is_ours(folder: int, found: re.Match[str]) -> bool:
    """Tell whether a leftover holds our text or the one it replaced, and not a save that was exchanged for it."""
    if found[3] is None:
        return True
    try:
        descriptor = os.open(found[0], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:  # a link, or not for us to read
        return False
    try:
        return stat.S_ISREG(os.fstat(descriptor).st_mode) and _digest(contents(descriptor)) in found.groups()[2:]
    finally:
        os.close(descriptor)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


@cache
def _here() -> str:
    """Name the machine and container whose process numbers ours can be compared with."""
    try:
        space = os.readlink("/proc/self/ns/pid")
    except OSError:
        space = ""
    return hashlib.sha256(f"{os.uname().nodename} {space}".encode()).hexdigest()[:8]


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:16]
