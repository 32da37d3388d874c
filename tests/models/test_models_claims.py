from __future__ import annotations

from decimal import Decimal

import pytest

from docsync.models.claims import CHANGE, TEMPLATE, Form, Number, Quantity, Scope
from docsync.text.spans import Span

HERE = Span(0, 2)


def _number(value: str, **choices: object) -> Number:
    places = len(value.partition(".")[2])
    return Number(Decimal(value), HERE, places, **choices)  # type: ignore[arg-type] # each choice has its field's type


@pytest.mark.parametrize(
    ("number", "actual", "admits"),
    [
        (_number("28"), "28.57", True),  # cut off
        (_number("29"), "28.57", True),  # rounded
        (_number("30"), "28.57", False),
        (_number("28.6"), "28.57", True),
        (_number("28.5"), "28.57", True),
        (_number("28.4"), "28.57", False),
        (_number("5"), "5", True),
        (_number("5"), "6", False),
        (_number("5", at_least=True), "9", True),
        (_number("5", at_least=True), "4", False),
        (_number("20", approximate=True), "18", True),
        (_number("20", approximate=True), "22", True),
        (_number("20", approximate=True), "17.4", False),
        (_number("3", upper=Decimal(5)), "4", True),
        (_number("3", upper=Decimal(5)), "5", True),
        (_number("3", upper=Decimal(5)), "6", False),
        (_number("3", upper=Decimal(5)), "2", False),
    ],
)
def test_what_a_number_can_stand_for(number: Number, actual: str, admits: bool) -> None:  # noqa: FBT001 -- the expectation
    assert number.admits(Decimal(actual)) is admits


def test_which_numbers_are_exact() -> None:
    assert _number("5").exact
    assert not _number("5", at_least=True).exact
    assert not _number("5", approximate=True).exact
    assert not _number("5", upper=Decimal(7)).exact


@pytest.mark.parametrize(
    ("as_of", "living", "comparable"),
    [("", True, True), ("2026-03-02", False, True), (CHANGE, False, False), (TEMPLATE, False, False)],
)
def test_times(as_of: str, living: bool, comparable: bool) -> None:  # noqa: FBT001 -- the expectation
    scope = Scope(as_of=as_of)
    assert (scope.living, scope.comparable) == (living, comparable)


def test_the_numbers_of_a_claim_come_in_the_order_of_the_text() -> None:
    count, total, percent = (Number(Decimal(value), Span(value, value + 1)) for value in (5, 9, 1))
    quantity = Quantity(HERE, "", Scope(), Form.PROSE, count=count, total=total, percent=percent, parts=(count,))
    assert quantity.numbers == (percent, count, total)
    assert Quantity(HERE, "", Scope(), Form.PROSE).numbers == ()
