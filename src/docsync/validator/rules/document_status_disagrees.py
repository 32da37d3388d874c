"""Report a document of tasks that calls itself ready to start though nearly all of its boxes are ticked.

## What it does

Compares the `Status` that a plan or list of tasks gives itself, at its top or at its end, with its checkboxes.

## Why

Who reads the status alone begins work that is done.

## Example

```text
docs/tasks.md:212:13 DS304 says that it is ready for implementation, but 118 of its 123 boxes are ticked
```

## What to do

Correct the status.

## How precision is kept

Only words about the start of the work count (`ready for implementation`, `not started`), only in documents whose title or
name says that they are tasks or a plan, and only from ten boxes on, nine tenths of them ticked. Checklists by which a
document is reviewed are ticked before the work begins and are passed over, and so is what speaks of the past. Of a plan only
the boxes under phases, steps and the like count: others tick off what made it ready.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import Checklist, DocumentFacts
from docsync.project.index import Project
from docsync.validator.wording import RELATED, counted_out

CODE = "DS304"
NAME = "document-status-disagrees"
SEVERITY = Severity.WARNING
KEEPS = False
ALONE = True

_START = re.compile(
    r"\b(?:ready\s(?:for|to)\s(?:implementation|implement|execution|execute|start|begin|development)|not\s(?:yet\s)?started)\b",
    re.IGNORECASE,
)
_OF_TASKS = re.compile(r"(?:^|[\W_])(?:tasks?|todo)(?:$|[\W_])", re.IGNORECASE)
_OF_PLANS = re.compile(r"(?:^|[\W_])(?:plan|implementation|workstream|roadmap)(?:$|[\W_])", re.IGNORECASE)
_PIECE = re.compile(r"\b(?:phase|stage|step|task|sprint|wave|week|day|part|milestone|story|epic|track)s?\b", re.IGNORECASE)
_OF_REVIEW = re.compile(r"checklist|review|requirements|validation|criteria|quality", re.IGNORECASE)
_FEWEST = 10
_NEARLY = 0.9


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the statuses of documents that their boxes contradict."""
    for document in project.documents.values():
        if not document.standings:
            continue
        name = f"{document.title} {document.path.rpartition('/')[2].removesuffix('.md')}"
        if _OF_REVIEW.search(name):
            continue
        if _OF_TASKS.search(name):
            yield from _of_document(document, document.checklists)
        elif _OF_PLANS.search(name):
            yield from _of_document(document, [one for one in document.checklists if _PIECE.search(one.title)])


def _of_document(document: DocumentFacts, lists: Sequence[Checklist]) -> Iterator[Finding]:
    boxes = [(one.own_met, one.own_total, one) for one in lists if one.scope.living and one.own_total]
    met, total = sum(met for met, _, _ in boxes), sum(total for _, total, _ in boxes)
    if total < _FEWEST or met < _NEARLY * total:
        return
    said = [one for one in document.standings if one.share is None and one.scope.living and _START.search(one.raw)]
    for standing in said[:1]:
        again = (document.related(one.span, "says the same") for one in said[1:])
        counts = (document.related(one.span, f"{met} of {total} are ticked here") for met, total, one in boxes[:RELATED])
        words = _START.search(standing.raw)
        ticked = f"all {total} of its boxes" if met == total else f"{met} of its {total} boxes"
        yield Finding(
            document.place(standing.span),
            f"says that it is {words[0].casefold() if words else standing.raw}, but {ticked} are ticked",
            (*again, *counts),
            verdict=Verdict.CONTRADICTED,
            evidence=tuple(_evidence(document, [one for _, _, one in boxes])),
        )


def _evidence(document: DocumentFacts, boxes: Sequence[Checklist]) -> Iterator[str]:
    """Say why the status is that of the whole document, and which boxes were counted."""
    yield f"the status is given at the top or the end of `{document.title or document.path}`, by name a text of work to be done"
    yield from counted_out("boxes counted", (f"{one.own_met} of {one.own_total} under `{one.title}`" for one in boxes))
