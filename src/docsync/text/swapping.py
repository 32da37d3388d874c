"""How a written file takes the place of the one it was made from, without losing what anyone saves meanwhile.

The two names are exchanged, and what comes out is looked at before it is let go:

1. The old file is held under a read lease (see `holding`) and must still be what the new text was made from.
2. Exchange. The new file has the name; under the temporary name stands whatever had it at that very moment.
3. If that is the held file, untouched: flush the folder to the disk, look once more, and remove it. Done.
4. If it is anything else, somebody saved in between: exchange back, and again for as long as what comes out is not what
   was last put in, so that the newest save ends up with the name. The caller starts over from that save.

What can still be lost. With a lease, only a save by a program that found the old file before step 2 and is kept from
finishing its `open` until after step 3, some milliseconds later: the kernel has let it pass the name but not yet noted it as
a writer. It would write into the removed file. Without leases, also what is written after the last look by a program
that had the old file open since before step 2. Where names cannot be exchanged (`_replace`), also a save that lands between
the last look and the replacing, some microseconds, and a file deleted in them comes back.
A kill at any point leaves the name with a whole file; what stands under the temporary name then is told apart by the
digests in that name, and a save is never swept.
"""

from __future__ import annotations

import errno
import os
from contextlib import ExitStack, suppress
from typing import Final

from docsync.text.exchange import Unsupported, exchange
from docsync.text.folders import Target
from docsync.text.holding import Changed, Held, held, same
from docsync.text.leftovers import discard, rescue, swap_name
from docsync.text.refusal import Refusal

_PIN: Final[int] = getattr(os, "O_PATH", os.O_RDONLY) | os.O_NOFOLLOW
_NO_FLUSH: Final = frozenset({errno.EINVAL, errno.EOPNOTSUPP, errno.EBADF})


def swap(target: Target, part: str, *, old: bytes, new: bytes) -> None:
    """Put the staged file `part`, which holds `new`, in the place of the target, which must hold `old`.

    Raises Changed when the target is not, or does not stay, what it was; OSError when the system fails (FileNotFoundError
    when the target was deleted); Refusal when a save had to be rescued under another name. In every case the target
    keeps the newest save, and the staged file is gone.
    """
    staged = part
    try:
        with held(target.folder, target.name) as before, held(target.folder, part) as ours:
            if before.raw != old or not before.untouched():
                raise Changed
            name = swap_name(part, new, old)
            os.rename(part, name, src_dir_fd=target.folder, dst_dir_fd=target.folder)
            staged = ""  # from here on the name must not be removed unseen, not even on an interrupt
            if _exchanged(target, name):
                _let_go(target, name, before, ours)
            else:
                _replace(target, name, before)
    finally:
        if staged:
            discard(target.folder, staged)


def _exchanged(target: Target, name: str) -> bool:
    """Exchange the target with the new file; False where names cannot be exchanged."""
    try:
        exchange(target.folder, name, target.name)
    except Unsupported:
        return False
    except OSError:  # so that the new file still has its temporary name
        discard(target.folder, name)
        raise
    return True


def _let_go(target: Target, name: str, before: Held, ours: Held) -> None:
    """Remove what was exchanged out, or put it back when it is not what was read."""
    try:
        kept = before.is_named(target.folder, name) and before.untouched()
        if kept:
            _flush(target.folder)
            kept = before.untouched()
    except BaseException:  # an error of the disk, or the user's interrupt
        _put_back(target, name, ours)
        raise
    if not kept:
        _put_back(target, name, ours)
        raise Changed
    discard(target.folder, name)


def _put_back(target: Target, name: str, ours: Held) -> None:
    """Give the target's name back to the newest file that had it.

    Pins keep the files' inodes from being used again while they are compared.
    """
    with ExitStack() as pins:
        placed = ours.status
        while True:
            taken = _pin(target.folder, name, pins)
            try:
                exchange(target.folder, name, target.name)
            except FileNotFoundError as error:
                raise _rescued(target.folder, name) from error
            if same(_pin(target.folder, name, pins), placed):
                break
            placed = taken
    if not ours.is_named(target.folder, name) or ours.untouched():
        discard(target.folder, name)
        return
    # Somebody opened our text while it had the name and writes, or waits to write, the newest save into it.
    exchange(target.folder, name, target.name)
    raise _rescued(target.folder, name)


def _pin(folder: int, name: str, pins: ExitStack) -> os.stat_result:
    descriptor = os.open(name, _PIN, dir_fd=folder)
    pins.callback(os.close, descriptor)
    return os.fstat(descriptor)


def _rescued(folder: int, name: str) -> Refusal:
    kept = rescue(folder, name)
    return Refusal(
        "DS008", f"the file was replaced or deleted while it was being written; an earlier save of it is kept as {kept}"
    )


def _replace(target: Target, name: str, before: Held) -> None:
    try:
        kept = before.untouched() and before.is_version(target.folder, target.name)
        if kept:
            os.replace(name, target.name, src_dir_fd=target.folder, dst_dir_fd=target.folder)
    except BaseException:
        discard(target.folder, name)
        raise
    if not kept:
        discard(target.folder, name)
        raise Changed
    with suppress(OSError):  # the new text is in its place; only a power failure could still undo that
        _flush(target.folder)


def _flush(folder: int) -> None:
    """Flush the folder's names to the disk, where its file system can."""
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno not in _NO_FLUSH:
            raise
