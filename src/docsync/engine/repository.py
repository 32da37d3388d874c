"""Where git keeps what a run depends on: its own folders, its exclude file, and the files that say what HEAD is."""

from __future__ import annotations

import os

from msgspec import Struct

_REF = b"ref: "
_MAX_BYTES = 4096
_MAX_CONFIG_BYTES = 1 << 20
_SIDES = {
    "MERGE_HEAD": "MERGE_HEAD",
    "CHERRY_PICK_HEAD": "CHERRY_PICK_HEAD",
    "REVERT_HEAD": "REVERT_HEAD^",  # what reverting brings in is what there was before
    "REBASE_HEAD": "REBASE_HEAD",
}
"""The files that say that a merge of some kind is under way, each with the commit whose text is brought in."""


class Repository(Struct, frozen=True):
    """Name a repository's top folder, and the folders of its git data: this worktree's own, and the one all share."""

    top: str
    own: str
    shared: str

    @property
    def exclude_file(self) -> str:
        """Give the path of the ignore patterns that are not committed."""
        return os.path.join(self.shared, "info", "exclude")

    @property
    def is_shallow(self) -> bool:
        """Tell whether this is a clone that was made without its older commits."""
        return os.path.lexists(os.path.join(self.shared, "shallow"))

    @property
    def whole(self) -> bool:
        """Tell whether the history is all here: neither a shallow clone nor one that fetches what it lacks when asked."""
        if self.is_shallow:
            return False
        try:
            with open(os.path.join(self.shared, "config"), "rb") as stream:
                settings = stream.read(_MAX_CONFIG_BYTES).lower()
        except OSError:
            return False
        return b"promisor" not in settings and b"partialclone" not in settings

    def history_files(self) -> tuple[str, ...]:
        """Give the files that change when commits come in, existing or not."""
        return (*self.head_files(), os.path.join(self.own, "FETCH_HEAD"), os.path.join(self.shared, "config"))

    def sides(self) -> tuple[str, ...]:
        """Give the commits, other than HEAD, that are being merged, picked, reverted or rebased right now."""
        return tuple(commit for name, commit in _SIDES.items() if os.path.lexists(os.path.join(self.own, name)))

    def head_files(self) -> tuple[str, ...]:
        """Give the files that change whenever HEAD, or a commit that is being merged, is another, existing or not."""
        head = os.path.join(self.own, "HEAD")
        named = _first_line(head)
        files = [head, os.path.join(self.shared, "packed-refs"), os.path.join(self.shared, "reftable", "tables.list")]
        if named.startswith(_REF):
            files.append(os.path.join(self.shared, os.fsdecode(named.removeprefix(_REF))))
        return (*files, *(os.path.join(self.own, name) for name in _SIDES))


def find_repository(folder: str) -> Repository | None:
    """Give the repository that a folder lies in; None where no folder above has a `.git`."""
    while not os.path.lexists(marker := os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    own = marker
    line = _first_line(marker)  # a linked worktree or submodule has a file here, not a folder
    if line.startswith(b"gitdir: "):
        own = os.path.join(folder, os.fsdecode(line.removeprefix(b"gitdir: ")))
    common = os.fsdecode(_first_line(os.path.join(own, "commondir")))
    return Repository(folder, own, os.path.normpath(os.path.join(own, common)) if common else own)


def prefix_of(root: str) -> str:
    """Give what a path of the project at `root` needs before it to be relative to its repository; empty where there is none."""
    real = os.path.realpath(root)
    repository = find_repository(real)
    if repository is None or repository.top == real:
        return ""
    return os.path.relpath(real, repository.top).replace(os.sep, "/") + "/"


def _first_line(path: str) -> bytes:
    try:
        if not os.path.isfile(path):
            return b""
        with open(path, "rb") as stream:
            return stream.read(_MAX_BYTES).split(b"\n", 1)[0].rstrip()
    except OSError:
        return b""
