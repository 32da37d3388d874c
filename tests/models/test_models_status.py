"""How statuses are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsync.models.status import EMOJI, MAX_WORDS, SIGNS, TRANSITIONS, WORDS, Status, may_follow, parse_status, word_key


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("✅ Complete", Status.RESOLVED),
        ("**DONE** 🎉", Status.RESOLVED),
        ("in_progress", Status.IN_PROGRESS),
        ("In-Progress", Status.IN_PROGRESS),
        ("⏸️", Status.DEFERRED),
        ("🔒 Blocked by H6", Status.BLOCKED),
        ("Ready to start (unblocked by H2)", Status.READY),
        ("Ready for review", Status.IN_PROGRESS),
        ("Not complete", Status.PENDING),
        ("Won’t fix", Status.CANCELLED),
        ("✅ Planned", Status.PENDING),
        ("✅ (2026-03-01, session 4)", Status.RESOLVED),
        ("(pending)", Status.PENDING),
        ("Partially complete – two parts left", Status.IN_PROGRESS),
        ("80% complete", Status.IN_PROGRESS),
        ("97.5% complete.", Status.IN_PROGRESS),
        ("0% done", Status.PENDING),
        ("100 % complete", Status.RESOLVED),
        ("3/5 done", Status.IN_PROGRESS),
        ("5 of 5 done", Status.RESOLVED),
        ("COMPLETE (3/5 parts)", Status.RESOLVED),
        ("✅ 100%", Status.RESOLVED),
        ("[x]", Status.RESOLVED),
        ("- [ ]", Status.PENDING),
        ("[x] blocked", Status.BLOCKED),
    ],
)
def test_reads_what_documents_write(text: str, status: Status) -> None:
    assert parse_status(text) == status


@pytest.mark.parametrize("text", ["", "—", "404", "Interface", "No longer blocked", "Part one complete", "⚠️", "Phase 2"])
def test_keeps_silent_where_no_status_is_written(text: str) -> None:
    assert parse_status(text) is None


def test_project_words_and_signs_come_first() -> None:
    words = {**WORDS, "in the oven": Status.IN_PROGRESS, "open": Status.READY}
    assert parse_status("In the oven since Monday", words) == Status.IN_PROGRESS
    assert parse_status("open", words) == Status.READY
    assert parse_status("🍞", WORDS, {**EMOJI, "🍞": Status.RESOLVED}) == Status.RESOLVED


def test_every_word_is_found_as_it_is_spelled() -> None:
    assert {word: parse_status(word) for word in WORDS} == dict(WORDS)


def test_every_sign_of_a_table_is_read_back() -> None:
    assert {status: parse_status(SIGNS[status]) for status in Status} == {status: status for status in Status}
    assert {status: parse_status(f"{SIGNS[status]} {status.value}") for status in Status} == {s: s for s in Status}


def test_status_names_are_words() -> None:
    assert {status: parse_status(status.value) for status in Status} == {status: status for status in Status}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("In_Progress", "in progress"),
        ("  Won’t   Fix ", "won't fix"),
        ("✅", ""),
        ("a b c d e", ""),
        ("step 2", ""),
        ("", ""),
    ],
)
def test_word_key(text: str, key: str) -> None:
    assert word_key(text) == key


def test_a_word_key_is_one_already() -> None:
    assert all(word_key(word) == word and len(word.split()) <= MAX_WORDS for word in WORDS)


def test_open_and_settled_never_meet() -> None:
    assert {status for status in Status if status.is_open and status.is_settled} == set()
    assert {status for status in Status if not status.is_open and not status.is_settled} == {Status.DEFERRED}


def test_transitions() -> None:
    assert set(TRANSITIONS) == set(Status)
    assert all(may_follow(status, status) for status in Status)
    assert may_follow(Status.IN_PROGRESS, Status.RESOLVED)
    assert may_follow(Status.RESOLVED, Status.IN_PROGRESS)
    assert not may_follow(Status.RESOLVED, Status.PENDING)
    assert not may_follow(Status.PENDING, Status.RESOLVED)


@given(st.text())
def test_any_text_is_a_status_or_none(text: str) -> None:
    assert parse_status(text) in (None, *Status)
    assert word_key(word_key(text)) == word_key(text)
