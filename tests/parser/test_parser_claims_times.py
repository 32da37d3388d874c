from __future__ import annotations

import pytest
from claims_reading import Page, brief, one

from docsync.models.claims import CHANGE


@pytest.mark.parametrize(
    ("line", "living"),
    [
        ("Gate 1: 4/9 → 6/9 criteria", []),
        ("Gate 1: 4/9 -> 6/9 criteria", []),
        ("**Progress**: 62% → targeting 70%", []),
        ("went from 4/9 kilns to 6/9 kilns", []),
        ("9 kilns (up from 4 pots)", ["9 | kilns"]),
        ("9 kilns, up from 4 (88% complete)", ["9 | kilns"]),
        ("9 kilns, previously 4 pots", ["9 | kilns"]),
        ("9 kilns vs 4 pots", ["9 | kilns"]),
        ("was 4 kilns", []),
        ("3 more kilns", []),
        ("2 additional pots", []),
        ("another 3 kilns", []),
        ("Critical path: 50% complete (H6 ✅ → H1 ✅ → H10 next)", ["50% | complete"]),
        ("H6 → 9 kilns", ["9 | kilns"]),
        ("5 to 7 kilns", ["7 | kilns"]),
        ("9 kilns to 3 clients", ["9 | kilns", "3 | clients"]),
    ],
)
def test_transitions_and_past_values_are_not_now(line: str, living: list[str]) -> None:
    assert [brief(quantity) for quantity in Page(line).quantities if quantity.scope.living] == living


def test_a_transition_is_never_compared() -> None:
    first, second = Page("Gate 1: 4/9 → 6/9 criteria").quantities
    assert first.scope.as_of == second.scope.as_of == CHANGE
    assert not first.scope.comparable


@pytest.mark.parametrize(
    ("line", "as_of"),
    [
        ("As of 2026-03-04: 4/9 kilns", "2026-03-04"),
        ("4/9 kilns as of March 4, 2026", "2026-03-04"),
        ("4/9 kilns as of Session 3", "session 3"),
        ("4/9 kilns as of the last count", CHANGE),
        ("2026-03-04: 4/9 kilns", "2026-03-04"),
        ("- **2026-03-04**: 4/9 kilns", "2026-03-04"),
        ("- 2026-03-04 — 4/9 kilns", "2026-03-04"),
        ("**Session 3**: 4/9 kilns", "session 3"),
        ("**Event 2**: 4/9 kilns", "event 2"),
        ("**Last session**: 4/9 kilns", ""),
        ("**Kilns**: 4/9 kilns", ""),
    ],
)
def test_a_line_may_name_its_own_moment(line: str, as_of: str) -> None:
    assert one(line).scope.as_of == as_of


@pytest.mark.parametrize(
    ("row", "as_of"),
    [("2026-03-04", "2026-03-04"), ("Session 3", "session 3"), ("Event 2", "event 2"), ("Phase 3", "")],
)
def test_a_row_may_be_an_entry_of_a_log(row: str, as_of: str) -> None:
    assert one(f"| Entry | Kilns fired |\n|---|---|\n| {row} | 4/9 |\n").scope.as_of == as_of
