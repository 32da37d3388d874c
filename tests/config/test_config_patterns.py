"""Which patterns for ids are taken, and on which line a key stands."""

from __future__ import annotations

import re
import time
import tomllib
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsync.config.errors import BadChoice
from docsync.config.key_lines import key_lines, line_of
from docsync.config.patterns import check_pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"R\d+",
        r"R-\d+",
        r"[A-Z]{2,4}-\d+",
        r"[a-z]+(?:-[a-z]+)*",
        r"(?:\d+\.)*\d+",
        r"(?:Risk|Danger) \d+",
        r"(?:P|Phase )\d+[a-z]?",
        r"(?:[A-Z]+-)?\d+",
        r"[A-Z]+[A-Z0-9]*-\d+",
        r"R(?i:isk)?\d{1,3}",
        r"(?!RX)R[A-Z]\d",
        r"(?:AB|CD)+",
        r"[^\W\d_]+",
        r"é\d",
        r"R\d++",
        r"(?>R\d)",
        r"\bR\d\b",
        r"R.",
    ],
)
def test_ordinary_patterns_are_taken(pattern: str) -> None:
    check_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("", "matches an empty id"),
        ("R*", "matches an empty id"),
        ("R|", "matches an empty id"),
        ("[", "no regular expression: unterminated character set at position 0"),
        ("[[a]", "no regular expression: Possible nested set"),
        ("R{99999999999999999999}", "no regular expression"),
        ("(?i)R", "no regular expression: global flags"),
        ("R" * 501, "a pattern of 501 characters"),
        (r"(R)\d", "no groups of its own"),
        (r"(?P<x>R)\d", "no groups of its own"),
        (r"(R)\1", "no groups of its own"),
        ("(?:a+)+", "whose turns run into each other"),
        ("(?:a*)+b", "whose turns run into each other"),
        ("(?:a?b?)+c", "whose turns run into each other"),
        ("(?:a?){30}b", "whose turns run into each other"),
        (r"(?:\w+\d)+", "whose turns run into each other"),
        (r"(?:(?:\d{1,3}){1,3}){1,3}x", "whose turns run into each other"),
        (r"(?:(?:(?:a+)))+", "whose turns run into each other"),
        (r"(?:[a-z]+|\d+)+x", "whose turns run into each other"),
        (r"(?:[a-z]+|[A-Z]+)+x", "alternatives that begin alike"),
        ("(?:a|a)+b", "alternatives that begin alike"),
        ("(?:a|ab)+", "alternatives that begin alike"),
        ("(?:x?a|a)+", "alternatives that begin alike"),
        ("(?:(?=a)a|a)+", "alternatives that begin alike"),
        ("(?:b|)+a", "alternatives that begin alike"),
        ("(?:[ab]x|[ac]x)" * 20, "too many alternatives that begin alike"),
        ("(?:[ab]x|[ac]x)-" * 20, "too many alternatives that begin alike"),
        (r"\d*\d*\d*x", "match the same characters"),
        (r"\w+.+[^-]+", "match the same characters"),
        ("a?a?a?b", "match the same characters"),
        (r"(?:a\d*)?\d*\d*x", "match the same characters"),
    ],
)
def test_other_patterns_are_refused(pattern: str, said: str) -> None:
    with pytest.raises(BadChoice, match=re.escape(said)):
        check_pattern(pattern)


PARTS: Final = st.sampled_from(
    ["a", "b", "[ab]", r"\d", r"\w", ".", "-", "(?:", "(?:", ")", ")", "|", "+", "*", "?", "{1,3}", "{2}"]
)


@given(st.lists(PARTS, min_size=1, max_size=12).map("".join), st.sampled_from(["a", "b", "ab", "1", "a1", "-a", "aab"]))
def test_what_is_taken_is_quick(pattern: str, turn: str) -> None:
    try:
        check_pattern(pattern)
    except BadChoice:
        return
    text = (turn * 60)[:60] + "!"
    started = time.process_time()
    re.compile(pattern).fullmatch(text)
    assert time.process_time() - started < 5.0


TOML: Final = r'''# a = 1
a = "x # [b]" # c = 1
b.c.d = [
  'e = 1',
  { f = 1 },
]
g = """
h = 1
\""" i = 1
"""
[j . 'k.l']
  "m n" = 1
o = { p = [
  1, 2] }
[[r]]
s = """
[t]
"""
[[r]]
s = 2
[r.u]
v = 3
'''


def test_lines_of_keys() -> None:
    tomllib.loads(TOML)
    assert key_lines(TOML) == {
        ("a",): 2,
        ("b",): 3,
        ("b", "c"): 3,
        ("b", "c", "d"): 3,
        ("g",): 7,
        ("j", "k.l"): 11,
        ("j", "k.l", "m n"): 12,
        ("j", "k.l", "o"): 13,
        ("r", 0): 15,
        ("r", 0, "s"): 16,
        ("r", 1): 19,
        ("r", 1, "s"): 20,
        ("r", 1, "u"): 21,
        ("r", 1, "u", "v"): 22,
    }


def test_an_unknown_key_has_the_line_of_what_is_around_it() -> None:
    lines = key_lines("a = 1\n[b]\nc = { d = 1 }\n")
    assert line_of(lines, ("b", "c", "d")) == 3
    assert line_of(lines, ("b", "x")) == 2
    assert line_of(lines, ("x", "y")) == 0
    assert line_of(lines, ()) == 0


def test_a_long_file_is_looked_through_once() -> None:
    for text in ("a = [" + "'x', " * 100_000 + "]", 'a = """' + "\\\n" * 200_000 + '"""', "'" * 300_000, "[" * 300_000):
        started = time.process_time()
        key_lines(text)
        assert time.process_time() - started < 5.0
