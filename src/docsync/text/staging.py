"""How new bytes come to stand beside the file that they will replace, whole and with its mode, owner and attributes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from msgspec import Struct

from docsync.text.leftovers import discard, part_name
from docsync.text.refusal import Refusal

_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW


class Likeness(Struct, frozen=True):
    """Hold what a file has beside its bytes: mode, owner, and extended attributes (access lists among them)."""

    status: os.stat_result
    attributes: Mapping[str, bytes]


def likeness(descriptor: int) -> Likeness:
    """Read an open file's mode, owner and extended attributes, as far as the system shows them."""
    attributes: dict[str, bytes] = {}
    with suppress(OSError):
        for name in _attribute_names(descriptor):
            attributes[name] = os.getxattr(descriptor, name)
    return Likeness(os.fstat(descriptor), attributes)


def stage(folder: int, raw: bytes, like: Likeness) -> str:
    """Write `raw` to a new file in an open folder, down to the disk, and return its name.

    It gets the mode, owner and extended attributes of `like`; only attributes that the system does not let us set are left
    out. Raises OSError, or Refusal when the owner cannot be kept; nothing is left behind then.
    """
    name = part_name()
    descriptor = os.open(name, _CREATE, 0o600, dir_fd=folder)
    try:
        try:
            _fill(descriptor, raw)
            # The owner first, since giving a file away clears bits of its mode; the mode last, since an access list sets it.
            _keep_owner(descriptor, like.status)
            _keep_attributes(descriptor, like.attributes)
            os.fchmod(descriptor, like.status.st_mode & 0o7777)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        discard(folder, name)
        raise
    return name


def _fill(descriptor: int, raw: bytes) -> None:
    rest = memoryview(raw)
    while rest:  # a disk that is nearly full takes a part first
        rest = rest[os.write(descriptor, rest) :]


def _keep_owner(descriptor: int, status: os.stat_result) -> None:
    mine = os.fstat(descriptor)
    if (mine.st_uid, mine.st_gid) == (status.st_uid, status.st_gid):
        return
    try:
        os.fchown(descriptor, status.st_uid, status.st_gid)
    except PermissionError as error:
        raise Refusal("DS007", "the file belongs to another user or group, and replacing it would change that") from error


def _keep_attributes(descriptor: int, wanted: Mapping[str, bytes]) -> None:
    for name in _attribute_names(descriptor):  # such as an access list that the folder gives to every new file
        if name not in wanted:
            with suppress(OSError):
                os.removexattr(descriptor, name)
    for name, value in wanted.items():
        with suppress(OSError):
            os.setxattr(descriptor, name, value)


def _attribute_names(descriptor: int) -> list[str]:
    with suppress(OSError, AttributeError):  # the file system has none, or Python knows none on this system
        return os.listxattr(descriptor)
    return []
