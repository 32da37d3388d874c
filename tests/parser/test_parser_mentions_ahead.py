from __future__ import annotations

import pytest
from claims_reading import Page

from docsync.models.claims import Mention


def named(page: Page, name: str) -> list[Mention]:
    return [mention for mention in page.mentions if mention.name == name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Next steps\n\n- 🎯 H1 (TideTables) - the last one\n", [("H1", "pending")]),
        ("**What's next**:\n\n- H1: TideTables\n", [("H1", "pending")]),
        ("**Next session**: Sweep up, then start H2\n", [("H2", "pending")]),
        ("## Up next\n\n- Begin with hole H3\n", [("hole h3", "pending")]),
        ("- Phase 1 holes are ready to start\n", [("phase 1", "ready")]),
        ("- OR take Phase 4/5 holes that are now unblocked\n", [("phase 4", "ready"), ("phase 5", "ready")]),
        # what does not say that the thing itself is still to be begun
        ("## Next steps\n\n- H1 review\n- H1: Follow-up on the tides\n- Read what H1 says\n", []),
        ("## Phase 1\n\n**Next**: start H2\n", []),
        ("- Once Phase 1 tasks are ready we sail\n", []),
        ("- H1 holes are ready to start\n", []),
        ("- Phase 1 holes are resolved\n", []),
        ("- We must start H2\n", []),
    ],
)
def test_what_is_still_to_be_begun(text: str, expected: list[tuple[str, str]]) -> None:
    assert Page(text).statuses() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```\nH1 ✅ → H2 🔒\n```\n", [("H1", "resolved"), ("H2", "blocked")]),
        ("Path\n\n```text\n[H1] ✅ Resolved → [H2] 🔒 Blocked\nWeek 1\n```\n", [("H1", "resolved"), ("H2", "blocked")]),
        ("```python\nH1 ✅ → H2 🔒\n```\n", []),
        ("```\nH1 ✅\n```\n", []),
        ("Expected output:\n\n```\nH1 ✅ → H2 🔒\n```\n", []),
        ("# Yard\n\n## Target state\n\n```\nH1 ✅ → H2 ✅\n```\n", []),
        ("# Yard\n\n## Session template\n\n```\nH1 ✅ → H2 ✅\n```\n", []),
        ("```\nH1 ✅ → H2 🔒\n", []),
        ("```\n" + "H1 ✅ → H2 🔒\n" * 100 + "```\n", []),
    ],
)
def test_diagrams_in_code(text: str, expected: list[tuple[str, str]]) -> None:
    assert Page(text).statuses() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sorting is pending H1 completion", ["H1"]),
        ("Sorting awaits the completion of H1", ["H1"]),
        ("waiting for Phase 2 to finish", ["phase 2"]),
        ("Sorting is pending H1 review", []),
        ("H1 completion was a feast", []),
    ],
)
def test_what_a_sentence_waits_for(text: str, expected: list[str]) -> None:
    assert [mention.entity for mention in named(Page(text), "awaited")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("then Phase 2 (H1, H2, H7)", [("phase 2", ("H1", "H2", "H7"))]),
        ("Phase 2 (✅ H1, H2 and H7), Phase 3 (H8–H10)", [("phase 2", ("H1", "H2", "H7")), ("phase 3", ("H8", "H9", "H10"))]),
        ("Phase 2 (H1)", []),
        ("Phase 2 (H1, H2 at last)", []),
        ("Phase 2 (from H1, H2)", []),
        ("Phase 2 (Phase 3, H2)", []),
        ("H1 (H2, H3)", []),
        ("Phases 2 and 3 (H2, H3)", []),
    ],
)
def test_what_a_thing_consists_of(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(mention.entity, mention.targets) for mention in named(Page(text), "members")] == expected


def test_the_words_after_an_id_are_its_gist() -> None:
    page = Page("- [ ] T012 lay the ropes\n\n| ID | Work | Status |\n|---|---|---|\n| T013 | hang the fenders | done |\n")
    assert [(mention.entity, mention.raw.strip()) for mention in named(page, "gist")] == [
        ("T012", "lay the ropes"),
        ("T013", "hang the fenders"),
    ]


@pytest.mark.parametrize("key", ["Hole resolved", "Resolved holes", "Completed tasks", "Resolved"])
def test_keys_that_list_what_is_done(key: str) -> None:
    assert Page(f"**{key}**: H1, H2").statuses() == [("H1", "resolved"), ("H2", "resolved")]
