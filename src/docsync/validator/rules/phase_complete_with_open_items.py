"""Report a phase that is called complete while work in it is open.

## What it does

Reports a phase, or any other record that work belongs to, whose status is resolved although a hole, task or other piece of
work in it is still open. Of things without a home, it reports a section that is called complete, in its heading or right below
it, with rows or items that are open.

## Why

The next phase is begun on what the last one is said to have left behind.

## Example

```text
docs/phases.md:9:13 DS406 P2 is complete, but 2 of its 5 holes are open: H7 and H8
```

## What to do

Finish the work, move it to another phase, defer or cancel it, or reopen the phase.

## How precision is kept

A piece of work belongs to a phase only when it says so, or the phase lists it. What is deferred or cancelled, or has no
status, is not open. Gates, sessions and metrics are no work. Without homes, only phases, parts, waves and the like count, what
stands under a heading for what comes next is passed over, and so is what any place calls done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from docsync.models.diagnostics import Confirmation, Finding, Related, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.models.status import Status
from docsync.project.derived import derived, documents, flat
from docsync.project.index import Project
from docsync.project.progress import workload
from docsync.validator.calling import called, called_out, recorded_as, stated_as
from docsync.validator.wholes import Whole, open_parts, wholes
from docsync.validator.wording import RELATED, counted_out, listing, named, verb, with_status

CODE = "DS406"
NAME = "phase-complete-with-open-items"
SEVERITY = Severity.ERROR
KEEPS = False

_STATING: Final = frozenset({"status", "gate", "gate_status"})


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the completed wholes that hold open work."""
    return flat(by_document, project)


@derived(documents)
def by_document(project: Project, document: DocumentFacts) -> tuple[Finding, ...]:
    """Give those of one document."""
    things = _of_things(project, document) if _divides(document) else ()
    return (*_of_records(project, document), *things)


def _of_records(project: Project, document: DocumentFacts) -> Iterator[Finding]:
    for record in document.records:
        work = workload(project, record) if record.status is Status.RESOLVED else ()
        if open_ := [one for one in work if one.status and one.status.is_open]:
            yield _finding(project, record, work, open_)


def _divides(document: DocumentFacts) -> bool:
    """Tell whether a document gives a status to anything in something else."""
    stating = (mention for mention in document.mentions if mention.name in _STATING)
    return any(mention.scope.living and mention.scope.entities for mention in stating)


def _of_things(project: Project, document: DocumentFacts) -> Iterator[Finding]:
    found, seen = open_parts(project, document), set()
    for whole in wholes(project, document) if found else ():
        parts_ = [one for one in found.get(whole.entity, ()) if one.mention.scope.as_of == whole.said.scope.as_of]
        if parts_ and whole.entity not in seen:
            seen.add(whole.entity)
            names = dict.fromkeys(one.mention.entity for one in parts_)
            yield Finding(
                document.place(whole.said.span),
                f"{whole.said.entity} is {_word(whole)}, but {listing(names)} in it {verb(len(names))} open",
                tuple(Related(one.place, f"{one.mention.entity} is {stated_as(one)} here") for one in parts_[:RELATED]),
                verdict=Verdict.CONTRADICTED,
                evidence=(
                    f"all of it stands under the heading of {whole.said.entity}, and nothing calls it done",
                    *counted_out(f"named as open parts of {whole.said.entity}", names),
                ),
            )


def _finding(project: Project, record: Record, work: Sequence[Record], open_: Sequence[Record]) -> Finding:
    kinds = {one.kind for one in work}
    plural = project.config.kinds[kinds.pop()].plural if len(kinds) == 1 else "pieces of work"
    return Finding(
        record.place_of("status"),
        f"{named(record)} is {recorded_as(record)}, but {len(open_)} of its {len(work)} {plural} {verb(len(open_))} open: "
        f"{listing(map(named, open_))}",
        called_out(open_),
        verdict=Verdict.CONTRADICTED,
        evidence=counted_out(f"counted as work of {named(record)}", map(with_status, work)),
    )


def _word(whole: Whole) -> str:
    return called(whole.said.entity, Status.RESOLVED, whole.said.raw)
