"""Which docsync this is: what one version has read or found must not be taken for another's."""

from __future__ import annotations

import os
import sys
from hashlib import blake2b
from importlib.machinery import PathFinder

import docsync

_LIBRARIES = ("markdown_it", "yaml", "frontmatter", "pydantic", "jinja2", "msgspec")
"""The libraries that what is found depends on, and the bytes that it is kept in."""


def identity() -> str:
    """Give a name for this docsync, its Python and its libraries; it changes when the code of docsync is edited."""
    parts = [docsync.__version__, sys.version, *map(_library, _LIBRARIES), *_edited()]
    return blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def _library(name: str) -> str:
    """Tell one release of a library from another without importing it: its first module is never the same file."""
    found = PathFinder.find_spec(name)
    return f"{name} {_stamp(found.origin)}" if found and found.origin else name


def _edited() -> list[str]:
    """Give a stamp for each of our own files, where they are not installed for good but may be edited."""
    package = os.path.dirname(os.path.abspath(docsync.__file__))
    if os.path.basename(os.path.dirname(package)) in {"site-packages", "dist-packages"}:
        return []
    templates = os.path.join(package, "..", "..", "templates")
    folders = [*os.walk(package), *os.walk(templates)]
    files = (os.path.join(folder, name) for folder, _, names in folders for name in names if not name.endswith(".pyc"))
    return [f"{path} {_stamp(path)}" for path in sorted(files)]


def _stamp(path: str) -> str:
    try:
        status = os.stat(path)
    except OSError:
        return ""
    return f"{status.st_size} {status.st_mtime_ns}"
