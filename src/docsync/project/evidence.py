"""What exists outside the documents' text: files below the root, their lines, and commits."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from posixpath import dirname, normpath
from typing import Final, Protocol

from docsync.models.reports import CoverageEvidence, TestEvidence

_DOCUMENTS: Final = (".md", ".markdown", ".mdx", ".rst", ".txt", ".adoc")
_FEW: Final = 3
_TAIL: Final = 2
_SIGN = re.compile(r"[-_.]")


class Outside(Protocol):
    """Look at what no document states, and remember what was looked at, so that a later run can tell whether it holds."""

    def exists(self, path: str) -> bool:
        """Tell whether there is anything at a path relative to the root, also in folders that are left out of a walk."""
        ...

    def line_count(self, path: str) -> int | None:
        """Give the number of lines of a text file; None for what cannot be read, is no text or holds nothing."""
        ...

    def finds_again(self, before: Outside) -> bool:
        """Tell whether all that another one was asked to find exists or not as it did then; all of it is asked again."""
        ...

    def unknown_commits(self, names: Collection[str]) -> frozenset[str] | None:
        """Give those of the commits that the repository does not hold; None where that can't be told."""
        ...

    def tests(self) -> TestEvidence | None:
        """Give what reports say of the project's tests; None where there are none."""
        ...

    def coverage(self) -> CoverageEvidence | None:
        """Give what reports say of the coverage of its tests; None where there are none."""
        ...


class Evidence:
    """Answer for the files of a project; `present` is all that a walk saw, `outside` looks at the rest."""

    def __init__(self, present: frozenset[str] = frozenset(), outside: Outside | None = None) -> None:
        self._present = present
        self._outside = outside

    @property
    def at_hand(self) -> bool:
        """Tell whether there is anything to look at."""
        return self._outside is not None

    def exists(self, path: str) -> bool:
        """Tell whether there is a file or folder at a path relative to the root."""
        if not path or path in self._present:
            return True
        return self._outside is not None and self._outside.exists(path)

    def finds_again(self, before: Evidence) -> bool:
        """Tell whether the same files are there as an earlier one found; what that was asked, this is asked, too."""
        if self._outside is None or before._outside is None:
            return self._outside is before._outside and self._present == before._present
        return self._present == before._present and self._outside.finds_again(before._outside)

    def line_count(self, path: str) -> int | None:
        """Give the number of lines of a text file; None where it says nothing."""
        return self._outside.line_count(path) if self._outside else None

    def unknown_commits(self, names: Collection[str]) -> frozenset[str] | None:
        """Give those of the commits that are not in the repository; None where that can't be told."""
        return self._outside.unknown_commits(names) if self._outside and names else None

    @cached_property
    def tests(self) -> TestEvidence | None:
        """Give what reports say of the project's tests; None where there are none."""
        return self._outside.tests() if self._outside else None

    @cached_property
    def coverage(self) -> CoverageEvidence | None:
        """Give what reports say of the coverage of its tests; None where there are none."""
        return self._outside.coverage() if self._outside else None

    def find(self, path: str, beside: str) -> str:
        """Give the file that a path in a document means, empty for none.

        People write paths from the document, from the root, from any folder between the two, or from a source folder
        anywhere; some put the root's own name first.
        """
        folder = dirname(beside)
        for base in (folder, *_above(folder)):
            joined = normpath(f"{base}/{path}" if base else path)
            if not joined.startswith("..") and self.exists(joined):
                return joined
        return self._ending_in(path)

    def follow(self, path: str, beside: str) -> str | None:
        """Give where a link in a document leads, relative to the root; None where that is outside of it."""
        folder = dirname(beside)
        joined = normpath(f"{folder}/{path}" if folder else path)
        return None if joined.startswith("..") else "" if joined == "." else joined

    def named(self, name: str) -> tuple[str, ...]:
        """Give the paths of all that a walk saw under a name, in any case."""
        return self._by_name.get(name.casefold(), ())

    def beside(self, path: str) -> tuple[str, ...]:
        """Give the names in the folder of a path, as far as a walk saw them."""
        return self._by_folder.get(dirname(path), ())

    def ending(self, name: str) -> tuple[str, ...]:
        """Give the paths whose name is another one before this: `v2-SCOPE.md` for `SCOPE.md`."""
        return self._by_ending.get(name.casefold(), ())

    @cached_property
    def has_sources(self) -> bool:
        """Tell whether there is more than documents; else nothing follows from a source file that is not there."""
        sources = (
            path for path in self._present if "." in path.rpartition("/")[2][1:] and not path.lower().endswith(_DOCUMENTS)
        )
        return sum(1 for _, _ in zip(range(_FEW), sources, strict=False)) == _FEW

    def _ending_in(self, path: str) -> str:
        """Find a path as the end of another; of one with several folders the first may be the root's own name."""
        parts = [part for part in path.split("/") if part not in ("", ".", "..")]
        if len(parts) < _TAIL:
            return self.named(parts[0])[0] if parts and self.named(parts[0]) else ""
        known = self._by_tail.get("/".join(parts[-_TAIL:]), ())
        for whole in (parts, parts[1:] if len(parts) > _TAIL else parts):
            if found := next((other for other in known if f"/{other}".endswith(f"/{'/'.join(whole)}")), ""):
                return found
        return ""

    @cached_property
    def _by_tail(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped(("/".join(path.split("/")[-_TAIL:]), path) for path in sorted(self._present))

    @cached_property
    def _by_ending(self) -> Mapping[str, tuple[str, ...]]:
        pairs = ((name, path) for name, paths in self._by_name.items() for path in paths)
        return _grouped((name[found.end() :], path) for name, path in pairs for found in _SIGN.finditer(name, 1))

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((path.rpartition("/")[2].casefold(), path) for path in sorted(self._present))

    @cached_property
    def _by_folder(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((dirname(path), path.rpartition("/")[2]) for path in sorted(self._present))


NO_EVIDENCE: Final = Evidence()
"""What is known where nobody has looked."""


def _above(folder: str) -> list[str]:
    found = []
    while folder:
        folder = dirname(folder)
        found.append(folder)
    return found


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
