from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsync.text.edits import Edit, Lost, Overlap, apply, prove
from docsync.text.spans import Span

TEXTS = st.text(alphabet="ab\r\né🚢|", max_size=30)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(TEXTS)
    bounds = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = [Span(start, end) for start, end in list(pairwise(bounds))[::2]]
    apart = [span for at, span in enumerate(spans) if span not in spans[:at]]
    edits = [Edit(span, draw(TEXTS)) for span in apart]
    return text, draw(st.permutations(edits))


@given(edited())
def test_what_is_applied_is_proved_and_splices_each_span(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    after = apply(text, edits)
    prove(text, edits, after)
    spliced = text
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        spliced = spliced[: edit.span.start] + edit.text + spliced[edit.span.end :]
    assert after == spliced


@given(edited(), st.data())
def test_any_other_change_is_found(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    text, edits = case
    after = apply(text, edits)
    at = data.draw(st.integers(0, len(after)))
    changed = data.draw(
        st.sampled_from([after[:at] + "x" + after[at:], after[:at] + "x" + after[at + 1 :], after[:at] + after[at + 1 :]])
    )
    if changed == after:
        prove(text, edits, changed)
    else:
        with pytest.raises(Lost):
            prove(text, edits, changed)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Span(0, 3), Span(2, 5)),
        (Span(0, 5), Span(2, 3)),
        (Span(0, 5), Span(2, 2)),
        (Span(1, 4), Span(1, 4)),
        (Span(1, 4), Span(1, 2)),
        (Span(2, 2), Span(2, 2)),
    ],
)
def test_edits_of_the_same_text_are_refused_in_any_order(first: Span, second: Span) -> None:
    edits = [Edit(first, "x"), Edit(second, "x")]
    for order in (edits, edits[::-1]):
        with pytest.raises(Overlap, match=f"{first.start}:{first.end}"):
            apply("abcdef", order)


def test_edits_that_touch_and_insertions_at_their_ends_are_applied() -> None:
    edits = [Edit(Span(2, 4), "X"), Edit(Span(0, 2), "Y"), Edit(Span(4, 4), "!"), Edit(Span(0, 0), "?")]
    assert apply("abcdef", edits) == "?YX!ef"


@pytest.mark.parametrize("span", [Span(-1, 2), Span(4, 3), Span(5, 7)])
def test_a_span_of_another_text_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match="no such span in a text of 6"):
        apply("abcdef", [Edit(span, "")])


def test_a_proof_names_where_the_kept_piece_begins() -> None:
    with pytest.raises(Lost, match="after offset 3") as caught:
        prove("abcdef", [Edit(Span(1, 3), "X")], "aXdeF")
    assert caught.value.offset == 3


def test_edits_that_overlap_prove_nothing() -> None:
    with pytest.raises(Lost):
        prove("abcdef", [Edit(Span(0, 3), ""), Edit(Span(2, 4), "")], "ef")
