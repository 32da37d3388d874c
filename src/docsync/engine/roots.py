"""Where a project begins."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

CONFIG_FILES = ("docsync.toml", "pyproject.toml")
"""The files that may hold a project's configuration, relative to its root, the first one winning."""

_TABLE = b"[tool.docsync"


def default_root(paths: Sequence[str]) -> str:
    """Give the root of the project that the current folder, or the paths that were named, lie in.

    It is the nearest folder above all of them with a docsync configuration or a `.git`, else the current folder, or, where
    a path lies outside of that, the folder that holds them all.
    """
    here = os.path.realpath(os.curdir)
    start = _common(paths) if paths else here
    if found := next((folder for folder in _upwards(start) if _begins(folder)), ""):
        return found
    return here if os.path.commonpath((here, start)) == here else start


def _common(paths: Sequence[str]) -> str:
    places = [_place(path) for path in paths]
    return os.path.commonpath([place if os.path.isdir(place) else os.path.dirname(place) for place in places])


def _place(path: str) -> str:
    """Give where a path stands, not where a link there leads to: a link must not choose another project to be written."""
    parts = path.split(os.sep)
    last = max((index for index, part in enumerate(parts) if part == os.pardir), default=-1) + 1
    # Up to the last `..` the system decides what is meant, since a folder above a link is not above its name.
    return os.path.normpath(os.path.join(os.path.realpath(os.sep.join(parts[:last])), os.sep.join(parts[last:])))


def _upwards(folder: str) -> Iterator[str]:
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        folder = above
        yield folder


def configures(project: str) -> bool:
    """Tell whether a pyproject.toml speaks of docsync."""
    try:
        if not os.path.isfile(project):
            return False
        with open(project, "rb") as stream:
            return _TABLE in stream.read()
    except OSError:
        return False


def _begins(folder: str) -> bool:
    own, shared = (os.path.join(folder, name) for name in CONFIG_FILES)
    return os.path.lexists(os.path.join(folder, ".git")) or os.path.isfile(own) or configures(shared)
