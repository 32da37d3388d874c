"""What has changed since the last session: told by git from the commit that brought it in, else by the records alone."""

from __future__ import annotations

from collections.abc import Sequence
from subprocess import DEVNULL, PIPE, run
from typing import Final

from msgspec import Struct

from docsync.engine.heads import quiet_environment
from docsync.engine.history.opening import open_history
from docsync.engine.request import JobError
from docsync.engine.setting import Setting
from docsync.engine.sittings.touched import Touched, touched_since
from docsync.models.history import Commit, History
from docsync.models.records import Record
from docsync.project.happenings import Happened, happened, unclaimed
from docsync.project.index import Project
from docsync.project.sessions import KIND, Chain

_ADDED: Final = ("log", "-1", "--first-parent", "-m", "--diff-filter=A", "--format=%H")
_SHORT: Final = 8


class Since(Struct, frozen=True):
    """Hold what has changed: of records, of files, and `basis`, which says in words against what it was compared.

    `fresh` tells that the last session has been written and is in no commit yet.
    """

    happened: Happened
    files: tuple[Touched, ...]
    basis: str
    fresh: bool = False


def since(setting: Setting, project: Project, chain: Chain, last: Record | None) -> Since:
    """Tell what has changed since a session, by git where there is any that answers."""
    if last is None:
        return Since(Happened(), (), "")
    named = _named(last)
    if setting.repository is None:
        basis = f"{named}, told from the records alone, since this folder is in no git repository"
        return Since(unclaimed(project, last.text("date")), (), basis)
    try:
        return _told_by_git(setting, project, chain, last)
    except JobError as error:
        basis = f"{named}, told from the records alone, since git could not be asked ({error})"
        return Since(unclaimed(project, last.text("date")), (), basis)


def _told_by_git(setting: Setting, project: Project, chain: Chain, last: Record) -> Since:
    history = open_history(setting, project.config)
    at = _arrival(setting, history, chain, last)
    fresh = at < 0
    if fresh:
        at = _of_day(history, last.text("date"))
    if at < 0:
        basis = f"{_named(last)}, told from the records alone, since git holds no commit of that time"
        return Since(unclaimed(project, last.text("date")), (), basis, fresh)
    commit = history.commits[at]
    found = happened(project, _records(history, at))
    files = touched_since(setting.root, commit.name)
    return Since(found, files, _named(last, f"commit {commit.name[:_SHORT]}"), fresh)


def _named(last: Record, *more: str) -> str:
    said = [one for one in (last.text("date"), *more) if one]
    return f"{last.id} ({', '.join(said)})" if said else last.id


def _arrival(setting: Setting, history: History, chain: Chain, last: Record) -> int:
    """Give the position of the commit with which a session was over: that of its document, or of its hand-over if later."""
    came = [one.commit for one in history.changes if one.before is None and one.after and _is(one.after, last)]
    places = {commit.name: at for at, commit in enumerate(history.commits)}
    handed = [places.get(_added(setting, one.path), -1) for one in chain.of(last)]
    return max((*came[-1:], *handed), default=-1)


def _is(record: Record, last: Record) -> bool:
    return record.kind == KIND and record.id.casefold() == last.id.casefold()


def _added(setting: Setting, path: str) -> str:
    """Give the commit that added a file, empty where none did."""
    repository = setting.repository
    if repository is None:
        return ""
    environment = {**quiet_environment(), "GIT_WORK_TREE": repository.top, "GIT_LITERAL_PATHSPECS": "1"}
    try:
        done = run(  # noqa: S603  # a fixed command; the path comes after `--`
            ("git", "--no-replace-objects", *_ADDED, "--", path),  # noqa: S607  # whichever git the user has
            cwd=setting.root,
            env=environment,
            stdout=PIPE,
            stderr=DEVNULL,
            check=False,
        )
    except OSError as error:
        raise JobError(f"git cannot be run: {error.strerror or error}") from error
    return done.stdout.decode("ascii", "replace").strip()


def _of_day(history: History, day: str) -> int:
    """Give the position of the last commit of a day or of one before it, -1 for none."""
    if not day:
        return -1
    return max((at for at, commit in enumerate(history.commits) if _day(commit) <= day), default=-1)


def _day(commit: Commit) -> str:
    return commit.committed[:10]


def _records(history: History, at: int) -> Sequence[Record]:
    """Give the records as a commit left them."""
    held: dict[int, Record] = {}
    for change in history.changes:
        if change.commit > at:
            break
        if change.before is not None:
            held.pop(id(change.before), None)
        if change.after is not None:
            held[id(change.after)] = change.after
    return tuple(held.values())
