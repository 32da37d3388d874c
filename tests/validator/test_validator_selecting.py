from __future__ import annotations

import pytest

from docsync.config.values import RuleChoice
from docsync.validator.catalogue import catalogue
from docsync.validator.selecting import is_on


def on(selected: str = "", ignored: str = "") -> set[str]:
    choice = RuleChoice(frozenset(ignored.split()), selected=frozenset(selected.split()))
    return {rule.CODE for rule in catalogue() if is_on(rule, choice)}


EVERY = {rule.CODE for rule in catalogue()}


def of(*starts: str) -> set[str]:
    return {code for code in EVERY if code.startswith(starts)}


@pytest.mark.parametrize(
    ("selected", "ignored", "expected"),
    [
        ("", "", EVERY),
        ("ALL", "", EVERY),
        ("DS2", "", of("DS2")),
        ("ds2 DS301", "", of("DS2", "DS301")),
        ("status-disagrees", "", {"DS301"}),
        ("", "DS2", EVERY - of("DS2")),
        ("", "ALL", set()),
        ("DS2", "DS202", of("DS2") - {"DS202"}),
        ("DS202", "DS2", {"DS202"}),
        ("percent-disagrees-with-fraction", "DS2", {"DS202"}),
        ("DS2", "DS2", set()),
        ("DS20", "ALL", of("DS20")),
    ],
)
def test_the_longer_spelling_decides(selected: str, ignored: str, expected: set[str]) -> None:
    assert on(selected, ignored) == expected
