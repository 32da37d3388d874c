"""What there is to pull in a project as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from docsync.cache.folder import CacheFolder
from docsync.cache.memory import recall_bodies, recall_written
from docsync.engine.heads import Heads, heads_of
from docsync.engine.pulling.finding import find
from docsync.engine.pulling.offers import Findings, Key
from docsync.engine.repository import Repository
from docsync.generator.catalogue import load_catalogue
from docsync.generator.edited import regions_of
from docsync.generator.layout import bare
from docsync.generator.meaning import digest
from docsync.models.document import Region
from docsync.models.expectations import Expectation
from docsync.project.index import Project


class Where(Struct, frozen=True):
    """Say where a project is, and what tells what its regions held: git and the folder of its memory.

    With a `commit`, what that holds alone tells, and what was committed since counts as changed by hand, too.
    """

    root: str
    repository: Repository | None
    folder: CacheFolder | None
    commit: str = ""


def findings_in(where: Where, project: Project, take: Callable[[str], bool]) -> Findings:
    """Find what was changed by hand in the files that `take` says; the project knows what its regions should hold."""
    expected = [one for one in project.expectations if take(one.path) and not one.fresh and (one.edited or where.commit)]
    if not expected:
        return Findings()
    with heads_of(where.root, where.repository) as heads:
        recalled = _committed(heads, where.commit) if where.commit else _recalling(where.folder, _rendered(expected), heads)
        return find(project, load_catalogue(project.config, where.root), expected, recalled)


def _rendered(expected: Iterable[Expectation]) -> dict[Key, str]:
    return {(one.path, one.region): one.body for one in expected if one.body is not None}


def _committed(heads: Heads, commit: str) -> Callable[[str, Region], Sequence[str]]:
    """Give what a region held at a commit."""

    def recalled(path: str, region: Region) -> list[str]:
        text = heads.text(path, commit)
        before = regions_of(path, text).get(region.id) if text is not None else None
        return [bare(before.text, before.prefix)] if before else []

    return recalled


def _recalling(folder: CacheFolder | None, rendered: Mapping[Key, str], heads: Heads) -> Callable[[str, Region], Sequence[str]]:
    """Give what tells a region's earlier bodies: what docsync wrote last, then what git holds."""
    written = recall_written(folder) if folder else {}
    bodies = recall_bodies(folder) if folder else {}

    def recalled(path: str, region: Region) -> list[str]:
        key = (path, region.id)
        found = [bodies[key]] if key in bodies else []
        if key in rendered and digest(rendered[key], region.prefix) in written.get(key, "").split():
            found.append(bare(rendered[key], region.prefix))
        committed = (regions_of(path, text).get(region.id) for text in heads.texts(path))
        found += (bare(before.text, before.prefix) for before in committed if before)
        return found

    return recalled
