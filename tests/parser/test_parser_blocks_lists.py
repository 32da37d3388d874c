"""List items: their text, checkboxes, numbers, nesting and spans."""

from __future__ import annotations

import pytest
from blocks_reference import read

from docsync.models.blocks import Heading, ListItem, Paragraph
from docsync.text.source import SourceFile


def items(text: str) -> tuple[SourceFile, list[ListItem]]:
    source, blocks = read(text)
    return source, [block for block in blocks if isinstance(block, ListItem)]


def only(text: str) -> ListItem:
    (item,) = items(text)[1]
    return item


@pytest.mark.parametrize(
    ("line", "mark", "rest"),
    [
        ("- [ ] tar the deck", " ", "tar the deck"),
        ("- [x] tar the deck", "x", "tar the deck"),
        ("* [X]\ttar", "X", "tar"),
        ("+ [~] tar", "~", "tar"),
        ("1. [▶] tar", "▶", "tar"),
        ("- [▶\ufe0f] tar", "▶", "tar"),
        ("- [-]  tar", "-", "tar"),
        ("- **[x]** **[BOAT-9]** tar", "x", "**[BOAT-9]** tar"),
        ("- __[ ]__ tar", " ", "tar"),
        ("- [x]", "x", ""),
        ("- [x] ", "x", ""),
        ("- [x]\n  tar", "x", "tar"),
        ("> - [x] tar", "x", "tar"),
    ],
)
def test_a_checkbox_is_read_off_the_text(line: str, mark: str, rest: str) -> None:
    source, (item,) = items(line)
    assert (item.mark, item.inline.text) == (mark, rest)
    assert item.mark_span is not None
    assert source.slice(item.mark_span).removesuffix("\ufe0f") == mark
    assert source.text[item.mark_span.start - 1] == "["
    assert source.text[item.mark_span.end] == "]"
    assert source.slice(item.inline.whole) == rest


@pytest.mark.parametrize(
    "line",
    [
        "- [x](boats.md)",
        "- [x]tar",
        "- []",
        "- [xx] tar",
        "- [x tar",
        "- tar [x]",
        "- `[x]` tar",
        "- **[x] tar**",
        "- [\t] tar",
        "- [[] tar",
        "- **[x]__ tar",
        "- [x][y]",
    ],
)
def test_other_brackets_are_text(line: str) -> None:
    item = only(line)
    assert (item.mark, item.mark_span, item.inline.text) == (None, None, line[2:])


def test_a_checkbox_in_code_or_after_a_heading_sign_is_none_of_the_items() -> None:
    assert only("-     [x] tar").mark is None
    source, blocks = read("- # [x] tar")
    assert [type(block) for block in blocks] == [ListItem, Heading]
    assert isinstance(blocks[0], ListItem)
    assert blocks[0].mark is None
    assert blocks[0].inline.text == ""
    assert source.slice(blocks[0].span) == "- # [x] tar"


def test_an_items_lines_are_joined_and_each_maps_back() -> None:
    source, (item,) = items("> 2) [ ] tar\r\n>    the deck  \r\nand wait\r\n")
    assert item.inline.text == "tar\nthe deck\nand wait"
    for word in ("tar", "deck", "the", "and wait", "wait"):
        at = item.inline.text.index(word)
        assert source.slice(item.inline.span(at, at + len(word))) == word
    assert source.slice(item.span) == "2) [ ] tar\r\n>    the deck  \r\nand wait"


def test_items_know_their_depth_parent_and_siblings() -> None:
    source, blocks = read("- a\n  1. b\n  2. c\n     * d\n- e\n\n\n* f\n")
    found = [
        (block.inline.text, block.depth, block.item, source.text[block.list_start :][:4])
        for block in blocks
        if isinstance(block, ListItem)
    ]
    assert found == [
        ("a", 1, -1, "- a\n"),
        ("b", 2, 0, "1. b"),
        ("c", 2, 0, "1. b"),
        ("d", 3, 2, "* d\n"),
        ("e", 1, -1, "- a\n"),
        ("f", 1, -1, "* f\n"),
    ]


def test_an_items_span_ends_with_what_it_holds() -> None:
    source, (first, second, third) = items("- a\n\n  b\n\n  - c\n    d\n\n\n- e\n\n")
    assert source.slice(first.span) == "- a\n\n  b\n\n  - c\n    d"
    assert source.slice(second.span) == "- c\n    d"
    assert source.slice(third.span) == "- e"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1. a\n1. b\n1. c\n", [1, 2, 3]),
        ("3. a\n7. b\n", [3, 4]),
        ("0) a\n\n1) b\n", [0, 1]),
        ("1. a\n1) b\n", [1, 1]),
        ("999999999. a\n", [999999999]),
        ("- a\n- b\n", [None, None]),
        ("2. a\n\n   5. b\n2. c\n", [2, 5, 3]),
    ],
)
def test_numbers_are_those_that_readers_see(text: str, numbers: list[int | None]) -> None:
    assert [item.number for item in items(text)[1]] == numbers


def test_a_further_paragraph_of_an_item_is_a_paragraph() -> None:
    _, blocks = read("- a\n\n  b\n")
    assert isinstance(blocks[1], Paragraph)
    assert (blocks[1].inline.text, blocks[1].item) == ("b", 0)


@pytest.mark.parametrize(
    "text", ["-\n", "- \n\n  a\n", "-", "- ```\n  a\n  ```\n\n  b\n", "- > a\n", "- >\n  a\n", "- | a |\n  |---|\n"]
)
def test_an_item_that_begins_with_no_paragraph_has_no_text(text: str) -> None:
    source, blocks = read(text)
    item = blocks[0]
    assert isinstance(item, ListItem)
    assert item.inline.text == ""
    assert item.inline.whole.start == item.inline.whole.end == 1
    assert source.slice(item.span).startswith("-")


def test_a_definition_before_an_items_text_leaves_the_text() -> None:
    _, (item,) = items("- [quay]: https://quay.example\n  tar\n")
    assert item.inline.text == "tar"
