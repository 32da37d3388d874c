"""Report a commit that the repository does not hold.

## What it does

Asks git for the commits that documents name as such (`last commit: 3f2a9c1`, `commit 3f2a9c1`).

## Why

A commit that is not there was rewritten, was never pushed, or belongs to another repository: the text can't be followed up.

## Example

```text
docs/HANDOVER.md:6:19 DS505 commit 3f2a9c1 is not in this repository
```

## What to do

Name the commit as it is now.

## How precision is kept

Only where the folder is a git repository with its whole history, neither shallow nor partial. It is a warning for a key such as
`Last commit`; commits in running text, in history, or beside words such as `upstream` or `squashed` are info.
"""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.references import Aim, Reference, Stance
from docsync.project.following import where
from docsync.project.index import Project

CODE = "DS505"
NAME = "commit-unknown"
SEVERITY = Severity.WARNING
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the commits that git does not know."""
    named = [
        (document, reference)
        for document in _naming(project).values()
        for reference in document.references
        if reference.aim is Aim.COMMIT and reference.scope.comparable
    ]
    unknown = project.evidence.unknown_commits({reference.target for _, reference in named})
    for document, reference in named:
        if unknown is not None and reference.target in unknown:
            yield _finding(document, reference)
        elif unknown is not None:
            yield Confirmation(document.path, (reference.span,))


@where
def _naming(document: DocumentFacts) -> bool:
    return any(reference.aim is Aim.COMMIT for reference in document.references)


def _finding(document: DocumentFacts, reference: Reference) -> Finding:
    sure = reference.stance is Stance.ASSERTED and not document.moment.startswith("archive")
    return Finding(
        document.place(reference.span),
        f"commit {reference.target} is not in this repository",
        verdict=Verdict.CONTRADICTED if sure else None,
        severity=None if sure else Severity.INFO,
        evidence=("git was asked for it, in a repository with its whole history",),
    )
