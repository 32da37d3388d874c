from __future__ import annotations

import pytest
from edited_text import changed

from docsync.editing import Uneditable

HEAD = "---\nrecords: {task: items}\n---\n\n# Tasks\n\n"
BOXES = (
    HEAD
    + "- [ ] T001 Light the lamp\n- [X] T002 Sound the horn\n  - Depends on: T001\n  - [ ] heard at sea\n- [ ] T003 Row out\n"
)
SIGNS = HEAD + "- [x] ✅ **T1**: Lamp\n- [ ] ⏳ **T2**: Horn\n"
BARE = HEAD + "* 🔄 **T1**: Lamp\n* ✅ **T2**: Horn\n"


def test_a_box_is_ticked_as_the_others_are() -> None:
    assert changed(BOXES, "T001", {"status": "resolved"}) == BOXES.replace("[ ] T001", "[X] T001")
    assert changed(BOXES, "T002", {"status": "pending"}) == BOXES.replace("[X] T002", "[ ] T002")


def test_a_box_and_its_sign_change_together() -> None:
    assert changed(SIGNS, "T2", {"status": "resolved"}) == SIGNS.replace("[ ] ⏳", "[x] ✅")
    assert changed(SIGNS, "T1", {"status": "pending"}) == SIGNS.replace("[x] ✅", "[ ] ⏳")


def test_what_a_box_cannot_say_is_said_below_it() -> None:
    told = changed(BOXES, "T003", {"status": "blocked"}, remark="no boat")
    assert told == BOXES.replace("Row out\n", "Row out\n  - Status: Blocked (no boat)\n")
    assert changed(told, "T003", {"status": "resolved"}) == BOXES.replace(
        "[ ] T003 Row out\n", "[X] T003 Row out\n  - Status: Resolved\n"
    )
    assert "[ ] 🔄 **T1**: Lamp\n  - Status: In progress\n" in changed(SIGNS, "T1", {"status": "in_progress"})


def test_other_marks_are_used_where_the_document_has_them() -> None:
    marked = BOXES.replace("[ ] T001", "[/] T001")
    assert changed(marked, "T003", {"status": "in_progress"}) == marked.replace("[ ] T003", "[/] T003")


def test_a_sign_without_a_box_is_the_status() -> None:
    assert changed(BARE, "T1", {"status": "resolved"}) == BARE.replace("🔄", "✅")
    assert changed(BARE, "T1", {"status": "blocked"}) == BARE.replace("🔄", "🔒")


def test_a_field_is_added_below_the_item() -> None:
    assert changed(BOXES, "T003", {"depends_on": ["T001", "T002"]}) == BOXES + "  - Depends on: T001, T002\n"
    told = changed(BOXES, "T002", {"assignee": "Ann"})
    assert told == BOXES.replace("Depends on: T001\n", "Depends on: T001\n  - Assignee: Ann\n")
    assert changed(told, "T002", {"assignee": None}) == BOXES


def test_a_criterion_of_an_item_is_its_nested_box() -> None:
    assert changed(BOXES, "T002", ticks={0: True}) == BOXES.replace("[ ] heard", "[x] heard")


def test_numbered_and_indented_items_keep_their_indentation() -> None:
    text = HEAD + "10. [ ] T1 Lamp\n11. [ ] T2 Horn\n"
    assert changed(text, "T1", {"assignee": "Ann"}) == text.replace("Lamp\n", "Lamp\n    - Assignee: Ann\n")


def test_a_title_of_an_item_is_changed_in_its_line() -> None:
    assert changed(SIGNS, "T1", {"title": "Lantern"}) == SIGNS.replace("Lamp", "Lantern")


def test_a_list_below_a_key_keeps_its_lines() -> None:
    text = HEAD + "- [ ] T1 Lamp\n  - Labels:\n    - oil\n    - brass  \n\n- [ ] T2 Horn\n"
    assert changed(text, "T1", {"labels": ["brass", "glass"]}) == text.replace(
        "    - oil\n    - brass  \n", "    - brass\n    - glass  \n"
    )
    with pytest.raises(Uneditable, match="take it out by hand"):
        changed(text, "T1", {"labels": []})


def test_a_field_is_added_beside_the_children_of_the_item() -> None:
    text = HEAD + "- [ ] T1 Lamp\n    - [ ] trim it\n- [ ] T2 Horn\n* [ ] T3 Boat\n  + oars\n"
    started = {"status": "in_progress"}
    assert changed(text, "T1", started) == text.replace("Lamp\n", "Lamp\n    - Status: In progress\n")
    assert changed(text, "T2", started) == text.replace("Horn\n", "Horn\n    - Status: In progress\n")
    assert changed(text, "T3", started) == text.replace("Boat\n", "Boat\n  + Status: In progress\n")


@pytest.mark.parametrize("held", ["\n    A paragraph.\n", "\n      turn(lamp)\n", "\n      code\n\n    Words.\n  - child\n"])
def test_a_field_does_not_draw_into_itself_what_the_item_holds(held: str) -> None:
    text = HEAD + f"- [ ] T1 Lamp\n{held}"
    last = held.index("  - child") if "child" in held else len(held)
    expected = HEAD + f"- [ ] T1 Lamp\n{held[:last]}  - Status: In progress\n{held[last:]}"
    assert changed(text, "T1", {"status": "in_progress"}) == expected


def test_a_field_stands_below_tabs_as_they_are() -> None:
    text = HEAD + "- Tower\n\t- [ ] T1 Lamp\n"
    assert changed(text, "T1", {"assignee": "Ann"}) == text + "\t  - Assignee: Ann\n"
