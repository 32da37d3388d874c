"""Which test modules a report leaves out, so that it may be of a part of the tests only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from docsync.models.reports import Part, stem

_MODULE: Final = re.compile(r"(?:.*/)?(?:test_[^/]+\.py|[^/]+_test\.(?:py|go)|[^/]+\.(?:test|spec)\.[cm]?[jt]sx?)")


class Modules(Struct, frozen=True):
    """Hold the test modules that are there, and those of them that a report does not speak of."""

    there: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def left_out(self) -> str:
        """Give the first that is left out; empty where a report names modules in a way of its own, and so none of them."""
        return self.missing[0] if self.missing and len(self.missing) < len(self.there) else ""

    @property
    def whole(self) -> bool:
        """Tell whether a report speaks of all there are."""
        return bool(self.there) and not self.missing


def modules_of(parts: Sequence[Part], present: Iterable[str]) -> Modules:
    """Compare the test modules of a tree with what a report names: files, or modules with the names of classes behind them."""
    there = tuple(sorted(path for path in present if _MODULE.fullmatch(path)))
    named = _beginnings(part.file for part in parts)
    return Modules(there, tuple(path for path in there if stem(path) not in named))


def _beginnings(files: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for file in set(files):
        at = len(file)
        while at > 0 and file[:at] not in found:
            found.add(file[:at])
            at = file.rfind("/", 0, at)
    return frozenset(found)
