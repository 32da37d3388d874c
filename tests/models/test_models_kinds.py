"""Which kinds are built in, and what they say of themselves."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from docsync.config.patterns import check_pattern
from docsync.models.kinds.json_schema import kind_schema
from docsync.models.kinds.registry import BUILTIN, builtin_specs
from docsync.models.records import Json
from docsync.models.schema import LONGEST_ID, FieldSpec, FieldType, KindSpec, Role, field_key

SPECS = builtin_specs()
EACH_KIND = pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)


def test_the_nine_kinds_are_built_in() -> None:
    expected = ["hole", "phase", "gate", "session", "workstream", "task", "metric", "decision", "propagation"]
    assert list(SPECS)[: len(expected)] == expected
    assert [model.NAMES.name for model in BUILTIN] == list(SPECS)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("hole", "type phase blocks blocked_by constraints criteria resolution evidence"),
        ("phase", "number holes tasks gate weeks"),
        ("gate", "phase criteria pass_condition"),
        ("session", "number date resolved decided artifacts next blockers notes"),
        ("workstream", "phase part wave estimate depends_on assignee done_when"),
        ("task", "phase part wave estimate depends_on assignee done_when workstream"),
        ("metric", "current target unit"),
        ("decision", "date rationale supersedes"),
        ("propagation", "from to constraint"),
    ],
)
def test_each_kind_has_its_fields(kind: str, fields: str) -> None:
    assert {"id", "title", "status", *fields.split()} <= set(SPECS[kind].fields)


@EACH_KIND
def test_everything_is_documented(spec: KindSpec) -> None:
    assert spec.doc.endswith(".")
    assert [name for name, field in spec.fields.items() if not field.doc.endswith(".")] == []


@EACH_KIND
def test_no_spelling_means_two_fields(spec: KindSpec) -> None:
    spelled = [name for field in spec.fields.values() for name in (field.name, *field.aliases)]
    assert sorted(spelled) == sorted(set(spelled))
    assert [name for name in spelled if field_key(name) != name] == []


@EACH_KIND
def test_relations_lead_to_fields_that_lead_back(spec: KindSpec) -> None:
    for field in spec.fields.values():
        assert not field.target or field.target in SPECS
        if field.inverse:
            others = [SPECS[field.target]] if field.target else list(SPECS.values())
            assert any(field.inverse in other.fields for other in others), field


def test_the_dependency_graph_has_both_directions() -> None:
    assert [field.name for field in SPECS["hole"].relations(Role.NEEDS)] == ["blocked_by"]
    assert [field.name for field in SPECS["hole"].relations(Role.HOLDS)] == ["blocks"]
    assert [field.name for field in SPECS["task"].relations(Role.NEEDS)] == ["depends_on"]
    assert [field.name for field in SPECS["task"].relations(Role.PART_OF)] == ["phase", "workstream"]


@pytest.mark.parametrize(
    ("kind", "spelled", "field"),
    [
        ("hole", "Blocked By", "blocked_by"),
        ("hole", "Depends on", "blocked_by"),
        ("hole", "Dependencies", "blocked_by"),
        ("hole", "Acceptance Criteria", "criteria"),
        ("task", "Blocked by", "depends_on"),
        ("task", "Done when", "done_when"),
        ("task", "Owner", "assignee"),
        ("session", "Next steps", "next"),
        ("gate", "Pass condition", "pass_condition"),
        ("metric", "Actual", "current"),
        ("decision", "Why", "rationale"),
        ("hole", "Last Updated", "updated"),
    ],
)
def test_fields_go_by_the_names_that_documents_give_them(kind: str, spelled: str, field: str) -> None:
    assert SPECS[kind].aliases[field_key(spelled)] == field


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("hole", ["H1", "H19", "H6a"]),
        ("phase", ["P1", "Phase 3", "phase-2", "Phase 1.5"]),
        ("gate", ["G2", "Gate 4"]),
        ("session", ["S12", "Session 3"]),
        ("workstream", ["WS-1", "WS-A", "Workstream B"]),
        ("task", ["T7", "T001", "T-12", "T1.2", "1.4", "1.2.3", "KRN-12", "KRN-AB-12", "Task 9"]),
        ("metric", ["M3"]),
        ("decision", ["D4", "ADR-12", "ADR012", "Decision 3"]),
        ("propagation", ["E1", "PE-4", "Event 2"]),
    ],
)
def test_each_id_belongs_to_one_kind(kind: str, ids: list[str]) -> None:
    owners = {name: [spec.name for spec in SPECS.values() if spec.matches(name)] for name in ids}
    assert owners == {name: [kind] for name in ids}


@pytest.mark.parametrize("text", ["", "H", "1", "Phase", "H1 H2", "http://a", "2026-10-21", "COVID", "T", "H1:"])
def test_other_texts_are_no_ids(text: str) -> None:
    assert [spec.name for spec in SPECS.values() if spec.matches(text)] == []


def test_a_long_text_is_no_id_whatever_the_pattern() -> None:
    loose = replace(SPECS["hole"], id_pattern="H[0-9]+")
    assert loose.matches("H" + "1" * (LONGEST_ID - 1))
    assert not loose.matches("H" + "1" * LONGEST_ID)


@EACH_KIND
def test_the_built_in_patterns_keep_the_rules_for_projects(spec: KindSpec) -> None:
    check_pattern(spec.id_pattern)


def test_plurals_and_nouns_are_told_apart() -> None:
    plurals = [spec.plural for spec in SPECS.values()]
    assert len(set(plurals)) == len(plurals)
    nouns = [noun for spec in SPECS.values() for noun in spec.nouns]
    assert len(set(nouns)) == len(nouns)
    assert all(noun == noun.casefold() for noun in nouns)
    assert all(spec.name in spec.nouns and spec.plural in spec.nouns for spec in SPECS.values())


@EACH_KIND
def test_the_json_schema_is_valid(spec: KindSpec) -> None:
    schema = kind_schema(spec)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(schema["properties"]) == set(spec.fields)
    assert set(schema["required"]) == {name for name, field in spec.fields.items() if field.required}
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (
            "hole",
            {"id": "H6", "status": "✅ done", "phase": 1, "blocked_by": ["H2"], "criteria": ["[x] fits"], "own": {"a": 1}},
        ),
        ("phase", {"id": "Phase 1", "number": 1, "holes": "H1–H4"}),
        ("gate", {"id": "G1", "criteria": {"quality": ["clean"]}, "pass_condition": {"quality": "80%", "performance": 2}}),
        ("metric", {"id": "M1", "current": 12, "target": "< 20 ms", "better": "lower"}),
        ("propagation", {"id": "E1", "from": "H1", "to": ["H2", 3], "date": "2026-04-01"}),
    ],
)
def test_the_json_schema_takes_in_real_front_matter(kind: str, fields: dict[str, Json]) -> None:
    Draft202012Validator(kind_schema(SPECS[kind])).validate(fields)


@pytest.mark.parametrize(
    ("kind", "fields", "wrong"),
    [
        ("hole", {}, "id"),
        ("hole", {"id": "Q1"}, "Q1"),
        ("hole", {"id": "H1", "blocked_by": {"a": 1}}, "blocked_by"),
        ("metric", {"id": "M1", "better": "sideways"}, "sideways"),
        ("propagation", {"id": "E1", "from": "H1"}, "to"),
    ],
)
def test_the_json_schema_refuses_what_validation_refuses(kind: str, fields: dict[str, Json], wrong: str) -> None:
    errors = list(Draft202012Validator(kind_schema(SPECS[kind])).iter_errors(fields))
    assert len(errors) == 1
    assert wrong in errors[0].message or wrong in errors[0].absolute_path


def test_a_pattern_that_only_python_reads_is_left_out_of_the_schema() -> None:
    spec = replace(SPECS["hole"], id_pattern=r"(?i:h)\d+")
    assert "pattern" not in kind_schema(spec)["properties"]["id"]


def test_a_project_kind_has_a_schema_too() -> None:
    fields = {name: SPECS["hole"].fields[name] for name in ("id", "title", "status")}
    grade = FieldSpec("grade", FieldType.ENUM, "How bad.", required=True, values=("low", "high"))
    spec = KindSpec("risk", "risks", r"R\d+", {**fields, "grade": grade}, builtin=False, doc="What may go wrong.")
    schema = kind_schema(spec)
    Draft202012Validator.check_schema(schema)
    assert schema["description"] == "What may go wrong."
    assert schema["required"] == ["id", "grade"]
    assert schema["properties"]["grade"]["enum"] == ["low", "high", None]
