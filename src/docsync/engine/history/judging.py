"""What the rules on history find in a project, without any other rule being run."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from docsync.config.values import RuleChoice
from docsync.engine.history.asking import Past
from docsync.engine.history.judged import Judged
from docsync.engine.opening import open_project
from docsync.validator.rules import next_never_picked_up, resolved_count_falls, status_jumps
from docsync.validator.run import run

_RULES: Final = frozenset(rule.CODE for rule in (resolved_count_falls, status_jumps, next_never_picked_up))


def judge_history(past: Past) -> Judged:
    """Run the rules on history over the project as it stands; raises JobError and ConfigError where it cannot be read."""
    project = open_project(past.setting.request).project
    rules = project.config.rules
    config = replace(project.config, rules=RuleChoice(rules.ignored, rules.severities, _RULES))
    outcome = run(replace(project, config=config, history=past.history))
    found = tuple(each for each in outcome.diagnostics if each.code in _RULES)
    return Judged(found, {each.place.path: project.documents[each.place.path].lines for each in found})
