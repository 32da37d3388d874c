"""How text that was decoded wrongly is put right in the files that were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from docsync.engine.request import Request
from docsync.engine.setting import setting_of
from docsync.engine.survey import Survey, survey
from docsync.models.diagnostics import Diagnostic, Place, Report, Severity, Tally
from docsync.text.edits import Edit
from docsync.text.mojibake import Damage, find_damage
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile, read
from docsync.text.writing import Plan, write_all
from docsync.validator.catalogue import name_of

_CODE: Final = "DS017"


class Repaired(Struct, frozen=True):
    """Say what becomes of one file: which charset it was read in, how many pieces are put right, and its text then."""

    before: SourceFile
    after: str
    charset: str
    pieces: int


class Repairs(Struct, frozen=True):
    """Hold what was put right, or would be, and a report of the files that had to be left."""

    done: tuple[Repaired, ...]
    left: Report


def repair(request: Request, *, write: bool) -> Repairs:
    """Put text right that was decoded wrongly; raises JobError and ConfigError where that cannot be done."""
    surveyed = survey(setting_of(request))
    plans: dict[str, tuple[Plan, Damage]] = {}
    left: dict[str, Refusal] = dict(_unread(surveyed))
    for path in _damaged(surveyed):
        try:
            source = read(surveyed.root, path, max_bytes=surveyed.config.max_file_size, follow=surveyed.config.follow_links)
        except Refusal as refusal:
            left[path] = refusal
            continue
        if damage := find_damage(source.text):
            plans[path] = Plan(path, source, damage.repairs, _replan, surveyed.config.max_file_size), damage
    texts = {path: plan.after for path, (plan, _) in plans.items()}
    for written in write_all(surveyed.root, [plan for plan, _ in plans.values()]) if write else ():
        texts[written.path] = written.text
        if written.refusal:
            left[written.path] = written.refusal
    done = (
        Repaired(plan.before, texts[path], damage.charset, len(damage.repairs))
        for path, (plan, damage) in plans.items()
        if path not in left
    )
    return Repairs(tuple(done), _report(surveyed, left))


def _damaged(surveyed: Survey) -> Iterable[str]:
    for path, one in surveyed.reads.items():
        if surveyed.targets.take(path) and any(trouble.code == _CODE for trouble in one.facts.troubles):
            yield path


def _unread(surveyed: Survey) -> Iterable[tuple[str, Refusal]]:
    """Give the files that were named and that could not be read."""
    for path in sorted(surveyed.targets.files):
        facts = surveyed.reads[path].facts if path in surveyed.reads else None
        if facts and facts.refused:
            trouble = facts.troubles[0]
            yield path, Refusal(trouble.code, trouble.message, span=trouble.span, lines=facts.lines)


def _replan(source: SourceFile) -> Sequence[Edit]:
    """Look again at what somebody has just saved."""
    damage = find_damage(source.text)
    return damage.repairs if damage else ()


def _report(surveyed: Survey, left: dict[str, Refusal]) -> Report:
    found = tuple(
        Diagnostic(refusal.code, name_of(refusal.code), Severity.ERROR, refusal.message, Place(path, refusal.span))
        for path, refusal in sorted(left.items())
    )
    lines = {path: refusal.lines for path, refusal in left.items() if refusal.lines}
    return Report(found, Tally(len(surveyed.reads)), lines, tuple(sorted(left)), failed=bool(left))
