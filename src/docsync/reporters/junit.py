"""A report for Jenkins, GitLab and others that show tests: JUnit XML, a suite for each file and a test for each finding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from os.path import splitext
from typing import Final
from xml.etree import ElementTree as ET  # nothing is parsed with it

from docsync.models.diagnostics import Diagnostic, Report
from docsync.reporters.display import Display
from docsync.reporters.escaping import escape
from docsync.reporters.summary import summary
from docsync.reporters.text import headline, notes

_FORBIDDEN: Final = re.compile("[\ufffe\uffff]")
"""What XML 1.0 forbids beside the control characters, which are shown by their escapes anyway."""
_LONGEST: Final = 300


def render(report: Report, display: Display) -> str:
    """Give the findings as failed tests, those that a check does not fail on as skipped ones, and one test for the run.

    A test's name has no line in it, so that it is known again in the next run. In ASCII, so that no output encoding can
    break it.
    """
    files: dict[str, list[Diagnostic]] = {}
    for found in display.shown(report):
        files.setdefault(found.place.path, []).append(found)
    suites = [_own(report, display), *(_suite(report, path, inside, display) for path, inside in files.items())]
    top = ET.Element("testsuites", _counts("docsync", [case for suite in suites for case in suite]))
    top.attrib.pop("skipped")
    top.extend(suites)
    ET.indent(top, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(top, encoding="us-ascii").decode()}\n'


def _own(report: Report, display: Display) -> ET.Element:
    """Give the suite of the run itself, so that a report without findings has a test that passed."""
    case = ET.Element("testcase", {"classname": "docsync", "name": "the documents were checked", "time": "0"})
    said = "\n".join(map(_legal, summary(report, display)))
    if report.failed:
        ET.SubElement(case, "error", {"type": "refused", "message": "a file that was named could not be read"})
    ET.SubElement(case, "system-out").text = said
    return _of("docsync", [case])


def _suite(report: Report, path: str, found: Sequence[Diagnostic], display: Display) -> ET.Element:
    shown = _legal(escape(display.prefix + path))
    names = zip(found, _names(found), strict=True)
    suite = _of(shown, [_case(report, each, {"classname": splitext(shown)[0], "name": name}, display) for each, name in names])
    suite.set("file", shown)
    return suite


def _of(name: str, cases: list[ET.Element]) -> ET.Element:
    suite = ET.Element("testsuite", {**_counts(name, cases), "time": "0"})
    suite.extend(cases)
    return suite


def _counts(name: str, cases: Sequence[ET.Element]) -> dict[str, str]:
    outcomes = Counter(child.tag for case in cases for child in case)
    counts = {
        plural: str(outcomes[tag]) for plural, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
    }
    return {"name": name, "tests": str(len(cases)), **counts}


def _names(found: Sequence[Diagnostic]) -> Iterator[str]:
    """Name tests by what is said; equal ones are numbered, since readers keep only one test of a name."""
    seen: Counter[str] = Counter()
    for each in found:
        name = _cut(f"{each.code} {_legal(escape(each.message))}")
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _case(report: Report, found: Diagnostic, named: dict[str, str], display: Display) -> ET.Element:
    case = ET.Element("testcase", {**named, "time": "0"})
    fails = found.severity.rank >= report.fail_on.rank
    message = _cut(_legal(escape(found.message)))
    kind = {"type": f"{found.code} {found.rule}", "message": message}
    outcome = ET.SubElement(case, "failure" if fails else "skipped", kind)
    outcome.text = "\n".join(map(_legal, (headline(report, found, colour=False), *notes(report, found, display))))
    return case


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _legal(text: str) -> str:
    return _FORBIDDEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
