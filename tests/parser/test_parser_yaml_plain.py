from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsync.parser.yaml_nodes import Unreadable, compose
from docsync.parser.yaml_plain import read_plain

_WORDS = st.text("aZ0_.-/(,)+ []:#'\"&*!|>%@{}?~=<é", max_size=8)
_KEYS = st.sampled_from(["id", "status", "last-updated", "_x", "null", "y", "5", "a b", "", "-", "é"])
_SEPARATORS = st.sampled_from([": ", ": ", ": ", ":", ":  ", " : "])
_ENDS = st.sampled_from(["\n", "\n", "\n", " \n", "\r\n", "\n\n", "\n  "])
_LISTS = st.lists(_WORDS, max_size=3).map(lambda words: f"[{', '.join(words)}]")
_LINES = st.tuples(_KEYS, _SEPARATORS, _WORDS | _LISTS, _ENDS).map("".join)


@given(st.lists(_LINES, max_size=4).map("".join))
def test_what_is_read_as_plain_is_what_yaml_says(text: str) -> None:
    found = read_plain(text)
    if found is not None:
        assert found == compose(text)


@pytest.mark.parametrize(
    "text",
    [
        "id: H1\n",
        "kind: hole\nid: H-1\nstatus: in progress\nblocked_by: [H2, H3.1]\n",
        "title: Quay (north), 2nd  part\ndue: 2026-05-01\nshare: 0.5\nopen: yes\n",
        "a: 1_000\nnull: null\ny: [1]\nb: +\n".replace("+", "1+1"),
    ],
)
def test_plain_lines_are_read_without_yaml(text: str) -> None:
    assert read_plain(text) == compose(text)
    assert read_plain(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "id: H1",
        "id:\n",
        "id: 'H1'\n",
        "id: a: b\n",
        "id: a #b\n",
        "id: [a,b]\n",
        "id: [a b]\n",
        "# a\nid: b\n",
        "a: b\n  c\n",
    ],
)
def test_all_else_is_left_to_yaml(text: str) -> None:
    assert read_plain(text) is None


def test_a_key_given_twice_is_left_to_yaml() -> None:
    text = "id: a\nid: b\n"
    assert read_plain(text) is None
    with pytest.raises(Unreadable, match="given twice"):
        compose(text)
