from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from docsync.config.loading import load_config
from docsync.models.records import Record
from docsync.parser.document import read_document
from docsync.parser.traces import read_trace
from docsync.text.source import read
from docsync.text.spans import Span

SAMPLE = Path(__file__).resolve().parents[2] / "sample_repo"
DOCUMENTS = sorted(str(path.relative_to(SAMPLE)) for path in SAMPLE.rglob("*.md"))
NOWHERE = Span(0, 0)
MOJIBAKE = "---\nkind: hole\nid: H1\ntitle: Harbour ‚úÖ\nstatus: done\n---\n\n# Harbour ‚úÖ\n\n- ‚úÖ mapped\n"


def bare(record: Record) -> Record:
    criteria = tuple(replace(each, span=NOWHERE, mark_span=NOWHERE) for each in record.criteria)
    return replace(record, span=NOWHERE, fields={}, criteria=criteria, problems=())


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_trace_holds_the_records_that_a_check_reads(path: str) -> None:
    config = load_config(str(SAMPLE))
    source = read(str(SAMPLE), path)
    facts, trace = read_document(source, config), read_trace(source, config)
    assert [replace(each, fields={}) for each in trace.records] == [bare(each) for each in facts.records]
    assert [each.expression for each in trace.numbers] == [each.binding for each in facts.quantities if each.binding]


def test_some_documents_of_the_sample_have_records_and_some_bound_numbers() -> None:
    config = load_config(str(SAMPLE))
    traces = [read_trace(read(str(SAMPLE), path), config) for path in DOCUMENTS]
    assert sum(len(trace.records) for trace in traces) > 50
    assert any(trace.numbers for trace in traces)


def test_what_was_decoded_wrongly_is_understood_as_it_was_meant(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MOJIBAKE, encoding="utf-8")
    config = load_config(str(tmp_path))
    source = read(str(tmp_path), "a.md")
    assert [each.title for each in read_trace(source, config).records] == ["Harbour ✅"]


def test_lines_above_a_record_change_nothing(tmp_path: Path) -> None:
    body = "---\nrecords: hole\n---\n\n{}## H1: Horn\n\n- **Status**: done\n- [x] heard\n"
    traces = []
    for more in ("", "One line more.\n\n"):
        (tmp_path / "a.md").write_text(body.format(more), encoding="utf-8")
        traces.append(read_trace(read(str(tmp_path), "a.md"), load_config(str(tmp_path))))
    assert traces[0] == traces[1]
