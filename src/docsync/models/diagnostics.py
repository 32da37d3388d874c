"""What was found: findings as rules give them, diagnostics as everybody else sees them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from docsync.text.spans import LineIndex, Span


class Severity(StrEnum):
    """Rank a diagnostic; `check` fails on warnings and errors unless told otherwise."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """Give the order, info lowest."""
        return ("info", "warning", "error").index(self.value)


class Verdict(StrEnum):
    """Say what the check of a claim came to."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    UNVERIFIABLE = "unverifiable"


class Safety(StrEnum):
    """Say whether a fix may be applied without being asked for by name."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Place(Struct, frozen=True, gc=False, order=True):
    """Point at text: a file's path, relative to the root, and a span of it."""

    path: str
    span: Span


class Related(Struct, frozen=True, gc=False):
    """Name another place that a diagnostic speaks of, and what it says there."""

    place: Place
    message: str


class Change(Struct, frozen=True, gc=False):
    """Replace the text at one place."""

    place: Place
    text: str


class Fix(Struct, frozen=True, gc=False):
    """Offer the changes that would settle a diagnostic; `title` is an imperative phrase."""

    title: str
    safety: Safety
    changes: tuple[Change, ...]


class Finding(Struct, frozen=True, gc=False):
    """Report one contradiction or fault, as a rule's `check` yields it.

    `message` states what is said and what was expected; `help` says what to do next. `severity` overrides the rule's own.
    `evidence` holds one sentence for each thing counted and for why the places were taken to speak of the same.
    """

    place: Place
    message: str
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    verdict: Verdict | None = None
    help: str = ""
    severity: Severity | None = None
    evidence: tuple[str, ...] = ()
    gist: str = ""
    """What is said of what, where that is certain: findings of one rule with the same gist are one, whatever their words."""


class Confirmation(Struct, frozen=True, gc=False):
    """Tell that the claims at some places of a file were compared and hold; a rule yields these beside its findings."""

    path: str
    spans: tuple[Span, ...]


class Diagnostic(Struct, frozen=True, gc=False):
    """Report a finding under its rule's code, name and severity."""

    code: str
    rule: str
    severity: Severity
    message: str
    place: Place
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    verdict: Verdict | None = None
    help: str = ""
    evidence: tuple[str, ...] = ()


class Tally(Struct, frozen=True, gc=False):
    """Count what a run looked at; a check with no claims and no records has seen nothing."""

    files: int = 0
    records: int = 0
    confirmed: int = 0
    contradicted: int = 0
    unverifiable: int = 0

    @property
    def claims(self) -> int:
        """Give the number of claims of any verdict."""
        return self.confirmed + self.contradicted + self.unverifiable


class Comparison(Struct, frozen=True, gc=False):
    """Say which revision a report leaves out the findings of, how many of those are left out, and how often each occurred.

    A finding goes by its path, its rule's code and its claim.
    """

    revision: str
    commit: str
    there: int
    counts: Mapping[tuple[str, str, str], int]


class Report(Struct, frozen=True, gc=False):
    """Hold all that a run found, ordered by path and place.

    `lines` maps each path that a diagnostic touches to its line index, for display; `refused` names the files that were
    left alone, `failed` says that the job could not be done (exit code 2).
    """

    diagnostics: tuple[Diagnostic, ...]
    tally: Tally
    lines: Mapping[str, LineIndex] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    failed: bool = False
    fail_on: Severity = Severity.WARNING
    """The rank from which the project wants a check to fail."""
    stale_baseline: Severity | None = Severity.WARNING
    """The rank of what the baseline knows of and is gone; None where the project ignores it."""
    held_back: int = 0
    """How many findings are left out because the baseline knows of them."""
    known: tuple[Diagnostic, ...] = ()
    """Those findings; `lines` serves them, too."""
    since: Comparison | None = None
    """What is left out because it was there before."""
