"""What a run knows before it reads any document."""

from __future__ import annotations

import os
from dataclasses import dataclass

from docsync.cache.folder import CacheFolder, open_folder
from docsync.cache.identity import identity
from docsync.engine.fingerprint import Fingerprint
from docsync.engine.repository import Repository, find_repository
from docsync.engine.request import Request, Targets, targets_of


@dataclass(frozen=True, slots=True)
class Setting:
    """Hold a request with its paths resolved; `root` is a real path.

    `folder` is where the project's memory is, None where there can be none. `identity` names this docsync, empty where what
    earlier runs read is not wanted; `fingerprint` is the last one taken of the same targets.
    """

    request: Request
    root: str
    targets: Targets
    repository: Repository | None
    folder: CacheFolder | None
    identity: str
    fingerprint: Fingerprint | None = None


def setting_of(request: Request) -> Setting:
    """Resolve a request; raises JobError for a path that cannot be read."""
    root = os.path.realpath(request.root)
    targets = targets_of(request)
    repository = find_repository(root)
    folder = _folder(os.path.realpath(request.stead or root))
    return Setting(request, root, targets, repository, folder, identity() if request.cache and folder else "")


def _folder(home: str) -> CacheFolder | None:
    repository = find_repository(home)
    return open_folder(home, (home, repository.top) if repository else (home,))
