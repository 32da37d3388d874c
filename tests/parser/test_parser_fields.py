from __future__ import annotations

import time

import pytest

from docsync.parser.fields import bullet_key_value, key_values


def pairs(text: str) -> list[tuple[str, str]]:
    return [(found.key, text[found.start : found.end]) for found in key_values(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Status**: ready", [("Status", "ready")]),
        ("**Status:** ready", [("Status", "ready")]),
        ("**Status**： ready", [("Status", "ready")]),
        ("**Status：** ready", [("Status", "ready")]),
        ("__Status__: ready", [("Status", "ready")]),
        ("**Blocked by** : H1", [("Blocked by", "H1")]),
        ("✅ **Status**: ready", [("Status", "ready")]),
        ("**Status**:", [("Status", "")]),
        ("**Status**: ready\\\n**Owner**: Ada", [("Status", "ready"), ("Owner", "Ada")]),
        ("**Note**: one\ntwo", [("Note", "one\ntwo")]),
        ("Words first.\n**Status**: ready", [("Status", "ready")]),
        (
            "**A**: 1 | **B**: 2 · **C**: 3; **D**: 4, **E**: 5  **F**: 6",
            [(key, str(at)) for at, key in enumerate("ABCDEF", 1)],
        ),
        ("Words before **Status**: ready", []),
        ("**Bold** words: no key", []),
        ("**Note**: see **Status**: ready", [("Note", "see **Status**: ready")]),
        ("Status: ready", []),
        ("", []),
    ],
)
def test_bold_keys_at_the_start_of_a_line_or_after_a_separator(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Status**: ready", ("Status", "ready")),
        ("Status: ready", ("Status", "ready")),
        ("Blocked by: H1, H2", ("Blocked by", "H1, H2")),
        ("🎯 Goal: calm", ("Goal", "calm")),
        ("Goal:", ("Goal", "")),
        ("https://example.org", None),
        ("`code`: words", None),
        ("[link]: words", None),
        ("no key here", None),
        ("3: three", None),
    ],
)
def test_a_bullet_may_have_a_plain_key(text: str, expected: tuple[str, str] | None) -> None:
    found = bullet_key_value(text)

    assert (found and (found.key, text[found.start : found.end])) == expected


def test_the_end_of_the_first_line_is_known() -> None:
    text = "**Blocks**: H1, \nH2"
    (found,) = key_values(text)

    assert text[found.start : found.line_end] == "H1"
    assert text[found.key_start : found.key_end] == "Blocks"


@pytest.mark.parametrize("piece", ["**", "**a", "__", "a ", "**a**", "**a**: ", ": ", " | ", "*", "\n**a**:"])
def test_hostile_lines_take_linear_time(piece: str) -> None:
    text = piece * 100_000
    start = time.process_time()
    key_values(text)
    bullet_key_value(text)
    assert time.process_time() - start < 5
