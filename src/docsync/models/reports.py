"""What reports outside the documents say of tests: how many there are, how they went, and how much they cover."""

from __future__ import annotations

import re
from decimal import Decimal
from operator import add
from typing import Final

from msgspec import Struct
from msgspec.structs import astuple


class Figures(Struct, frozen=True, gc=False):
    """Count test cases; each is one of failed, errors, skipped or passed, and those expected to fail are among the skipped.

    `functions` counts those that differ in their parameters alone once; 0 where that is not known.
    """

    total: int = 0
    failed: int = 0
    errors: int = 0
    skipped: int = 0
    expected: int = 0
    functions: int = 0

    @property
    def passed(self) -> int:
        """Give the number of those that passed."""
        return self.total - self.failed - self.errors - self.skipped

    def __add__(self, other: Figures) -> Figures:
        """Count both."""
        return Figures(*map(add, astuple(self), astuple(other)))


_ENDING: Final = re.compile(r"\.(?:py|go|[cm]?[jt]sx?)\Z")


def stem(path: str) -> str:
    """Give the path of a test module without the ending of its language, which names of modules and classes lack."""
    return _ENDING.sub("", path)


class Part(Struct, frozen=True, gc=False):
    """Hold the figures of the cases below some suites, outermost first, in one file.

    `file` is the stem of a path, or the dotted name of a module or class with slashes for its dots.
    """

    suites: tuple[str, ...]
    file: str
    figures: Figures


class Moments(Struct, frozen=True, gc=False):
    """Hold a time as seconds since 1970, if written without a zone once as UTC and once as local time; 0 for none."""

    utc: float = 0.0
    local: float = 0.0

    def latest(self, other: Moments) -> Moments:
        """Give the later of both."""
        return Moments(max(self.utc, other.utc), max(self.local, other.local))


class TestRun(Struct, frozen=True, gc=False):
    """Hold what one report of a test run says: its cases as `counted`, and as it sums them up itself.

    `cases` stands for which cases they are, so that two runs of the same cases can be told.
    """

    __test__ = False

    counted: Figures
    declared: Figures | None = None
    parts: tuple[Part, ...] = ()
    moments: Moments = Moments()
    cases: int = 0


class Share(Struct, frozen=True, gc=False):
    """Hold how much of something is covered, in percent, with the counts where they are known."""

    percent: Decimal
    covered: int | None = None
    valid: int | None = None


class CoverageRun(Struct, frozen=True, gc=False):
    """Hold what one coverage report says: of lines, of branches, and of both together where that is known.

    `files` are the sources that it speaks of.
    """

    line: Share | None = None
    branch: Share | None = None
    total: Share | None = None
    files: frozenset[str] = frozenset()
    moments: Moments = Moments()


class TestEvidence(Struct, frozen=True, gc=False):
    """Hold what reports say of a project's tests.

    `paths` name the reports, `taken` says when they were made. `readings` are the ways to sum up how the tests went, empty
    where nothing tells; `listed` are the numbers of tests in a list of them, with parameters and without. `doubt` says why
    nothing follows from all this, empty where something does; `forgetful` that tests may be listed that are gone, `whole` that
    it is all the tests that the reports are of, and not just those of the last run, `named` that the configuration says so.
    """

    __test__ = False

    paths: tuple[str, ...]
    taken: str
    readings: tuple[Figures, ...] = ()
    parts: tuple[Part, ...] = ()
    listed: tuple[int, ...] = ()
    doubt: str = ""
    forgetful: bool = False
    whole: bool = True
    named: bool = False


class CoverageEvidence(Struct, frozen=True, gc=False):
    """Hold what reports say of coverage, as TestEvidence does of tests."""

    paths: tuple[str, ...]
    taken: str
    line: Share | None = None
    branch: Share | None = None
    total: Share | None = None
    doubt: str = ""
