from __future__ import annotations

import time
from collections.abc import Iterable

import pytest
from making import document, project, quantity

from docsync.models.diagnostics import Tally
from docsync.text.spans import Span
from docsync.validator.tallying import judged, tally

SPANS = (Span(10, 14), Span(30, 50), Span(35, 40), Span(60, 64))
CLAIMS = document(quantities=tuple(quantity("7/19", "7", "19", span=span) for span in SPANS))


def checked(confirmed: Iterable[Span], contradicted: Iterable[Span]) -> Tally:
    return tally(project(CLAIMS), [judged(CLAIMS, confirmed, contradicted)])


@pytest.mark.parametrize(
    "span",
    [
        Span(10, 14),
        Span(10, 11),  # its first number
        Span(12, 14),  # its total
        Span(8, 20),  # the line that it stands in
    ],
)
def test_whatever_part_of_a_claim_is_checked_it_is_one(span: Span) -> None:
    of = checked([span], [Span(60, 64)])
    assert (of.confirmed, of.contradicted, of.unverifiable, of.claims) == (1, 1, 2, 4)


def test_a_claim_that_one_place_confirms_and_another_rejects_is_contradicted_once() -> None:
    of = checked([Span(10, 14), Span(12, 14)], [Span(10, 11), Span(8, 20)])
    assert (of.confirmed, of.contradicted, of.unverifiable) == (0, 1, 3)


def test_the_narrowest_claim_around_a_place_is_meant() -> None:
    of = checked([Span(36, 38)], [Span(31, 33)])
    assert (of.confirmed, of.contradicted, of.unverifiable) == (1, 1, 2)


def test_what_is_checked_beside_all_claims_is_one_of_its_own() -> None:
    of = tally(project(CLAIMS), [judged(CLAIMS, [Span(100, 120)], []), judged(None, [Span(10, 14)], [])])
    assert (of.confirmed, of.contradicted, of.unverifiable, of.claims) == (2, 0, 4, 6)


def test_time_grows_with_the_claims() -> None:
    count = 50_000
    spans = [Span(10 * at, 10 * at + 4) for at in range(count)]
    many = document(quantities=tuple(quantity("7/19", "7", "19", span=span) for span in spans))
    before = time.process_time()
    assert judged(many, [Span(span.start + 1, span.end) for span in spans], []).confirmed == count
    assert time.process_time() - before < 10
