"""What docsync keeps on this machine, project by project, and how that is kept from growing for ever."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Iterable, Iterator

from msgspec import Struct

from docsync.cache.owned import home, is_our_folder, is_ours, read_owned, sum_of

ROOT = "root"
"""The file of a project's memory that names the project."""
_MARKS = {
    ".gitignore": "# what docsync keeps belongs to this machine\n*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of docsync; it can be deleted.\n",
}
"""What keeps a cache that somebody put inside a repository out of git, and any out of backups."""
_UNUSED = 90 * 86_400
"""Seconds after which the memory of a project that nobody asked about is dropped."""


class Holding(Struct, frozen=True):
    """Say what is kept of one project: its root, empty where that is unknown, the folder, files, bytes, and the last use.

    `used` is in seconds since 1970.
    """

    root: str
    path: str
    files: int
    size: int
    used: float


def holdings() -> tuple[Holding, ...]:
    """Give what is kept of each project, the one used last first; empty where there is no folder of ours."""
    ours = home()
    if not ours or not is_our_folder(ours):
        return ()
    with os.scandir(ours) as entries:
        found = [_holding(entry.path) for entry in entries if is_our_folder(entry.path)]
    return tuple(sorted(found, key=lambda holding: -holding.used))


def drop(chosen: Iterable[Holding]) -> None:
    """Forget all that is kept of some projects."""
    for holding in chosen:
        shutil.rmtree(holding.path, ignore_errors=True)


def settle(path: str, root: str) -> None:
    """Furnish the new memory of a project: its root's name in it, and git kept from the whole; then drop what nobody uses.

    A disk that is full or read-only is no fault.
    """
    body = os.fsencode(root)
    _write(os.path.join(path, ROOT), sum_of(body) + body)
    for name, text in _MARKS.items():
        _write(os.path.join(os.path.dirname(path), name), text.encode("ascii"))
    drop(holding for holding in stale(holdings(), time.time()) if holding.path != path)


def stale(found: Iterable[Holding], now: float) -> Iterator[Holding]:
    """Give what nobody will ask for again: of projects that are gone, or that were not looked at for a season."""
    for holding in found:
        if now - holding.used > _UNUSED or (holding.root and not os.path.isdir(holding.root)):
            yield holding


def _holding(path: str) -> Holding:
    root = read_owned(os.path.join(path, ROOT))
    statuses = list(_statuses(path))
    used = max((status.st_mtime for status in statuses), default=os.lstat(path).st_mtime)
    return Holding(os.fsdecode(root or b""), path, len(statuses), sum(status.st_size for status in statuses), used)


def _statuses(path: str) -> Iterator[os.stat_result]:
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                status = entry.stat(follow_symlinks=False)
                if is_ours(status, stat.S_IFREG):
                    yield status
    except OSError:
        return


def _write(path: str, body: bytes) -> None:
    try:
        with open(path, "xb") as stream:
            os.fchmod(stream.fileno(), 0o600)
            stream.write(body)
    except OSError:
        return
