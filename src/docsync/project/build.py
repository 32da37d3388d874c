"""How the facts of all files become one project in which a reference finds its record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from operator import attrgetter, is_
from typing import Final

from docsync.config.values import Config
from docsync.models.document import DocumentFacts
from docsync.models.records import Record
from docsync.models.schema import KindSpec
from docsync.project.following import differing, known_to_differ
from docsync.project.index import Project
from docsync.project.names import names_of, number_of

_NUMBER: Final = r"0*(\d+(?:\.\d+)*)"
_BARE = re.compile(rf"#?{_NUMBER}")
_NAMED = re.compile(rf"([^\W\d_]+)[\s_#-]*{_NUMBER}(?![\w.-])(?:\s*[(:–—-].*)?", re.DOTALL)

_ById = Mapping[str, tuple[Record, ...]]


def join(
    config: Config, documents: Iterable[DocumentFacts], present: frozenset[str] = frozenset(), *, part: bool = False
) -> Project:
    """Join documents, in whatever order they come: by path, each one's records in its own order.

    Of what is only `part` of a project nothing is kept for the next one.
    """
    ordered = {document.path: document for document in sorted(documents, key=_path)}
    records = tuple(chain.from_iterable(map(_records, ordered.values())))
    before = _latest[0] if _latest and _latest[0].config is config and not part else None
    by_id, by_kind = _renewed(before, ordered) or (
        _held(before.by_id if before else {}, _group((record.id, record) for record in records)),
        _held(before.by_kind if before else {}, _group((record.kind, record) for record in records)),
    )
    project = Project(config, ordered, records, by_id, by_kind, present=present)
    if not part:
        _latest[:] = [project]
    return project


_latest: Final[list[Project]] = []
"""The last project: the next one is often the same but for one document, and then most of the indexes hold."""
_path: Final = attrgetter("path")
_records: Final = attrgetter("records")


def _renewed(before: Project | None, documents: Mapping[str, DocumentFacts]) -> tuple[_ById, _ById] | None:
    """Give the indexes by id and kind with other records in the same places; None where any comes, goes or is renamed."""
    if before is None:
        return None
    other: dict[int, Record] = {}
    for path in differing(before.documents, documents):
        was, now = (each[path].records if path in each else () for each in (before.documents, documents))
        if [(record.id, record.kind) for record in was] != [(record.id, record.kind) for record in now]:
            return None
        other.update((id(one), another) for one, another in zip(was, now, strict=True) if one is not another)
    if not other:
        return before.by_id, before.by_kind
    ids, kinds = {record.id for record in other.values()}, {record.kind for record in other.values()}
    return _with(before.by_id, ids, other), _with(before.by_kind, kinds, other)


def _with(groups: _ById, keys: Iterable[str], other: Mapping[int, Record]) -> _ById:
    """Give an index with other records in the groups of some keys."""
    changed = {key: tuple(other.get(id(record), record) for record in groups[key]) for key in keys}
    now = {**groups, **changed}
    known_to_differ(groups, now, changed)
    return now


def _held(before: _ById, now: dict[str, tuple[Record, ...]]) -> _ById:
    """Give an index with the groups that it had before wherever they hold the same records."""
    for key, records in now.items():
        was = before.get(key, ())
        if len(was) == len(records) and all(map(is_, was, records)):
            now[key] = was
    return now


def resolve(project: Project, reference: str, target_kind: str = "", *, beside: str = "") -> Record | None:
    """Find the record that a reference means: by its id, else by a number such as `Phase 2`, `P2` or a bare `2`.

    `target_kind` restricts the kinds, empty for any; a bare number needs it. Where several records answer, one of the file
    `beside` wins, then one of its folder, then the first.
    """
    exact = project.by_id.get(reference, ())
    if len(exact) == 1 and target_kind in ("", exact[0].kind):  # nearly all are, and most runs ask for each but once
        return exact[0]
    found = names_of(project).found
    key = (reference, target_kind)
    if (places := found.get(key)) is None:
        places = found[key] = tuple(_order(project)[id(each)] for each in answering(project, reference, target_kind))
    if len(places) > 1 and beside:
        return _nearest(tuple(project.records[place] for place in places), beside)
    return project.records[places[0]] if places else None


def answering(project: Project, reference: str, target_kind: str = "") -> tuple[Record, ...]:
    """Give all records that a reference may mean, those of its exact id alone where there are any."""
    text = reference.strip().strip("`*")
    found = project.by_id.get(text) or _folded(project).get(text.casefold(), ())
    if target_kind:
        found = tuple(record for record in found if record.kind == target_kind)
    return found or _by_number(project, text, target_kind)


@lru_cache(maxsize=2)
def _order(project: Project) -> Mapping[int, int]:
    return {id(record): place for place, record in enumerate(project.records)}


def _group(pairs: Iterable[tuple[str, Record]]) -> dict[str, tuple[Record, ...]]:
    groups: dict[str, list[Record]] = {}
    for key, record in pairs:
        groups.setdefault(key, []).append(record)
    return {key: tuple(records) for key, records in groups.items()}


@lru_cache(maxsize=2)
def _folded(project: Project) -> _ById:
    return _group((record.id.casefold(), record) for record in project.records)


@lru_cache(maxsize=2)
def _numbered(project: Project) -> Mapping[str, _ById]:
    """Index each kind's records by number."""
    return {
        kind: _group((number, record) for record in records if (number := number_of(record)))
        for kind, records in project.by_kind.items()
    }


def _by_number(project: Project, text: str, target_kind: str) -> tuple[Record, ...]:
    if target_kind and (bare := _BARE.fullmatch(text)):
        return _numbered(project).get(target_kind, {}).get(bare[1], ())
    named = _NAMED.fullmatch(text)
    if named is None:
        return ()
    for kind in (target_kind,) if target_kind else project.by_kind:
        if _names(project.config.kinds.get(kind), kind, named[1].casefold(), shortened=bool(target_kind)):
            return _numbered(project).get(kind, {}).get(named[2], ())
    return ()


def _names(spec: KindSpec | None, kind: str, word: str, *, shortened: bool) -> bool:
    """Tell whether a word is a kind's name; only where the kind is known may it be cut short, as in `P2` or `Ph. 2`."""
    if word == kind or (shortened and kind.startswith(word)):
        return True
    return spec is not None and (word == spec.plural or word in spec.nouns)


def _nearest(records: tuple[Record, ...], path: str) -> Record:
    folder = path.rpartition("/")[0]
    return min(records, key=lambda record: (record.path != path, record.path.rpartition("/")[0] != folder))
