"""Which kind of record a new issue becomes: one whose ids look like its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from docsync.engine.exporting import vocabulary as words
from docsync.engine.importing.lines import Issue
from docsync.models.schema import KindSpec, Role
from docsync.project.index import Project
from docsync.project.parts import is_work

_PREFIXED = re.compile(r"(?P<prefix>[A-Za-z0-9_.-]*[A-Za-z0-9])-[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*")
_REST: Final = r"-\w+(?:\.\w+)*"
_DIGITS = re.compile(r"\d+")
_FIRST: Final = "T1"
_FEW: Final = 3
_LONGEST: Final = 100
"""How many characters the configuration takes for a pattern."""


class Choosing:
    """Choose kinds for a project; `wanted` is that of issues that are no epics, where their ids allow it."""

    def __init__(self, project: Project, wanted: str) -> None:
        self._project, self._wanted = project, wanted

    @cached_property
    def wholes(self) -> frozenset[str]:
        """Give the kinds that others belong to, as issues belong to epics."""
        kinds = self._project.config.kinds
        return frozenset(one.target for spec in kinds.values() for one in spec.relations(Role.PART_OF))

    def kind_of(self, issue: Issue) -> str:
        """Give the kind of a new issue, empty where no kind has ids like its own."""
        ordered = sorted(self._kinds(), key=lambda spec: (spec.name in self.wholes) is not (issue.type == words.EPIC))
        return next((spec.name for spec in ordered if spec.matches(issue.id)), "")

    def refusal(self, ids: Sequence[str]) -> str:
        """Say which ids are of no kind, and what in the configuration lets them be."""
        config = self._project.config
        spec = config.kinds[self._wanted]
        shown = ", ".join(ids[:_FEW]) + (f" and {len(ids) - _FEW:,} more" if len(ids) > _FEW else "")
        said = f"{shown}: the id of no kind of work here"
        known = [record.id for record in self._project.by_kind.get(spec.name, ())] or [_FIRST]
        pattern = "|".join(dict.fromkeys([*map(_numbered, known), *_prefixed(ids)]))
        if len(pattern) > _LONGEST or "'" in pattern:
            return f"{said}; say in the configuration which ids {spec.plural} have: `id` in [kinds.{spec.name}]"
        source = config.source or "docsync.toml"
        table = f"[tool.docsync.kinds.{spec.name}]" if source.endswith("pyproject.toml") else f"[kinds.{spec.name}]"
        return f"{said}; to let {spec.plural} be called so, put this into {source} and run again:\n{table}\nid = '{pattern}'"

    def _kinds(self) -> Iterator[KindSpec]:
        """Give the kinds that an issue may be of: the one that is wanted, then all work, then what work belongs to."""
        kinds = self._project.config.kinds
        yield kinds[self._wanted]
        yield from (spec for name, spec in kinds.items() if is_work(self._project, name) and name != self._wanted)
        yield from (spec for name, spec in kinds.items() if name in self.wholes and not is_work(self._project, name))


def _prefixed(ids: Sequence[str]) -> Iterator[str]:
    """Give patterns for ids as trackers make them: a prefix, a hyphen and a word, with dots for parts of parts."""
    found = [_PREFIXED.fullmatch(name) for name in ids]
    yield from sorted({f"{re.escape(match['prefix'])}{_REST}" for match in found if match})
    yield from sorted({_numbered(name) for name, match in zip(ids, found, strict=True) if match is None})


def _numbered(name: str) -> str:
    """Give a pattern for ids that differ from one in their numbers."""
    return _DIGITS.sub(r"\\d+", re.escape(name))
