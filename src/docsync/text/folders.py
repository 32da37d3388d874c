"""Which folder below the root a path leads to, opened so that no link can change that afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from msgspec import Struct

from docsync.text.refusal import Refusal

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


class Target(Struct, frozen=True):
    """Name a file by its open folder and its name there; `path` is for messages, as the caller wrote it."""

    folder: int
    name: str
    path: str


@contextmanager
def opened(root: str, folder: str) -> Iterator[int]:
    """Open a folder below `root`; raises Refusal when links lead out of it, OSError when there is no such folder."""
    top = os.path.realpath(root)
    real = os.path.realpath(os.path.join(top, folder))
    if os.path.commonpath((top, real)) != top:
        raise Refusal("DS007", f"{folder} leads out of the project, where docsync does not write")
    descriptor = _descend(top, real)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def target(root: str, path: str) -> Iterator[Target]:
    """Open the folder of the file at `path` below `root`; raises as `opened` does."""
    parent, name = os.path.split(path)
    with opened(root, parent) as folder:
        yield Target(folder, name, path)


def _descend(top: str, real: str) -> int:
    # `real` holds no link. Should one be put there now, opening it one step at a time fails instead of following it.
    folder = os.open(top, _FOLDER)
    for part in os.path.relpath(real, top).split(os.sep):
        try:
            deeper = os.open(part, _FOLDER, dir_fd=folder)
        finally:
            os.close(folder)
        folder = deeper
    return folder
