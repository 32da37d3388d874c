from __future__ import annotations

from decimal import Decimal

import pytest

from docsync.parser.claims.sums.measures import MINUTES, UNBOUNDED, is_nothing, measure, plural, singular


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("12", "12", "12", ""),
        ("**1,204**", "1204", "1204", ""),
        ("✅ 7 tests", "7", "7", "test"),
        ("+12,404", "12404", "12404", ""),
        ("-1,436", "-1436", "-1436", ""),
        ("~40 lines", "36.0", "44.0", "line"),
        ("30+", "30", str(UNBOUNDED), ""),
        ("≥30", "30", str(UNBOUNDED), ""),
        ("<5", "0", "5", ""),
        ("3-5 days", "3", "5", "day"),
        ("2.5", "2.45", "2.55", ""),
        ("4-8h", "240", "480", MINUTES),
        ("2h 30min", "150", "150", MINUTES),
        ("45 min", "45", "45", MINUTES),
        ("$1,200", "1200", "1200", "$"),
        ("26 (100%)", "26", "26", ""),
        ("20%", "20", "20", "%"),
    ],
)
def test_a_measure_has_bounds_and_a_unit(text: str, low: str, high: str, unit: str) -> None:
    found = measure(text, 0)
    assert found
    assert (found.low, found.high, found.unit) == (Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    "text", ["", "Updated", "v2.1", "5 files, 26 kB", "WS-1 to WS-4", "see 12", "8-3", "21 dirs + 13 files"]
)
def test_what_is_no_single_measure_is_none(text: str) -> None:
    assert measure(text, 0) is None


def test_the_number_stands_where_its_digits_do() -> None:
    text = "**~1,204 lines**"
    found = measure(text, 100)
    assert found
    assert text[found.number.span.start - 100 : found.number.span.end - 100] == "1,204"


def test_a_fraction_keeps_its_whole_and_a_remark_its_words() -> None:
    found = measure("3 / 14 (one lost)", 0)
    assert found
    assert found.whole
    assert (found.low, found.whole.value, found.remark) == (Decimal(3), Decimal(14), "one lost")


@pytest.mark.parametrize(
    ("text", "nothing"), [("", True), ("-", True), ("N/A", True), ("— (later)", True), ("new", False), ("0", False)]
)
def test_a_dash_says_that_there_is_nothing(text: str, nothing: bool) -> None:  # noqa: FBT001  # a parameter of the case
    assert is_nothing(text) is nothing


@pytest.mark.parametrize("word", ["test", "story", "box", "key", "task", "hour"])
def test_singular_undoes_plural(word: str) -> None:
    assert plural(word) != word
    assert singular(plural(word)) == word


def test_what_was_done_has_no_plural() -> None:
    assert plural("passed") == "passed"


def test_thousands_may_be_abbreviated() -> None:
    found = measure("1.2k", 0)
    assert found
    assert found.low <= Decimal(1200) <= found.high
    assert found.high < Decimal(1300)
