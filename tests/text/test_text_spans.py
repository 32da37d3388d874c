from __future__ import annotations

from docsync.text.source import line_index
from docsync.text.spans import Position, Range, Span


def test_a_span_is_as_long_as_its_text() -> None:
    assert len(Span(3, 8)) == 5
    assert not len(Span(3, 3))


def test_a_span_contains_itself_and_what_lies_within() -> None:
    assert Span(2, 6).contains(Span(2, 6))
    assert Span(2, 6).contains(Span(4, 4))
    assert not Span(2, 6).contains(Span(1, 3))
    assert not Span(2, 6).contains(Span(5, 7))


def test_spans_that_touch_do_not_overlap() -> None:
    assert Span(0, 3).overlaps(Span(2, 4))
    assert Span(2, 4).overlaps(Span(0, 3))
    assert not Span(0, 3).overlaps(Span(3, 4))
    assert not Span(3, 4).overlaps(Span(0, 3))


def test_lines_are_found_and_spanned_with_their_ends() -> None:
    lines = line_index("ab\r\nc\rd\n\nlast")
    assert lines.count == 5
    assert [lines.line(offset) for offset in (0, 3, 4, 6, 8, 9, 13)] == [1, 1, 2, 3, 4, 5, 5]
    assert [lines.line_span(line) for line in range(1, 6)] == [Span(0, 4), Span(4, 6), Span(6, 8), Span(8, 9), Span(9, 13)]


def test_text_after_the_last_line_end_is_a_line_even_if_empty() -> None:
    assert line_index("").count == 1
    assert line_index("a\n").count == 2
    assert line_index("a\n").line_span(2) == Span(2, 2)


def test_a_range_counts_lines_and_columns_from_one_in_code_points() -> None:
    lines = line_index("⛵ boats\nsail")
    assert lines.range(Span(2, 9)) == Range(Position(1, 3), Position(2, 2))
