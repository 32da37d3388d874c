"""Which counts of a document are tied to the items that they count."""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.ties import Tie
from docsync.parser.claims.items.announcing import announced_items
from docsync.parser.claims.items.covering import covered_items
from docsync.parser.claims.items.layout import Layout
from docsync.parser.claims.items.lead_ins import lead_in_items
from docsync.parser.claims.items.marked import marked_items
from docsync.parser.claims.items.naming import named_items
from docsync.parser.claims.items.series import series_items
from docsync.parser.claims.items.tallies import tallied_items
from docsync.parser.claims.items.titled import titled_items
from docsync.parser.claims.tie_source import TieSource


def read_items(source: TieSource) -> Iterator[Tie]:
    """Give the ties between counts and items, form by form."""
    layout = Layout(source)
    yield from announced_items(layout)
    yield from lead_in_items(layout)
    yield from titled_items(layout)
    yield from covered_items(layout)
    yield from named_items(source)
    yield from tallied_items(source)
    yield from marked_items(source)
    yield from series_items(source)
