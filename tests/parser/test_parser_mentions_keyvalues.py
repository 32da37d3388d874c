from __future__ import annotations

import pytest
from claims_reading import Page

from docsync.models.claims import Form
from docsync.models.status import Status


def _fields(text: str) -> list[tuple[str, str, str]]:
    return [(m.entity, m.name, m.raw) for m in Page(text).mentions if m.name and m.name != "title"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("### H6: Heat\n\n**Status**: ✅ RESOLVED", [("H6", "status", "✅ RESOLVED")]),
        ("### H6: Heat\n\n**Status:** done  \n**Owner:** Ann", [("H6", "status", "done")]),
        ("### H6: Heat\n\n- Status: done", [("H6", "status", "done")]),
        ("### H6: Heat\n\n- **Status** : done\n- **Blocks**: H7", [("H6", "status", "done"), ("H6", "blocks", "H7")]),
        ("### H6: Heat\n\n**Status**: done | **Phase**: 2", [("H6", "status", "done"), ("H6", "phase", "2")]),
        ("### Phase 2 (Firing)\n\n**Status**: planned", [("phase 2", "status", "planned")]),
        ("# Phase 2\n\n**Status**: planned", [("phase 2", "status", "planned")]),
        ("3. **H6: Heat**\n   - Status: done", [("H6", "status", "done")]),
        ("- **F1.1**: Heat\n  - **Test**: run\n  - **Status**: PENDING", [("F1.1", "status", "PENDING")]),
        ("- **F1.1**: Heat\n  - more\n    - **Status**: PENDING", [("F1.1", "status", "PENDING")]),
        # whom it is about is not plain
        ("# Phase 2 Completion Report\n\n**Status**: done", []),
        ("# H6 Preparation\n\n**Status**: done", []),
        ("### Phases 1-2: Fire\n\n**Status**: done", []),
        ("### H6: Heat\n\n#### Notes\n\n**Status**: done", []),
        ("**Status**: done", []),
        ("### H6: Heat\n\n**Owner**: Ann", []),
        ("### H6: Heat\n\n**Status**:", []),
    ],
)
def test_key_values_under_a_name(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert _fields(text) == expected


def test_targets_and_blockers_of_values() -> None:
    text = "### H6: Heat\n\n- **Blocked by**: H2 (Wood), H3-H4\n- **Status**: ⏳ Blocked by H2\n"
    blocked, status = (m for m in Page(text).mentions if m.name in ("blocked_by", "status"))
    assert blocked.targets == ("H2", "H3", "H4")
    assert (status.status, status.targets) == (Status.BLOCKED, ("H2",))
    assert {blocked.form, status.form} == {Form.KEY_VALUE}


def test_a_status_that_is_not_understood_is_kept_as_written() -> None:
    (mention,) = [m for m in Page("### H6: Heat\n\n**Status**: smouldering").mentions if m.name == "status"]
    assert (mention.raw, mention.status) == ("smouldering", None)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**Resolved**: 3 (H1, H2, H5)", [("H1", "resolved"), ("H2", "resolved"), ("H5", "resolved")]),
        ("**Ready**: 3 (H9, H14, others)", [("H9", "ready"), ("H14", "ready")]),
        ("**Blocked**: H4, H5", [("H4", "blocked"), ("H5", "blocked")]),
        ("- In progress: Phase 6 monitoring", [("phase 6", "in_progress")]),
        ("- Pending: H12 (HeatStore) - blocked by H8", [("H12", "pending")]),
        ("**Done**: H1–H3", [("H1", "resolved"), ("H2", "resolved"), ("H3", "resolved")]),
        ("**Done**: H1 (with H2), H3", [("H1", "resolved"), ("H3", "resolved")]),
        ("## Completed: Phase 1 - Kilns", [("phase 1", "resolved")]),
        ("**Resolved**: 3 holes", []),
        ("**Resolved**: the first of H1 and H2", []),
        ("**Kilns**: H1, H2", []),
        ("**Resolved by**: H1", []),
    ],
)
def test_a_key_may_be_the_status_of_what_its_value_lists(line: str, expected: list[tuple[str, str]]) -> None:
    assert Page(line).statuses() == expected


def test_the_key_is_where_a_listed_status_stands() -> None:
    page = Page("**Blocked**: H4, H5")
    assert {page.said(m.span) for m in page.mentions if m.status} == {"Blocked"}


@pytest.mark.parametrize(
    ("line", "current", "status"),
    [
        ("**Current Phase**: Phase 3 (In Progress)", {"phase 3": "Current Phase"}, [("phase 3", "in_progress")]),
        ("**Active sprint**: Sprint 4", {"sprint 4": "Active sprint"}, []),
        ("**Phase**: Phase 3 — blocked", {"phase 3": "Phase"}, [("phase 3", "blocked")]),
        ("**Current Phase**: firing, then Phase 3", {}, []),
        ("**Current kilns**: none", {}, []),
        ("**Next phase**: Phase 4", {}, []),
        ("**Status**: Phase 1 in progress", {}, [("phase 1", "in_progress")]),
        ("**Target**: Phase 1 complete", {}, []),
    ],
)
def test_what_is_current(line: str, current: dict[str, str], status: list[tuple[str, str]]) -> None:
    page = Page(line)
    assert page.fields("current") == current
    assert page.statuses() == status
    assert all(mention.form is Form.KEY_VALUE for mention in page.mentions if mention.name)
