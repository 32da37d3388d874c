from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsync.engine.reports.junit import read_junit
from docsync.engine.reports.markup import Foreign, Unreadable
from docsync.engine.reports.node_ids import read_node_ids
from docsync.models.reports import Figures, Moments, Part

CASES = """
<testcase classname="tests.flow.test_gate.TestGate" name="test_open[wide]" time="0.1"/>
<testcase classname="tests.flow.test_gate.TestGate" name="test_open[narrow]"><failure message="no">x</failure></testcase>
<testcase classname="tests.test_wall" name="test_high"><error>x</error></testcase>
<testcase classname="tests.test_wall" name="test_low"><skipped type="pytest.skip"/></testcase>
<testcase classname="tests.test_wall" name="test_dry"><skipped type="pytest.xfail"/></testcase>
"""
LAUGHS = """<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>
<testsuite><testcase name="&c;"/></testsuite>"""


def read(text: str) -> Figures:
    """Give the figures that are counted in a report."""
    return read_junit(text.encode()).counted


def test_each_case_is_counted_once_by_how_it_went() -> None:
    run = read_junit(f'<testsuites><testsuite name="pytest">{CASES}</testsuite></testsuites>'.encode())
    assert run.counted == Figures(total=5, failed=1, errors=1, skipped=2, expected=1, functions=4)
    assert run.counted.passed == 1
    assert set(run.parts) == {
        Part(("pytest",), "tests/flow/test_gate/TestGate", Figures(2, failed=1, functions=1)),
        Part(("pytest",), "tests/test_wall", Figures(3, errors=1, skipped=2, expected=1, functions=3)),
    }


def test_nested_suites_are_not_counted_twice() -> None:
    inner = f'<testsuite name="inner" tests="5" failures="1" errors="1" skipped="2">{CASES}</testsuite>'
    outer = f'<testsuite name="outer" tests="6"><testcase name="a" file="tests/a.py"/>{inner}</testsuite>'
    run = read_junit(f'<testsuites tests="6" failures="1" errors="1" skipped="2">{outer}</testsuites>'.encode())
    assert run.counted.total == 6
    assert run.declared == Figures(6, 1, 1, 2)
    assert Part(("outer",), "tests/a", Figures(1, functions=1)) in run.parts
    assert {part.suites for part in run.parts} == {("outer",), ("outer", "inner")}


def test_a_report_is_taken_at_its_word_beside_its_cases() -> None:
    twice = '<testcase name="a"><failure/></testcase><testcase name="a"><error/></testcase>'
    run = read_junit(f'<testsuite tests="1" failures="1" errors="1">{twice}</testsuite>'.encode())
    assert (run.counted.total, run.declared) == (2, None), "one test cannot fail twice"
    run = read_junit(b'<testsuites><testsuite tests="3"/><testsuite tests="4" failures="1"/></testsuites>')
    assert run.declared == Figures(7, 1)
    assert run.counted == Figures(7, 1), "suites without cases sum up what is left out"
    assert read_junit(b'<testsuites><testsuite tests="3"/><testsuite/></testsuites>').declared is None


@pytest.mark.parametrize("number", ["", "-1", "1.5", "٣", "999999999", "x"])
def test_what_is_no_number_of_tests_declares_nothing(number: str) -> None:
    assert read_junit(f'<testsuite tests="{number}"><testcase name="a"/></testsuite>'.encode()).declared is None


@pytest.mark.parametrize(
    ("case", "state"),
    [
        ('<testcase name="a" status="notrun"/>', Figures(1, skipped=1, functions=1)),
        ('<testcase name="a" result="skipped"/>', Figures(1, skipped=1, functions=1)),
        ('<testcase name="a" status="run"/>', Figures(1, functions=1)),
        ('<testcase name="a"><system-out><failure/></system-out></testcase>', Figures(1, functions=1)),
        ('<testcase name="a"><rerunFailure/><flakyError/></testcase>', Figures(1, functions=1)),
        ('<testcase name="a"><skipped/><failure/></testcase>', Figures(1, failed=1, functions=1)),
        ('<testcase name="a"><failure/><error/><skipped/></testcase>', Figures(1, failed=1, functions=1)),
        ('<testcase name="a"><properties><property/></properties><error/></testcase>', Figures(1, errors=1, functions=1)),
    ],
)
def test_how_a_case_went(case: str, state: Figures) -> None:
    assert read(f"<testsuite>{case}</testsuite>") == state


def test_the_latest_suite_tells_when_a_report_was_made() -> None:
    first = '<testsuite timestamp="2026-03-01T10:00:00+02:00" time="1,800.5"/>'
    last = '<testsuite timestamp="2026-03-01T09:00:00Z" time="nonsense"/>'
    moments = read_junit(f"<testsuites>{first}{last}</testsuites>".encode()).moments
    assert moments == Moments(1772355600.0, 1772355600.0)
    assert read_junit(f"<testsuites>{first}</testsuites>".encode()).moments.utc == 1772352000.0 + 1800.5


@pytest.mark.parametrize("stamp", ["", "yesterday", "2026-13-01", "9999999999999"])
def test_a_time_that_is_not_understood_is_none(stamp: str) -> None:
    assert read_junit(f'<testsuite timestamp="{stamp}"/>'.encode()).moments == Moments()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"<testsuite>\n<testcase name='a'>", "is cut off at line 2"),
        (b"<testsuite>\n<testcase na", "is cut off at line 2"),
        (b"<testsuite><testcase name='\xff'/></testsuite>", "is no XML: not well-formed (invalid token) at line 1"),
        (b"<testsuite><a></b></testsuite>", "is no XML: mismatched tag at line 1"),
        (b"<?xml version='1.0' encoding='klingon'?><testsuite/>", "is in an encoding that nobody knows"),
        (LAUGHS.encode(), "holds a DTD of its own, which is not read"),
        (b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><testsuite>&x;</testsuite>", "uses entities, which are not expanded"),
        (b"<testsuite>" * 65 + b"</testsuite>" * 65, "has elements more than 64 levels deep"),
        (b"142 tests", "is no XML: syntax error at line 1"),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_junit(raw)
    assert str(refused.value) == said


def test_a_dtd_that_is_merely_named_is_passed_over() -> None:
    assert (
        read("<!DOCTYPE testsuite SYSTEM 'http://127.0.0.1:9/junit.dtd'><testsuite><testcase name='a'/></testsuite>").total == 1
    )


def test_another_document_is_told_from_a_broken_one() -> None:
    with pytest.raises(Foreign, match="begins with <html>, where <testsuite> or <testsuites> was expected"):
        read_junit(b"<html><body/></html>")


def test_prefixes_and_other_encodings_are_read() -> None:
    assert read_junit(b'<j:testsuite xmlns:j="x"><j:testcase name="a"/></j:testsuite>').counted.total == 1
    utf16 = '<?xml version="1.0" encoding="utf-16"?><testsuite><testcase name="ä"/></testsuite>'.encode("utf-16")
    assert read_junit(utf16).counted.total == 1


def test_a_large_report_is_read_in_linear_time() -> None:
    case = "<testcase classname='tests.test_{0}' name='test_{1}'><system-out>{2}</system-out></testcase>"
    cases = "".join(case.format(number % 500, number, "x" * 50) for number in range(50_000))
    run = read_junit(f"<testsuite>{cases}</testsuite>".encode())
    assert (run.counted.total, len(run.parts)) == (50_000, 500)


@given(st.binary(max_size=200))
def test_no_bytes_are_a_surprise(raw: bytes) -> None:
    for body in (raw, b"<testsuite>" + raw, b"<testsuite>" + raw + b"</testsuite>"):
        with suppress(Unreadable):
            assert read_junit(body).counted.passed >= 0


COLLECTED = """tests/test_gate.py::test_open[a b]
tests/test_gate.py::test_open[c::d]
tests/flow/test_wall.py::TestWall::test_high
tests/flow/test_wall.py::TestWall::test_high

=========================== warnings summary ===========================
  tests/test_gate.py::test_warned
3 tests collected in 0.02s
ERROR tests/broken.py - ImportError: wall::gate
"""


def test_node_ids_are_counted_once_each() -> None:
    run = read_node_ids(COLLECTED.encode())
    assert run.counted == Figures(3, functions=2)
    assert {part.file: part.figures.total for part in run.parts} == {"tests/test_gate": 2, "tests/flow/test_wall": 1}


def test_node_ids_are_read_from_a_json_list() -> None:
    run = read_node_ids(b'\n["tests/a.py::test_x", "tests/a.py::test_y", 3, "tests/b.py"]')
    assert run.counted.total == 2


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "names no test: lines such as tests/test_feed.py::test_empty were expected"),
        (b"[]", "names no test: lines such as tests/test_feed.py::test_empty were expected"),
        (b"[" * 100_000, "has values inside each other too deep"),
        (b'["tests/a.py::test_x"', "is no JSON, or is cut off at line 1"),
        (b"tests/a.py::\xff", "is not UTF-8"),
    ],
)
def test_a_list_that_cannot_be_read_says_why(raw: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_node_ids(raw)
    assert str(refused.value) == said
