"""Headings, paragraphs, code, comments, other HTML and thematic breaks: what they say and where."""

from __future__ import annotations

from typing import TypeVar

import pytest
from blocks_reference import read

from docsync.models.blocks import Comment, Fence, Heading, Html, ListItem, Paragraph, Rule
from docsync.text.source import SourceFile

B = TypeVar("B")


def one(text: str, kind: type[B]) -> tuple[SourceFile, B]:
    """Read a text that has one block of a kind."""
    source, blocks = read(text)
    (found,) = [block for block in blocks if isinstance(block, kind)]
    return source, found


@pytest.mark.parametrize(
    ("line", "level", "text"),
    [
        ("# Boats", 1, "Boats"),
        ("###### Boats ######   ", 6, "Boats"),
        ("  ##\tBoats ##", 2, "Boats"),
        ("# Boats#", 1, "Boats#"),
        ("# Boats \\#", 1, "Boats \\#"),
        ("# C# ##", 1, "C#"),
        ("##", 2, ""),
        ("## ##", 2, ""),
        ("# ✅ Boats (3/7)", 1, "✅ Boats (3/7)"),
        ("> # Boats", 1, "Boats"),
        ("####### Boats\n=", 1, "####### Boats"),
    ],
)
def test_a_heading_leaves_out_its_signs(line: str, level: int, text: str) -> None:
    source, heading = one(line, Heading)
    assert (heading.level, heading.inline.text) == (level, text)
    assert source.slice(heading.inline.whole) == text


def test_a_setext_heading_may_have_several_lines() -> None:
    source, heading = one("Boats\r\n  and quays \r\n---\r\n", Heading)
    assert (heading.level, heading.inline.text) == (2, "Boats\nand quays")
    assert source.slice(heading.span) == "Boats\r\n  and quays \r\n---"
    assert source.slice(heading.inline.span(6, 15)) == "and quays"


def test_every_block_knows_its_heading() -> None:
    text = "a\n\n# One\n\nb\n\n### Deep\n\n- c\n\n## Two\n\nd\n\n# Three\n\n| e |\n|---|\n"
    _, blocks = read(text)
    under = [(type(block).__name__, block.section) for block in blocks]
    assert under == [
        ("Paragraph", -1),
        ("Heading", -1),
        ("Paragraph", 1),
        ("Heading", 1),
        ("ListItem", 3),
        ("Heading", 1),
        ("Paragraph", 5),
        ("Heading", -1),
        ("Table", 7),
    ]


def test_a_heading_in_a_container_reigns_only_there() -> None:
    _, blocks = read("## Out\n\n> # In\n>\n> a\n\nb\n\n- # Item\n\n  c\n- d\n")
    said = {
        block.inline.text: block.section
        for block in blocks
        if isinstance(block, (Heading, Paragraph, ListItem)) and block.inline.text
    }
    assert said == {"Out": -1, "In": 0, "a": 1, "b": 0, "Item": 0, "c": 5, "d": 0}


def test_blocks_count_their_quotes() -> None:
    _, blocks = read("> a\n>> b\n\nc\n\n- > d\n")
    assert [(block.quote, block.item) for block in blocks] == [(1, -1), (2, -1), (0, -1), (0, -1), (1, 3)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\nb", "a\nb"),
        ("   a  \n\t\tb\t\n", "a\nb"),
        ("> a\n> b\nc\n", "a\nb\nc"),
        ("> a\n>\tb\n>c", "a\nb\nc"),
        ("a\rb\r\nc", "a\nb\nc"),
        ("a\x0bb\x1cc\x85d\u2028e", "a\x0bb\x1cc\x85d\u2028e"),
    ],
)
def test_a_paragraph_joins_its_lines(text: str, said: str) -> None:
    source, paragraph = one(text, Paragraph)
    assert paragraph.inline.text == said
    for letter in filter(str.isalpha, said):
        at = said.index(letter)
        assert source.slice(paragraph.inline.span(at, at + 1)) == letter


def test_code_points_beyond_the_basic_plane_count_as_one() -> None:
    source, paragraph = one("🚧🚧 é\n\n", Paragraph)
    assert source.slice(paragraph.span) == "🚧🚧 é"
    assert paragraph.inline.span(3, 4).start == 3


@pytest.mark.parametrize(
    ("text", "info", "body", "closed"),
    [
        ("```py\nx = 1\n```\n", "py", "x = 1", True),
        ("~~~ yaml title\na\n\nb\n~~~~\n", "yaml title", "a\n\nb", True),
        ("```\na\n", "", "a", False),
        ("```\na\n~~~\n``\n", "", "a\n~~~\n``", False),
        ("````\n```\n````\n", "", "```", True),
        ("```\n```\n", "", "", True),
        ("```", "", "", False),
        ("> ```\n> a\nb\n", "", "a", False),
        ("- ```\n  a\n   b\n  ```\n", "", "a\n b", True),
        ("  ```\n  a\n b\n   c\n  ```\n", "", "a\nb\n c", True),
        ("```\na\n    ```\n", "", "a\n    ```", False),
        ("    a\n\n      b\n\n", None, "a\n\n  b", True),
        ("-     a\n\n      b\n", None, "a\n\nb", True),
        ("\ta\n", None, "a", True),
    ],
)
def test_code_keeps_its_own_indentation_only(text: str, info: str | None, body: str, closed: bool) -> None:  # noqa: FBT001 -- a case
    source, fence = one(text, Fence)
    assert (fence.info, fence.inline.text, fence.closed) == (info, body, closed)
    assert source.slice(fence.inline.span(0, len(body.split("\n", maxsplit=1)[0]))) == body.split("\n", maxsplit=1)[0]


def test_a_fence_that_never_closes_reaches_the_end() -> None:
    source, fence = one("a\n\n```\nb\n\n# c\n", Fence)
    assert source.slice(fence.span) == "```\nb\n\n# c"


@pytest.mark.parametrize(
    ("text", "said", "prefix"),
    [
        ("<!-- a -->", " a ", ""),
        ("  <!-- a -->  \nb\n", " a ", "  "),
        ("<!--\na\n\nb\n-->\n", "\na\n\nb\n", ""),
        ("> > <!-- a -->\n", " a ", "> > "),
        ("- b\n\n  <!-- a -->\n", " a ", "  "),
        ("12. <!-- a -->\n", " a ", "    "),
        ("- > <!-- a\n  > b -->\n", " a\nb ", "  > "),
        ("b\n<!-- a -->\nc\n", " a ", ""),
        ("<!---->", "", ""),
    ],
)
def test_a_comment_alone_on_its_lines_is_a_comment(text: str, said: str, prefix: str) -> None:
    source, comment = one(text, Comment)
    assert (comment.text, comment.prefix) == (said, prefix)
    assert source.slice(comment.span).startswith("<!--")
    assert source.slice(comment.span).endswith("-->")


@pytest.mark.parametrize(
    "text",
    [
        "<!-- a --> b\n",
        "<!-- a --><!-- b -->\n",
        "<!-- a -->\x1c\n",
        "<!-- a\n\nb\n",
        "<!-- a\n--> b\n",
        "<!-->\n",
        "<!--->\n",
        "<div>\n<!-- a -->\n</div>\n",
        "<?a b?>\n",
        "  <p>\n",
        "> <p>\n> b\n",
    ],
)
def test_any_other_html_is_html(text: str) -> None:
    source, html = one(text, Html)
    assert source.slice(html.span).startswith("<")
    assert html.inline.whole == html.span


@pytest.mark.parametrize("text", ["a <!-- b -->\n", "`<!-- b -->`\n", "    <!-- b -->\n", "```\n<!-- b -->\n```\n"])
def test_a_comment_within_text_or_code_is_no_block(text: str) -> None:
    _, blocks = read(text)
    assert not [block for block in blocks if isinstance(block, (Comment, Html))]


@pytest.mark.parametrize("line", ["---", " * * *  ", "___", "> ---", "- ***"])
def test_a_thematic_break_is_a_rule(line: str) -> None:
    source, rule = one(line, Rule)
    assert set(source.slice(rule.span)) <= set("-*_ ")


def test_link_definitions_are_no_blocks() -> None:
    _, blocks = read("[quay]: https://quay.example 'The\nquay'\n[boat]: <b>\n")
    assert blocks == ()


def test_empty_texts_have_no_blocks() -> None:
    assert [read(text)[1] for text in ("", "\n", "\r\n \t\r\r", ">", "   ")] == [()] * 5


def test_reading_starts_where_it_is_told() -> None:
    source, blocks = read("---\r\na: b\r\n---\r\n# Boats\r\n\r\n- a\r\n", 15)
    assert [source.slice(block.span) for block in blocks] == ["# Boats", "- a"]


@pytest.mark.parametrize("text", ["---\na: b\n---", "---\r\na: b\r\n---", "---\na: b\n---\n"])
def test_after_the_end_there_are_no_blocks(text: str) -> None:
    _, blocks = read(text, len(text))
    assert blocks == ()
