from __future__ import annotations

import pytest
from homes_reading import Reading, section

from docsync.models.records import Home
from docsync.models.status import Status

HOLE = """\
---
records: hole
---

# Open questions

### H4: Wire format
**Type**: interface
**Status:** ⏳ Waiting for H2
**Phase**: Phase 1

**Description**: How frames look
on the wire.

- **Blocked by**: H2 (clock), H3
- Blocks: H7
- **Constraints**:
  - must fit one packet
  - must carry a version

**Acceptance criteria**:
- [x] Frames survive a round trip
- [ ] Unknown versions are refused
"""


def test_a_section_with_fields_is_a_record() -> None:
    reading = Reading(HOLE)
    record = reading.only

    assert (record.kind, record.id, record.title, record.home) == ("hole", "H4", "Wire format", Home.SECTION)
    assert record.status is Status.BLOCKED
    assert record.values == {
        "id": "H4",
        "title": "Wire format",
        "type": "interface",
        "status": "blocked",
        "phase": "Phase 1",
        "description": "How frames look\non the wire.",
        "blocked_by": ["H2", "H3"],
        "blocks": ["H7"],
        "constraints": ["must fit one packet", "must carry a version"],
    }
    assert reading.source.slice(record.span) == "H4"
    assert not record.broken


def test_each_field_knows_where_it_stands() -> None:
    reading = Reading(HOLE)

    assert reading.written(reading.only) == {
        "type": "interface",
        "status": "⏳ Waiting for H2",
        "phase": "Phase 1",
        "description": "How frames look\non the wire.",
        "blocked_by": "H2 (clock), H3",
        "blocks": "H7",
        "constraints": "must fit one packet\n  - must carry a version",
    }
    field = reading.only.fields["blocked_by"]
    assert reading.source.slice(field.key_span) == "Blocked by"
    assert field.raw == "H2 (clock), H3"


def test_checkboxes_are_criteria_with_the_place_of_their_mark() -> None:
    reading = Reading(HOLE)
    first, second = reading.only.criteria

    assert (first.text, first.met, second.met) == ("Frames survive a round trip", True, False)
    assert [reading.source.slice(found.mark_span) for found in (first, second)] == ["x", " "]
    assert reading.source.slice(first.span) == "Frames survive a round trip"


@pytest.mark.parametrize(
    ("heading", "record_id", "title", "status"),
    [
        ("H3: Cache keys", "H3", "Cache keys", None),
        ("H3 - Cache keys", "H3", "Cache keys", None),
        ("H3 — Cache keys", "H3", "Cache keys", None),
        ("**H3**: Cache keys", "H3", "Cache keys", None),
        ("**H3: Cache keys**", "H3", "Cache keys", None),
        ("`H3`: `keys` of the cache", "H3", "`keys` of the cache", None),
        ("H3: `keys`", "H3", "keys", None),
        ("Hole H3: Cache keys", "H3", "Cache keys", None),
        ("H3", "H3", "", None),
        ("H3: Cache keys ✅ RESOLVED", "H3", "Cache keys", Status.RESOLVED),
        ("H3: Cache keys ✅ RESOLVED (2031-02-03)", "H3", "Cache keys", Status.RESOLVED),
        ("H3: Cache keys — COMPLETE ✅ 🎉", "H3", "Cache keys", Status.RESOLVED),
        ("H3: Cache keys (blocked)", "H3", "Cache keys", Status.BLOCKED),
        ("H3: Cache keys [in progress]", "H3", "Cache keys", Status.IN_PROGRESS),
        ("H3: Cache keys — In-Progress", "H3", "Cache keys", Status.IN_PROGRESS),
        ("H3: Cache keys READY", "H3", "Cache keys", Status.READY),
        ("H3 ✅", "H3", "", Status.RESOLVED),
        ("🔄 H3: Cache keys", "H3", "Cache keys", Status.IN_PROGRESS),
        ("[x] H3: Cache keys", "H3", "Cache keys", Status.RESOLVED),
        ("[ ] H3: Cache keys", "H3", "Cache keys", Status.PENDING),
        ("H3 (Cache keys) ⏳", "H3", "Cache keys", Status.PENDING),
        ("H3: A list that is open", "H3", "A list that is open", None),
        ("H3: Use of SHA-256", "H3", "Use of SHA-256", None),
        ("H3: Cache (2nd attempt)", "H3", "Cache (2nd attempt)", None),
        ("🧭 H3: Cache keys", "H3", "Cache keys", None),
    ],
)
def test_a_heading_names_id_title_and_status(heading: str, record_id: str, title: str, status: Status | None) -> None:
    record = Reading(f"## {heading}\n", section("hole")).only

    assert (record.id, record.title, record.status) == (record_id, title, status)


@pytest.mark.parametrize("heading", ["H3 cache keys", "About H3: keys", "Cache keys", "X3: Cache keys", "", "H3cache: keys"])
def test_other_headings_are_no_homes(heading: str) -> None:
    assert Reading(f"## {heading}\n", section("hole")).ids == []


def test_a_label_with_a_number_is_no_home() -> None:
    text = "## Phase 2 success criteria: all\n\n## Phase 2: Wiring\n"

    assert Reading(text, section("phase")).ids == ["Phase 2"]


def test_a_status_field_stands_before_the_one_in_the_heading_which_is_then_a_mention() -> None:
    reading = Reading("## H3: Cache keys ✅ RESOLVED\n\n**Status**: pending\n", section("hole"))

    assert reading.only.status is Status.PENDING
    assert not any("RESOLVED" in span for span in reading.covered)
    assert "H3: Cache keys " in reading.covered


def test_a_status_in_the_heading_is_marked_there() -> None:
    reading = Reading("## [x] H3: Cache keys\n", section("hole"))
    field = reading.only.fields["status"]

    assert reading.source.slice(field.span) == "x"
    assert "[x] H3: Cache keys" in reading.covered


def test_a_record_reaches_to_the_next_heading_of_its_level() -> None:
    text = """\
## H1: One

### Background

**Status**: ready

## Not a hole

**Phase**: 9

## H2: Two

**Phase**: 2
"""
    reading = Reading(text, section("hole"))

    assert reading.by_id["H1"].values == {"id": "H1", "title": "One", "status": "ready"}
    assert reading.by_id["H2"].values["phase"] == "2"


def test_a_home_inside_a_home_keeps_its_fields_to_itself_and_belongs_to_it() -> None:
    text = """\
## Phase 1: Base

**Status**: in progress

### H1: One

**Status**: done

### H2: Two

**Phase**: Phase 3

## Phase 2: Rest
"""
    reading = Reading(text, section("phase"), section("hole"))
    found = reading.by_id

    assert reading.ids == ["Phase 1", "H1", "H2", "Phase 2"]
    assert found["Phase 1"].status is Status.IN_PROGRESS
    assert found["H1"].values["phase"] == "Phase 1"
    assert found["H2"].values["phase"] == "Phase 3"
    assert reading.source.slice(found["H1"].place_of("phase").span) == "Phase 1"


def test_the_first_of_two_restatements_is_the_home() -> None:
    text = "## H1: One\n\n**Status**: ready\n\n### Verdict\n\n**Status**: resolved\n"
    reading = Reading(text, section("hole"))

    assert reading.only.status is Status.READY
    assert not any("resolved" in span for span in reading.covered)


def test_a_group_of_key_values_is_no_value() -> None:
    text = """\
## H1: One

**Dependencies**:
- **Blocks**: H8 (pool), H9
- Blocked by: H2

- **Dependencies**:
  - **Resolution**: by a table
"""
    values = Reading(text, section("hole")).only.values

    assert (values["blocks"], values["blocked_by"], values["resolution"]) == (["H8", "H9"], ["H2"], "by a table")


def test_a_list_of_references_is_a_value() -> None:
    values = Reading("## H1: One\n\n**Blocked by**:\n- H2\n- H3 (clock)\n", section("hole")).only.values

    assert values["blocked_by"] == ["H2", "H3"]


def test_keys_inside_a_list_of_texts_are_text() -> None:
    text = "## H1: One\n\n**Constraints**:\n- Files: below 2 MB\n- **Status**: must be visible\n"
    values = Reading(text, section("hole")).only.values

    assert values["constraints"] == ["Files: below 2 MB", "**Status**: must be visible"]
    assert "evidence" not in values
    assert "status" not in values


def test_details_below_an_item_are_no_fields() -> None:
    text = """\
## G1: Base is sound

**Status**: pending

- [ ] Frames survive
  - **Status**: passed
- A remark
  - **Phase**: 7

1. **Constraints** are elsewhere
"""
    reading = Reading(text, section("gate"))

    assert reading.only.values == {"id": "G1", "title": "Base is sound", "status": "pending"}


def test_a_list_ends_where_another_begins() -> None:
    text = "## H1: One\n\n**Constraints**:\n- small\n  - really\n- quick\n\n1. First steps\n2. Second steps\n"

    assert Reading(text, section("hole")).only.values["constraints"] == ["small", "quick"]


def test_a_remark_between_key_and_list_parts_them_and_a_comment_does_not() -> None:
    apart = "## H1: One\n\n**Constraints**:\n\nSome words.\n\n- small\n"
    together = "## H1: One\n\n**Constraints**:\n\n<!-- docsync:ignore DS101 -->\n\n- small\n"

    assert "constraints" not in Reading(apart, section("hole")).only.values
    assert Reading(together, section("hole")).only.values["constraints"] == ["small"]


def test_a_deeper_heading_can_be_the_key_of_a_list() -> None:
    text = "# Session 4: Clocks\n\n**Date**: 2031-02-03\n\n## Next steps\n\n- measure drift\n- ~~buy a clock~~\n- note it\n"
    record = Reading(text, section("session")).only

    assert record.values["next"] == ["measure drift", "note it"]
    assert record.values["date"] == "2031-02-03"


def test_only_the_first_line_of_a_value_counts_unless_it_is_text_or_goes_on() -> None:
    text = "## H1: One\n\n**Status**: ready\nNothing was blocked so far.\n**Blocks**: H2,\nH3\n**Resolution**: by\nhand\n"
    values = Reading(text, section("hole")).only.values

    assert (values["status"], values["blocks"], values["resolution"]) == ("ready", ["H2", "H3"], "by\nhand")


def test_several_key_values_share_a_line() -> None:
    text = "## H1: One\n\n**Status**: ready | **Phase**: 2 · **Type:** interface  **Priority:** high\n"
    values = Reading(text, section("hole")).only.values

    assert (values["status"], values["phase"], values["type"], values["priority"]) == ("ready", "2", "interface", "high")


def test_quoted_text_is_no_field() -> None:
    assert "phase" not in Reading("## H1: One\n\n> **Phase**: 3\n\n> - **Phase**: 4\n", section("hole")).only.values


def test_unknown_fields_are_kept_and_reported_once() -> None:
    text = "## H1: One\n\n**Owner**: Ada\n**Blocked vy**: H2\n\n## H2: Two\n\n**Owner**: Bo\n"
    reading = Reading(text, section("hole"))

    assert reading.by_id["H1"].values["owner"] == "Ada"
    assert reading.by_id["H2"].values["owner"] == "Bo"
    assert not reading.by_id["H1"].broken
    assert reading.troubles == [("DS104", "Owner"), ("DS104", "Blocked vy")]
    assert "blocked_by" in reading.homes.troubles[1].help


def test_unknown_keys_in_bullets_are_fields_only_among_fields() -> None:
    fields = (
        "## H1: One\n\n- **Status**: ready\n- **Owner**: Ada\n- Note: plain\n\n### More\n\n- **Status**: done\n- **Cost**: 3\n"
    )
    prose = "## H1: One\n\n- **Owner**: Ada knows\n- Other words\n"

    assert Reading(fields, section("hole")).only.values.keys() == {"id", "title", "status", "owner"}
    assert Reading(prose, section("hole")).only.values.keys() == {"id", "title"}


def test_faults_are_marked_where_they_stand() -> None:
    text = """\
## H1: One

**Status**: almost
**Created**: soonish
**Blocks**:
- H2
- nothing that is an id
"""
    reading = Reading(text, section("hole"))
    record = reading.only

    assert record.broken
    assert record.status is None
    assert sorted(reading.problems(record)) == [
        ("DS102", "nothing that is an id"),
        ("DS102", "soonish"),
        ("DS103", "almost"),
    ]
    assert record.title == "One"


def test_a_missing_field_is_marked_at_the_id() -> None:
    reading = Reading("## E1: Frames are small\n\n**To**: H2\n", section("propagation"))

    assert reading.problems(reading.only) == [("DS101", "E1")]
    assert reading.only.values["to"] == ["H2"]


def test_text_in_a_region_is_the_home_of_nothing() -> None:
    text = "## H1: One\n\n**Phase**: 1\n\n## H2: Two\n\n**Status**: ready\n"
    reading = Reading(text, section("hole"), generated=("## H2: Two\n\n**Status**: ready\n",))

    assert reading.ids == ["H1"]
    assert "status" not in reading.only.values


def test_headings_in_quotes_and_items_are_no_homes() -> None:
    assert Reading("> ## H1: One\n\n- ## H2: Two\n", section("hole")).ids == []


def test_own_words_are_covered_but_prose_may_hold_claims() -> None:
    text = "## H1: One\n\n**Status**: ready\n**Resolution**: 3/4 parts done\n"
    covered = Reading(text, section("hole")).covered

    assert covered == ["H1: One", "Status**: ready"]


def test_line_ends_and_prefixes_do_not_shift_places() -> None:
    reading = Reading(HOLE.replace("\n", "\r\n"))

    assert reading.written(reading.only)["status"] == "⏳ Waiting for H2"
    assert reading.only.values["description"] == "How frames look\non the wire."
    assert [reading.source.slice(found.mark_span) for found in reading.only.criteria] == ["x", " "]


@pytest.mark.parametrize(
    ("heading", "title", "date"),
    [
        ("Session 2 — 2026-05-09", "", "2026-05-09"),
        ("Session 2 (2026-05-09) - Pumps", "Pumps", "2026-05-09"),
        ("Session 2 (2026-05-09): Pumps ✅ COMPLETE", "Pumps", "2026-05-09"),
        ("**Session 2** — **May 9, 2026** — Pumps", "Pumps", "2026-05-09"),
        ("Session 2: Pumps (09.05.2026)", "Pumps", "2026-05-09"),
        ("Session 2 | 2026-05-09 | Pumps", "Pumps", "2026-05-09"),
        ("Session 2 (2026-05-09, evening)", "evening", "2026-05-09"),
        ("Session 2 — 2026-05-09: The fair of 2026-06-01", "The fair of 2026-06-01", "2026-05-09"),
        ("Session 2 — 2026-05-09 to 2026-05-11", "2026-05-09 to 2026-05-11", ""),
        ("Session 2 — 2026-05-09 – 2026-05-11", "2026-05-09 – 2026-05-11", ""),
        ("Session 2: What broke on 2026-05-09", "What broke on 2026-05-09", ""),
        ("Session 2: Pumps, 03/04/2026", "Pumps, 03/04/2026", ""),
    ],
)
def test_the_heading_of_a_session_says_its_day(heading: str, title: str, date: str) -> None:
    session = Reading(f"---\nrecords: session\n---\n\n## {heading}\n\nIt rained.\n").only
    assert (session.id, session.title, session.text("date")) == ("Session 2", title, date)
    assert not session.problems


def test_a_field_says_the_day_before_the_heading_does() -> None:
    found = Reading("---\nrecords: session\n---\n\n## Session 2 — 2026-05-09\n\n- **Date**: 2026-05-10\n").only
    assert (found.title, found.text("date")) == ("2026-05-09", "2026-05-10")


def test_no_other_kind_reads_a_day_from_its_heading() -> None:
    found = Reading("---\nrecords: decision\n---\n\n## D2 — 2026-05-09\n\n- **Rationale**: Rain.\n").only
    assert (found.title, found.text("date")) == ("2026-05-09", "")
