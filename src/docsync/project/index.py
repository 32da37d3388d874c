"""What a project holds: every document's facts, and its records by id and kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import force_setattr

from docsync.config.values import Config
from docsync.models.document import DocumentFacts
from docsync.models.earlier import Earlier
from docsync.models.expectations import Expectation
from docsync.models.records import Record
from docsync.project.evidence import NO_EVIDENCE, Evidence

if TYPE_CHECKING:  # most runs have no history, and need not load what it is made of
    from docsync.models.history import History


class Project(Struct, frozen=True, dict=True, eq=False, weakref=True):
    """Join the facts of all files; a project is equal to itself alone, so that what is worked out from it can be kept.

    `records` keeps document order; `by_id` holds every record of an id, so that duplicates stay visible. `expectations`
    and `present` are filled in by the engine: what each region should hold, and every path known to exist below the root; so is
    `evidence`, which answers for files and commits. `earlier` is what it was at the revision to compare with, None for none,
    `history` what commits did to its records, None where nobody asked for that.
    """

    config: Config
    documents: Mapping[str, DocumentFacts]
    records: tuple[Record, ...]
    by_id: Mapping[str, tuple[Record, ...]]
    by_kind: Mapping[str, tuple[Record, ...]]
    expectations: tuple[Expectation, ...] = ()
    present: frozenset[str] = field(default_factory=frozenset)
    evidence: Evidence = NO_EVIDENCE
    earlier: Earlier | None = None
    history: History | None = None

    def expect(self, expectations: tuple[Expectation, ...]) -> None:
        """Fill in what each region should hold, before any rule asks.

        It takes the project itself to work that out, and a copy would have to be worked through once more.
        """
        force_setattr(self, "expectations", expectations)
