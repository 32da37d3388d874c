from __future__ import annotations

import pytest

from docsync.validator.claimed import claim_of


@pytest.mark.parametrize(
    ("message", "claim"),
    [
        ("says 7/19 is 26.3%; it is 36.8%", "says # is #%; it is #%"),
        ("says 0 blocked; 11 are: H2 (line 129), H3 (line 170) and 5 more", "says # blocked; # are"),
        ("says 1/3 done; the rows below have 2 of 3: T1 and T2", "says # done; the rows below have # of #"),
        ("H2 is blocked, but all it waits for is settled: H1", "H2 is blocked, but all it waits for is settled: H1"),
        ("phase 2 is ready here, but resolved elsewhere", "phase 2 is ready here, but resolved elsewhere"),
        ("T3 is pending here and on lines 34, 40 and 51, but done in b.md", "T3 is pending here, but done in b.md"),
        ("T3 is blocked here, in progress on line 9, but done in b.md", "T3 is blocked here, but done in b.md"),
        (
            "T3 is ready here and on lines 1, 2, 3, 4, 5, 6 and 2 more, but done elsewhere",
            "T3 is ready here, but done elsewhere",
        ),
        ("Sprint 0 is marked as complete, but at 95%", "Sprint 0 is marked as complete, but at #%"),
        ("last updated 2026-01-16, but the document tells of 2026-06-30", "last updated #, but the document tells of #"),
        ("docs/plan-2.md is not there; docs/old/plan-2.md is", "docs/plan-2.md is not there; docs/old/plan-2.md is"),
        ("no heading of a.md gives #1-overview", "no heading of a.md gives #1-overview"),
        ("says ~1,500 lines", "says # lines"),
    ],
)
def test_a_claim_keeps_what_is_named_and_drops_what_is_counted(message: str, claim: str) -> None:
    assert claim_of(message) == claim
