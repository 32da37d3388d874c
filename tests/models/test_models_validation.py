"""What a record's fields say, and what is wrong with them."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from docsync.models.kinds.registry import builtin_specs
from docsync.models.kinds.validation import Fault, validate
from docsync.models.records import Json
from docsync.models.schema import FieldSpec, FieldType, KindSpec
from docsync.models.status import EMOJI, WORDS, Status

SPECS: Final = builtin_specs()
IDS: Final = {
    "hole": "H1",
    "phase": "P1",
    "gate": "G1",
    "session": "S1",
    "workstream": "WS-1",
    "task": "T1",
    "metric": "M1",
    "decision": "D1",
    "propagation": "E1",
}
JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def own_kind(*fields: FieldSpec) -> KindSpec:
    common = {name: SPECS["hole"].fields[name] for name in ("id", "title", "status")}
    return KindSpec("risk", "risks", r"R\d+", common | {field.name: field for field in fields}, builtin=False)


def value(kind: str, field: str, raw: Json) -> Json:
    values, problems = validate(SPECS[kind], {"id": IDS[kind], "from": "H1", "to": "H2", field: raw})
    assert problems == ()
    return values.get(field)


def fault(kind: str, field: str, raw: Json) -> Fault:
    values, problems = validate(SPECS[kind], {"id": IDS[kind], "from": "H1", "to": "H2", field: raw})
    assert field not in values
    assert [problem.field for problem in problems] == [field]
    return problems[0]


def test_a_whole_record() -> None:
    raw: dict[str, Json] = {
        "id": "**H6**",
        "Title": "Signature of a node",
        "Status": "✅ Complete",
        "Blocked By": "H2 (✅ resolved), H1",
        "Blocks": "H7–H9 and H11",
        "Acceptance criteria": ["[x] it fits", "[ ] it is quick"],
        "Phase": "Phase 1: Foundations",
        "evidence": "src/node.py",
    }
    assert validate(SPECS["hole"], raw) == (
        {
            "id": "H6",
            "title": "Signature of a node",
            "status": "resolved",
            "phase": "Phase 1",
            "blocks": ["H7", "H8", "H9", "H11"],
            "blocked_by": ["H2", "H1"],
            "criteria": [
                {"text": "it fits", "category": "", "met": True, "dropped": False},
                {"text": "it is quick", "category": "", "met": False, "dropped": False},
            ],
            "evidence": ["src/node.py"],
        },
        (),
    )


@pytest.mark.parametrize(
    ("raw", "ids"),
    [
        ("H1, H2 and H5", ["H1", "H2", "H5"]),
        ("H2 (✅ resolved)", ["H2"]),
        ("None", []),
        ("None (first of all)", []),
        ("-", []),
        ("—", []),
        ("", []),
        (None, []),
        (["H1", "H2"], ["H1", "H2"]),
        ("[H1, H2]", ["H1", "H2"]),
        ("H1–H4", ["H1", "H2", "H3", "H4"]),
        ("H1-H3, H9", ["H1", "H2", "H3", "H9"]),
        ("T008 to T011", ["T008", "T009", "T010", "T011"]),
        ("KRN-10..12", ["KRN-10", "KRN-11", "KRN-12"]),
        ("Phases 1-3", ["Phase 1", "Phase 2", "Phase 3"]),
        ("Phases 1, 2", ["Phase 1", "Phase 2"]),
        ("KRN-1,2,4", ["KRN-1", "KRN-2", "KRN-4"]),
        ("`H3`, [H2](holes.md#h2)", ["H3", "H2"]),
        ("H1 H2 H3", ["H1", "H2", "H3"]),
        ("H1/H2", ["H1", "H2"]),
        ("H1 → H2 + H3", ["H1", "H2", "H3"]),
        ("✅ H1; ⏳ H2", ["H1", "H2"]),
        ("Phase 1 complete", ["Phase 1"]),
        ("Workstream A", ["Workstream A"]),
        ("H5: the interface – draft", ["H5"]),
        ("auth-layer, storage", ["auth-layer", "storage"]),
        ("#12", ["#12"]),
        ("KRN-XX-12", ["KRN-XX-12"]),
        ("1.2.3", ["1.2.3"]),
        ("T1-2", ["T1-2"]),
        ("2026-10", ["2026-10"]),
        ("H1, H1, H2", ["H1", "H2"]),
        ("H1 (not (yet) done, H7), H2", ["H1", "H2"]),
        ("H1 (unclosed, H2", ["H1"]),
        (3, ["3"]),
        ([1, "2"], ["1", "2"]),
        ("H1, nothing", ["H1"]),
    ],
)
def test_references(raw: Json, ids: list[str]) -> None:
    assert value("hole", "blocked_by", raw) == (ids if raw is not None else [])


@pytest.mark.parametrize(
    ("raw", "index"),
    [
        ("the vendor to answer", None),
        ("all 19 parts of it", None),
        ("H1–H5000", None),
        ("H9–H1", None),
        (["H1", "whatever comes"], 1),
        (["H1", ["H2"]], 1),
        ({"H1": "H2"}, None),
    ],
)
def test_references_without_ids(raw: Json, index: int | None) -> None:
    problem = fault("hole", "blocked_by", raw)
    assert problem.code == "DS102"
    assert problem.index == index


def test_one_reference_is_not_two() -> None:
    assert value("hole", "phase", "None") is None
    assert value("hole", "phase", 2) == "2"
    assert "expected one id, found 2" in fault("hole", "phase", "Phase 1 and 2").message


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("2026-10-21", "2026-10-21"),
        ("Oct 21, 2026", "2026-10-21"),
        ("October 21st, 2026", "2026-10-21"),
        ("21 Sept. 2026", "2026-09-21"),
        ("3rd May 2026", "2026-05-03"),
        ("2026-10-21 (session 2)", "2026-10-21"),
        ("2026-10-21T22:22:00Z", "2026-10-21"),
        ("2026-10-21 – evening", "2026-10-21"),
        ("**2026-10-21**", "2026-10-21"),
        ("TBD", None),
    ],
)
def test_dates(raw: str, iso: str | None) -> None:
    assert value("session", "date", raw) == iso


@pytest.mark.parametrize("raw", ["2026-02-30", "21/10/2026", "soon", "Mayday 3, 2026", "2026-10-211", 20261021, ["2026-10-21"]])
def test_no_dates(raw: Json) -> None:
    assert fault("session", "date", raw).code == "DS102"


def test_a_day_that_does_not_exist_is_told_apart_from_a_bad_form() -> None:
    assert "no such day" in fault("session", "date", "2026-02-30").message
    assert fault("session", "date", "21/10/2026").help == "write it as 2026-10-21"


@pytest.mark.parametrize(
    ("raw", "number"), [("3", 3), (3, 3), ("Wave 2", 2), ("wave-2", 2), ("#4", 4), ("1,200", 1200), ("?", None)]
)
def test_integers(raw: Json, number: int | None) -> None:
    assert value("task", "wave", raw) == number


@pytest.mark.parametrize("raw", ["2.5", "Week 2", "two", True, "1" * 5000, ["1"]])
def test_no_integers(raw: Json) -> None:
    assert "expected" in fault("task", "wave", raw).message


@pytest.mark.parametrize(
    ("raw", "values"),
    [
        ({"current": "12 ms", "target": "< 200 ms"}, {"current": 12, "target": 200, "unit": "ms", "better": "lower"}),
        ({"current": "85%", "target": "≥ 90%"}, {"current": 85, "target": 90, "unit": "%", "better": "higher"}),
        ({"current": "1,204.5", "unit": "rows"}, {"current": 1204.5, "unit": "rows"}),
        ({"current": 0.5, "target": 3}, {"current": 0.5, "target": 3}),
        ({"current": "~40 (p95)", "target": "100+"}, {"current": 40, "target": 100}),
        ({"target": "> 5", "better": "Lower"}, {"target": 5, "better": "lower"}),
        ({"current": "12 MS", "unit": "ms"}, {"current": 12, "unit": "ms"}),
        ({"current": "−3 °C"}, {"current": -3, "unit": "°C"}),
        ({"current": "TBD", "target": None}, {}),
    ],
)
def test_metrics_keep_their_unit(raw: dict[str, Json], values: dict[str, Json]) -> None:
    assert validate(SPECS["metric"], {"id": "M1", **raw}) == ({"id": "M1", **values}, ())


def test_figures_of_one_metric_share_a_unit() -> None:
    values, problems = validate(SPECS["metric"], {"id": "M1", "current": "2 s", "target": "< 200 ms"})
    assert values == {"id": "M1", "target": 200, "unit": "ms", "better": "lower"}
    assert [(problem.field, problem.help) for problem in problems] == [("current", "give every figure of the metric in ms")]


@pytest.mark.parametrize("raw", ["fast", "4.5/5", "12 ms or so, maybe", [1]])
def test_no_figures(raw: Json) -> None:
    assert fault("metric", "current", raw).code == "DS102"


def test_a_plain_number_has_no_unit() -> None:
    spec = own_kind(FieldSpec("score", FieldType.NUMBER))
    assert validate(spec, {"id": "R1", "score": "2.50"}).values["score"] == 2.5
    assert validate(spec, {"id": "R1", "score": "12 ms"}).problems[0].help == "write 12"
    assert validate(spec, {"id": "R1", "score": "n/a"}) == ({"id": "R1"}, ())
    assert validate(spec, {"id": "R1", "score": "high"}).problems[0].message == "score: expected a number, found “high”"


@pytest.mark.parametrize(("raw", "number"), [("P3", 3), ("Phase 1.5", 1.5), ("phase-2", 2)])
def test_the_number_of_a_phase_is_read_from_its_id(raw: str, number: float) -> None:
    assert validate(SPECS["phase"], {"id": raw}) == ({"id": raw, "number": number}, ())
    assert validate(SPECS["phase"], {"id": raw, "number": 7}).values["number"] == 7


def test_the_number_of_a_session_is_read_from_its_id() -> None:
    assert validate(SPECS["session"], {"id": "Session 12"}).values["number"] == 12


@pytest.mark.parametrize(
    ("raw", "items"),
    [
        ("one thing", ["one thing"]),
        (["a", 2, True, None], ["a", "2", "true"]),
        ([{"Latency": "below 5 ms"}], ["Latency: below 5 ms"]),
        ("none", []),
        ("", []),
    ],
)
def test_lists_of_texts(raw: Json, items: list[str]) -> None:
    assert value("hole", "constraints", raw) == items


def test_texts() -> None:
    assert value("hole", "type", "  interface ") == "interface"
    assert value("hole", "type", ["a", "b"]) == "a, b"
    assert value("hole", "type", ["a", False]) == "a, false"
    assert value("hole", "type", "") is None
    assert "found a mapping" in fault("hole", "type", {"a": "b"}).message
    assert "found a list" in fault("session", "date", ["a"]).message


@pytest.mark.parametrize(
    ("raw", "criteria"),
    [
        ("fits\n- [x] is quick\n\n", [("fits", "", False, False), ("is quick", "", True, False)]),
        (["✅ fits", "[~] is quick"], [("fits", "", True, False), ("is quick", "", False, True)]),
        (
            {"Functional criteria": ["[X] a"], "quality": "b"},
            [("a", "functional", True, False), ("b", "quality", False, False)],
        ),
        ([{"text": "a", "met": True, "category": "Quality"}], [("a", "quality", True, False)]),
        ([{"Latency": "5 ms"}], [("Latency: 5 ms", "", False, False)]),
        ("none", []),
        (None, []),
    ],
)
def test_criteria(raw: Json, criteria: list[tuple[str, str, bool, bool]]) -> None:
    found = value("gate", "criteria", raw)
    assert isinstance(found, list)
    assert [tuple(item.values()) for item in found if isinstance(item, dict)] == criteria


@pytest.mark.parametrize(
    ("raw", "conditions"),
    [
        ("all", {"overall": "all"}),
        ("All criteria must be met", {"overall": "all"}),
        ("80%", {"overall": "80%"}),
        (3, {"overall": "3"}),
        (
            "all functional, performance: 80%, at least 2 of 3 quality criteria and any documentation",
            {"functional": "all", "performance": "80%", "quality": "2", "documentation": "any"},
        ),
        (
            {"Functional": "every one", "performance": 2, "documentation": "optional"},
            {"functional": "all", "performance": "2", "documentation": "0"},
        ),
        (["functional: all", "quality: 66.7%"], {"functional": "all", "quality": "66.7%"}),
        ("none", {}),
        ("", {}),
        (
            "All functional PASS, ≥80% of speed/quality criteria PASS (see below), all papers COMPLETE",
            {"functional": "all", "speed": "80%", "quality": "80%", "papers": "all"},
        ),
    ],
)
def test_pass_conditions(raw: Json, conditions: dict[str, str]) -> None:
    assert value("gate", "pass_condition", raw) == conditions


@pytest.mark.parametrize(
    "raw", ["when we feel like it", "all of the user interface", {"quality": "good"}, {"quality": ["all"]}]
)
def test_no_pass_conditions(raw: Json) -> None:
    assert fault("gate", "pass_condition", raw).code == "DS102"


def test_statuses_use_the_words_of_the_project() -> None:
    words = {**WORDS, "in the oven": Status.IN_PROGRESS}
    emoji = {**EMOJI, "🍞": Status.RESOLVED}
    assert validate(SPECS["hole"], {"id": "H1", "status": "in the oven"}, words, emoji).values["status"] == "in_progress"
    assert validate(SPECS["hole"], {"id": "H1", "status": "🍞"}, words, emoji).values["status"] == "resolved"
    assert fault("hole", "status", "🍞").code == "DS103"


def test_an_unknown_status_names_the_near_miss() -> None:
    problem = fault("hole", "status", "finnished")
    assert (problem.code, problem.help) == ("DS103", "did you mean finished?")
    assert "[status.words]" in fault("hole", "status", "xyzzy").help
    assert fault("hole", "status", ["done"]).code == "DS102"
    assert value("hole", "status", "—") is None


def test_an_enumeration_names_the_near_miss() -> None:
    spec = own_kind(FieldSpec("grade", FieldType.ENUM, values=("very low", "high")))
    assert validate(spec, {"id": "R1", "grade": "Very-Low"}).values["grade"] == "very low"
    assert validate(spec, {"id": "R1", "grade": "-"}) == ({"id": "R1"}, ())
    (problem,) = validate(spec, {"id": "R1", "grade": "hihg"}).problems
    assert (problem.message, problem.help) == ("grade: “hihg” is not one of very low, high", "did you mean high?")
    (far,) = validate(spec, {"id": "R1", "grade": "zzz"}).problems
    assert far.help == "known are very low, high"


@pytest.mark.parametrize(
    ("raw", "truth"), [("yes", True), ("No", False), (True, True), ("✅", True), ("off", False), ("", None), ("❌", False)]
)
def test_booleans(raw: Json, truth: bool | None) -> None:  # noqa: FBT001 -- the expectation
    spec = own_kind(FieldSpec("urgent", FieldType.BOOLEAN))
    assert validate(spec, {"id": "R1", "urgent": raw}).values.get("urgent") is truth


def test_no_boolean() -> None:
    spec = own_kind(FieldSpec("urgent", FieldType.BOOLEAN))
    assert validate(spec, {"id": "R1", "urgent": "maybe"}).problems[0].field == "urgent"


def test_missing_fields() -> None:
    values, problems = validate(SPECS["propagation"], {"id": "E1", "to": "none"})
    assert values == {"id": "E1", "to": []}
    assert [(problem.field, problem.code) for problem in problems] == [("from", "DS101"), ("to", "DS101")]


@pytest.mark.parametrize("kind", [kind for kind in FieldType if kind != FieldType.ENUM])
def test_a_required_field_of_any_type_may_not_be_empty(kind: FieldType) -> None:
    spec = own_kind(FieldSpec("needed", kind, required=True))
    for raw in ({"id": "R1"}, {"id": "R1", "needed": ""}):
        values, problems = validate(spec, raw)
        assert values.get("needed") in (None, [], {})
        assert [(problem.field, problem.code) for problem in problems] == [("needed", "DS101")]


@pytest.mark.parametrize("kind", [kind for kind in FieldType if kind != FieldType.ENUM])
def test_a_field_of_any_type_may_be_left_out(kind: FieldType) -> None:
    assert validate(own_kind(FieldSpec("more", kind)), {"id": "R1"}) == ({"id": "R1"}, ())


def test_a_field_that_is_required_and_bad_is_reported_once() -> None:
    spec = own_kind(FieldSpec("needed", FieldType.DATE, required=True))
    assert [problem.code for problem in validate(spec, {"id": "R1", "needed": "soon"}).problems] == ["DS102"]


def test_a_record_without_an_id_is_kept() -> None:
    assert validate(SPECS["hole"], {"title": "x"})[0] == {"title": "x"}
    assert [problem.code for problem in validate(SPECS["hole"], {"title": "x"}).problems] == ["DS101"]
    assert [problem.code for problem in validate(SPECS["hole"], {"id": " "}).problems] == ["DS101"]


def test_an_id_of_another_kind_is_kept_and_told() -> None:
    values, problems = validate(SPECS["hole"], {"id": "Q7"})
    assert values == {"id": "Q7"}
    assert [(problem.field, problem.code) for problem in problems] == [("id", "DS102")]
    assert "kinds.hole.id" in problems[0].help


def test_what_is_good_stays_beside_what_is_bad() -> None:
    values, problems = validate(
        SPECS["task"], {"id": "T1", "wave": "x", "date": "soon", "depends_on": ["T2"], "estimate": "3 d"}
    )
    assert values == {"id": "T1", "depends_on": ["T2"], "estimate": "3 d", "date": "soon"}
    assert [problem.field for problem in problems] == ["wave"]


def test_unknown_fields_are_kept_as_they_are() -> None:
    raw: dict[str, Json] = {"id": "H1", "model_config": 1, "copy": [1, {"a": None}], "Some Key": "x", "from_": "y"}
    assert validate(SPECS["hole"], raw) == (raw, ())


def test_a_field_given_twice_is_told() -> None:
    values, problems = validate(SPECS["hole"], {"id": "H1", "depends_on": "H2", "Blocked by": "H3"})
    assert values["blocked_by"] == ["H2"]
    assert [(problem.field, problem.message) for problem in problems] == [
        ("blocked_by", "blocked_by is given twice, as depends_on and as Blocked by")
    ]


@pytest.mark.parametrize("name", ["json", "copy", "schema", "class", "from", "model_dump", "fields", "validate"])
def test_any_name_is_good_for_a_field(name: str) -> None:
    spec = own_kind(FieldSpec(name, FieldType.INTEGER))
    assert validate(spec, {"id": "R1", name: f"{name} 4" if name.isalpha() else "4"}) == ({"id": "R1", name: 4}, ())


def test_a_built_in_kind_takes_further_fields_and_other_types() -> None:
    hole = SPECS["hole"]
    fields = {
        **hole.fields,
        "due": FieldSpec("due", FieldType.DATE),
        "type": FieldSpec("type", FieldType.ENUM, values=("a", "b")),
    }
    spec = replace(hole, fields=fields)
    values, problems = validate(spec, {"id": "H1", "due": "May 1, 2026", "type": "c", "blocks": "H2"})
    assert values == {"id": "H1", "due": "2026-05-01", "blocks": ["H2"]}
    assert [problem.field for problem in problems] == ["type"]
    assert validate(hole, {"id": "H1", "type": "c"}).problems == ()


def test_a_field_that_python_calls_otherwise_can_be_changed() -> None:
    event = SPECS["propagation"]
    fields = {**event.fields, "from": FieldSpec("from", FieldType.TEXT)}
    assert validate(replace(event, fields=fields), {"id": "E1", "from": "somewhere else", "to": "H1"}).problems == ()


@given(st.sampled_from(sorted(SPECS)), st.data())
def test_anything_is_read_or_told(kind: str, data: st.DataObject) -> None:
    spec = SPECS[kind]
    raw = data.draw(st.dictionaries(st.sampled_from(sorted(spec.aliases)) | st.text(max_size=8), JSON, max_size=6))
    values, problems = validate(spec, raw)
    assert {problem.field for problem in problems} <= {*spec.fields, *raw}
    assert all(problem.message and problem.code in ("DS101", "DS102", "DS103") for problem in problems)
    again, _ = validate(spec, values)
    assert {name: text for name, text in again.items() if name != "better"} == {
        name: text for name, text in values.items() if name != "better"
    }


@pytest.mark.parametrize(
    ("raw", "soft"),
    [("the launch of the ferry", True), ("all pier 4 boats", True), ("12th pier", False), ("H1; the launch", True)],
)
def test_words_where_ids_are_expected_may_be_meant(raw: str, soft: bool) -> None:  # noqa: FBT001 -- a parameter of the case
    assert fault("hole", "blocks", raw).soft is soft
