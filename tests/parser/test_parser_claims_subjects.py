from __future__ import annotations

import pytest
from claims_reading import Page, brief, one

from docsync.models.schema import KindSpec


@pytest.mark.parametrize(
    ("line", "entities"),
    [
        ("Gate 2: 4/9 criteria met", ("gate 2",)),
        ("**Gate 2 progress**: 4/9 criteria met", ("gate 2",)),
        ("4/9 Gate 2 criteria met", ("gate 2",)),
        ("Phase 03 has 4/9 kilns", ("phase 3",)),
        ("H6: 4/9 kilns, then H7", ("H6", "H7")),
        ("WS-03-01A and T-12: 4/9 kilns", ("T-12", "WS-03-01A")),
        ("Part B: 4/9 kilns", ("part b",)),
        ("Phase 2: 3/3 kilns | Gate 2: 4/9 pots", ("phase 2",)),
        ("Kilns by Phases 1-3: 4/9 kilns", ("phase 1", "phase 2", "phase 3")),
        ("UTF-8 and SHA256: 4/9 kilns", ()),
        ("see H6.md and ws/H7: 4/9 kilns", ()),
    ],
)
def test_entities_of_the_claim_s_own_line(line: str, entities: tuple[str, ...]) -> None:
    quantity = Page(line).quantities[0]
    assert quantity.entities == entities


def test_a_key_s_entity_holds_for_all_its_clauses() -> None:
    first, second = Page("**Phase 2**: 3/3 kilns | 4/9 pots").quantities
    assert first.entities == second.entities == ("phase 2",)


def test_a_clause_s_entity_does_not_reach_into_the_next() -> None:
    first, second = Page("**Status**: Phase 1: 3/3 kilns | 4/9 pots").quantities
    assert first.entities == ("phase 1",)
    assert second.entities == ()


def test_a_row_s_first_cells_name_its_entities() -> None:
    page = Page("| Gate | Owner | Criteria |\n|---|---|---|\n| Gate 2 | H6 | 4/9 (H1) |\n")
    assert page.quantities[0].entities == ("gate 2", "H6")
    assert page.quantities[0].scope.item == "Gate 2"


@pytest.mark.parametrize(
    ("line", "listed"),
    [
        ("3/3 holes resolved (H1, H2, H11)", ("H1", "H2", "H11")),
        ("3/3 (✅H1, ✅H2, H11)", ("H1", "H2", "H11")),
        ("2 kilns (H1 ✅, H2 pending)", ("H1", "H2")),
        ("4 holes (H1–H4)", ("H1", "H2", "H3", "H4")),
        ("4 items (T1..T3, T7)", ("T1", "T2", "T3", "T7")),
        ("3 rules (RULE-1,2,3)", ("RULE-1", "RULE-2", "RULE-3")),
        ("4/7 (Phase 1, 2, 3, 7)", ("phase 1", "phase 2", "phase 3", "phase 7")),
        ("2 holes: H1 and H2", ("H1", "H2")),
        ("3 holes - H1, H2, H3", ("H1", "H2", "H3")),
        ("3 holes (26%) (H1, H2, H3)", ("H1", "H2", "H3")),
        ("3 holes (moved to Phase 2)", ()),
        ("3 holes (Phase 2)", ()),
        ("3 holes (Session 2, Session 3)", ()),
        ("3 holes (H1 was the first of them all and the hardest to fill)", ()),
        ("3 holes: H1 is first", ()),
        ("14 threads (M3 Max only)", ()),
        ("2 holes (H1 and others, H2 done)", ("H1", "H2")),
    ],
)
def test_ids_that_a_claim_lists(line: str, listed: tuple[str, ...]) -> None:
    quantity = Page(line).quantities[0]
    assert quantity.listed == listed
    assert not set(listed) & set(quantity.entities)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("89/89 passing (23 + 28 + 38)", ["23", "28", "38"]),
        ("36/36 passing (30 unit tests + 6 others)", ["30", "6"]),
        ("89 kilns (89)", []),
        ("89 kilns (23 + pots)", []),
        ("89 kilns (23 + 28", []),
    ],
)
def test_addends(line: str, parts: list[str]) -> None:
    page = Page(line)
    assert [page.said(part.span) for part in page.quantities[0].parts] == parts


@pytest.mark.parametrize(
    ("line", "every"),
    [("All 3 kilns fired", True), ("**All** 3 kilns fired", True), ("both 2 kilns", True), ("3 kilns", False)],
)
def test_every(line: str, every: bool) -> None:  # noqa: FBT001 -- the expectation
    assert one(line).every is every


@pytest.mark.parametrize(
    ("line", "aim"),
    [
        ("**Target**: 9 kilns", True),
        ("Goal: resolve all 9 kilns", True),
        ("**Estimated pots**: 9 pots", True),
        ("should have 9 kilns", True),
        ("at least 9 kilns", True),
        ("needs 9 kilns", True),
        ("coverage of ≥ 9 kilns", True),
        ("has 9 kilns", False),
        ("**Current**: 9 kilns", False),
        ("must be glazed; 9 kilns", False),
    ],
)
def test_aims(line: str, aim: bool) -> None:  # noqa: FBT001 -- the expectation
    assert one(line).aim is aim


def test_a_target_s_column_is_an_aim() -> None:
    page = Page("| Phase | Kilns | Target kilns |\n|---|---|---|\n| Phase 1 | 4 | 9 |\n")
    assert [(brief(quantity), quantity.aim) for quantity in page.quantities] == [
        ("4 | kilns", False),
        ("9 | target kilns", True),
    ]


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("9 kilns in Phase 2, then", "in phase 2"),
        ("9 kilns resolved for the east wing.", "for the east wing"),
        ("9 kilns", ""),
        ("9 kilns (done) for all", ""),
    ],
)
def test_the_words_after_a_claim(line: str, rest: str) -> None:
    assert one(line).rest == rest


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("- ✅ Glazes (60%)", "Glazes"),
        ("## Phase 3: Firing (30%)", "Phase 3"),
        ("Glazes - 60%", "Glazes"),
        ("The kiln is 60% complete", "The kiln is"),
        ("**Overall**: 60%", "Overall"),
    ],
)
def test_what_a_lone_percentage_is_of(line: str, key: str) -> None:
    assert one(line).key == key


def test_a_project_s_own_ids_are_entities() -> None:
    kind = KindSpec("glaze", "glazes", r"glz_[a-z]+", {}, ("glaze", "glazes"), builtin=False)
    page = Page("glz_blue: 4/9 kilns\n\nGlaze 3 has 1 glaze", kinds=(kind,))
    first, second = page.quantities
    assert first.entities == ("glz_blue",)
    assert (second.entities, second.noun) == (("glaze 3",), "glaze")


def test_a_row_s_number_names_what_the_column_holds() -> None:
    table = "| Phase | Jugs |\n|---|---|\n| 2. Glazing | 4/9 |\n| 3 | 5/9 |\n"
    first, second = Page(table).quantities
    assert first.entities == ("phase 2",)
    assert first.scope.item == "Phase 2: Glazing"
    assert second.scope.item == "3"
