"""Where a project begins."""

from __future__ import annotations

import os
from collections.abc import Iterator

CONFIG_FILES = ("docsync.toml", "pyproject.toml")
"""The files that may hold a project's configuration, relative to its root, the first one winning."""

_TABLE = b"[tool.docsync"


def find_root(start: str) -> str:
    """Give the nearest folder, from `start` upwards, that holds a docsync configuration or a `.git`; else `start`."""
    real = os.path.realpath(start)
    return next((folder for folder in _upwards(real) if _begins(folder)), real)


def _upwards(folder: str) -> Iterator[str]:
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        folder = above
        yield folder


def _begins(folder: str) -> bool:
    if os.path.lexists(os.path.join(folder, ".git")) or os.path.isfile(os.path.join(folder, CONFIG_FILES[0])):
        return True
    project = os.path.join(folder, CONFIG_FILES[1])
    try:
        if not os.path.isfile(project):
            return False
        with open(project, "rb") as stream:
            return _TABLE in stream.read()
    except OSError:
        return False
