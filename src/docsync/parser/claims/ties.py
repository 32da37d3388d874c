"""Which numbers of a document are tied to what stands near them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docsync.models.ties import Tie
from docsync.parser.claims.items.reader import read_items
from docsync.parser.claims.sums.addends import addends
from docsync.parser.claims.sums.durations import repeated_durations
from docsync.parser.claims.sums.listings import listed_counts
from docsync.parser.claims.sums.named_tables import named_tables
from docsync.parser.claims.sums.overall import overall_shares
from docsync.parser.claims.sums.section_keys import section_keys
from docsync.parser.claims.sums.shares import shares
from docsync.parser.claims.sums.splits import splits
from docsync.parser.claims.sums.total_rows import total_rows
from docsync.parser.claims.tie_source import TieReader, TieSource

TIE_READERS: Final[tuple[TieReader, ...]] = (
    read_items,  # counts of items
    total_rows,  # total rows of tables
    listed_counts,  # counts that are spelled out below or above them
    section_keys,  # counts in the first lines of a section
    addends,  # addends in brackets
    splits,  # totals and counts by state
    shares,  # percentages in rows, and bars
    named_tables,  # fractions under the name of a section with a table
    repeated_durations,  # durations of all the work
    overall_shares,  # overall percentages in lists of shares
)
"""The readers of ties, each one mechanism."""


def read_ties(source: TieSource) -> Iterator[Tie]:
    """Give the ties of a document, reader by reader."""
    for reader in TIE_READERS:
        yield from reader(source)
