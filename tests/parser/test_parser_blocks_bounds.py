"""Hostile texts are read in bounded time and depth, and none of their text is lost."""

from __future__ import annotations

import gc
import time

import pytest
from blocks_reference import faults, read

from docsync.models.blocks import Fence, ListItem, Paragraph, Table
from docsync.parser.blocks import MAX_DEFINITION_LINES, MAX_QUOTES
from docsync.parser.lists import MAX_LEVEL


def test_a_hundred_thousand_rows_are_all_read() -> None:
    _, blocks = read("| a | b |\n|---|---|\n" + "".join(f"| {number} | x |\n" for number in range(100_000)))
    (table,) = blocks
    assert isinstance(table, Table)
    assert len(table.rows) == 100_000
    assert table.rows[-1].cells[0].text == "99999"


@pytest.mark.parametrize("line", ["word " * 200_000, "|" * 1_000_000, "`" * 1_000_000, "<a" + " a" * 500_000, "[" * 1_000_000])
def test_a_line_of_a_megabyte_is_one_block(line: str) -> None:
    source, (block,) = read(line)
    assert isinstance(block, (Paragraph, Fence))
    assert source.slice(block.span) == line


def test_ten_thousand_quotes_leave_the_inner_ones_as_text() -> None:
    source, blocks = read("> " * 10_000 + "boats\n\nquays\n")
    deep, after = blocks
    assert isinstance(deep, Paragraph)
    assert isinstance(after, Paragraph)
    assert deep.quote == MAX_QUOTES
    assert deep.inline.text == "> " * (10_000 - MAX_QUOTES) + "boats"
    assert (after.quote, after.inline.text) == (0, "quays")
    assert faults(source, blocks) == []


def test_ten_thousand_lists_leave_the_inner_ones_as_text() -> None:
    source, blocks = read("- " * 10_000 + "boats\n\nquays\n")
    deep, after = blocks[-2:]
    assert isinstance(deep, ListItem)
    assert deep.depth == MAX_LEVEL // 2
    assert deep.inline.text == "- " * (10_000 - MAX_LEVEL // 2) + "boats"
    assert isinstance(after, Paragraph)
    assert after.inline.text == "quays"
    assert faults(source, blocks) == []


def test_lists_in_quotes_in_lists_are_bounded_too() -> None:
    source, blocks = read("> - " * 5_000 + "boats\n\n# Quays\n")
    assert max(block.quote for block in blocks) == MAX_QUOTES
    assert source.slice(blocks[-1].span) == "# Quays"
    assert faults(source, blocks) == []


def test_text_below_the_deepest_item_stands_beside_its_list() -> None:
    _, blocks = read("".join("  " * depth + f"- {depth}\n" for depth in range(40)) + "\nquays\n")
    assert [block.inline.text for block in blocks if isinstance(block, Paragraph)] == ["quays"]
    assert max(block.depth for block in blocks if isinstance(block, ListItem)) == MAX_LEVEL // 2


def test_a_definition_that_goes_on_and_on_is_text() -> None:
    lines = MAX_DEFINITION_LINES * 2
    _, blocks = read("[quay]: <b>\n'" + "boats\n" * lines + "'\n")
    (block,) = blocks
    assert isinstance(block, Paragraph)
    assert block.inline.text.count("boats") == lines
    assert read("[quay]: <b>\n'" + "boats\n" * (MAX_DEFINITION_LINES // 2) + "'\n")[1] == ()


_PATTERNS = {
    "lazy lines below quotes": (">" * 200 + "a\n", "a\n"),
    "lazy lines below lists": ("- " * 200 + "a\n", "a\n"),
    "quotes and lazy lines": ("", ">" * 50 + "a\n" + "a\n" * 25),
    "items": ("", "- a\n"),
    "items of items": ("", "* * * a\n"),
    "empty items": ("", "-\n"),
    "setext headings": ("", "a\n=\n"),
    "underlines": ("", "=\n"),
    "delimiter lines": ("", "|-\n"),
    "tables": ("", "a|\n-|\n"),
    "short rows": ("a|b|c\n-|-|-\n", "a|b\n"),
    "brackets": ("", "[a\n"),
    "open labels": ("[a\n", "a\n"),
    "open titles": ("[a]: b '\n", "a\n"),
    "definitions": ("", "[a]: b\n"),
    "open tags": ("", "<a \n"),
    "open comments": ("", "<!-- a\n"),
    "comments": ("", "<!-- a -->\n"),
    "fences": ("", "```\n"),
    "indentation": ("", "    " * 20 + "a\n"),
    "checkboxes": ("", "- **[\n"),
}


@pytest.mark.parametrize("pattern", _PATTERNS)
def test_time_grows_with_the_text_and_no_faster(pattern: str) -> None:
    head, line = _PATTERNS[pattern]
    count = 30_000 // len(line)
    once = max(_seconds(head + line * count) for _ in range(2))
    eight_times = min(_seconds(head + line * count * 8) for _ in range(2))
    # Eight times where it is linear, sixty-four where it is quadratic; the rest for a loaded machine's sake.
    assert eight_times < max(40 * once, 0.1)


def _seconds(text: str) -> float:
    gc.collect()
    begun = time.process_time()
    read(text)
    return time.process_time() - begun
