"""Which place in a project somebody means who names a path from where they stand."""

from __future__ import annotations

import os

from docsync.engine.arriving.refusing import Unwelcome


def place_below(root: str, given: str) -> str:
    """Give a path relative to a project's root, with a slash at its end for a folder, there or not.

    A path is meant from the current folder, else from the root. Raises Unwelcome for one outside the project.
    """
    here = os.path.abspath(given)
    from_root = os.path.join(root, given)
    full = here if os.path.exists(here) or not os.path.exists(from_root) else from_root
    real = os.path.realpath(full)
    top = os.path.realpath(root)
    if real != top and not real.startswith(top.rstrip(os.sep) + os.sep):
        raise Unwelcome(f"{given} lies outside the project {root}; --root names another")
    path = os.path.relpath(real, top).replace(os.sep, "/")
    folder = os.path.isdir(real) or given.endswith(("/", os.sep)) or "." not in os.path.basename(real)
    if path == ".":
        return "./"
    return f"{path}/" if folder else path
