"""What a pull has found: changes that go home, and edits that do not, each with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from docsync.models.diagnostics import Place
from docsync.models.records import Criterion, Record


@dataclass(frozen=True, slots=True)
class Offer:
    """Offer one change to a record's home: a field's new value, or a criterion's box.

    `before` and `after` are as people read them; `value` is what is to be set. `places` are where it was written by hand, one
    for each region.
    """

    record: Record
    field: str
    before: str
    after: str
    value: str
    places: tuple[Place, ...]
    criterion: Criterion | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """Say that something written by hand is not offered: what it is, why, and what to do instead."""

    place: Place
    subject: str
    reason: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """Hold what was found in the regions that were edited by hand; `regions` are these, by path and id."""

    offers: tuple[Offer, ...] = ()
    left: tuple[Left, ...] = ()
    regions: tuple[tuple[str, str], ...] = ()
