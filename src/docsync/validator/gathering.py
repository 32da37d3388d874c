"""What the rules give for each file, with what they gave before wherever that still holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from msgspec import Struct

from docsync.config.values import Config
from docsync.models.diagnostics import Confirmation, Finding
from docsync.project.build import join
from docsync.project.following import Documents, carried
from docsync.project.index import Project
from docsync.validator.merging import Found
from docsync.validator.rule import RuleModule
from docsync.validator.rules import REGISTRY, internal_error
from docsync.validator.selecting import is_on

Result: TypeAlias = "Found | Confirmation"
_ByPath: TypeAlias = "Mapping[str, tuple[Result, ...]]"
_Given: TypeAlias = "Mapping[str, tuple[Finding | Confirmation, ...]]"


class Part(Struct, frozen=True, eq=False):
    """Hold what rules give by path; where all of it is of one `rule`, its findings stand there without it."""

    given: Mapping[str, tuple[Any, ...]]
    rule: RuleModule | None = None

    def of(self, path: str) -> Iterable[Result]:
        """Give the results of a path that is among those given, each finding with its rule."""
        results = self.given[path]
        return flat(self.rule, results) if self.rule else results


class Rules(Struct, frozen=True, eq=False):
    """Hold the rules that a configuration turns on: those that look at one document alone, and the others."""

    config: Config
    chosen: tuple[RuleModule, ...]
    alone: Callable[[Project], _ByPath]
    others: tuple[RuleModule, ...]


_latest: Final[list[Rules]] = []


def is_alone(rule: RuleModule) -> bool:
    """Tell whether a rule says that it looks at one document and the configuration, and at nothing else."""
    return bool(getattr(rule, "ALONE", False))


def ruled(config: Config) -> Rules:
    """Give the rules of a configuration; the same ones for as long as it is the same."""
    if not _latest or _latest[0].config is not config:
        chosen = tuple(rule for rule in REGISTRY if is_on(rule, config.rules))
        alone = tuple(filter(is_alone, chosen))
        others = tuple(rule for rule in chosen if not is_alone(rule))
        _latest[:] = [Rules(config, chosen, _together(alone), others)]
    return _latest[0]


def gathered(rules: Rules, project: Project, before: Sequence[Part]) -> tuple[Part, ...]:
    """Give what the rules give by path, in parts: first of each document alone, last what nobody kept.

    `before` is what was given last; of what nobody kept, each path's results are the same object where they are equal.
    """
    rest: dict[str, list[Result]] = {}
    alone: _ByPath = {}
    try:
        alone = rules.alone(project)
    except Exception:  # noqa: BLE001  # the rule that raises is found below, where each one runs by itself
        for rule in filter(is_alone, rules.chosen):
            _gather(rule, project, rest)
    kept = [Part(_kept(rule, project, rest), rule) for rule in rules.others if _keeps(rule)]
    for rule in rules.others:
        if not _keeps(rule) or hasattr(rule, "beyond"):
            _gather(rule, project, rest)
    known = before[-1].given if before else {}
    return (Part(alone), *kept, Part({path: _same(known.get(path), tuple(results)) for path, results in rest.items()}))


def _same(was: tuple[Result, ...] | None, now: tuple[Result, ...]) -> tuple[Result, ...]:
    return was if was is not None and was == now else now


def _together(alone: Sequence[RuleModule]) -> Callable[[Project], _ByPath]:
    """Run rules that look at one document alone over those that are another than before, as a project of their own."""

    @carried(lambda project: project.config)
    def given(project: Project, documents: Documents) -> _ByPath:
        part = project if documents is project.documents else join(project.config, documents.values(), part=True)
        found: dict[str, list[Result]] = {}
        for rule in alone:
            for result in flat(rule, rule.check(part)):
                found.setdefault(_path(result), []).append(result)
        return {path: tuple(results) for path, results in found.items()}

    return given


def _keeps(rule: RuleModule) -> bool:
    return hasattr(rule, "by_document")


def _kept(rule: RuleModule, project: Project, rest: dict[str, list[Result]]) -> _Given:
    """Give what a rule keeps of documents."""
    try:
        given: _Given = rule.by_document(project)  # type: ignore[attr-defined]  # not every rule has it, but this one does
    except Exception as error:  # noqa: BLE001  # as in _gather
        path, results = _crash(rule, project, error)
        rest.setdefault(path, []).extend(results)
        return {}
    return given


def _gather(rule: RuleModule, project: Project, rest: dict[str, list[Result]]) -> None:
    """Run one rule so that its crash, which is our fault and not the documents', leaves the others standing."""
    check = getattr(rule, "beyond", rule.check)
    try:
        for result in flat(rule, check(project)):
            rest.setdefault(_path(result), []).append(result)
    except Exception as error:  # noqa: BLE001 - whatever a rule raises is a bug of ours, and is reported as one
        path, results = _crash(rule, project, error)
        rest.setdefault(path, []).extend(results)


def _crash(rule: RuleModule, project: Project, error: Exception) -> tuple[str, list[Result]]:
    crash = internal_error.crash(project, f"rule {rule.CODE} {rule.NAME}", error)
    return crash.place.path, [Found(internal_error, crash)]


def flat(rule: RuleModule, results: Iterable[Finding | Confirmation]) -> Iterator[Result]:
    """Give what a rule gave, each finding with the rule."""
    for result in results:
        yield result if isinstance(result, Confirmation) else Found(rule, result)


def _path(result: Result) -> str:
    return result.path if isinstance(result, Confirmation) else result.finding.place.path
