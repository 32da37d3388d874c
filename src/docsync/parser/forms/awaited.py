"""Which things a sentence says that it waits for: `pending H11 completion`, `until Phase 2 is complete`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docsync.models.claims import Mention
from docsync.parser.entities import Named
from docsync.parser.forms.lines import Line

_BEFORE = re.compile(
    r"\b(?:pending|awaiting|awaits|waiting\s(?:for|on))\s+(?:the\s+)?(?:(?:completion|resolution)\sof\s+)?$", re.IGNORECASE
)
_OF = re.compile(r"(?:completion|resolution)\sof\s+$", re.IGNORECASE)
_AFTER = re.compile(
    r"\s+(?:completion|resolution|implementation|to\s(?:complete|finish|be\s(?:done|resolved|complete)))\b", re.IGNORECASE
)
_REACH: Final = 48


def awaited_mentions(line: Line, names: Sequence[Named]) -> Iterator[Mention]:
    """Give the names of the things whose completion a statement waits for."""
    statement = line.statement
    for named in names:
        before = statement.text[max(statement.start, named.start - _REACH) : named.start]
        found = _BEFORE.search(before)
        if found and (_OF.search(before) or _AFTER.match(statement.text, named.end, statement.end)):
            span = statement.inline.span(named.start, named.end)
            for name in named.names:
                yield Mention(name, span, line.form, line.scope, "awaited", "", span)
