"""How many criteria a pass condition asks for, and what an unknown word probably meant."""

from __future__ import annotations

import pytest

from docsync.models.conditions import needed
from docsync.models.nearness import meant, nearest


@pytest.mark.parametrize(
    ("condition", "total", "count"),
    [
        ("all", 7, 7),
        ("all", 0, 0),
        ("any", 7, 1),
        ("any", 0, 0),
        ("3", 7, 3),
        ("9", 7, 9),
        ("0", 7, 0),
        ("80%", 7, 6),
        ("80%", 5, 4),
        ("66.7%", 3, 3),
        ("66.6%", 3, 2),
        ("100%", 7, 7),
        ("0%", 7, 0),
    ],
)
def test_needed(condition: str, total: int, count: int) -> None:
    assert needed(condition, total) == count


def test_nearest() -> None:
    assert nearest("Exlude", ("include", "exclude")) == "exclude"
    assert nearest("zzz", ("include", "exclude")) == ""
    assert meant("exlude", ("include", "exclude")) == "did you mean exclude?"
    assert meant("zzz", ("include", "exclude")) == "known are include, exclude"
    assert meant("zzz", ()) == ""
    assert nearest("a" * 1_000_000, ("a" * 60,)) == "a" * 60
