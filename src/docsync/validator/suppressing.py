"""Which findings an ignore comment silences, and which comments silence nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from docsync.models.diagnostics import Place
from docsync.models.document import DocumentFacts, Suppression
from docsync.project.index import Project
from docsync.text.spans import Span
from docsync.validator.rule import RuleModule


@dataclass(frozen=True, slots=True)
class _Cover:
    """Hold the blocks that comments for one rule cover in one file, by where they start.

    `reaching[i]` is the one of `marks[: i + 1]` that reaches furthest, so that one look-up answers for nested blocks.
    """

    starts: Sequence[int]
    reaching: Sequence[tuple[Span, Suppression]]

    def at(self, offset: int) -> Suppression | None:
        found = bisect_right(self.starts, offset) - 1
        if found < 0 or self.reaching[found][0].end <= offset:
            return None
        return self.reaching[found][1]


class Suppressions:
    """Protect the record of which comments of a project were used."""

    def __init__(self, project: Project) -> None:
        self._covers = {
            (path, code): _cover(marks) for path, document in project.documents.items() for code, marks in _by_code(document)
        }
        self._used: set[tuple[str, Suppression, str]] = set()

    def silence(self, rule: RuleModule, place: Place) -> bool:
        """Tell whether a comment covers a finding of `rule` at `place`, and remember the comment as used."""
        for spelling in (rule.CODE.casefold(), rule.NAME):
            cover = self._covers.get((place.path, spelling))
            mark = cover.at(place.span.start) if cover else None
            if mark:
                self._used.add((place.path, mark, spelling))
                return True
        return False

    def unused(self, project: Project, skipped: frozenset[str]) -> Project:
        """Give the project with only those comments, and of each only those codes, that silenced nothing.

        `skipped` holds the codes and names, lower-case, of rules that did not run: whether they are needed is not known.
        """
        rest: dict[str, DocumentFacts] = {}
        for path, document in project.documents.items():
            if document.suppressions:
                left = tuple(self._left(path, mark, skipped) for mark in document.suppressions)
                rest[path] = replace(document, suppressions=tuple(mark for mark in left if mark.codes))
        return replace(project, documents=rest)

    def _left(self, path: str, mark: Suppression, skipped: frozenset[str]) -> Suppression:
        return replace(
            mark,
            codes=tuple(
                code
                for code in mark.codes
                if code.casefold() not in skipped and (path, mark, code.casefold()) not in self._used
            ),
        )


def _by_code(document: DocumentFacts) -> Iterable[tuple[str, list[Suppression]]]:
    marks: dict[str, list[Suppression]] = {}
    for mark in document.suppressions:
        for code in mark.codes:
            marks.setdefault(code.casefold(), []).append(mark)
    return marks.items()


def _cover(marks: Iterable[Suppression]) -> _Cover:
    starts: list[int] = []
    reaching: list[tuple[Span, Suppression]] = []
    for mark in sorted(marks, key=lambda mark: mark.covers):
        longer = not reaching or mark.covers.end > reaching[-1][0].end
        reaching.append((mark.covers, mark) if longer else reaching[-1])
        starts.append(mark.covers.start)
    return _Cover(starts, reaching)


def skipped_spellings(rules: Iterable[RuleModule]) -> frozenset[str]:
    """Give the codes and names, lower-case, of rules."""
    return frozenset(spelling for rule in rules for spelling in (rule.CODE.casefold(), rule.NAME))
