"""What a run is asked to do, before anything of the project is read."""

from __future__ import annotations

import os
import stat

from msgspec import Struct

from docsync.engine.repository import Repository

STDIN_PATH = "<stdin>"
"""The path that text from standard input goes by when it is given no name."""


class JobError(Exception):
    """Say in one line why the job as a whole cannot be done; ends a command with exit code 2."""


class Crew(Struct, frozen=True):
    """Say who reads: so many processes (0 for as many as pay), or what another program offers (`dask:ADDRESS`)."""

    jobs: int = 0
    executor: str = ""


ANYONE = Crew()
"""As many processes as pay."""


class Request(Struct, frozen=True):
    """Ask for a run over the project at `root`.

    `paths` are as the user gave them, relative to the current folder; none means the whole project. `stdin` replaces the
    text of the file named `stdin_name` (none: a nameless document) and is then all that is reported on. `cache` tells
    whether facts and reports of earlier runs may be used and kept. `select` and `ignore` name rules by code, the beginning
    of a code or name. `since` names the revision whose findings are left out, empty for none. `history` tells
    whether to judge what commits did, too. `stead` names the folder in
    whose stead `root` stands for a while, and whose memory it shares. `crew` says who reads documents.
    """

    root: str
    paths: tuple[str, ...] = ()
    cache: bool = True
    stdin: bytes | None = None
    stdin_name: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    since: str = ""
    history: bool = False
    stead: str = ""
    crew: Crew = ANYONE

    @property
    def choices(self) -> str:
        """Give what two requests differ by that ask for other rules, empty where all that the project wants are asked for."""
        return f"{sorted(self.select)} {sorted(self.ignore)}" if self.select or self.ignore else ""


class Revision(Struct, frozen=True):
    """Name a commit of a repository as it was asked for and as git knows it, and its tree."""

    repository: Repository
    name: str
    commit: str
    tree: str


class Targets(Struct, frozen=True):
    """Hold what was named, relative to the root: files, and folders with a slash at their end.

    Empty for the whole project.
    """

    files: frozenset[str] = frozenset()
    folders: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Tell whether less than the whole project was asked for."""
        return bool(self.files or self.folders)

    def take(self, path: str) -> bool:
        """Tell whether a file was asked for."""
        return not self.named or path in self.files or path.startswith(self.folders)


def targets_of(request: Request) -> Targets:
    """Resolve the paths of a request; raises JobError for one that is absent, outside the root or no file."""
    root = os.path.realpath(request.root)
    if not os.path.isdir(root):
        raise JobError(f"{request.root}: the project root is no folder")
    if request.stdin is not None:
        return Targets(frozenset({_stdin_path(root, request.stdin_name)}))
    named = [_resolve(root, given) for given in request.paths]
    if "" in named:
        return Targets()
    files = frozenset(path for path in named if not path.endswith("/"))
    return Targets(files, tuple(sorted({path for path in named if path.endswith("/")})))


def _resolve(root: str, given: str) -> str:
    if not given:
        raise JobError("an empty path; name a file or a folder, or none for the whole project")
    real = os.path.realpath(given)
    try:
        mode = os.stat(real).st_mode
    except OSError as error:
        raise JobError(f"{given}: {_absence(given, error)}") from error
    path = _inside(root, real, given)
    if stat.S_ISDIR(mode):
        return f"{path}/" if path else ""
    if not stat.S_ISREG(mode):
        raise JobError(f"{given}: neither a file nor a folder")
    return path


def _inside(root: str, real: str, given: str) -> str:
    """Give a path relative to the root, with forward slashes, empty for the root itself."""
    if real == root:
        return ""
    if not real.startswith(root.rstrip(os.sep) + os.sep):
        raise JobError(f"{given}: outside the project root {root}; --root names another")
    return os.path.relpath(real, root).replace(os.sep, "/")


def _absence(given: str, error: OSError) -> str:
    if not isinstance(error, FileNotFoundError):
        return f"cannot be read: {error.strerror or error}"
    near = _near(given)
    return f"no such file or folder{f'; did you mean {near}?' if near else ''}"


def _near(given: str) -> str:
    from docsync.models.nearness import nearest  # noqa: PLC0415  # needed by a mistake only

    folder, name = os.path.split(given)
    try:
        near = nearest(name, os.listdir(folder or "."))
    except OSError:
        return ""
    return os.path.join(folder, near) if near else ""


def _stdin_path(root: str, name: str) -> str:
    if not name:
        return STDIN_PATH
    folder, base = os.path.split(os.path.abspath(name))
    path = _inside(root, os.path.join(os.path.realpath(folder), base), name)
    if not path or os.path.isdir(name):
        raise JobError(f"{name}: a folder; --stdin-filename names a file")
    return path
