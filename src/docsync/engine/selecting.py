"""Which rules a run was asked for beyond what its project has chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from docsync.config.values import Config, RuleChoice
from docsync.engine.request import JobError, Request
from docsync.models.nearness import nearest
from docsync.validator.catalogue import catalogue
from docsync.validator.selecting import ALL, is_meant, is_on

_HELP: Final = "`docsync rules` lists them"


def with_rules(config: Config, request: Request) -> Config:
    """Give a configuration with a request's rules: those selected take the place of the project's, those ignored add to them.

    Raises JobError for what no rule is called.
    """
    if not (request.select or request.ignore):
        return config
    _check("--select", request.select)
    _check("--ignore", request.ignore)
    ignored = frozenset(request.ignore) if request.select else config.rules.ignored | frozenset(request.ignore)
    selected = frozenset(request.select) or config.rules.selected
    return replace(config, rules=RuleChoice(ignored, config.rules.severities, selected))


def asked_for(request: Request, code: str) -> bool:
    """Tell whether a request leaves the rule of a code on, whatever its project has chosen."""
    choice = RuleChoice(frozenset(request.ignore), selected=frozenset(request.select))
    return all(is_on(rule, choice) for rule in catalogue() if code == rule.CODE)


def _check(option: str, spellings: Iterable[str]) -> None:
    for spelling in spellings:
        if not any(is_meant(rule, spelling) for rule in catalogue()):
            known = [ALL, *(name for rule in catalogue() for name in (rule.CODE, rule.NAME))]
            near = nearest(spelling, known)
            raise JobError(f"{option}: no rule is called {spelling}; {f'did you mean {near}?' if near else _HELP}")
