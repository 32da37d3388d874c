from __future__ import annotations

from decimal import Decimal

import pytest
from making import number, quantity

from docsync.models.diagnostics import Safety
from docsync.validator.digits import Expected, Wrong, correction, mismatches, rewrite, rounded


@pytest.mark.parametrize(
    ("text", "value", "actual", "written"),
    [
        ("5 of 19", "5", "12", "12"),
        ("1,204 lines", "1,204", "13987", "13,987"),
        ("1,204 lines", "1,204", "987", "987"),
        ("1204 lines", "1204", "13987", "13987"),
        ("26.3%", "26.3", "36.8421", "36.8"),
        ("26%", "26", "36.8421", "37"),
        ("50.00%", "50.00", "66.6667", "66.67"),
        ("99%", "99", "99.7", "99"),
        ("99%", "99", "100", "100"),
        ("wave 03 of 7", "03", "4", "04"),
    ],
)
def test_number_is_rewritten_in_its_written_form(text: str, value: str, actual: str, written: str) -> None:
    assert rewrite(number(value), text, Decimal(actual)) == written


def test_separators_of_other_countries_are_kept() -> None:
    assert rewrite(number("1,204"), "1.204 Zeilen", Decimal(13987)) == "13.987"
    assert rewrite(number("1,204"), "1 204 lignes", Decimal(13987)) == "13 987"
    assert rewrite(number("26.3"), "26,3 %", Decimal("36.84")) == "36,8"


def test_number_that_the_text_does_not_hold_is_written_plainly() -> None:
    assert rewrite(number("1,204"), "nothing of the kind", Decimal(13987)) == "13987"


def test_nearly_all_is_not_all() -> None:
    assert rounded(Decimal("99.96"), 1) == Decimal("99.9")
    assert rounded(Decimal(100), 0) == 100


def test_mismatches_are_the_numbers_that_cannot_stand_for_what_is_expected() -> None:
    made = quantity("5/19 (26%)", "5", "19", "26")
    found = mismatches(made, Expected(Decimal(7), Decimal(19), Decimal(700) / 19))
    assert [(one.number, one.actual) for one in found] == [(made.count, Decimal(7)), (made.percent, Decimal(700) / 19)]
    assert mismatches(made, Expected()) == ()


def test_correction_changes_the_wrong_digits_alone() -> None:
    made = quantity("5/19 (26%)", "5", "19", "26")
    fix = correction("a.md", made, mismatches(made, Expected(Decimal(7), Decimal(19), Decimal(36))), Safety.SAFE)
    assert fix is not None
    assert [(change.place.span.start, change.place.span.end, change.text) for change in fix.changes] == [
        (0, 1, "7"),
        (6, 8, "36"),
    ]
    assert fix.title == "write 7 and 36"


def test_ranges_are_not_corrected() -> None:
    made = quantity("3-4 of 10", "3", "10")
    ranged = number("3", upper=Decimal(4))
    assert correction("a.md", made, [Wrong(ranged, Decimal(7))], Safety.SAFE) is None
    assert correction("a.md", made, [], Safety.SAFE) is None
