"""Which rules a run was asked for beyond what its project has chosen, and whether there are rules of such names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from docsync.config.errors import BadChoice, ConfigError
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


def check_rules(root: str, config: Config) -> None:
    """Raise ConfigError for rules that a project's configuration names and that do not exist."""
    unknown = [(spelling, at) for spelling, at in _spelled(config) if not _exists(spelling)]
    if unknown:
        from docsync.config.loading import fault_in  # noqa: PLC0415  # loads pydantic, which a sound project need not

        wrong = (BadChoice(f"no rule is called {spelling}", _advice(spelling), at=at) for spelling, at in unknown)
        faults = [fault_in(root, config.source, choice) for choice in wrong]
        raise ConfigError(*sorted(faults, key=lambda fault: (fault.line, str(fault))))


def _spelled(config: Config) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Give each spelling of a rule in a configuration with the key that it stands under."""
    rules = config.rules
    yield from ((spelling, ("rules", "select")) for spelling in rules.selected)
    yield from ((spelling, ("rules", "ignore")) for spelling in rules.ignored)
    yield from ((spelling, ("rules", "severity", spelling)) for spelling in rules.severities)
    for index, override in enumerate(config.overrides):
        yield from ((spelling, ("overrides", index, "ignore")) for spelling in override.ignored)
        yield from ((spelling, ("overrides", index, "severity", spelling)) for spelling in override.severities)


def asked_for(request: Request, code: str) -> bool:
    """Tell whether a request leaves the rule of a code on, whatever its project has chosen."""
    choice = RuleChoice(frozenset(request.ignore), selected=frozenset(request.select))
    return all(is_on(rule, choice) for rule in catalogue() if code == rule.CODE)


def _check(option: str, spellings: Iterable[str]) -> None:
    for spelling in spellings:
        if not _exists(spelling):
            raise JobError(f"{option}: no rule is called {spelling}; {_advice(spelling)}")


def _exists(spelling: str) -> bool:
    return any(is_meant(rule, spelling) for rule in catalogue())


def _advice(spelling: str) -> str:
    near = nearest(spelling, [ALL, *(name for rule in catalogue() for name in (rule.CODE, rule.NAME))])
    return f"did you mean {near}?" if near else _HELP
