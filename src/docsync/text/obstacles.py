"""What keeps a file from being replaced: its kind, its links, its permissions, or the system."""

from __future__ import annotations

import errno
import os
import stat
from typing import Final

from docsync.text.folders import Target
from docsync.text.refusal import Refusal

_FORBIDDEN: Final = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV, errno.ELOOP, errno.ETXTBSY, errno.ENOTDIR}
)
_WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def check(target: Target) -> None:
    """Raise Refusal unless the target is a plain file with one name, writable, in a writable folder.

    A file or folder without any write bit is read-only even to the superuser, who could write it all the same: someone
    meant it so. Raises FileNotFoundError when there is no such file.
    """
    found = os.stat(target.name, dir_fd=target.folder, follow_symlinks=False)
    if obstacle := _kind(found) or _permission(target, found):
        raise Refusal("DS007", obstacle)


def _kind(found: os.stat_result) -> str:
    if stat.S_ISLNK(found.st_mode):
        return "a symbolic link, which docsync does not write through; name the file that it leads to"
    if not stat.S_ISREG(found.st_mode):
        return "not a regular file"
    if found.st_nlink > 1:
        return f"the file has {found.st_nlink} hard links, and replacing it would part it from the others"
    return ""


def _permission(target: Target, found: os.stat_result) -> str:
    may_write = os.access(target.name, os.W_OK, dir_fd=target.folder, effective_ids=True)
    if not found.st_mode & _WRITABLE or not may_write:
        return "the file is read-only"
    may_write = os.access(".", os.W_OK | os.X_OK, dir_fd=target.folder, effective_ids=True)
    if not os.fstat(target.folder).st_mode & _WRITABLE or not may_write:
        return "the folder is read-only"
    return ""


def refusal(error: Refusal | OSError) -> Refusal:
    """Give the refusal that an error of the system amounts to: forbidden, deleted meanwhile, or failed."""
    if isinstance(error, Refusal):
        return error
    reason = error.strerror or str(error)
    if isinstance(error, FileNotFoundError):
        return Refusal("DS008", "the file was deleted since it was read; it is not written again")
    if error.errno in _FORBIDDEN:
        return Refusal("DS007", f"the file may not be written: {reason}")
    return Refusal("DS006", f"the file could not be written and is as it was: {reason}")
