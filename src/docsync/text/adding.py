"""How files that are not there yet come into a project: all whole or none, never over another, never through a link."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Final

from msgspec import Struct, field

from docsync.text.folders import opened
from docsync.text.leftovers import discard, part_name
from docsync.text.refusal import Refusal

_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_RIGHTS: Final = 0o666
"""Less what the user's mask takes off, as for any file that a program makes."""


class _Part(Struct):
    """Hold a file that is written under a temporary name; `inode` knows it again once it has its own."""

    path: str
    folder: str
    name: str
    part: str
    inode: tuple[int, int]


class Additions(Struct):
    """Hold new files that stand ready beside their places; `take_back` undoes `put` as long as nobody has touched them."""

    root: str
    _parts: list[_Part] = field(default_factory=list)
    _put: list[_Part] = field(default_factory=list)
    _folders: list[str] = field(default_factory=list)

    def put(self) -> None:
        """Give every file its name, or none of them one; raises Refusal where there is something of such a name."""
        try:
            for part in self._parts:
                with opened(self.root, part.folder) as folder:
                    # Unlike a rename, a link fails where there is a file already.
                    os.link(part.part, part.name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
                self._put.append(part)
        except FileExistsError as error:
            self.take_back()
            raise Refusal("DS007", f"{part.path} is there already and is not overwritten") from error
        except (OSError, Refusal) as error:
            self.take_back()
            raise _failed(part.path, error) from error

    def take_back(self) -> None:
        """Remove what was put, and the folders that were made for it, unless somebody has changed them since."""
        for part in self._put:
            with suppress(OSError, Refusal), opened(self.root, part.folder) as folder:
                found = os.stat(part.name, dir_fd=folder, follow_symlinks=False)
                if (found.st_dev, found.st_ino) == part.inode:
                    os.unlink(part.name, dir_fd=folder)
        self._put.clear()

    def clear(self) -> None:
        """Remove the temporary names, and folders in which nothing came to stand."""
        for part in self._parts:
            with suppress(OSError, Refusal), opened(self.root, part.folder) as folder:
                discard(folder, part.part)
        for path in reversed(self._folders):
            parent, name = os.path.split(path)
            with suppress(OSError, Refusal), opened(self.root, parent) as folder:
                os.rmdir(name, dir_fd=folder)  # fails where it holds anything

    def stage(self, path: str, raw: bytes) -> None:
        """Write a file down to the disk under a temporary name, in a folder that is made where there is none."""
        parent, name = os.path.split(path)
        self._make(parent)
        with opened(self.root, parent) as folder:
            part = part_name()
            descriptor = os.open(part, _CREATE, _RIGHTS, dir_fd=folder)
            try:
                found = os.fstat(descriptor)
                self._parts.append(_Part(path, parent, name, part, (found.st_dev, found.st_ino)))
                with open(descriptor, "wb", closefd=False) as stream:
                    stream.write(raw)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _make(self, folder: str) -> None:
        above = ""
        for name in folder.split("/") if folder else ():
            below = f"{above}/{name}" if above else name
            with opened(self.root, above) as parent, suppress(FileExistsError):
                os.mkdir(name, dir_fd=parent)
                self._folders.append(below)
            above = below


@contextmanager
def additions(root: str, files: Mapping[str, bytes]) -> Iterator[Additions]:
    """Lay new files ready below `root`, by path; what is not `put` leaves nothing behind, nor does what an error ends.

    Raises Refusal where a file cannot be laid ready.
    """
    ready = Additions(root)
    try:
        for path, raw in files.items():
            try:
                ready.stage(path, raw)
            except (OSError, Refusal) as error:
                raise _failed(path, error) from error
        yield ready
    except BaseException:
        ready.take_back()
        raise
    finally:
        ready.clear()


def _failed(path: str, error: OSError | Refusal) -> Refusal:
    reason = error.message if isinstance(error, Refusal) else error.strerror or str(error)
    return Refusal("DS006", f"{path} could not be written, and nothing was: {reason}")
