"""Which statuses a run of names and signs states: `H6 ✅ H9 ✅ → H10 🔒`, `(✅H1, ✅H2, H11 pending)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docsync.models.claims import Form, Mention
from docsync.parser.entities import Named
from docsync.parser.forms.lines import Line
from docsync.parser.forms.stated import Stated, read_status
from docsync.parser.vocabulary import Vocabulary

_GAP: Final = re.compile(r"[\s\]):]{0,3}")
_WORD_END = re.compile(r"\s*(?:[),;\]|→]|->|$)")
_OTHER_SUBJECT = re.compile(
    r"\b(?:constraints?|tests?|docs?|documentation|reviews?|criteria|coverage|impact|implications|files|requires?|needs|supports?)\b",
    re.IGNORECASE,
)
_CHAIN = ("→", "->")


def sequence_mentions(line: Line, names: Sequence[Named], vocabulary: Vocabulary) -> Iterator[Mention]:
    """Give the status of each name of a statement that a sign goes with, all signs on the same side.

    One such pair may be chance (`see H6 ✅`); it counts only as a key's value or as a link of a chain.
    """
    statement = line.statement
    if not names or _OTHER_SUBJECT.search(statement.key):
        return
    after = [(named, stated) for named in names if (stated := _sign_after(line, named, vocabulary))]
    before = [(named, stated) for named in names if (stated := _sign_before(line, named, vocabulary))]
    pairs = before if _stands_before(before, after) else after
    if len(pairs) < 2 and not (pairs and _is_set_apart(line, pairs[0][0])):  # noqa: PLR2004 -- two make a run
        return
    known = {named.start for named, _ in pairs}
    pairs.extend(
        (named, stated) for named in names if named.start not in known and (stated := _word_after(line, named, vocabulary))
    )
    form = Form.KEY_VALUE if statement.key and line.form is not Form.HEADING else line.form
    for named, stated in sorted(pairs, key=lambda pair: pair[0].start):
        span = statement.inline.span(stated.start, stated.end)
        raw = statement.inline.text[stated.start : stated.end]
        entity = statement.inline.span(named.start, named.end)
        for name in named.names:
            yield Mention(name, span, form, line.scope, "status", raw, entity, stated.status)


def _sign_after(line: Line, named: Named, vocabulary: Vocabulary) -> Stated | None:
    text = line.statement.text
    gap = _GAP.match(text, named.end, line.statement.end)
    at = gap.end() if gap else named.end
    if not vocabulary.signs.match(text, at, line.statement.end):
        return None
    return read_status(text, at, _sign_end(text, at, vocabulary), vocabulary)


def _sign_before(line: Line, named: Named, vocabulary: Vocabulary) -> Stated | None:
    text = line.statement.text
    at = named.start
    while at > line.statement.start and named.start - at <= 2 and text[at - 1] in " \ufe0f":  # noqa: PLR2004 -- a sign and a space
        at -= 1
    found = vocabulary.signs.match(text, at - 1, named.start) if at > line.statement.start else None
    return read_status(text, at - 1, named.start, vocabulary) if found else None


def _sign_end(text: str, at: int, vocabulary: Vocabulary) -> int:
    found = vocabulary.signs.match(text, at)
    return found.end() if found else at


def _word_after(line: Line, named: Named, vocabulary: Vocabulary) -> Stated | None:
    """Read a status word between a name and the next comma or bracket: `H12 pending)`."""
    stated = read_status(line.statement.text, named.end, min(line.statement.end, named.end + 40), vocabulary)
    if stated is None or not stated.worded or line.statement.text[named.end : stated.start].strip():
        return None
    return stated if _WORD_END.match(line.statement.text, stated.end, line.statement.end) else None


def _stands_before(before: Sequence[tuple[Named, Stated]], after: Sequence[tuple[Named, Stated]]) -> bool:
    """Tell whether signs precede their names: `✅H1, ✅H2` pairs more, or pairs from the first name on."""
    if not before or not after:
        return bool(before)
    return (len(before), -before[0][1].start) > (len(after), -after[0][1].start)


def _is_set_apart(line: Line, named: Named) -> bool:
    statement = line.statement
    near = statement.text[max(statement.start, named.start - 4) : named.start]
    if any(sign in near or sign in statement.text[named.end : named.end + 6] for sign in _CHAIN):
        return True
    if not statement.key or named.start < statement.value:
        return False
    return not any(map(str.isalnum, statement.text[statement.value : named.start]))
