from __future__ import annotations

import pytest
from claims_reading import briefs


@pytest.mark.parametrize(
    "line",
    [
        # the number belongs to a label
        "Phase 2 modules are built",
        "Phase 5 Modules:",
        "Gate 1 criteria are met",
        "Phases 1 and 2 holes",
        "Top 10 risks",
        "PEP 8 rules",
        "Windows 11 users agree",
        "we follow Node 20 conventions",
        "Step 3 of 5",
        "Page 2 of 9 (draft)",
        "Part 1 of 3 tasks",
        "Phase: 2 of 4 (Cranes)",
        "**Phase:** 2 of 4",
        "Plan: 1 of 3 in current phase",
        "Phase 2/7 tasks",
        "within 5 requests",
        "every 3 releases",
        "## 2.1 Schemas",
        "## 3. Kilns",
        "H2 kilns",
        "T-12 tasks",
        "issue #12 problems",
        # measures count no items
        "about 3 hours",
        "12 weeks",
        "40 minutes left",
        "300 tokens",
        "8 bytes",
        # not fractions
        "0/TBD kilns",
        "24/7 operations",
        "80/20 split",
        "a ratio of 70/30",
        "$10/mo plans",
        "5/min",
        "10/21",
        "10/21/2026",
        "1920/1080",
        "8.5/10",
        "**Quality score**: 4/5",
        "**Rating**: 9/10",
        "**Business value**: 9/10",
        "a 4/5 grade",
        "answers 200/404",
        "0.5/0.6 releases",
        "and/or 5/0",
        "1/2 of it",
        "v1/2",
        "src/4/9/kilns",
        "http://kilns.test/4/9",
        "[1/4] Building",
        "Firing plan (1/3)",
        "3:4/9",
        # not percentages of progress
        "66% coverage",
        "an 83% reduction",
        "30% faster",
        "**CPU usage**: 40%",
        "**Error rate**: 2%",
        "**Discount**: 30%",
        "kilns lose 5% of heat",
        # numbers glued to signs
        "+2 kilns",
        "-3 kilns",
        "−3 kilns",
        "±2 kilns",
        "$5 kilns",
        "10:30 meetings",
        "v2.1 releases",
        "1.2.3 releases",
        "7-phase plans",
        "7th kilns",
        "3x kilns",
        "5k lines",
        "65KB files",
        "1️⃣ kilns",
        "5°C changes",
        "127.0.0.1/24 hosts",
        "port:8080 clients",
        "a=5 tasks",
        "100% 5",
        "5' planks",
        "'25 goals",
        # years and days
        "2026 goals",
        "2026-03-04",
        "March 4, 2026",
        # rates and verbs
        "100 requests per minute",
        "100 requests/s",
        "It was 2 is enough",
        "no 3 across the board",
        "only 2 does it",
        # keys whose number counts nothing
        "**Port**: 8080",
        "**Version**: 3",
        "**Priority**: 1",
        "**Phase**: 2",
        "**Session**: 4",
        "**Week**: 2/7",
        "**Due**: 10/21",
        "**Duration**: 3/4",
        "**Phases**: 1, 2, 3",
        "**Created**: 3",
        "**Total hours**: 12",
        # to be filled in
        "{N}/9 kilns and 3 pots",
        "Session YYYY-MM-DD with 3 pots",
        "[NUMBER] kilns, 3 pots",
        "<name> has 3 pots",
        "N/M kilns and 3 pots",
        "~~4/9 kilns~~",
        "`kiln 4/9 kilns`",
    ],
)
def test_a_look_alike_claims_nothing(line: str) -> None:
    assert briefs(line) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("10/21 tasks", "10/21 | tasks"),
        ("80/100 tests passing", "80/100 | tests passing"),
        ("24/30 kilns", "24/30 | kilns"),
        ("**Progress**: 8/10", "8/10 |"),
        ("**Holes**: 4/5", "4/5 | holes"),
        ("Passed (8/14)", "8/14 |"),
        ("Wave 1 (3/3) ✅", "3/3 |"),
        ("**Wave 1**: 3/3", "3/3 |"),
        ("Kilns fired by Session 4, 3 pots", "3 | pots"),
        ("In 2026 we built 3 kilns", "3 | kilns"),
        ("2,026 lines", "2026 | lines"),
        ("5 open kilns", "5 | kilns open"),
        ("Completed 3 of 7 phases", "3/7 | phases"),
        ("12/9 kilns", "12/9 | kilns"),
        ("Phase 2: 3 modules", "3 | modules"),
        ("Phase 2 (3 modules)", "3 | modules"),
        ("- ALL 3 KILNS", "3 | kilns"),
        ("<p align='left'>3 kilns</p>", ""),
        ("use {braces} in `x`: 3 kilns", ""),
        ("3 kilns <br> more", "3 | kilns"),
    ],
)
def test_what_resembles_a_trap_may_be_a_claim(line: str, expected: str) -> None:
    assert briefs(line) == ([expected] if expected else [])


def test_a_coverage_beside_a_fraction_is_not_its_share() -> None:
    assert briefs("4/29 passing, 66% coverage") == ["4/29 | passing"]


def test_a_range_of_days_is_no_range_of_items() -> None:
    assert briefs("Nov 24-29, 2026") == []


def test_a_percentage_further_off_belongs_to_something_else() -> None:
    assert briefs("4/9 kilns and then 80% complete") == ["4/9 | kilns", "80% | complete"]
