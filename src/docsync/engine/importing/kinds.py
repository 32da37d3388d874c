"""Which kind of record a new issue becomes: one whose ids look like its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from docsync.engine.exporting import vocabulary as words
from docsync.engine.importing.lines import Issue
from docsync.models.schema import KindSpec, Role
from docsync.project.index import Project
from docsync.project.parts import is_work

_PREFIXED = re.compile(r"(?P<prefix>[A-Za-z0-9_.-]*[A-Za-z0-9])-[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*")
_REST = r"-[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*"
_FEW = 3


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
        spec = self._project.config.kinds[self._wanted]
        shown = ", ".join(ids[:_FEW]) + (f" and {len(ids) - _FEW:,} more" if len(ids) > _FEW else "")
        pattern = f"{spec.id_pattern}|{_pattern(ids)}" if spec.id_pattern else _pattern(ids)
        quote = "'" if "'" not in pattern else "'''"
        source = self._project.config.source or "docsync.toml"
        table = f"[tool.docsync.kinds.{spec.name}]" if source.endswith("pyproject.toml") else f"[kinds.{spec.name}]"
        return (
            f"{shown}: the id of no kind of work here; to let {spec.plural} be called so, "
            f"put this into {source} and run again:\n{table}\nid = {quote}{pattern}{quote}"
        )

    def _kinds(self) -> Iterator[KindSpec]:
        """Give the kinds that an issue may be of: the one that is wanted, then all work, then what work belongs to."""
        kinds = self._project.config.kinds
        yield kinds[self._wanted]
        yield from (spec for name, spec in kinds.items() if is_work(self._project, name) and name != self._wanted)
        yield from (spec for name, spec in kinds.items() if name in self.wholes and not is_work(self._project, name))


def _pattern(ids: Sequence[str]) -> str:
    """Give a pattern for ids as trackers make them: a prefix, a hyphen and a word, with dots for parts of parts."""
    found = [_PREFIXED.fullmatch(name) for name in ids]
    prefixes = sorted({re.escape(match["prefix"]) for match in found if match})
    others = sorted({re.escape(name) for name, match in zip(ids, found, strict=True) if match is None})
    parts = [f"(?:{'|'.join(prefixes)}){_REST}" if len(prefixes) > 1 else f"{prefixes[0]}{_REST}"] if prefixes else []
    return "|".join([*parts, *others])
