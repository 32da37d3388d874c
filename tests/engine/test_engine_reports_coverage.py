from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsync.engine.reports.coverage_json import read_coverage_json
from docsync.engine.reports.coverage_xml import read_coverage_xml
from docsync.engine.reports.markup import Unreadable
from docsync.models.reports import Moments, Share

COUNTED = (
    '<coverage line-rate="0.9" branch-rate="0.5" lines-covered="90" lines-valid="100" branches-covered="10" branches-valid="20"'
    ' timestamp="1767225600000"><packages><package name="weir" line-rate="0.1"><classes><class filename="weir/gate.py"'
    ' line-rate="0.2"/></classes></package></packages></coverage>'
)


def test_counts_tell_more_than_rates() -> None:
    run = read_coverage_xml(COUNTED.encode())
    assert (run.line, run.branch) == (Share(Decimal(90), 90, 100), Share(Decimal(50), 10, 20))
    assert run.total == Share(Decimal(10000) / 120, 100, 120)
    assert run.files == {"weir/gate.py"}
    assert run.moments == Moments(1767225600.0, 1767225600.0)


def test_rates_are_enough() -> None:
    doctype = "<!DOCTYPE coverage SYSTEM 'http://127.0.0.1:9/coverage-04.dtd'>"
    run = read_coverage_xml(f'{doctype}<coverage line-rate="0.875" branch-rate="0.5" timestamp="1767225600"/>'.encode())
    assert (run.line, run.branch, run.total) == (Share(Decimal("87.500")), Share(Decimal("50.0")), None)
    assert run.moments.utc == 1767225600.0


@pytest.mark.parametrize("branch", ["", 'branch-rate="0"', 'branches-covered="0" branches-valid="0"', 'branch-rate="1.5"'])
def test_branches_that_were_not_measured_say_nothing(branch: str) -> None:
    run = read_coverage_xml(f'<coverage line-rate="0.875" {branch}/>'.encode())
    assert run.branch is None
    assert run.total == run.line


@pytest.mark.parametrize("stamp", ["", "soon", "-4", "inf", "nan"])
def test_a_time_that_is_none_is_passed_over(stamp: str) -> None:
    assert read_coverage_xml(f'<coverage line-rate="1" timestamp="{stamp}"/>'.encode()).moments == Moments()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"<coverage/>", "does not say how many lines are covered: line-rate is missing, or is no share"),
        (b'<coverage line-rate="9"/>', "does not say how many lines are covered: line-rate is missing, or is no share"),
        (b'<coverage line-rate="NaN"/>', "does not say how many lines are covered: line-rate is missing, or is no share"),
        (
            b'<coverage lines-covered="9" lines-valid="3" line-rate="x"/>',
            "does not say how many lines are covered: line-rate is missing, or is no share",
        ),
        (b"<report/>", "begins with <report>, where <coverage> was expected"),
        (b"<coverage line-rate='1'>", "is cut off at line 1"),
        (b"<!DOCTYPE c [<!ENTITY x 'y'>]><coverage line-rate='1'/>", "holds a DTD of its own, which is not read"),
    ],
)
def test_xml_that_is_no_report_says_why(raw: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_coverage_xml(raw)
    assert str(refused.value) == said


def test_json_of_coverage() -> None:
    totals = b'{"covered_lines": 7, "num_statements": 8, "covered_branches": 1, "num_branches": 2, "percent_covered": 80.0}'
    meta = b'{"timestamp": "2026-01-01T00:00:00+00:00", "branch_coverage": true}'
    run = read_coverage_json(b'\xef\xbb\xbf{"meta": ' + meta + b', "totals": ' + totals + b', "files": {"weir/gate.py": {}}}')
    assert (run.line, run.branch, run.total) == (
        Share(Decimal("87.5"), 7, 8),
        Share(Decimal(50), 1, 2),
        Share(Decimal(80), 8, 10),
    )
    assert run.files == {"weir/gate.py"}
    assert run.moments.utc == 1767225600.0


def test_json_without_branches_or_a_time() -> None:
    run = read_coverage_json(b'{"meta": [], "totals": {"covered_lines": 7, "num_statements": 8}}')
    assert (run.branch, run.total, run.moments) == (None, run.line, Moments())


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b"[]", "is not the JSON of coverage.py: an object was expected"),
        (b'{"totals":\n', "is no JSON, or is cut off at line 2"),
        (b'{"totals": {"covered_lines": 1' + b"0" * 5000 + b"}}", "is no JSON, or is cut off"),
        (b'{"a": "\xff"}', "is not UTF-8"),
        (b'{"a":' * 100_000, "has values inside each other too deep"),
        (
            b'{"totals": {"covered_lines": true, "num_statements": "8"}}',
            "does not say how many lines are covered: totals.covered_lines and totals.num_statements are missing",
        ),
        (
            b'{"total": {"lines": {"pct": 80}}}',
            "does not say how many lines are covered: totals.covered_lines and totals.num_statements are missing",
        ),
    ],
)
def test_json_that_is_no_report_says_why(raw: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_coverage_json(raw)
    assert str(refused.value) == said


@given(st.binary(max_size=200))
def test_no_bytes_are_a_surprise(raw: bytes) -> None:
    for read in (read_coverage_xml, read_coverage_json):
        with suppress(Unreadable):
            assert read(raw).line
