"""When git last took in what files hold, asked of commands that only read its own objects."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from functools import cached_property
from subprocess import DEVNULL, PIPE, SubprocessError, run
from typing import Final

from docsync.engine.heads import quiet_environment
from docsync.engine.repository import Repository

_GIT: Final = ("git", "--no-replace-objects")
_SECONDS: Final = 20.0
_SHA256: Final = 64


class Commits:
    """Ask about the files below a root; where git does not answer, it holds nothing."""

    def __init__(self, root: str, repository: Repository) -> None:
        self._root = root
        self._repository = repository

    def files(self) -> tuple[str, ...]:
        """Give the files that change when what git would answer does."""
        return self._repository.history_files()

    def holds(self, path: str, raw: bytes) -> bool:
        """Tell whether the last commit holds just these bytes under a path."""
        name = self._blobs.get(path, "")
        make = hashlib.sha256 if len(name) == _SHA256 else hashlib.sha1
        return bool(name) and make(b"blob %d\0" % len(raw) + raw).hexdigest() == name

    def last_change(self, path: str) -> float:
        """Give the time of the last commit that changed a file, in seconds since 1970; 0 where there is none."""
        stamp = self._ask("rev-list", "-1", "--timestamp", "HEAD", "--", path).partition(b" ")[0]
        return float(stamp) if stamp.isdigit() else 0.0

    def changed_since(self, moment: float) -> Collection[str]:
        """Give the files that commits after a time changed, in seconds since 1970."""
        commits = self._ask("rev-list", f"--max-age={int(moment) + 1}", "HEAD")
        if not commits:
            return ()
        names = self._ask(
            "diff-tree", "--stdin", "-r", "-m", "--root", "--no-commit-id", "--name-only", "--relative", "-z", asked=commits
        )
        return {os.fsdecode(name) for name in names.split(b"\0")}

    @cached_property
    def _blobs(self) -> dict[str, str]:
        lines = self._ask("ls-tree", "-r", "-z", "HEAD").split(b"\0")
        return {
            os.fsdecode(name): os.fsdecode(told.rpartition(b" ")[2])
            for told, _, name in (line.partition(b"\t") for line in lines)
        }

    def _ask(self, *arguments: str, asked: bytes = b"") -> bytes:
        environment = {**quiet_environment(), "GIT_LITERAL_PATHSPECS": "1"}
        try:
            done = run(  # noqa: S603  # a fixed list of arguments; paths stand behind `--`
                (*_GIT, *arguments),
                cwd=self._root,
                env=environment,
                input=asked,
                stdout=PIPE,
                stderr=DEVNULL,
                timeout=_SECONDS,
                check=True,
            )
        except (OSError, SubprocessError):
            return b""
        return done.stdout
