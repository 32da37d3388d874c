"""Claim and ignore comments: what they say, and which block they cover."""

from __future__ import annotations

import pytest
from markers_reading import BEGIN, END, Marked

CLAIM = "<!-- docsync:claim boats.ready/boats.total -->"
IGNORE = "<!-- docsync:ignore DS203 counted by hand -->"


@pytest.mark.parametrize("comment", [CLAIM, IGNORE])
@pytest.mark.parametrize(
    ("below", "covered"),
    [
        ("5/7 boats\nare ready\n\nmore\n", "5/7 boats\nare ready"),
        ("\n\n# Boats (5/7)\n\nmore\n", "# Boats (5/7)"),
        ("- a\n  - b\n\n- c\n  > d\n\n\nmore\n", "- a\n  - b\n\n- c\n  > d"),
        ("1. a\n\n   b\n1) c\n", "1. a\n\n   b"),
        ("| a |\n|---|\n| b |\n\nmore\n", "| a |\n|---|\n| b |"),
        ("```\na\n```\nmore\n", "```\na\n```"),
        ("<!-- a note -->\n\nmore\n", "more"),
        ("> a\n> b\n\nmore\n", "a\n> b"),
        ("---\nmore\n", "---"),
    ],
)
def test_a_comment_covers_the_next_block(comment: str, below: str, covered: str) -> None:
    assert Marked(f"above\n\n{comment}\n{below}").covered == [covered]


@pytest.mark.parametrize("comment", [CLAIM, IGNORE])
@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("- a\n\n  {}\n  b\n- c\n", "b"),
        ("- a\n\n  {}\n  - b\n  - c\n- d\n", "- b\n  - c"),
        ("> {}\n> a\n\nb\n", "a"),
        ("> {}\n> > a\n", "a"),
        ("- {}\n  a\n", "a"),
    ],
)
def test_a_comment_in_a_container_covers_a_block_beside_it(comment: str, text: str, covered: str) -> None:
    assert Marked(text.format(comment)).covered == [covered]


@pytest.mark.parametrize("comment", [CLAIM, IGNORE])
@pytest.mark.parametrize(
    "text", ["a\n\n{}\n", "- a\n\n  {}\n- b\n", "- a\n\n  {}\n\nb\n", "> {}\n\nb\n", "{}\n\n<!-- note -->\n", "- > {}\n\n  b\n"]
)
def test_a_comment_without_a_block_below_it_is_a_trouble(comment: str, text: str) -> None:
    marked = Marked(text.format(comment))
    assert marked.trouble.message.endswith("has no block below it")
    assert marked.covered == []


def test_comments_may_pile_up_above_a_block() -> None:
    marked = Marked(f"{CLAIM}\n{IGNORE}\n\n5/7 boats\n")
    assert marked.covered == ["5/7 boats"] * 2
    assert marked.markers.troubles == ()


@pytest.mark.parametrize(
    ("said", "expressions"),
    [
        ("boats.ready", ("boats.ready",)),
        ("boats.ready/boats.total quays.total", ("boats.ready/boats.total", "quays.total")),
        ("boats.ready / boats.total", ("boats.ready / boats.total",)),
        (
            "boats[quay=North Pier].ready/boats[quay=North Pier].total x.y",
            ("boats[quay=North Pier].ready/boats[quay=North Pier].total", "x.y"),
        ),
        ("  boats.ready\t\tquays.total  ", ("boats.ready", "quays.total")),
        ("boats[quay.ready quays.total", ("boats[quay.ready", "quays.total")),
    ],
)
def test_a_claim_names_expressions(said: str, expressions: tuple[str, ...]) -> None:
    (binding,) = Marked(f"<!-- docsync:claim {said} -->\na\n").markers.bindings
    assert binding.expressions == expressions


@pytest.mark.parametrize(
    ("said", "codes", "reason"),
    [
        ("DS203", ("DS203",), ""),
        ("DS203 counted by hand", ("DS203",), "counted by hand"),
        ("DS203 hand-counted", ("DS203",), "hand-counted"),
        ("DS203, DS301 both are old", ("DS203", "DS301"), "both are old"),
        ("DS203 DS301 both are old", ("DS203", "DS301"), "both are old"),
        ("DS203,DS301: both", ("DS203", "DS301"), "both"),
        ("DS203 — by hand", ("DS203",), "by hand"),
        ("stale-region", ("stale-region",), ""),
        ("not-utf8, DS203 well-known", ("not-utf8", "DS203"), "well-known"),
        ("ds203 x", ("ds203",), "x"),
        ("DS203, DS2034 x", ("DS203",), "DS2034 x"),
    ],
)
def test_an_ignore_names_codes_and_a_reason(said: str, codes: tuple[str, ...], reason: str) -> None:
    marked = Marked(f"<!-- docsync:ignore {said} -->\na\n")
    (suppression,) = marked.markers.suppressions
    assert (suppression.codes, suppression.reason) == (codes, reason)
    assert marked.source.slice(suppression.span) == f"<!-- docsync:ignore {said} -->"


REGION = f"{BEGIN}\n\n| a |\n|---|\n| b |\n\n{END}"


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n<!-- a note -->\n"])
def test_an_ignore_comment_above_a_region_covers_its_markers_and_its_body(between: str) -> None:
    assert Marked(f"{IGNORE}{between}{REGION}\n\nmore\n").covered == [REGION]


def test_an_ignore_comment_above_an_empty_region_covers_it() -> None:
    marked = Marked(f"a\n\n{IGNORE}\n{BEGIN}\n{END}\n")
    assert marked.covered == [f"{BEGIN}\n{END}"]
    assert marked.markers.troubles == ()


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        (f"{IGNORE}\n\nmore\n\n{REGION}\n", "more"),
        (f"> {IGNORE}\n> more\n\n{REGION}\n", "more"),
        (f"{CLAIM}\n{REGION}\n", "| a |\n|---|\n| b |"),
        (f"{BEGIN}\n\na\n\n{IGNORE}\n{END}\n\nmore\n\n{REGION.replace('boats', 'ships')}\n", "more"),
    ],
)
def test_what_stands_between_a_comment_and_a_region_keeps_them_apart(text: str, covered: str) -> None:
    assert Marked(text).covered == [covered]
