from __future__ import annotations

import copy
import tracemalloc
from decimal import Decimal

import pytest
from msgspec.structs import replace

from docsync.cache.pickles import dump, load
from docsync.models.claims import DateStamp, Form, Number, Scope
from docsync.models.document import DocumentFacts, HeadingText, slim
from docsync.models.packing import asked_again, packed
from docsync.models.records import Criterion, Home, Json, Record
from docsync.models.references import Aim, Reference, Stance
from docsync.models.status import Status
from docsync.models.ties import Part, Tie, TieKind
from docsync.text.source import line_index
from docsync.text.spans import Span

SCOPE = Scope(("Harbour", "Cranes — ☂"), "H1", "session 2", "**Now:**", ("H1", "gate 2"))
NUMBER = Number(Decimal("1.50"), Span(70_000, 70_004), 2, approximate=True, upper=Decimal("1E+3"))
CRITERIA = (Criterion("Crane\n\u2028lifts", "Tests", met=True, span=Span(1, 9), mark_span=Span(2, 3)),)
HEADINGS = (HeadingText(1, "Harbour", Span(0, 7)), HeadingText(6, "", Span(8, 8)))
DATES = (DateStamp(Span(3, 4), "2026-03-02", "due", SCOPE, Form.KEY_VALUE, ahead=True),)
PART = Part(Span(1, 2), "x", Decimal("0.10"), Decimal(3))
TIES = (Tie(TieKind.SHARE, NUMBER, Span(0, 5), (PART, PART), Decimal(9), Decimal("Infinity"), "", SCOPE, why=("one", "two")),)
REFERENCES = (
    Reference(Aim.LINK, "a.md", Span(0, 2), SCOPE, Form.PROSE, Stance.HEDGED, "b", 12, NUMBER, itself=True, reason="later"),
    Reference(Aim.COMMIT, "abc1234", Span(3, 4), SCOPE, Form.ROW),
)


def record(criteria: tuple[Criterion, ...] = CRITERIA) -> Record:
    values: dict[str, Json] = {"n": 1.0, "on": [True]}
    return Record("hole", "H1", "Crane", Status.READY, Home.FILE, "a.md", Span(0, 2), values, criteria=criteria)


def facts() -> DocumentFacts:
    lines = line_index("x\n")
    records = (record(),)
    return DocumentFacts(
        "a.md", "", "\n", lines, headings=HEADINGS, records=records, dates=DATES, ties=TIES, references=REFERENCES
    )


def words(value: object) -> str:
    """Spell a value out, so that `1.5` and `1.50`, or `True` and `1`, are told apart."""
    return repr(value)


@pytest.mark.parametrize("name", ["headings", "dates", "ties", "references"])
def test_a_packed_list_reads_as_it_was(name: str) -> None:
    assert getattr(facts(), name)
    assert words(getattr(slim(facts()), name)) == words(getattr(facts(), name))


def test_criteria_of_records_are_packed_too() -> None:
    assert words(slim(facts()).records[0].criteria) == words(CRITERIA)


def test_packed_facts_take_a_quarter_of_the_memory() -> None:
    headings = tuple(HeadingText(2, f"Quay {n}", Span(n + 300, n + 309)) for n in range(5_000))
    plain = replace(facts(), headings=headings)
    assert taken(slim(plain)) < taken(plain) / 4


def taken(value: object) -> int:
    """Give the bytes that a value takes once it has been read back."""
    raw = dump(value)
    tracemalloc.start()
    try:
        found = load(raw)
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == value
    return size


def test_packed_facts_equal_those_that_are_not() -> None:
    plain, slender = facts(), slim(facts())
    assert plain == slender == slim(slender)
    assert slender != replace(plain, headings=())
    assert replace(slender, path="b.md") != plain
    path: object = plain.path
    assert slender != path


def test_equal_numbers_written_otherwise_are_equal_when_packed() -> None:
    other = replace(facts(), ties=(replace(TIES[0], low=Decimal("9.0")),))
    assert facts() == other
    assert slim(facts()) == slim(other)


def test_a_packed_record_equals_one_that_is_not() -> None:
    assert packed(record()) == record() == copy.copy(packed(record()))
    assert packed(record()) != record(criteria=(replace(CRITERIA[0], met=False),))


def test_equal_facts_cannot_be_told_apart_by_their_hash() -> None:
    for each in (replace(facts(), records=()), slim(replace(facts(), records=())), record(), packed(record())):
        with pytest.raises(TypeError, match="unhashable"):
            hash(each)


def test_replacing_one_list_leaves_the_others() -> None:
    found = replace(slim(facts()), headings=(), title="Harbour")
    assert found == replace(facts(), headings=(), title="Harbour")


def test_who_asks_again_is_given_the_same() -> None:
    watched, checked = slim(facts()), slim(facts())
    with asked_again():
        first = watched.references
        assert first == facts().references
        assert watched.references is first
    assert watched.references is first
    assert checked.references is not checked.references
    assert watched == checked == slim(watched)


def test_packed_facts_come_back_from_the_cache() -> None:
    assert load(dump(slim(facts()))) == facts()


@pytest.mark.parametrize(
    "odd", [{"target": "a\ud800.md"}, {"line": 1 << 80}], ids=["half a surrogate pair", "a number beyond machine integers"]
)
def test_what_bytes_cannot_say_is_kept_as_it_is(odd: dict[str, object]) -> None:
    wide = replace(facts(), references=(replace(REFERENCES[0], **odd),))
    assert slim(wide) == wide
    assert slim(wide).references == wide.references


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"nonsense",
        b"\xdd\xff\xff\xff\xff",  # four thousand million items, none of which is there
        b"\x91" * 5_000,
        b"\x91\x93\x01\xa1\xff\x92\x00\x01",  # no UTF-8
        b"\x91\x93\xa11\xa1x\x92\x00\x01",  # a level that is a text
        b"\x91\x92\x01\xa1x",  # no span
        [HeadingText(1, "x", Span(0, 1))],
        None,
        7,
    ],
)
def test_what_docsync_did_not_pack_is_nothing(raw: object) -> None:
    strange = DocumentFacts("a.md", "", "\n", line_index("x"), headings=raw)  # type: ignore[arg-type]  # as a cache may spell it
    assert strange.headings == ()
    assert strange == replace(strange, headings=())
