"""Report an overall percentage that stays behind the phases of the document, all of which are done.

## What it does

Where a document calls each of its phases complete, compares that with the overall percentage that it gives.

## Why

Phase by phase was ticked off, and the summary that everybody reads first was not.

## Example

```text
docs/STATUS.md:8:25 DS312 says 65%, but all 3 phases of the document are called complete
```

## What to do

Correct the summary, or say what is left.

## How precision is kept

The phases (or stages, milestones, sprints) must be numbered without a gap and at least two, all that the document gives of each
must be that it is done, no later one may be named, no box may be open, and no heading may speak of what remains. Text about the
past is passed over. A note only, since phases may be planned that the document does not name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from docsync.models.claims import Mention
from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.status import Status
from docsync.project.index import Project
from docsync.text.spans import Span
from docsync.validator.wording import RELATED, counted_out

CODE = "DS312"
NAME = "overall-behind-phases"
SEVERITY = Severity.INFO
KEEPS = False
ALONE = True

_WHOLE: Final = re.compile(r"\W*(?:overall|total|project|current)?\s?(?:progress|completion|status|complete)\W*", re.IGNORECASE)
_WORDS: Final = frozenset({"phase", "stage", "milestone", "sprint", "part"})
_LEFT: Final = re.compile(r"\b(?:remain\w*|pending|outstanding|to-?do|open|left|missing|upcoming)\b", re.IGNORECASE)
_FEWEST: Final = 2
_ALL: Final = Decimal(100)


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the summaries that stay behind the phases of their document."""
    for document in project.documents.values():
        done = _done(document)
        if done and all(one.met == one.total for one in document.checklists) and not _names_rest(document):
            yield from (_finding(document, span, said, done) for span, said in _behind(document))


def _done(document: DocumentFacts) -> Mapping[str, Mention]:
    """Give the phases of a document in order, each with the place that calls it done; none if any may be open."""
    named = [mention for mention in document.mentions if mention.entity.partition(" ")[0] in _WORDS]
    stated = [mention for mention in named if mention.name == "status" and mention.scope.comparable]
    if not stated:
        return {}
    words = {mention.entity.partition(" ")[0] for mention in stated}
    numbers = sorted({_number(mention) for mention in named})
    done = {mention.entity: mention for mention in reversed(stated) if mention.status is Status.RESOLVED}
    whole = numbers and numbers[0] in (0, 1) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if len(words) != 1 or not whole or len(done) < max(_FEWEST, len(numbers)) or len(done) < len({one.entity for one in named}):
        return {}
    return {} if any(mention.status is not Status.RESOLVED for mention in stated) else dict(sorted(done.items()))


def _number(mention: Mention) -> int:
    number = mention.entity.partition(" ")[2]
    return int(number) if number.isdecimal() else -1


def _names_rest(document: DocumentFacts) -> bool:
    return any(_LEFT.search(heading.text) for heading in document.headings)


def _behind(document: DocumentFacts) -> Iterator[tuple[Span, str]]:
    for quantity in document.quantities:
        share = quantity.percent
        summary = _WHOLE.fullmatch(quantity.key) and not quantity.scope.entities and quantity.scope.as_of == document.moment
        if summary and share is not None and share.exact and share.value < _ALL and quantity.count is None and not quantity.aim:
            yield quantity.span, f"{share.value}%"


def _finding(document: DocumentFacts, span: Span, said: str, done: Mapping[str, Mention]) -> Finding:
    word = next(iter(done)).partition(" ")[0]
    return Finding(
        document.place(span),
        f"says {said}, but all {len(done)} {word}s of the document are called complete",
        tuple(document.related(mention.span, f"{entity} is complete here") for entity, mention in list(done.items())[:RELATED]),
        verdict=Verdict.CONTRADICTED,
        evidence=tuple(counted_out(f"{word}s of the document", done)),
    )
