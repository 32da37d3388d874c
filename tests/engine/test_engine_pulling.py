from __future__ import annotations

from pathlib import Path

import pytest

from docsync.engine import Wish
from docsync.engine.pulling.offers import Findings
from docsync.engine.pulling.pull import pull
from docsync.engine.request import JobError, Request
from lighthouse import codes, put_right, run
from trees import commit, plant

MILL = {
    "docsync.toml": '[status.words]\nground = "resolved"\n',
    "holes/H1.md": "---\nkind: hole\nid: H1\ntitle: Millstone\nstatus: resolved\nphase: P1\n---\n\n# Millstone\n",
    "holes/H2.md": (
        "---\nkind: hole\nid: H2\ntitle: Water wheel\nstatus: in_progress\nphase: P1\nblocked_by: [H1]\n"
        "constraints: [no iron, dry in June]\n---\n\n# Water wheel\n\n## Acceptance criteria\n\n"
        "- [ ] It turns in summer\n- [x] It stops for the eel\n"
    ),
    "PLAN.md": """\
---
records: [phase, metric]
---

# Plan

| ID | Title | Status |
| -- | ----- | ------ |
| P1 | Grinding | In progress |
| P2 | Baking | Pending |

| ID | Metric | Current | Target | Unit |
| -- | ------ | ------- | ------ | ---- |
| M1 | Sacks a day | 4 | 9 | sacks |
""",
    "BOARD.md": """\
# Board

<!-- docsync:begin holes view="status-table" kind="hole" columns="id,title,status,phase,constraints,blocked_by,progress" -->

<!-- docsync:end holes -->

> <!-- docsync:begin next view="next-ready" kind="hole" -->
>
> <!-- docsync:end next -->

<!-- docsync:begin metrics view="metrics" -->

<!-- docsync:end metrics -->

<!-- docsync:begin gates view="gate-dashboard" kind="hole" where="id=H2" unmet="yes" -->

<!-- docsync:end gates -->

<!-- docsync:begin sum view="progress-summary" kind="hole" -->

<!-- docsync:end sum -->

<!-- docsync:begin index view="status-table" kind="hole" columns="link,title=Name,status" -->

<!-- docsync:end index -->
""",
}


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    """Give a project whose board is as docsync wrote it, and committed."""
    plant(tmp_path, MILL)
    put_right(tmp_path)
    commit(tmp_path)
    return tmp_path


def edit(root: Path, *changes: tuple[str, str], path: str = "BOARD.md") -> str:
    """Change what a file says, each change in one place; gives the new text."""
    text = (root / path).read_text()
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in\n{text}"
        text = text.replace(old, new)
    (root / path).write_text(text)
    return text


def found(root: Path, *paths: str) -> Findings:
    return pull(Request(str(root), tuple(str(root / path) for path in paths)), write=False).findings


def offered(root: Path, *paths: str) -> list[tuple[str, str, str, str]]:
    return [(offer.record.id, offer.field, offer.before, offer.after) for offer in found(root, *paths).offers]


def left(root: Path) -> list[tuple[str, str]]:
    return [(one.subject, one.reason) for one in found(root).left]


WHEEL = "| H2  | Water wheel | 🔄 in progress | P1    |"


def test_nothing_is_offered_where_nothing_was_changed(mill: Path) -> None:
    assert found(mill) == Findings()


@pytest.mark.parametrize(
    ("written", "after"),
    [("resolved", "resolved"), ("✅ Done", "resolved"), ("**blocked**", "blocked"), ("🔒", "blocked"), ("ground", "resolved"),
     ("[x]", "resolved"), ("🔄 on hold", "blocked")],
)  # fmt: skip
def test_a_status_is_offered_by_its_own_word(mill: Path, written: str, after: str) -> None:
    edit(mill, (WHEEL, f"| H2  | Water wheel | {written} | P1    |"))
    assert offered(mill) == [("H2", "status", "in_progress", after)]
    assert left(mill) == []


@pytest.mark.parametrize("written", ["🔄 In work", "in-progress", "**in progress**", "🔄"])
def test_other_words_for_the_same_are_no_change(mill: Path, written: str) -> None:
    edit(mill, (WHEEL, f"| H2  | Water wheel | {written} | P1    |"))
    assert offered(mill) == []


@pytest.mark.parametrize("written", ["80% done", "perhaps", "resolved, but see below"])
def test_what_is_more_than_a_status_is_left_with_the_reason(mill: Path, written: str) -> None:
    edit(mill, (WHEEL, f"| H2  | Water wheel | {written} | P1    |"))
    assert offered(mill) == []
    assert left(mill) == [
        (
            f"H2 status: 🔄 in progress → {written}",
            f"“{written}” is not a status and nothing else; write one such as `in progress`",
        )
    ]


def test_title_reference_and_list_are_offered(mill: Path) -> None:
    edit(mill, (WHEEL, "| H2  | Wheel *of* water | 🔄 in progress | P2    |"), ("no iron, dry in June", "no iron, wet"))
    assert offered(mill) == [
        ("H2", "title", "Water wheel", "Wheel *of* water"),
        ("H2", "phase", "P1", "P2"),
        ("H2", "constraints", "no iron, dry in June", "no iron, wet"),
    ]


def test_a_dash_empties_a_field(mill: Path) -> None:
    edit(mill, (WHEEL, "| H2  | Water wheel | 🔄 in progress | —    |"))
    (offer,) = found(mill).offers
    assert (offer.field, offer.values, offer.after) == ("phase", (), "nothing")


def test_what_follows_from_other_things_is_left_with_the_reason(mill: Path) -> None:
    board = edit(mill, ("| no iron, dry in June | H1 ", "| no iron, dry in June | H1, H3 "))
    edit(mill, ("█████░░░░░ 50% (1/2)", "██████████ 100% (2/2)"))
    assert "H1, H3" in board
    assert offered(mill) == []
    assert [subject.split(":")[0] for subject, _ in left(mill)] == ["H2 blocked_by", "H2 progress"]
    assert "either side" in left(mill)[0][1]
    assert "counted" in left(mill)[1][1]


def test_a_figure_is_offered_without_its_unit(mill: Path) -> None:
    edit(mill, ("| 4 sacks | 9 sacks |", "| 5 sacks |      10 |"))
    assert [(offer.record.id, offer.field, offer.values) for offer in found(mill).offers] == [
        ("M1", "current", ("5",)),
        ("M1", "target", ("10",)),
    ]


def test_a_cell_that_is_counted_is_left(mill: Path) -> None:
    edit(mill, ("| 1/2 | no     |", "| 2/2 | yes    |"))
    assert offered(mill) == []
    assert left(mill)[0] == ("H2 Criteria: 1/2 → 2/2", "it is counted; change what it counts") or len(left(mill)) == 2


def test_a_box_that_is_ticked_in_a_list_is_offered_to_its_criterion(mill: Path) -> None:
    edit(mill, ("- It turns in summer", "- [x] It turns in summer"))
    (offer,) = found(mill).offers
    assert offer.criterion is not None
    assert (offer.record.id, offer.criterion.text, offer.before, offer.after) == ("H2", "It turns in summer", "not met", "met")


def test_a_region_in_a_quote_is_read_and_placed(mill: Path) -> None:
    edit(mill, ("> | H2  | Water wheel | 🔄 in progress | —        |", "> | H2  | Water wheel | blocked | —        |"))
    assert offered(mill) == [("H2", "status", "in_progress", "blocked")]
    (offer,) = found(mill).offers
    text = (mill / "BOARD.md").read_text()
    assert [text[place.span.start : place.span.end] for place, _ in offer.places] == ["blocked"]


def test_a_row_may_be_named_by_a_link(mill: Path) -> None:
    edit(mill, ("| [H2](holes/H2.md) | Water wheel |", "| [H2](holes/H2.md) | Big wheel |"))
    assert offered(mill) == [("H2", "title", "Water wheel", "Big wheel")]


def test_the_same_change_in_two_tables_is_one_offer(mill: Path) -> None:
    edit(
        mill,
        (WHEEL, "| H2  | Water wheel | blocked | P1    |"),
        ("| [H2](holes/H2.md) | Water wheel | 🔄 in progress |", "| [H2](holes/H2.md) | Water wheel | 🔒 blocked |"),
    )
    (offer,) = found(mill).offers
    assert len(offer.places) == 2


def test_two_tables_that_disagree_are_left(mill: Path) -> None:
    edit(
        mill,
        (WHEEL, "| H2  | Water wheel | blocked | P1    |"),
        ("| [H2](holes/H2.md) | Water wheel | 🔄 in progress |", "| [H2](holes/H2.md) | Water wheel | done |"),
    )
    assert offered(mill) == []
    assert {reason for _, reason in left(mill)} == {"two tables disagree: blocked and resolved"}


def test_a_home_that_changed_is_not_pulled_back(mill: Path) -> None:
    edit(mill, ("status: in_progress", "status: blocked"), path="holes/H2.md")
    assert found(mill) == Findings()
    edit(mill, ("| H1  | Millstone   | ✅ resolved    | P1    |", "| H1  | Mill stone | ✅ resolved    | P1    |"))
    assert offered(mill) == [("H1", "title", "Millstone", "Mill stone")]
    assert left(mill) == []


def test_a_cell_that_both_sides_changed_is_a_conflict(mill: Path) -> None:
    edit(mill, ("status: in_progress", "status: blocked"), path="holes/H2.md")
    edit(mill, (WHEEL, "| H2  | Water wheel | done | P1    |"))
    assert offered(mill) == []
    assert left(mill) == [
        ("H2 status: 🔒 blocked → done", "both sides changed: it was 🔄 in progress when the table was last written")
    ]


def test_both_sides_may_change_to_the_same(mill: Path) -> None:
    edit(mill, ("status: in_progress", "status: blocked"), path="holes/H2.md")
    edit(mill, (WHEEL, "| H2  | Wheel | blocked | P1    |"))
    assert offered(mill) == [("H2", "title", "Water wheel", "Wheel")]
    assert left(mill) == []


def test_what_docsync_wrote_since_the_last_commit_counts(mill: Path) -> None:
    edit(mill, ("status: in_progress", "status: blocked"), path="holes/H2.md")
    put_right(mill)
    edit(mill, ("| H2  | Water wheel | 🔒 blocked  | P1    |", "| H2  | Water wheel | in progress | P1    |"))
    assert offered(mill) == [("H2", "status", "blocked", "in_progress")]


def test_what_git_brought_since_docsync_wrote_counts(mill: Path) -> None:
    edit(mill, ("status: in_progress", "status: blocked"), path="holes/H2.md")
    edit(mill, (WHEEL, "| H2  | Water wheel | 🔒 blocked | P1    |"))
    commit(mill)
    edit(mill, ("| H2  | Water wheel | 🔒 blocked | P1    |", "| H2  | Water wheel | deferred | P1    |"))
    assert offered(mill) == [("H2", "status", "blocked", "deferred")]


def test_without_git_the_memory_tells(tmp_path: Path) -> None:
    plant(tmp_path, MILL)
    put_right(tmp_path)
    edit(tmp_path, (WHEEL, "| H2  | Water wheel | done | P1    |"))
    assert offered(tmp_path) == [("H2", "status", "in_progress", "resolved")]


def test_where_nothing_tells_what_it_was_nothing_is_offered(mill: Path) -> None:
    edit(mill, ('columns="link,title=Name,status"', 'columns="link,title=Name,status,type"'))
    edit(mill, ("| [H2](holes/H2.md) | Water wheel | 🔄 in progress |", "| [H2](holes/H2.md) | Water wheel | done |"))
    assert offered(mill) == [("H2", "status", "in_progress", "resolved")]


ROW = "(holes/H2.md) | Water wheel | 🔄 in progress |\n"


def test_rows_and_text_by_hand_are_left(mill: Path) -> None:
    edit(
        mill,
        ("| [H1](holes/H1.md) | Millstone   | ✅ resolved    |\n", ""),
        (ROW, f"{ROW}| H9 | Roof | pending |\n"),
        ("1 of 2 holes resolved (50%)", "2 of 2 holes resolved (100%)"),
    )  # fmt: skip
    assert offered(mill) == []
    subjects = [subject for subject, _ in left(mill)]
    assert subjects == [
        "the text “2 of 2 holes resolved (100%); 1 in progress.”",
        "the row [H1](holes/H1.md), taken out",
        "the row H9",
    ]


@pytest.mark.parametrize(
    ("row", "help_"),
    [
        ("| H2 | Water | wheel | resolved | P1 | — | H1 | 50% |", "a `|` inside a cell needs a backslash before it: `\\|`"),
        ("| H2 | resolved | P1 | — | H1 | 50% |", "write its empty cells, too"),
        ("H2 | Water | wheel | resolved | P1 | — | H1 | 50%", "a `|` inside a cell needs a backslash before it: `\\|`"),
    ],
)
def test_a_row_whose_cells_are_shifted_is_left_whole(mill: Path, row: str, help_: str) -> None:
    board = (mill / "BOARD.md").read_text()
    old = next(line for line in board.split("\n") if line.startswith("| H2 "))
    (mill / "BOARD.md").write_text(board.replace(old, row, 1))
    findings = found(mill)
    assert findings.offers == ()
    told = next(one for one in findings.left if one.subject == "the row H2")
    assert "titles, so nothing tells which cell is whose" in told.reason
    assert told.help == help_
    assert write(mill).offers == ()
    assert "title: Water wheel\nstatus: in_progress" in (mill / "holes/H2.md").read_text()
    assert row in (mill / "BOARD.md").read_text()


def test_a_bar_with_a_backslash_shifts_nothing(mill: Path) -> None:
    board = (mill / "BOARD.md").read_text()
    old = next(line for line in board.split("\n") if line.startswith("| H2 "))
    (mill / "BOARD.md").write_text(board.replace(old, old.replace("Water wheel", "Water \\| wheel"), 1))
    assert not [one for one in found(mill).left if one.subject == "the row H2"]


def test_only_what_was_asked_for_is_looked_at(mill: Path) -> None:
    edit(mill, (WHEEL, "| H2  | Water wheel | done | P1    |"))
    assert offered(mill, "PLAN.md") == []
    assert len(offered(mill, "BOARD.md")) == 1


def test_a_record_that_lives_in_two_places_is_left(mill: Path) -> None:
    other = "---\nkind: hole\nid: H2\ntitle: Race\nstatus: pending\n---\n\n# Race\n"
    plant(mill, {"later/H2.md": other})
    put_right(mill)
    commit(mill)
    edit(mill, ("| [H2](later/H2.md) | Race ", "| [H2](later/H2.md) | Mill race "))
    ((subject, reason),) = left(mill)
    assert subject == "later/H2.md#H2 title: Race → Mill race"
    assert reason.startswith("H2 lives in two places")


def test_rows_of_records_that_share_an_id_are_left(mill: Path) -> None:
    other = "---\nkind: hole\nid: H2\ntitle: Race\nstatus: pending\n---\n\n# Race\n"
    plant(mill, {"later/H2.md": other})
    put_right(mill)
    commit(mill)
    edit(mill, ("| H2  | Race        | ⏳ pending     | —     |", "| H2  | Mill race | ⏳ pending     | —     |"))
    assert offered(mill) == []
    assert left(mill)[0][1] == "several records go by H2 here"


def test_an_illegal_transition_is_left_and_the_rest_is_offered(mill: Path) -> None:
    edit(mill, ("| H1  | Millstone   | ✅ resolved    | P1    |", "| H1  | Mill stone | pending | P1    |"))
    assert offered(mill) == [("H1", "title", "Millstone", "Mill stone")]
    assert left(mill) == [
        ("H1 status: resolved → pending", "H1 is resolved, which pending cannot follow; legal are in progress, failed")
    ]


def test_an_unknown_reference_is_left(mill: Path) -> None:
    edit(mill, (WHEEL, "| H2  | Water wheel | 🔄 in progress | P7    |"))
    ((subject, reason),) = left(mill)
    assert subject == "H2 phase: P1 → P7"
    assert "P7" in reason


def write(root: Path) -> Findings:
    return pull(Request(str(root)), write=True).findings


def standing(root: Path) -> list[str]:
    return [code for code in codes(run(root)) if code.split()[1].startswith("DS6")]


def test_what_is_pulled_stands_in_its_home_and_everywhere_else(mill: Path) -> None:
    edit(mill, (WHEEL, "| H2  | Wheel | done | P2    |"), ("- It turns in summer", "- [x] It turns in summer"))
    write(mill)
    home = (mill / "holes/H2.md").read_text()
    assert home == (
        "---\nkind: hole\nid: H2\ntitle: Wheel\nstatus: resolved\nphase: P2\nblocked_by: [H1]\n"
        "constraints: [no iron, dry in June]\n---\n\n# Water wheel\n\n## Acceptance criteria\n\n"
        "- [x] It turns in summer\n- [x] It stops for the eel\n"
    )
    board = (mill / "BOARD.md").read_text()
    assert "2 of 2 holes resolved (100%)" in board
    assert "Nothing is ready to start." in board
    assert standing(mill) == []
    assert put_right(mill).changes == ()
    assert found(mill) == Findings()


def test_a_pulled_table_is_not_taken_for_edited_when_its_home_changes_later(mill: Path) -> None:
    edit(mill, (WHEEL, "| H2  | Wheel | blocked | P1    |"))
    write(mill)
    edit(mill, ("title: Wheel", "title: Big wheel"), path="holes/H2.md")
    assert set(standing(mill)) == {"BOARD.md DS601"}
    put_right(mill)
    assert standing(mill) == []


def test_a_region_with_something_left_is_kept_and_tells_only_that_the_next_time(mill: Path) -> None:
    edit(
        mill,
        (WHEEL, "| H2  | Water wheel | 🔄 on hold | P1    |"),
        ("| no iron, dry in June | H1 ", "| no iron, dry in June | H1, H3 "),
    )
    before = write(mill)
    assert [offer.after for offer in before.offers] == ["blocked"]
    assert "status: blocked" in (mill / "holes/H2.md").read_text()
    assert "H1, H3" in (mill / "BOARD.md").read_text()
    again = found(mill)
    assert again.offers == ()
    assert [one.subject for one in again.left] == ["H2 blocked_by: H1 → H1, H3"]


def test_numbers_that_were_put_right_by_hand_as_well_are_no_hindrance(mill: Path) -> None:
    edit(
        mill,
        (WHEEL, "| H2  | Water wheel | done | P1    |"),
        ("1 of 2 holes resolved (50%); 1 in progress.", "2 of 2 holes resolved (100%)."),
        ("`██████████░░░░░░░░░░` 50%", "`████████████████████` 100%"),
    )
    assert write(mill).left == ()
    assert standing(mill) == []


def test_a_pull_that_would_make_a_cycle_is_refused_whole(mill: Path) -> None:
    plant(mill, {"docsync.toml": '[kinds.hole.fields.after]\ntype = "references"\nrole = "needs"\n'})
    board = (mill / "BOARD.md").read_text().replace('columns="link,title=Name,status"', 'columns="link,title=Name,after"')
    plant(mill, {"BOARD.md": board})
    put_right(mill, wish=Wish(overwrite_edited=True))
    commit(mill)
    edit(mill, ("| [H1](holes/H1.md) | Millstone   | —     |", "| [H1](holes/H1.md) | Millstone   | H2    |"))
    before = (mill / "holes/H1.md").read_bytes()
    with pytest.raises(JobError, match=r"cycle: H1 → H2 → H1|cycle: H2 → H1 → H2"):
        write(mill)
    assert (mill / "holes/H1.md").read_bytes() == before


BOXES = """\
{#
Criteria with their boxes.

kind: the kind
#}
{% for record in selected %}
## {{ record.id }}

{% for category in record.categories %}
{% for one in category.criteria %}
- [{% if one.met %}x{% else %} {% endif %}] {{ one.text }}

{% endfor %}
{% endfor %}

{% endfor %}
"""
RACE = (
    "---\nkind: hole\nid: H3\ntitle: Mill race\nstatus: pending\n---\n\n# Mill race\n\n## Acceptance criteria\n\n"
    "- [ ] It turns in summer\n- [x] It has a grate\n"
)


@pytest.fixture
def boxes(tmp_path: Path) -> Path:
    """Give a project with a view of its own that shows boxes, in lists of their own below headings."""
    plant(
        tmp_path,
        {
            **MILL,
            "docsync.toml": 'templates = "views"\n',
            "views/boxes.md.j2": BOXES,
            "holes/H3.md": RACE,
            "BOARD.md": '# Board\n\n<!-- docsync:begin b view="boxes" kind="hole" -->\n\n<!-- docsync:end b -->\n',
        },
    )
    put_right(tmp_path)
    commit(tmp_path)
    return tmp_path


def ticked(root: Path) -> list[tuple[str, str, str]]:
    return [(offer.record.id, offer.field, offer.after) for offer in found(root).offers]


def test_boxes_are_ticked_and_emptied_in_the_record_that_the_heading_names(boxes: Path) -> None:
    text = (boxes / "BOARD.md").read_text()
    head, tail = text.split("## H3")
    tail = tail.replace("- [ ] It turns in summer", "- [x] It turns in summer").replace(
        "[x] It has a grate", "[ ] It has a grate"
    )
    (boxes / "BOARD.md").write_text(f"{head}## H3{tail}")
    assert ticked(boxes) == [("H3", "It turns in summer", "met"), ("H3", "It has a grate", "not met")]
    write(boxes)
    assert (boxes / "holes/H3.md").read_text().endswith("- [x] It turns in summer\n- [ ] It has a grate\n")
    assert "- [ ] It turns in summer" in (boxes / "holes/H2.md").read_text()
    assert standing(boxes) == []


def test_a_box_that_no_criterion_has_is_left(boxes: Path) -> None:
    text = (boxes / "BOARD.md").read_text()
    (boxes / "BOARD.md").write_text(text.replace("- [x] It has a grate\n", "- [x] It has a grate\n- [x] It is blue\n"))
    assert left(boxes) == [("the box of “It is blue”: ticked", "no criterion says so")]


def test_a_box_that_both_sides_changed_is_no_conflict_when_they_agree(boxes: Path) -> None:
    text = (boxes / "BOARD.md").read_text()
    (boxes / "BOARD.md").write_text(text.replace("[x] It has a grate", "[ ] It has a grate"))
    edit(boxes, ("[x] It has a grate", "[ ] It has a grate"), path="holes/H3.md")
    assert found(boxes) == Findings()


def test_a_list_that_lags_behind_is_not_pulled(boxes: Path) -> None:
    edit(boxes, ("[x] It has a grate", "[ ] It has a grate"), path="holes/H3.md")
    edit(boxes, ("- [x] It stops for the eel", "- [ ] It stops for the eel"))
    assert ticked(boxes) == [("H2", "It stops for the eel", "not met")]
    assert left(boxes) == []


def test_points_that_were_taken_out_are_told(boxes: Path) -> None:
    edit(boxes, ("- [x] It has a grate\n", ""))
    ((subject, reason),) = left(boxes)
    assert subject == "the text “It has a grate”, taken out"
    assert reason == "the view boxes writes it again"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks_stay(tmp_path: Path, newline: str, mark: str) -> None:
    plant(
        tmp_path,
        {name: f"{mark}{text}".replace("\n", newline).encode() for name, text in MILL.items() if name != "docsync.toml"},
    )
    put_right(tmp_path)
    commit(tmp_path)
    board = (tmp_path / "BOARD.md").read_bytes().decode()
    (tmp_path / "BOARD.md").write_bytes(
        board.replace("| Water wheel | 🔄 in progress | P1", "| Water wheel | 🔒 blocked | P1").encode()
    )
    (offer,) = found(tmp_path).offers
    ((place, _),) = offer.places
    text = (tmp_path / "BOARD.md").read_bytes().decode("utf-8-sig")
    assert text[place.span.start : place.span.end] == "🔒 blocked"
    write(tmp_path)
    was = f"{mark}{MILL['holes/H2.md']}".replace("\n", newline)
    assert (tmp_path / "holes/H2.md").read_bytes().decode() == was.replace("in_progress", "blocked")
    assert standing(tmp_path) == []


def test_items_of_a_list_are_homes_too(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            "TODO.md": "---\nrecords:\n  task: items\n---\n\n# To do\n\n- [ ] T1: Oil the gate\n- [x] T2: Paint it\n",
            "BOARD.md": '# B\n\n<!-- docsync:begin t view="status-table" kind="task" -->\n\n<!-- docsync:end t -->\n',
        },
    )
    put_right(tmp_path)
    commit(tmp_path)
    edit(tmp_path, ("| T2  | Paint it     | ✅ resolved |", "| T2  | Paint it     | in progress |"))
    write(tmp_path)
    assert (
        "- [/] T2: Paint it" in (tmp_path / "TODO.md").read_text()
        or "in progress" in (tmp_path / "TODO.md").read_text().lower()
    )
    assert standing(tmp_path) == []


def since(root: Path, revision: str, *, write: bool = False) -> Findings:
    return pull(Request(str(root), since=revision), write=write).findings


def test_what_was_changed_and_committed_is_brought_home_when_asked_for(mill: Path) -> None:
    edit(mill, (WHEEL, "| H2  | Water wheel | blocked | P1    |"))
    commit(mill)
    edit(mill, ("title: Millstone", "title: Stone"), path="holes/H1.md")
    commit(mill)
    assert found(mill) == Findings()
    ours = since(mill, "HEAD~2", write=True)
    assert [(offer.record.id, offer.field, offer.after) for offer in ours.offers] == [("H2", "status", "blocked")]
    assert ours.left == ()
    assert "status: blocked" in (mill / "holes/H2.md").read_text()
    assert "title: Stone" in (mill / "holes/H1.md").read_text()
    put_right(mill)
    assert standing(mill) == []


def test_a_table_that_lagged_behind_at_a_revision_is_not_pulled(mill: Path) -> None:
    edit(mill, ("status: in_progress", "status: blocked"), path="holes/H2.md")
    commit(mill)
    assert since(mill, "HEAD~1") == Findings()
    assert since(mill, "HEAD") == Findings()


def test_a_revision_that_is_not_there_is_told(mill: Path) -> None:
    with pytest.raises(JobError, match="there is no commit nowhere here"):
        since(mill, "nowhere")
