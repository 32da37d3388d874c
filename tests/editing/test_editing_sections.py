from __future__ import annotations

import pytest
from edited_text import changed

from docsync.editing import Uneditable
from docsync.models.schema import HomeRule

HEAD = "---\nrecords: hole\n---\n\n# Holes\n\n"
BULLETS = HEAD + (
    "## H1: Lamp\n\nIt is dark.\n\n- **Status**: Ready\n- **Blocked by**: None\n\n"
    "**Acceptance criteria**:\n\n- [ ] It burns\n- [x] ✅ It turns\n- [ ] ⏳ It is seen\n\n"
    "## H2: Horn\n\n- **Status**: Done\n- **Blocked by**: H1 and H3\n- **Evidence**: horn.md\n\nEnd.\n"
)
LINES = HEAD + "## H1: Lamp\n\n**Status**: ready  \n**Phase**: 2\n\nText.\n"
BESIDE = HEAD + "## H1: Lamp\n\n**Status**: ready | **Phase**: 2\n"


def test_a_status_is_spelled_as_another_record_spells_it() -> None:
    assert changed(BULLETS, "H1", {"status": "resolved"}) == BULLETS.replace("Ready", "Done")


def test_a_status_that_no_record_has_is_written_in_the_case_of_the_others() -> None:
    assert changed(BULLETS, "H1", {"status": "in_progress"}) == BULLETS.replace("Ready", "In progress")
    assert "**Status**: IN PROGRESS" in changed(
        BULLETS.replace("Ready", "READY").replace("Done", "DONE"), "H1", {"status": "in_progress"}
    )
    assert "**Status**: In-Progress" in changed(BULLETS.replace("Ready", "Not-Started"), "H1", {"status": "in_progress"})


def test_a_status_with_a_sign_keeps_having_one() -> None:
    signed = BULLETS.replace(": Ready", ": 🔓 Ready").replace(": Done", ": Done 🔔")
    assert changed(signed, "H1", {"status": "blocked"}) == signed.replace("🔓 Ready", "🔒 Blocked")
    alone = BULLETS.replace(": Ready", ": 🔓").replace(": Done", ": 🟢")
    assert changed(alone, "H1", {"status": "resolved"}) == alone.replace("🔓", "🟢")


def test_a_reason_stands_in_brackets_and_goes_with_its_status() -> None:
    told = changed(BULLETS, "H1", {"status": "blocked"}, remark="no oil")
    assert told == BULLETS.replace("Ready", "Blocked (no oil)")
    assert changed(told, "H1", {"status": "ready"}) == BULLETS
    with pytest.raises(Uneditable, match="it can hold none"):
        changed(BULLETS, "H1", {"status": "blocked"}, remark="no oil (yet)")


@pytest.mark.parametrize(
    ("items", "spelled"),
    [
        (["H1"], "H1"),
        (["H1", "H4"], "H1 and H4"),
        (["H1", "H3", "H4"], "H1, H3 and H4"),
        ([], "None"),
        (["H9", "H3"], "H9 and H3"),
    ],
)
def test_a_list_keeps_its_separators(items: list[str], spelled: str) -> None:
    assert changed(BULLETS, "H2", {"blocked_by": list(items)}) == BULLETS.replace("H1 and H3", spelled)


def test_items_keep_their_remarks_and_new_ones_their_signs() -> None:
    wordy = BULLETS.replace("H1 and H3", "`H1` (the lamp, mostly); `H3`")
    assert "**Blocked by**: `H1` (the lamp, mostly); `H3`; `H7`\n" in changed(wordy, "H2", {"blocked_by": ["H1", "H3", "H7"]})


def test_a_field_is_added_after_the_others_in_their_style() -> None:
    added = changed(BULLETS, "H1", {"phase": "2"})
    assert added == BULLETS.replace("- **Blocked by**: None\n", "- **Blocked by**: None\n- **Phase**: 2\n")
    assert changed(added, "H1", {"phase": None}) == BULLETS


def test_a_key_is_spelled_as_another_record_spells_it() -> None:
    assert "**Blocked by**: None\n- **Evidence**: a.md\n" in changed(BULLETS, "H1", {"evidence": ["a.md"]})
    assert "\n- **Proof**: a.md\n" in changed(BULLETS.replace("Evidence", "Proof"), "H1", {"evidence": ["a.md"]})


def test_lines_of_a_paragraph_keep_their_breaks() -> None:
    added = changed(LINES, "H1", {"type": "rope"})
    assert added == LINES.replace("**Phase**: 2\n", "**Phase**: 2  \n**Type**: rope\n")
    assert changed(added, "H1", {"type": None}) == LINES
    assert changed(BESIDE, "H1", {"type": "rope"}) == BESIDE.replace("2\n", "2 | **Type**: rope\n")
    with pytest.raises(Uneditable, match="shares its line"):
        changed(BESIDE, "H1", {"phase": None})


def test_a_section_without_fields_gets_its_first_one() -> None:
    bare = HEAD + "## H1: Lamp\n\nIt is dark.\n"
    assert changed(bare, "H1", {"status": "ready"}) == bare.replace("Lamp\n", "Lamp\n\n- **Status**: Ready\n")


def test_several_values_become_a_list_below_the_key() -> None:
    two = changed(BULLETS, "H2", {"evidence": ["horn.md", "test.xml"]})
    assert two == BULLETS.replace("**Evidence**: horn.md\n", "**Evidence**:\n  - horn.md\n  - test.xml\n")
    assert changed(two, "H2", {"evidence": ["test.xml", "a.md"]}) == two.replace(
        "  - horn.md\n  - test.xml", "  - test.xml\n  - a.md"
    )
    new = changed(BULLETS, "H1", {"evidence": ["a.md", "b.md"]})
    assert "None\n- **Evidence**:\n  - a.md\n  - b.md\n\n**Acceptance" in new
    below = changed(LINES, "H1", {"evidence": ["a.md", "b.md"]})
    assert below == LINES.replace("2\n", "2\n\n**Evidence**:\n\n- a.md\n- b.md\n")
    one = LINES.replace("2\n", "2  \n**Evidence**: a.md\n")
    with pytest.raises(Uneditable, match="room for one"):
        changed(one, "H1", {"evidence": ["a.md", "b.md"]})
    with pytest.raises(Uneditable, match="take it out by hand"):
        changed(two, "H2", {"evidence": []})


def test_a_status_in_the_heading_changes_with_the_sign_before_it() -> None:
    heading = HEAD + "## ✅ H1: Lamp — DONE\n\nIt burns.\n\n## 🔄 H2: Horn — IN PROGRESS\n"
    expected = heading.replace("✅ H1: Lamp — DONE", "🔄 H1: Lamp — IN PROGRESS")
    assert changed(heading, "H1", {"status": "in_progress"}) == expected
    boxed = HEAD + "## [x] H1: Lamp\n"
    assert changed(boxed, "H1", {"status": "pending"}) == boxed.replace("[x]", "[ ]")
    with pytest.raises(Uneditable, match="cannot say blocked"):
        changed(boxed, "H1", {"status": "blocked"})
    with pytest.raises(Uneditable, match="no room for a reason"):
        changed(heading, "H1", {"status": "in_progress"}, remark="again")


def test_a_sign_in_the_heading_goes_with_the_field() -> None:
    both = BULLETS.replace("## H1", "## 🔓 H1").replace("## H2", "## ✅ H2")
    assert changed(both, "H1", {"status": "resolved"}) == both.replace("🔓", "✅").replace("Ready", "Done")


def test_a_title_changes_in_the_heading() -> None:
    assert changed(BULLETS, "H1", {"title": "Bright lamp"}) == BULLETS.replace("H1: Lamp", "H1: Bright lamp")


def test_a_criterion_is_ticked_with_its_sign() -> None:
    assert changed(BULLETS, "H1", ticks={0: True}) == BULLETS.replace("- [ ] It burns", "- [x] It burns")
    assert changed(BULLETS, "H1", ticks={1: False}) == BULLETS.replace("[x] ✅ It turns", "[ ] ⏳ It turns")
    assert changed(BULLETS, "H1", ticks={0: True, 2: True}) == BULLETS.replace("[ ] It burns", "[x] It burns").replace(
        "[ ] ⏳ It is seen", "[x] ✅ It is seen"
    )
    assert changed(BULLETS, "H1", ticks={1: True}) == BULLETS


def test_a_dropped_criterion_is_not_ticked() -> None:
    with pytest.raises(Uneditable, match="criterion 1 was dropped"):
        changed(BULLETS.replace("[ ] It burns", "[~] It burns"), "H1", ticks={0: True})


def test_the_same_value_changes_nothing() -> None:
    assert changed(BULLETS, "H2", {"status": "resolved", "blocked_by": ["H1", "H3"], "phase": None}) == BULLETS


def test_a_file_without_front_matter_is_a_home_like_a_section() -> None:
    page = "# H1: Lamp\n\n**Status**: Ready\n\nWords.\n"
    told = changed(page, "H1", {"status": "blocked", "phase": "2"}, homes=(HomeRule("**/*.md", "hole", "file"),))
    assert told == page.replace("Ready\n", "Blocked  \n**Phase**: 2\n")


def test_what_would_not_be_read_back_is_refused() -> None:
    with pytest.raises(Uneditable, match=r"docs/PLAN\.md:7: type of H1 would be read as .* and not as"):
        changed(BULLETS, "H1", {"type": "a | b, "})
    with pytest.raises(Uneditable, match="write it on one line"):
        changed(BULLETS, "H1", {"type": "a\nb"})


def test_a_home_around_a_region_is_changed_outside_of_it_alone() -> None:
    region = '<!-- docsync:begin a view="hole-status" -->\n\n- **Phase**: 3\n\n<!-- docsync:end a -->\n'
    page = BULLETS.replace("End.\n", region)
    assert changed(page, "H2", {"phase": "2"}) == page.replace("horn.md\n", "horn.md\n- **Phase**: 2\n")


def test_a_place_where_a_new_field_would_be_read_otherwise_is_not_taken() -> None:
    """Below the last field a list begins that belongs to that."""
    page = HEAD + "## H1: Lamp\n**Priority**: high\nand a line of text.\n\n**Steps taken**:\n\n- **one**: more\n- two\n"
    told = changed(page, "H1", {"status": "ready"})
    assert told == page.replace("of text.\n", "of text.\n**Status**: Ready\n")


def test_a_field_goes_below_the_heading_where_nothing_else_will_do() -> None:
    page = HEAD + "## H1: Lamp\nA line of text.\n\n**Steps taken**:\n\n- **one**: more\n- two\n"
    assert changed(page, "H1", {"status": "ready"}) == page.replace("Lamp\nA", "Lamp\n\n- **Status**: Ready\n\nA")
    nested = changed(page, "H1", {"evidence": ["a.md", "b.md"]})
    assert nested == page.replace("Lamp\nA", "Lamp\n\n- **Evidence**:\n  - a.md\n  - b.md\n\nA")


@pytest.mark.parametrize(
    "rest",
    [
        "**Description**:\nDo these:\n- one\n- two\n",
        "**Notes**: so far\n- one\n- two\n",
        "**Notes**: as follows:\n\n- one\n",
    ],
)
def test_a_field_is_not_put_into_the_text_that_follows_another(rest: str) -> None:
    head = HEAD + "## H1: Lamp\n\n**Owner**: Ann\n\n"
    assert changed(head + rest, "H1", {"status": "ready"}) == f"{head}**Status**: Ready\n\n{rest}"


def test_a_field_before_the_only_one_has_a_paragraph_of_its_own_where_that_one_goes_on() -> None:
    head, rest = HEAD + "## H1: Lamp\n\n", "**Description**:\nDo these:\n- one\n"
    assert changed(head + rest, "H1", {"status": "ready"}) == f"{head}**Status**: Ready\n\n{rest}"


def test_the_day_that_a_heading_says_is_set_there() -> None:
    text = "---\nrecords: session\n---\n\n## Session 2 (May 9, 2026) - Pumps\n\nIt rained.\n"
    assert changed(text, "Session 2", {"date": "2026-05-10"}) == text.replace("May 9", "May 10")
