"""What the heading of a home says beside id and title: a status, and a day as in `Session 2 — 2026-05-09: The pump`."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from docsync.models.blocks import Inline
from docsync.parser.homes.drafts import Draft, Written
from docsync.parser.homes.leads import Lead
from docsync.parser.written_dates import WrittenDate, find_dates
from docsync.text.spans import Span

_BEFORE = re.compile(r"[\s*_`]*(?:[:：–—|.,-]{1,3}\s*)?[*_`]*[(\[]?")
"""What parts a day from the id before it."""
_AFTER = re.compile(r"[)\]]?[*_`]*(?:\s*\Z|\s*[:：–—|,]|\s+-|\s*[(\[])")
"""What parts a day from the title behind it."""
_LAST = re.compile(r"(?:\s[–—|-]{1,3}\s*|[:：|,]\s*|\s*[(\[]|\s*[*_`]+[(\[]?)\Z")
"""What parts a day at the end of a heading from the title before it."""
_ENDS = re.compile(r"[)\]]?[*_`]*\s*\Z")
_JOINS: Final = " \t\n:：–—-|.,"
_SIGNS: Final = f"{_JOINS}()[]*_`"


def heard(draft: Draft, heading: Inline, lead: Lead) -> Draft:
    """Let the heading of a home count as its own words, and give it the status and the day that it says where no field does."""
    draft = _dated(draft, heading, lead)
    if lead.status is None:
        return replace(draft, covered=(*draft.covered, heading.whole))
    said = heading.span(lead.status.start, lead.status.end)
    if draft.named("status"):
        # The heading says the status again: that is a mention, to be compared with the field.
        around = Span(heading.whole.start, said.start), Span(said.end, heading.whole.end)
        return replace(draft, covered=(*draft.covered, *around))
    status = Written("status", lead.status.text, said, said)
    return replace(draft, fields=(*draft.fields, status), covered=(*draft.covered, heading.whole))


def _dated(draft: Draft, heading: Inline, lead: Lead) -> Draft:
    """Give a draft the day that stands behind the id or at the end of its heading, and the title without it.

    A heading that names several days, such as the first and the last, says none of them.
    """
    name = next((name for name, spec in draft.kind.fields.items() if spec.in_heading), "")
    start = heading.text.find(lead.title, lead.id.end) if name and lead.title and not draft.named(name) else -1
    stop = start + len(lead.title)
    found = _own(heading.text, lead.id.end, stop) if start >= 0 else None
    if found is None:
        return draft
    before, after = heading.text[start : max(start, found.start)], heading.text[found.end : stop]
    span = heading.span(found.start, found.end)
    written = Written(name, found.iso, span, span)
    return replace(draft, title=_bare(before if before.strip(_SIGNS) else after), fields=(*draft.fields, written))


def _own(text: str, start: int, stop: int) -> WrittenDate | None:
    """Give the date that is the heading's own: the one behind the id, else the one at its end."""
    dates = list(find_dates(text, start, stop))
    if not dates:
        return None
    first, last = dates[0], dates[-1]
    if _BEFORE.fullmatch(text, start, first.start) and _AFTER.match(text[first.end : stop + 1]):
        ranged = len(dates) > 1 and not text[first.end : dates[1].start].strip(_SIGNS)
        return None if ranged else first
    if len(dates) == 1 and _LAST.search(text, start, last.start) and _ENDS.match(text[last.end : stop + 1]):
        return last
    return None


def _bare(title: str) -> str:
    """Take off what parted a title from the day beside it."""
    bare = title.lstrip(")]").strip(_JOINS).rstrip("([").strip(_JOINS)
    for sign in ("**", "__", "`"):
        if bare.count(sign) % 2:
            bare = bare.removesuffix(sign) if bare.endswith(sign) else bare.removeprefix(sign)
    bare = bare.strip(_JOINS)
    whole = bare.startswith("(") and bare.endswith(")") and bare.count("(") == 1
    return bare[1:-1].strip() if whole else bare
