"""How two names in one folder change places, so that neither is missing at any moment."""

from __future__ import annotations

import ctypes
import errno
import os
from typing import Final

_EXCHANGE: Final = 2
_UNKNOWN: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP})

_renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)


class Unsupported(Exception):
    """Say that this system or this file system cannot exchange names."""


def exchange(folder: int, first: str, second: str) -> None:
    """Exchange two names in an open folder, whatever they name.

    Raises OSError when that fails (FileNotFoundError when either is missing), Unsupported where it cannot be done at all.
    """
    if _renameat2 is None:
        raise Unsupported
    if _renameat2(folder, os.fsencode(first), folder, os.fsencode(second), _EXCHANGE) == 0:
        return
    code = ctypes.get_errno()
    if code in _UNKNOWN:
        raise Unsupported
    raise OSError(code, os.strerror(code), second)
