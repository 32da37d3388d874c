from __future__ import annotations

from claims_reading import Page
from msgspec import Struct

from docsync.models.blocks import Paragraph
from docsync.models.claims import LIVING, Form, Quantity
from docsync.parser.claims.bindings import bind, plain_numbers
from docsync.text.spans import Span

NOWHERE = Span(0, 0)


class Comment(Struct, frozen=True, dict=True):
    expressions: tuple[str, ...]
    covers: Span
    span: Span = NOWHERE


def _read(text: str, *expressions: str) -> tuple[Page, tuple[Quantity, ...]]:
    page = Page(text)
    block = page.blocks[0]
    assert isinstance(block, Paragraph)
    known = page.quantities
    bare = plain_numbers(block.inline, known, LIVING, Form.PROSE)
    return page, bind([*known, *bare], (Comment(expressions, block.span),))


def _bound(text: str, *expressions: str) -> list[tuple[str, str]]:
    page, bound = _read(text, *expressions)
    return [(page.said(quantity.numbers[0].span), quantity.binding) for quantity in bound]


def test_expressions_go_to_the_claims_of_the_block_in_order() -> None:
    text = "We have 4/9 kilns (44%) and 3 pots.\n\nAnd 7 lids."
    assert _bound(text, "kilns.done/kilns.total", "pots.total") == [
        ("4", "kilns.done/kilns.total"),
        ("3", "pots.total"),
        ("7", ""),
    ]


def test_claims_go_before_bare_numbers() -> None:
    assert _bound("In 2 hours we fired 4/9 kilns.", "kilns.done/kilns.total") == [("4", "kilns.done/kilns.total")]


def test_bare_numbers_are_bound_where_claims_are_too_few() -> None:
    text = "By Phase 2 (2026-03-04) it stood at 26.3 %, 4/11 or so and at 12."
    assert _bound(text, "a", "b", "c") == [("26.3", "a"), ("4", "b"), ("12", "c")]


def test_a_bare_number_says_nothing_by_itself() -> None:
    _, bound = _read("It stood at 12.")
    assert bound == ()
    (quantity,) = _read("It stood at 12.", "kilns.total")[1]
    assert (quantity.bare, quantity.noun, quantity.text) == (True, "", "It stood at 12.")


def test_a_bare_percentage_and_fraction() -> None:
    (percent,) = _read("It stood at 12 %.", "kilns.percent")[1]
    assert percent.count is None
    assert percent.percent is not None
    (fraction,) = _read("It stood at 4/11.", "kilns.done/kilns.total")[1]
    assert fraction.total is not None


def test_more_expressions_than_numbers_and_fewer() -> None:
    assert _bound("We have 3 pots.", "a", "b") == [("3", "a")]
    assert _bound("We have 3 pots and 4 lids.", "a") == [("3", "a"), ("4", "")]


def test_a_comment_binds_nothing_outside_its_block() -> None:
    page = Page("We have 3 pots.\n\nWe have 4 lids.")
    bound = bind(page.quantities, (Comment(("a", "b"), page.blocks[1].span),))
    assert [quantity.binding for quantity in bound] == ["", "a"]
    assert [quantity.binding for quantity in bind(page.quantities, ())] == ["", ""]
