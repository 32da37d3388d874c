"""Which things a text names as the work that comes next, or says of whose parts that they can be begun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docsync.models.claims import Form, Mention
from docsync.models.status import Status
from docsync.parser.entities import Named
from docsync.parser.forms.leads import read_lead
from docsync.parser.forms.lines import Line
from docsync.parser.forms.stated import read_status
from docsync.parser.vocabulary import Vocabulary

_NEXT = re.compile(
    r"\W*(?:what'?s\s+next|up\s+next|next(?:\s+(?:up|work|steps?|sessions?|tasks?|actions?|priorit(?:y|ies)|items?|holes?))?"
    r"|immediate\s+next\s+steps?)\b(?:\s*\([^()]*\))?\W*",
    re.IGNORECASE,
)
_BEGIN = re.compile(r"\b(?:start|begin)(?:ing)?\s+(?:with\s+|on\s+)?(?:hole\s+|task\s+)?$", re.IGNORECASE)
_PARTS = re.compile(
    r"\s+(?:holes|tasks|items|work|workstreams|stories|issues|features)\s+(?:(?:that|which)\s+)?(?:are|is)\s+(?:all\s+|now\s+)*",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:when|once|if|after|until|unless|before|should|will|would|must|then|not|no|none\s+of|verify|check|ensure)\b",
    re.IGNORECASE,
)
_REACH: Final = 80
_OPEN: Final = frozenset({Status.PENDING, Status.READY, Status.BLOCKED, Status.IN_PROGRESS})
_RELATED = re.compile(
    r"\s*[-–—:]?\s*(?:follow|review|post|results?|retro|hand|polish|docs?|document|bug|enhance|improve|validat|test)",
    re.IGNORECASE,
)


def next_mentions(line: Line, names: Sequence[Named], vocabulary: Vocabulary) -> Iterator[Mention]:
    """Give what is named as still to be begun: an item's thing under `Next work`, and `start H6` after `Next session:`."""
    statement = line.statement
    if line.scope.entities:  # under `Phase 1` it tells what came next at its end
        return
    if _NEXT.fullmatch(statement.key):
        yield from _begun(line, names)
    elif line.form is Form.BULLET and _is_next(line):
        lead = read_lead(statement.text, statement.start, statement.end, vocabulary)
        plain = lead is not None and lead.clean and lead.titled and lead.status is None and (lead.sign is None or lead.title)
        if lead is not None and plain and not lead.named.label and not _RELATED.match(statement.text, lead.named.end):
            yield from _open(line, lead.named)
        yield from _begun(line, names)


def part_mentions(line: Line, names: Sequence[Named], vocabulary: Vocabulary) -> Iterator[Mention]:
    """Give the status that a text gives to all parts of a thing: `Phase 4/5 holes that are now unblocked`."""
    statement = line.statement
    for named in names:
        found = _PARTS.match(statement.text, named.end, statement.end) if named.label else None
        before = statement.text[max(statement.start, named.start - _REACH) : named.start]
        if found is None or line.scope.entities or _CONDITION.search(before.rpartition(". ")[2]):
            continue
        stated = read_status(statement.text, found.end(), statement.end, vocabulary)
        if stated is not None and stated.worded and stated.status in _OPEN:
            inline = statement.inline
            span, entity = inline.span(stated.start, stated.end), inline.span(named.start, named.end)
            for name in named.names:
                raw = inline.text[stated.start : stated.end]
                yield Mention(name, span, Form.KEY_VALUE, line.scope, "status", raw, entity, stated.status)


def _is_next(line: Line) -> bool:
    scope = line.scope
    above = scope.item or scope.lead or (scope.headings[-1] if scope.headings else "")
    return _NEXT.fullmatch(above) is not None


def _begun(line: Line, names: Sequence[Named]) -> Iterator[Mention]:
    statement = line.statement
    for named in names:
        before = statement.text[max(statement.start, named.start - 24) : named.start]
        if _BEGIN.search(before) and not _RELATED.match(statement.text, named.end):
            yield from _open(line, named)


def _open(line: Line, named: Named) -> Iterator[Mention]:
    span = line.statement.inline.span(named.start, named.end)
    for name in named.names:
        yield Mention(name, span, Form.KEY_VALUE, line.scope, "status", "to be begun", span, Status.PENDING)
