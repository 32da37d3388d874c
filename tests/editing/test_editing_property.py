from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from drawn_homes import CONFIG, HOMES, STATUSES, Drawn, crowded_items, documents
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docsync.editing import Amendment, edits_for, edits_together
from docsync.models.blocks import ListItem, Paragraph
from docsync.models.records import Home, Json, Record
from docsync.models.status import Status
from docsync.parser.blocks import parse_blocks
from docsync.parser.document import read_document
from docsync.text.edits import apply
from docsync.text.source import SourceFile, decode

CHANGES: Mapping[str, st.SearchStrategy[Json]] = {
    "status": st.sampled_from([status.value for status in STATUSES]),
    "blocked_by": st.lists(st.sampled_from(("H1", "H2", "H3", "H77")), unique=True, max_size=3).map(list),
    "phase": st.sampled_from(("1", "2", "3", "12")),
    "type": st.sampled_from(("interface", "a long answer, with commas", None)),
}
_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)


def _after(source: SourceFile, record: Record, changes: Mapping[str, Json]) -> SourceFile:
    edits = edits_for(source, record, CONFIG, changes)
    text = apply(source.text, edits)
    return decode(source.path, source.encode(text))


def _values(source: SourceFile) -> list[dict[str, Json]]:
    return [{**record.values, "#title": record.title} for record in read_document(source, CONFIG).records]


def _empty(values: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


@pytest.mark.parametrize("home", sorted(HOMES))
@settings(max_examples=40, deadline=None, suppress_health_check=_SLOW)
@given(data=st.data())
def test_only_the_named_value_changes(home: str, data: st.DataObject) -> None:
    drawn = data.draw(documents(home))
    source = drawn.source
    records = drawn.records()
    at = data.draw(st.integers(0, len(records) - 1))
    name = data.draw(st.sampled_from([name for name in CHANGES if name != "phase" or home != "items"]))
    value = data.draw(CHANGES[name])
    before = _values(source)
    after = _after(source, records[at], {name: value})
    expected = [dict(one) for one in before]
    expected[at][name] = value
    assert [_empty(one) for one in _values(after)] == [_empty(one) for one in expected]
    assert after.bom == drawn.bom
    assert "\r\n" in after.text or "\n" not in after.text or drawn.newline == "\n"
    assert "\r\n" not in after.text or drawn.newline == "\r\n"
    assert ("\n" not in after.text.replace("\r\n", "")) or drawn.newline == "\n"
    _only_around(source.text, after.text, records[at], drawn)


def _only_around(before: str, after: str, record: Record, drawn: Drawn) -> None:
    """Compare the lines, which differ in one piece, inside or just below the home of the record."""
    if before == after:
        return
    old, new = before.split(drawn.newline), after.split(drawn.newline)
    head = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    changed = len(old) - tail - head
    assert changed <= 8
    following = [one for one in drawn.records() if one.span.start > record.span.start]
    limit = before.count(drawn.newline, 0, following[0].span.start) if following else len(old)
    assert head <= limit


@pytest.mark.parametrize("home", sorted(HOMES))
@settings(max_examples=40, deadline=None, suppress_health_check=_SLOW)
@given(data=st.data())
def test_setting_a_value_and_setting_it_back_restores_the_bytes(home: str, data: st.DataObject) -> None:
    """Lists in one spelling and statuses that another record still spells so come back as they were."""
    drawn = data.draw(documents(home))
    records = drawn.records()
    at = data.draw(st.integers(0, len(records) - 1))
    name = data.draw(st.sampled_from(["status", "blocked_by"] + ["phase"] * (home != "items")))
    value = data.draw(CHANGES[name])
    held = records[at].values.get(name)
    if name == "blocked_by" and (not held or not value or len(set(value) if isinstance(value, list) else ()) < 1):
        return
    if (
        home == "items"
        and name == "status"
        and {held, value} - {"pending", "resolved"}
        and "Status" not in _own(drawn, records[at])
    ):
        return
    there = _after(drawn.source, records[at], {name: value})
    now = read_document(there, CONFIG).records[at]
    back = _after(there, now, {name: held})
    if _is_canonical(records, at, name, value):
        assert back.encode() == drawn.raw


def _own(drawn: Drawn, record: Record) -> str:
    return drawn.source.text[record.span.start : record.fields["status"].key_span.end]


def _is_canonical(records: tuple[Record, ...], at: int, name: str, value: Json) -> bool:
    """Tell whether what stood there can be worked out again from the rest of the document."""
    one = records[at]
    if name == "status":
        if one.home is Home.FILE:
            return one.fields["status"].raw.strip("'\"") == one.status
        return one.home is Home.ITEM or any(other.status is one.status for other in records if other is not one)
    if name != "blocked_by" or not isinstance(value, list):
        return True
    return len(value) > 1 and len(one.texts(name)) == 2  # one gap, which both spellings keep


@pytest.mark.parametrize("home", sorted(HOMES))
@settings(max_examples=20, deadline=None, suppress_health_check=_SLOW)
@given(data=st.data())
def test_ticking_a_criterion_changes_its_mark_alone(home: str, data: st.DataObject) -> None:
    drawn = data.draw(documents(home))
    records = drawn.records()
    at = data.draw(st.integers(0, len(records) - 1))
    if not records[at].criteria:
        return
    index = data.draw(st.integers(0, len(records[at].criteria) - 1))
    criterion = records[at].criteria[index]
    (edit,) = edits_together(drawn.source, [Amendment(records[at], ticks={index: not criterion.met})], CONFIG)
    assert edit.span == criterion.mark_span
    assert edit.text == (" " if criterion.met else "x")


@pytest.mark.parametrize("home", sorted(HOMES))
@settings(max_examples=20, deadline=None, suppress_health_check=_SLOW)
@given(data=st.data())
def test_several_changes_of_several_records_are_made_together(home: str, data: st.DataObject) -> None:
    drawn = data.draw(documents(home))
    records = drawn.records()
    wanted = [
        Amendment(one, {"status": data.draw(CHANGES["status"]), "blocked_by": data.draw(CHANGES["blocked_by"]), "type": "rope"})
        for one in records
    ]
    edits = edits_together(drawn.source, wanted, CONFIG)
    after = read_document(decode("docs/PLAN.md", drawn.source.encode(apply(drawn.source.text, edits))), CONFIG)
    for now, one in zip(after.records, wanted, strict=True):
        assert now.status is Status(str(one.values["status"]))
        assert list(now.texts("blocked_by")) == one.values["blocked_by"]
        assert now.values["type"] == "rope"


@settings(max_examples=150, deadline=None, suppress_health_check=_SLOW)
@given(text=crowded_items(), data=st.data())
def test_what_an_item_holds_stays_as_it_is(text: str, data: st.DataObject) -> None:
    source = decode("docs/PLAN.md", text.encode())
    one = data.draw(st.sampled_from(read_document(source, CONFIG).records))
    name, value = data.draw(st.sampled_from((("status", "in_progress"), ("status", "blocked"), ("assignee", "Ann"))))
    after = _after(source, one, {name: value})
    added = {f"{name.capitalize()}: {str(value).capitalize().replace('_', ' ')}"}
    assert [held for held in _held(after) if held[-1] not in added] == list(_held(source))
    assert len(after.text.splitlines()) == len(text.splitlines()) + 1


def _held(source: SourceFile) -> Iterator[tuple[str, ...]]:
    """Give each block with the items that it stands in, the outermost first, and its text last."""
    blocks = parse_blocks(source, source.text.index("# Tasks"))
    said: list[str] = []
    for block in blocks:
        around: list[str] = []
        at = block.item
        while at >= 0:
            around.insert(0, said[at])
            at = blocks[at].item
        text = block.inline.text if isinstance(block, ListItem | Paragraph) else source.slice(block.span).strip()
        said.append(text)
        yield (type(block).__name__, *around, text)
