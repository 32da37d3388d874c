from __future__ import annotations

import pytest
from edited_text import changed

from docsync.editing import Uneditable

HEAD = "---\nrecords: task\n---\n\n# Tasks\n\n"
PADDED = HEAD + (
    "| ID | Task     | Status  | Depends on | Wave |\n"
    "| -- | -------- | ------- | ---------- | ---: |\n"
    "| T1 | Lamp     | Done    |            |    1 |\n"
    "| T2 | Fog horn | Pending | T1         |   12 |\n"
    "| T3 | A very long name | Pending | T1, T2 | 3 |\n"
)
PLAIN = HEAD + "| ID | Task | Status |\n|---|---|---|\n| T1 | Lamp | Done |\n| T2 | Fog horn | In progress |\n"
TIGHT = HEAD + "|ID|Task|Status|\n|-|-|-|\n|T1|Lamp|Done|\n|T2|Horn|Open|\n"
SHORT = HEAD + "| ID | Task | Status | Owner |\n|---|---|---|---|\n| T1 | Lamp | Done |\n| T2\n"


def test_a_cell_keeps_the_width_of_its_column() -> None:
    assert changed(PADDED, "T2", {"status": "resolved"}) == PADDED.replace("Fog horn | Pending |", "Fog horn | Done    |")
    assert changed(PADDED, "T1", {"depends_on": ["T2", "T3"]}) == PADDED.replace("|            |    1", "| T2, T3     |    1")
    assert changed(PADDED, "T2", {"wave": 3}) == PADDED.replace("|   12 |", "|    3 |")


def test_a_cell_that_grows_widens_its_own_row_alone_and_shrinks_again() -> None:
    grown = changed(PADDED, "T2", {"status": "in_progress"})
    assert grown == PADDED.replace("| Pending | T1         |", "| In progress | T1         |")
    assert changed(grown, "T2", {"status": "pending"}) == PADDED


@pytest.mark.parametrize("text", [PLAIN, TIGHT])
def test_a_table_that_is_not_padded_is_not_padded(text: str) -> None:
    told = changed(text, "T1", {"status": "deferred"})
    assert told == text.replace("Done", "Deferred")
    assert changed(told, "T1", {"status": "resolved"}) == text.replace("Done", "Resolved")


def test_a_cell_that_the_row_leaves_out_is_written() -> None:
    assert changed(SHORT, "T1", {"assignee": "Ann"}) == SHORT.replace("| Done |", "| Done | Ann |")
    assert changed(SHORT, "T2", {"assignee": "Ann"}).endswith("| T2 |  |  | Ann |\n")


def test_an_emptied_cell_is_empty_as_the_others_are() -> None:
    assert changed(PADDED, "T2", {"depends_on": []}) == PADDED.replace("| T1         |   12", "|            |   12")
    dashes = PADDED.replace("|            |    1", "| —          |    1")
    assert changed(dashes, "T2", {"depends_on": []}) == dashes.replace("| T1         |   12", "| —          |   12")


def test_a_pipe_is_escaped_and_a_wide_sign_counts_twice() -> None:
    assert "| Pending (a \\| b) | T1" in changed(PADDED, "T2", {"status": "pending"}, remark="a | b")
    wide = PADDED.replace("Done    ", "✅ Done ")
    assert changed(wide, "T2", {"status": "resolved"}) == wide.replace("horn | Pending |", "horn | ✅ Done |")


def test_a_column_that_is_missing_is_told() -> None:
    with pytest.raises(Uneditable, match=r"the table at docs/PLAN\.md:7 has no column for phase; add one titled Phase"):
        changed(PADDED, "T1", {"phase": "3"})


def test_a_cell_holds_one_text_of_a_list() -> None:
    text = PADDED.replace("Depends on", "Labels    ")
    with pytest.raises(Uneditable, match="room for one labels"):
        changed(text, "T1", {"labels": ["a", "b"]})


def test_a_title_in_a_column_of_the_kind_is_changed_there() -> None:
    assert changed(PADDED, "T1", {"title": "Lantern"}) == PADDED.replace("| Lamp     |", "| Lantern  |")


def test_a_sign_beside_the_id_goes_with_the_status() -> None:
    text = HEAD.replace("task", "hole") + "| ID | Title |\n| --- | --- |\n| ✅ H1 | Lamp |\n| 🔄 H2 | Horn |\n"
    assert changed(text, "H2", {"status": "resolved"}) == text.replace("🔄", "✅")


def test_several_cells_of_a_row_change_together() -> None:
    told = changed(PADDED, "T2", {"status": "resolved", "depends_on": [], "wave": 1, "title": "Horn"})
    assert told == PADDED.replace(
        "| T2 | Fog horn | Pending | T1         |   12 |", "| T2 | Horn     | Done    |            |    1 |"
    )


def test_a_tight_table_stays_tight_where_a_cell_is_as_wide_as_its_header() -> None:
    text = HEAD + "|ID|Task|Depends on|\n|-|-|-|\n|T1|Lamp|T2, T3, T4|\n"
    assert changed(text, "T1", {"depends_on": ["T2"]}) == text.replace("T2, T3, T4", "T2")
    several = HEAD + "|ID|Task|Depends on|\n|-|-|-|\n|T1|Lamp|T2, T3|\n|T2|Horn||\n"
    grown = changed(several, "T1", {"depends_on": ["T2", "T3", "T4"]})
    assert changed(grown, "T1", {"depends_on": ["T2", "T3"]}) == several


def test_a_column_that_is_padded_by_characters_is_padded_so_again() -> None:
    text = HEAD + "| ID | Status    |\n| -- | --------- |\n| T1 | 🔓 Ready   |\n| T2 | ⏳ Pending |\n| T3 | 🔓 Ready   |\n"
    told = changed(text, "T1", {"status": "pending"})
    assert told == text.replace("| T1 | 🔓 Ready   |", "| T1 | ⏳ Pending |")
    assert changed(told, "T1", {"status": "ready"}) == text
