"""Which whole a number speaks of: a phase, a workstream, or all records of the kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from docsync.models.claims import Quantity
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.models.schema import KindSpec, Role
from docsync.project.index import Project
from docsync.validator.entities import record_of, record_of_file
from docsync.validator.readings import TOTAL, Among, readings
from docsync.validator.vocabulary import neutral


class Claim(Struct, frozen=True):
    """Hold a number with the document and the project that it stands in."""

    project: Project
    document: DocumentFacts
    quantity: Quantity


class Whole(Struct, frozen=True):
    """Say what is counted in: `within` a record, or everywhere; `named` tells that the text leaves no doubt about it."""

    among: Among
    within: Record | None
    named: bool
    why: str


def whole_of(claim: Claim, kind: KindSpec) -> Whole | None:
    """Find what a number counts in: named in its line, above it, or by the file; None where something else is named."""
    quantity = claim.quantity
    own = tuple(name for name in quantity.entities if name not in quantity.listed)
    for names, where in ((own, "its own line"), (quantity.scope.entities, "the text above it")):
        found = [record_of(claim.project, name, claim.document.path) for name in names]
        if any(record is None or record.kind != kind.name for record in found):
            within = _only(found, kind)
            return _inside(kind, within, f"{within.id} is named in {where}", named=True) if within else None
    return _unnamed(claim, kind, single=bool(own))


def total_agrees(claim: Claim, among: Among) -> bool:
    """Tell whether the total that is claimed is the number of these records: strong evidence that it speaks of them."""
    total = claim.quantity.total
    if total is None or not total.exact:
        return False
    return any(total.value == Decimal(len(group)) > 0 for group in readings(claim.project, among, TOTAL))


def _unnamed(claim: Claim, kind: KindSpec, *, single: bool) -> Whole:
    """Take everything, or the file's own record's part, where no name narrows it; `single` items in the line leave doubt."""
    plain = not single and all(neutral(claim.project, text) for text in _above(claim))
    everything = _inside(kind, None, "nothing around it narrows it down", named=plain)
    own = record_of_file(claim.document)
    if own and _is_whole(own, kind) and not total_agrees(claim, everything.among):
        return _inside(kind, own, f"the file is the home of {own.id}", named=plain)
    return everything


def _inside(kind: KindSpec, within: Record | None, why: str, *, named: bool) -> Whole:
    return Whole(Among(kind.name, within.id if within else ""), within, named, why)


def _only(found: Sequence[Record | None], kind: KindSpec) -> Record | None:
    """Give the one whole that is named, None when there is none, several, or a name that nothing is known of."""
    wholes = {record.id: record for record in found if record and _is_whole(record, kind)}
    return next(iter(wholes.values())) if len(wholes) == 1 and None not in found else None


def _is_whole(record: Record, kind: KindSpec) -> bool:
    return any(field.target in ("", record.kind) for field in kind.relations(Role.PART_OF))


def _above(claim: Claim) -> Iterator[str]:
    """Give the texts around a number that may narrow it down; the document's title does not."""
    scope = claim.quantity.scope
    yield from (scope.lead, scope.item, claim.quantity.key, claim.quantity.rest)
    yield from (heading for heading in scope.headings if heading != claim.document.title)
