"""Report a "last updated" that is older than what the document itself tells of.

## What it does

Compares the date under `Last updated`, `Updated` or `Last modified` with the newest date of the same file at which something
was done: under a key such as `Completed`, `Resolved` or `Date`, or in a heading. Two such stamps that differ are reported too,
and so is the row of a table that gives this very file an older date.

## Why

Whoever reads an old stamp takes the document for old, and whoever reads a new one takes it for checked.

## Example

```text
docs/STATE.md:3:19 DS410 last updated 2025-03-02, but the document tells of 2025-03-09
```

## What to do

Write the newer date, or have the stamp removed: git knows it better.

## How precision is kept

Stamps of single sections say nothing about the document. Dates of plans (due, scheduled, target, a heading such as
`Milestone 3`) and dates in running text are passed over, and so is what stands in a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from docsync.models.claims import TEMPLATE, DateStamp, Form
from docsync.models.diagnostics import Change, Confirmation, Finding, Fix, Safety, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.project.index import Project

CODE = "DS410"
NAME = "last-updated-stale"
SEVERITY = Severity.WARNING
KEEPS = False
ALONE = True

_SHOWN = 4

_STAMP = re.compile(
    r"(?:last |date )?(?:updated?|modified|revised|edited|changed)(?: (?:on|at|date))?|updated_at|as_of_date"
    # the same in the languages that such documents were met in
    r"|(?:ngày |lần )?cập nhật(?: cuối| lần cuối| gần nhất)?|(?:zuletzt )?aktualisiert(?: am)?|stand"
    r"|(?:dernière )?mise à jour|mis à jour(?: le)?|última actualización|actualizado(?: el)?|última atualização"
    r"|atualizado(?: em)?"
    r"|ultimo aggiornamento|(?:最終|最后)?更新(?:日|日期|时间)?|последнее обновление|обновлено"
)
_DONE = re.compile(
    r"(?:date |day )?(?:completed|resolved|finished|done|closed|passed|decided|shipped|merged|started|created|held|achieved|"
    r"date|day|session date|session)(?: (?:on|at|date|in))?"
)
_PLAN = re.compile(
    r"\b(?:plan(?:ned)?|target|milestones?|sprint|due|deadline|upcoming|next|roadmap|schedule[ds]?|release|eta|expected|week|"
    r"future|forecast|timeline|estimate[ds]?|review)\b",
    re.IGNORECASE,
)


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the stamps that are older than what their document tells of, and confirm the others."""
    for document in project.documents.values():
        if stamps := _stamps(document):
            yield from _checked(document, stamps)


def _stamps(document: DocumentFacts) -> Sequence[DateStamp]:
    """Give the stamps of the document as a whole: those at its head and, where there is one more, the one at its foot."""
    found = [date for date in document.dates if _is_stamp(date)]
    stamps = [date for date in found if date.form is not Form.ROW]
    rows = [date for date in found if date.form is Form.ROW and _is_of_file(document, date)]
    head = [date for date in stamps if all(heading == document.title for heading in date.scope.headings)]
    below = [date for date in stamps if date not in head]
    closing = below if len(below) == 1 and below[0].span == stamps[-1].span else []
    return (*head, *closing, *rows)


def _checked(document: DocumentFacts, stamps: Sequence[DateStamp]) -> Iterator[Finding | Confirmation]:
    told = sorted((*stamps, *filter(_tells, document.dates)), key=lambda date: date.iso, reverse=True)
    for stamp in stamps:
        if stamp.iso >= told[0].iso:
            yield Confirmation(document.path, (stamp.span,))
        else:
            yield _finding(document, stamp, [date for date in told if date.iso > stamp.iso])


def _is_stamp(date: DateStamp) -> bool:
    return date.scope.living and _full(date) and _says_when_updated(date.key)


@lru_cache(maxsize=1 << 10)
def _says_when_updated(key: str) -> bool:
    return _STAMP.fullmatch(_plain(key)) is not None


def _is_of_file(document: DocumentFacts, date: DateStamp) -> bool:
    """Tell whether the row of a table is that of this file."""
    return date.scope.item.rpartition("/")[2] == document.path.rpartition("/")[2]


def _tells(date: DateStamp) -> bool:
    """Tell whether a date is one at which something was done."""
    if date.ahead or date.scope.as_of == TEMPLATE or not _full(date) or any(map(_PLAN.search, date.scope.headings)):
        return False
    return date.form is Form.HEADING if not date.key else _DONE.fullmatch(_plain(date.key)) is not None


def _plain(key: str) -> str:
    return key.casefold().replace("_", " ").strip()


def _full(date: DateStamp) -> bool:
    """Tell whether a date names a day; a month alone cannot be older than a day in it."""
    return len(date.iso) == len("2025-03-02")


def _finding(document: DocumentFacts, stamp: DateStamp, newer: Sequence[DateStamp]) -> Finding:
    newest = newer[0]
    place = document.place(stamp.span)
    exact = len(stamp.span) == len(stamp.iso)
    fix = Fix(f"write {newest.iso}", Safety.UNSAFE, (Change(place, newest.iso),)) if exact else None
    return Finding(
        place,
        f"last updated {stamp.iso}, but the document tells of {newest.iso}",
        tuple(document.related(date.span, f"{date.key or date.form.value} of {date.iso}") for date in newer[:_SHOWN]),
        fix,
        Verdict.CONTRADICTED,
        evidence=tuple(_evidence(document, stamp, newer)),
    )


def _evidence(document: DocumentFacts, stamp: DateStamp, newer: Sequence[DateStamp]) -> Iterator[str]:
    """Say why the stamp is that of the whole document, and which newer dates tell of something done."""
    where = "a row that names this file" if stamp.form is Form.ROW else "the head or the foot, so it is of the whole document"
    yield f"`{stamp.key}` stands in {where}"
    for date in newer[:_SHOWN]:
        under = f" under `{date.scope.headings[-1]}`" if date.scope.headings else ""
        key = f"`{date.key}`" if date.key else "the heading"
        yield f"line {document.lines.line(date.span.start)}{under}: {key} tells of {date.iso}"
