"""What a run looks at beyond the documents: files that they name, and commits; all of it is remembered for the next run."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Mapping
from functools import cached_property
from subprocess import DEVNULL, PIPE, SubprocessError, run
from typing import TYPE_CHECKING, Final

from docsync.cache.marks import anything_at, mark_at
from docsync.config.values import EvidenceFiles
from docsync.engine.discovery import Found
from docsync.engine.fingerprint import Seen, look_into
from docsync.engine.heads import quiet_environment
from docsync.engine.repository import Repository
from docsync.models.reports import CoverageEvidence, TestEvidence
from docsync.project.evidence import Outside

if TYPE_CHECKING:
    from docsync.engine.reports.evidence import Reports
    from docsync.engine.reports.looking import Looking

_BATCH: Final = ("git", "--no-replace-objects", "cat-file", "--batch-check")
_SECONDS: Final = 10.0
_LARGEST: Final = 4_000_000
_MOST_COMMITS: Final = 5_000
_SPARE: Final = 200
"""Paths that may be asked about again although no document names them any more."""
_NAME: Final = re.compile(r"[0-9a-f]{7,40}")


class Looked:
    """Look at files and commits for the rules, and keep what the outcome rests on.

    `existing` tells of each path whether anything was there, `files` holds the marks of what was read. The folders that the
    walk listed answer by themselves: their listings are remembered anyway. The root may stand in for a `stead`. Reports are
    looked for where `evidence` names them, and not at all where it is None. `named` is how many paths were asked about when all
    of them last were, None where that is this time.
    """

    def __init__(
        self, root: str, repository: Repository | None, found: Found, stead: str = "", evidence: EvidenceFiles | None = None
    ) -> None:
        self._root = root
        self._roots = (root, stead) if stead else (root,)
        self._repository = repository
        self._found = found
        self.existing: dict[str, bool] = {}
        self.named: int | None = None
        self.files: dict[str, Seen] = {}
        self._evidence = evidence
        self._looking: Looking | None = None

    def exists(self, path: str) -> bool:
        """Tell whether there is anything at a path that the walk did not see."""
        if self._ruled_out(path):
            return False
        if path not in self.existing:
            self.existing[path] = anything_at(self._root, path)
        return self.existing[path]

    def finds_again(self, before: Outside) -> bool:
        """Tell whether all that another one was asked to find exists or not as it did then; all of it is asked again."""
        if not isinstance(before, Looked) or self.listed != before.listed:
            return False
        named = len(before.existing) if before.named is None else before.named
        if len(before.existing) > 2 * named + _SPARE:  # who writes a path names each of its beginnings for a while
            return False
        self.named = named
        return all(self.exists(path) is was for path, was in before.existing.items())

    @property
    def listed(self) -> tuple[object, ...]:
        """Give the root and the folders that the walk listed, or could not."""
        return self._root, self._found.folders.keys(), self._found.closed.keys()

    def _ruled_out(self, path: str) -> bool:
        """Tell whether a folder that was listed lacks what leads to a path, so that nobody need look."""
        folder = ""
        for part in path.split("/"):
            listed = folder in self._found.folders and folder not in self._found.closed
            if listed and folder + part not in self._found.present:
                return True
            folder += f"{part}/"
        return False

    def _holds(self, full: str) -> bool:
        return any(_within(root, full) for root in self._roots)

    def line_count(self, path: str) -> int | None:
        """Give a text file's number of lines."""
        full = os.path.join(self._root, path)
        mark = mark_at(full)
        if not mark or not stat.S_ISREG(mark[0]) or mark[1] > _LARGEST or not self._holds(full):
            return None
        self.files[path], raw = look_into(full)
        return lines_in(raw)

    def unknown_commits(self, names: Collection[str]) -> frozenset[str] | None:
        """Give the commits that the repository does not hold; None where its history is not whole, or git does not answer."""
        asked = sorted({name for name in names if _NAME.fullmatch(name)})[:_MOST_COMMITS]
        if self._repository is None or not asked or not self._repository.whole:
            return None
        for path in self._repository.history_files():
            self.files[path] = look_into(path)[0]
        answers = self._ask(asked)
        if len(answers) != len(asked):
            return None
        return frozenset(name for name, answer in zip(asked, answers, strict=True) if answer.endswith(b" missing"))

    def tests(self) -> TestEvidence | None:
        """Give what reports say of the tests."""
        return self._reports.tests if self._reports else None

    def coverage(self) -> CoverageEvidence | None:
        """Give what reports say of the coverage of the tests."""
        return self._reports.coverage if self._reports else None

    @property
    def folders(self) -> Mapping[str, Seen]:
        """Give the folders that were looked through for reports, beside those that the walk listed."""
        return self._looking.folders if self._looking else {}

    @property
    def ages(self) -> Mapping[int, Mapping[str, bool]]:
        """Tell by a report's time, in nanoseconds, of sources whether they are newer."""
        return self._looking.ages if self._looking else {}

    def rests_on(self, path: str) -> bool:
        """Tell whether the outcome may depend on a file or on whether it is there."""
        if path in self.files or path in self.existing or f"{path.rpartition('/')[0]}/" in self.folders:
            return True
        return any(path in ages for ages in self.ages.values())

    @cached_property
    def _reports(self) -> Reports | None:
        if self._evidence is None:
            return None
        # Most projects make no claim about tests, and reading XML takes modules of its own.
        from docsync.engine.reports.commits import Commits  # noqa: PLC0415
        from docsync.engine.reports.evidence import Reports  # noqa: PLC0415
        from docsync.engine.reports.looking import Looking  # noqa: PLC0415

        self._looking = Looking(self._root, self._found, self.files)
        commits = Commits(self._root, self._repository) if self._repository else None
        return Reports(self._looking, self._evidence, commits)

    def _ask(self, names: list[str]) -> list[bytes]:
        lines = "".join(f"{name}\n" for name in names).encode("ascii")
        try:
            done = run(  # noqa: S603  # a fixed list of arguments; names go through the pipe
                _BATCH,
                cwd=self._root,
                env=quiet_environment(),
                input=lines,
                stdout=PIPE,
                stderr=DEVNULL,
                timeout=_SECONDS,
                check=True,
            )
        except (OSError, SubprocessError):
            return []
        return done.stdout.splitlines()


def lines_in(raw: bytes) -> int | None:
    """Give the number of lines of a text; None for what is no text or holds nothing."""
    if not raw or b"\0" in raw:
        return None
    return raw.count(b"\n") + (not raw.endswith(b"\n"))


def _within(root: str, full: str) -> bool:
    return os.path.realpath(full).startswith(root.rstrip(os.sep) + os.sep)
