"""What rules a text out at little cost never rules one out in which there is something."""

from __future__ import annotations

import pytest
from blocks_reference import read
from hypothesis import given
from hypothesis import strategies as st

from docsync.models.blocks import TEXTS, Comment, Fence, Heading, Html, ListItem, Paragraph, Table
from docsync.parser.claims.checklists import read_checklists
from docsync.parser.entities import may_name
from docsync.parser.masking import mask
from docsync.parser.scopes import Scopes
from docsync.parser.vocabulary import DEFAULT, Vocabulary

_PIECES = (
    "H6", "Phase", "phases", "user stories",
    "Criteria", "criterion", "WS-A", "OUT-10..12", "#12", "Track", "B", "1.2", "12", "Gate-",
    "A-1", "kpi", "KPIs", " ", " ", "  ", "\n", "*", "**", "__", "_", "`", "-", "#", "(", ",", "~~", "and", "\u017f", "\u212a",
    "\u0663", "\u2192",
)  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=9).map("".join)


@given(_TEXTS, st.sampled_from([DEFAULT, Vocabulary(numbered=("kpi", "x", "task"))]))
def test_a_text_that_can_name_nothing_names_nothing_as_it_stands_or_masked(text: str, words: Vocabulary) -> None:
    masked = mask(text)
    if words.names.search(masked):
        assert words.hints.search(text)
        assert words.hints.search(masked)


@pytest.mark.parametrize("text", ["in five days", "the API of NASA", "A ship, B ship", "2026 was quiet", "1,204 crates", ""])
def test_numbers_and_capitals_alone_name_nothing(text: str) -> None:
    assert not may_name(text)


@pytest.mark.parametrize(
    ("box", "deferred"),
    [
        ("tar the deck (deferred)", 1),
        ("tar the deck (in phase 3)", 1),
        ("tar the deck - postponed", 1),
        ("tar the deck, deferred to spring", 1),
        ("tar the deck, moved to phase 2", 1),
        ("**Optional**: tar the deck", 1),
        ("tar the deck if needed", 1),
        ("tar the deck when time permits", 1),
        ("tar the deck as asked", 0),
        ("tar the deck that was moved to port", 0),
        ("tar what is needed", 0),
        ("undeferred to them, the deck", 0),
    ],
)
def test_a_box_is_put_off_by_what_it_says(box: str, deferred: int) -> None:
    source, blocks = read(f"# Deck\n\n- [ ] {box}\n")
    (checklist,) = read_checklists(blocks, Scopes(source, blocks))
    assert (checklist.total, checklist.deferred) == (1, deferred)


def test_blocks_of_one_kind_are_had_with_their_indexes_in_order() -> None:
    _, blocks = read("# 1\n\na\n\n- b 2\n\n| c |\n|---|\n\n```\n3\n```\n\n<div>\n\n<!-- 4 -->\n\n---\n\nd\n")
    kinds = (
        (blocks.headings, Heading),
        (blocks.paragraphs, Paragraph),
        (blocks.items, ListItem),
        (blocks.tables, Table),
        (blocks.fences, Fence),
        (blocks.markup, (Comment, Html)),
        (blocks.texts, TEXTS),
    )
    for found, kind in kinds:
        assert list(found) == [(index, block) for index, block in enumerate(blocks) if isinstance(block, kind)]
        assert found
    assert [type(block) for _, block in blocks.numbered] == [Heading, ListItem, Table, Fence]
