from __future__ import annotations

import pytest
from claims_reading import Page

from docsync.models.claims import Form
from docsync.models.status import Status
from docsync.text.spans import Span


def _table(header: str, *rows: str) -> Page:
    columns = header.count("|") - 1
    return Page("\n".join((header, "|" + "---|" * columns, *rows)) + "\n")


def test_a_row_states_status_title_and_relations() -> None:
    page = _table(
        "| ID | Name | Status | Phase | Blocks | Blocked by |",
        "| **H6** | HeatStore | ✅ RESOLVED | 1 | H7, H8–H10 | None |",
        "| H7 | Wood | ⏳ Blocked by H6 | Phase 2 | | H6 (✅ resolved) |",
    )
    found = [mention for mention in page.mentions if mention.name]
    assert [(m.entity, m.name, m.raw, m.targets) for m in found] == [
        ("H6", "status", "✅ RESOLVED", ()),
        ("H6", "title", "HeatStore", ()),
        ("H6", "phase", "1", ()),
        ("H6", "blocks", "H7, H8–H10", ("H7", "H8", "H9", "H10")),
        ("H6", "blocked_by", "None", ()),
        ("H7", "status", "⏳ Blocked by H6", ("H6",)),
        ("H7", "title", "Wood", ()),
        ("H7", "phase", "Phase 2", ("phase 2",)),
        ("H7", "blocked_by", "H6 (✅ resolved)", ("H6",)),
    ]
    assert {mention.form for mention in found} == {Form.ROW}
    assert [m.status for m in found if m.name == "status"] == [Status.RESOLVED, Status.BLOCKED]
    assert [page.said(m.span) for m in found[:2]] == ["✅ RESOLVED", "HeatStore"]
    entity = found[0].entity_span
    assert entity is not None
    assert page.said(entity) == "H6"


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("| Phase | State |", "| Phase 2: Firing | in progress |", [("phase 2", "in_progress")]),
        ("| Phase | Status |", "| 2 | done |", [("phase 2", "resolved")]),
        ("| Gate | Current status |", "| **Gate 2** | passed |", [("gate 2", "resolved")]),
        ("| # | Part | Status |", "| 1 | Part 3 | ✅ 100% |", [("part 3", "resolved")]),
        ("| Phase | Status |", "| Phases 1-2 | done |", [("phase 1", "resolved"), ("phase 2", "resolved")]),
        ("| Phase | Status |", "| 2. Firing | done |", [("phase 2", "resolved")]),
        ("| **Phase** | Status |", "| **2.1: Firing (hot)** | done |", [("phase 2.1", "resolved")]),
        ("| Sprint | Status |", "| 2 - Firing | done |", [("sprint 2", "resolved")]),
        ("| Phase | Status |", "| 2. Firing of H6 | done |", [("phase 2", "resolved")]),
        ("| ID | Status |", "| 1.2 | done |", [("1.2", "resolved")]),
        ("| Task | Done? |", "| T-1 | ✅ |", [("T-1", "resolved")]),
        ("| Task | Done? |", "| T-1 | ❌ |", [("T-1", "pending")]),
        ("| Task | Status |", "| T-1 | ❌ |", [("T-1", "failed")]),
        ("| Task | Build status | Owner |", "| T-1 | done | Ann |", [("T-1", "resolved")]),
        ("| Task | Status | Test status |", "| T-1 | done | failing |", [("T-1", "resolved")]),
        ("| Task | Status |", "| `T-1` | done |", [("T-1", "resolved")]),
        ("| Wave | Task | Status |", "| x | T-1 Lay the floor | done |", [("T-1", "resolved")]),
        # none
        ("| Task | Build status | Test status |", "| T-1 | done | failing |", []),
        ("| Task | Status code |", "| T-1 | done |", []),
        ("| Task | Status before May |", "| T-1 | done |", []),
        ("| Kiln | Status |", "| 2. Firing | done |", []),
        ("| Phase | Status |", "| 2 firings | done |", []),
        ("| Phase | Status |", "| 2.5 x faster | done |", []),
        ("| Route | Status |", "| T-1 | 200 OK |", []),
        ("| Task | Completed |", "| T-1 | 14 |", []),
        ("| Task | Status |", "| T-1 | looks fine |", []),
        ("| Task | Status |", "| ~~T-1~~ | done |", []),
        ("| Task | Status |", "| Floor | done |", []),
        ("| No | Status |", "| 1 | done |", []),
        ("| Task | Status |", "| T-1 | |", []),
        ("| Status | Task |", "| done | Floor |", []),
    ],
)
def test_status_columns(header: str, row: str, expected: list[tuple[str, str]]) -> None:
    assert _table(header, row).statuses() == expected


def test_a_column_about_a_phase_s_gate() -> None:
    page = _table("| Phase | Status | Gate passed |", "| Phase 1 | done | ✅ Passed (8/14) |", "| Phase 2 | done | soon |")
    assert [(m.entity, m.name, m.status) for m in page.mentions if m.name == "gate_status"] == [
        ("phase 1", "gate_status", Status.RESOLVED)
    ]


def test_the_cell_that_names_the_entity_is_no_field_of_it() -> None:
    page = _table("| Budget | Phase | Status |", "| small | Phase 4 | done |")
    assert [(m.entity, m.name) for m in page.mentions if m.name] == [("phase 4", "status")]


def test_a_title_beside_the_name() -> None:
    page = _table("| Phase | Status |", "| Phase 2: Firing | done |")
    assert page.fields("title") == {"phase 2": "Firing"}


def test_names_in_other_cells_are_mentioned() -> None:
    page = _table("| ID | Status | Note |", "| H6 | done | see H9 |", "| H7 | done | `H8` |")
    assert [m.entity for m in page.mentions if not m.name] == ["H9", "H8"]


def test_numbered_rows_of_phases_keep_their_number() -> None:
    page = _table("| Phase | Status |", "| 02 | done |", "| 3.1 | pending |", "| - | pending |")
    assert page.statuses() == [("phase 2", "resolved"), ("phase 3.1", "pending")]


def test_covered_rows_and_templates_state_nothing() -> None:
    text = "| ID | Status |\n|---|---|\n| H6 | done |\n| H7 | done |\n"
    start = text.index("| H6")
    assert Page(text, covered=(Span(start, start + 14),)).statuses() == [("H7", "resolved")]
    assert Page(f"## Example output\n\n{text}").mentions == []


def test_a_table_without_rows() -> None:
    assert _table("| ID | Status |").mentions == []


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("2. Tide Gauge", "Tide Gauge"),
        ("**2. Tide Gauge**", "Tide Gauge"),
        ("2. Tide Gauge (`--low`)", "Tide Gauge"),
        ("2: Tide Gauge - ", "Tide Gauge"),
    ],
)
def test_the_title_after_a_row_s_number(cell: str, title: str) -> None:
    (titled,) = [m for m in _table("| Phase | Status |", f"| {cell} | done |").mentions if m.name == "title"]
    assert (titled.entity, titled.raw) == ("phase 2", title)
