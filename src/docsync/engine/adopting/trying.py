"""What a view would make of a table if there were markers around it, tried in memory."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from docsync.engine.adopting.pages import Page
from docsync.generator.layout import bare
from docsync.generator.meaning import parse, said
from docsync.generator.regions import expectations
from docsync.models.blocks import Row, Table
from docsync.models.document import DocumentFacts, Region
from docsync.parser.document import read_document
from docsync.project.index import Project
from docsync.text.edits import Edit, apply
from docsync.text.source import decode


class Tried(Struct, frozen=True):
    """Hold what came of it: the ids in the view's order, whether it says the same, and each column's cells that differ.

    A cell that differs is the row's id, what stands there and what the view would write.
    """

    keys: tuple[str, ...]
    fresh: bool
    wrong: tuple[tuple[tuple[str, str, str], ...], ...] = ()


def tried(page: Page, project: Project, root: str, region: str, edits: Iterable[Edit]) -> Tried | None:
    """Render a region whose markers the edits put into a document; None where it fails or is no table of the same form."""
    facts = _marked(page, project, tuple(edits))
    found = next((one for one in facts.regions if one.id == region), None)
    if found is None:
        return None
    alone = replace(facts, regions=(found,))
    others = {path: replace(one, regions=()) if one.regions else one for path, one in project.documents.items()}
    (expected,) = expectations(replace(project, documents={**others, page.path: alone}), root, {}, lambda _path: ())
    return _compared(found, expected.body, fresh=expected.fresh) if expected.body is not None else None


def _marked(page: Page, project: Project, edits: tuple[Edit, ...]) -> DocumentFacts:
    return read_document(decode(page.path, apply(page.source.text, edits).encode()), project.config)


def _compared(region: Region, body: str, *, fresh: bool) -> Tried | None:
    old, new = _table(bare(region.text, region.prefix)), _table(bare(body, region.prefix))
    if old is None or new is None or len(old.header.cells) != len(new.header.cells):
        return None
    rows = {_key(row): row for row in old.rows}
    columns = range(len(new.header.cells))
    pairs = [(rows[_key(row)], row) for row in new.rows if _key(row) in rows]
    wrong = tuple(tuple(_differing(pairs, column)) for column in columns)
    return Tried(tuple(_key(row) for row in new.rows), fresh, wrong)


def _differing(pairs: Iterable[tuple[Row, Row]], column: int) -> Iterable[tuple[str, str, str]]:
    for old, new in pairs:
        one, other = said(old.cells[column].text), said(new.cells[column].text)
        if one != other:
            yield _key(new), one, other


def _key(row: Row) -> str:
    return said(row.cells[0].text).strip("*_`~ ")


def _table(text: str) -> Table | None:
    return next((block for block in parse(text) if isinstance(block, Table)), None)
