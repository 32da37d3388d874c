"""Which hand-overs of sessions nobody has taken up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from docsync.models.records import Record
from docsync.models.status import Status
from docsync.project.index import Project
from docsync.project.past import Kin, kin_of, naming, spoken_of
from docsync.project.sessions import KIND, chain

_NEXT: Final = "next"
_WAITING: Final = frozenset({Status.PENDING, Status.READY, Status.BLOCKED})


def left_lying(project: Project) -> Iterator[tuple[Record, tuple[Record, ...]]]:
    """Give the sessions whose `next` nobody took up, each with the records that it names there."""
    kin = {id(each.today): each for each in kin_of(project) if each.today}
    found = chain(project)
    ended = [one for one in found.sessions if one is not found.unended]
    for at, session in enumerate(ended):
        handed = _handed(project, session)
        if handed and id(session) in kin and _is_left(project, kin, session, ended[at + 1 :], handed):
            yield session, handed


def _handed(project: Project, session: Record) -> tuple[Record, ...]:
    """Give the records still to be begun that a session names as next; none where it names one that was begun."""
    texts = session.texts(_NEXT)
    named_ = [
        record
        for record in (project.records if texts else ())
        if record.status and record.kind != KIND and not record.id.isdecimal() and _names(record, texts)
    ]
    return tuple(named_) if all(record.status in _WAITING for record in named_) else ()


def _names(record: Record, texts: Sequence[str]) -> bool:
    said_ = "\n".join(texts)
    return record.id.casefold() in said_.casefold() and naming(record.id).search(said_) is not None


def _is_left(
    project: Project, kin: Mapping[int, Kin], session: Record, later: Sequence[Record], handed: Sequence[Record]
) -> bool:
    since = _since(kin[id(session)])
    following = [one for one in later if id(one) in kin and kin[id(one)].lineage.changes[0].commit > since]
    if not following or any(_speaks(one, handed) for one in later):
        return False
    return not any(id(one) not in kin or _touched(kin[id(one)], since) or spoken_of(project, one, since + 1) for one in handed)


def _since(kin: Kin) -> int:
    """Give the commit since which a session hands over what it does."""
    changes = kin.lineage.changes
    last = changes[-1].record.texts(_NEXT)
    return next((each.commit for each in reversed(changes) if each.before is None or each.before.texts(_NEXT) != last), 0)


def _touched(kin: Kin, since: int) -> bool:
    """Tell whether a later commit has changed anything of a record but its place."""
    return any(
        change.commit > since
        and change.before
        and change.after
        and (change.before.status, change.before.values, change.before.criteria)
        != (change.after.status, change.after.values, change.after.criteria)
        for change in kin.lineage.changes
    )


def _speaks(session: Record, handed: Sequence[Record]) -> bool:
    texts = [session.title, *(text for name in session.values for text in session.texts(name))]
    return any(_names(record, texts) for record in handed)
