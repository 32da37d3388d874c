"""Whether the records that a number lists beside it are in the state that it counts."""

from __future__ import annotations

from collections.abc import Sequence

from docsync.models.diagnostics import Confirmation, Finding, Related, Verdict
from docsync.models.records import Record
from docsync.models.status import Status
from docsync.validator.clashes import clash
from docsync.validator.counting import written
from docsync.validator.entities import record_of
from docsync.validator.scoping import Claim
from docsync.validator.vocabulary import counted_state, is_fact
from docsync.validator.wording import listing, named, said

_STATES = frozenset(status.value for status in Status)


def compare_listed(claim: Claim) -> Finding | Confirmation | None:
    """Check `3/3 holes resolved (H1, H2, H11)` record by record; None when the list may be only a part of the count."""
    quantity = claim.quantity
    state = counted_state(claim.project, quantity)
    records = _records(claim)
    if (
        not quantity.listed
        or state not in _STATES
        or not is_fact(quantity)
        or quantity.count is None
        or quantity.count.value != len(records)
    ):
        return None
    odd = [record for record in records if record.status and clash(Status(state), record.status)]
    if odd:
        return _finding(claim, Status(state), odd)
    return Confirmation(claim.document.path, (quantity.span,)) if all(record.status for record in records) else None


def _records(claim: Claim) -> Sequence[Record]:
    """Give the records listed, none where a name is unknown."""
    found = [record_of(claim.project, name, claim.document.path) for name in claim.quantity.listed]
    known = {record.id: record for record in found if record}
    return list(known.values()) if None not in found else []


def _finding(claim: Claim, state: Status, odd: Sequence[Record]) -> Finding:
    quantity = claim.quantity
    wrong = listing(f"{named(record)} is {said(record.status)}" for record in odd)
    noun = f" {quantity.noun}" if quantity.noun else ""
    return Finding(
        claim.document.place(quantity.span),
        f"says {written(quantity)}{noun} {said(state)} ({listing(quantity.listed)}); {wrong}",
        tuple(Related(record.place_of("status"), f"{named(record)} is {said(record.status)}") for record in odd),
        verdict=Verdict.CONTRADICTED,
        evidence=(f"the number lists the {len(quantity.listed)} records that it counts",),
    )
