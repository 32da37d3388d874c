"""Report an id that two records of one kind bear.

## What it does

Reports every further home of a kind and id that already has one.

## Why

Which of the two a reference means cannot be told, and each count that includes them counts one twice.

## Example

```text
docs/holes/H6b.md:3:5 DS105 hole H6 has a home already
  docs/holes.md:41:5 its first home
```

## What to do

Give one of them another id, or turn one of the two homes into a mention: take the fields or the declaration away.

## How precision is kept

Only declared homes count; a table that merely repeats ids is no home. Rows numbered 1, 2, 3 in several tables are ordinals,
not ids, and are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docsync.models.diagnostics import Confirmation, Finding, Related, Severity
from docsync.models.records import Home, Record
from docsync.project.index import Project
from docsync.validator.wording import named

CODE = "DS105"
NAME = "duplicate-id"
SEVERITY = Severity.ERROR
KEEPS = False


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the further homes of ids that have one."""
    for records in project.by_id.values():
        if len(records) > 1:
            yield from _checked(records)


def _checked(records: Sequence[Record]) -> Iterator[Finding]:
    homes: dict[str, list[Record]] = {}
    for record in records:
        if not (record.home is Home.ROW and record.id.isdecimal()):
            homes.setdefault(record.kind, []).append(record)
    for first, *others in homes.values():
        for other in others:
            related = Related(first.place, f"the first home of {named(first)}")
            yield Finding(other.place, f"{other.kind} {other.id} has a home already", (related,))
