from __future__ import annotations

import pytest
from claims_reading import HOME, Page

from docsync.models.blocks import ListItem
from docsync.models.claims import TEMPLATE

PLACES = """\
# Kilns

First words.

## Phase 2: Firing

**This week**:

- H6: Heat
  - inner point

  inner words

1. one

### Details of H7

Deep words.

| Kiln | State |
|---|---|

## Shelf

Last words.
"""


def test_headings_items_and_leads() -> None:
    page = Page(PLACES)
    assert page.scope("First words").headings == ("Kilns",)
    assert page.scope("Deep words").headings == ("Kilns", "Phase 2: Firing", "Details of H7")
    assert page.scope("Last words").headings == ("Kilns", "Shelf")
    inner = page.scope("inner point")
    assert (inner.item, inner.lead, inner.headings) == ("H6: Heat", "This week:", ("Kilns", "Phase 2: Firing"))
    assert page.scope("inner words").item == "H6: Heat"
    assert page.scope("H6: Heat").item == ""
    assert page.scope("H6: Heat").lead == "This week:"
    assert page.scope("one").lead == ""
    assert page.scope("Phase 2: Firing").headings == ("Kilns",)


def test_entities_around_a_block_nearest_first() -> None:
    page = Page(PLACES)
    assert page.scope("inner point").entities == ("H6", "phase 2")
    assert page.scope("Deep words").entities == ("H7", "phase 2")
    assert page.scope("Last words").entities == ()


def test_names_in_brackets_are_remarks() -> None:
    assert Page("# Kilns\n\n## H6: Heat (after Phase 1)\n\nwords").scope("words").entities == ("H6",)


@pytest.mark.parametrize(
    ("heading", "as_of"),
    [
        ("Session 4", "session 4"),
        ("Session 04 (2026-03-02): Setup", "session 4"),
        ("Event 2: H9 resolved", "event 2"),
        ("What we did in Session 4", "session 4"),
        ("2026-03-02", "2026-03-02"),
        ("March 2, 2026 — kiln day", "2026-03-02"),
        ("v1.2 (2026-03-02)", "2026-03-02"),
        ("Current status (2026-03-02)", "2026-03-02"),
        ("Recently Completed: H6 - Heat ✅", "item H6"),
        ("Recently completed: Phase 2", "item phase 2"),
        ("Recently completed", f"recently completed in {HOME}"),
        ("🏆 Key Achievements", f"key achievements in {HOME}"),
        ("Accomplishments", f"accomplishments in {HOME}"),
        ("Decision Log", f"decision log in {HOME}"),
        ("Changelog", f"changelog in {HOME}"),
        ("Version history", f"version history in {HOME}"),
        ("Archived", f"archived in {HOME}"),
        ("Lessons learned", f"lessons learned in {HOME}"),
        ("This session", f"this session in {HOME}"),
        ("Session template", TEMPLATE),
        ("Template", TEMPLATE),
        ("Example output", TEMPLATE),
        ("Session Handoff Checklist", TEMPLATE),
        ("Before Ending a Session", TEMPLATE),
        # living
        ("Current state", ""),
        ("Overall progress", ""),
        ("Next session", ""),
        ("Quick start for Session 5", ""),
        ("Blockers", ""),
        ("Metrics", ""),
        ("Total", ""),
        ("Launch by 2026-03-02", ""),
        ("Timeline (2026-03-02)", ""),
        ("Phase 3: Launch ✅ COMPLETE", ""),
        ("Achievements of players", ""),
        ("Template engine", ""),
        ("Execution history store", ""),
        ("Archive utility of the kiln", f"archive utility of the kiln in {HOME}"),
        ("The session store", ""),
    ],
)
def test_the_moment_of_a_heading(heading: str, as_of: str) -> None:
    scope = Page(f"# Board\n\n## {heading}\n\nwords").scope("words")
    assert scope.as_of == as_of
    assert scope.living is (as_of == "")


def test_a_heading_itself_stands_at_its_moment() -> None:
    page = Page("# Board\n\n## Session 4\n\n### Current state\n\nwords")
    assert page.scope("## Session 4").as_of == "session 4"
    assert page.scope("words").as_of == "session 4"


def test_the_innermost_moment_wins() -> None:
    page = Page("# Board\n\n## Session 4\n\n### Event 2\n\nwords")
    assert page.scope("words").as_of == "event 2"


def test_within_a_template_nothing_has_a_moment_of_its_own() -> None:
    page = Page("# Board\n\n## Template\n\n### Session 4\n\n**Session 5**:\n\n- words\n\n1. H6: Heat ✅\n   - inner\n")
    assert page.scope("words").as_of == page.scope("inner").as_of == TEMPLATE


def test_a_heading_dated_like_the_last_update_is_living() -> None:
    text = (
        "# Board\n\n**Last Updated**: 2026-03-02\n\n"
        "## Current status (2026-03-02)\n\nwords\n\n## Current status (2026-03-01)\n\nolder"
    )
    page = Page(text)
    assert page.scope("words").living
    assert page.scope("older").as_of == "2026-03-01"


@pytest.mark.parametrize(
    ("item", "as_of"),
    [
        ("3. **H6: Heat** ✅ COMPLETE (Session 2)", "item H6"),
        ("3. H6: Heat — done", "item H6"),
        ("3. ✅ H6: Heat", "item H6"),
        ("3. **Phase 1 complete!** 🎉", "item phase 1"),
        ("3. [x] H6: Heat ✅", "item H6"),
        ("3. Kiln lit ✅", f"item kiln lit in {HOME}"),
        ("3. **Kiln lit** (Session 2)", "session 2"),
        ("3. Kiln lit (2026-03-02)", "2026-03-02"),
        ("3. Session 2 done", "session 2"),
        ("- 2026-03-02: kiln lit", "2026-03-02"),
        # living
        ("3. **Phase 2 progress**", ""),
        ("3. H6: Heat ✅ not complete", ""),
        ("3. H6: Heat — almost complete", ""),
        ("3. H6: Heat to be completed", ""),
        ("3. [ ] H6: Heat ✅", ""),
        ("3. ⏳ H6: all parts implemented", ""),
        ("- ✅ H6: Heat complete", ""),
        ("- [x] H6: Heat", ""),
        ("- Kiln lit (Session 2)", ""),
        ("3. Kiln", ""),
    ],
)
def test_the_moment_of_what_an_item_holds(item: str, as_of: str) -> None:
    page = Page(f"# Board\n\n{item}\n\n   - words\n")
    assert page.scope("- words").as_of == as_of


def test_an_item_s_own_line_stands_at_its_moment_only_when_asked_for() -> None:
    page = Page("# Board\n\n3. H6: Heat ✅ COMPLETE, 4/9 kilns\n")
    index = next(index for index, block in enumerate(page.blocks) if isinstance(block, ListItem))
    assert page.scopes.of(index).living
    assert page.scopes.on(index).as_of == "item H6"
    assert page.quantities[0].scope.as_of == "item H6"
    assert page.scopes.on(0) == page.scopes.of(0)


def test_a_lead_gives_its_moment_to_a_list_and_a_table() -> None:
    text = (
        "# B\n\n**Session 3**:\n\n- words\n\n**Decision log**\n\n| Kiln |\n|---|\n| cell |\n\nSession 5 was long.\n\n- other\n"
    )
    page = Page(text)
    assert page.scope("- words").as_of == "session 3"
    assert page.scope("| Kiln").as_of == f"decision log in {HOME}"
    assert page.scope("- other").living
    assert page.scope("- other").lead == ""


def test_a_long_paragraph_introduces_nothing() -> None:
    page = Page(f"# B\n\n{'long ' * 60}:\n\n- words\n")
    assert page.scope("- words").lead == ""


def test_bullets_indented_too_little_still_stand_in_their_numbered_item() -> None:
    items = "".join(f"{number}. item {number}\n" for number in range(1, 10))
    page = Page(f"# B\n\n{items}10. H6: Heat ✅\n   - words\n     - inner\n\n11. H7: Wood\n   - other\n\nAfter.\n\n- apart\n")
    words = page.scope("- words")
    assert (words.item, words.as_of, words.entities) == ("H6: Heat ✅", "item H6", ("H6",))
    assert page.scope("- inner").entities == ("H6",)
    assert page.scope("- other").item == "H7: Wood"
    assert page.scope("- apart").item == ""


def test_scopes_of_an_empty_page() -> None:
    page = Page("")
    assert page.scopes.file.headings == ()
    assert page.scopes.under(-1) == page.scopes.file
