"""What the tables hold of a project."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest
from query_samples import FILES, HOLES, answer, canal, rows

from docsync.database.asking import Answer
from docsync.database.describing import RESERVED, described
from docsync.database.filling import fill
from docsync.database.findings import Judged
from docsync.database.schema import tables
from docsync.models.diagnostics import Diagnostic, Place, Severity
from docsync.project.index import Project
from docsync.text.spans import Span


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Project:
    return canal(tmp_path)


def _cells(found: Answer) -> list[dict[str, object]]:
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_a_kind_has_a_table_under_its_plural_with_a_column_for_each_field(project: Project) -> None:
    hole = project.config.kinds["hole"]
    found = answer(project, "select * from holes")
    assert found.columns[: len(hole.fields)] == tuple(hole.fields)
    first, second, third = _cells(found)
    assert (first["id"], first["title"], first["status"], first["type"]) == ("H1", "Lock gates", "resolved", "interface")
    assert (first["criteria_met"], first["criteria_total"], first["percent"]) == (1, 1, 100)
    assert (first["open"], first["settled"], first["ready"], first["broken"]) == (0, 1, 0, 0)
    assert (second["blocked_by"], second["waits_for"], second["status_text"]) == ('["H1", "H10"]', '["H10"]', "⏳ Pending")
    assert (second["other"], second["kind"], second["home"]) == ('{"colour": "green"}', "hole", "section")
    assert (second["path"], second["line"]) == ("plan/HOLES.md", 18)
    assert json.loads(str(second["written"]))["phase"] == "Phase 2"
    assert (third["created"], third["ready"], third["labels"], third["reopened"]) == ("2026-03-03", 1, "[]", None)


def test_a_reference_stands_as_it_is_written_beside_the_id_that_it_means(project: Project) -> None:
    assert rows(project, "select id, phase, phase_id from holes") == [
        ("H1", "1", "P1"),
        ("H2", "Phase 2", "P2"),
        ("H10", "P2", "P2"),
    ]
    assert rows(project, "select p.title, count(*) from holes h join phases p on p.id = h.phase_id group by 1") == [
        ("Dredge", 1),
        ("Rebuild", 2),
    ]


def test_numbers_are_numbers_and_dates_are_text(project: Project) -> None:
    assert rows(project, "select current, target, current * 2 < target, typeof(current), typeof(target) from metrics") == [
        (1.5, 4, 1, "real", "integer")
    ]
    assert rows(project, "select created, typeof(created), date(created, '+1 day') from holes where created is not null") == [
        ("2026-03-03", "text", "2026-03-04")
    ]


def test_edges_name_both_ends_and_the_line_that_says_so(project: Project) -> None:
    assert rows(project, "select source, target, field, role, target_kind, written, line from edges where source > 'H10'") == [
        ("H2", "P2", "phase", "part of", "phase", "Phase 2", 21),
        ("H2", "H1", "blocked_by", "needs", "hole", "H1", 22),
        ("H2", "H10", "blocked_by", "needs", "hole", "H10", 22),
        ("P2", "P1", "depends_on", "needs", "phase", "P1", 10),
        ("P2", "P7", "depends_on", "needs", None, "P7", 10),
    ]


def test_needs_are_the_graph_from_either_sides_fields(tmp_path: Path) -> None:
    text = HOLES.replace("- **Blocked by**: H1, H10\n", "").replace("- **Type**: interface", "- **Blocks**: H2")
    project = canal(tmp_path, **{"plan/HOLES.md": text})
    assert rows(project, "select source, target, field, settled, path, line from needs where source = 'H2'") == [
        ("H2", "H1", "blocks", 1, "plan/HOLES.md", 11)
    ]
    assert rows(project, "select settled from needs where target = 'P7'") == [(0,)]


def test_criteria_are_numbered_within_their_record(project: Project) -> None:
    assert rows(project, "select record, kind, number, text, met, dropped, path, line from criteria") == [
        ("H1", "hole", 1, "They close", 1, 0, "plan/HOLES.md", 15),
        ("H1", "hole", 2, "~~They sing~~", 0, 1, "plan/HOLES.md", 16),
        ("H10", "hole", 1, "It is paved", 0, 0, "plan/HOLES.md", 31),
    ]


def test_mentions_claims_and_documents_tell_where_they_stand(project: Project) -> None:
    assert rows(
        project, "select record, field, text, status, living, path, line, [column] from mentions where field = 'status'"
    ) == [("H2", "status", "blocked", "blocked", 1, "STATE.md", 7, 22)]
    assert rows(project, "select type, subject, count, total, percent, state, date, headings, line from claims") == [
        ("date", "last updated", None, None, None, None, "2026-03-05", '["State"]', 3),
        ("quantity", "holes", 1, 3, 33, "resolved", None, '["State"]', 5),
        ("date", "created", None, None, None, None, "2026-03-03", '["Holes", "H10: Tow path"]', 29),
    ]
    assert rows(project, "select path, title, lines, records, front_matter, refused from documents limit 2") == [
        ("STATE.md", "State", 7, 0, "{}", 0),
        ("plan/HOLES.md", "Holes", 31, 3, '{"records": "hole"}', 0),
    ]


def test_percentages_and_standings_are_claims_of_their_own(tmp_path: Path) -> None:
    text = "# Rebuild\n\n**Status**: In progress\n\n- Coverage is 80%\n- **Gates**: done (90%)\n"
    project = canal(tmp_path, **{"REPORT.md": text})
    found = rows(project, "select type, text, percent, status from claims where path = 'REPORT.md' order by line, type")
    assert ("standing", "In progress", None, "in_progress") in found
    assert ("percentage", "**Gates**: done (90%)", 90, None) in found


def test_records_are_all_kinds_together(project: Project) -> None:
    found = rows(project, "select kind, id, fields from records")
    assert [(kind, name) for kind, name, _ in found] == [(one.kind, one.id) for one in project.records]
    assert json.loads(str(found[0][2])) == dict(project.records[0].values)


def test_records_that_share_an_id_are_told_apart(tmp_path: Path) -> None:
    project = canal(tmp_path, **{"old/HOLES.md": HOLES})
    assert rows(project, "select id, pointer, line from holes where id = 'H2'") == [
        ("H2", "old/HOLES.md#H2", 18),
        ("H2", "plan/HOLES.md#H2", 18),
    ]


def test_a_projects_own_kinds_have_tables_whatever_they_are_called(tmp_path: Path) -> None:
    config = """
[kinds.document]
id = 'DOC\\d+'
fields.path = { type = 'text' }
fields.other = { type = 'integer' }
fields.order = { type = 'boolean' }
[kinds.action-item]
id = 'A\\d+'
[kinds.query]
id = 'Q\\d+'
plural = 'sqlite_things'
[kinds.selection]
id = 'X\\d+'
plural = 'select'
"""
    text = "---\nrecords: document\n---\n\n## DOC1: Lease\n\n- **Path**: kept in a box\n- **Other**: 7\n- **Order**: yes\n"
    project = canal(tmp_path, **{"docsync.toml": config, "leases.md": text})
    found = tables(project)
    assert {"documents_", "action_items", "kind_sqlite_things", "select", "documents"} <= found.keys()
    assert rows(project, "select id, path_, path, other_, other, [order] from documents_") == [
        ("DOC1", "kept in a box", "leases.md", 7, "{}", 1)
    ]
    assert rows(project, "select count(*) from [select], action_items, kind_sqlite_things") == [(0,)]


def test_diagnostics_are_there_only_where_somebody_gives_them(project: Project) -> None:
    assert "diagnostics" not in tables(project)
    asked: list[bool] = []

    def found() -> list[Judged]:
        asked.append(True)
        place = Place("STATE.md", Span(9, 12))
        return [Judged(Diagnostic("DS1", "odd", Severity.INFO, "no", place), project.documents["STATE.md"].lines, known=True)]

    held = tables(project, found)
    assert not asked
    columns = dict(zip(held["diagnostics"].names, next(held["diagnostics"].rows()), strict=True))
    assert (columns["code"], columns["severity"], columns["known"]) == ("DS1", "info", 1)
    assert (columns["path"], columns["line"], columns["column"]) == ("STATE.md", 3, 1)


def test_a_database_of_ones_own_can_be_filled(project: Project) -> None:
    connection = sqlite3.connect(":memory:")
    fill(connection, project, ["holes", "needs"])
    assert connection.execute("select name from sqlite_master").fetchall() == [("holes",), ("needs",)]
    assert connection.execute("select count(*) from holes").fetchone() == (3,)
    connection.close()
    everything = sqlite3.connect(":memory:")
    fill(everything, project)
    names = {name for (name,) in everything.execute("select name from sqlite_master")}
    assert names == set(tables(project))
    for name, table in tables(project).items():
        assert everything.execute(f'select * from "{name}"').fetchall() == list(table.rows())
    everything.close()


def test_every_table_and_column_is_described(project: Project) -> None:
    held = tables(project, list)
    found = described(held.values())
    assert found.columns == ("table", "column", "type", "about")
    assert all(row[3] for row in found.rows)
    assert len(found.rows) == len(held) + sum(len(table.columns) for table in held.values())
    assert ("propagations", "[from]", "text", "The record whose resolution gave the constraint.") in found.rows


@pytest.mark.parametrize("word", [*sorted(RESERVED), "holes", "first", "key", "phase"])
def test_words_of_sql_need_brackets(word: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(f"create table [{word}] ([{word}] text)")
    connection.execute(f"insert into [{word}] values ('x9')")
    if word not in RESERVED:
        assert connection.execute(f"select {word} from {word} where {word} > '' order by {word}").fetchall() == [("x9",)]
    else:
        with pytest.raises((sqlite3.Error, AssertionError)):
            assert connection.execute(f"select {word} from {word} where {word} = 'x9' order by {word}").fetchall() == [("x9",)]
    connection.close()


def test_the_sample_is_what_it_seems() -> None:
    assert re.findall(r"^## (H\d+)", FILES["plan/HOLES.md"], re.MULTILINE) == ["H1", "H2", "H10"]
