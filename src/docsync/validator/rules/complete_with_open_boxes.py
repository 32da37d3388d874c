"""Report something that is called complete, or ticked, while boxes of its own are open.

## What it does

Compares a section that is called complete, in its heading or by the status right below it, with the boxes of the section; and a
ticked item with the boxes inside it.

## Why

Nobody looks below a tick again, so what is open there is never done.

## Example

```text
docs/tasks.md:5:4 DS308 ticked, but 3 of the 6 boxes in it are open
```

## What to do

Tick what is done, move or drop what will not be, or take back the completion.

## How precision is kept

Boxes right below the heading count, and those below deeper headings for tasks and criteria. Some box of the document must be
ticked, since many lists are never ticked off. One remark that puts an open box off (`deferred`, `optional`, `(Phase 3)`)
silences the whole list, so does an item that says itself how far it is (`mostly done`, `complete except 2.3`), a choice
between boxes is none that must all be ticked, and a title never speaks for all sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import Checklist, DocumentFacts
from docsync.models.status import Status
from docsync.project.derived import derived, flat
from docsync.project.following import where
from docsync.project.index import Project
from docsync.validator.calling import called
from docsync.validator.wholes import Whole, wholes
from docsync.validator.wording import verb

CODE = "DS308"
NAME = "complete-with-open-boxes"
SEVERITY = Severity.WARNING
KEEPS = False

_FEWEST = 2
_CHOICE = re.compile(r"\b(?:choose|select|pick|options?|one of|any of|either|type of|optional|if applicable)\b", re.IGNORECASE)

_EXCEPT = re.compile(r"\b(?:except(?:ing)?|apart from|other than|all but)\b", re.IGNORECASE)
_IN_PART = re.compile(r"\b(?:mostly|partial|partially|partly|almost|nearly|in progress|ongoing|remaining|wip)\b", re.IGNORECASE)


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield what is called complete with open boxes of its own."""
    return flat(by_document, project)


@where
def _ticking(document: DocumentFacts) -> bool:
    """Tell whether a document ticks any box and leaves any open."""
    lists = document.checklists
    return any(one.met for one in lists) and any(one.own_total > one.own_met or one.total > one.met for one in lists)


@derived(_ticking)
def by_document(project: Project, document: DocumentFacts) -> tuple[Finding, ...]:
    """Give those of one document."""
    return (*_of_sections(project, document), *_of_items(document))


def _of_sections(project: Project, document: DocumentFacts) -> Iterator[Finding]:
    seen = set()
    for whole in wholes(project, document):
        open_ = sum(one.own_total - one.own_met for one in whole.boxes)
        put_off = any(one.deferred or _EXCEPT.search(one.title) for one in whole.boxes)
        if open_ and whole.entity not in seen and not put_off:
            seen.add(whole.entity)
            total = sum(one.own_total for one in whole.boxes)
            word = called(whole.said.entity, Status.RESOLVED, whole.said.raw)
            lists = (document.related(one.span, f"{one.own_met} of {one.own_total} are ticked here") for one in whole.boxes)
            yield Finding(
                document.place(whole.said.span),
                f"{whole.said.entity} is {word}, but {open_} of its {total} boxes {verb(open_)} open",
                tuple(lists),
                verdict=Verdict.CONTRADICTED,
                evidence=tuple(_counted(document, whole)),
            )


def _of_items(document: DocumentFacts) -> Iterator[Finding]:
    for one in document.checklists:
        open_ = one.total - one.met
        if one.ticked and one.own_total >= _FEWEST and open_ and not one.deferred and one.scope.comparable and _is_meant(one):
            yield Finding(
                document.place(one.span),
                f"ticked, but {open_} of the {one.total} boxes in it {verb(open_)} open",
                (document.related(one.reach, "the boxes in it"),),
                verdict=Verdict.CONTRADICTED,
                evidence=(
                    f"{one.total} boxes stand inside the item, {one.met} of them ticked; no remark puts an open one off",
                    "this document ticks off what is done",
                ),
            )


def _is_meant(item: Checklist) -> bool:
    """Tell whether the tick of an item can be said of all boxes in it."""
    return not any(words.search(item.title) for words in (_CHOICE, _IN_PART, _EXCEPT))


def _counted(document: DocumentFacts, whole: Whole) -> Iterator[str]:
    """Say which boxes were taken for those of a thing that is called complete."""
    for one in whole.boxes:
        line = document.lines.line(one.span.start)
        yield f"of {whole.said.entity}: {one.own_met} of {one.own_total} are ticked under `{one.title}`, line {line}"
    yield "no remark puts an open one off"
