"""How what was asked for reaches a place that the user named: whole or not at all, and over nothing unless told."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping
from contextlib import suppress

from docsync.text.leftovers import part_name
from docsync.text.refusal import Refusal


def deliver(path: str, raw: bytes, *, replace: bool = False) -> None:
    """Write a file; raises Refusal where one is there that must not be replaced, and where it cannot be written."""
    _check(path, replace=replace)
    part = os.path.join(os.path.dirname(path), part_name())
    try:
        _write(part, raw)
        if replace:
            os.replace(part, path)
        else:
            os.link(part, path, follow_symlinks=False)  # unlike a rename, it fails where there is a file by now
    except FileExistsError as error:
        raise _present() from error
    except OSError as error:
        raise _failed(error) from error
    finally:
        with suppress(OSError):
            os.unlink(part)


def deliver_folder(path: str, files: Mapping[str, bytes], *, replace: bool = False) -> None:
    """Write files into a folder, a new one all at once; raises Refusal as `deliver` does, before any is written."""
    if os.path.lexists(path):
        if not os.path.isdir(path):
            raise Refusal("DS007", "it is there already and is no folder")
        for name in files:
            _check(os.path.join(path, name), replace=replace)
        for name, raw in files.items():
            deliver(os.path.join(path, name), raw, replace=replace)
        return
    part = os.path.join(os.path.dirname(path), part_name())
    try:
        os.mkdir(part)
        for name, raw in files.items():
            _write(os.path.join(part, name), raw)
        os.rename(part, path)
    except OSError as error:
        raise _failed(error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _check(path: str, *, replace: bool) -> None:
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return  # that it is not there is as it should be, and any other fault comes to light when it is written
    if not replace:
        raise _present()
    if not stat.S_ISREG(mode):
        raise Refusal("DS007", "it is there already and is no file")


def _write(path: str, raw: bytes) -> None:
    with open(path, "xb") as stream:
        stream.write(raw)
        stream.flush()
        os.fsync(stream.fileno())


def _present() -> Refusal:
    return Refusal("DS007", "it is there already and is not overwritten")


def _failed(error: OSError) -> Refusal:
    return Refusal("DS006", f"it cannot be written: {error.strerror or error}")
