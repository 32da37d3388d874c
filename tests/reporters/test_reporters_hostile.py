"""Whatever documents and file names hold, reports stay what they are."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from ci_readers import code_quality, commands, finding, junit, sarif, shown
from hypothesis import given, settings
from hypothesis import strategies as st

from docsync.cli.main import run
from docsync.models.diagnostics import Change, Diagnostic, Fix, Place, Related, Report, Safety, Severity, Tally
from docsync.text.source import line_index
from docsync.text.spans import Span
from trees import commit, plant

SIGNS = st.sampled_from(
    [
        "::",
        "%0A",
        "%",
        "\r",
        "\n",
        "\r\n",
        "##[",
        "]]>",
        "<",
        "&",
        '"',
        "\x1b[31m",
        "\x00",
        "\u2028",
        "\ufeff",
        "](",
        ",",
        " ",
        "{0}",
    ]
)
TEXTS = st.lists(st.one_of(SIGNS, st.text(max_size=5)), max_size=6).map("".join)
PARTS = st.one_of(SIGNS, st.text(st.characters(codec="utf-8"), min_size=1, max_size=5), st.just(os.fsdecode(b"\xff")))
NAMES = st.lists(PARTS, min_size=1, max_size=5).map(lambda parts: "".join(parts).replace("\0", "").replace("/", "_") or "x")
"""What the file system can give: bytes that are no UTF-8 come as surrogates of their own, and no others do."""


@st.composite
def diagnostics(draw: st.DrawFn, text: str) -> Diagnostic:
    ends = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text) + 3))))
    place = Place(draw(NAMES), Span(*ends))
    related = (Related(Place(draw(NAMES), Span(0, 0)), draw(TEXTS)),)
    fix = Fix(draw(TEXTS), Safety.SAFE, (Change(place, draw(TEXTS)),))
    return Diagnostic(
        "DS301", "status-disagrees", draw(st.sampled_from(Severity)), draw(TEXTS), place, related, fix, help=draw(TEXTS)
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    text = draw(TEXTS)
    found = tuple(draw(st.lists(diagnostics(text), max_size=3)))
    lines = {each.place.path: line_index(text) for each in found if draw(st.booleans())}
    return Report(found, Tally(1), lines, refused=tuple(draw(st.lists(NAMES, max_size=2))))


@pytest.mark.parametrize("path", [":", "::", " :"])
def test_a_path_of_colons_is_no_command(path: str) -> None:
    crowd = tuple(finding(severity=Severity.INFO) for _ in range(10))
    last = Diagnostic("DS301", "status-disagrees", Severity.INFO, "", Place(path, Span(0, 0)))
    assert {each.kind for each in commands(shown("github", Report((*crowd, last), Tally(1), {})))} == {"notice"}


@settings(deadline=None)
@given(reports(), st.booleans())
def test_github_reads_just_the_commands_that_are_meant(report: Report, crowded: bool) -> None:  # noqa: FBT001  # a drawn value
    crowd = tuple(finding(severity=severity) for severity in Severity for _ in range(10)) if crowded else ()
    full = Report((*crowd, *report.diagnostics), report.tally, report.lines, report.refused)
    found = commands(shown("github", full))
    kinds = [each.kind for each in found]
    assert len(found) == len(report.diagnostics) or crowded
    assert all(kinds.count(kind) <= 10 for kind in ("error", "warning", "notice"))
    assert set(kinds) <= {"error", "warning", "notice"}
    names = {"title", "file", "line", "endLine", "col", "endColumn"}
    assert all(each.properties.keys() <= names and (each.properties.get("line") or "1").isdigit() for each in found)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown("github", full))


@settings(deadline=None)
@given(reports())
def test_gitlab_reads_every_finding(report: Report) -> None:
    assert len(code_quality(shown("gitlab", report))) == len(report.diagnostics)


@settings(deadline=None)
@given(reports())
def test_code_scanning_reads_every_finding(report: Report) -> None:
    assert len(sarif(shown("sarif", report))["results"]) == len(report.diagnostics)


@settings(deadline=None)
@given(reports())
def test_test_viewers_read_every_finding(report: Report) -> None:
    root = junit(shown("junit", report))
    assert root.get("tests") == str(len(report.diagnostics) + 1)


WRONG = "# ::error::x\n\n**::error::%0A lit**: {}/4 lamps (50%) ##[error]x\n"


def test_files_of_every_name_are_reported_and_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names = [
        "::error file=a::.md",
        " ::error::.md",
        "a\n::error::.md",
        "b\x1b[31m.md",
        "c%0A,line=1:.md",
        "d]]><x>.md",
        "é\u202e.md",
    ]
    plant(tmp_path, {name: WRONG.format(number % 2 + 3) for number, name in enumerate(names)})
    (tmp_path / os.fsdecode(b"e\xff.md")).write_text(WRONG.format(3))
    readers = {"github": commands, "gitlab": code_quality, "junit": junit, "sarif": sarif}
    outputs = {}
    for name in readers:
        assert run(["check", "--output-format", name]) == 1
        outputs[name] = capsys.readouterr().out
    assert len(commands(outputs["github"])) == len(code_quality(outputs["gitlab"])) == 2, "what is repeated is one finding"
    assert junit(outputs["junit"]).get("failures") == "2"
    assert len(sarif(outputs["sarif"])["results"]) == 2
    commit(tmp_path)
    for name, read in readers.items():
        assert run(["check", "--since", "HEAD", "--output-format", name]) == 0
        read(capsys.readouterr().out)
    assert run(["check", "--since", "HEAD"]) == 0
    assert "): 8 findings were there already." in capsys.readouterr().out
