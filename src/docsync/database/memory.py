"""How much memory this process takes."""

from __future__ import annotations

import os
import resource
import sys
from typing import Final

_UNIT: Final = 1 if sys.platform == "darwin" else 1024
"""What getrusage counts in, in bytes."""
_STATM: Final = "/proc/self/statm"
_RESIDENT: Final = 1


def peak() -> int:
    """Give the bytes that were in use at most so far; this is quickly told."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


def in_use() -> int:
    """Give the bytes in use now; where the system does not tell, the most so far."""
    try:
        with open(_STATM, encoding="ascii") as stream:
            return int(stream.read().split()[_RESIDENT]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return peak()
