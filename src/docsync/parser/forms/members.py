"""Which ids a text lists in brackets as the parts of a numbered thing: `Phase 2 (H1, H2, H7)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docsync.models.claims import Mention
from docsync.parser.entities import Named, find_entities
from docsync.parser.forms.lines import Line
from docsync.parser.vocabulary import Vocabulary

_BRACKETS = re.compile(r"\s?\((?P<inner>[^()\n]{3,120})\)")
_BETWEEN = re.compile(r"[^\w]*(?:and\b)?[^\w]*")
_FEWEST: Final = 2


def member_mentions(line: Line, names: Sequence[Named], vocabulary: Vocabulary) -> Iterator[Mention]:
    """Give the ids that brackets right after a numbered thing hold, where they hold nothing else."""
    statement = line.statement
    for named in names:
        found = _BRACKETS.match(statement.text, named.end, statement.end) if named.label and len(named.names) == 1 else None
        inner = list(find_entities(statement.text, *found.span("inner"), vocabulary)) if found else []
        if found is None or not _is_list(statement.text, found, inner):
            continue
        targets = tuple(dict.fromkeys(name for one in inner for name in one.names))
        if len(targets) >= _FEWEST:
            span = statement.inline.span(*found.span("inner"))
            entity = statement.inline.span(named.start, named.end)
            yield Mention(named.name, span, line.form, line.scope, "members", found["inner"], entity, None, targets)


def _is_list(text: str, found: re.Match[str], inner: Sequence[Named]) -> bool:
    """Tell whether brackets hold ids, signs and commas alone."""
    at = found.start("inner")
    for named in inner:
        if named.label or _BETWEEN.fullmatch(text, at, named.start) is None:
            return False
        at = named.end
    return bool(inner) and _BETWEEN.fullmatch(text, at, found.end("inner")) is not None
