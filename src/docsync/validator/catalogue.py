"""Which rules there are, for those who explain, list or choose them."""

from __future__ import annotations

from difflib import get_close_matches

from msgspec import Struct

from docsync.validator.rule import RuleModule
from docsync.validator.rules import REGISTRY


class Unknown(Struct, frozen=True):
    """Say that no rule has a code or name; `nearest` is the one that was probably meant, empty when none is near."""

    asked: str
    nearest: str


def catalogue() -> tuple[RuleModule, ...]:
    """Give all rules, by code."""
    return tuple(sorted(REGISTRY, key=lambda rule: rule.CODE))


def find(asked: str) -> RuleModule | Unknown:
    """Find the rule of a code or name, in any case."""
    wanted = asked.strip().casefold()
    names = {spelling.casefold(): rule for rule in REGISTRY for spelling in (rule.CODE, rule.NAME)}
    if rule := names.get(wanted):
        return rule
    near = get_close_matches(wanted, names, n=1, cutoff=0.6)
    return Unknown(asked, _as_asked(names[near[0]], near[0]) if near else "")


def _as_asked(rule: RuleModule, spelling: str) -> str:
    return rule.NAME if spelling == rule.NAME else rule.CODE


def name_of(code: str) -> str:
    """Give the name of the rule that a code stands for."""
    return next((rule.NAME for rule in REGISTRY if code == rule.CODE), "")
