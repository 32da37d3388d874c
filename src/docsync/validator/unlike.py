"""Which numbers seem to count all records of a kind, and give a total that neither they nor any part of them have.

Such a number is most often one that nobody has kept, but its words leave a doubt, so it is worth a note and no more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from posixpath import dirname
from typing import Final

from msgspec import Struct

from docsync.models.diagnostics import Finding, Severity, Verdict
from docsync.models.records import Record
from docsync.models.schema import KindSpec, Role
from docsync.project.expressions import Expression, Term
from docsync.project.index import Project
from docsync.project.kept import of_project
from docsync.validator.counting import written
from docsync.validator.entities import record_of_file
from docsync.validator.nearby import speaks_of
from docsync.validator.readings import TOTAL, Among, all_known, everyone, readings
from docsync.validator.scoping import Claim
from docsync.validator.vocabulary import counted_state, neutral, nouns, words
from docsync.validator.wording import verb

_PARTLY: Final = frozenset(
    re.findall(
        r"\w+",
        "phase phases part parts partial subset stage stages step steps sprint sprints iteration iterations milestone "
        "milestones round rounds wave waves batch batches group groups cluster clusters category categories class tier tiers "
        "priority critical high medium low severity blocker blockers session sessions week weeks month quarter day days "
        "team teams member owner mine my module modules component components package packages crate service services "
        "layer layers track tracks stream streams workstream workstreams area areas domain feature features release "
        "version epic epics remaining selected chosen these those such following above below some certain only other "
        "rest half each per scope level type set list section chapter file folder former previous earlier old new "
        "initial original v",
    )
)
"""Words that say that a part of the records is counted, or may be."""
_NOT_PARTS: Final = frozenset({"status", "title", "name", "id"})


class _Parts(Struct, frozen=True):
    """Hold how many records the parts of a kind have, and the words that name those parts."""

    sizes: frozenset[Decimal]
    words: frozenset[str]


def unlike(claim: Claim) -> Finding | None:
    """Note a fraction whose total is not that of the records that it counts, as far as its words tell; None else."""
    project, quantity = claim.project, claim.quantity
    kind, state = nouns(project).get(quantity.noun), counted_state(project, quantity)
    if kind is None or not state or state == TOTAL or quantity.total is None or not quantity.total.exact or not quantity.count:
        return None
    among = Among(kind.name)
    if not everyone(project, among) or not all_known(project, among):
        return None
    totals = {Decimal(len(group)) for group in readings(project, among, TOTAL)} | _parts(project, among).sizes
    return _note(claim, kind, state, among) if quantity.total.value not in totals and _is_of_all(claim, kind) else None


def _is_of_all(claim: Claim, kind: KindSpec) -> bool:
    """Tell whether nothing around a number names a part of the records, be it by a usual word or by one of their own."""
    quantity, scope = claim.quantity, claim.quantity.scope
    if quantity.entities or quantity.listed or quantity.of or scope.entities or record_of_file(claim.document):
        return False
    around = (quantity.text, quantity.key, quantity.rest, quantity.before, scope.lead, scope.item, *scope.headings)
    said = words(" ".join((*around, claim.document.title, claim.document.path))) - words(f"{kind.name} {kind.plural}")
    if said & _PARTLY or not neutral(claim.project, quantity.qualifier):
        return False
    if not speaks_of(claim.project, claim.document, kind.name):
        return False
    return said.isdisjoint(_parts(claim.project, Among(kind.name)).words)


@of_project
def _parts(project: Project, among: Among) -> _Parts:
    """Give the parts that the files, the folders and the values of the records make."""
    kind, records = project.config.kinds[among.kind], everyone(project, among)
    shared = Counter(pair for record in records for pair in _belongings(kind, record))
    files, folders = Counter(record.path for record in records), Counter(dirname(record.path) for record in records)
    sizes = frozenset(Decimal(size) for counted in (shared, files, folders) for size in counted.values())
    return _Parts(sizes, words(" ".join(value for _, value in shared)))


def _belongings(kind: KindSpec, record: Record) -> Iterator[tuple[str, str]]:
    """Give what a record shares with others of its part: the whole that it belongs to, its category, its owner."""
    wholes = {field.name for field in kind.relations(Role.PART_OF)}
    for name in record.values:
        if name not in _NOT_PARTS:
            texts = {value.strip().casefold() for value in record.texts(name)}
            yield from ((name, value) for value in texts if name in wholes or len(value.split()) == 1)


def _note(claim: Claim, kind: KindSpec, state: str, among: Among) -> Finding:
    quantity = claim.quantity
    total, counted = len(everyone(claim.project, among)), len(readings(claim.project, among, state)[0])
    said = state.replace("_", " ")
    binding = Expression(Term(kind.plural, (), state), Term(kind.plural, (), TOTAL))
    return Finding(
        claim.document.place(quantity.span),
        f"says {written(quantity)} {kind.plural} {said}; {total} {verb(total)} declared, {counted} of them {said}",
        verdict=Verdict.UNVERIFIABLE,
        severity=Severity.INFO,
        help=f"bind it with `<!-- docsync:claim {binding} -->` before the block, or say which {kind.plural} it counts",
        evidence=(f"no part of the {kind.plural} that a file, a folder or a field makes has the total that is stated",),
    )
