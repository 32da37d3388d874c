"""Items of one line are read at once; the lists that are drawn here are what markdown-it's own rule makes of them."""

from __future__ import annotations

from blocks_reference import faults, ours, read, reference
from hypothesis import example, given
from hypothesis import strategies as st

_INDENTS = st.sampled_from(["", "", "", " ", "  ", "  ", "   ", "    ", "     ", "\t", "> ", ">"])
_MARKERS = st.sampled_from(
    ["- ", "- ", "- ", "* ", "+ ", "1. ", "2. ", "7) ", "10. ", "-  ", "-    ", "-     ", "-\t", "-", "1.", ""],
)
_TEXTS = st.sampled_from(
    [
        *("sail", "**Mast**: 3", "**", "***", "* * *", "*keel*", "_ _ _", "__rope__ 2", "end  ", "end\t", "", " ", "\x1c"),
        *("[ ] rig", "[x] hull", "[x]", "[a]: b", "[[x] y", "`knot`", "``` ", "```", "~~~", "# head", "> said", "<!-- n -->"),
        *(
            "12 oars",
            "1. first",
            "2) second",
            "- - -",
            "- deck",
            "a | b",
            "| - | - |",
            "-|-",
            ":-:|",
            "===",
            "---",
            "=",
            "\\- x",
        ),
    ]
)
_LINES = st.tuples(_INDENTS, _MARKERS, _TEXTS).map("".join)
_LISTS = st.lists(st.one_of(_LINES, _LINES, _LINES, st.just("")), max_size=14).map("\n".join)


@given(_LISTS)
@example("- sail\n- mast\n\n- keel\n  2. oars\n\n\n3. rope")
@example("> - sail\n- mast\n>   keel")
@example("- a | b\n- -|-\n  - c\n -|-")
@example("1. sail\n2. mast\n2) keel\n   - oars\n     rope\n")
@example(" - sail\n  - mast\n   - keel\n    - oars\n     - rope")
@example("- sail\n\n  mast\n- keel\n---\n- oars\n===")
@example("- [ ] rig\n- [x] hull\n- [a]: b\n- **[x]** deck\n")
def test_a_list_has_the_items_that_markdown_it_sees(text: str) -> None:
    source, blocks = read(text)
    assert ours(blocks) == reference(text)
    assert faults(source, blocks) == []
