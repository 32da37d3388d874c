"""Which template files a folder holds: regular files of bounded size, reached through no link."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from msgspec import Struct, field

import docsync
from docsync.generator.failures import ViewError

SUFFIX: Final = ".j2"
MAX_FILE: Final = 262_144
"""The size in bytes over which a template is refused."""
MAX_FILES: Final = 100

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Folder(Struct, frozen=True):
    """Hold the text of each template by file name, and for each one that was refused the reason."""

    texts: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def builtin_folder(below: str = "") -> Folder:
    """Read the built-in templates: in the package where it is installed, beside `src` where it is edited.

    `below` names a folder among them, whose templates are read in their stead.
    """
    package = os.path.dirname(os.path.abspath(docsync.__file__))
    inside = os.path.join(package, "templates")
    path = os.path.join(inside if os.path.isdir(inside) else os.path.join(package, "..", "..", "templates"), below)
    # Installers may link files into a site-packages folder, so here, and only here, links are followed.
    found = Folder()
    for name in sorted(os.listdir(path)):
        if name.endswith(SUFFIX):
            with open(os.path.join(path, name), encoding="utf-8") as stream:
                found.texts[name] = stream.read()
    return found


def project_folder(root: str, relative: str) -> Folder:
    """Read the templates of a project; raises ViewError where the folder is not one inside `root`, or behind a link."""
    with _opened(root, relative) as folder:
        names = sorted(name for name in os.listdir(folder) if name.endswith(SUFFIX))
        if len(names) > MAX_FILES:
            raise ViewError(f"the templates folder {relative} holds {len(names)} templates, over the limit of {MAX_FILES}")
        found = Folder()
        for name in names:
            text, reason = _read(folder, name)
            if reason:
                found.refused[name] = reason
            else:
                found.texts[name] = text
        return found


@contextmanager
def _opened(root: str, relative: str) -> Iterator[int]:
    """Walk down from the root with a descriptor for each step, so that no link can be slipped in between."""
    parts = relative.replace(os.sep, "/").rstrip("/").split("/")
    if os.path.isabs(relative) or ".." in parts or "\0" in relative:
        raise ViewError(f"the templates folder {relative} is not inside the project")
    current = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts:
            below = _below(current, part, relative)
            os.close(current)
            current = below
        yield current
    finally:
        os.close(current)


def _below(folder: int, name: str, relative: str) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=folder)
    except FileNotFoundError as error:
        raise ViewError(f"the templates folder {relative} does not exist") from error
    except OSError as error:
        # A link opened with O_NOFOLLOW and O_DIRECTORY is ENOTDIR on Linux and ELOOP elsewhere.
        linked = error.errno in (errno.ELOOP, errno.ENOTDIR)
        reason = "is no folder, or is behind a symbolic link" if linked else f"cannot be read: {error.strerror}"
        raise ViewError(f"the templates folder {relative} {reason}") from error


def _read(folder: int, name: str) -> tuple[str, str]:
    """Give a template's text, or the reason why it is refused."""
    try:
        opened = os.open(name, _FILE, dir_fd=folder)
    except OSError as error:
        return "", "is a symbolic link" if error.errno == errno.ELOOP else f"cannot be read: {error.strerror}"
    try:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            return "", "is no regular file"
        with open(opened, "rb", closefd=False) as stream:
            raw = stream.read(MAX_FILE + 1)
    finally:
        os.close(opened)
    if len(raw) > MAX_FILE:
        return "", f"is over the limit of {MAX_FILE:,} bytes"
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError:
        return "", "is not UTF-8"
