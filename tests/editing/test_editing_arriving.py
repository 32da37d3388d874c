from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from drawn_homes import CONFIG, HOMES, STATUSES, TITLES, Drawn, documents
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from docsync.editing.arriving.files import dated, numbered, slug
from docsync.editing.arriving.ids import next_id
from docsync.engine.arriving.drafting import Novelty, Texts, draft
from docsync.engine.arriving.wishes import Wish
from docsync.models.records import Json, Record
from docsync.models.status import Status
from docsync.parser.document import read_document
from docsync.project.build import join
from docsync.text.edits import apply
from docsync.text.source import SourceFile, decode

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)
FIELDS: Mapping[str, st.SearchStrategy[Sequence[str]]] = {
    "status": st.sampled_from([(status.value,) for status in STATUSES]),
    "blocked_by": st.lists(st.just("H1"), min_size=1, max_size=1),
    "type": st.sampled_from((("interface",), ("a long answer, with commas",))),
}
LATER: Mapping[str, st.SearchStrategy[Sequence[str]]] = {**FIELDS, "criteria": st.just(("It is seen; it lasts",))}


def _drafted(drawn: Drawn, title: str, fields: Mapping[str, Sequence[str]]) -> Novelty:
    project = join(CONFIG, [read_document(drawn.source, CONFIG)])
    return draft(
        project,
        Texts("/nowhere", project, {drawn.source.path: drawn.source}.__getitem__),
        Wish("hole", "2026-05-01", title=title, fields=fields),
    )


def _said(record: Record) -> dict[str, Json]:
    return {name: value for name, value in record.values.items() if value not in (None, "", [])}


@pytest.mark.parametrize("home", sorted(set(HOMES) - {"front matter"}))
@settings(max_examples=150, deadline=None, suppress_health_check=_SLOW)
@given(data=st.data())
def test_a_document_gains_one_record_and_loses_no_byte(home: str, data: st.DataObject) -> None:
    drawn = data.draw(documents(home))
    kinds = FIELDS if home == "rows" else LATER
    names = data.draw(st.lists(st.sampled_from(sorted(kinds)), unique=True))
    fields = {name: data.draw(kinds[name]) for name in names}
    title = data.draw(st.sampled_from(TITLES))
    novelty = _drafted(drawn, title, fields)
    source = drawn.source
    ((path, edits),) = novelty.edits.items()
    assert not novelty.files
    assert path == source.path
    (edit,) = edits
    assert not edit.span
    after = apply(source.text, edits)
    at = edit.span.start
    assert after[:at] + after[at + len(edit.text) :] == source.text
    _is_in_style(drawn, source.text, after)
    _gained(drawn, decode(path, source.encode(after)), title, fields)


def _is_in_style(drawn: Drawn, before: str, after: str) -> None:
    other = after.replace("\r\n", "")
    assert "\r" not in other
    assert ("\n" not in other) if drawn.newline == "\r\n" else ("\r\n" not in after)
    assert after.endswith("\n") == before.endswith("\n")


def _gained(drawn: Drawn, after: SourceFile, title: str, fields: Mapping[str, Sequence[str]]) -> None:
    before = drawn.records()
    found = read_document(after, CONFIG).records
    new = [one for one in found if one.id == f"H{len(before) + 1}"]
    assert len(new) == 1
    assert [
        (one.id, _said(one), one.criteria and [each.text for each in one.criteria]) for one in found if one is not new[0]
    ] == [(one.id, _said(one), one.criteria and [each.text for each in one.criteria]) for one in before]
    assert not new[0].problems
    assert new[0].title == title
    assert new[0].home is before[0].home
    for name, values in fields.items():
        if name == "criteria":
            assert [one.text for one in new[0].criteria] == ["It is seen", "it lasts"]
        else:
            assert new[0].values[name] == (list(values) if name == "blocked_by" else values[0])
    waits = "blocked_by" in fields and before[0].status is not Status.RESOLVED
    if "status" not in fields:
        assert new[0].status is (Status.BLOCKED if waits else Status.PENDING)


@settings(max_examples=150, deadline=None, suppress_health_check=_SLOW)
@given(
    drawn=documents("front matter"),
    title=st.sampled_from((*TITLES, 'A "quoted": one', "- 1", "no", "# x", "é\u00a0*b*")),
    data=st.data(),
)
def test_a_new_file_says_what_was_wished(drawn: Drawn, title: str, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(sorted(LATER)), unique=True))
    fields = {name: data.draw(LATER[name]) for name in names}
    novelty = _drafted(drawn, title, fields)
    ((path, text),) = novelty.files.items()
    assert not novelty.edits
    assert path.startswith("docs/")
    assert text.endswith(drawn.newline)
    assert "\n" not in text.replace(drawn.newline, "")
    (record,) = read_document(decode(path, text.encode()), CONFIG).records
    assert not record.problems
    assert (record.id, record.title) == ("H2", " ".join(title.split()))
    for name, values in fields.items():
        if name == "criteria":
            assert [one.text for one in record.criteria] == ["It is seen", "it lasts"]
        else:
            assert record.values[name] == (list(values) if name == "blocked_by" else values[0])


@pytest.mark.parametrize(
    ("kind", "known", "expected"),
    [
        ("hole", [], "H1"),
        ("hole", ["H1", "H21", "H3a"], "H22"),
        ("hole", ["H001", "H009"], "H010"),
        ("task", ["T-1", "T-2", "X-9"], "T-3"),
        ("task", ["1.1", "1.2", "2.1"], "2.2"),
        ("phase", ["Phase 1", "Phase 2"], "Phase 3"),
        ("workstream", ["WS-A"], "WS1"),
        ("decision", ["ADR-0007"], "ADR-0008"),
    ],
)
def test_the_next_id_goes_on_in_the_row(kind: str, known: list[str], expected: str) -> None:
    assert next_id(CONFIG.kinds[kind], known) == expected


def test_no_id_is_made_up_where_a_pattern_takes_none() -> None:
    spec = replace(CONFIG.kinds["hole"], id_pattern="[xyz]{7}")
    assert next_id(spec, []) == ""


@pytest.mark.parametrize(
    ("text", "join", "expected"),
    [
        ("BuoyLamps", "-", "buoy-lamps"),
        ("The HTTP door", "_", "the_http_door"),
        ("Ünder wáter", "-", "ünder-wáter"),
        ("…", "-", ""),
    ],
)
def test_a_title_becomes_part_of_a_name(text: str, join: str, expected: str) -> None:
    assert slug(text, join) == expected


def test_numbers_and_days_in_names_go_on() -> None:
    assert numbered("2026-04-06-session-06", "6", "7") == "2026-04-06-session-07"
    assert numbered("H06-link", "6", "12") == "H12-link"
    assert dated("20260410_notes", "2026-05-01") == "20260501_notes"
    assert dated("2026-04-10-handover", "2026-05-01") == "2026-05-01-handover"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
@example("H" * 200)
def test_any_title_gives_a_name_that_a_file_can_have(title: str) -> None:
    made = slug(title)
    assert len(made) <= 60
    assert not set(made) & set("/\\\0\n\r .")
