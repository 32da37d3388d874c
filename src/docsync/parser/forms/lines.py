"""Which statuses and titles headings and list items state of the entity that they begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.claims import Form, Mention, Scope
from docsync.models.status import Status
from docsync.parser.forms.leads import Lead, read_direct, read_lead
from docsync.parser.forms.stated import LONGEST, Stated, blockers, mark_status
from docsync.parser.statements import Statement
from docsync.parser.vocabulary import Vocabulary
from docsync.text.spans import Span

_HEADING_BOX = re.compile(r"[^\w\[]*\[(?P<mark>[ xX✓✅])\]")
_CURRENT = re.compile(r"\(\s*(?:current|active)\s*\)", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;.!:|·—]\s+(?=[A-Z#])")
_CONDITION = re.compile(
    r"\b(?:when|once|if|after|until|unless|before|should|will|would|must|as\ssoon|then|goal|target|plan"
    r"|initially|originally|previously|earlier|at\s(?:the\s(?:start|time|beginning)|first|intake|kick-?off|launch|triage|that\stime))\b",
    re.IGNORECASE,
)
_DEMAND = re.compile(
    r"\b(?:prerequisites?|pre-?conditions?|(?:success|acceptance|exit|entry|completion|done|pass(?:ing)?|go/no-go)\s(?:criteria|criterion|conditions?)"
    r"|criteria|definition\sof\sdone|must[\s-]haves?|depend(?:s|ent|encies|ency)\b|requires?|required|requirements?|blocks|blockers?|unblocks"
    r"|targets?|goals?|objectives?|expected|milestones?|checkpoints?|triggers?|when|if|constraints?|next\ssteps?|to-?dos?|timeline|schedule"
    r"|example|plan)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(r"\b(?:plan|schedule|timeline)\b", re.IGNORECASE)
_OF_NOW = re.compile(r"(?:\w+\s)?(?:status|state)\b|current|active|progress|phase\b|session\b", re.IGNORECASE)
_SHARE = re.compile(r"[\s:–—-]*\d{1,2}(?:\.\d{1,2})?\s?%")
_BOLD_REST = re.compile(r":\s[^*\n]{2,80}\*\*")
_MOST_CLAUSES = 20


class Line(Struct, frozen=True):
    """Hold a statement with where it stands; `mark` is the character of the item's checkbox, at `mark_span`."""

    statement: Statement
    form: Form
    scope: Scope
    mark: str | None = None
    mark_span: Span | None = None


def line_mentions(line: Line, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Give what a heading or item states of the entity that it begins with."""
    statement = line.statement
    lead = read_lead(statement.text, statement.start, statement.end, vocabulary)
    if lead is None:
        return
    if statement.key and lead.named.start >= statement.value:
        line = _keyed(line)
    yield from _statuses(line, lead, vocabulary)
    titles = tuple(_title(line, lead))
    yield from titles or _gist(line, lead)
    if line.form is Form.HEADING and _CURRENT.search(statement.text, lead.named.end, statement.end):
        span = statement.inline.span(lead.named.start, lead.named.end)
        for name in lead.named.names:
            yield Mention(name, span, line.form, line.scope, "current", "current", span)


def value_mentions(line: Line, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Give what a key's value states of the entity that it begins with: `Current phase: Phase 3 (in progress)`."""
    statement = line.statement
    if _demands(line) and not (_OF_NOW.match(statement.key) and not _DEMAND.search(statement.key)):
        return
    lead = read_lead(statement.text, statement.value, statement.end, vocabulary)
    if lead is not None and lead.clean and lead.status is not None:
        yield from _status(_keyed(line), lead, lead.status, vocabulary)


def clause_mentions(line: Line, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Give the statuses of the clauses that say no more than a name and its status: `…, Phase 6 in progress`."""
    statement = line.statement
    clauses = list(islice(_CLAUSE.finditer(statement.text, statement.start, statement.end), _MOST_CLAUSES))
    if not clauses or _demands(line):
        return
    for clause in clauses:
        found = read_direct(statement.text, clause.end(), min(statement.end, clause.end() + LONGEST), vocabulary)
        if found is None:
            continue
        if _CONDITION.search(statement.text, max(statement.start, clause.start() - LONGEST), clause.end()):
            return
        named, stated = found
        lead = Lead(named, "", 0, stated, None, clean=True, titled=False)
        yield from _status(_keyed(line) if statement.key else line, lead, stated, vocabulary)


def _keyed(line: Line) -> Line:
    return line if line.form is Form.HEADING else replace(line, form=Form.KEY_VALUE)


def _statuses(line: Line, lead: Lead, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Give the statuses of a line: its checkbox, what it says, or the sign before it.

    A sign before a sentence is a bullet, and a box before a demand (`H4 must …`) ticks the demand, not the entity.
    """
    boxed, mark_span = _box(line)
    in_part = boxed is Status.RESOLVED and _SHARE.match(line.statement.text, lead.named.end, line.statement.end)
    if boxed is not None and mark_span is not None and _is_item(line, lead) and not in_part:
        raw = line.statement.inline.text[lead.named.start : lead.named.end]
        for name in lead.named.names:
            yield Mention(name, mark_span, line.form, line.scope, "status", f"[{line.mark or ''}] {raw}", None, boxed)
    if not lead.clean or (lead.status is None and lead.sign is None) or _demands(line):
        return
    if lead.status is not None:
        if not (boxed is Status.PENDING and lead.status.status is Status.RESOLVED and not lead.title):
            yield from _status(line, lead, lead.status, vocabulary)
    elif lead.sign is not None and _is_about(line, lead):
        yield from _status(line, lead, lead.sign, vocabulary)


def _demands(line: Line) -> bool:
    """Tell whether a line stands among demands: `Phase 1 complete` under `Prerequisites` does not say that it is.

    A title that calls the document a plan makes no demands of all that follows.
    """
    *outer, above = line.scope.headings or ("",)
    around = (above if outer else _PLAN.sub("", above), line.scope.lead, line.scope.item, line.statement.key)
    return any(_is_demand(text) for text in around if text)


@lru_cache(maxsize=1 << 10)
def _is_demand(text: str) -> bool:
    """Tell whether a text announces demands; cached, since all lines of a section stand under the same headings."""
    return _DEMAND.search(text) is not None


def _status(line: Line, lead: Lead, stated: Stated, vocabulary: Vocabulary) -> Iterator[Mention]:
    statement = line.statement
    span = statement.inline.span(stated.start, stated.end)
    entity = statement.inline.span(lead.named.start, lead.named.end)
    raw = statement.inline.text[stated.start : stated.end]
    waits = blockers(statement.text[stated.start : statement.end], vocabulary) if stated.status is Status.BLOCKED else ()
    for name in lead.named.names:
        yield Mention(name, span, line.form, line.scope, "status", raw, entity, stated.status, waits)


def _title(line: Line, lead: Lead) -> Iterator[Mention]:
    if not lead.title or len(lead.named.names) > 1 or lead.named.label in ("session", "week", "day", "step"):
        return
    if not lead.titled and (line.form is not Form.HEADING or lead.named.label):
        return
    inline = line.statement.inline
    span = inline.span(lead.title_start, lead.title_start + len(lead.title))
    entity = inline.span(lead.named.start, lead.named.end)
    yield Mention(lead.named.name, span, line.form, line.scope, "title", lead.title, entity)


def _gist(line: Line, lead: Lead) -> Iterator[Mention]:
    """Give what follows an id in an item: `[ ] T012 Lay the ropes of the pier`."""
    statement = line.statement
    start, end = lead.named.end, min(statement.end, lead.named.end + LONGEST)
    if line.form is not Form.HEADING and len(lead.named.names) == 1 and statement.text[start:end].strip():
        inline = statement.inline
        entity = inline.span(lead.named.start, lead.named.end)
        yield Mention(lead.named.name, inline.span(start, end), line.form, line.scope, "gist", inline.text[start:end], entity)


def _box(line: Line) -> tuple[Status | None, Span | None]:
    if line.mark is not None:
        return mark_status(line.mark), line.mark_span
    statement = line.statement
    if line.form is Form.HEADING and (found := _HEADING_BOX.match(statement.text, statement.start, statement.end)):
        return mark_status(found["mark"]), statement.inline.span(*found.span("mark"))
    return None, None


def _is_item(line: Line, lead: Lead) -> bool:
    """Tell whether a ticked line is the entity's own item: an id with what it is, or a clean name."""
    if lead.clean:
        return lead.titled or not lead.title or not lead.named.label or _is_bold(line.statement, lead)
    follows = line.statement.text[lead.named.end : lead.named.end + 3].strip()[:1]
    return not lead.named.label and (follows.isupper() or follows in ("[", "`", "\0"))


def _is_bold(statement: Statement, lead: Lead) -> bool:
    """Tell whether a name and what follows it are set apart as one: `**Phase 1: Tide tables** - all of the north`."""
    start, text = lead.named.start, statement.inline.text
    return (
        text[max(statement.start, start - 2) : start] == "**"
        and _BOLD_REST.match(text, lead.named.end, statement.end) is not None
    )


def _is_about(line: Line, lead: Lead) -> bool:
    """Tell whether the sign before a name is its status: nothing else follows, or only its title."""
    if lead.title:
        return lead.titled or line.form is Form.HEADING
    return not any(map(str.isalnum, line.statement.text[lead.named.end : line.statement.end]))
