from __future__ import annotations

import pytest
from claims_reading import Page

from docsync.models.claims import Form, Mention
from docsync.models.status import Status


def _status(line: str, entity: str) -> list[str]:
    return [m.status.value for m in Page(line).mentions if m.entity == entity and m.name == "status" and m.status]


@pytest.mark.parametrize(
    ("line", "entity", "status"),
    [
        ("## Phase 3: Launch ✅ COMPLETE", "phase 3", "resolved"),
        ("## Phase 3: Launch ✅", "phase 3", "resolved"),
        ("## Phase 3: Launch (Deferred)", "phase 3", "deferred"),
        ("## Phase 3: Launch - In Progress", "phase 3", "in_progress"),
        ("## Phase 3: Launch — COMPLETE ✅", "phase 3", "resolved"),
        ("## Phase 3: Launch (3/9 kilns) - PENDING", "phase 3", "pending"),
        ("## Phase 3 ✅", "phase 3", "resolved"),
        ("## ✅ Phase 3", "phase 3", "resolved"),
        ("## ✅ Phase 3: Launch", "phase 3", "resolved"),
        ("## ⏳ H6 - Heat", "H6", "pending"),
        ("## [x] H6: Heat", "H6", "resolved"),
        ("## [ ] H6: Heat", "H6", "pending"),
        ("## H6: Heat COMPLETE", "H6", "resolved"),
        ("## 4. H6: Heat — blocked", "H6", "blocked"),
        ("### Recently Completed: H6 - Heat ✅", "H6", "resolved"),
        ("## Phases 1-2: Fire ✅", "phase 2", "resolved"),
        ("## Phase 3 (In Progress)", "phase 3", "in_progress"),
        ("## Phase 3: Launch ✅ 60% complete", "phase 3", "in_progress"),
        ("## Overall: Phase 1 COMPLETE ✅, Phase 2 In Progress", "phase 2", "in_progress"),
        ("3. **H6: Heat** ✅ COMPLETE (Session 2)", "H6", "resolved"),
        ("- H6: Heat — done", "H6", "resolved"),
        ("- H6 — done", "H6", "resolved"),
        ("- **H6** (Heat) - READY TO START (unblocked by H1)", "H6", "ready"),
        ("- ✅ H6 (HeatStore) complete!", "H6", "resolved"),
        ("- H6 is blocked by H2", "H6", "blocked"),
        ("- H6 has been resolved.", "H6", "resolved"),
        ("- Phase 2 in progress: 2/3 kilns", "phase 2", "in_progress"),
        ("- Phase 1 Complete!", "phase 1", "resolved"),
        ("- **Phase 3 Progress** (In Progress)", "phase 3", "in_progress"),
        ("- Phase 3 status: blocked", "phase 3", "blocked"),
        ("- Gate 2: COMPLETE - all criteria satisfied", "gate 2", "resolved"),
        ("- ✅ H6", "H6", "resolved"),
        ("- ✅ H6: Heat Store", "H6", "resolved"),
        ("- 🚧 Phase 3: Firing (30%)", "phase 3", "in_progress"),
        ("- `H6`: Heat — done", "H6", "resolved"),
        ("- [T-12](t12.md): Wood — done", "T-12", "resolved"),
        ("- #140: Wood ✅", "#140", "resolved"),
        ("- Hole H6: Heat — done", "H6", "resolved"),
        ("- **[TASK-9.11]** Wood ✅ DONE", "TASK-9.11", "resolved"),
        ("H17 is ready to start.", "H17", "ready"),
        ("## Milestones\n\n**Current phase**: Phase 3 (blocked)", "phase 3", "blocked"),
        ("It is 75% complete! H17 ready to start.", "H17", "ready"),
        ("✅ **Task 0.5 Complete** - shelves audited", "task 0.5", "resolved"),
    ],
)
def test_a_line_states_a_status(line: str, entity: str, status: str) -> None:
    assert status in _status(line, entity)


@pytest.mark.parametrize(
    ("line", "entity"),
    [
        # a tick that is only a bullet
        ("- ✅ H6: Must hold the heat", "H6"),
        ("- ✅ H6: pots and lids agree with H7", "H6"),
        ("- ✅ Gate 1: 8/14 criteria satisfied", "gate 1"),
        ("- ✅ we fired with H6 and H7", "H6"),
        ("- Phase 1 (Kiln): 19 tests ✅", "phase 1"),
        ("- Implemented H6 ✅", "H6"),
        # words that go on as something else
        ("## Phase 3 Completion Report", "phase 3"),
        ("## Phase 2 Success Criteria", "phase 2"),
        ("- Phase 1 done criteria", "phase 1"),
        ("- H6: Open, read and close", "H6"),
        ("- H6: Complete kiln guide", "H6"),
        ("- H6 completes the kiln", "H6"),
        ("- [x] T1 Make states (Active, Closed, Incomplete)", "NONE"),
        # conditions and demands
        ("When ready, Phase 6 complete follows", "phase 6"),
        ("After that, H6 is done", "H6"),
        ("**Prerequisites**: Phase 1 complete", "phase 1"),
        ("## Success criteria\n\n- H6 resolved", "H6"),
        ("**Depends on**:\n\n- Phase 1 complete", "phase 1"),
        ("## Milestones\n\n- Week 1: Phase 1 complete", "phase 1"),
        # text that is no text
        ("- `track H6 --done`: H", "H6"),
        ("- ~~H6: Heat — done~~", "H6"),
        ("```\nH6 ✅ done\n```", "H6"),
        ("## Session template\n\n- H6: Heat — done", "H6"),
        ("- {H6}: done [date]", "H6"),
    ],
)
def test_a_line_states_none(line: str, entity: str) -> None:
    assert _status(line, entity) == []


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("- [x] H6: Heat Store", ["resolved"]),
        ("- [ ] H6: Heat Store", ["pending"]),
        ("- [X] T001 [P] Lay the floor", ["resolved"]),
        ("- [ ] T001 Lay the floor", ["pending"]),
        ("- [▶] T001 Lay the floor", ["in_progress"]),
        ("- [x] T001", ["resolved"]),
        ("- [x] H6: Heat Store — blocked", ["resolved", "blocked"]),
        ("- [ ] H6: 100% complete", ["pending"]),
        ("- [x] Task 2 complete (shelves)", ["resolved", "resolved"]),
        ("- [x] **Phase 3: Night Watch** - wakes who sleeps", ["resolved"]),
        ("- [ ] **Phase 3: Night Watch**: wakes who sleeps", ["pending"]),
        ("- [x] Phase 3: wakes who sleeps - or not", []),
        ("- [~] T001 Lay the floor", []),
        ("- [ ] H6 must hold heat", []),
        ("- [ ] H6: must hold heat", ["pending"]),
        ("- [ ] H6 tests pass", []),
        ("- [ ] Phase 2 gate is passed", []),
        ("- [ ] Update H6", []),
    ],
)
def test_boxes_of_items(item: str, expected: list[str]) -> None:
    found = [mention.status.value for mention in Page(item).mentions if mention.status]
    assert found == expected


def test_a_box_is_placed_at_its_mark() -> None:
    page = Page("- [x] H6: Heat Store\n")
    (boxed,) = [mention for mention in page.mentions if mention.status]
    assert page.said(boxed.span) == "x"
    assert boxed.form is Form.BULLET


def test_spans_scope_and_raw() -> None:
    page = Page("# K\n\n## Session 2\n\n> - **H6: HeatStore** ✅ COMPLETE (2026-03-02)\n")
    status, title = (mention for mention in page.mentions if mention.entity == "H6")
    assert (status.name, status.raw, page.said(status.span)) == ("status", "✅ COMPLETE", "✅ COMPLETE")
    assert status.entity_span is not None
    assert page.said(status.entity_span) == "H6"
    assert status.scope.as_of == "session 2"
    assert (title.name, title.raw, page.said(title.span)) == ("title", "HeatStore", "HeatStore")


def test_what_something_waits_for() -> None:
    (mention,) = [m for m in Page("- H6 — blocked by H2, H3–H5").mentions if m.name == "status"]
    assert (mention.status, mention.targets) == (Status.BLOCKED, ("H2", "H3", "H4", "H5"))


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        ("## H6: heat of the kiln", {"H6": "heat of the kiln"}),
        ("## Phase 3: Firing ✅", {"phase 3": "Firing"}),
        ("## Phase 3: Firing (3/9 kilns) - PENDING", {"phase 3": "Firing"}),
        ("- H6: HeatStore", {"H6": "HeatStore"}),
        ("- H6 (HeatStore) - done", {"H6": "HeatStore"}),
        ("- needs H6 (HeatStore) and H7 (WoodStore)", {"H6": "HeatStore", "H7": "WoodStore"}),
        ("#### To H3: HeatStore (more)", {"H3": "HeatStore"}),
        ("- **Phase 3: Night Watch** — wakes who sleeps", {"phase 3": "Night Watch"}),
        ("- H6: must hold the heat", {}),
        ("- H6: holds the heat", {}),
        ("- H6 (current)", {}),
        ("## Phase 3 (Current)", {}),
        ("- H6 (High)", {}),
        ("- needs H6 (see below)", {}),
        ("## Session 3: Firing", {}),
        ("## Phases 1-2: Firing", {}),
        ("- H6: 8/14 kilns", {}),
        ("- H6: Heat for H7", {}),
    ],
)
def test_titles(line: str, titles: dict[str, str]) -> None:
    assert Page(line).fields("title") == titles


def test_a_heading_may_call_a_phase_current() -> None:
    assert Page("### Phase 1 (Current)").fields("current") == {"phase 1": "current"}


def test_all_other_names_are_mentioned_without_a_field() -> None:
    page = Page("Text on H6, T-12 and phase 2; also `H7` but not `run H8` nor UTF-8 nor [H9](H10.md).\n\n- Phases 1-2\n")
    plain = [mention for mention in page.mentions if not mention.name]
    assert [mention.entity for mention in plain] == ["H6", "T-12", "phase 2", "H7", "H9", "phase 1", "phase 2"]
    assert [page.said(mention.span) for mention in plain[:4]] == ["H6", "T-12", "phase 2", "H7"]
    assert all(mention.entity_span == mention.span for mention in plain)
    assert {mention.form for mention in plain} == {Form.PROSE, Form.BULLET}


def test_covered_parts_mention_nothing() -> None:
    page = Page("- H6: Heat — done\n- H7: Wood — done\n")
    covered = Page("- H6: Heat — done\n- H7: Wood — done\n", covered=(page.source.lines.line_span(1),))
    assert {mention.entity for mention in covered.mentions} == {"H7"}


def test_each_entity_s_status_is_given_once_a_statement() -> None:
    found: list[Mention] = [m for m in Page("**Status**: H6 ✅, H7 ✅, H6 done").mentions if m.name == "status"]
    assert [mention.entity for mention in found] == ["H6", "H7"]
