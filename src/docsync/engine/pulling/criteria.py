"""Which criterion of which record a point of a generated list is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docsync.generator.meaning import said
from docsync.models.records import Criterion, Record
from docsync.project.index import Project


def criterion_of(project: Project, chosen: Sequence[Record], text: str, lead: str) -> tuple[tuple[Record, Criterion], ...]:
    """Give the criteria that a point may be, those of the chosen records first, and of the record that its lead-in names."""
    found = tuple(_saying(chosen, text)) or tuple(_saying(project.records, text))
    named = tuple((record, one) for record, one in found if _names(lead, record))
    return named or found


def _saying(records: Sequence[Record], text: str) -> Iterator[tuple[Record, Criterion]]:
    for record in records:
        for criterion in record.criteria:
            shown = said(criterion.text)
            if not criterion.dropped and text in (shown, f"{shown} ({said(criterion.category)})"):
                yield record, criterion


def _names(lead: str, record: Record) -> bool:
    return re.search(rf"(?<!\w){re.escape(record.id)}(?!\w)", lead) is not None
