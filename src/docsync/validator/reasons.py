"""Whether a record says why it was taken up again."""

from __future__ import annotations

import re
from typing import Final

from docsync.models.records import Record

_REMARK: Final = re.compile(r"(?:\(|\[|—|–|: | - )[^\w]*(?:[^\W\d_][\w'’-]*[ ,;]+){1,}[^\W\d_]")
"""What follows a status behind a bracket, a dash or a colon, of two words at least."""
_REASONS: Final = ("reopened", "reason", "note", "notes", "why", "rationale")


def gives_reason(before: Record, after: Record) -> bool:
    """Tell whether a record gives a reason that it did not give before: in a field for that, or behind its status."""
    if any(after.text(name) and after.text(name) != before.text(name) for name in _REASONS):
        return True
    return remarks(after)


def remarks(record: Record) -> bool:
    """Tell whether a record says something behind its status."""
    status = record.fields.get("status")
    return bool(status and _REMARK.search(status.raw))
