from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec import Struct
from msgspec.structs import astuple

from docsync.config.loading import load_config
from docsync.models.document import DocumentFacts
from docsync.parser.document import read_document
from docsync.text.refusal import Refusal
from docsync.text.source import decode
from docsync.text.spans import Span

CONFIG = load_config("/nonexistent")

PLAN = """---
title: Ferry → harbour
updated: 2026-05-01
---

# ✅ Ferry → harbour

<!-- docsync:ignore DS203 ✅ counted elsewhere -->
**Tasks**: ✅ 1/3 done, 33% ⏳ T2

| Task | Name | Status |
|------|------|--------|
| T1 | ⏸️ Buoys | ✅ done |
| T2 → | Cable | ⏳ pending |

## 🚧 Phase 2: Harbour ✅ COMPLETE

- [x] ✅ Crew hired
- [ ] ⏳ Boat → bought

<!-- docsync:begin board view="hole-status" -->
✅ 4 of 5
<!-- docsync:end board -->
"""


def garbled(text: str, codec: str) -> str:
    return "".join(bytes((byte,)).decode(codec, "ignore") or chr(byte) for byte in text.encode())


def spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from spans(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from spans(item)
    elif isinstance(value, Struct):
        for part in astuple(value):
            yield from spans(part)


def facts(text: str) -> DocumentFacts:
    return read_document(decode("docs/plan.md", text.encode()), CONFIG)


@pytest.mark.parametrize("codec", ["mac_roman", "cp1252", "cp1254"])
def test_every_span_marks_in_the_file_what_it_marks_in_the_text_as_meant(codec: str) -> None:
    seen = garbled(PLAN, codec)
    meant, found = facts(PLAN), facts(seen)
    found_spans = list(spans([found.front_matter, found.headings, found.mentions, found.quantities]))
    meant_spans = list(spans([meant.front_matter, meant.headings, meant.mentions, meant.quantities]))
    assert len(meant_spans) > 20
    assert [seen[span.start : span.end] for span in found_spans] == [
        garbled(PLAN[span.start : span.end], codec) for span in meant_spans
    ]


def test_all_is_understood_as_it_was_meant() -> None:
    meant, found = facts(PLAN), facts(garbled(PLAN, "mac_roman"))
    assert [(each.entity, each.name, each.raw, each.status) for each in found.mentions] == [
        (each.entity, each.name, each.raw, each.status) for each in meant.mentions
    ]
    assert any(each.status for each in found.mentions)
    assert found.title == "Ferry → harbour"
    assert [each.text for each in found.headings] == [each.text for each in meant.headings]


def test_what_is_written_back_is_the_file_as_it_stands() -> None:
    seen = garbled(PLAN, "mac_roman")
    found = facts(seen)
    (region,) = found.regions
    assert region.text == seen[region.body.start : region.body.end] == garbled("✅ 4 of 5\n", "mac_roman")
    assert found.lines.length == len(seen)
    assert found.digest == facts(seen).digest != facts(PLAN).digest


def test_it_is_one_trouble_at_the_first_place() -> None:
    (trouble,) = facts(garbled("# Buoys\n\n✅ one, ✅ two\n", "mac_roman")).troubles
    assert trouble.code == "DS017"
    assert trouble.span == Span(9, 12)
    assert facts("# Buoys\n\n✅ one\n").troubles == ()


def test_a_refusal_points_into_the_file_as_it_stands() -> None:
    text = garbled("---\ntitle: a → b\nowner: ⏳ me\nowner: you\n---\n", "cp1252")
    with pytest.raises(Refusal) as caught:
        facts(text)
    assert caught.value.code == "DS012"
    assert text[caught.value.span.start :].startswith("owner: you")
    assert caught.value.lines is not None
    assert caught.value.lines.length == len(text)
    assert [text[span.start :].startswith("owner: \xe2") for span, _ in caught.value.related] == [True]
