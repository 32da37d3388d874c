"""What became of a record, change by change, as rows of a table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from docsync.models.history import Bound, Change, Commit, History, Rewritten
from docsync.models.records import Json, Record
from docsync.project.series import Lineage
from docsync.reporters.history.amounts import amount
from docsync.reporters.tabular import Table

SHORT = 10
"""How many signs of a commit's name are shown."""

_HOME = "home"
_CRITERIA = "criteria"
_COLUMNS = ("date", "commit", "field", "before", "after", "subject")
_GONE = "gone"


def life_table(history: History, lineage: Lineage, chosen: Collection[int], *, exact: bool) -> Table:
    """Give what each commit did to a record; `exact` keeps whole names of commits and whole dates, for programs."""
    changes = (change for change in lineage.changes if change.commit in chosen and not change.merged)
    rows = (
        (*_when(history.commits[change.commit], exact=exact), field, before, after, history.commits[change.commit].subject)
        for change in changes
        for field, before, after in _events(change)
    )
    return Table(_COLUMNS, tuple(rows), _title(lineage.last.record))


def written_table(
    history: History, path: str, rewritten: Iterable[Rewritten], chosen: Collection[int], *, exact: bool
) -> Table:
    """Give what each commit did to a document's bound numbers."""
    columns = ("date", "commit", "number", "before", "after", "subject")
    rows = (
        (*_when(commit, exact=exact), _number(each), _bound(each.before), _bound(each.after), commit.subject)
        for each in rewritten
        if each.commit in chosen and not each.merged
        for commit in (history.commits[each.commit],)
    )
    return Table(columns, tuple(rows), path)


def _when(commit: Commit, *, exact: bool) -> tuple[str, str]:
    return (commit.authored, commit.name) if exact else (commit.day, commit.name[:SHORT])


def _title(record: Record) -> str:
    return f"{record.kind} {record.id}: {record.title}" if record.title else f"{record.kind} {record.id}"


def _events(change: Change) -> Iterator[tuple[str, Json, Json]]:
    """Give the fields that a change touched, the home first, then the status, each as it was and as it is."""
    before, after = change.before, change.after
    if after is None:
        yield _HOME, before.path if before else None, _GONE
        return
    if before is None or before.path != after.path:
        yield _HOME, before.path if before else None, after.path
    if (was := _status(before)) != (now := _status(after)):
        yield "status", was, now
    if before is None:
        return
    if before.title != after.title:
        yield "title", before.title, after.title
    if before.criteria != after.criteria:
        yield _CRITERIA, _criteria(before), _criteria(after)
    for name in dict.fromkeys((*before.values, *after.values)):
        if name not in ("status", "title", _CRITERIA) and before.values.get(name) != after.values.get(name):
            yield name, before.values.get(name), after.values.get(name)


def _status(record: Record | None) -> str | None:
    return record.status.value if record and record.status else None


def _criteria(record: Record) -> str:
    held = [each for each in record.criteria if not each.dropped]
    return f"{sum(each.met for each in held)}/{len(held)} met"


def _number(each: Rewritten) -> str:
    bound = each.after or each.before
    name = bound.expression if bound else ""
    return f"{name} ({each.place + 1})" if each.place else name


def _bound(bound: Bound | None) -> str | None:
    if bound is None:
        return None
    parts = [amount(bound.count) if bound.count is not None else ""]
    parts += [f"/{amount(bound.total)}"] if bound.total is not None else []
    parts += [f" {amount(bound.percent)}%"] if bound.percent is not None else []
    return "".join(parts).strip()
