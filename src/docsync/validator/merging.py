"""How findings that speak of one contradiction become one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from docsync.models.diagnostics import Finding, Fix, Related, Verdict
from docsync.validator.rule import RuleModule


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a finding with the rule that gave it."""

    rule: RuleModule
    finding: Finding


def merge(found: Iterable[Found], apart: Callable[[str], bool]) -> tuple[Found, ...]:
    """Give each contradiction once: one number that several rules reject, one statement repeated in several places.

    The order of `found` decides which finding stays; the others' places become related ones. What stands in a file that is
    `apart` is joined with nothing of other files.
    """
    return _same_statement(_same_number(dict.fromkeys(found)), apart)


def _same_number(found: Iterable[Found]) -> tuple[Found, ...]:
    """Join what the rules about numbers (DS2xx) say about one number: the records' word counts before a table's.

    A place begins with the number, and may go on with what it counts.
    """
    groups: dict[object, list[Found]] = {}
    for number, item in enumerate(found):
        claimed = item.rule.CODE.startswith("DS2") and item.finding.verdict is Verdict.CONTRADICTED
        place = item.finding.place
        groups.setdefault((place.path, place.span.start) if claimed else number, []).append(item)
    return tuple(_joined(group) for group in groups.values())


def _joined(group: Sequence[Found]) -> Found:
    first = max(group, key=lambda item: (item.finding.severity or item.rule.SEVERITY).rank)
    others = [other for other in group if other is not first]
    related = (*first.finding.related, *(place for other in others for place in other.finding.related))
    evidence = (*first.finding.evidence, *(other.finding.message for other in others))
    return Found(first.rule, replace(first.finding, related=tuple(dict.fromkeys(related)), evidence=evidence))


def _same_statement(found: Iterable[Found], apart: Callable[[str], bool]) -> tuple[Found, ...]:
    groups: dict[object, list[Found]] = {}
    for number, item in enumerate(found):
        groups.setdefault(_statement(item, apart) if item.finding.verdict else number, []).append(item)
    return tuple(_repeated(group) for group in groups.values())


def _statement(item: Found, apart: Callable[[str], bool]) -> object:
    finding, path = item.finding, item.finding.place.path
    safety = finding.fix.safety if finding.fix else None
    # two sums that fail by the same numbers, or two links with the same text, are one only where all else is the same
    said = finding.gist or (finding.message, finding.help, finding.evidence)
    return item.rule.CODE, said, safety, path if apart(path) else ""


def _repeated(group: Sequence[Found]) -> Found:
    first = group[0]
    if len(group) == 1:
        return first
    places = (Related(other.finding.place, "says the same") for other in group[1:])
    related = tuple(dict.fromkeys((*first.finding.related, *places)))
    return Found(first.rule, replace(first.finding, related=related, fix=_one_fix([item.finding for item in group])))


def _one_fix(findings: Sequence[Finding]) -> Fix | None:
    fixes = [finding.fix for finding in findings if finding.fix]
    if not fixes:
        return None
    return replace(fixes[0], changes=tuple(dict.fromkeys(change for fix in fixes for change in fix.changes)))
