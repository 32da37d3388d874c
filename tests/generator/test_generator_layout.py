"""The form of a body: padding, blank lines, prefix, line ends."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsync.generator.failures import ViewError
from docsync.generator.layout import Form, bare, body, tidy
from docsync.text.width import width

_LIMIT = 1_000_000


def _tidy(text: str) -> str:
    return "\n".join(tidy(text, _LIMIT))


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("plain", 5),
        ("é", 1),
        ("e\u0301", 1),
        ("日本", 4),
        ("✅ done", 7),
        ("⏸", 1),
        ("⏸\ufe0f", 2),
        ("✅\ufe0f", 2),
        ("👩\u200d💻", 2),
        ("👍🏽", 2),
        ("🇩🇪🇫🇷", 4),
        ("█░", 2),
        ("\u0378", 1),
        ("\U0001faff", 2),
    ],
)
def test_width_counts_columns_as_formatters_do(text: str, columns: int) -> None:
    assert width(text) == columns


def test_tables_are_padded_and_keep_their_alignment() -> None:
    given_table = "|a|b|c|d|\n|---|:--|--:|:-:|\n| long cell | ✅ x | 1 | mid |\n|日|  |1000|wide mid|"
    assert _tidy(given_table).split("\n") == [
        "| a         | b    |    c |    d     |",
        "| --------- | :--- | ---: | :------: |",
        "| long cell | ✅ x |    1 |   mid    |",
        "| 日        |      | 1000 | wide mid |",
    ]


def test_a_short_row_is_filled_and_a_text_after_a_table_stands_apart() -> None:
    assert _tidy("| a | b |\n| --- | --- |\n| 1 |\nText") == "| a   | b   |\n| --- | --- |\n| 1   |     |\n\nText"


def test_a_table_inside_a_list_item_keeps_its_indentation() -> None:
    assert _tidy("- item\n\n  | a |\n  | - |\n  | long |") == "- item\n\n  | a    |\n  | ---- |\n  | long |"


def test_lines_with_bars_that_are_no_table_stay() -> None:
    assert _tidy("| a | b |\nand text") == "| a | b |\n\nand text"
    assert _tidy("| a |\n| b |\n") == "| a |\n| b |"


def test_a_row_wider_than_its_header_is_refused() -> None:
    with pytest.raises(ViewError, match=re.escape("a table of 1 columns has a row of 2 cells: | x | y |")):
        _tidy("| a |\n| --- |\n| x | y |")


def test_padding_past_the_limit_is_refused() -> None:
    rows = "".join(f"| {number} |\n" for number in range(100))
    with pytest.raises(ViewError, match="over 5,000 bytes"):
        tidy("| a |\n| --- |\n| " + "x" * 1000 + " |\n" + rows, 5000)


def test_blank_lines_and_ends_of_lines_are_settled_but_not_in_fences() -> None:
    assert (
        _tidy("\n\r\n a  \r\r\n\n\nb\n```sh\nx  \n\n\n| y |\n| - |\n```\n\n\n") == " a\n\nb\n```sh\nx  \n\n\n| y |\n| - |\n```"
    )


def test_a_fence_ends_only_at_its_own_kind() -> None:
    assert _tidy("~~~~\n```\n\n\n~~~\n~~~~ \nx\n\n\ny") == "~~~~\n```\n\n\n~~~\n~~~~ \nx\n\ny"


@pytest.mark.parametrize(
    ("prefix", "newline", "whole"),
    [
        ("", "\n", "\na\n\nb\n\n"),
        ("", "\r\n", "\r\na\r\n\r\nb\r\n\r\n"),
        ("  ", "\n", "\n  a\n\n  b\n\n"),
        ("> ", "\n", ">\n> a\n>\n> b\n>\n"),
        (">   ", "\n", ">\n>   a\n>\n>   b\n>\n"),
        ("- ", "\n", "\n  a\n\n  b\n\n"),
    ],
)
def test_a_body_has_the_prefix_and_line_ends_of_its_region(prefix: str, newline: str, whole: str) -> None:
    made = body(("a", "", "b"), Form(prefix, newline))
    assert made == whole
    assert bare(made, prefix) == "a\n\nb"


@pytest.mark.parametrize(
    ("text", "prefix", "without"),
    [
        (">a\n>  b\n", "> ", "a\n b"),
        ("a\n  b\n", "> ", "a\n  b"),
        ("a> b\n", "> ", "a> b"),
        (" a\n    b\n", "  ", "a\n  b"),
        ("  > > a\n> >\n", "> > ", "a"),
        ("   \n\t\n", "", ""),
    ],
)
def test_a_prefix_comes_off_as_loosely_as_markdown_reads_it(text: str, prefix: str, without: str) -> None:
    assert bare(text, prefix) == without


@given(st.text(alphabet=st.sampled_from("|-: ab\n`~>✅日\\"), max_size=60))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    try:
        once = _tidy(text)
    except ViewError:
        return
    assert _tidy(once) == once
    assert not once.startswith("\n")
    assert not once.endswith("\n")
