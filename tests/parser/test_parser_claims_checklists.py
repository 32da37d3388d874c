from __future__ import annotations

from claims_reading import Page

from docsync.models.claims import TEMPLATE
from docsync.models.document import Checklist
from docsync.text.spans import Span

BOARD = """\
# Board

- [x] order clay

## Gate 2

- [x] kiln is hot
  - [ ] measured twice
  - [X] written down
- [ ] glaze is mixed

### Papers

- [✓] licence
- [~] second licence
- [ ] ~~third licence~~

## Shelf

- just a note
- Knobs:
  - [x] round
  - [ ] square (deferred to phase 3)
"""


def _counts(page: Page) -> dict[str, tuple[int, int, int, int]]:
    return {found.title: (found.met, found.total, found.own_met, found.own_total) for found in page.checklists}


def test_boxes_are_counted_for_all_that_they_stand_in() -> None:
    assert _counts(Page(BOARD)) == {
        "Board": (5, 8, 1, 1),
        "Gate 2": (3, 5, 1, 2),
        "kiln is hot": (1, 2, 1, 2),
        "Papers": (1, 1, 1, 1),
        "Shelf": (1, 2, 1, 2),
        "Knobs:": (1, 2, 1, 2),
    }


def test_an_open_box_that_is_put_off_is_said_to_be() -> None:
    deferred = {found.title: found.deferred for found in Page(BOARD).checklists}
    assert deferred == {"Board": 1, "Gate 2": 0, "kiln is hot": 0, "Papers": 0, "Shelf": 1, "Knobs:": 1}


def test_remarks_that_put_off() -> None:
    remarks = ("[ ] a (out of scope)", "[ ] b - moved to phase 4", "[ ] c (optional)", "[x] d (deferred)", "[ ] move the shelf")
    text = "# Gate\n\n" + "".join(f"- {remark}\n" for remark in remarks)
    (found,) = Page(text).checklists
    assert (found.met, found.total, found.deferred) == (1, 5, 3)


def test_a_checklist_reaches_to_the_next_heading_of_its_level() -> None:
    page = Page(BOARD)
    by_title: dict[str, Checklist] = {found.title: found for found in page.checklists}
    assert page.said(by_title["Gate 2"].reach).startswith("## Gate 2")
    assert "Papers" in page.said(by_title["Gate 2"].reach)
    assert "Shelf" not in page.said(by_title["Gate 2"].reach)
    assert page.said(by_title["Gate 2"].span) == "Gate 2"
    assert page.said(by_title["Board"].reach) == BOARD.rstrip("\n")
    assert page.said(by_title["Knobs:"].reach).startswith("- Knobs:")
    assert page.said(by_title["Knobs:"].span) == "Knobs:"


def test_a_checklist_to_be_ticked_again_and_again_is_a_template() -> None:
    page = Page("# Kilns\n\n## Session Handoff Checklist\n\n- [ ] sweep the floor\n\n## Gate 1\n\n- [ ] kiln is hot\n")
    assert {found.title: found.scope.as_of for found in page.checklists} == {
        "Kilns": "",
        "Session Handoff Checklist": TEMPLATE,
        "Gate 1": "",
    }


def test_bullets_that_are_meant_to_stand_in_a_numbered_item_count_for_it() -> None:
    text = (
        "# K\n\n"
        + "".join(f"{number}. item {number}\n" for number in range(1, 10))
        + "10. H4: Kiln\n   - [x] hot\n   - [ ] cold\n"
    )
    found = {checklist.title: (checklist.met, checklist.total) for checklist in Page(text).checklists}
    assert found["H4: Kiln"] == (1, 2)


def test_generated_boxes_are_not_counted() -> None:
    start = BOARD.index("- [✓]")
    page = Page(BOARD, covered=(Span(start, start + 13),))
    assert "Papers" not in _counts(page)
    assert _counts(page)["Gate 2"] == (2, 4, 1, 2)


def test_no_boxes_no_checklists() -> None:
    assert Page("# K\n\n- a\n- b\n").checklists == []
    assert Page("").checklists == []
