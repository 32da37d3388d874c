"""What the same command printed last, where nothing that it rests on has changed since.

Decides before anything else is imported: the marks of all files and folders, and whatever the output depends on, are held
against what they were. Any doubt ends in a run like any other, so nothing here reads a document or knows what is in one.
"""

from __future__ import annotations

import marshal
import os
import sys

from docsync.cache.identity import identity
from docsync.cache.marks import anything_at, mark_at, settled
from docsync.cache.owned import folder_of, is_our_folder, read_owned

START = "answer-"
MOST = 16
_LARGEST = 1_000_000
"""In code points: who finds so much does not wait for the output."""
_SAYING = ("NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", "PYTHONIOENCODING", "PYTHONUTF8", "LC_ALL", "LC_CTYPE", "LANG")
"""What in the environment changes how a report looks."""
_REPEATABLE = (["check"], ["regenerate"])
_BESIDES = ("-", "--staged", "--since", "--history", "--stdin-filename", "--no-cache", "--diff", "--help", "-h")
"""Arguments by which a command depends on more than its files, or is to look for itself."""

Marks = dict[str, "tuple[int, int, int, int, int] | None"]


def is_repeatable(arguments: list[str]) -> bool:
    """Tell whether a command's output follows from its arguments, its surroundings and the project's files alone."""
    return arguments[:1] in _REPEATABLE and not any(each.partition("=")[0] in _BESIDES for each in arguments)


def recalled(arguments: list[str]) -> tuple[str, int] | None:
    """Give the output and the exit code of the same command where they still stand."""
    if not is_repeatable(arguments):
        return None
    folder = folder_of(root_of(arguments))
    if not folder or not is_our_folder(os.path.dirname(folder)) or not is_our_folder(folder):
        return None
    raw = read_owned(os.path.join(folder, START + _name(arguments)))
    if raw is None:
        return None
    try:
        asked, root, marks, existing, output, code = marshal.loads(raw)  # noqa: S302  # ours alone, as was just made sure
    except (ValueError, EOFError, TypeError):
        return None
    if asked != _asked(arguments) or root != root_of(arguments):
        return None
    stands = all(mark_at(path) == mark for path, mark in marks.items())
    stands = stands and all(anything_at(root, path) is was for path, was in existing.items())
    return (output, code) if stands else None


class Ground:
    """What an output rests on: the project's root, a real path, the marks by full path, and what else was there or not.

    `taken` is the time, in nanoseconds, before the first mark was. No struct, since loading msgspec takes longer than all else.
    """

    __slots__ = ("existing", "marks", "root", "taken")

    def __init__(self, root: str, taken: int, marks: Marks, existing: dict[str, bool]) -> None:
        self.root, self.taken, self.marks, self.existing = root, taken, marks, existing


def answer(arguments: list[str], ground: Ground, output: str, code: int) -> tuple[str, bytes] | None:
    """Give the name and the bytes under which a command's output is to be kept; None where it cannot be relied on."""
    if ground.root != root_of(arguments) or not is_repeatable(arguments) or len(output) > _LARGEST:
        return None
    if not all(settled(mark, ground.taken) for mark in ground.marks.values()):
        return None
    held = (_asked(arguments), ground.root, ground.marks, ground.existing, output, code)
    return START + _name(arguments), marshal.dumps(held)


def root_of(arguments: list[str]) -> str:
    """Give the root that is asked for; without one it is taken to be the current folder, and whoever keeps holds it to that."""
    given = os.curdir
    for at, each in enumerate(arguments):
        name, sign, value = each.partition("=")
        if name == "--root":
            given = value if sign else "".join(arguments[at + 1 : at + 2])
    return os.path.realpath(given)


def _asked(arguments: list[str]) -> list[object]:
    """Give all that the same files may be reported on differently for."""
    return [identity(), os.getcwd(), arguments, [os.environ.get(name) for name in _SAYING], _output()]


def _output() -> list[object]:
    """Tell what the output is: what it can encode, and a terminal by its width."""
    if sys.stdout is None:
        return []
    wide = os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 0
    return [sys.stdout.encoding, wide]


def _name(arguments: list[str]) -> str:
    from hashlib import blake2b  # noqa: PLC0415  # see `owned`

    said = "\0".join([os.getcwd(), *arguments]).encode("utf-8", "surrogateescape")
    return blake2b(said, digest_size=16).hexdigest()
