"""Each kind's case file: the same record, field for field, from a file, a section, a table row and a list item."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from docsync.config.loading import load_config
from docsync.models.kinds.registry import builtin_specs
from docsync.models.records import Home
from docsync.parser.document import read_document
from docsync.text.source import decode

CASES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.md"))}
SECTION = re.compile(r"^## (\w+)\n\n````\w+\n(.*?)^````$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("kind", CASES)
@pytest.mark.parametrize("home", list(Home))
def test_a_home_gives_the_record(kind: str, home: Home, tmp_path: Path) -> None:
    parts = dict(SECTION.findall(CASES[kind]))
    facts = read_document(decode("plan.md", parts[home.value].encode()), load_config(str(tmp_path)))
    (record,) = facts.records
    assert (record.kind, record.home) == (kind, home)
    assert dict(record.values) == json.loads(parts["record"])
    assert not record.broken
    assert not facts.troubles


def test_every_kind_has_a_case_file() -> None:
    assert CASES.keys() == builtin_specs().keys()
