"""A number far from what it was tied to is a note, since something else may have been counted; a near one is an error."""

from __future__ import annotations

import pytest

from docsync.config.values import Config
from docsync.models.diagnostics import Severity
from docsync.models.kinds.registry import builtin_specs
from docsync.models.status import EMOJI, WORDS
from docsync.parser.document import read_document
from docsync.project.build import join
from docsync.text.source import decode
from docsync.validator.run import run

CONFIG = Config(builtin_specs(), WORDS, EMOJI)


def found(text: str) -> list[tuple[str, Severity]]:
    document = read_document(decode("docs/quay.md", text.encode()), CONFIG)
    return [(one.code, one.severity) for one in run(join(CONFIG, [document])).diagnostics]


def listed(stated: int, items: int) -> str:
    rows = "".join(f"- `crane_{number}.py`\n" for number in range(items))
    return f"# Quay\n\n### New files ({stated} files)\n\n{rows}"


@pytest.mark.parametrize(("stated", "items"), [(2, 3), (2, 4), (6, 5), (11, 21), (11, 8)])
def test_a_list_near_its_number_or_of_many_is_an_error(stated: int, items: int) -> None:
    assert found(listed(stated, items)) == [("DS206", Severity.ERROR)]


@pytest.mark.parametrize(("stated", "items"), [(2, 9), (5, 9), (1, 4)])
def test_a_few_above_many_are_a_note(stated: int, items: int) -> None:
    assert found(listed(stated, items)) == [("DS206", Severity.INFO)]


def test_addends_near_their_total_are_an_error() -> None:
    assert found("# Quay\n\n**Total lines**: 90 lines (40 code + 30 tests + 25 docs)\n") == [("DS205", Severity.ERROR)]


def test_addends_far_from_their_total_are_a_note() -> None:
    assert found("# Quay\n\n**Total lines**: 9 lines (40 code + 30 tests + 25 docs)\n") == [("DS205", Severity.INFO)]
