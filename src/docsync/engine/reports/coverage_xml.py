"""What a coverage report in Cobertura's XML says."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from docsync.engine.reports.markup import Attributes, Unreadable, listen
from docsync.engine.reports.times import moments_of_number
from docsync.models.reports import CoverageRun, Moments, Share

ROOTS: Final = frozenset({"coverage"})
_MOST_FILES: Final = 200_000
_DIGITS: Final = 12


def read_coverage_xml(raw: bytes) -> CoverageRun:
    """Read a report; raises Unreadable."""
    reader = _Reader()
    listen(raw, ROOTS, reader)
    return reader.run()


class _Reader:
    """Gather the rates of the whole, and the files that it speaks of."""

    def __init__(self) -> None:
        self._root: Attributes = {}
        self._files: set[str] = set()

    def begin(self, name: str, attributes: Attributes) -> None:
        """Take an element in."""
        if name == "coverage":
            self._root = attributes
        elif name == "class" and len(self._files) < _MOST_FILES and (file := attributes.get("filename")):
            self._files.add(file)

    def end(self, name: str) -> None:
        """Take an element's end in."""

    def run(self) -> CoverageRun:
        """Give what was gathered; raises Unreadable where it says nothing of lines."""
        line, branch = self._share("line", "lines"), self._share("branch", "branches")
        if line is None:
            raise Unreadable("does not say how many lines are covered: line-rate is missing, or is no share")
        moments = moments_of_number(self._root["timestamp"]) if "timestamp" in self._root else Moments()
        return CoverageRun(line, branch, both(line, branch), frozenset(self._files), moments)

    def _share(self, rate: str, counts: str) -> Share | None:
        covered, valid = (_number(self._root.get(f"{counts}-{what}", "")) for what in ("covered", "valid"))
        if covered is not None and valid is not None:
            return share_of(covered, valid)
        try:
            share = Decimal(self._root.get(f"{rate}-rate", ""))
        except InvalidOperation:
            return None
        known = share.is_finite() and 0 <= share <= 1 and (rate == "line" or share)
        return Share(share * 100) if known else None


def share_of(covered: int, valid: int) -> Share | None:
    """Give a share by its counts; None of nothing, and where more is covered than there is."""
    return Share(Decimal(100) * covered / valid, covered, valid) if 0 <= covered <= valid and valid else None


def both(line: Share | None, branch: Share | None) -> Share | None:
    """Give the share of lines and branches together, as coverage.py sums them up; None where a count is missing."""
    if line is None or branch is None:
        return line
    if line.covered is None or line.valid is None or branch.covered is None or branch.valid is None:
        return None
    return share_of(line.covered + branch.covered, line.valid + branch.valid)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None
