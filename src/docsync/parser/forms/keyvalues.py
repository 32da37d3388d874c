"""Which fields key-values state: of the entity that they stand under, or of those that their value lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docsync.models.claims import Form, Mention
from docsync.models.schema import field_key
from docsync.models.status import Status, word_key
from docsync.parser.entities import Named, find_entities, names_in
from docsync.parser.forms.lines import Line
from docsync.parser.forms.stated import LONGEST, blockers
from docsync.parser.statements import Statement
from docsync.parser.vocabulary import Vocabulary

_CURRENT = re.compile(r"(?:current|active|present)\s(?P<what>\w+)|(?P<alone>phase|session|sprint)$", re.IGNORECASE)
_OF_WORK = re.compile(r"\b(?:holes?|tasks?|issues?|items?|criteria|workstreams?|phases?|gates?)\b", re.IGNORECASE)
_COUNT = re.compile(r"[\s*]*\d{1,4}\s*(?:[A-Za-z]{2,20}\s*)?[(:]")
_LIST_ENDS = re.compile(r"\s[-–—]\s|[.;]\s|\n|$")
_INNER = re.compile(r"\([^()\n]*\)")
_START = re.compile(r"[\s\W]*")
_TRAILING_SPACE = " \t\n|·•;,"


def owned_mentions(line: Line, owners: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[Mention]:
    """Give the field that a key-value states of the entities that its heading or item names: `Status: done` under `H6: …`."""
    statement = line.statement
    name = vocabulary.fields.get(field_key(statement.key), "")
    start, end = _value(statement)
    if not name or start == end:
        return
    raw = statement.inline.text[start:end]
    span = statement.inline.span(start, end)
    status = vocabulary.status(raw[:LONGEST]) if name == "status" else None
    targets = _targets(name, statement.text[start:end], vocabulary)
    for owner in owners:
        yield Mention(owner, span, Form.KEY_VALUE, line.scope, name, raw, None, status, targets)


def _targets(name: str, value: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    if name == "status":
        return blockers(value, vocabulary)
    return names_in(value, vocabulary) if name != "title" else ()


def listed_mentions(line: Line, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Give the status that a key states of the entities that its value lists: `Resolved: 3 (H1, H2, H5)`, `Blocked: H4`."""
    statement = line.statement
    status = _key_status(statement.key, vocabulary)
    if status is None:
        return
    key = statement.text.find(statement.key.split()[0], statement.start, statement.value)
    span = statement.inline.span(key, key + len(statement.key)) if key >= 0 else statement.inline.whole
    form = line.form if line.form is Form.HEADING else Form.KEY_VALUE
    for named in _listed(statement, vocabulary):
        entity = statement.inline.span(named.start, named.end)
        for name in named.names:
            yield Mention(name, span, form, line.scope, "status", statement.key, entity, status)


def current_mentions(line: Line, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Give the entity that a key calls the current one: `Current phase: Phase 3`."""
    statement = line.statement
    if not _CURRENT.match(statement.key):
        return
    start, end = _value(statement)
    first = _START.match(statement.text, start, end)
    for named in find_entities(statement.text, start, end, vocabulary):
        if first is not None and named.start == first.end():
            span = statement.inline.span(named.start, named.end)
            for name in named.names:
                yield Mention(name, span, Form.KEY_VALUE, line.scope, "current", statement.key, span)
        return


def _value(statement: Statement) -> tuple[int, int]:
    """Give where the value of a key starts and ends, on its first line, without the signs that part it from the next."""
    text = statement.inline.text
    start, end = statement.value, statement.end
    newline = text.find("\n", start, end)
    end = newline if newline >= 0 else end
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in _TRAILING_SPACE:
        end -= 1
    return start, end


def _key_status(key: str, vocabulary: Vocabulary) -> Status | None:
    """Read a key that is a status, or a status of pieces of work: `Resolved`, `Hole resolved`, `Completed tasks`."""
    word = word_key(_OF_WORK.sub("", key))
    return vocabulary.words.get(word) if word else None


def _listed(statement: Statement, vocabulary: Vocabulary) -> Iterator[Named]:
    """Give the names that a value lists from its start, or in the brackets after a count; remarks in brackets are left out."""
    text, start, end = statement.text, statement.value, statement.end
    if count := _COUNT.match(text, start, end):
        start = count.end()
        close = text.find(")", start, min(end, start + 4 * LONGEST))
        end = close if close >= 0 else end
    elif stop := _LIST_ENDS.search(text, start, end):
        end = stop.start()
    first = _START.match(text, start, end)
    names = list(find_entities(text, start, end, vocabulary))
    if not names or first is None or names[0].start != first.end():
        return
    remarks = [found.span() for found in _INNER.finditer(text, start, end)]
    for named in names:
        if not any(low <= named.start < high for low, high in remarks):
            yield named
