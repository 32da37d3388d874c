"""How a few lines of ours come into a file of git's that others write into as well, and out of it again."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Final

from docsync.engine.request import JobError
from docsync.text.creating import create
from docsync.text.edits import Edit
from docsync.text.refusal import Refusal
from docsync.text.source import read
from docsync.text.spans import Span
from docsync.text.writing import Plan, write_all

_BEGIN: Final = "# docsync: begin (docsync install-hooks)"
_END: Final = "# docsync: end"
_BLOCK: Final = re.compile(rf"^{re.escape(_BEGIN)}\n(?:.*\n)*?{re.escape(_END)}\n?", re.MULTILINE)


def add_lines(folder: str, name: str, lines: Iterable[str]) -> bool:
    """Put lines into a file of a folder, in place of those put there before; tells whether anything changed.

    Raises JobError where the file cannot be read or written.
    """
    block = "".join(f"{line}\n" for line in (_BEGIN, *lines, _END))
    if not os.path.lexists(os.path.join(folder, name)):
        below, base = os.path.split(os.path.join(folder, name))
        os.makedirs(below, exist_ok=True)
        try:
            create(below, base, block)
        except Refusal as refusal:
            raise JobError(f"{os.path.join(folder, name)}: {refusal.message}") from refusal
        return True
    return _rewrite(folder, name, block)


def remove_lines(folder: str, name: str) -> bool:
    """Take the lines out again, and the file too where nothing else is in it; tells whether there were any.

    Raises JobError where the file cannot be read or written.
    """
    if not os.path.isfile(os.path.join(folder, name)) or not _rewrite(folder, name, ""):
        return False
    if not os.path.getsize(os.path.join(folder, name)):
        os.unlink(os.path.join(folder, name))
    return True


def _rewrite(folder: str, name: str, block: str) -> bool:
    try:
        source = read(folder, name)
    except Refusal as refusal:
        raise JobError(f"{os.path.join(folder, name)}: {refusal.message}") from refusal
    text = source.text
    if found := _BLOCK.search(text):
        edit = Edit(Span(*found.span()), block)
    else:
        apart = "" if not text or text.endswith("\n") else "\n"
        edit = Edit(Span(len(text), len(text)), apart + block if block else "")
    (written,) = write_all(folder, [Plan(name, source, (edit,))])
    if written.refusal:
        raise JobError(f"{os.path.join(folder, name)}: {written.refusal.message}") from written.refusal
    return written.changed
