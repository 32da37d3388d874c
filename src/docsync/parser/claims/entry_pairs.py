"""Which quantities two lines of one front matter value give together: `total_phases: 4` and `completed_phases: 3`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from docsync.models.claims import Form, Number, Quantity, Scope
from docsync.models.document import FrontMatterEntry
from docsync.text.spans import Span

_LINE: Final = re.compile(
    r"^[ \t]*(?P<what>total|complete|completed|done|finished)_(?P<noun>[a-z]{3,20}):[ \t]+(?P<number>\d{1,6})[ \t]*(?:#.*)?$",
    re.MULTILINE,
)


def paired_quantities(entry: FrontMatterEntry, text: str, scope: Scope) -> Iterator[Quantity]:
    """Give what is done of how many, by noun; `text` is the whole file's."""
    first = text.rfind("\n", 0, entry.value_span.start) + 1
    found = list(_LINE.finditer(text, first, entry.value_span.end))
    totals = {match["noun"]: match for match in found if match["what"] == "total"}
    for match in found:
        total = totals.get(match["noun"])
        if total is not None and match is not total:
            yield Quantity(
                span=Span(*match.span("number")),
                text=f"{match[0].strip()}, {total[0].strip()}",
                scope=scope,
                form=Form.FRONT_MATTER,
                count=_number(match),
                total=_number(total),
                noun=match["noun"],
                state="completed",
                key=match["noun"],
            )


def _number(match: re.Match[str]) -> Number:
    return Number(Decimal(match["number"]), Span(*match.span("number")))
