"""What becomes of numbers that documents give more than once: agreed, confirmed, contradicted, or left alone."""

from __future__ import annotations

import pytest

from docsync.config.values import Config
from docsync.models.diagnostics import Tally
from docsync.models.kinds.registry import builtin_specs
from docsync.models.status import EMOJI, WORDS
from docsync.parser.document import read_document
from docsync.project.build import join
from docsync.text.source import decode
from docsync.validator.run import Outcome, run

CONFIG = Config(builtin_specs(), WORDS, EMOJI)


def outcome(**texts: str) -> Outcome:
    documents = [read_document(decode(f"docs/{name}.md", text.encode()), CONFIG) for name, text in texts.items()]
    return run(join(CONFIG, documents))


def counted(tally: Tally) -> tuple[int, int, int]:
    return tally.confirmed, tally.contradicted, tally.unverifiable


SUMMARY = "# Harbour plan\n\n**Phase 2**: {first}\n\n## Later on\n\n**Phase 2**: {second}\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2/3 berths dredged", "2/3 berths dredged"),
        ("40% complete", "40% complete"),
        ("40% complete", "~42% complete"),
        ("33% complete", "1/3"),
        ("1/3", "33% complete"),
        ("14 berths in all", "14 berths in all"),
    ],
)
def test_two_lines_that_give_the_same_are_confirmed(first: str, second: str) -> None:
    assert counted(outcome(state=SUMMARY.format(first=first, second=second)).tally) == (2, 0, 0)


def test_one_line_alone_is_confirmed_by_nothing() -> None:
    text = "# Harbour plan\n\n**Phase 2**: 2/3 berths dredged, so 2/3 berths dredged\n"
    assert outcome(state=text).tally.confirmed == 0


def test_of_three_lines_the_outvoted_one_is_contradicted_and_nothing_is_confirmed() -> None:
    twice = SUMMARY.format(first="2/3 berths dredged", second="2/3 berths dredged")
    text = f"{twice}\n## Summary\n\n**Phase 2**: 1/3 berths dredged\n"
    found = outcome(state=text)
    assert counted(found.tally) == (0, 1, 2)
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["DS220"]


def test_an_agreed_total_does_not_confirm_the_count_beside_it() -> None:
    text = SUMMARY.format(first="2/3 berths dredged", second="1/3 berths blocked")
    assert counted(outcome(state=text).tally) == (0, 0, 2)
