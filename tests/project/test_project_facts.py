from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project_builders import criterion, project, record

from docsync.models.schema import FieldSpec, FieldType, KindSpec
from docsync.models.status import Status
from docsync.project.expressions import Expression, FactError, Filter, Term, parse, parse_filters
from docsync.project.facts import evaluate

RISK = KindSpec(
    "risk",
    "risks",
    r"R\d+",
    {
        "id": FieldSpec("id", FieldType.TEXT),
        "level": FieldSpec("level", FieldType.ENUM, values=("low", "high")),
        "owner": FieldSpec("owner", FieldType.TEXT, aliases=("lead",)),
    },
)
OPEN = criterion("d", met=False)
PLAN = project(
    record("phase", "P1", Status.RESOLVED),
    record("phase", "P2", Status.IN_PROGRESS),
    record("gate", "G1", phase="P1", criteria=[criterion("a", met=True, category="functional"), criterion("b", met=False)]),
    record("gate", "G2", phase="P2", criteria=[criterion("c", met=True, category="Functional")]),
    record("hole", "H1", Status.RESOLVED, phase="1", type="Interface", labels=["core", "Wire"]),
    record("hole", "H2", Status.CANCELLED, phase="P1", blocked_by=["h1"]),
    record("hole", "H3", Status.READY, phase="Phase 2", blocked_by=["H1", "H2"], mood="good, really"),
    record(
        "hole", "H4", Status.PENDING, phase="P2", criteria=[criterion("d", met=False), criterion("e", met=True, dropped=True)]
    ),
    record("hole", "H5"),
    record("metric", "M1", current=93.5, unit="%"),
    record("metric", "M2", current="−1,250.5 ms", target="none yet"),
    record("task", "T1", Status.RESOLVED, workstream="WS1"),
    record("task", "T2", Status.READY, workstream="WS1"),
    record("workstream", "WS1", phase="P2"),
    record("risk", "R1", level="high", owner="Ada"),
    kinds=[RISK],
)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("holes.total", 5),
        ("holes.open", 2),
        ("holes.resolved", 1),
        ("holes.complete", 1),
        ("holes.not_started", 1),
        ("holes.in progress", 0),
        ("holes.percent", 40),
        ("holes[phase=1].total", 2),
        ("holes[phase=P1].total", 2),
        ('holes[phase="Phase 1"].total', 2),
        ("holes[ phase = 2 ] . total", 2),
        ("holes[phase=1, status=done].total", 1),
        ("holes[type=interface].total", 1),
        ("holes[labels=wire].total", 1),
        ("holes[blocked_by=H1].total", 2),
        ("holes[depends on=H1].total", 2),
        ("holes[H1].resolved", 1),
        ("holes[id=H1].total", 1),
        ('holes[mood="good, really"].total', 1),
        ("tasks[phase=2].total", 2),
        ("metrics[M1].current", Decimal("93.5")),
        ("metrics[M2].value", Decimal("-1250.5")),
        ("criteria.total", 4),
        ("criteria.met", 2),
        ("criteria.open", 2),
        ("criteria[G1].met", 1),
        ("criteria[gate=1].total", 2),
        ("criteria[phase=2].total", 2),
        ("criteria[kind=gate].total", 3),
        ("criteria[category=functional].total", 2),
        ("criteria[gate=1].percent", 50),
        ("phases[1].progress", 100),
        ("phases[P2].progress", 25),
        ("gates[G1].progress", 50),
        ("risks[level=high].total", 1),
        ("risks[lead=ada].total", 1),
    ],
)
def test_an_expression_counts_what_the_records_say(expression: str, value: int | Decimal) -> None:
    assert evaluate(PLAN, expression).value == value


def test_a_fact_lists_what_was_counted() -> None:
    assert evaluate(PLAN, "holes[phase=1].total").ids == ("H1", "H2")
    assert evaluate(PLAN, "holes.open").ids == ("H3", "H4")
    assert evaluate(PLAN, "metrics[M1].current").ids == ("M1",)


def test_criteria_are_listed_with_the_records_that_hold_them() -> None:
    fact = evaluate(PLAN, "criteria.open")

    assert fact.ids == ("G1", "H4")
    assert [one.text for one in fact.criteria] == ["b", "d"]


def test_a_fraction_has_a_total() -> None:
    fact = evaluate(PLAN, "holes.resolved/holes.total")

    assert (fact.value, fact.total, fact.percent) == (Decimal(1), Decimal(5), Decimal(20))
    assert fact.ids == ("H1",)
    assert evaluate(PLAN, "holes.total").total is None
    assert evaluate(PLAN, "holes.total").percent is None
    assert evaluate(PLAN, "holes.blocked / holes.deferred").percent is None


def test_what_is_true_of_one_project_is_not_kept_for_another() -> None:
    assert evaluate(project(record("hole", "H1")), "holes.total").value == 1
    assert evaluate(project(), "holes.total").value == 0


@pytest.mark.parametrize(
    ("expression", "expected", "near"),
    [
        ("hole.total", "`holes`", "`holes`"),
        ("criterias.total", "`criteria`", "`criteria`"),
        ("holes.totl", "`total`", "`total`"),
        ("holes.resolvd", "a status", "`resolved`"),
        ("metrics[M1].curent", "`current`", "`current`"),
        ("holes[phse=1].total", "a field of holes", "`phase`"),
        ("holes[phase=11].total", "the id of a phase", ""),
        ("holes[H33].total", "the id of a hole", "`H3`"),
        ("holes[status=redy].total", "a status", "`ready`"),
        ("risks[level=hgh].total", "`low`, `high`", "`high`"),
        ("criteria.mett", "`met`", "`met`"),
        ("criteria[gat=1].met", "`category`, `kind` or a kind's name", "`gate`"),
        ("criteria[X9].met", "the id of a record", ""),
        ("metrics.current", "`metrics[<id>].current`", ""),
        ("metrics[M2].target", "a number in `target` of M2, found `none yet`", ""),
        ("metrics[M1].target", "a number in `target` of M1, found nothing", ""),
        ("holes[status=deferred].percent", "nothing passes the filters of `holes[status=deferred].percent`", ""),
        ("criteria[H5].percent", "nothing passes the filters", ""),
        ("", "a plural such as `holes`", ""),
        ("holes", "`.` and a measure", ""),
        ("holes.", "`.` and a measure", ""),
        (".total", "a plural such as `holes`", ""),
        ("holes[.total", "`]` to close", ""),
        ("holes[].total", "`field=value` or an id", ""),
        ("holes[phase=].total", "`field=value` or an id", ""),
        ("holes[=1].total", "`field=value` or an id", ""),
        ("holes[a=b=c].total", "`field=value` or an id", ""),
        ("holes.total extra/holes.total", "for holes", ""),
        ("holes.total/", "a plural such as `holes`", ""),
        ("holes.total/holes.total/holes.total", "the end of the expression", ""),
        ("holes.total]", "the end of the expression", ""),
    ],
)
def test_an_error_names_what_was_expected_and_the_near_miss(expression: str, expected: str, near: str) -> None:
    with pytest.raises(FactError) as caught:
        evaluate(PLAN, expression)

    assert expected in str(caught.value)
    assert (f"did you mean {near}?" in str(caught.value)) if near else ("did you mean" not in str(caught.value))


WORDS = st.text(st.sampled_from("abcxyz _-"), min_size=1, max_size=8).map(str.strip).filter(bool)
VALUES = st.text(st.sampled_from('abc 1,=]["/.'.replace('"', "")), min_size=1, max_size=8).map(str.strip).filter(bool)
FILTERS = st.lists(st.builds(Filter, st.one_of(st.just(""), WORDS), VALUES), max_size=3).map(tuple)
TERMS = st.builds(Term, WORDS, FILTERS, WORDS.filter(lambda word: word[0].isalpha()))


@given(st.builds(Expression, TERMS, st.one_of(st.none(), TERMS)))
def test_an_expression_is_read_as_it_is_written(expression: Expression) -> None:
    assert parse(str(expression)) == expression


@given(st.text(st.sampled_from('ab[].,="/ 1'), max_size=40))
def test_any_text_is_an_expression_or_an_error(text: str) -> None:
    with suppress(FactError):
        parsed = parse(text)
        assert parse(str(parsed)) == parsed


def test_filters_alone_can_be_read() -> None:
    assert parse_filters('phase=1, "an id"') == (Filter("phase", "1"), Filter("", "an id"))


def test_a_long_expression_takes_no_time() -> None:
    for piece in ("a ", "[", "a=", '"', "a,", ".a", " "):
        with pytest.raises(FactError):
            parse("holes[" + piece * 100_000)
