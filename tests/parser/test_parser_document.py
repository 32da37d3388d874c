from __future__ import annotations

import pickle
from hashlib import blake2b

import pytest
from homes_reading import config, section
from hypothesis import given
from hypothesis import strategies as st

from docsync.models.claims import Form
from docsync.models.document import DocumentFacts
from docsync.models.schema import HomeRule
from docsync.models.status import Status
from docsync.parser.document import read_document
from docsync.text.refusal import Refusal
from docsync.text.source import decode

PLAN = """\
---
kind: phase
id: P2
status: in progress
records: {hole: sections}
---

# Phase 2: The *wire*

**Last Updated**: 2031-02-03

So far 1/2 holes are resolved, and H9 waits for H4.

## H4: Frames — ready

**Status**: resolved

- [x] A frame survives

## H5: Versions (3/4 parts)

**Status**: pending

<!-- docsync:ignore DS201 counted by hand -->

There are 4 holes.

<!-- docsync:claim holes.resolved/holes.total -->

Of all questions 1/2 are settled now.

<!-- docsync:begin overview view="status-table" kind="hole" -->

| Hole | Status |
|------|--------|
| H4   | failed |

There are 99 holes.

- [ ] never

<!-- docsync:end overview -->
"""


def read(text: str, *homes: HomeRule, path: str = "plan.md") -> DocumentFacts:
    return read_document(decode(path, text.encode()), config(*homes))


def slices(text: str, facts: DocumentFacts) -> dict[str, list[str]]:
    """Give the text that each sort of fact marks."""
    return {
        "mentions": [text[found.span.start : found.span.end] for found in facts.mentions if found.name == "status"],
        "quantities": [text[found.span.start : found.span.end] for found in facts.quantities],
        "dates": [text[found.span.start : found.span.end] for found in facts.dates],
    }


def test_a_document_states_all_of_its_facts() -> None:
    facts = read(PLAN)

    assert facts.title == "Phase 2: The wire"
    assert [(one.level, one.text) for one in facts.headings][:2] == [(1, "Phase 2: The wire"), (2, "H4: Frames — ready")]
    assert [(one.id, one.status) for one in facts.records] == [
        ("P2", Status.IN_PROGRESS),
        ("H4", Status.RESOLVED),
        ("H5", Status.PENDING),
    ]
    assert facts.front_matter is not None
    assert [one.id for one in facts.regions] == ["overview"]
    assert [one.codes for one in facts.suppressions] == [("DS201",)]
    assert slices(PLAN, facts)["dates"] == ["2031-02-03"]
    assert {one.entity for one in facts.mentions} >= {"H9"}
    assert facts.troubles == ()


def test_a_home_is_no_mention_of_itself_but_its_heading_may_contradict_it() -> None:
    assert slices(PLAN, read(PLAN))["mentions"] == ["ready"]


def test_the_values_of_fields_are_no_quantities_but_counts_in_headings_are() -> None:
    found = slices(PLAN, read(PLAN))["quantities"]

    assert "3/4 parts" in found
    assert not any(text.startswith(("2031", "P2")) for text in found)


def test_generated_text_states_nothing() -> None:
    facts = read(PLAN)
    inside = PLAN.index("| Hole")

    ends = [found.span.end for found in facts.mentions] + [found.span.end for found in facts.quantities]
    assert 0 < max(ends) < inside
    assert sum(one.total for one in facts.checklists if one.title.startswith("H4")) == 1
    assert not any(one.title.startswith("H5") for one in facts.checklists)


def test_text_between_broken_markers_is_not_taken_for_generated() -> None:
    broken = PLAN.replace("docsync:end overview", "docsync:end other")

    facts = read(broken)
    assert facts.regions == ()
    assert {trouble.code for trouble in facts.troubles} == {"DS602"}
    assert any(found.span.start > broken.index("| Hole") for found in facts.quantities)


def test_a_bound_number_carries_its_expression() -> None:
    bound = [found for found in read(PLAN).quantities if found.binding]

    assert [found.binding for found in bound] == ["holes.resolved/holes.total"]
    assert PLAN[bound[0].span.start : bound[0].span.end] == "1/2"
    assert bound[0].span.start > PLAN.index("Of all questions")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("<!-- docsync:claim holes.total -->\n\n## All 7 of them\n", Form.HEADING),
        ("<!-- docsync:claim holes.total -->\n\n- about 7\n", Form.BULLET),
        ("<!-- docsync:claim holes.total -->\n\nThe lucky number is 7 here.\n", Form.PROSE),
    ],
)
def test_a_bound_number_needs_no_noun(text: str, form: Form) -> None:
    (bound,) = (found for found in read(text).quantities if found.binding)

    assert text[bound.span.start : bound.span.end] == "7"
    assert bound.form is form


def test_a_bound_field_of_a_record_is_a_quantity() -> None:
    text = "## M1: Coverage\n\n<!-- docsync:claim holes.percent -->\n\n**Current**: 85\n"

    facts = read(text, section("metric"))
    assert facts.records[0].values["current"] == 85
    assert [found.binding for found in facts.quantities] == ["holes.percent"]
    unbound = read(text.replace("<!-- docsync:claim holes.percent -->", ""), section("metric"))
    assert [found for found in unbound.quantities if found.count] == []


def test_front_matter_without_a_home_mentions_what_it_names() -> None:
    text = "---\nid: H6\ntitle: Clocks\nstatus: done\nupdated: 2031-02-03\nprogress: 3/4 tasks\n---\nWords.\n"
    facts = read(text)

    assert facts.records == ()
    assert [(found.entity, found.name, found.raw, found.status) for found in facts.mentions] == [
        ("H6", "title", "Clocks", None),
        ("H6", "status", "done", Status.RESOLVED),
    ]
    assert {found.form for found in facts.mentions} == {Form.FRONT_MATTER}
    assert [(found.iso, found.form) for found in facts.dates] == [("2031-02-03", Form.FRONT_MATTER)]
    assert slices(text, facts)["quantities"] == ["3/4 tasks"]
    assert facts.title == "Clocks"


@pytest.mark.parametrize("front", ["status: done", "id: 6\nstatus: [done]", "id: ''\nstatus: done"])
def test_front_matter_that_names_nobody_mentions_nobody(front: str) -> None:
    assert read(f"---\n{front}\n---\n").mentions == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("## Second\n\n# First\n", "First"),
        ("## Second\n", "Second"),
        ("No heading\n", ""),
        ("", ""),
        ("---\ntitle: ' Mine '\n---\n# Other\n", "Mine"),
        ("---\ntitle: 7\n---\n# Other\n", "7"),
        ("---\ntitle: ''\n---\n# Other\n", "Other"),
        ("> # Quoted\n", ""),
    ],
)
def test_a_document_has_a_title(text: str, title: str) -> None:
    assert read(text).title == title


def test_front_matter_that_cannot_be_read_refuses_the_file() -> None:
    with pytest.raises(Refusal) as refused:
        read("---\nid: H1\nid: H2\n---\n")

    assert refused.value.code == "DS012"


def test_the_digest_is_of_the_bytes() -> None:
    raw = "\ufeffWords\r\n".encode()
    facts = read_document(decode("plan.md", raw), config())

    assert facts.digest == blake2b(raw, digest_size=16).hexdigest()
    assert facts.newline == "\r\n"


def test_line_ends_do_not_change_what_is_stated() -> None:
    crlf = PLAN.replace("\n", "\r\n")
    here, there = slices(PLAN, read(PLAN)), slices(crlf, read(crlf))

    assert here == there


def test_facts_can_be_pickled() -> None:
    facts = read(PLAN)

    assert pickle.loads(pickle.dumps(facts)) == facts


LINES = st.sampled_from(
    [*PLAN.split("\n"), "```", "> quote", "  - nested", "| a | b |", "|---|---|", "", "# ", "**Status**:", "---"]
)


@given(st.lists(LINES, max_size=25))
def test_any_document_has_facts_inside_its_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        facts = read(text, section("hole"), section("task"))
    except Refusal as refusal:
        assert refusal.code.startswith("DS01")  # noqa: PT017 -- a refusal is one of two good ends
        return
    spans = [found.span for found in facts.mentions] + [found.span for found in facts.quantities]
    spans += [found.span for found in facts.dates] + [found.span for found in facts.headings]
    spans += [field.span for record in facts.records for field in record.fields.values()]
    spans += [record.span for record in facts.records]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
