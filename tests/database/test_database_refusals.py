"""A query reads, and nothing else: whatever it tries, nothing is written, loaded or attached, and it comes to an end."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from query_samples import answer, canal, rows

from docsync.database.failures import QueryError
from docsync.database.functions import ALLOWED
from docsync.database.memory import in_use, peak
from docsync.project.index import Project


@pytest.fixture(name="project", scope="module")
def _project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return canal(tmp_path_factory.mktemp("canal"))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("delete from holes", "a query begins with select, with or values, and this one with delete"),
        ("DROP TABLE holes", "this one with drop"),
        ("/* select */ update holes set id = 1", "this one with update"),
        ("-- select\ninsert into holes (id) values (1)", "this one with insert"),
        ("with x as (select 1) delete from holes", "a query only reads; it cannot delete rows"),
        ("with x as (select 1) insert into holes (id) select * from x", "a query only reads; it cannot insert rows"),
        ("with x as (select 1) update holes set id = 1", "a query only reads; it cannot update rows"),
        ("with x as (select 1) replace into holes (id) values (1)", "a query only reads; it cannot insert rows"),
        ("create table x (a)", "this one with create"),
        ("create virtual table x using fts5(a)", "this one with create"),
        ("create temp trigger x after insert on holes begin select 1; end", "this one with create"),
        ("attach 'stolen.db' as x", "this one with attach"),
        ("pragma table_info(holes)", "this one with pragma"),
        ("vacuum into 'stolen.db'", "this one with vacuum"),
        ("begin", "this one with begin"),
        ("reindex", "this one with reindex"),
        ("explain select 1", "this one with explain"),
        ("select 1; delete from holes", "a query is one statement; leave out what follows the `;`"),
        ("select 1; select 2", "a query is one statement; leave out what follows the `;`"),
        ("select load_extension('x')", "a query cannot call load_extension()"),
        ("select fts3_tokenizer('x')", "a query cannot call fts3_tokenizer()"),
        ("select randomblob(1000000000)", "a query cannot call randomblob()"),
        ("select zeroblob(1000000000)", "a query cannot call zeroblob()"),
        ("select sqlite_version()", "a query cannot call sqlite_version()"),
        ("select last_insert_rowid()", "a query cannot call last_insert_rowid()"),
        ("select * from pragma_table_info('holes')", "a query reads the project's tables alone; --schema lists them"),
        ("select count(*) from pragma_database_list", "a query reads the project's tables alone; --schema lists them"),
        ("select * from dbstat", "a query reads the project's tables alone; --schema lists them"),
        ("select writefile('x', 'y')", "there is no function writefile"),
        ("select readfile('/etc/passwd')", "there is no function readfile"),
        ("select edit('x')", "there is no function edit"),
        ("select ?", "a query has no parameters; write the values"),
        ("select :name", "a query has no parameters; write the values"),
        ("", "the query is empty; write select … from …"),
        (" \n-- nothing", "the query is empty; write select … from …"),
        ("🌊", "this one with 🌊"),
        ("select '\0'", "the query holds a sign that no text may hold"),
        ("select '\ud800'", "the query holds a sign that no text may hold"),
        ("select 1 -- " + "x" * 100_000, "the query is longer than 100,000 bytes"),
    ],
)
def test_what_does_more_than_read_is_refused(project: Project, statement: str, said: str) -> None:
    with pytest.raises(QueryError) as raised:
        answer(project, statement)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_nothing_is_written_by_a_refused_query(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = canal(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    for statement in ("vacuum into 'x.db'", "attach 'x.db' as x", "with x as (select 1) insert into holes (id) values (1)"):
        with pytest.raises(QueryError):
            answer(project, statement)
    assert sorted(tmp_path.rglob("*")) == before


_NUMBERS = "with recursive t(n) as (select 1 union all select n + 1 from t) "


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (_NUMBERS + "select count(*) from t", "the query takes over 0.5 seconds"),
        (_NUMBERS + "select n from t where n < 0", "the query takes over 0.5 seconds"),
        ("select count(*) from " + ", ".join(f"edges {name}" for name in "abcdefghijkl"), "the query takes over 0.5 seconds"),
        (_NUMBERS + "select n from t", "the query gives over 5,000 rows; add a limit"),
        ("with recursive t(x) as (select 'abcdefgh' union all select x || x from t) select length(x) from t",
         "a text in the query or its result is too long"),
        (_NUMBERS + "select count(*) from t where instr(printf('%.*c', 600000, 'a'), printf('%.*c', 99999, 'a') || n)",
         "the query takes over 0.5 seconds"),
        ("select replace(printf('%.*c', 900000, 'a'), 'a', 'bb')", "replace() gives a text of over 1,000,000 characters"),
        ("select rtrim('x', printf('%.*c', 900000, 'a'))", "a trim names over 100 characters"),
        ("select 'a' like printf('%.*c', 900000, '%')", "LIKE or GLOB pattern too complex"),
        ("select " + "(" * 5000 + "1" + ")" * 5000, "the query is nested too deeply"),
        ("select " + "+".join("1" * 5000), "the query is nested too deeply"),
        (" union ".join(["select 1"] * 5000), "the query is nested too deeply"),
        ("select " + ",".join("1" * 5000), "the query is nested too deeply"),
        ("select char(" + ",".join("1" * 5000) + ")", "the query is nested too deeply"),
    ],
)  # fmt: skip
def test_bombs_do_not_go_off(project: Project, statement: str, said: str) -> None:
    begun = time.process_time()
    with pytest.raises(QueryError) as raised:
        answer(project, statement, seconds=0.5, rows=5000)
    assert said in str(raised.value)
    assert time.process_time() - begun < 20


def test_memory_is_bounded(project: Project) -> None:
    before, peaked = in_use(), peak()  # whatever ran before in this process may have taken more
    statement = _NUMBERS + "select printf('%.*c', 10000, 'a') || n as x from t order by x"
    with pytest.raises(QueryError, match="the query takes over 60 MB of memory"):
        answer(project, statement, memory=60_000_000)
    assert peak() <= max(peaked, before + 300_000_000, in_use() + 300_000_000)


def test_the_result_is_bounded(project: Project) -> None:
    statement = _NUMBERS + "select printf('%.*c', 100000, 'a') from t"
    with pytest.raises(QueryError, match="the query gives over 1,000,000 characters; ask for less"):
        answer(project, statement, size=1_000_000)
    with pytest.raises(QueryError, match="the query gives over 5 rows"):
        answer(project, "select * from records limit 6", rows=5)
    assert len(answer(project, "select * from records limit 5", rows=5).rows) == 5


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("select id from hole", "there is no table hole; did you mean holes?"),
        ("select id from xyz", "there is no table xyz; known are holes, phases,"),
        ("select stat from holes", "there is no column stat of holes; did you mean status?"),
        ("select h.titel from holes h", "there is no column h.titel; did you mean title?"),
        ("select holes.titel from holes", "there is no column holes.titel; did you mean title?"),
        ("select zzzz from holes", "there is no column zzzz of holes; `docsync query --schema holes` lists them"),
        ("select zzzz", "there is no column zzzz; `docsync query --schema` lists the tables"),
        ("select id from holes, phases", "several tables have a column id; write holes.id or phases.id"),
        ("select lenght(id) from holes", "there is no function lenght; did you mean length?"),
        ("select qqq(id) from holes", "there is no function qqq; docs/query.md lists the functions"),
        ("select from from propagations", "the query cannot be read near from; a column of that name is written [from]"),
        ("select id form holes where", "the query cannot be read near"),
        ("select id from holes where", "the query ends too early"),
        ("select 'open", "the query cannot be read at"),
        (
            "select id from holes order by id collate natural_sort",
            "there is no collation natural_sort; natsort(…) gives what puts H2",
        ),
        ("select count(*) from diagnostics", "diagnostics cannot be asked inside a region"),
        ("select sum(count(*)) from holes", "the query cannot be answered: misuse of aggregate"),
    ],
)
def test_mistakes_name_what_was_meant(project: Project, statement: str, said: str) -> None:
    with pytest.raises(QueryError) as raised:
        answer(project, statement)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("statement", "wanted"),
    [
        ("select id from holes order by natsort(id)", [("H1",), ("H2",), ("H10",)]),
        ("SELECT ID FROM HOLES WHERE Status = 'pending';", [("H2",)]),
        ("(select 1)", None),
        ("values (1, 'a')", [(1, "a")]),
        ("select name from sqlite_master where name like 'h%'", [("holes",)]),
        ("select b.value from holes, json_each(holes.blocked_by) b", [("H1",), ("H10",)]),
        ("select count(*) from holes", [(3,)]),
        ("select count(*) from holes h left join phases p using (kind)", [(3,)]),
        ("select phases.id from phases natural join phases p", [("P1",)] * 0),
        ("with x as (select id from holes) select count(*) from x", [(3,)]),
        (_NUMBERS[:-1].replace("from t)", "from t where n < 5)") + " select sum(n) from t", [(15,)]),
        ("select natsort('T007'), natsort('t10.0'), natsort(null), natsort(1.5)", [("t0017", "t00210.000", None, 1.5)]),
        ("select instr('canal', 'n'), instr('canal', 'z'), instr(null, 'a')", [(3, 0, None)]),
        ("select replace('canal', 'a', 'ee'), replace('a', '', 'b'), replace('a', null, 'b')", [("ceeneel", "a", None)]),
        (
            "select trim('xxaxx', 'x'), ltrim('xa', 'x'), rtrim('ax', 'x'), trim(' a '), trim(null, 'x')",
            [("a", "a", "a", "a", None)],
        ),
        ("select x'00ff', 1e999, -1e999, cast(x'ff' as text), null", [("x'00ff'", None, None, "\ufffd", None)]),
        ("select group_concat(id, ' ') from (select id from holes order by 1)", [("H1 H10 H2",)]),
        ("select row_number() over (order by id) from holes", [(1,), (2,), (3,)]),
        ("select id -- which?\nfrom holes /* all */ limit 1", [("H1",)]),
    ],
)
def test_whatever_reads_is_answered(project: Project, statement: str, wanted: list[tuple[object, ...]] | None) -> None:
    if wanted is None:
        with pytest.raises(QueryError):
            answer(project, statement)
    else:
        assert rows(project, statement) == wanted


def test_columns_of_one_name_are_told_apart(project: Project) -> None:
    assert answer(project, "select id, id, title as id, 'x' as [id 2] from holes limit 1").columns == (
        "id",
        "id 2",
        "id 3",
        "id 2 2",
    )


def test_only_columns_of_numbers_are_figures(project: Project) -> None:
    assert answer(project, "select id, line, null as n, iif(line > 10, 1, 'a') as m from holes").figures == {"line"}


@pytest.mark.parametrize(
    "statement",
    [
        "select date('now')",
        "select date()",
        "select strftime('%Y')",
        "select datetime(created, 'localtime') from holes",
        "select julianday(' NOW ')",
        "select current_date",
        "select current_timestamp > created from holes",
        "select id from holes order by random()",
    ],
)
def test_what_changes_by_itself_is_no_matter_of_documents(project: Project, statement: str) -> None:
    assert answer(project, statement).rows
    with pytest.raises(QueryError, match="a region shows what the documents say"):
        answer(project, statement, timeless=True)


def test_dates_of_documents_can_be_computed_with(project: Project) -> None:
    statement = (
        "select julianday('2026-03-05') - julianday(created), strftime('%m', created), date(null) from holes where id = 'H10'"
    )
    for timeless in (False, True):
        assert answer(project, statement, timeless=timeless).rows == ((2.0, "03", None),)


def test_every_function_that_is_allowed_is_in_the_manual() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "query.md").read_text(encoding="utf-8")
    assert [name for name in sorted(ALLOWED) if f"`{name}`" not in manual] == []
