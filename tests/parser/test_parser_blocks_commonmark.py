"""The blocks of CommonMark's own examples, and of any other text, are those that markdown-it's tokens tell of."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from blocks_reference import faults, ours, read, reference
from hypothesis import example, given
from hypothesis import strategies as st

_EXAMPLES = Path(sys.prefix) / "commonmark.json"
"""Fetched by `make test`."""


def _examples() -> list[Any]:
    if not _EXAMPLES.exists():
        return []
    entries = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    return [pytest.param(entry["markdown"], id=f"{entry['section']} {entry['example']}") for entry in entries]


@pytest.mark.skipif(not _EXAMPLES.exists(), reason="`make test` fetches CommonMark's examples")
def test_the_examples_are_all_there() -> None:
    assert len(_examples()) > 640


@pytest.mark.parametrize("text", _examples())
def test_an_example_has_the_blocks_that_markdown_it_sees(text: str) -> None:
    source, blocks = read(text)
    assert ours(blocks) == reference(text)
    assert faults(source, blocks) == []


_PIECES = (
    *("> ", ">", "- ", "-", "* ", "+ ", "1. ", "7. ", "10) ", "  ", "   ", "    ", "\t"),
    *("# ", "## x ##", "### ", "```", "~~~", "``` py", "````", "---", "===", "--", "=", "* * *", "_ _ _", "`"),
    *("|", "a | b", "| - | :-: |", "|-", ":-:|--", "\\|", "`x|y`", "\\"),
    *("<!--", "-->", "<!-- x -->", "<div>", "</div>", "<a>", "<pre>", "</pre>", "<?x", "?>", "<!X", "<![CDATA[", "]]>"),
    *("[a]: b", "[a]:", "'t'", "[x] ", "[ ] t", "**[~]** u", "[▶\ufe0f] v", "a", "b c", "é", "🚧", "\x1c", "\x85", ""),
)
_LINES = st.lists(st.sampled_from(_PIECES), max_size=6).map("".join)
_ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])
_TEXTS = st.lists(st.tuples(_LINES, _ENDS), max_size=10).map(lambda lines: "".join(map("".join, lines)))


@given(_TEXTS)
@example("- >\n  a\n")
@example("1. a\n\n   > b\nlazy\n   - c\n")
@example("\t- a\n\n\t\tb\n")
@example(">\t- a\n>\n>\t\t\tb\n")
@example("-\n\n\n  a\n")
@example("> ```\n> a\nb\n")
@example("a\n=\nb | c\n-|-\nd\n")
@example("[a]: b\n'c\nd'\n===\n")
@example("> a\n    - b\n===\n")
def test_any_text_has_the_blocks_that_markdown_it_sees(text: str) -> None:
    source, blocks = read(text)
    assert ours(blocks) == reference(text)
    assert faults(source, blocks) == []


@given(_TEXTS, st.sampled_from(["\n", "\r\n", "\r"]))
def test_line_ends_change_no_block(text: str, end: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert ours(read(plain.replace("\n", end))[1]) == ours(read(plain)[1])


@given(_TEXTS)
def test_front_matter_shifts_the_blocks_and_nothing_else(text: str) -> None:
    above = "---\nid: H1\n---\n"
    source, blocks = read(above + text, len(above))
    assert ours(blocks) == ours(read(text)[1])
    assert faults(source, blocks) == []
    assert all(block.span.start >= len(above) for block in blocks)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]) | st.sampled_from(" \n\r\t>-*#|`~[]<!=_1.x")))
def test_no_text_is_too_odd(text: str) -> None:
    source, blocks = read(text)
    assert faults(source, blocks) == []
