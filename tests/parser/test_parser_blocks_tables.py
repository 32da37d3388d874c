"""GFM tables: where they are, which cells they have, and where each cell's text stands."""

from __future__ import annotations

import pytest
from blocks_reference import read

from docsync.models.blocks import Paragraph, Table
from docsync.text.source import SourceFile


def table(text: str) -> tuple[SourceFile, Table]:
    source, blocks = read(text)
    (found,) = [block for block in blocks if isinstance(block, Table)]
    return source, found


def cells(text: str) -> list[list[str]]:
    source, found = table(text)
    rows = [found.header, *found.rows]
    assert all(source.slice(cell.span) == cell.text for row in rows for cell in row.cells)
    assert all(row.span.contains(cell.span) for row in rows for cell in row.cells)
    return [[cell.text for cell in row.cells] for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |\n", [["a", "b"], ["1", "2"]]),
        ("a | b\n-|-\n1 | 2", [["a", "b"], ["1", "2"]]),
        ("|a|b\n|:-|-:|\n1|2|\n", [["a", "b"], ["1", "2"]]),
        ("| a |\n|---|\n", [["a"]]),
        ("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n||\n| | 2 |\n", [["a", "b"], ["1", ""], ["1", "2"], ["", ""], ["", "2"]]),
        ("| a | b |\n|---|---|\n| 1 \\| x | 2 |\n", [["a", "b"], ["1 \\| x", "2"]]),
        ("| a | b |\n|---|---|\n| `1 | x` | 2 |\n", [["a", "b"], ["`1", "x`"]]),
        ("| a | b |\n|---|---|\n| 1 \\\\| 2 |\n", [["a", "b"], ["1 \\\\| 2", ""]]),
        ("| a | b |\r\n|---|---|\r\n|\t1\t|  2  |\r\n\r\n", [["a", "b"], ["1", "2"]]),
        ("> | a |\n> |---|\n> | 1 |\n", [["a"], ["1"]]),
        ("- x\n\n  | a |\n  |---|\n  | 1 |\n", [["a"], ["1"]]),
        ("1. | a |\n   |---|\n   | 1 |\n", [["a"], ["1"]]),
        ("x\n| a |\n|---|\n| 1 |\n", [["a"], ["1"]]),
        ("| a |\n|---|\nplain\n", [["a"], ["plain"]]),
        ("a \\| b\n---\n", [["a \\| b"]]),
        ("| é 🚧 | ✅ |\n|---|---|\n", [["é 🚧", "✅"]]),
    ],
)
def test_cells_are_split_as_github_splits_them(text: str, expected: list[list[str]]) -> None:
    assert cells(text) == expected


@pytest.mark.parametrize(
    "after", ["\n", "> x\n", "- x\n", "# x\n", "```\n", "---\n", "<div>\n", "    x\n", "***\n", "<!-- x -->\n", "1. x\n"]
)
def test_a_table_ends_where_another_block_begins(after: str) -> None:
    assert cells("| a |\n|---|\n| 1 |\n" + after) == [["a"], ["1"]]


def test_a_table_in_an_item_ends_with_the_item() -> None:
    assert cells("- | a |\n  |---|\n  | 1 |\n| 2 |\n") == [["a"], ["1"]]


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n|---|\n",
        "| a |\n| 1 |\n",
        "a\n---|\n",
        "| a |\n    |---|\n",
        "| a |\n|-a-|\n",
        "| a |\n",
        "> | a |\n|---|\n",
        "|---|\n",
    ],
)
def test_what_has_no_fitting_delimiter_line_is_no_table(text: str) -> None:
    _, blocks = read(text)
    assert not [block for block in blocks if isinstance(block, Table)]


def test_aligns_are_read_off_the_delimiter_line() -> None:
    _, found = table("| a | b | c | d |\n| - | :--- | :-: | -: |\n")
    assert found.aligns == ("", "left", "center", "right")


def test_spans_cover_rows_and_the_whole_table() -> None:
    source, found = table("> | a |  \n> |---|\n> | 1 |\t\n> | 2\n\nx\n")
    assert source.slice(found.span) == "| a |  \n> |---|\n> | 1 |\t\n> | 2"
    assert [source.slice(row.span) for row in (found.header, *found.rows)] == ["| a |", "| 1 |", "| 2"]


def test_a_missing_cell_stands_at_the_end_of_its_line() -> None:
    source, found = table("| a | b | c |\n|---|---|---|\n| 1 |\n")
    missing = found.rows[0].cells[1:]
    assert [cell.span.start for cell in missing] == [source.text.rindex("|") + 1] * 2


def test_a_table_knows_its_place() -> None:
    _, blocks = read("# x\n\n- y\n  > | a |\n  > |---|\n")
    found = blocks[-1]
    assert isinstance(found, Table)
    assert (found.section, found.item, found.quote) == (0, 1, 1)


def test_a_table_that_would_be_mostly_padding_ends_early() -> None:
    wide = "| a " * 300 + "|\n" + "|---" * 300 + "|\n"
    _, blocks = read(wide + "| 1 |\n" * 300)
    assert isinstance(blocks[0], Table)
    assert len(blocks[0].rows) == 65536 // 299
    assert isinstance(blocks[1], Paragraph)
