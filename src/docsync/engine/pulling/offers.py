"""What a pull has found: changes that go home, and edits that do not, each with the reason."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from docsync.models.diagnostics import Place
from docsync.models.records import Criterion, Record

Key: TypeAlias = "tuple[str, str]"
"""The path and id of a region."""


class Offer(Struct, frozen=True):
    """Offer one change to a record's home: a field's new value, or a criterion's box.

    `before` and `after` are as people read them; `values` are what is to be set, several for a list, none to empty a field.
    `places` are where it was written by hand, each with its region.
    """

    record: Record
    field: str
    before: str
    after: str
    values: tuple[str, ...]
    places: tuple[tuple[Place, Key], ...]
    criterion: Criterion | None = None


class Left(Struct, frozen=True):
    """Say that something written by hand is not offered: what it is, why, and what to do instead.

    `cell` names the row and title of a cell, so that it can be found again; `keys` are the titles that name rows there. `text`
    is what stands there where it is no cell.
    """

    place: Place
    region: Key
    subject: str
    reason: str
    help: str = ""
    cell: tuple[str, str] | None = None
    keys: frozenset[str] = frozenset()
    text: str = ""


class Findings(Struct, frozen=True):
    """Hold what was found in the regions that were edited by hand; `regions` are these, by path and id."""

    offers: tuple[Offer, ...] = ()
    left: tuple[Left, ...] = ()
    regions: tuple[Key, ...] = ()
