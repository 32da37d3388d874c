"""Markers that do not pair or cannot be read: each slip is one trouble, with the other line beside it."""

from __future__ import annotations

import pytest
from markers_reading import BEGIN, END, Marked

OTHER = '<!-- docsync:begin quays view="t" -->'
OTHER_END = "<!-- docsync:end quays -->"


@pytest.mark.parametrize(
    ("text", "lines", "message"),
    [
        (f"a\n\n{BEGIN}\n\nb\n", [3], 'region "boats" never ends'),
        (f"a\n\n{END}\n", [3], 'region "boats" ends but is not open'),
        (f"{BEGIN}\n{END}\n\n{END}\n", [4, 2], 'region "boats" ends but is not open'),
        (f"{BEGIN}\n{OTHER}\n{OTHER_END}\n{END}\n", [2, 1], 'region "quays" begins inside region "boats"'),
        (f"{BEGIN}\n{OTHER}\n{END}\n", [2, 1], 'region "quays" begins inside region "boats"'),
        (f"{BEGIN}\n{BEGIN}\n{END}\n{END}\n", [2, 1], 'region "boats" begins inside region "boats"'),
        (f"{BEGIN}\n{END}\n\n{BEGIN}\n{END}\n", [4, 1], 'a second region "boats"'),
        (f"{BEGIN}\na\n{OTHER_END}\n", [3, 1], 'region "boats" ends as "quays"'),
        (f"- a\n\n  {BEGIN}\n\nb\n\n{END}\n", [7, 3], 'region "boats" ends in another list item than it begins in'),
        (f"- a\n  {BEGIN}\n- b\n  {END}\n", [4, 2], 'region "boats" ends in another list item than it begins in'),
        (f"{BEGIN}\n- a\n  {END}\n", [3, 1], 'region "boats" ends in another list item than it begins in'),
        (f"{BEGIN}\n\n> {END}\n", [3, 1], 'region "boats" ends in another quote than it begins in'),
        (f"> {BEGIN}\n\n> {END}\n", [3, 1], 'region "boats" ends in another quote than it begins in'),
        (f"> > {BEGIN}\n> a\n> > {END}\n", [3, 1], 'region "boats" ends in another quote than it begins in'),
    ],
)
def test_markers_that_do_not_pair(text: str, lines: list[int], message: str) -> None:
    marked = Marked(text)
    assert marked.trouble.message == message
    assert marked.lines(marked.trouble) == lines


@pytest.mark.parametrize(
    ("marker", "message", "remedy"),
    [
        ("docsync:begin boats", 'region "boats" names no view', "view="),
        ('docsync:begin boats view=""', 'region "boats" names no view', "view="),
        ("docsync:begin boats view=t", "cannot read `view=t`", 'key="value"'),
        ("docsync:begin boats view='t'", "cannot read `view='t'`", 'key="value"'),
        ('docsync:begin boats view="t', 'cannot read `view="t`', 'key="value"'),
        ('docsync:begin boats view="t"kind="x"', 'cannot read `view="t"kind="x"`', 'key="value"'),
        ('docsync:begin boats view="t" kind', "cannot read `kind`", 'key="value"'),
        ('docsync:begin boats view="t" view="u"', "the attribute view stands twice", "one"),
        ('docsync:begin boats view="t" kind="a--b"', "the attribute kind holds `--`", "single"),
        ('docsync:begin boats view="t" ki--nd="a"', "the attribute ki--nd holds `--`", "single"),
        ('docsync:begin bo--ats view="t"', 'the id "bo--ats" holds `--`', "single"),
        ('docsync:begin view="t"', "the begin marker names no region", "id"),
        ("docsync:begin", "the begin marker names no region", "id"),
        ('docsync:begin bo/ats view="t"', '"bo/ats" cannot name a region', "letters"),
        ('docsync:begin boats\nview="t"', "the `docsync:begin` marker runs over several lines", "one line"),
        ('docsync:beginn boats view="t"', "`docsync:beginn` is no marker", "did you mean begin?"),
        ('docsync:Begin boats view="t"', "`docsync:Begin` is no marker", "did you mean begin?"),
        ('DOCSYNC:begn boats view="t"', "`docsync:begn` is no marker", "did you mean begin?"),
        ('docsync: begin boats view="t"', "`docsync:` is no marker", "begin, end, claim, ignore"),
    ],
)
def test_a_begin_marker_that_cannot_be_read_is_the_only_trouble(marker: str, message: str, remedy: str) -> None:
    marked = Marked(f"a\n\n<!-- {marker} -->\n\nb\n\n{END}\n")
    assert marked.trouble.message.startswith(message)
    assert remedy in marked.trouble.help
    assert marked.lines(marked.trouble) == [3]


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ("docsync:end", "the end marker names no region"),
        ("docsync:end boats quays", '"boats quays" cannot name a region'),
        ("docsync:ned boats", "`docsync:ned` is no marker"),
        ("docsync:claim", "`docsync:claim` names no fact"),
        ("docsync:ignore", "`docsync:ignore` names no rule"),
        ("docsync:ignore counted by hand", "`docsync:ignore` names no rule"),
        ("docsync:ignore " + "x" * 500, "`docsync:ignore` names no rule"),
        ("docsync:" + "x" * 500, "`docsync:" + "x" * 60 + "…` is no marker"),
    ],
)
def test_other_markers_that_cannot_be_read(marker: str, message: str) -> None:
    assert Marked(f"<!-- {marker} -->\n\na\n").trouble.message == message


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (f"<details>\n{BEGIN}\n</details>\n", 2, "a marker inside an HTML block is not read"),
        (f"<div>\n\n{BEGIN}\n\n<p>\n{END}\n", 6, "a marker inside an HTML block is not read"),
        (f"> <div>\n>   {END}\n", 2, "a marker inside an HTML block is not read"),
        (f"{BEGIN} and more\n", 1, "a marker shares its line with other text"),
        (f"<!-- a -->{BEGIN}\n", 1, "a marker shares its line with other text"),
        (f"<!-- a\n--> {BEGIN}\n", 1, "a marker shares its line with other text"),
        ("<!-- docsync:begin boats\n\nb\n", 1, "the comment of a marker never ends"),
    ],
)
def test_a_marker_that_html_has_swallowed_is_told(text: str, line: int, message: str) -> None:
    marked = Marked(text)
    assert marked.trouble.message == message
    assert marked.lines(marked.trouble) == [line]


def test_one_slip_empties_all_regions_but_keeps_what_is_told_of_blocks() -> None:
    marked = Marked(f"{BEGIN}\n{END}\n\n{OTHER}\n\n<!-- docsync:ignore DS203 x -->\na\n\n<!-- docsync:claim a.b -->\nb\n")
    assert marked.trouble.message == 'region "quays" never ends'
    assert marked.covered == ["a", "b"]


def test_several_slips_are_told_in_their_order() -> None:
    marked = Marked(f"{END}\n\n{BEGIN}\n{END}\n\n{BEGIN}\n{END}\n\n{OTHER}\n")
    assert [marked.lines(trouble) for trouble in marked.markers.troubles] == [[1], [6, 3], [9]]
    assert marked.markers.regions == ()


def test_a_mistaken_end_among_nested_regions_closes_the_innermost() -> None:
    marked = Marked(f"{BEGIN}\n{OTHER}\n<!-- docsync:end quay -->\n{END}\n")
    assert [trouble.message for trouble in marked.markers.troubles] == [
        'region "quays" begins inside region "boats"',
        'region "quays" ends as "quay"',
    ]
