"""What holds for any titles, ids and texts: the same bodies each time, no marker among them, tables that are tables."""

from __future__ import annotations

import os

from generator_samples import DEFAULT, document, project, record, region
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from docsync.generator.catalogue import list_views
from docsync.generator.regions import expectations
from docsync.models.blocks import Comment, Fence, Table
from docsync.models.expectations import Expectation
from docsync.models.records import Record
from docsync.models.status import SIGNS, Status
from docsync.parser.blocks import parse_blocks
from docsync.text.source import SourceFile, line_index

_VIEWS = tuple(view.name for view in list_views(DEFAULT, os.curdir))
_HOSTILE = st.sampled_from(
    (
        *("|", "\\", "`", "```", "~~~", "\n", "\r", "<!--", "-->", "<!-- docsync:end r -->", "# ", "- ", "> ", "1. ", "---"),
        *("<pre>", "[a]: b", "**", "_", "{{ 1 }}", "{% raw %}", '"', "%%", "日", "✅", "\u2028", "\x1b", "a", " "),
    )
)
_TEXT = st.one_of(st.text(max_size=12), st.lists(_HOSTILE, max_size=6).map("".join))
_STATUS = st.none() | st.sampled_from([status for status in Status if status is not Status.CANCELLED])
"""A plan of which everything is cancelled has no critical path, and says so."""


def _records(texts: list[tuple[str, Status | None]]) -> tuple[Record, ...]:
    (one, state), (two, other) = texts
    return (
        record("hole", f"H1{one}", two, state, phase="P1", blocks=["H2"], type=one),
        record("hole", "H2", one, other, phase=two, blocked_by=[f"H1{one}", two]),
        record("phase", "P1", two, state),
        record("gate", "G1", one, other, phase="P1", held=[f"{two.replace('/', '')}/{one.replace('/', '')}/ "]),
        record("session", "S1", two, state, date="2025-01-01", next=[one, two], path=f"log/{one.strip('/') or 'x'}.md"),
        record("decision", "D1", one, state, rationale=two),
        record("metric", "M1", one, current=1, target=2, unit=two),
    )


def _expected(records: tuple[Record, ...], *held: Expectation) -> tuple[Expectation, ...]:
    asked = {
        "status-table": {"kind": "hole", "columns": "id,title,status,type,phase,link", "group": "phase"},
        "gate-dashboard": {"unmet": "yes"},
        "query-table": {"query": "select id, title as [a|b], status, phase, path, written, type || 1 from holes"},
    }
    regions = [region(name, name, **asked.get(name, {})) for name in _VIEWS]
    for index, one in enumerate(held):
        regions[index] = replace(regions[index], text=one.body or "")
    return expectations(project(document("docs/STATE.md", *regions), records=records), os.curdir, {}, lambda _path: ())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_TEXT, _STATUS), min_size=2, max_size=2))
def test_any_text_gives_whole_bodies_and_the_same_twice(texts: list[tuple[str, Status | None]]) -> None:
    records = _records(texts)
    found = _expected(records)
    assert [one.failure for one in found] == [""] * len(found)
    assert _expected(records) == found
    again = _expected(records, *found)
    assert all(one.fresh for one in again)
    assert [one.body for one in again] == [one.body for one in found]
    for one in found:
        _stands_between_its_markers(one)


def _stands_between_its_markers(expected: Expectation) -> None:
    text = f"<!-- docsync:begin r -->\n{expected.body}<!-- docsync:end r -->\n"
    blocks = parse_blocks(SourceFile("", text, bom=False, newline="\n", lines=line_index(text)))
    comments = [block.text.strip() for block in blocks if isinstance(block, Comment)]
    assert comments == ["docsync:begin r", "docsync:end r"]
    assert isinstance(blocks[0], Comment)
    assert isinstance(blocks[-1], Comment)
    assert all(block.closed for block in blocks if isinstance(block, Fence))


@settings(max_examples=150, deadline=None)
@given(st.lists(_TEXT, min_size=1, max_size=4))
def test_a_table_has_a_row_of_three_cells_for_each_record(titles: list[str]) -> None:
    records = tuple(record("hole", f"H{number}", title, Status.READY) for number, title in enumerate(titles))
    asked = region("r", "status-table", kind="hole")
    (expected,) = expectations(project(document("a.md", asked), records=records), os.curdir, {}, lambda _path: ())
    text = expected.body or ""
    (table,) = parse_blocks(SourceFile("", text, bom=False, newline="\n", lines=line_index(text)))
    assert isinstance(table, Table)
    assert [cell.text for cell in table.header.cells] == ["ID", "Title", "Status"]
    assert [(row.cells[0].text, row.cells[2].text) for row in table.rows] == [
        (f"H{number}", f"{SIGNS[Status.READY]} ready") for number in range(len(titles))
    ]
