"""What the .gitignore files of a tree leave out: one layer a folder, the deepest that speaks deciding."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass

from docsync.engine.globs import Globs, compile_globs
from docsync.engine.repository import Repository

IGNORE_FILE = ".gitignore"
_MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Layer:
    """Hold the patterns of one file; `base` is the folder that they count from, empty or with a slash at its end."""

    base: str
    globs: Globs


@dataclass(frozen=True, slots=True)
class Ignores:
    """Hold all layers that speak of a folder, the outermost first.

    `prefix` is what a path relative to the project root needs before it to be relative to the repository.
    """

    prefix: str = ""
    layers: tuple[Layer, ...] = ()

    def hides(self, path: str) -> bool:
        """Tell whether a path, relative to the root and with a slash at its end for a folder, is ignored."""
        path = self.prefix + path
        for layer in reversed(self.layers):
            taken = layer.globs.decide(path[len(layer.base) :])
            if taken is not None:
                return taken
        return False

    def within(self, folder: str, raw: bytes) -> Ignores:
        """Give the layers for a folder that has an ignore file of its own, with its bytes."""
        return Ignores(self.prefix, (*self.layers, Layer(self.prefix + folder, _compiled(raw))))


def ignores_above(root: str, repository: Repository | None) -> tuple[Ignores, tuple[str, ...]]:
    """Give the layers that speak of the root's own folder, from the repository that holds it, and the files they stand in.

    The files are named whether they exist or not, with absolute paths: a new one changes the outcome too. The root's own
    ignore file is not among them.
    """
    if repository is None:
        return Ignores(), ()
    top = repository.top
    prefix = "" if root == top else os.path.relpath(root, top).replace(os.sep, "/") + "/"
    folders = [prefix[: at + 1] for at, sign in enumerate(prefix) if sign == "/"]
    above = ["", *folders][: len(folders)]
    files = [("", repository.exclude_file), *((base, os.path.join(top, base, IGNORE_FILE)) for base in above)]
    layers = tuple(Layer(base, _compiled(read_ignore_file(path))) for base, path in files)
    return Ignores(prefix, layers), tuple(path for _, path in files)


def read_ignore_file(path: str) -> bytes:
    """Give the bytes of an ignore file; nothing where it is absent, a link (as git has it), no file or absurdly large."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return b""
        with open(path, "rb") as stream:
            return stream.read(_MAX_BYTES)
    except OSError:
        return b""


def _compiled(raw: bytes) -> Globs:
    return compile_globs(os.fsdecode(raw.removeprefix(b"\xef\xbb\xbf")).split("\n"))
