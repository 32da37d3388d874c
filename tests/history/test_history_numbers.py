from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pasts import Asking, commit, hole

from docsync.project import facts
from docsync.project.index import Project
from trees import git

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def asking(capsys: pytest.CaptureFixture[str]) -> Asking:
    return Asking(capsys)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def ferry(here: Path) -> Path:
    """Stand in a repository in which three holes are resolved, one of them for a while."""
    task = "---\nkind: task\nid: T1\ntitle: Paint\nstatus: {}\n---\n"
    commit(here, {"a.md": hole("H1", "pending"), "b.md": hole("H2", "pending"), "t.md": task.format("pending")}, "first")
    commit(here, {"a.md": hole("H1", "resolved"), "t.md": task.format("done")}, "second")
    commit(here, {"notes.md": "# Notes\n"}, "notes")
    commit(here, {"c.md": hole("H3", "resolved")}, "third")
    commit(here, {"a.md": hole("H1", "in progress", "reopened: it came loose in the first storm\n")}, "fourth")
    return here


def test_the_main_numbers_where_they_changed(ferry: Path, asking: Asking) -> None:
    del ferry
    rows = asking.text().partition("\n\n")[0].splitlines()
    assert [row.split()[2:] for row in rows] == [
        ["holes", "tasks", "subject"],
        ["0/2", "(0%)", "0/1", "(0%)", "first"],
        ["1/2", "(50%)", "1/1", "(100%)", "second"],
        ["2/3", "(67%)", "1/1", "(100%)", "third"],
        ["1/3", "(33%)", "1/1", "(100%)", "fourth"],
    ]
    assert asking.readings("holes") == ["first: holes 0/2", "second: holes 1/2", "third: holes 2/3", "fourth: holes 1/3"]


def test_a_burn_down_shows_what_is_left(ferry: Path, asking: Asking) -> None:
    del ferry
    rows = asking.text("holes", "--burndown").splitlines()
    assert rows[0].split() == ["date", "commit", "holes", "left", "subject"]
    assert [row.split()[2:5] for row in rows[1:]] == [["2", "of", "2"], ["1", "of", "2"], ["1", "of", "3"], ["2", "of", "3"]]
    rows = asking.text("holes.open", "--burndown").splitlines()
    assert [row.split()[2] for row in rows[1:]] == ["2", "1", "2"]
    found = list(csv.DictReader(io.StringIO(asking.text("holes", "--format", "csv"))))
    assert [(row["left"], row["total"], row["percent"]) for row in found] == [
        ("2", "2", "0"),
        ("1", "2", "50"),
        ("1", "3", "67"),
        ("2", "3", "33"),
    ]


def test_facts_are_worked_out_at_each_commit(ferry: Path, asking: Asking) -> None:
    assert asking.readings("holes.open") == [
        "first: holes.open 2/None",
        "second: holes.open 1/None",
        "fourth: holes.open 2/None",
    ]
    assert asking.readings("holes[H3].progress") == ["third: holes[H3].progress 100/None"]
    assert asking.readings("holes.resolved/holes.total")[-1] == "fourth: holes.resolved/holes.total 1/3"
    commit(ferry, {"d.md": "---\nkind: decision\nid: D1\ntitle: Paint\nstatus: accepted\n---\n"}, "fifth")
    assert asking.readings("decisions") == ["fifth: decisions 1/1"]
    assert not any("decisions" in line for line in asking.readings())
    assert "did you mean `resolved`" in asking.refused("holes.resolvd")
    assert "expected the id of a hole" in asking.refused("holes[H9].progress")


def test_a_drawing_is_the_same_each_time_and_well_formed(ferry: Path, asking: Asking) -> None:
    commit(ferry, {"<&>.md": "---\nkind: metric\nid: M1\ntitle: Speed\nstatus: done\ncurrent: 7\n---\n"}, "fifth")
    for asked in ((), ("holes",), ("holes.open",), ("holes.resolved/holes.total",), ("metrics[M1].current",)):
        first = asking.text(*asked, "--format", "svg")
        assert first == asking.text(*asked, "--format", "svg", "--no-cache")
        root = ET.fromstring(first)  # our own
        assert root.tag == f"{SVG}svg"
        assert root.findall(f"{SVG}path[@fill='none']"), asked
    texts = [each.text or "" for each in ET.fromstring(asking.text("holes", "--format", "svg")).iter(f"{SVG}text")]
    assert "holes: left (2)" in texts
    assert "holes: all (3)" in texts


def test_since_leaves_out_what_came_before(ferry: Path, asking: Asking) -> None:
    assert asking.readings("holes", "--since", "HEAD~2") == ["third: holes 2/3", "fourth: holes 1/3"]
    assert asking.readings("holes", "--since", "2099-01-01") == []
    assert "no commit here changed it" in asking.said("holes", "--since", "HEAD")
    assert ET.fromstring(asking.text("holes", "--since", "HEAD", "--format", "svg")).tag == f"{SVG}svg"
    assert len(asking.readings("holes", "--since", "2000-01-01")) == 4
    assert "there is no commit nowhere here" in asking.refused("--since", "nowhere")
    assert asking.told("--since", git(ferry, "rev-parse", "HEAD~1").strip())["commits"] == 1


def test_one_more_commit_continues_the_history(ferry: Path, asking: Asking) -> None:
    before = asking.readings("holes.resolved/holes.total")
    commit(ferry, {"a.md": hole("H1", "resolved"), "b.md": None}, "fifth")
    assert asking.readings("holes.resolved/holes.total") == [*before, "fifth: holes.resolved/holes.total 2/2"]
    git(ferry, "reset", "-q", "--hard", "HEAD~2")
    assert asking.readings("holes.resolved/holes.total") == before[:-1]


def test_another_configuration_reads_the_past_anew(ferry: Path, asking: Asking) -> None:
    assert len(asking.readings("holes")) == 4
    (ferry / "docsync.toml").write_text('exclude = ["a.md"]\n', encoding="utf-8")
    assert asking.readings("holes") == ["first: holes 0/1", "third: holes 1/2"]


def test_findings_on_history_stand_below(ferry: Path, asking: Asking) -> None:
    commit(ferry, {"t.md": "---\nkind: task\nid: T1\ntitle: Paint\nstatus: pending\n---\n"}, "fifth")
    assert "\nt.md:5:9: warning DS313[resolved-count-falls] the resolved tasks fell from 1 to 0 in " in asking.text()
    found = asking.told()["findings"]
    assert [(each["code"], each["path"], each["line"]) for each in found] == [("DS313", "t.md", 5)]
    assert "findings" not in asking.told("holes")
    (ferry / "docsync.toml").write_text('[rules]\nignore = ["DS313"]\n', encoding="utf-8")
    assert "findings" in asking.told()
    assert [each["code"] for each in asking.told()["findings"]] == []


def test_what_does_not_go_together_is_said(ferry: Path, asking: Asking) -> None:
    del ferry
    assert "contradict each other" in asking.refused("--json", "--format", "csv")
    assert "--path chooses among findings" in asking.refused("--path", "a.md")
    assert "--since does not go with it" in asking.refused("--when-broken", "DS201", "--since", "HEAD")


def test_what_a_fact_came_to_is_worked_out_once_for_each_commit(
    ferry: Path, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out = []
    honest = facts.evaluate

    def counting(project: Project, expression: str) -> facts.Fact:
        worked_out.append(expression)
        return honest(project, expression)

    monkeypatch.setattr("docsync.project.series.evaluate", counting)
    first = asking.text("holes[H3].progress")
    assert len(worked_out) == 4, "the notes changed no record"
    worked_out.clear()
    assert asking.text("holes[H3].progress") == first
    assert worked_out == []
    commit(ferry, {"c.md": hole("H3", "in progress", "reopened: it leaks where the chain goes through\n")}, "fifth")
    assert asking.readings("holes[H3].progress")[-1] == "fifth: holes[H3].progress 0/None"
    assert len(worked_out) == 1 + 5, "the last one, and all of them without what is remembered"
    git(ferry, "reset", "-q", "--hard", "HEAD~3")
    assert "expected the id of a hole" in asking.refused("holes[H3].progress")
    assert "expected the id of a hole" in asking.refused("holes[H3].progress")


def test_numbers_with_nothing_in_them_and_with_fractions(here: Path, asking: Asking) -> None:
    metric = "---\nkind: metric\nid: M1\ntitle: Speed\ncurrent: {}\n---\n"
    commit(here, {"m.md": metric.format("7.50"), "a.md": hole("H1", "pending")}, "first")
    commit(here, {"m.md": metric.format("8"), "a.md": None}, "second")
    assert [row.split()[2] for row in asking.text("metrics[M1].current").splitlines()[1:]] == ["7.5", "8"]
    assert asking.readings("metrics[M1].current")[0] == "first: metrics[M1].current 7.5/None"
    assert [row.split()[2] for row in asking.text("holes").splitlines()[1:]] == ["0/1", "0/0"]
    assert asking.readings("holes.resolved/holes.total")[-1] == "second: holes.resolved/holes.total 0/0"
