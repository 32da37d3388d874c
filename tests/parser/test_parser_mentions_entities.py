from __future__ import annotations

import pytest

from docsync.models.schema import KindSpec
from docsync.parser.entities import entity_at, find_entities, may_name, names_in
from docsync.parser.vocabulary import DEFAULT, Vocabulary

GLAZES = Vocabulary(custom=(KindSpec("glaze", "glazes", r"glz[_-][a-z]+|G\d+-[A-Z]", {}, builtin=False),))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("H6 and WS-03-01A, PH-NEXT-001.", ("H6", "WS-03-01A", "PH-NEXT-001")),
        ("F1.1 (TASK-9.11)", ("F1.1", "TASK-9.11")),
        ("WS-A", ("WS-A",)),
        ("#140: x", ("#140",)),
        ("H6/H9", ("H6", "H9")),
        ("H6's heat", ("H6",)),
        ("H1–H4", ("H1", "H2", "H3", "H4")),
        ("H1-H3", ("H1", "H2", "H3")),
        ("OOS-10..12", ("OOS-10", "OOS-11", "OOS-12")),
        ("T001–T003", ("T001", "T002", "T003")),
        ("T001–003", ("T001", "T002", "T003")),
        ("T1 to T3", ("T1", "T2", "T3")),
        ("T1 through T3", ("T1", "T2", "T3")),
        ("RULE-1,2,3", ("RULE-1", "RULE-2", "RULE-3")),
        ("RULE-01,02", ("RULE-01", "RULE-02")),
        ("H1–K4", ("H1", "K4")),
        ("H4–H1", ("H4", "H1")),
        ("H1–H900", ("H1", "H900")),
        ("H1 - H4", ("H1", "H4")),
        ("H1a–H4", ("H1a", "H4")),
        ("Phase 2", ("phase 2",)),
        ("PHASE 02", ("phase 2",)),
        ("phase-2 is", ("phase 2",)),
        ("Phase 3a", ("phase 3a",)),
        ("Phase 09.3", ("phase 9.3",)),
        ("Phase G1", ("phase g1",)),
        ("Phase I-2", ("phase i-2",)),
        ("Part B is", ("part b",)),
        ("User Story 5", ("user story 5",)),
        ("user stories 5-6", ("user story 5", "user story 6")),
        ("Criteria 3", ("criterion 3",)),
        ("Phases 1-3", ("phase 1", "phase 2", "phase 3")),
        ("Phases 1, 2 and 5", ("phase 1", "phase 2", "phase 5")),
        ("Phase 1, 2, 3, 7)", ("phase 1", "phase 2", "phase 3", "phase 7")),
        ("Phase 1, 3 holes", ("phase 1",)),
        ("Phase 4/5/6", ("phase 4", "phase 5", "phase 6")),
        ("Phase 2/7", ()),
        ("Task 2-3", ("task 2", "task 3")),
        ("Phase 1 - 3 holes", ("phase 1",)),
        ("Phase 3 4/14", ("phase 3",)),
        ("H6 and H6", ("H6",)),
        # none
        ("UTF-8, SHA256, V2 and K8s", ()),
        ("docs/H6.md, H6_x, H6-wide, x.H6 and @H6", ()),
        ("docs/phase-2/x and phase-2-plan", ()),
        ("Phase 10%", ()),
        ("Part of a", ()),
    ],
)
def test_names_in_a_text(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names


def test_where_a_name_stands() -> None:
    text = "see Phases 1-3 and H1–H4 now"
    assert [text[named.start : named.end] for named in find_entities(text)] == ["Phases 1-3", "H1–H4"]
    assert [named.label for named in find_entities(text)] == ["phase", ""]
    assert [named.name for named in find_entities(text)] == ["phase 1", "H1"]


def test_a_name_at_a_place() -> None:
    assert (named := entity_at("on H6", 3)) is not None
    assert named.names == ("H6",)
    assert entity_at("on H6", 0) is None
    assert entity_at("glz_blue", 0) is None


def test_a_project_s_own_ids() -> None:
    assert names_in("glz_blue, glz-red. and H6 but not glz_9 or a/glz_blue", GLAZES) == ("glz_blue", "glz-red", "H6")
    assert names_in("G12-B and G13", GLAZES) == ("G12-B", "G13")
    assert (named := entity_at("glz_blue is", 0, GLAZES)) is not None
    assert (named.start, named.end) == (0, 8)
    assert entity_at("kiln", 0, GLAZES) is None


def test_which_texts_can_name_anything() -> None:
    assert may_name("H6")
    assert may_name("Part B")
    assert not may_name("nothing here")
    assert may_name("nothing here", GLAZES)


def test_the_vocabulary_s_labels_and_states() -> None:
    assert {"phase", "phases", "story", "top", "page"} <= DEFAULT.labels
    assert {"resolved", "passing", "done"} <= DEFAULT.states
    assert "in progress" not in DEFAULT.states
