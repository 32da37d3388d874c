from __future__ import annotations

from pathlib import Path

from casebuilding import check
from casefiles import Case

from docsync.models.diagnostics import Diagnostic

RING = """---
records: hole
---

## H1: Tide tables

**Status**: pending
**Blocked by**: H2
**Blocks**: H2

## H2: Berth order

**Status**: pending
**Blocked by**: H3
**Blocks**: H1, H3
"""


def found(tmp_path: Path, code: str, **texts: str) -> Diagnostic:
    """Give the one finding of a code in documents by their names."""
    case = Case("bad", "", files={f"{name}.md": text.encode() for name, text in texts.items()})
    (one,) = (each for each in check(case, tmp_path).diagnostics if each.code == code)
    return one


def test_a_row_shows_the_two_cells_that_contradict(tmp_path: Path) -> None:
    text = "# State\n\n| Part | Status | Progress |\n|---|---|---|\n| Ramp | ✅ Complete | 95% |\n"
    assert found(tmp_path, "DS303", state=text).evidence == (
        "one row has both: `✅ Complete` in its status column, 95% in its column of progress",
    )


def test_a_list_shows_that_its_signs_go_with_percentages(tmp_path: Path) -> None:
    text = "# State\n\n- ✅ Survey (100%)\n- ✅ Pier (60%)\n- 🚧 Ferries (30%)\n"
    assert found(tmp_path, "DS303", state=text).evidence == (
        "one item has both: `✅` before its name, 60% behind it",
        "signs go with percentages in this list: done items mostly have 100%, and all others have less",
    )


def test_boxes_of_a_list_of_tasks_are_counted_by_their_heading(tmp_path: Path) -> None:
    boxes = "\n".join(f"- [x] T{number} Drive pile {number}" for number in range(10, 20))
    text = f"# Tasks: Pier\n\n**Status**: Not started\n\n## Piles\n\n{boxes}\n\n## Deck\n\n- [ ] T20 Lay it\n"
    why, counted = found(tmp_path, "DS304", tasks=text).evidence
    assert why.startswith("the status is given at the top or the end of `Tasks: Pier`")
    assert counted == "boxes counted: 10 of 10 under `Piles` and 0 of 1 under `Deck`"


def test_boxes_of_a_section_are_counted_by_their_heading_and_line(tmp_path: Path) -> None:
    text = "# Plan\n\n## Phase 2: Pier ✅ Done\n\n- [x] Piles\n\n### Tasks\n\n- [x] Deck\n- [ ] Paint\n"
    one = found(tmp_path, "DS308", plan=text)
    assert one.message == "phase 2 is done, but 1 of its 3 boxes is open"
    assert one.evidence == (
        "of phase 2: 1 of 1 are ticked under `Phase 2: Pier ✅ Done`, line 3",
        "of phase 2: 1 of 2 are ticked under `Tasks`, line 7",
        "no remark puts an open one off",
    )


def test_boxes_inside_an_item_are_counted(tmp_path: Path) -> None:
    text = "# Tasks\n\n- [x] Build the pier\n  - [x] Piles\n  - [ ] Deck\n"
    first, _ = found(tmp_path, "DS308", tasks=text).evidence
    assert first == "2 boxes stand inside the item, 1 of them ticked; no remark puts an open one off"


def test_a_ring_tells_where_each_step_is_stated_and_which_lists_leave_one_out(tmp_path: Path) -> None:
    case = Case("bad", "", files={"holes.md": RING.encode()})
    ring = found(tmp_path, "DS401", holes=RING)
    assert ring.evidence == (
        "H1 waits for H2, as a `blocked_by` in holes.md, line 8 says",
        "H2 waits for H1, as a `blocks` in holes.md, line 9 says",
    )
    assert "`blocked_by` of H2 leaves out H1" in [place.message for place in ring.related]
    assert [one.code for one in check(case, tmp_path).diagnostics if "leaves out H1" in one.message] == []


def test_a_list_that_leaves_something_out_tells_which_one_names_it(tmp_path: Path) -> None:
    holes = "### H1: Tides\n\n**Blocks**: H2\n\n### H2: Berths\n\n**Blocked by**: H3\n\n### H3: Ropes\n\n**Status**: open\n"
    text = f"# Plan\n\n{holes}"
    rest = "and nothing in the list that leaves H1 out says that it is incomplete"
    assert found(tmp_path, "DS402", plan=text).evidence == (
        "`blocks` of H1 names H2; `blocked_by` of H2 is the other side of that",
        f"each of the two lists stands once in this document, as a key-value, {rest}",
    )


def test_a_wait_tells_of_all_that_it_names_how_it_stands(tmp_path: Path) -> None:
    head = "---\nrecords: hole\n---\n\n"
    text = f"{head}## H1: Tides\n\n**Status**: closed\n\n## H2: Berths\n\n**Status**: blocked\n**Blocked by**: H1\n"
    one = found(tmp_path, "DS404", holes=text)
    assert one.message == "H2 is blocked, but all it waits for is closed: H1"
    assert one.evidence == ("H2 waits for H1, which is closed, by a `blocked_by` in holes.md, line 12",)


def test_a_status_that_names_its_blocker_tells_where_that_stands_furthest(tmp_path: Path) -> None:
    text = "# State\n\n### H1: Tides\n\n**Status**: Merged\n\n### H2: Berths\n\n**Status**: Blocked by H1\n"
    assert found(tmp_path, "DS404", state=text).evidence == (
        "the status of H2 names all that it is blocked by: H1",
        "H1 is merged in state.md, line 5",
    )


def test_a_row_that_waits_tells_that_nothing_disputes_what_it_waits_for(tmp_path: Path) -> None:
    text = "# State\n\n| Hole | Status | Blocked by |\n|---|---|---|\n| H1 | ✅ | |\n| H2 | Blocked | H1 |\n"
    assert found(tmp_path, "DS404", state=text).evidence == (
        "the list of what H2 waits for names all of it: H1",
        "H1 is called done, and nothing disputes it",
    )


def test_a_stamp_tells_why_it_is_of_the_whole_document_and_what_is_newer(tmp_path: Path) -> None:
    text = "# State\n\n**Last updated**: 2025-03-02\n\n## Pier\n\n**Completed**: 2025-03-09\n"
    assert found(tmp_path, "DS410", state=text).evidence == (
        "`last updated` stands in the head or the foot, so it is of the whole document",
        "line 7 under `Pier`: `completed` tells of 2025-03-09",
    )


def test_things_that_one_line_names_together_are_one_finding(tmp_path: Path) -> None:
    rows = "| Phase | Status |\n|---|---|\n| Phase 4 | Blocked |\n| Phase 5 | Blocked |\n"
    text = f"# State\n\n{rows}\n## Notes\n\nThe Phase 4/5 holes are now unblocked\n"
    one = found(tmp_path, "DS301", state=text)
    reason = "what waits for something else cannot be started"
    assert one.message == f"phase 4 and phase 5 are blocked here and on line 6, but unblocked elsewhere: {reason}"
    assert [place.message for place in one.related] == [
        "phase 5 is blocked here",
        "phase 4 and phase 5 are unblocked here",
    ]
