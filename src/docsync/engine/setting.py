"""What a run knows before it reads any document."""

from __future__ import annotations

import os

from msgspec import Struct

from docsync.cache.folder import CacheFolder, open_folder
from docsync.cache.identity import identity
from docsync.engine.fingerprint import Fingerprint
from docsync.engine.repository import Repository, find_repository
from docsync.engine.request import Request, Revision, Targets, targets_of


class Setting(Struct, frozen=True):
    """Hold a request with its paths resolved; `root` is a real path.

    `folder` is where the project's memory is, None where there can be none. `identity` names this docsync, empty where what
    earlier runs read is not wanted; `fingerprint` is the last one taken of the same targets. `tip` is the last commit where the
    history is asked for, and there is any.
    """

    request: Request
    root: str
    targets: Targets
    repository: Repository | None
    folder: CacheFolder | None
    identity: str
    fingerprint: Fingerprint | None = None
    since: Revision | None = None
    tip: Revision | None = None


def setting_of(request: Request) -> Setting:
    """Resolve a request; raises JobError for a path that cannot be read."""
    root = os.path.realpath(request.root)
    targets = targets_of(request)
    repository = find_repository(root)
    folder = _folder(os.path.realpath(request.stead or root))
    known = identity() if request.cache and folder else ""
    return Setting(
        request,
        root,
        targets,
        repository,
        folder,
        known,
        since=_since(request, root, repository),
        tip=_tip(request, root, repository),
    )


def _since(request: Request, root: str, repository: Repository | None) -> Revision | None:
    if not request.since:
        return None
    from docsync.engine.git.revisions import revision_of  # noqa: PLC0415  # only this asks git before anything is read

    return revision_of(root, repository, request.since)


def _tip(request: Request, root: str, repository: Repository | None) -> Revision | None:
    if not request.history:
        return None
    from docsync.engine.git.revisions import tip_of  # noqa: PLC0415  # as above

    return tip_of(root, repository)


def _folder(home: str) -> CacheFolder | None:
    repository = find_repository(home)
    return open_folder(home, (home, repository.top) if repository else (home,))
