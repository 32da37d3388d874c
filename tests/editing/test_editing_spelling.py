from __future__ import annotations

import pytest
from edited_text import changed

from docsync.editing import Uneditable
from docsync.editing.lists import respelled
from docsync.models.records import Json
from docsync.models.schema import FieldSpec, FieldType, KindSpec
from docsync.models.status import Status

_FIELDS = (
    FieldSpec("id", FieldType.TEXT),
    FieldSpec("title", FieldType.TEXT),
    FieldSpec("status", FieldType.STATUS),
    FieldSpec("due", FieldType.DATE),
    FieldSpec("lit", FieldType.BOOLEAN),
    FieldSpec("level", FieldType.ENUM, values=("low", "high", "very high")),
    FieldSpec("weight", FieldType.NUMBER),
    FieldSpec("phase", FieldType.REFERENCE, target="phase"),
    FieldSpec("needs", FieldType.REFERENCES),
    FieldSpec("passes", FieldType.CONDITIONS),
)
BUOY = KindSpec("buoy", "buoys", r"B\d+", {spec.name: spec for spec in _FIELDS}, builtin=False)
PAGE = "---\nrecords: buoy\n---\n\n# Buoys\n\n## B1: Red\n\n{}\n\n## B2: Green\n\n- **Level**: *High*\n"


def _said(before: str, name: str, value: Json, body: str = "- **{}**: {}") -> str:
    """Give how a field is written after it was set, where `before` stood there."""
    page = PAGE.format(body.format(name.capitalize(), before))
    after = changed(page, "B1", {name: value}, kinds=(BUOY,))
    return after.split("## B1: Red\n\n")[1].split("\n\n## B2")[0].split(": ", 1)[1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2026-01-02", "2026-10-21"),
        ("Jan 2, 2026", "Oct 21, 2026"),
        ("January 2, 2026", "October 21, 2026"),
        ("2 January 2026", "21 October 2026"),
        ("2. Jan 2026", "21. Oct 2026"),
        ("**2026-01-02**", "**2026-10-21**"),
    ],
)
def test_a_date_is_written_as_the_one_that_stands_there(before: str, after: str) -> None:
    assert _said(before, "due", "2026-10-21") == after


@pytest.mark.parametrize(("before", "after"), [("Yes", "No"), ("true", "false"), ("✅", "❌"), ("`on`", "`off`")])
def test_a_truth_is_written_in_the_words_that_stand_there(before: str, after: str) -> None:
    assert _said(before, "lit", value=False) == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [("1,200", 3400, "3,400"), ("**12**", 7.5, "**7.5**"), ("-3", 4, "4"), ("2,000", -1500, "-1,500")],
)
def test_a_number_keeps_what_stands_around_it(before: str, value: float, after: str) -> None:
    assert _said(before, "weight", value) == after


def test_a_choice_is_written_as_another_record_writes_it_else_in_the_case_that_stands_there() -> None:
    assert _said("Low", "level", "high") == "*High*"
    assert _said("Low", "level", "very high") == "Very high"
    assert _said("low", "level", "very high") == "very high"


def test_a_reference_keeps_its_signs() -> None:
    assert _said("`P1`", "phase", "P2") == "`P2`"


def test_conditions_are_written_one_after_the_other() -> None:
    assert _said("functional: all", "passes", {"functional": "any", "quality": "80%"}) == "functional: any, quality: 80%"


def test_references_below_a_key_keep_their_lines() -> None:
    page = PAGE.format("- **Needs**:\n  - B2 (green)\n  - B3")
    assert changed(page, "B1", {"needs": ["B2", "B4"]}, kinds=(BUOY,)) == page.replace("  - B3", "  - B4")


@pytest.mark.parametrize(
    ("raw", "present", "wanted", "after"),
    [
        ("H1; H2", ["H1", "H2"], ["H2"], "H2"),
        ("H1", ["H1"], ["H1", "H2"], "H1, H2"),
        ("H1, H2, and H3", ["H1", "H2", "H3"], ["H1", "H3"], "H1, and H3"),
        ("**H1**, **H2**", ["H1", "H2"], ["H1", "H9", "H2"], "**H1**, **H9**, **H2**"),
        ("see above", [], ["H1", "H2"], "H1, H2"),
        ("H1–H3", ["H1", "H2", "H3"], ["H1", "H2"], "H1, H2"),
    ],
)
def test_a_line_of_references_is_written_again(raw: str, present: list[str], wanted: list[str], after: str) -> None:
    assert respelled(raw, present, wanted) == after


def test_the_first_list_of_a_record_is_written_as_the_model() -> None:
    assert respelled("", [], ["H1", "H2"], "`H4`; `H5`") == "`H1`; `H2`"


def test_the_teams_own_word_is_used_where_no_record_shows_one() -> None:
    page = PAGE.format("- **Status**: Ready")
    told = changed(page, "B1", {"status": "resolved"}, kinds=(BUOY,), words={"moored fast": Status.RESOLVED})
    assert "**Status**: Moored fast\n" in told


def test_a_pass_condition_of_several_lines_is_left_to_its_author() -> None:
    page = PAGE.format("- **Passes**:\n  - functional: all\n  - quality: any")
    with pytest.raises(Uneditable, match="goes over several lines"):
        changed(page, "B1", {"passes": {"functional": "any"}}, kinds=(BUOY,))
