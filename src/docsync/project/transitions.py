"""Which statuses have changed since an earlier revision, record by record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from docsync.models.records import Record
from docsync.models.status import Status
from docsync.project.index import Project


class Step(Struct, frozen=True):
    """Hold a record as it was and as it is, with its two statuses, which differ."""

    before: Record
    after: Record
    was: Status
    now: Status


def steps(project: Project) -> Iterator[Step]:
    """Give what changed its status; a record is known by its kind and id, wherever its home is, and must be the only one."""
    if project.earlier is None:
        return
    before = _single(project.earlier.records)
    for key, after in _single(project.records).items():
        then = before.get(key)
        if then and then.status and after.status and then.status is not after.status:
            yield Step(then, after, then.status, after.status)


def reopened(project: Project) -> Iterator[Step]:
    """Give what was resolved and is open or deferred now.

    Between two revisions lie any number of steps, so that nearly everything can follow lawfully on anything; but no way leads
    on from resolved without reopening it. What was cancelled or superseded since is settled still.
    """
    return (step for step in steps(project) if step.was is Status.RESOLVED and not step.now.is_settled)


def _single(records: Iterable[Record]) -> dict[tuple[str, str], Record]:
    """Map records by kind and id, without those that share one."""
    found: dict[tuple[str, str], Record | None] = {}
    for record in records:
        key = record.kind, record.id.casefold()
        found[key] = None if key in found else record
    return {key: record for key, record in found.items() if record}
