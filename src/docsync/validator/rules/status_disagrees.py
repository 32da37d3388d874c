"""Report a status that contradicts the status of the same thing elsewhere.

## What it does

Compares the status in a record's home with every other living place that gives one: front matter, headings, table rows,
list items, key-values and diagrams. Things that have no home are compared within each document, and across the documents of a
folder that call at least two things by the same id and name, or one by a made-up name (`BerthOrder`). What an account of the
past says was done counts against what is called open now, and so does a list of next steps that names what is done.

## Why

Somebody resolves H6 where H6 is described, and three tables go on calling it pending.

## Example

```text
docs/STATE.md:31:14 DS301 H6 is pending here, but resolved in its home: what is done is no longer to be started
  docs/holes/H6.md:4:9 the home of H6 says resolved
```

## What to do

Correct the place that was left behind. When the home itself is the one that was forgotten, correct that; a generated table
(`docsync:begin`) cannot disagree.

## How precision is kept

Only statuses that cannot both be true count: done against open, given up against open, blocked against ready or in progress.
`pending` and `in progress` pass for each other unless the text says that nothing was started; so do `on hold`, `blocked` and
`deferred`. Text about the past, templates and names that several records bear are passed over, and so are things that only
share a number (`Phase 1` of two epics, or with two names) or an id (`T012` with other words after it). What archives and
superseded plans call done, what was reopened, and diagrams that show a goal or an expected output count for nothing. One thing
in one document is one finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from docsync.models.diagnostics import Confirmation, Finding, Severity
from docsync.project.index import Project
from docsync.validator.homes import against_homes
from docsync.validator.peers import against_peers

CODE = "DS301"
NAME = "status-disagrees"
SEVERITY = Severity.ERROR
KEEPS = False


by_document = against_homes
beyond = against_peers


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the statuses that contradict a home or each other, and confirm those that agree with their home."""
    yield from chain.from_iterable(by_document(project).values())
    yield from beyond(project)
