"""Whether what an earlier run looked at is still the same, told without reading it where that is safe."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b

from msgspec import Struct, field
from msgspec.structs import replace

from docsync.cache.marks import Mark, anything_at, mark_at, settled


class Seen(Struct, frozen=True):
    """Hold a file's or folder's mark and a digest of its bytes or entries; no mark where there was nothing."""

    mark: Mark | None
    digest: bytes


class Fingerprint(Struct, frozen=True):
    """Hold all that a run's outcome rests on, by path, relative to the root or absolute.

    `taken` is the time, in nanoseconds, before the first of them was looked at. `existing` tells of the paths below the root
    that documents name, in folders that were not listed, whether anything is there. `ages` tells, by a time in nanoseconds,
    of files whether they were changed later.
    """

    taken: int
    files: Mapping[str, Seen]
    folders: Mapping[str, Seen]
    existing: Mapping[str, bool] = field(default_factory=dict)
    ages: Mapping[int, Mapping[str, bool]] = field(default_factory=dict)


def digest(raw: bytes) -> bytes:
    """Give the digest of a file's bytes."""
    return blake2b(raw, digest_size=16).digest()


def listing_digest(entries: Iterable[tuple[str, str]]) -> bytes:
    """Give the digest of a folder's entries, each with a letter for what it is."""
    return digest(os.fsencode("\0".join(sorted(f"{name}\0{kind}" for name, kind in entries))))


def entry_kind(entry: os.DirEntry[str]) -> str:
    """Give the letter for what a folder's entry is, links not followed."""
    if entry.is_symlink():
        return "l"
    if entry.is_dir(follow_symlinks=False):
        return "d"
    return "f" if entry.is_file(follow_symlinks=False) else "o"


def newer(root: str, path: str, moment: int) -> bool:
    """Tell whether a file below the root was changed after a time in nanoseconds; False where there is none."""
    mark = mark_at(os.path.join(root, path))
    return mark is not None and mark[3] > moment


def look(path: str) -> Seen:
    """Look at a file without keeping its bytes."""
    return look_into(path)[0]


def look_into(path: str) -> tuple[Seen, bytes]:
    """Look at a file: at its mark before its bytes, so that a change in between shows as a later one; nothing is nothing."""
    mark = mark_at(path)
    raw = _bytes_at(path) if mark else b""
    return Seen(mark, digest(raw) if mark else b""), raw


def look_through(path: str) -> Seen:
    """Look at a folder: at its mark before its entries."""
    mark = mark_at(path)
    return Seen(mark, _listing_at(path) if mark else b"")


def trusted(seen: Seen, mark: Mark | None, taken: int) -> bool:
    """Tell whether something with this mark must still be what was seen."""
    return seen.mark == mark and settled(mark, taken)


def recheck(root: str, before: Fingerprint) -> Fingerprint | None:
    """Look at everything again: None when anything differs, else the fingerprint, renewed where marks could not be trusted."""
    taken = time.time_ns()
    if any(anything_at(root, path) is not was for path, was in before.existing.items()):
        return None
    if any(newer(root, path, moment) is not was for moment, ages in before.ages.items() for path, was in ages.items()):
        return None
    folders = _recheck(root, before.folders, before.taken, _listing_at)
    files = None if folders is None else _recheck(root, before.files, before.taken, _file_digest)
    if folders is None or files is None:
        return None
    if not folders and not files:
        return before
    return replace(before, taken=taken, files={**before.files, **files}, folders={**before.folders, **folders})


def _recheck(root: str, seen: Mapping[str, Seen], taken: int, digest_at: Callable[[str], bytes]) -> dict[str, Seen] | None:
    """Give what had to be read again, None when anything differs."""
    renewed = {}
    for path, was in seen.items():
        full = os.path.join(root, path)
        mark = mark_at(full)
        if trusted(was, mark, taken):
            continue
        if mark is None or was.mark is None or mark[0] != was.mark[0] or digest_at(full) != was.digest:
            return None
        renewed[path] = Seen(mark, was.digest)
    return renewed


def _file_digest(path: str) -> bytes:
    return digest(_bytes_at(path))


def _bytes_at(path: str) -> bytes:
    try:
        if not os.path.isfile(path):  # opening a FIFO would wait for ever
            return b""
        with open(path, "rb") as stream:
            return stream.read()
    except OSError:
        return b""


def _listing_at(path: str) -> bytes:
    try:
        with os.scandir(path) as entries:
            return listing_digest((entry.name, entry_kind(entry)) for entry in entries)
    except OSError:
        return b""
