from __future__ import annotations

import json

import jsonschema
import pytest
from report_builders import harbour

from docsync.models.diagnostics import Change, Diagnostic, Fix, Place, Report, Safety, Severity, Tally
from docsync.reporters.display import Display
from docsync.reporters.json_report import as_json, render
from docsync.reporters.report_schema import report_schema
from docsync.text.source import line_index
from docsync.text.spans import Span

NO_TEXTS = Display(lambda _: None)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(report_schema())


@pytest.mark.parametrize("report", [harbour(), Report((), Tally())])
def test_reports_meet_the_schema(report: Report) -> None:
    jsonschema.Draft202012Validator(report_schema()).validate(json.loads(render(report, NO_TEXTS)))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"summary": {"files": -1, "records": 0, "claims": {"confirmed": 0, "contradicted": 0, "unverifiable": 0}}},
        {"diagnostics": [{"code": "DS203"}]},
    ],
)
def test_the_schema_refuses_what_is_no_report(change: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(report_schema()).validate({**as_json(harbour()), **change})


def test_positions_count_from_one_in_code_points() -> None:
    text = "✅ one\r\n検査 5/8\r\n"
    place = Place("a.md", Span(text.index("5/8"), text.index("5/8") + 3))
    fix = Fix("write", Safety.SAFE, (Change(place, "6/8"),))
    found = Diagnostic("DS201", "count-disagrees-with-records", Severity.ERROR, "m", place, fix=fix)
    report = json.loads(render(Report((found,), Tally(1), {"a.md": line_index(text)}), NO_TEXTS))["diagnostics"][0]
    where = {"start": {"line": 2, "column": 4}, "end": {"line": 2, "column": 7}}
    assert report["range"] == where
    assert report["fix"] == {"title": "write", "safety": "safe", "edits": [{"path": "a.md", "range": where, "text": "6/8"}]}


def test_output_is_ascii_and_keeps_every_sign() -> None:
    found = Diagnostic("DS201", "n", Severity.ERROR, "é\x1b\u202e検", Place("b\udcff.md", Span(0, 0)))
    output = render(Report((found,), Tally(1)), NO_TEXTS)
    assert output.isascii()
    assert json.loads(output)["diagnostics"][0]["message"] == "é\x1b\u202e検"
    assert json.loads(output)["diagnostics"][0]["path"] == "b\udcff.md"
