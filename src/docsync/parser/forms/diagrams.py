"""Which statuses a diagram in a code block states: `[H6] ✅ → [H10] 🔒`, one chain a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docsync.models.blocks import Block, Fence, Heading, ListItem, Paragraph
from docsync.models.claims import Form, Mention, Scope
from docsync.parser.entities import find_entities, may_name
from docsync.parser.forms.lines import Line
from docsync.parser.forms.sequences import sequence_mentions
from docsync.parser.statements import Statement
from docsync.parser.vocabulary import Vocabulary

_PLAIN: Final = frozenset({"", "text", "txt", "plain", "plaintext"})
_SHOWS = re.compile(
    r"\b(?:expected|output|examples?|format|template|prints?|returns|sample|legend|would|before|after|usage|targets?|goals?"
    r"|future|planned|if|when)\b",
    re.IGNORECASE,
)
_MOST_LINES: Final = 60
_LONGEST: Final = 300


def is_diagram(fence: Fence, before: Block | None) -> bool:
    """Tell whether a code block can be a picture of statuses: no language, not long, and not called an example or output."""
    if (fence.info or "").strip().lower() not in _PLAIN or fence.info is None or not fence.closed:
        return False
    said = before.inline.text if isinstance(before, Heading | Paragraph | ListItem) else ""
    return _SHOWS.search(said[-_LONGEST:]) is None and fence.inline.text.count("\n") < _MOST_LINES


def diagram_mentions(fence: Fence, scope: Scope, vocabulary: Vocabulary) -> Iterator[Mention]:
    """Give the statuses of the names that a line chains together, each with a sign."""
    if any(_SHOWS.search(heading) for heading in scope.headings[-1:]):
        return
    text, at = fence.inline.text, 0
    for row in text.split("\n"):
        end = at + len(row)
        if len(row) <= _LONGEST and vocabulary.signs.search(row) and may_name(row, vocabulary):
            names = list(find_entities(text, at, end, vocabulary))
            if len(names) > 1:
                line = Line(Statement(fence.inline, text, at, end, value=at), Form.ROW, scope)
                yield from sequence_mentions(line, names, vocabulary)
        at = end + 1
