"""Whatever a document holds comes back from SQL as it is, and asking for less gives the same as asking for all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st
from query_samples import FILES, canal

from docsync.config.loading import default_config
from docsync.config.values import Config
from docsync.database.asking import ask
from docsync.database.failures import QueryError
from docsync.database.filling import fill
from docsync.database.guard import Limits
from docsync.database.schema import tables
from docsync.generator.queries import laid_out
from docsync.models.document import DocumentFacts
from docsync.models.records import Criterion, Field, Home, Json, Record
from docsync.models.schema import FieldType
from docsync.models.status import Status
from docsync.project.build import join
from docsync.project.index import Project
from docsync.text.source import line_index
from docsync.text.spans import Span

_HERE = Span(0, 1)
_TEXT = st.one_of(
    st.text(max_size=20),
    st.text(st.sampled_from("'\"`[]|\\\0;-%\n\r\t ☃日e1.0"), max_size=12),
    st.sampled_from(["1", "007", "1e5", " 1 ", "0x10", "null", "NaN", "2026-01-02", "[]", "true", "-0", "9" * 30]),
)
_WRITABLE = _TEXT.filter(lambda text: text.encode("utf-8", "ignore").decode() == text)


@cache
def _config() -> Config:
    return default_config()


def _value(kind: FieldType) -> st.SearchStrategy[Json]:
    whole = st.integers(-(10**18), 10**18)
    special: Mapping[FieldType, st.SearchStrategy[Json]] = {
        FieldType.LIST: st.lists(_WRITABLE, max_size=3).map(list[Json]),
        FieldType.REFERENCES: st.lists(_WRITABLE, max_size=3).map(list[Json]),
        FieldType.CRITERIA: st.just([]),
        FieldType.CONDITIONS: st.dictionaries(_WRITABLE, st.sampled_from(["all", "2", "80%"]), max_size=2).map(dict[str, Json]),
        FieldType.INTEGER: whole,
        FieldType.NUMBER: whole | st.floats(allow_nan=False, allow_infinity=False),
        FieldType.BOOLEAN: st.booleans(),
    }
    return special.get(kind, _WRITABLE)


@st.composite
def _records(draw: st.DrawFn) -> tuple[Record, ...]:
    made = []
    for number in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["hole", "metric", "propagation", "gate", "task"]))
        fields = _config().kinds[kind].fields
        values = {
            name: draw(_value(field.type))
            for name, field in fields.items()
            if name not in ("id", "title", "status") and draw(st.booleans())
        }
        strange = draw(st.dictionaries(_WRITABLE.map("{}?".format), _WRITABLE, max_size=2))
        written = draw(st.dictionaries(_WRITABLE, _WRITABLE, max_size=2))
        held = tuple(
            Criterion(text, "", met, _HERE, _HERE)
            for text, met in draw(st.lists(st.tuples(_WRITABLE, st.booleans()), max_size=2))
        )
        made.append(
            Record(
                kind,
                draw(_WRITABLE),
                draw(_WRITABLE),
                draw(st.none() | st.sampled_from(Status)),
                Home.FILE,
                f"plan/{number}.md",
                _HERE,
                {**values, **strange},
                {name: Field(name, raw, _HERE, _HERE) for name, raw in written.items()},
                held,
            )
        )
    return tuple(made)


def _project(records: tuple[Record, ...]) -> Project:
    return join(_config(), [DocumentFacts(one.path, "", "\n", line_index("x\n"), records=(one,)) for one in records])


@settings(max_examples=150, deadline=None)
@given(_records())
def test_any_value_of_any_field_comes_back_as_it_is(records: tuple[Record, ...]) -> None:
    project = _project(records)
    held = tables(project)
    for kind, spec in project.config.kinds.items():
        found = ask(held, f"select * from [{spec.plural}]")
        wanted = [record for record in records if record.kind == kind]
        assert len(found.rows) == len(wanted)
        for record, row in zip(wanted, found.rows, strict=True):
            cells = dict(zip(found.columns, row, strict=True))
            assert (cells["id"], cells["title"] or "", cells["path"]) == (record.id, record.title, record.path)
            for name, field in spec.fields.items():
                if name not in ("id", "title", "status"):
                    assert _back(cells[name], field.type) == _given(record.values, name, field.type)
            assert json.loads(str(cells["other"])) == {k: v for k, v in record.values.items() if k not in spec.fields}
            assert json.loads(str(cells["written"])) == {name: one.raw for name, one in record.fields.items()}
    texts = [(record.id, one.text, int(one.met)) for record in records for one in record.criteria]
    assert list(ask(held, "select record, text, met from criteria").rows) == texts


def _back(value: object, kind: FieldType) -> object:
    if kind in (FieldType.LIST, FieldType.REFERENCES, FieldType.CRITERIA, FieldType.CONDITIONS):
        return json.loads(str(value))
    return value


def _given(values: Mapping[str, Json], name: str, kind: FieldType) -> object:
    empty: Mapping[FieldType, object] = MappingProxyType(
        {FieldType.LIST: [], FieldType.REFERENCES: [], FieldType.CRITERIA: [], FieldType.CONDITIONS: {}}
    )
    return values.get(name, empty.get(kind))


def test_halves_of_characters_and_numbers_of_any_size_are_no_obstacle() -> None:
    record = Record("hole", "H1", "a\ud800b", None, Home.FILE, "p/\udcff.md", _HERE, {"type": 10**30, "x": "\udcff"})
    project = _project((record,))
    found = ask(tables(project), "select title, type, path, other from holes")
    assert found.rows == (("a\ufffdb", str(10**30), "p/\ufffd.md", '{"x": "\ufffd"}'),)
    connection = sqlite3.connect(":memory:")
    fill(connection, project)
    connection.close()


_TABLES = ("holes", "phases", "records", "edges", "needs", "criteria", "mentions", "claims", "documents")


@cache
def _canal() -> Project:
    with TemporaryDirectory() as folder:
        return canal(Path(folder), **FILES)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_what_is_built_for_a_statement_is_all_that_it_reads(data: st.DataObject) -> None:
    held = tables(_canal())
    name = data.draw(st.sampled_from(_TABLES))
    columns = data.draw(st.lists(st.sampled_from(held[name].names), min_size=1, max_size=4, unique=True))
    other = data.draw(st.sampled_from(_TABLES))
    common = [one for one in held[name].names if one in held[other].names]
    join_ = data.draw(st.sampled_from(["", f", {other.upper()} o", f" natural join {other} o", "using"]))
    if join_ == "using":
        join_ = f" left join {other} o using ([{data.draw(st.sampled_from(common))}])" if common else ""
    case = data.draw(st.sampled_from([str.upper, str.lower, str.title]))
    shown = ", ".join(f"t.[{case(column)}]" for column in columns)
    statement = data.draw(
        st.sampled_from(
            [
                f"select {shown} from {name} t{join_}",
                f"select count(*) from {name} t{join_}",
                f"select count( * ), max({shown.split(', ')[0]}) from (select t.* from {name} t{join_}) t",
                f'with t as (select * from "{name}") select {shown} from t',
            ]
        )
    )
    whole = sqlite3.connect(":memory:")
    fill(whole, _canal())
    wanted = whole.execute(statement).fetchall()
    whole.close()
    assert list(ask(held, statement).rows) == wanted


_WORDS = st.sampled_from(
    """select|from|where|group by|order by|limit|with|as|union|join|natural join|using|on|holes|records|needs|sqlite_master
json_each('[1]')|pragma_table_info|dbstat|x|main.holes|temp.|id|status|*|count(*)|max(id)|'a'|x'00'|1|null|1e999|?|:a|"id"
[from]|`id`|(|)|,|;|=|->>|in|like|glob|match|regexp|between|case|when|end|over ()|insert into|values|delete|update|set
create table|drop|attach|pragma|vacuum|explain|load_extension(1)|natsort(id)|replace(id, 'H', '')|date('now')|random()|--
collate nocase|/*|returning|materialized|recursive|filter (where 1)|indexed by x|cast(1 as blob)|\ufeff""".replace(
        "\n", "|"
    ).split("|")
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["select", "with", "values", ""]), st.lists(_WORDS | _TEXT, max_size=12), st.booleans())
def test_whatever_is_asked_is_answered_or_told_in_a_line(first: str, words: list[str], timeless: bool) -> None:  # noqa: FBT001  # drawn
    held = tables(_canal())
    before = ask(held, "select count(*) from records").rows
    try:
        found = ask(held, " ".join([first, *words]), Limits(seconds=5, rows=1000), timeless=timeless)
    except QueryError as error:
        told = str(error)
        assert told
        assert "\n" not in told
    else:
        assert len(set(found.columns)) == len(found.columns)
        assert all(len(row) == len(found.columns) for row in found.rows)
        assert laid_out(found).count("\n") == len(found.rows) + 2
        json.dumps(found.values, allow_nan=False)
    assert ask(held, "select count(*) from records").rows == before
