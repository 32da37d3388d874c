"""Which findings an ignore comment silences, and which comments silence nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.document import Suppression
from docsync.text.spans import Span
from docsync.validator.rule import RuleModule


class _Cover(Struct, frozen=True):
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
    """Protect the record of which comments of one file were used."""

    def __init__(self, marks: Sequence[Suppression]) -> None:
        self._marks = marks
        self._covers = {code: _cover(covering) for code, covering in _by_code(marks)}
        self._used: set[tuple[Suppression, str]] = set()

    def silence(self, rule: RuleModule, span: Span) -> bool:
        """Tell whether a comment covers a finding of `rule` at `span`, and remember the comment as used."""
        for spelling in (rule.CODE.casefold(), rule.NAME):
            cover = self._covers.get(spelling)
            mark = cover.at(span.start) if cover else None
            if mark:
                self._used.add((mark, spelling))
                return True
        return False

    def unused(self, skipped: frozenset[str]) -> Iterator[Suppression]:
        """Give only those comments, each with only those codes, that silenced nothing.

        `skipped` holds the codes and names, lower-case, of rules that did not run: whether they are needed is not known.
        """
        for mark in self._marks:
            if codes := tuple(code for code in mark.codes if self._is_unused(mark, code.casefold(), skipped)):
                yield replace(mark, codes=codes)

    def _is_unused(self, mark: Suppression, spelling: str, skipped: frozenset[str]) -> bool:
        return spelling not in skipped and (mark, spelling) not in self._used


def _by_code(marks: Iterable[Suppression]) -> Iterable[tuple[str, list[Suppression]]]:
    found: dict[str, list[Suppression]] = {}
    for mark in marks:
        for code in mark.codes:
            found.setdefault(code.casefold(), []).append(mark)
    return found.items()


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
