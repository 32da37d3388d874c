from __future__ import annotations

import pytest
from claims_reading import Page, brief, briefs, one

from docsync.models.claims import Form


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("4/9 kilns fired", "4/9 | kilns fired"),
        ("4 / 9 kilns", "4/9 | kilns"),
        ("**4/9** kilns resolved", "4/9 | kilns resolved"),
        ("`4/9` kilns resolved", "4/9 | kilns resolved"),
        ("4/9 kilns resolved (44%)", "4/9 44% | kilns resolved"),
        ("4/9 (44.4%) kilns resolved", "4/9 44.4% | kilns resolved"),
        ("4/9 kilns: 44%", "4/9 44% | kilns"),
        ("4/9 kilns = 44%", "4/9 44% | kilns"),
        ("44% (4/9 kilns)", "4/9 44% | kilns"),
        ("44% complete (4/9 kilns)", "4/9 44% | kilns"),
        ("4 of 9 kilns are resolved", "4/9 | kilns resolved"),
        ("4 of the 9 kilns have been resolved", "4/9 | kilns resolved"),
        ("4 out of 9 kilns", "4/9 | kilns"),
        ("4 of all 9 kilns", "4/9 | kilns"),
        ("4 of a total of 9 kilns", "4/9 | kilns"),
        ("0/9 resolved", "0/9 | resolved"),
        ("4/9 not started", "4/9 | not started"),
        ("4/9 kilns not resolved", "4/9 | kilns not resolved"),
        ("4/9 kilns in progress", "4/9 | kilns in progress"),
        ("4/9 resolved kilns", "4/9 | kilns resolved"),
        ("3-4/9 kilns (40%)", "3-4/9 40% | kilns"),
        ("~4/9 kilns", "~4/9 | kilns"),
        ("4.5/9 kilns (50%)", "4.5/9 50% | kilns"),
        ("1,204/2,000 rows migrated", "1204/2000 | rows migrated"),
        ("120/200+ tests passing", "120/200+ | tests passing"),
        ("12/12 glaze recipes confirmed complete", "12/12 | glaze recipes complete"),
        ("62% complete", "62% | complete"),
        ("~62% complete", "~62% | complete"),
        ("62.5% of kilns resolved", ""),
        ("9 kilns resolved", "9 | kilns resolved"),
        ("9 glaze kilns", "9 | glaze kilns"),
        ("~1,400 lines", "~1400 | lines"),
        ("20+ kilns", "20+ | kilns"),
        ("5-7 kilns", "5-7 | kilns"),
        ("5–7 kilns", "5-7 | kilns"),
        ("1 hole resolved", "1 | hole resolved"),
        ("1 criterion satisfied", "1 | criterion satisfied"),
        ("All 9 kilns resolved", "9 | kilns resolved"),
        ("We have built 9 kilns", "9 | kilns"),
        ("Built 9 kilns", "9 | kilns"),
        ("2000 lines", ""),
        ("2,000 lines", "2000 | lines"),
    ],
)
def test_a_line_claims(line: str, expected: str) -> None:
    assert briefs(line) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**Total**: 9", "9 |"),
        ("**Total kilns**: 9", "9 | kilns"),
        ("**Resolved**: 4 (H1, H2, H5, H8)", "4 | resolved"),
        ("- Blocked: 0", "0 | blocked"),
        ("Kilns: 9", "9 | kilns"),
        ("Kilns fired: ~9", "~9 | kilns fired"),
        ("**Progress**: 4/9", "4/9 | "),
        ("**Phases complete**: 4/9", "4/9 | phases complete"),
        ("**Total tests**: 4/9 passing", "4/9 | tests passing"),
        ("**Gate criteria**: 4/9 met", "4/9 | gate criteria met"),
        ("**Unglazed kilns**: 9 kilns", "9 | unglazed kilns"),
        ("**Progress**: 62%", "62% | "),
        ("Overall： 62%", "62% | "),
        ("**Progress**: 62% (4/9)", "4/9 62% | "),
    ],
)
def test_a_value_claims(line: str, expected: str) -> None:
    assert [said.strip() for said in briefs(line)] == [expected.strip()]


def test_every_number_is_where_its_digits_are() -> None:
    page = Page("> - **Total**: ~1,204/2,000+ kilns fired (60.2%)\n\nText, 3-4 pots")
    first, second = page.quantities
    assert [page.said(number.span) for number in first.numbers] == ["1,204", "2,000", "60.2"]
    assert page.said(first.span) == "~1,204/2,000+ kilns fired (60.2%"
    assert first.percent is not None
    assert first.percent.places == 1
    assert first.count is not None
    assert first.count.approximate
    assert [page.said(number.span) for number in second.numbers] == ["3-4"]


def test_a_claim_may_be_wrapped() -> None:
    page = Page("We have now resolved 4/9\nkilns (44%), which is\nfine.")
    (quantity,) = page.quantities
    assert brief(quantity) == "4/9 44% | kilns"
    assert [page.said(number.span) for number in quantity.numbers] == ["4", "9", "44"]


def test_one_line_may_claim_several_things() -> None:
    assert briefs("**Kilns**: 4/9 | **Glazes**: 3/7 fired | 12 tests, 100% passing") == [
        "4/9 | kilns",
        "3/7 | glazes fired",
        "12 | tests",
        "100% | passing",
    ]


def test_forms() -> None:
    text = (
        "## Kilns (4/9 fired)\n\nWe have 3 glazes.\n\n- 5 pots\n- **Jars**: 6\n\n**Lids**: 7\n\n"
        "| Part | Knobs |\n|---|---|\n| Phase 1 | 8 |\n"
    )
    assert [(quantity.form, brief(quantity)) for quantity in Page(text).quantities] == [
        (Form.HEADING, "4/9 | fired"),
        (Form.PROSE, "3 | glazes"),
        (Form.BULLET, "5 | pots"),
        (Form.KEY_VALUE, "6 | jars"),
        (Form.KEY_VALUE, "7 | lids"),
        (Form.ROW, "8 | knobs"),
    ]


def test_front_matter_claims_line_by_line() -> None:
    page = Page(
        "---\ntitle: Kiln 7 of 9\nprogress: 44%\nholes_resolved: 4/9\n"
        "summary:\n  total_phases: 7\n  kilns: 9 kilns\n---\n# Board\n"
    )
    assert [(quantity.key, brief(quantity)) for quantity in page.quantities] == [
        ("progress", "44% |"),
        ("holes resolved", "4/9 | holes resolved"),
        ("total phases", "7 | phases"),
        ("kilns", "9 | kilns"),
    ]
    assert [page.said(number.span) for quantity in page.quantities for number in quantity.numbers] == ["44", "4", "9", "7", "9"]
    assert {quantity.form for quantity in page.quantities} == {Form.FRONT_MATTER}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| Phase 2 | 4/9 (✅H1, ✅H2) |", ["4/9 | holes resolved"]),
        ("| Phase 2 | 4 |", ["4 | holes resolved"]),
        ("| Phase 2 | ✅ 44% |", ["44% |"]),
        ("| Total | 4 |", ["4 | holes resolved"]),
        ("| Shelf | 4 |", []),
        ("| ~~Phase 2~~ | 4/9 |", []),
        ("| Phase 2 | 2026-03-04 |", []),
    ],
)
def test_cells_take_noun_and_state_from_their_header(row: str, expected: list[str]) -> None:
    assert briefs(f"| Phase | Holes resolved |\n|---|---|\n{row}\n") == expected


def test_under_a_plain_header_the_row_says_what_is_counted() -> None:
    page = Page(
        "| Metric | Value | Target |\n|---|---|---|\n"
        "| Kilns fired | 4/9 | 9/9 |\n| Total pots | 12 | 20+ |\n| Port | 8080 | |\n"
    )
    assert [(brief(quantity), quantity.key, quantity.aim) for quantity in page.quantities] == [
        ("4/9 | kilns fired", "Kilns fired", False),
        ("9/9 | kilns fired", "Target", True),
        ("12 | pots", "Total pots", False),
        ("20+ | pots", "Target", True),
    ]


def test_covered_parts_claim_nothing() -> None:
    text = "We have 3 kilns.\n\n| Phase | Pots |\n|---|---|\n| Phase 1 | 4 |\n| Phase 2 | 5 |\n"
    page = Page(text)
    page = Page(text, covered=(page.blocks[0].span, page.quantities[1].span, page.blocks[1].span))
    assert page.quantities == []
    row = Page(text).quantities[1].span
    line = Page(text).source.lines.line_span(Page(text).source.lines.line(row.start))
    assert [brief(quantity) for quantity in Page(text, covered=(line,)).quantities] == ["3 | kilns", "5 | pots"]


def test_a_long_line_is_quoted_around_the_claim() -> None:
    line = "clay " * 400 + "with 4/9 kilns fired " + "clay " * 400
    quantity = one(line)
    assert "4/9 kilns fired" in quantity.text
    assert len(quantity.text) < 600


def test_a_hard_number_in_code_or_a_link_is_none() -> None:
    assert briefs("see `run 4/9 kilns` and [4 kilns](http://kilns.test/4/9-kilns) <img alt='3 kilns'>") == ["4 | kilns"]


def test_fences_claim_nothing() -> None:
    assert briefs("```\n4/9 kilns\n```\n\n    5 kilns\n\n<div>\n6 kilns\n</div>\n") == []


def test_two_lines_of_front_matter_make_one_claim() -> None:
    page = Page("---\nprogress:\n  total_berths: 4\n  finished_berths: 3 # by May\n  total_ropes: 9\n  kilns_done: 2\n---\n")
    both = page.quantities[0]
    assert (both.noun, both.state, both.key) == ("berths", "completed", "berths")
    assert (both.count, both.total) == (both.numbers[1], both.numbers[0])
    assert [page.said(number.span) for number in both.numbers] == ["4", "3"]
    assert [quantity.key for quantity in page.quantities[1:] if quantity.noun == "berths"] == []


def test_a_table_of_averages_tells_of_what_was_done_so_far() -> None:
    table = "| Phase | Plans | Avg/Plan |\n|---|---|---|\n| 2. Glazing | 4 plans | 20 min |\n"
    assert Page(table).quantities[0].scope.item == "2. Glazing"
