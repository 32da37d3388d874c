"""How a file that is not there yet comes to be: whole or not at all, and never over another."""

from __future__ import annotations

import os
from contextlib import suppress

from docsync.text.leftovers import part_name
from docsync.text.refusal import Refusal


def create(folder: str, name: str, text: str, *, mode: int = 0) -> None:
    """Write a new file into a folder; raises Refusal where something of that name is there, or it cannot be written.

    With a `mode`, its rights are those and not the usual ones.
    """
    path, part = os.path.join(folder, name), os.path.join(folder, part_name())
    try:
        with open(part, "x", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            if mode:
                os.fchmod(stream.fileno(), mode)
            os.fsync(stream.fileno())
        os.link(part, path, follow_symlinks=False)  # unlike a rename, it fails where there is a file already
    except FileExistsError as error:
        raise Refusal("DS007", "it is there already and is not overwritten") from error
    except OSError as error:
        raise Refusal("DS006", f"the file could not be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            os.unlink(part)
