"""Which hand-kept tables show records that have their home elsewhere, and could be written by a view."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from docsync.engine.adopting.pages import Page
from docsync.engine.adopting.proposals import Confidence, LeftAlone, RegionProposal
from docsync.engine.adopting.trying import Tried, tried
from docsync.generator.dumps import DERIVED
from docsync.models.blocks import Heading, Table
from docsync.models.records import Home, Record
from docsync.models.schema import KindSpec, field_key
from docsync.project.build import resolve
from docsync.project.index import Project
from docsync.text.edits import Edit
from docsync.text.source import SourceFile
from docsync.text.spans import Span

_MOSTLY: Final = 0.8
_FEWEST: Final = 2
_MOST_NAMED: Final = 4
_MOST_WRONG: Final = 0.5
_FILTERS: Final = ("phase", "status", "workstream", "open", "wave", "type", "priority")
"""The fields by one of which a table may have chosen its rows."""
_HARMFUL: Final = re.compile(r'["=,]|--')
_SLUG: Final = re.compile(r"[^a-z0-9]+")


class _Shown(Struct, frozen=True):
    """Hold a table that shows records of a kind: the record of each row that has one."""

    table: Table
    kind: KindSpec
    records: tuple[Record, ...]


def regions(page: Page, project: Project, root: str) -> Iterator[RegionProposal | LeftAlone]:
    """Give a region for each table whose every column is a field, and say of the other ones what stands against it."""
    taken: set[str] = {region.id for region in project.documents[page.path].regions}
    for index, table in enumerate(page.blocks):
        if not isinstance(table, Table) or table.quote or table.item >= 0 or _generated(page, table.span):
            continue
        shown = _shown(table, project, page.path)
        if shown is None:
            continue
        try:
            found = _region(page, shown, project, root, _name(page, index, shown.kind, taken))
        except _Unfit as unfit:
            line = page.source.lines.line(table.span.start)
            yield LeftAlone(f"the table of {shown.kind.plural} at {page.path}:{line}", str(unfit))
        else:
            taken.add(found.region)
            yield found


class _Unfit(ValueError):
    """Say what stands against letting a view write a table."""


def _generated(page: Page, span: Span) -> bool:
    return any(part.contains(span) for part in page.generated)


def _shown(table: Table, project: Project, path: str) -> _Shown | None:
    """Find the kind of which most cells of the first column name one record each."""
    for kind in (spec for spec in project.config.kinds.values() if spec.name in project.by_kind):
        found = [resolve(project, _bare(row.cells[0].text), kind.name, beside=path) for row in table.rows]
        records = tuple(record for record in found if record)
        few = len(records) < max(_FEWEST, _MOSTLY * len(found))
        home = any(one.home is Home.ROW and one.path == path and table.span.contains(one.span) for one in records)
        if not few and not home and len({id(one) for one in records}) == len(records):
            return _Shown(table, kind, records)
    return None


def _region(page: Page, shown: _Shown, project: Project, root: str, name: str) -> RegionProposal:
    """Give a proposal that was tried out."""
    if len(shown.records) < len(shown.table.rows):
        raise _Unfit("some of its rows show no record")
    attributes = {"view": "status-table", "kind": shown.kind.name, "columns": _columns(shown), "where": _where(shown, project)}
    ids = tuple(_bare(row.cells[0].text) for row in shown.table.rows)
    for sort in _orders(shown):
        chosen = {key: value for key, value in {**attributes, "sort": sort}.items() if value}
        outcome = tried(page, project, root, name, _edits(page.source, shown.table, name, chosen))
        if outcome is None or set(outcome.keys) != set(ids):
            raise _Unfit("the view would make another table of it")
        proposal = _judged(page, shown, name, chosen, outcome)
        if outcome.keys == ids:
            return proposal
    raise _Unfit("the view would put its rows in another order")


def _orders(shown: _Shown) -> Iterator[str]:
    yield ""
    for cell in shown.table.header.cells[1:]:
        yield from (field_key(cell.text), f"-{field_key(cell.text)}")


def _judged(page: Page, shown: _Shown, name: str, attributes: Mapping[str, str], outcome: Tried) -> RegionProposal:
    line = page.source.lines.line(shown.table.span.start)
    edits = _edits(page.source, shown.table, name, attributes)
    if outcome.fresh:
        return RegionProposal(
            Confidence.CERTAIN, ("it says just what the records say",), page.path, line, name, attributes, edits
        )
    titles = [cell.text for cell in shown.table.header.cells]
    for title, wrong in zip(titles, outcome.wrong, strict=True):
        if len(wrong) > _MOST_WRONG * len(shown.records):
            raise _Unfit(f"its column {title} disagrees with the records in {len(wrong)} of {len(shown.records)} rows")
    cells = [
        f"{title} of {key} ({old} → {new})"
        for title, wrong in zip(titles, outcome.wrong, strict=True)
        for key, old, new in wrong
    ]
    more = f" and {len(cells) - _MOST_NAMED} more" if len(cells) > _MOST_NAMED else ""
    reason = f"it says what the records say but for {'; '.join(cells[:_MOST_NAMED])}{more}"
    return RegionProposal(Confidence.LIKELY, (reason,), page.path, line, name, attributes, edits)


def _columns(shown: _Shown) -> str:
    """Give the `columns` attribute."""
    parts = [f"id={shown.table.header.cells[0].text}"]
    names = {shown.kind.name, *map(field_key, shown.kind.nouns)}
    for cell in shown.table.header.cells[1:]:
        key = field_key(cell.text)
        field = "title" if key in names else shown.kind.aliases.get(key) or (key if key in DERIVED else "")
        if not field or _HARMFUL.search(cell.text):
            raise _Unfit(f"no field of {shown.kind.plural} is called {cell.text or 'nothing'}")
        parts.append(f"{field}={cell.text}")
    return ",".join(parts)


def _where(shown: _Shown, project: Project) -> str:
    """Give the condition that chooses just these rows, empty for all records."""
    everyone = project.by_kind[shown.kind.name]
    if len(shown.records) == len(everyone):
        return ""
    rows = {id(one) for one in shown.records}
    for field in (name for name in _FILTERS if name in shown.kind.fields):
        value = shown.records[0].text(field)
        if value and not _HARMFUL.search(value) and {id(one) for one in everyone if one.text(field) == value} == rows:
            return f"{field}={value}"
    raise _Unfit(f"it shows {len(rows)} of {len(everyone)} {shown.kind.plural}, chosen by nothing that they say")


def _edits(source: SourceFile, table: Table, name: str, attributes: Mapping[str, str]) -> tuple[Edit, ...]:
    """Put a marker and a blank line at each end of a table."""
    said = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    newline = source.newline
    start = source.text.rfind("\n", 0, table.span.start) + 1
    end = table.span.end
    while end > start and source.text[end - 1] in "\r\n":
        end -= 1
    return (
        Edit(Span(start, start), f"<!-- docsync:begin {name} {said} -->{newline}{newline}"),
        Edit(Span(end, end), f"{newline}{newline}<!-- docsync:end {name} -->"),
    )


def _name(page: Page, index: int, kind: KindSpec, taken: set[str]) -> str:
    """Name a region after the heading above it, else after the kind."""
    above = page.blocks[index].section
    heading = page.blocks[above] if above >= 0 else None
    words = _SLUG.sub("-", heading.inline.text.casefold()).strip("-") if isinstance(heading, Heading) else ""
    name = words if 0 < len(words) <= 40 else kind.plural  # noqa: PLR2004 -- what reads well in a comment
    return next(one for one in (name, *(f"{name}-{number}" for number in range(2, 1000))) if one not in taken)


def _bare(text: str) -> str:
    return text.strip("*_`~ ")
