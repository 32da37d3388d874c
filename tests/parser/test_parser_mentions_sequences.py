from __future__ import annotations

import pytest
from claims_reading import Page

from docsync.models.claims import Form


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**Status**: H6 ✅ H9 ✅ H14 🔒", [("H6", "resolved"), ("H9", "resolved"), ("H14", "blocked")]),
        ("**Status**: H6 ✅", [("H6", "resolved")]),
        ("Path: H6 ✅ → H1 ✅ → H17 🔒", [("H6", "resolved"), ("H1", "resolved"), ("H17", "blocked")]),
        ("H6 ✅ → then more", [("H6", "resolved")]),
        ("2/3 (✅H1, ✅H2, H11)", [("H1", "resolved"), ("H2", "resolved")]),
        ("2/3 kilns (H10 ✅, H8 ✅, H12 pending)", [("H10", "resolved"), ("H8", "resolved"), ("H12", "pending")]),
        ("**Kilns**: ✅ H1 ✅ H2", [("H1", "resolved"), ("H2", "resolved")]),
        ("Path: [H6] ✅ [H1] 🔒", [("H6", "resolved"), ("H1", "blocked")]),
        ("**Done so far**: Phase 1 ✅, Phase 2 🚧", [("phase 1", "resolved"), ("phase 2", "in_progress")]),
        # one pair in running text, or signs of something else
        ("we fired with H6 ✅", []),
        ("**Constraints**: H1 ✅ H2 ✅", []),
        ("**Tests**: H1 ✅ H2 ✅", []),
        ("H1, H2 and H3", []),
    ],
)
def test_runs_of_names_and_signs(line: str, expected: list[tuple[str, str]]) -> None:
    assert Page(line).statuses() == expected


def test_the_sign_is_where_the_status_stands() -> None:
    page = Page("**Status**: H6 ✅ H9 ⏸️")
    found = [mention for mention in page.mentions if mention.status]
    assert [page.said(mention.span) for mention in found] == ["✅", "⏸️"]
    assert {mention.form for mention in found} == {Form.KEY_VALUE}
    assert [page.said(m.entity_span) for m in found if m.entity_span] == ["H6", "H9"]


def test_forms_of_runs() -> None:
    page = Page("## H6 ✅ H9 ✅\n\n- fired H6 ✅ and H9 ✅\n\nnow H6 ✅ and H9 ✅\n")
    assert {mention.form for mention in page.mentions if mention.status} == {Form.HEADING, Form.BULLET, Form.PROSE}
