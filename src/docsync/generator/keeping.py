"""What views gave of late, which holds while no record says anything else, so that one who watches need not render again."""

from __future__ import annotations

from typing import Final, TypeAlias

from msgspec import Struct, field

from docsync.config.values import Config
from docsync.generator.catalogue import Catalogue
from docsync.generator.environment import Rendered
from docsync.models.document import DocumentFacts, Region
from docsync.models.records import Record
from docsync.project.index import Project
from docsync.project.kept import once

_Said: TypeAlias = "tuple[tuple[object, ...], ...]"
_Key: TypeAlias = "tuple[str, str, str, tuple[tuple[str, str], ...]]"


class Kept(Struct, frozen=True):
    """Hold what each region's view gave for these records, by these templates."""

    config: Config
    catalogue: Catalogue
    said: tuple[_Said, ...]
    texts: dict[_Key, Rendered] = field(default_factory=dict)

    def given(self, path: str, region: Region) -> Rendered | None:
        """Give what the view of a region gave, None where it was not asked yet, or may look at more than records."""
        return None if region.attributes.get("query") else self.texts.get(_key(path, region))

    def keep(self, path: str, region: Region, rendered: Rendered) -> None:
        """Keep what a view gave; that it failed may have been for want of time, and is not kept."""
        if not rendered.failure:
            self.texts[_key(path, region)] = rendered


_latest: Final[list[Kept]] = []


def kept_for(project: Project, catalogue: Catalogue) -> Kept:
    """Give what is kept of the last project where this one's records say the same, whatever lines they stand on."""
    said = tuple(found for document in project.documents.values() if (found := _said(document)))
    for latest in _latest:
        if latest.config is project.config and latest.catalogue == catalogue and latest.said == said:
            return latest
    _latest[:] = [Kept(project.config, catalogue, said)]
    return _latest[0]


@once
def _said(document: DocumentFacts) -> _Said:
    return tuple(_of_record(record) for record in document.records)


def _of_record(record: Record) -> tuple[object, ...]:
    """Give all that a template can learn of a record."""
    criteria = tuple((one.text, one.category, one.met, one.dropped) for one in record.criteria)
    written = tuple((name, one.raw) for name, one in record.fields.items())
    identity = (record.kind, record.id, record.title, record.status, record.home, record.path, record.problems != ())
    return (*identity, record.values, written, criteria)


def _key(path: str, region: Region) -> _Key:
    return path, region.id, region.view, tuple(region.attributes.items())
