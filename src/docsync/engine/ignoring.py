"""What the .gitignore files of a tree leave out: one layer a folder, the deepest that speaks deciding."""

from __future__ import annotations

import os

from msgspec import Struct

from docsync.engine.fingerprint import Seen, look_into
from docsync.engine.repository import Repository
from docsync.text.globs import Globs, compile_globs

IGNORE_FILE = ".gitignore"
_MAX_BYTES = 1_000_000


class Layer(Struct, frozen=True):
    """Hold the patterns of one file; `base` is the folder that they count from, empty or with a slash at its end."""

    base: str
    globs: Globs


class Ignores(Struct, frozen=True):
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


def ignores_above(root: str, repository: Repository | None) -> tuple[Ignores, dict[str, Seen]]:
    """Give the layers that speak of the root's own folder, from the repository that holds it, and the files they stand in.

    The files are named whether they exist or not, with absolute paths: a new one changes the outcome too. The root's own
    ignore file is not among them.
    """
    if repository is None:
        return Ignores(), {}
    top = repository.top
    prefix = "" if root == top else os.path.relpath(root, top).replace(os.sep, "/") + "/"
    folders = [prefix[: at + 1] for at, sign in enumerate(prefix) if sign == "/"]
    above = ["", *folders][: len(folders)]
    files = [("", repository.exclude_file), *((base, os.path.join(top, base, IGNORE_FILE)) for base in above)]
    layers, seen = [], {}
    for base, path in files:
        seen[path], raw = read_ignore_file(path)
        layers.append(Layer(base, _compiled(raw)))
    return Ignores(prefix, tuple(layers)), seen


def read_ignore_file(path: str) -> tuple[Seen, bytes]:
    """Look at an ignore file and give its bytes; nothing where it is a link, as git has it, or absurdly large."""
    seen, raw = look_into(path)
    return seen, b"" if os.path.islink(path) or len(raw) > _MAX_BYTES else raw


def _compiled(raw: bytes) -> Globs:
    return compile_globs(os.fsdecode(raw.removeprefix(b"\xef\xbb\xbf")).split("\n"))
