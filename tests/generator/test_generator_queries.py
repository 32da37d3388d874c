"""What a region shows that has a query."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from generator_samples import DEFAULT, PLAN, document, project, record, region
from msgspec.structs import replace

from docsync.database.asking import Answer, ask
from docsync.database.schema import tables
from docsync.generator import queries
from docsync.generator.queries import laid_out
from docsync.generator.regions import expectations
from docsync.models.document import Region
from docsync.models.expectations import Expectation
from docsync.models.status import Status
from docsync.project.index import Project


def _expect(*asked: Region, whole: Project | None = None) -> tuple[Expectation, ...]:
    return expectations(whole or project(document("docs/STATE.md", *asked)), os.curdir, {}, lambda _path: ())


def _query(statement: str, held: str = "", view: str = "", **attributes: str) -> Region:
    return region("asked", view, held, query=statement, **attributes)


def _lines(asked: Region) -> list[str]:
    (expected,) = _expect(asked)
    assert expected.failure == ""
    return (expected.body or "").strip("\n").split("\n")


def test_a_region_without_a_view_shows_the_rows_as_a_table() -> None:
    assert _lines(_query("select phase, count(*) as open from holes where open and phase group by 1")) == [
        "| phase | open |",
        "| ----- | ---: |",
        "| 1     |    1 |",
        "| 2     |    2 |",
    ]


def test_a_padded_or_reworded_body_is_fresh_and_another_number_is_stale() -> None:
    statement = "select id, status, 1 as one from holes where phase = 2"
    same = "|id|status|one|\n|-|-|-:|\n|H10|ready|1|\n|**H3**|🔒 Blocked|1|"
    (fresh,) = _expect(_query(statement, same))
    (stale,) = _expect(_query(statement, same.replace("ready|1", "ready|3")))
    assert (fresh.fresh, stale.fresh) == (True, False)


@pytest.mark.parametrize("text", ["a | b", "x\n<!-- docsync:end asked -->\ny", "```", "# no", "<pre>", "\\|", "a\\"])
def test_no_value_breaks_out_of_its_cell(text: str) -> None:
    holes = (record("hole", "H1", text, Status.READY), record("hole", "H2", "after", Status.READY))
    whole = project(document("docs/STATE.md", _query("select title, title as [t|o] from holes")), records=holes)
    (expected,) = _expect(whole=whole)
    assert expected.failure == ""
    lines = (expected.body or "").strip("\n").split("\n")
    assert len(lines) == 4
    assert lines[3].split() == ["|", "after", "|", "after", "|"]


def test_lists_dashes_and_mappings_have_a_form() -> None:
    assert _lines(
        _query("select id, blocked_by, phase, fields from holes, (select '{}' as fields) where id in ('H3', 'H4')")
    ) == [
        "| id  | blocked_by | phase | fields |",
        "| --- | ---------- | ----- | ------ |",
        "| H3  | H2, H10    | 2     | {}     |",
        "| H4  | —          | —     | {}     |",
    ]


def test_no_rows_are_an_error_unless_the_region_says_what_to_write() -> None:
    nothing = "select id from holes where status = 'failed'"
    (failed,) = _expect(_query(nothing))
    assert (failed.body, failed.failure) == (None, "the query gives no rows; the region keeps its text")
    assert _lines(_query(nothing, empty="- All is well | yes.")) == ["\\- All is well \\| yes."]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (_query("select id from hole"), "query: there is no table hole; did you mean holes?"),
        (_query("select idd from holes"), "query: there is no column idd of holes; did you mean id?"),
        (_query("delete from holes"), "query: a query begins with select, with or values, and this one with delete"),
        (_query("select code from diagnostics"), "query: diagnostics cannot be asked inside a region"),
        (_query("select date('now')"), "query: date() reads the clock, and a region shows what the documents say"),
        (_query("select random()"), "query: random gives another value each time, and a region shows what the documents say"),
        (_query("select load_extension('x')"), "query: a query cannot call load_extension()"),
        (_query("select 1", view="status-table", kind="hole"), "the view status-table has no attribute query"),
        (_query("select 1", kind="hole"), "the view query-table has no attribute kind; known are query, empty"),
        (_query("select 1", view="nope"), "unknown view nope;"),
        (region("asked", "query-table"), "the view query-table needs the attribute query"),
        (region("asked", "", query=""), "the region names no view"),
        (_query("select a.id from records a, records b, records c"), "query: the query gives over 10,000 rows"),
    ],
)
def test_what_cannot_be_asked_is_the_failure(asked: Region, said: str) -> None:
    (expected,) = _expect(asked)
    assert expected.body is None
    assert expected.failure.startswith(said)


def test_a_query_has_the_time_and_the_size_of_a_view() -> None:
    config = replace(DEFAULT, view_timeout=0.2, view_max_bytes=2000)
    endless = _query("with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) from t")
    wide = _query("select written || printf('%3000d', line) as x from records")
    whole = project(document("docs/STATE.md", replace(endless, id="a"), replace(wide, id="b")), config=config)
    assert [one.failure for one in _expect(whole=whole)] == [
        "query: the query takes over 0.2 seconds",
        "query: the query gives over 2,000 characters; ask for less",
    ]


def test_after_too_much_time_in_queries_the_rest_is_not_asked() -> None:
    config = replace(DEFAULT, view_timeout=0.05)
    endless = "with recursive t(n) as (select {n} union all select n + 1 from t) select count(*) from t"
    regions = [replace(_query(endless.format(n=number)), id=f"r{number}") for number in range(6)]
    found = _expect(whole=project(document("docs/STATE.md", *regions), config=config))
    assert found[0].failure == "query: the query takes over 0.05 seconds"
    assert found[5].failure == "not asked, since the queries before it took over 0.15 seconds"


def test_a_statement_is_asked_once_for_all_its_regions(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(*arguments: object, **_more: object) -> Answer:
        asked.append(str(arguments[1]))
        return Answer(("n",), ((len(asked),),), frozenset({"mentions"}))

    monkeypatch.setattr(queries, "ask", counted)
    regions = [replace(_query("select 1 as n from mentions"), id=f"r{number}") for number in range(3)]
    bodies = {one.body for one in _expect(*regions)}
    assert (len(asked), len(bodies)) == (1, 1)


def _own(root: Path, template: str, asked: Region) -> Expectation:
    (root / "views").mkdir()
    (root / "views" / "own.md.j2").write_text(template, encoding="utf-8")
    whole = project(document("docs/STATE.md", asked), config=replace(DEFAULT, templates="views"))
    (expected,) = expectations(whole, str(root), {}, lambda _path: ())
    return expected


def test_a_projects_view_shows_rows_in_its_own_way(tmp_path: Path) -> None:
    template = (
        "{% for row in rows %}\n- {{ row.id }} waits for {{ row.blocked_by | join(' and ') }}\n{% endfor %}\n\n"
        "{{ titles | join('/') }} {{ figures | length }} {{ cells[0][0] }}\n"
    )
    expected = _own(tmp_path, template, _query("select id, blocked_by, line from holes where id = 'H3'", view="own"))
    assert expected.failure == ""
    assert expected.body == "\n- H3 waits for H2 and H10\n\nid/blocked\\_by/line 1 H3\n\n".replace("\\_", "_")


def test_a_view_that_shows_no_rows_is_told(tmp_path: Path) -> None:
    expected = _own(tmp_path, "{{ phases | length }}", _query("select 1", view="own"))
    assert expected.failure == "the view own shows no query: its template names neither rows nor cells"


def test_the_command_line_prints_the_same_table() -> None:
    statement = "select id, title, status, blocked_by, line from holes"
    whole = project(document("docs/STATE.md", _query(statement)))
    (expected,) = _expect(whole=whole)
    assert laid_out(ask(tables(whole), statement)) == (expected.body or "").strip("\n") + "\n"


def test_what_another_kind_of_record_says_is_not_taken_from_before() -> None:
    asked = _query("select id, status from tasks")
    first = _expect(asked)
    changed = tuple(replace(one, status=Status.FAILED) if one.id == "T-2" else one for one in PLAN)
    second = _expect(whole=project(document("docs/STATE.md", asked), records=changed))
    assert "failed" not in (first[0].body or "")
    assert "failed" in (second[0].body or "")
