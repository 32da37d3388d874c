"""What is ruled out before it is read would have claimed nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsync.models.blocks import Inline
from docsync.models.claims import LIVING, Form
from docsync.parser.claims.chances import cell_may_claim, claiming, may_claim
from docsync.parser.claims.places import Place, RowPlace
from docsync.parser.claims.reading import read_statement
from docsync.parser.statements import cell_statement, statements
from docsync.parser.vocabulary import DEFAULT

_COUNTS = ["4/9", "3 of 8", "62%", "19", "~5", "7+", "2.5", "1,200", "Total kilns:", "**Fired**:", "Phase 2:", ": ", "："]
_WORDS = ["kilns", "hours", "days", "open", "Gate 1", "H6", "(H1, H2)", "(80%)", "all"]
_SIGNS = ["*", "_", "`", "~~", "<b>", "](x)", "(", ")", "\n", "- ", "; ", ", "]
_PIECES = st.sampled_from([*_COUNTS, *_WORDS, *_SIGNS])
_TEXTS = st.lists(st.tuples(_PIECES, st.sampled_from(["", " "])).map("".join), min_size=1, max_size=12).map("".join)
_HEADERS = st.sampled_from(["", "Total", "Value", "Days", "Kilns", "Kilns fired", "Owner", "Quality", "#"])


@given(_TEXTS)
@settings(max_examples=500, deadline=None)
def test_a_statement_that_is_left_out_claims_nothing(text: str) -> None:
    found = statements(Inline(text, ((0, 0),)))
    kept = claiming(found) if may_claim(text) else []
    for statement in found:
        if statement not in kept:
            for form in (Form.HEADING, Form.PROSE):
                assert not list(read_statement(statement, Place(form, LIVING), DEFAULT))


@given(_TEXTS, _HEADERS, st.sampled_from(["", "Total", "Kilns", "Gate 1", "Total kilns"]))
@settings(max_examples=500, deadline=None)
def test_a_cell_that_is_left_out_claims_nothing(text: str, header: str, label: str) -> None:
    if not cell_may_claim(text, header, DEFAULT):
        place = RowPlace(LIVING, label, (label,), DEFAULT)
        assert not list(read_statement(cell_statement(text, 0, header), place, DEFAULT))


@pytest.mark.parametrize("text", ["4. Glaze", "Report 2026", "see page 3.", "v2.5", "batch-12"])
def test_numbers_beside_which_nothing_says_what_they_count_are_left_out(text: str) -> None:
    assert not may_claim(text)


@pytest.mark.parametrize(("text", "header"), [("team 5", "Owner"), ("6", "Days"), ("none", "Kilns")])
def test_cells_of_columns_that_count_nothing_are_left_out(text: str, header: str) -> None:
    assert not cell_may_claim(text, header, DEFAULT)


@pytest.mark.parametrize(("text", "header"), [("6", "Kilns"), ("**6**", "Total"), ("6 kilns", "Notes"), ("`3` / 4", "Notes")])
def test_cells_that_may_count_are_read(text: str, header: str) -> None:
    assert cell_may_claim(text, header, DEFAULT)
