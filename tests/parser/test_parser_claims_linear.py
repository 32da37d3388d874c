"""Nothing that a line can hold makes the readers slow or throws them."""

from __future__ import annotations

import time

import pytest
from claims_reading import Page
from hypothesis import given, settings
from hypothesis import strategies as st

SIZE = 60_000
SECONDS = 20
"""What all readers take is well below two; a quadratic one would take minutes at this size."""


@pytest.mark.parametrize(
    ("before", "unit"),
    [
        ("", "5/19 holes resolved (26%) "),
        ("", "5 ("),
        ("5/19 holes ", "("),
        ("", "H1 ✅ "),
        ("", "**a 1**: 1 | "),
        ("", "` 1 `` "),
        ("Phase ", "1, "),
        ("", "Phase 1 and 2, "),
        ("", "H1-H2-"),
        ("5 ", "~~"),
        ("5 ", "]("),
        ("5 ", "<"),
        ("5 ", "_"),
        ("5 ", "*"),
        ("5/7 (", "5 + "),
        ("", "5 of "),
        ("", "2026-03-02 "),
        ("2026 ", "Oct 5, "),
        ("", "H1 done, "),
        ("H1 ", "blocked by "),
        ("5 tasks ", "{a"),
        ("", "- [x] H6: Heat — done 5/7 tasks\n"),
        ("", "1. **H6: Heat** ✅ (Session 2)\n"),
        ("| ID | Tasks | Status |\n|--|--|--|\n", "| H1 | 5/7 | done |\n"),
        ("", "## Phase 3: Launch 3/4 tasks ✅ COMPLETE\n"),
        ("", "### H6: X\n- **Status**: done\n"),
        ("", "# A 1\n## B 2\n- [ ] x 5/7 tasks\n"),
        ("5/7 tasks", " \t"),
    ],
)
def test_time_grows_with_the_text_alone(before: str, unit: str) -> None:
    page = Page(before + unit * (SIZE // len(unit)))
    start = time.process_time()
    found = (page.quantities, page.mentions, page.dates, page.checklists)
    assert time.process_time() - start < SECONDS
    assert all(len(each) <= SIZE for each in found)


_WORDS = "4/9 62% kilns H6 ✅ ⏸️ → ( ) ** ` : ~ + | - 2026-03-02 was done Status ~~ [ ] < > _ é {n} ,".split()  # noqa: SIM905 -- reads better
_SPACED = ["Phase 2", "\n", "\n\n", "- [x] ", "# ", "1. ", "| a | b |\n|--|--|\n", " ", " ", "\t"]
_PIECES = st.sampled_from([*_WORDS, *_SPACED])


@given(st.lists(_PIECES, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_every_number_is_its_digits(text: str) -> None:
    page = Page(text, "notes/any.md") if not text.startswith("---") else Page("")
    for quantity in page.quantities:
        assert 0 <= quantity.span.start < quantity.span.end <= len(page.source.text)
        for number in (*quantity.numbers, *quantity.parts):
            assert page.said(number.span)[0].isdigit()
            assert page.said(number.span)[-1].isdigit()
    for mention in page.mentions:
        assert page.said(mention.span).strip()
        assert mention.entity
    for stamp in page.dates:
        assert "2026" in page.said(stamp.span)
    for found in page.checklists:
        assert found.own_total <= found.total
        assert found.met + found.deferred <= found.total
