"""What tells a file or folder that changed from one that did not, without reading it."""

from __future__ import annotations

import os
import stat

Mark = tuple[int, int, int, int, int]
"""Type, size, inode, modification and change time of a file or folder."""

RACY = 2_000_000_000
"""In nanoseconds: the coarsest clock of a file system in use. What changed so shortly before it was read may have changed
once more in the same tick, and looks the same; it is read again."""


def mark_at(path: str) -> Mark | None:
    """Give the mark of a file or folder, links followed; None where there is nothing."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return (stat.S_IFMT(status.st_mode), status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)


def settled(mark: Mark | None, taken: int) -> bool:
    """Tell whether a mark taken then stands for one content alone."""
    return mark is None or max(mark[3:]) < taken - RACY


def anything_at(root: str, path: str) -> bool:
    """Tell whether there is anything at a path below the root; what a link would lead out to counts as there, unseen."""
    full = os.path.join(root, path)
    return os.path.lexists(full) or not os.path.realpath(full).startswith(root.rstrip(os.sep) + os.sep)
