from __future__ import annotations

import time
from decimal import Decimal

import pytest

from docsync.models.ties import Tie, TieKind
from docsync.parser.blocks import parse_blocks
from docsync.parser.claims.sums.addends import addends
from docsync.parser.claims.sums.listings import listed_counts
from docsync.parser.claims.sums.section_keys import section_keys
from docsync.parser.claims.sums.shares import shares
from docsync.parser.claims.sums.splits import splits
from docsync.parser.claims.sums.total_rows import total_rows
from docsync.parser.claims.tie_source import TieReader, TieSource
from docsync.parser.coverage import Coverage
from docsync.parser.scopes import Scopes
from docsync.parser.vocabulary import DEFAULT
from docsync.text.source import decode

READERS: tuple[TieReader, ...] = (total_rows, listed_counts, section_keys, addends, splits, shares)


def read(text: str, path: str = "docs/STATE.md", generated: bool = False) -> TieSource:  # noqa: FBT001, FBT002  # one switch
    source = decode(path, text.encode())
    blocks = parse_blocks(source)
    covered = Coverage(block.span for block in blocks) if generated else Coverage()
    return TieSource(source, blocks, Scopes(source, blocks), DEFAULT, covered)


def ties(text: str, reader: TieReader) -> list[Tie]:
    return list(reader(read(text)))


def table(*rows: str, header: str = "Yard | Jobs") -> str:
    dashes = "|".join(["---"] * (header.count("|") + 1))
    return "\n".join(["# State", "", f"| {header} |", f"|{dashes}|", *(f"| {row} |" for row in rows), ""])


def sums(text: str, reader: TieReader = total_rows) -> list[tuple[int, bool]]:
    return [(int(tie.stated.value), tie.holds) for tie in ties(text, reader)]


def test_a_total_row_is_tied_to_every_row_above_it() -> None:
    (tie,) = ties(table("North | 4", "East | 5", "**Total** | **8**"), total_rows)
    assert (tie.kind, tie.low, tie.high, tie.holds) == (TieKind.COLUMN, Decimal(9), Decimal(9), False)
    assert [(part.label, part.value) for part in tie.parts] == [("North", Decimal(4)), ("East", Decimal(5))]


@pytest.mark.parametrize(
    "rows",
    [
        ("North | 4", "East | 5", "Subtotal | 9", "South | 2", "Total | 11"),
        ("North | 4", "East | 5", "**Subtotal** | 9", "South | 2", "West | 3", "Subtotal | 5", "Grand total | 14"),
        ("**North** | 4", "hull | 1", "mast | 3", "**East** | 5", "Total | 9"),
        ("North | 4", "- hull | 1", "- mast | 3", "East | 5", "Total | 9"),
        ("1 North | 4", "1.1 hull | 1", "1.2 mast | 3", "2 East | 5", "Total | 9"),
        ("North | 4", "East | 5", "Total | 9", "Average | 4.5"),
        ("North | ~40", "East | 5", "Total | 47"),
        ("North | 4+", "East | 5", "Total | 30"),
        ("North | 2-4 days", "East | 5 days", "Total | 7-9 days"),
        ("North | 30 min", "East | 45 min", "South | 45 min", "Total | 2 hours"),
    ],
)
def test_any_way_of_adding_that_comes_to_the_total_holds(rows: tuple[str, ...]) -> None:
    found = ties(table(*rows), total_rows)
    assert found
    assert all(tie.holds for tie in found)


@pytest.mark.parametrize(
    "text",
    [
        table("North | 4", "East | Updated", "Total | 8"),
        table("North | 4", "All yards | 9", "Total | 9"),
        table("North | 4", "East | 5", "... | ", "Total | 80"),
        table("North | 4 crates", "East | 5 men", "Total | 12"),
        table("North | 4", "East | 5", "Total (without nets) | 8"),
        table("North | 4", "East | 5 (included in North)", "Total | 4", "End | 2"),
        table("North | 4", "East | 5", "Total | 7", header="Yard | Mean wait"),
        table("North | 40%", "East | 50%", "Total | 45%", header="Yard | Share"),
        table("Jobs | 4", "Miles | 5", "Total | 3", header="Metric | Count"),
        table("North | 4", "East | 5", "Combined progress | 20"),
        table("North | 4", "East | -", "South | 2", "Total | ~14"),
    ],
)
def test_what_does_not_add_up_to_the_total_by_design_is_left_alone(text: str) -> None:
    assert ties(text, total_rows) == []


def test_shares_of_one_whole_come_to_a_hundred() -> None:
    header = "Yard | Share"
    assert sums(table("North | 40%", "East | 50%", "Total | 100%", header=header)) == [(100, False)]
    assert sums(table("North | 33%", "East | 33%", "South | 33%", "Total | 100%", header=header)) == [(100, True)]


def test_a_heading_is_tied_to_the_headings_right_below_it_and_not_to_deeper_ones() -> None:
    text = "# State\n\n## Works (5 jobs)\n\n### Hulls (2 jobs)\n\n#### Paint (1 job)\n\n### Masts (3 jobs)\n"
    assert sums(text, listed_counts) == [(5, True)]


def test_of_a_fraction_both_numbers_are_compared() -> None:
    text = "# State\n\n## Works (1/5 jobs)\n\n### Hulls (1/2 jobs)\n\n### Masts (0/4 jobs)\n"
    assert sums(text, listed_counts) == [(1, True), (5, False)]


def test_parts_of_which_neither_number_fits_are_not_all_the_parts() -> None:
    text = "# State\n\n## Works (9/25 jobs)\n\n### Hulls (1/2 jobs)\n\n### Masts (0/4 jobs)\n"
    assert sums(text, listed_counts) == []


def test_nouns_that_differ_are_not_added() -> None:
    assert sums("# State\n\nThe yard has 9 cranes:\n\n- North (4 jobs)\n- East (2 jobs)\n", listed_counts) == []


def test_a_listing_that_nests_is_added_at_its_left_edge() -> None:
    text = "# State\n\n**Works (5 jobs)**:\n\n```\nHulls (2)\n  paint (1)\n  caulk (1)\nMasts (3)\n```\n"
    assert sums(text, listed_counts) == [(5, True)]


def test_of_two_totals_under_one_list_a_wrong_one_may_be_of_another_list() -> None:
    text = "# State\n\n- Hulls: 20 planks\n- Masts: 3 planks\n\n**Total new: 90 planks**\n**Total old: 23 planks**\n"
    assert sums(text, listed_counts) == [(23, True)]


def test_a_list_that_goes_on_is_not_all_that_a_total_below_counts() -> None:
    first, second = "1. Hulls (20 planks)\n2. Decks (5 planks)", "3. Masts (3 planks)\n4. Oars (2 planks)"
    text = f"# State\n\n{first}\n\n## More\n\n{second}\n\nTotal: 30 planks\n"
    assert sums(text, listed_counts) == []


@pytest.mark.parametrize(
    ("above", "holds"),
    [
        ("```\nhull.c    20 lines\nmast.c     3 lines\n```", True),
        ("```\nhull.c    20 lines\nmast.c     9 lines\n```", False),
        ("```c\nhull(20); // 20 lines\nmast(9); // 9 lines\n```", None),
        ("| File | Lines |\n|---|---|\n| hull.c | 20 |\n| mast.c | 3 |", True),
        ("| File | Lines |\n|---|---|\n| hull.c | 20 |\n| mast.c | 9 |\n| Total | 29 |", None),
        ("| File | Words |\n|---|---|\n| hull.c | 20 |\n| mast.c | 9 |", None),
        ("- hull.c\n  - 20 lines\n- mast.c\n  - 9 lines", None),
        ("> hull.c (20 lines), mast.c (9 lines)", None),
    ],
)
def test_a_total_below_is_tied_to_the_listing_or_table_above_it(above: str, holds: bool | None) -> None:  # noqa: FBT001  # a parameter of the case
    found = ties(f"# State\n\n{above}\n\n**Total code**: 23 lines\n", listed_counts)
    assert [tie.holds for tie in found] == ([] if holds is None else [holds])


def test_steps_may_take_less_than_the_whole_and_not_more() -> None:
    text = "# State\n\n## Refit ({} hours)\n\n### Hulls (2 hours)\n\n### Masts (3 hours)\n"
    assert [(tie.holds, tie.sure) for tie in ties(text.format(9), listed_counts)] == [(False, False)]
    assert [(tie.holds, tie.sure) for tie in ties(text.format(4), listed_counts)] == [(False, True)]


def test_another_unit_of_time_is_not_added() -> None:
    assert sums("# State\n\n- Hulls: 2 weeks\n- Decks: 3-5 days\n- Masts: 1 week\n\nTotal: 4 weeks\n", listed_counts) == []


def test_a_total_in_the_middle_of_a_list_is_an_item_like_others() -> None:
    assert sums("# State\n\n- Hulls: 2 jobs\n- Decks: 3 jobs\n- Total: 9 jobs\n- Masts: 1 job\n", listed_counts) == []


def test_addends_of_a_fraction_may_come_to_either_number() -> None:
    assert sums("# State\n\nLit: 55/60 (20 + 35), 60/60 (30 + 30), 60 (20 + 30)\n", addends) == [
        (55, True),
        (60, True),
        (60, False),
    ]


def test_states_may_contain_each_other() -> None:
    assert sums("# State\n\n- Total jobs: 9\n- Done: 4\n- Open: 5\n- Blocked: 2\n- Ready: 3\n", splits) == [(9, True)]


def test_two_states_that_leave_room_for_a_third_contradict_only_a_smaller_total() -> None:
    text = "# State\n\nTotal tests: {}\nPassed: 4\nFailed: 2\n"
    assert sums(text.format(9), splits) == []
    assert sums(text.format(5), splits) == [(5, False)]


def test_the_share_of_a_state_may_be_of_what_was_not_skipped() -> None:
    text = "# State\n\nTotal tests: 12\nPassed: 9 (90%)\nFailed: 1\nSkipped: 2\n"
    assert [tie.holds for tie in ties(text, splits) if tie.kind is TieKind.SHARE] == [True]


def test_a_bar_is_tied_to_the_percentage_after_it() -> None:
    assert sums("# State\n\nHulls ▓▓▓▓▓░░░░░ 50%\n\nMasts [██████████] 30%\n", shares) == [(50, True), (30, False)]


@pytest.mark.parametrize("reader", READERS)
def test_what_is_generated_or_to_be_filled_in_holds_no_ties(reader: TieReader) -> None:
    yards = table(
        "A | 3 | 1 | 33%", "B | 3 | 1 | 33%", "C | 3 | 2 | 67%", "Total | 8 | 4 | 50%", header="Yard | Total | Done | %"
    )
    text = (
        "# State\n\n**Jobs:** 9\n\n## Job breakdown\n\n- North (2 jobs)\n- East (3 jobs)\n- **Total**: 9 jobs\n\n"
        f"Lit: 9 (2 + 3)\n\nTotal jobs: 9\nDone: 3\nRemaining: 1\n\n▓▓▓▓▓▓▓▓▓▓ 3%\n\n{yards}"
    )
    assert list(reader(read(text)))
    assert list(reader(read(text, generated=True))) == []
    assert list(reader(read(text, path="templates/state.md"))) == []


@pytest.mark.parametrize("reader", READERS)
def test_time_grows_with_the_text(reader: TieReader) -> None:
    rows = [f"Yard {number} | {number} | 4 | 5%" for number in range(4000)]
    yards = table(*rows, "Total | 9 | 9 | 9%", header="Yard | Total | Done | Progress")
    items = "\n".join(f"- Yard {number} ({number} jobs)" for number in range(4000))
    totals = "\n".join(f"- Total {number}: {number} jobs (1 + 2)" for number in range(2000))
    long = "1 (" + "2 + " * 20000 + "\n\n" + "█░" * 20000 + "\n\n" + "5 jobs, " * 20000
    text = f"# State\n\n## Jobs (9 jobs)\n\n{items}\n\n{totals}\n\n{yards}\n\n{long}\n"
    source = read(text)
    begun = time.process_time()
    list(reader(source))
    assert time.process_time() - begun < 10  # a quadratic reader takes minutes, a linear one a second


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("## Refit (2 weeks)\n\n### Hull (2 weeks)\n\n### Rigging (1 week)\n", False),  # they may go side by side
        ("## Refit (20 planks)\n\n### Hull (20 planks)\n\n### Rigging (10 planks)\n", True),
        ("## Lamps (60 lamps)\n\nFour walks.\n\n### North (25 lamps)\n\n### South (20 lamps)\n", False),
        ("## Lamps (60 lamps)\n\nTwo walks.\n\n### North (25 lamps)\n\n### South (20 lamps)\n", True),
        ("## Lamps (90 lamps)\n\n### North (25 lamps)\n\n### South (20 lamps)\n", False),  # too much is missing
        ("## Lamps (60+ lamps)\n\n### North (25 lamps)\n\n### South (20 lamps)\n", False),
        ("## Lamps (20 lamps)\n\n### North (25 lamps)\n\n### South (20 lamps)\n", False),  # one part is more than all
    ],
)
def test_a_tie_is_only_sure_where_the_parts_can_be_meant_as_all(text: str, sure: bool) -> None:  # noqa: FBT001 -- a parameter
    (tie,) = ties(text, listed_counts)
    assert not tie.holds
    assert tie.sure is sure
