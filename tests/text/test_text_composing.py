from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docsync.text.composing import compose
from docsync.text.edits import Edit, apply, prove
from docsync.text.spans import Span

TEXT = "abcdefghij"


@st.composite
def edits(draw: st.DrawFn, length: int) -> list[Edit]:
    """Draw edits that do not touch; where a cut falls twice, an insertion."""
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    spans = {Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False)}
    apart: list[Edit] = []
    for span in sorted(spans):
        if not apart or span.start > apart[-1].span.end:
            apart.append(Edit(span, draw(st.text("XYZ", max_size=3))))
    return apart


@given(st.data())
def test_composed_edits_do_what_both_rounds_do(data: st.DataObject) -> None:
    first = data.draw(edits(len(TEXT)))
    middle = apply(TEXT, first)
    second = data.draw(edits(len(middle)))
    both = compose(first, second, len(TEXT))
    after = apply(middle, second)
    assert apply(TEXT, both) == after
    prove(TEXT, both, after)


@given(st.data())
def test_what_neither_round_touches_is_touched_by_none(data: st.DataObject) -> None:
    first, second = data.draw(edits(len(TEXT))), ()
    assert apply(TEXT, compose(first, second, len(TEXT))) == apply(TEXT, first)
    touched = sum(len(edit.span) for edit in compose(first, second, len(TEXT)))
    assert touched == sum(len(edit.span) for edit in first)


def test_a_second_round_inside_the_first_ones_text_is_one_edit() -> None:
    first = [Edit(Span(2, 4), "12345")]
    assert compose(first, [Edit(Span(3, 5), "x")], 10) == (Edit(Span(2, 4), "1x45"),)


def test_a_second_round_over_the_edge_of_the_first_joins_them() -> None:
    first = [Edit(Span(2, 4), "123"), Edit(Span(8, 8), "!")]
    assert compose(first, [Edit(Span(4, 6), "x")], 10) == (Edit(Span(2, 5), "12x"), Edit(Span(8, 8), "!"))
