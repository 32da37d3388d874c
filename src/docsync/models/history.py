"""What a repository's commits did to the records and bound numbers of a project."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from docsync.models.diagnostics import Diagnostic
from docsync.models.records import Record


class Commit(Struct, frozen=True, gc=False):
    """Hold a commit: its full name, its parents', both its dates in ISO form with their offsets, and its subject line."""

    name: str
    parents: tuple[str, ...]
    authored: str
    committed: str
    subject: str

    @property
    def day(self) -> str:
        """Give the author's date without the time."""
        return self.authored[:10]

    @property
    def is_merge(self) -> bool:
        """Tell whether it brings several lines of work together."""
        return len(self.parents) > 1


class Bound(Struct, frozen=True, gc=False):
    """Hold a number that a claim comment binds, as a document wrote it."""

    expression: str
    count: Decimal | None = None
    total: Decimal | None = None
    percent: Decimal | None = None


class Trace(Struct, frozen=True, gc=False):
    """Hold what one version of a document says of records, without places; nothing where it could not be read."""

    records: tuple[Record, ...] = ()
    numbers: tuple[Bound, ...] = ()
    readable: bool = True


class Change(Struct, frozen=True, gc=False):
    """Say that a commit, by its position, changed a record: None before for one that came, after for one that went.

    What one commit left, a later one finds: the very same object. `merged` tells that the change is not the commit's own, but
    came with a line of work that it merged and that is told of, too.
    """

    commit: int
    before: Record | None
    after: Record | None
    merged: bool = False

    @property
    def record(self) -> Record:
        """Give the record as it is after the change, or was before it went."""
        found = self.after or self.before
        assert found  # noqa: S101  # one of the two is there
        return found


class Rewritten(Struct, frozen=True, gc=False):
    """Say that a commit changed a bound number: the `place`-th of its expression in a document."""

    commit: int
    path: str
    place: int
    before: Bound | None
    after: Bound | None
    merged: bool = False


class History(Struct, frozen=True):
    """Hold commits, the oldest first, with all they changed, in their order.

    `parents` gives for each commit the position of the one it is compared with, -1 for none. `documents` maps those of the
    last commit to git's names of their contents, `records` and `numbers` to what they say. `unread` names, by commit and path,
    versions of documents that could not be read, whose records were taken to be as before. `cut` tells that there are older
    commits that this clone lacks.
    """

    commits: tuple[Commit, ...] = ()
    parents: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()
    rewritten: tuple[Rewritten, ...] = ()
    documents: Mapping[str, str] = field(default_factory=dict)
    records: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    numbers: Mapping[str, tuple[Bound, ...]] = field(default_factory=dict)
    unread: tuple[tuple[int, str], ...] = ()
    cut: bool = False


class Broken(Struct, frozen=True, gc=False):
    """Name the commit that brought in a finding of today; none where it is not committed yet.

    `before` tells that it was there already in the oldest commit that a shallow clone has.
    """

    found: Diagnostic
    commit: Commit | None
    before: bool = False
