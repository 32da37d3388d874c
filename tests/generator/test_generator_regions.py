"""What is expected of each region, when it is fresh, and when it was edited by hand."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from generator_samples import DEFAULT, PLAN, document, project, record, region
from msgspec.structs import replace

from docsync.config.values import Config
from docsync.generator.catalogue import View, list_views
from docsync.generator.meaning import digest
from docsync.generator.regions import expectations
from docsync.models.document import DocumentFacts, Region
from docsync.models.expectations import Expectation
from docsync.parser.document import read_document
from docsync.text.source import decode

_TABLE = """| ID  | Title   | Status     |
| --- | ------- | ---------- |
| T-1 | Reader  | ✅ resolved |
| T-2 | Writer_ | ⏳ pending  |"""

_TASKS = tuple(record("task", one.id, title, one.status) for one, title in zip(PLAN[-2:], ("Reader", "Writer_"), strict=True))
_OLD_TABLE = "| ID  | Title |\n| --- | ----- |\n| T-1 | Old   |"
_MARKED = '# Plan\n\n<!-- docsync:begin tasks view="status-table" kind="task" -->\n{}<!-- docsync:end tasks -->\n'


def _no_head(_path: str) -> tuple[str, ...]:
    return ()


def _expect(
    asked: Region,
    *,
    remembered: dict[tuple[str, str], str] | None = None,
    head: Callable[[str], Sequence[str]] = _no_head,
    newline: str = "\n",
) -> Expectation:
    whole = project(document("docs/STATE.md", asked, newline=newline), records=_TASKS)
    (expected,) = expectations(whole, os.curdir, remembered or {}, head)
    return expected


def _expect_own(
    root: Path, template: str, *, held: str = _OLD_TABLE, max_bytes: int = 1_000_000, timeout: float = 5.0
) -> Expectation:
    """Ask for a view of the project's own."""
    (root / "views").mkdir()
    (root / "views" / "own.md.j2").write_text(template)
    config = replace(DEFAULT, templates="views", view_max_bytes=max_bytes, view_timeout=timeout)
    whole = project(document("docs/STATE.md", region("tasks", "own", held)), records=_TASKS, config=config)
    (expected,) = expectations(whole, str(root), {}, _no_head)
    return expected


def _tasks(held: str = "", *, prefix: str = "", newline: str = "\n") -> Region:
    return region("tasks", "status-table", held, prefix=prefix, newline=newline, kind="task")


def test_without_regions_nothing_is_expected_and_no_template_is_read(tmp_path: Path) -> None:
    assert expectations(project(document("a.md")), str(tmp_path), {}, _no_head) == ()


def test_regions_come_file_by_file_in_the_order_of_the_text() -> None:
    documents = (document("b.md", region("z", "metrics"), region("a", "nope")), document("a.md", region("y", "decision-log")))
    found = expectations(project(*documents), os.curdir, {}, _no_head)
    assert [(one.path, one.region, one.body is None) for one in found] == [
        ("a.md", "y", False),
        ("b.md", "z", False),
        ("b.md", "a", True),
    ]


@pytest.mark.parametrize(
    "held",
    [
        "| ID | Title | Status |\n|-|-|-|\n| T-1 | Reader | ✅ resolved |\n| T-2 | Writer_ | ⏳ pending |",
        "ID | Title | Status\n--- | --- | ---\nT-1 | Reader | ✅ resolved\nT-2 | Writer\\_ | ⏳ pending",
        "\n\n" + _TABLE.replace("Writer_", "Writer&#95;") + "\n\n",
        _TABLE.replace("Reader", "\\Reader").replace("\\R", "R"),
    ],
)
def test_a_body_that_says_the_same_is_fresh(held: str) -> None:
    expected = _expect(_tasks(held))
    assert (expected.fresh, expected.edited, expected.failure) == (True, False, "")


@pytest.mark.parametrize(
    "held",
    [
        "",
        _TABLE.replace("pending", "ready"),
        _TABLE + "\n\n" + _TABLE,
        _TABLE + "\n| T-3 | More | |",
        _TABLE.replace("| ID  |", "| Id  |"),
        _TABLE.replace("| ---", "| --:", 1),
    ],
)
def test_a_body_that_says_something_else_is_stale(held: str) -> None:
    expected = _expect(_tasks(held))
    assert (expected.fresh, expected.edited) == (False, False)
    assert expected.body is not None
    assert expected.body == _expect(_tasks(_TABLE)).body


_MIXED = [
    "text",
    "- one\n- two",
    "- " + _TABLE.replace("\n", "\n  "),
    "> " + _TABLE.replace("\n", "\n> "),
    "    " + _TABLE.replace("\n", "\n    "),
    "## Tasks\n\n" + _TABLE,
    _TABLE + "\n\n<!-- note -->",
    _TABLE + "\n\n<div>\n</div>",
    _TABLE + "\n\n---",
    _TABLE + "\n\n```\nx\n```",
    "Words.\n\n" + _OLD_TABLE,
    _OLD_TABLE + "\n\nWords.",
    _OLD_TABLE + "\nWords right below.",
    _OLD_TABLE + "\n\n[words]: https://quay.example",
]


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("held", _MIXED)
def test_what_the_view_never_writes_is_somebody_s_own_whether_or_not_it_was_committed(held: str, *, committed: bool) -> None:
    sides = (_MARKED.format(f"\n{held}\n\n"),) if committed else ()
    expected = _expect(_tasks(held), head=lambda _path: sides)
    assert (expected.fresh, expected.edited, expected.foreign) == (False, True, True)
    remembered = {("docs/STATE.md", "tasks"): digest(held, "")}
    assert not _expect(_tasks(held), remembered=remembered, head=lambda _path: sides).edited


_GROUPED = "\n\n".join(f"**Quay {at}**\n\n{_OLD_TABLE}" for at in range(3))
_GROUPS = _GROUPED.replace("Old", "New").replace("Quay", "{{ 'Quay' }}")


@pytest.mark.parametrize(
    ("template", "held", "edited"),
    [
        ("{% if true %}\nNothing to do.\n{% endif %}", _OLD_TABLE, False),
        ("{% if true %}\nNothing to do.\n{% endif %}", "Something to do.", True),
        ("| ID |\n| - |\n| A |\n{% if false %}\nNothing to do.\n{% endif %}", "Nothing to do.", False),
        ("| ID |\n| - |\n| A |\n{% if false %}\nNothing to do.\n{% endif %}", "Nothing to do.\n\nOr so.", True),
        (_GROUPS, _GROUPED.split("**Quay 2")[0].replace("Quay", "Dock"), False),
        (_GROUPS, _GROUPED.replace("**Quay 2**", "**Quay 2**\n\nNote."), True),
        (_GROUPS, _GROUPED + "\n\nNote.", True),
        ("- {{ 1 }} a\n- b", "- c", False),
        ("- a\n- {{ 2 }} b", "- c\n\n  and more", True),
        ("{{ 3 }} of 4\n\n`{{ '###-' }}`", "2 of 4\n\n`##--`", False),
        ("{{ 3 }} of 4\n\n`{{ '###-' }}`", "My words.", True),
        ("```mermaid\ngraph {{ 1 }}\n```", "```mermaid\ngraph 2\n```", False),
        ("```mermaid\ngraph {{ 1 }}\n```", "```sh\nls\n```", True),
    ],
)
def test_a_view_s_own_sorts_of_blocks_are_its_own(tmp_path: Path, template: str, held: str, edited: bool) -> None:  # noqa: FBT001 -- the expectation
    expected = _expect_own(tmp_path, template, held=held)
    assert (expected.fresh, expected.edited) == (False, edited)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("- a\n- b", "* a\n* b"),
        ("1. a\n2. b", "1. a\n1. b"),
        ("a *b* __c__ _d_", "a _b_ **c** *d*"),
        ("a\nb", "a b"),
        ("# a", "a\n==="),
        ("```sh\na\n```", "~~~sh\na\n~~~"),
        ("- [x] a", "* [x] a"),
        ("a &lt; b", "a \\< b"),
        ("a ``b`c`` d", "a `` b`c `` d"),
    ],
)
def test_what_formatters_change_does_not_count(one: str, other: str) -> None:
    assert digest(f"\n{one}\n\n", "") == digest(f"{other}\n", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("- a\n- b", "1. a\n2. b"),
        ("- [x] a", "- [ ] a"),
        ("- a\n  - b", "- a\n- b"),
        ("- a\n\n  b", "- a\n\nb"),
        ("# a", "## a"),
        ("```sh\na\n```", "```\na\n```"),
        ("```sh\na\n```", "```sh\n a\n```"),
        ("snake_case", "snake*case"),
        ("> a", "a"),
        ("***", "- a"),
    ],
)
def test_what_changes_the_meaning_counts(one: str, other: str) -> None:
    assert digest(one, "") != digest(other, "")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("prefix", ["", "  ", "> ", "> > ", ">   ", "    "])
def test_an_expected_body_is_fresh_against_itself(prefix: str, newline: str) -> None:
    first = _expect(_tasks(prefix=prefix), newline=newline)
    assert first.body is not None
    lines = first.body.split(newline)
    assert lines[0] == lines[-2] == prefix.rstrip()
    assert lines[1].startswith(f"{prefix}| ID")
    again = _expect(replace(_tasks(prefix=prefix), text=first.body), newline="\n")
    assert again == replace(first, fresh=True)


def test_the_line_ends_are_the_region_s_own_where_a_file_mixes_them() -> None:
    expected = _expect(_tasks(_OLD_TABLE, newline="\r\n"), newline="\n")
    assert expected.body is not None
    assert "\n" not in expected.body.replace("\r\n", "")


_KEY = ("docs/STATE.md", "tasks")


@pytest.mark.parametrize(
    ("held", "remembered", "head", "edited"),
    [
        (_OLD_TABLE, None, None, False),
        (_OLD_TABLE, _OLD_TABLE, None, False),
        (_OLD_TABLE, "else", None, True),
        (_OLD_TABLE, None, _MARKED.format(f"\n{_OLD_TABLE}\n\n"), False),
        (_OLD_TABLE, None, _MARKED.format("\n" + _OLD_TABLE.replace("   |", " |") + "\n\n").replace("\n", "\r\n"), False),
        (_OLD_TABLE, None, "\ufeff---\nkind: hole\n---\n\n" + _MARKED.format(f"\n{_OLD_TABLE}\n\n"), False),
        (_OLD_TABLE, None, _MARKED.format("\nelse\n\n"), True),
        (_OLD_TABLE, "else", _MARKED.format(f"\n{_OLD_TABLE}\n\n"), False),
        (_OLD_TABLE, _OLD_TABLE, _MARKED.format("\nelse\n\n"), False),
        (_OLD_TABLE, "else", _MARKED.format("\nelse\n\n"), True),
        (_OLD_TABLE, None, "# Plan without the region\n", True),
        (_OLD_TABLE, None, f"# Plan with the table\n\n{_OLD_TABLE}\n\nbut no markers\n".replace("\n", "\r\n"), False),
        (_OLD_TABLE, None, _MARKED.format(f"\n{_OLD_TABLE}\n\n").replace("docsync:end tasks", "docsync:end task"), False),
        (_OLD_TABLE, None, _MARKED.format("\nelse\n\n").replace("docsync:end tasks", "docsync:end task"), True),
        (_OLD_TABLE, None, "---\na: [\n---\n" + _MARKED.format("\nelse\n\n"), False),
        (_OLD_TABLE, None, "\ud800", False),
        ("", "else", _MARKED.format("\nelse\n\n"), False),
        (_TABLE, "else", _MARKED.format("\nelse\n\n"), False),
    ],
)
def test_edited_is_what_neither_head_nor_docsync_knows(
    held: str,
    remembered: str | None,
    head: str | None,
    edited: bool,  # noqa: FBT001 -- the expectation
) -> None:
    memory = {_KEY: digest(f"\n{remembered}\n\n", "")} if remembered else {}
    expected = _expect(_tasks(held), remembered=memory, head=lambda _path: () if head is None else (head,))
    assert expected.fresh is (held == _TABLE)
    assert expected.edited is edited


def test_what_the_other_side_of_a_merge_holds_is_not_edited() -> None:
    tables = {held: _OLD_TABLE.replace("Old", held) for held in ("ours", "theirs", "mine")}
    sides = tuple(_MARKED.format(f"\n{tables[held]}\n\n") for held in ("ours", "theirs"))
    found = {held: _expect(_tasks(table), head=lambda _path: sides).edited for held, table in tables.items()}
    assert found == {"ours": False, "theirs": False, "mine": True}


def test_head_is_read_once_a_file_and_only_for_what_is_not_fresh() -> None:
    asked: list[str] = []

    def head(path: str) -> tuple[str, ...]:
        asked.append(path)
        return ()

    stale = [replace(_tasks(_OLD_TABLE), id=name) for name in "ab"]
    whole = project(document("a.md", *stale), document("b.md", _tasks(_TABLE)), records=_TASKS)
    expectations(whole, os.curdir, {}, head)
    assert asked == ["a.md"]


@pytest.mark.parametrize(
    ("template", "failure"),
    [
        ("```sh\nls", "the view leaves a code fence open"),
        ("- ~~~\n  x", "the view leaves a code fence open"),
        ("<pre>\nx", "the view leaves a block open that would swallow the end marker"),
        ("<!-- half", "the view leaves a block open that would swallow the end marker"),
        ("<script>", "the view leaves a block open that would swallow the end marker"),
        ("<!-- docsync:end tasks -->", "the view gives a docsync marker, which only a person may write"),
        ("- <!-- docsync:ignore DS201 x -->", "the view gives a docsync marker, which only a person may write"),
        ("{{ '<!-- docsync:claim holes.total -->' | safe }}", "the view gives a docsync marker, which only a person may write"),
        ("| a |\n| - |\n| {{ 'x|y' | safe }} |", "a table of 1 columns has a row of 2 cells: | x|y |"),
        ("{{ '\\ud800' | safe }}", "what the view gives cannot be written: it holds half of a pair of surrogates"),
        ("{{ '\\x00' | safe }}", "what the view gives cannot be written: the file holds a NUL character, so it is not text"),
        ("<<<<<<< a\n>>>>>>> b", "what the view gives cannot be written: an unresolved merge conflict; resolve it first"),
        ("{% if false %}x{% endif %}", "the view gives nothing; the region keeps its text"),
        ("{{ missing }}", "own.md.j2, line 1: 'missing' is undefined"),
        ("| a |\n|---|\n|" + "é" * 190 + "|" + "\n|b|" * 7, "the view gives over 2,000 bytes once its tables are padded"),
        ("{% for i in range(300) %}0123456789{% endfor %}", "own.md.j2 gives over 2,000 bytes"),
    ],
)
def test_output_that_would_break_the_document_is_refused(template: str, failure: str, tmp_path: Path) -> None:
    expected = _expect_own(tmp_path, template, max_bytes=2000)
    assert (expected.body, expected.edited) == (None, False)
    assert expected.failure.startswith(failure)


def test_a_fence_comments_and_html_that_are_closed_may_stand(tmp_path: Path) -> None:
    text = "```sh\n<!-- docsync:end tasks -->\n```\n\n<!-- note -->\n\n<div>\n\n> quote"
    assert _expect_own(tmp_path, text).body == f"\n{text}\n\n"


@pytest.mark.parametrize(
    ("config", "failure"),
    [
        (replace(DEFAULT, view_max_bytes=50_000), "status-table.md.j2 gives over 50,000 bytes"),
        (replace(DEFAULT, view_timeout=0.0), "status-table.md.j2 takes over 0 seconds"),
    ],
)
def test_a_built_in_view_is_bounded_too(config: Config, failure: str) -> None:
    many = tuple(record("task", f"T-{number}", "x" * 100) for number in range(1000))
    whole = project(document("docs/STATE.md", _tasks()), records=many, config=config)
    (expected,) = expectations(whole, os.curdir, {}, _no_head)
    assert (expected.body, expected.failure) == (None, failure)


def test_a_project_s_view_that_never_ends_is_stopped(tmp_path: Path) -> None:
    endless = "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}"
    assert _expect_own(tmp_path, endless, timeout=0.2).failure == "own.md.j2 takes over 0.2 seconds"


_PLACES = [
    ("", ""),
    ("- item\n\n", "  "),
    ("> quoted\n>\n", "> "),
    ("> - both\n>\n", ">   "),
    ("1. one\n\n   - two\n\n", "     "),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("lead", "prefix"), _PLACES)
def test_a_region_of_a_real_document_is_filled_once_and_then_fresh(lead: str, prefix: str, newline: str) -> None:
    begin = f'{prefix}<!-- docsync:begin tasks view="status-table" kind="task" -->\n'
    text = f"# Plan\n\n{lead}{begin}{prefix}<!-- docsync:end tasks -->\n\nText after.\n".replace("\n", newline)
    first = _read(text)
    (found,) = first.regions
    stale = _expect_in(first)
    assert (stale.fresh, stale.edited, stale.failure) == (False, False, "")
    filled = text[: found.body.start] + (stale.body or "") + text[found.body.end :]
    second = _read(filled)
    assert second.regions[0].id == "tasks"
    assert second.regions[0].text == stale.body
    assert not second.troubles
    assert _expect_in(second) == replace(stale, fresh=True)
    assert set(re.findall(r"\r\n|\n|\r", filled)) == {newline}


@pytest.mark.parametrize("view", list_views(DEFAULT, os.curdir), ids=lambda view: view.name)
def test_the_example_of_every_manual_works(view: View) -> None:
    name = view.example.split()[2]
    (found,) = _read(f"# Plan\n\n{view.example}\n\n<!-- docsync:end {name} -->\n").regions
    (expected,) = expectations(project(document("docs/STATE.md", found)), os.curdir, {}, _no_head)
    assert expected.failure == ""
    assert expected.body


def _read(text: str) -> DocumentFacts:
    return read_document(decode("docs/STATE.md", text.encode()), DEFAULT)


def _expect_in(facts: DocumentFacts) -> Expectation:
    whole = project(document("docs/STATE.md", *facts.regions, newline=facts.newline), records=_TASKS)
    (expected,) = expectations(whole, os.curdir, {}, _no_head)
    return expected
