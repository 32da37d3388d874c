"""How findings that speak of one contradiction become one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.diagnostics import Finding, Fix, Related, Verdict
from docsync.validator.rule import RuleModule


class Found(Struct, frozen=True):
    """Hold a finding with the rule that gave it."""

    rule: RuleModule
    finding: Finding


def same_number(found: Iterable[Found]) -> tuple[Found, ...]:
    """Join what the rules about numbers (DS2xx) say about one number: the records' word counts before a table's.

    All are of one file. The order of `found` decides which finding stays; the others' places become related ones. A place
    begins with the number, and may go on with what it counts.
    """
    groups: dict[object, list[Found]] = {}
    for number, item in enumerate(found):
        claimed = item.rule.CODE.startswith("DS2") and item.finding.verdict is Verdict.CONTRADICTED
        groups.setdefault(("number", item.finding.place.span.start) if claimed else number, []).append(item)
    return tuple(_joined(group) for group in groups.values())


def statement(item: Found, path: str) -> Hashable:
    """Give what a finding states: two that state the same are one contradiction, within `path` where that is not empty."""
    finding = item.finding
    safety = finding.fix.safety if finding.fix else None
    # two sums that fail by the same numbers, or two links with the same text, are one only where all else is the same
    said = finding.gist or (finding.message, finding.help, finding.evidence)
    return item.rule.CODE, said, safety, path


def repeated(group: Sequence[Found]) -> Found:
    """Make one finding of one statement that stands in several places; the first one's place stays."""
    first = group[0]
    if len(group) == 1:
        return first
    places = (Related(other.finding.place, "says the same") for other in group[1:])
    related = tuple(dict.fromkeys((*first.finding.related, *places)))
    return Found(first.rule, replace(first.finding, related=related, fix=_one_fix([item.finding for item in group])))


def _joined(group: Sequence[Found]) -> Found:
    first = max(group, key=lambda item: (item.finding.severity or item.rule.SEVERITY).rank)
    others = [other for other in group if other is not first]
    related = (*first.finding.related, *(place for other in others for place in other.finding.related))
    evidence = (*first.finding.evidence, *(other.finding.message for other in others))
    return Found(first.rule, replace(first.finding, related=tuple(dict.fromkeys(related)), evidence=evidence))


def _one_fix(findings: Sequence[Finding]) -> Fix | None:
    fixes = [finding.fix for finding in findings if finding.fix]
    if not fixes:
        return None
    return replace(fixes[0], changes=tuple(dict.fromkeys(change for fix in fixes for change in fix.changes)))
