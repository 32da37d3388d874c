"""Values made safe: no cell ends early, no block opens, no comment stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsync.generator.escape import label, markdown, plain
from docsync.models.blocks import Comment, Fence, Paragraph, Table
from docsync.parser.blocks import parse_blocks
from docsync.text.source import SourceFile, line_index


def _blocks(text: str) -> tuple[object, ...]:
    return parse_blocks(SourceFile("", text, bom=False, newline="\n", lines=line_index(text)))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (3, "3"),
        (3.0, "3"),
        (0.25, "0.25"),
        (["H1", "H2"], "H1, H2"),
        ([], ""),
        ("two\nlines\r\nand\tthree", "two lines and three"),
        ("half \udcff nul \0", "half \ufffd nul \ufffd"),
        ("  spaced   out ", "spaced out"),
    ],
)
def test_a_value_of_json_is_one_line(value: object, shown: str) -> None:
    assert plain(value) == shown


def test_a_mapping_is_not_shown() -> None:
    with pytest.raises(TypeError, match="name one of its keys"):
        plain({"a": 1})


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a|b", r"a\|b"),
        (r"a\|b", r"a\|b"),
        (r"a\\|b", r"a\\\|b"),
        ("|", r"\|"),
        ("see <!-- docsync:end x -->", r"see \<!-- docsync:end x -->"),
        (r"see \<!-- x", r"see \<!-- x"),
        (r"see \\<!-- x", r"see \\\<!-- x"),
        ("ends \\", "ends \\\\"),
        ("ends \\\\", "ends \\\\"),
        ("`code|span` and **bold**", r"`code\|span` and **bold**"),
        ("# heading", r"\# heading"),
        ("#12 is fixed", "#12 is fixed"),
        ("- item", r"\- item"),
        ("-5", "-5"),
        ("> quote", r"\> quote"),
        ("```", r"\```"),
        ("~~~ sh", r"\~~~ sh"),
        ("<div>", r"\<div>"),
        ("<= 5", "<= 5"),
        ("1. first", r"1\. first"),
        ("1.5 times", "1.5 times"),
        ("2)", r"2\)"),
        ("---", r"\---"),
        ("***", r"\***"),
        ("**bold**", "**bold**"),
        ("===", r"\==="),
        ("[a]: b", r"\[a]: b"),
        ("[x] ticked", "[x] ticked"),
    ],
)
def test_markdown_of_a_value(value: str, shown: str) -> None:
    assert markdown(value) == shown


@given(st.text(alphabet=st.sampled_from("|\\`ab<!-> \n*_[]~#=.)1\r\t\u2028\x0b\x85é"), max_size=40))
def test_a_value_keeps_to_its_cell_and_opens_no_block(text: str) -> None:
    shown = markdown(text)
    (table,) = _blocks(f"| a | b |\n| --- | --- |\n| {shown} | end |\n")
    assert isinstance(table, Table)
    (row,) = table.rows
    assert row.cells[1].text == "end"
    blocks = _blocks(f"lead\n\n{shown}\n\nlast\n")
    assert all(isinstance(block, Paragraph) for block in blocks)
    assert not any(isinstance(block, Comment | Fence) for block in _blocks(f"- {shown}\n\n- last\n"))


@given(st.text(max_size=40))
def test_markdown_is_one_line_and_escapes_once(text: str) -> None:
    shown = markdown(text)
    assert not set(shown) & set("\r\n\t\u2028\u2029\x85\x0b\x0c")
    assert markdown(shown) == shown


@given(st.text(max_size=40))
def test_a_label_ends_nowhere_inside(text: str) -> None:
    shown = label(text)
    assert not set(shown) & set('"<>`\\\n')
    assert "%%" not in shown


def test_a_label_spells_out_what_mermaid_reads() -> None:
    assert label('say "#1" <b> 50% | (x)') == "say #34;#35;1#34; #60;b#62; 50% | (x)"
