"""Where a project's memory is, and whether what lies there is this user's own: nobody else's is read.

Imports next to nothing, since this is all that a check of an unchanged project needs beside the marks of its files.
"""

from __future__ import annotations

import os
import stat
from binascii import crc32
from io import BufferedReader

_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
SUM_BYTES = 4


def home() -> str:
    """Give the folder in which all projects' memories are, empty where there can be none."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    base = base if os.path.isabs(base) else os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "docsync") if os.path.isabs(base) else ""


def folder_of(root: str) -> str:
    """Give the path of the memory of the project at `root`, a real path, whether or not it is there; empty for none."""
    from hashlib import blake2b  # noqa: PLC0415  # loads the system's whole cryptography

    above = home()
    return os.path.join(above, blake2b(os.fsencode(root), digest_size=16).hexdigest()) if above else ""


def is_ours(status: os.stat_result, kind: int) -> bool:
    """Tell whether something is of a kind, this user's, and nobody else's to write to."""
    return stat.S_IFMT(status.st_mode) == kind and status.st_uid == os.geteuid() and not status.st_mode & _WRITABLE_BY_OTHERS


def is_our_folder(path: str) -> bool:
    """Tell whether there is a folder that only this user writes to."""
    try:
        return is_ours(os.lstat(path), stat.S_IFDIR)
    except OSError:
        return False


def read_owned(path: str) -> bytes | None:
    """Give what was kept at a path, with its check sum held against it; None where it is absent, damaged or not ours."""
    try:
        with open_owned(path) as stream:
            raw = stream.read()
    except OSError:
        return None
    body = memoryview(raw)[SUM_BYTES:]
    return bytes(body) if sum_of(body) == raw[:SUM_BYTES] else None


def open_owned(path: str) -> BufferedReader:
    """Open what was kept at a path; raises OSError where it is absent or not ours."""
    opened = os.open(path, _READ)
    stream = os.fdopen(opened, "rb")
    if not is_ours(os.fstat(opened), stat.S_IFREG):
        stream.close()
        raise PermissionError(path)
    return stream


def sum_of(body: bytes | memoryview) -> bytes:
    """Give the check sum of some bytes, in `SUM_BYTES` bytes."""
    return crc32(body).to_bytes(SUM_BYTES, "big")
