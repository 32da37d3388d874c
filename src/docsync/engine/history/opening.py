"""The history of a project: taken from an earlier run as far as that told it, read from git's objects for the rest."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from docsync.cache.folder import CacheFolder
from docsync.cache.pickles import collector_off, dump, load
from docsync.cache.traces import Version, keep_traces, recall_traces
from docsync.config.values import Config
from docsync.engine.fingerprint import digest
from docsync.engine.git.objects import Objects, objects_of
from docsync.engine.history.building import ROOT, Link, extended
from docsync.engine.history.commits import Committed, commits_of, names_of
from docsync.engine.history.reading import read_traces
from docsync.engine.history.trees import Trees
from docsync.engine.ignoring import ignores_above
from docsync.engine.repository import Repository, prefix_of
from docsync.engine.request import JobError
from docsync.engine.setting import Setting
from docsync.models.history import Commit, History, Trace

_KIND: Final = "history-"
_MOST_KEPT: Final = 4


class _Past(Struct, frozen=True):
    """Hold what a history is read from, and where it is remembered; `folder` is None where nothing is."""

    setting: Setting
    repository: Repository
    config: Config
    objects: Objects
    folder: CacheFolder | None
    every: bool

    @property
    def reader(self) -> str:
        """Name all that decides what a document says."""
        return digest(f"{self.setting.identity} {self.config.digest}".encode()).hex()

    def name(self) -> str:
        """Name all that a history rests on beside its last commit."""
        parts = (*grounds(self.setting.root, self.repository), str(self.every))
        return f"{_KIND}{self.reader}-{digest(chr(0).join(parts).encode('utf-8', 'surrogateescape')).hex()}"


def grounds(root: str, repository: Repository) -> tuple[str, ...]:
    """Name what the past of a project looks like by, beside its commits and its configuration.

    That is where it is in the repository, which patterns above it leave documents out, and where a shallow clone ends.
    """
    above = (seen.digest.hex() for seen in ignores_above(root, repository)[1].values())
    return (prefix_of(root), digest(_bytes_at(os.path.join(repository.shared, "shallow"))).hex(), *above)


def open_history(setting: Setting, config: Config, *, every: bool = False) -> History:
    """Tell the history of a project up to HEAD, along first parents or with `every` commit; raises JobError.

    Today's configuration reads the documents of old: what only another configuration showed was not their doing. Where there
    is no commit yet, the history is empty.
    """
    repository = setting.repository
    if repository is None:
        raise JobError(f"{setting.root}: in no git repository, so it has no history; `git init` and a first commit begin one")
    with collector_off(), objects_of(setting.root, repository) as objects:
        tip = objects.get("HEAD^{commit}")
        if tip is None:
            return History()
        past = _Past(setting, repository, config, objects, setting.folder if setting.identity else None, every)
        return _open(past, tip.name)


def _open(past: _Past, tip: str) -> History:
    name = past.name()
    kept = load(past.folder.read(name)) if past.folder else None
    known = kept if isinstance(kept, History) else History(cut=past.repository.is_shallow)
    if known.commits and known.commits[-1].name == tip:
        return known
    names = names_of(past.repository, past.setting.root, tip, every=past.every)
    if names[: len(known.commits)] != tuple(commit.name for commit in known.commits) or past.every:
        known = History(cut=known.cut)
    history = _extend(past, known, names)
    if past.folder and (body := dump(history)):
        past.folder.write(name, body)
        past.folder.trim(_KIND, _MOST_KEPT)
    return history


def _extend(past: _Past, known: History, names: Sequence[str]) -> History:
    """Work out the commits that a history does not tell of yet."""
    first = len(known.commits)
    committed = list(commits_of(past.objects, names[first:]))
    before = next(commits_of(past.objects, names[first - 1 : first]), None) if first else None
    links = _links(past, committed, before, first)
    wanted = {(edit.path, edit.after) for link in links for edit in link.edits if edit.after}
    return extended(known, links, _traces(past, wanted))


def _links(past: _Past, committed: Sequence[Committed], before: Committed | None, first: int) -> list[Link]:
    ignores, _ = ignores_above(past.setting.root, past.repository)
    trees, prefix = Trees(past.objects, past.config, ignores), prefix_of(past.setting.root)
    tops = {first - 1: trees.below(before.tree, prefix) if before else ""}
    places = {before.commit.name: first - 1} if before else {}
    links = []
    for position, one in enumerate(committed, first):
        tops[position] = trees.below(one.tree, prefix)
        places[one.commit.name] = position
        inside = _inside(past, one.commit, places, position)
        parent = inside[0] if inside else ROOT
        edits = sorted(trees.differences(tops[parent] if inside else "", tops[position]))
        links.append(Link(one.commit, parent, tuple(inside[1:]), tuple(edits)))
    return links


def _inside(past: _Past, commit: Commit, places: Mapping[str, int], position: int) -> list[int]:
    """Give the parents that are told of: along first parents the commit before, whatever git was told to take for one."""
    if not past.every:
        return [position - 1] if position else []
    return [places[name] for name in commit.parents if name in places]


def _traces(past: _Past, wanted: set[Version]) -> Mapping[Version, Trace]:
    if not past.folder:
        return read_traces(past.objects, past.config, sorted(wanted))
    kept = recall_traces(past.folder, past.reader)
    fresh = read_traces(past.objects, past.config, sorted(wanted - kept.traces.keys()))
    found = {version: fresh.get(version) or kept.traces[version] for version in wanted}
    keep_traces(past.folder, past.reader, kept, found)
    return found


def _bytes_at(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError:
        return b""
