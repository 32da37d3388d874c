"""Where docsync keeps what it remembers of a project, and how that is read and written safely.

Never in the tree: what is kept there is unpickled, and a committed pickle would run code. What belongs to another user, or
what another user may write to, counts as absent. Losing any of it costs time and nothing else, so no fault here is reported.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from io import BufferedReader
from itertools import chain

from msgspec import Struct

from docsync.cache.owned import SUM_BYTES, folder_of, home, is_our_folder, open_owned, read_owned, sum_of

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
_SIZE_BYTES = 8


class CacheFolder(Struct, frozen=True):
    """Name a project's folder in the user's cache."""

    path: str

    def read(self, name: str) -> bytes | None:
        """Give what was kept under a name; None where it is absent, damaged or not ours."""
        return read_owned(os.path.join(self.path, name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """Give the pieces that were kept under a name, one at a time, up to the first that is damaged."""
        try:
            with open_owned(os.path.join(self.path, name)) as stream:
                while raw := _piece(stream):
                    yield raw
        except OSError:
            return

    def write(self, name: str, body: bytes) -> None:
        """Keep something under a name, whole or not at all; a disk that is full or read-only is no fault."""
        self._write(name, (sum_of(body), body))

    def write_pieces(self, name: str, pieces: Iterable[bytes]) -> None:
        """Keep something long under a name, as `write` does, but never hold more of it than one piece."""
        self._write(name, chain.from_iterable((_size(each), sum_of(each), each) for each in pieces))

    def _write(self, name: str, parts: Iterable[bytes]) -> None:
        waiting = os.path.join(self.path, f"{name}.{os.urandom(8).hex()}")
        try:
            with os.fdopen(os.open(waiting, _CREATE, 0o600), "wb") as stream:
                stream.writelines(parts)
            os.replace(waiting, os.path.join(self.path, name))
        except OSError:
            self._drop(waiting)

    def names(self, start: str) -> tuple[str, ...]:
        """Give the names, in order, that begin with `start`."""
        try:
            return tuple(sorted(name for name in os.listdir(self.path) if name.startswith(start)))
        except OSError:
            return ()

    def drop(self, names: Iterable[str]) -> None:
        """Forget what was kept under some names."""
        for name in names:
            self._drop(os.path.join(self.path, name))

    def trim(self, start: str, most: int) -> None:
        """Forget all but the newest of the names that begin with `start`, what killed runs left half written included."""
        self.drop(sorted(self.names(start), key=self._age)[most:])

    def path_of(self, name: str) -> str:
        """Give the path of what is kept under a name."""
        return os.path.join(self.path, name)

    def _age(self, name: str) -> int:
        try:
            return -os.lstat(os.path.join(self.path, name)).st_mtime_ns
        except OSError:
            return 0

    @staticmethod
    def _drop(path: str) -> None:
        try:
            os.unlink(path)
        except OSError:
            return


def open_folder(root: str, avoid: Iterable[str]) -> CacheFolder | None:
    """Give the cache folder of the project at `root`, a real path, and make it where it is absent.

    None where there is no folder that only this user can write to, or where it would lie in one of the folders to `avoid`.
    """
    ours = home()
    if not ours or any(_within(os.path.realpath(os.path.dirname(ours)), folder) for folder in avoid):
        return None
    path = folder_of(root)
    is_new = not os.path.lexists(path)
    if not (_made(ours) and _made(path)):
        return None
    if is_new:
        from docsync.cache.holdings import settle  # noqa: PLC0415  # once for each project

        settle(path, root)
    return CacheFolder(path)


def _size(piece: bytes) -> bytes:
    return len(piece).to_bytes(_SIZE_BYTES, "big")


def _piece(stream: BufferedReader) -> bytes | None:
    """Give the next piece of what was kept; None at the end, and where it is damaged."""
    head = stream.read(_SIZE_BYTES + SUM_BYTES)
    size = int.from_bytes(head[:_SIZE_BYTES], "big")
    if size > os.fstat(stream.fileno()).st_size:  # room for it would be made before it is read
        return None
    body = stream.read(size)
    return body if head == _size(body) + sum_of(body) else None


def _made(path: str) -> bool:
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)
        return is_our_folder(path)
    except OSError:
        return False


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
