from __future__ import annotations

import pytest
from edited_text import changed

from docsync.editing import Uneditable

PAGE = """---
kind: hole
id: H1
title: Lamp  # the big one
status: 'pending'
blocked_by: [H2, H3]   # for now
phase: 3
---

# ✅ H1: Lamp

- [ ] It burns
- [x] It turns
"""
STATED = """---
kind: task
id: T1
status: ready
done-when:
  - "[ ] the rope holds"
  - {text: the knot holds, met: true}
  - no mark at all
---
"""


def test_a_value_keeps_its_quotes_and_its_comment() -> None:
    assert changed(PAGE, "H1", {"status": "in_progress"}) == PAGE.replace("'pending'", "'in_progress'")
    assert changed(PAGE, "H1", {"title": "Lantern"}) == PAGE.replace("title: Lamp ", "title: Lantern ")


def test_a_list_keeps_its_form() -> None:
    assert changed(PAGE, "H1", {"blocked_by": ["H3", "H5"]}) == PAGE.replace("[H2, H3]", "[H3, H5]")
    assert changed(PAGE, "H1", {"blocked_by": []}) == PAGE.replace("[H2, H3]", "[]")


def test_numbers_of_records_stay_numbers() -> None:
    assert changed(PAGE, "H1", {"phase": "4"}) == PAGE.replace("phase: 3", "phase: 4")
    assert changed(PAGE, "H1", {"phase": "P4"}) == PAGE.replace("phase: 3", "phase: P4")


def test_a_key_is_added_and_taken_out_again() -> None:
    added = changed(PAGE, "H1", {"type": "rope: thick"})
    assert added == PAGE.replace("phase: 3\n", 'phase: 3\ntype: "rope: thick"\n')
    assert changed(added, "H1", {"type": None}) == PAGE


def test_a_new_key_has_hyphens_where_the_others_do() -> None:
    assert "\ndepends-on: [T2]\n---" in changed(STATED, "T1", {"depends_on": ["T2"]})


def test_what_the_body_says_again_is_left_to_the_check() -> None:
    assert "# ✅ H1: Lamp\n" in changed(PAGE, "H1", {"status": "blocked"})


def test_a_reason_follows_the_status() -> None:
    told = changed(PAGE, "H1", {"status": "deferred"}, remark="not this year")
    assert told == PAGE.replace("'pending'", "'deferred (not this year)'")


def test_a_computed_key_is_not_set() -> None:
    page = PAGE.replace("phase: 3\n", "phase: 3\ndocsync: {computed: [progress]}\nprogress: 50%\n")
    with pytest.raises(Uneditable, match="progress is computed"):
        changed(page, "H1", {"progress": "60%"})


def test_criteria_are_ticked_in_the_body_and_in_front_matter() -> None:
    assert changed(PAGE, "H1", ticks={0: True}) == PAGE.replace("[ ] It burns", "[x] It burns")
    assert changed(STATED, "T1", ticks={0: True}) == STATED.replace("[ ] the", "[x] the")
    assert "text: the knot holds, met: false" in changed(STATED, "T1", ticks={1: False})


def test_a_key_that_cannot_be_changed_alone_is_refused() -> None:
    page = "---\n{kind: hole, id: H1, status: ready, type: a}\n---\n"
    with pytest.raises(Uneditable, match="take it out by hand"):
        changed(page, "H1", {"type": None})


def test_several_keys_are_added_together() -> None:
    told = changed(PAGE, "H1", {"status": "resolved", "resolution": "lamp.md", "evidence": ["a.md", "b.md"]})
    assert told == PAGE.replace("pending", "resolved").replace(
        "phase: 3\n", "phase: 3\nresolution: lamp.md\nevidence: [a.md, b.md]\n"
    )
