"""Which rules a project's choices turn on, and at which rank they report in which files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from docsync.config.values import Config, Override, RuleChoice
from docsync.models.diagnostics import Severity
from docsync.text.globs import Globs, compile_globs
from docsync.validator.rule import RuleModule

ALL: Final = "ALL"
"""The spelling that stands for every rule."""
_UNSAID: Final = -1


def is_meant(rule: RuleModule, spelling: str) -> bool:
    """Tell whether a spelling means a rule, alone or among others."""
    return _length(rule, spelling) > _UNSAID


def is_on(rule: RuleModule, choice: RuleChoice) -> bool:
    """Tell whether a choice turns a rule on: the longer spelling decides between selected and ignored, a tie turns it off."""
    return _nearness(rule, choice.selected or (ALL,)) > _nearness(rule, choice.ignored)


class Places(Struct, frozen=True):
    """Hold the overrides of a project, each with its pattern compiled."""

    choice: RuleChoice
    overrides: Sequence[tuple[Globs, Override]]

    def silences(self, rule: RuleModule, path: str) -> bool:
        """Tell whether an override takes a rule out of a file."""
        return any(_nearness(rule, each.ignored) > _UNSAID for each in self._of(path))

    def severity(self, rule: RuleModule, path: str) -> Severity | None:
        """Give the rank that is chosen for a rule in a file: the last override's that names it, else the project's."""
        choices = [*(each.severities for each in reversed(self._of(path))), self.choice.severities]
        return next((each[key] for each in choices for key in (rule.CODE, rule.NAME) if key in each), None)

    def _of(self, path: str) -> list[Override]:
        return [override for globs, override in self.overrides if globs.covers(path)]


def places(config: Config) -> Places:
    """Give the overrides of a project, ready to be asked about paths."""
    return Places(config.rules, tuple((compile_globs((each.path,)), each) for each in config.overrides))


def _nearness(rule: RuleModule, spellings: Iterable[str]) -> int:
    """Give the length of the longest of some spellings that mean a rule: its name or code in full, the code's beginning."""
    return max((_length(rule, spelling) for spelling in spellings), default=_UNSAID)


def _length(rule: RuleModule, spelling: str) -> int:
    if spelling.casefold() == rule.NAME:
        return len(rule.CODE)
    if spelling.upper() == ALL:
        return 0
    return len(spelling) if rule.CODE.startswith(spelling.upper()) else _UNSAID
