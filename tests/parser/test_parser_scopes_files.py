from __future__ import annotations

import pytest
from claims_reading import Page

from docsync.models.claims import TEMPLATE

BODY = "# Kilns\n\nwords\n"


def _moment(path: str, text: str = BODY) -> str:
    return Page(text, path).scopes.file.as_of


@pytest.mark.parametrize(
    ("path", "as_of"),
    [
        ("docs/status_2026-03-02.md", "2026-03-02"),
        ("docs/notes-20260302.md", "2026-03-02"),
        ("2026-03-02-kiln/tasks.md", "2026-03-02"),
        ("docs/SESSION_14_HANDOVER.md", "session 14"),
        ("docs/session-14.md", "session 14"),
        ("sessions/kiln.md", "kiln in sessions/kiln.md"),
        ("docs/HANDOVER.md", "handover in docs/HANDOVER.md"),
        ("docs/KILN_SUMMARY.md", "kiln summary in docs/KILN_SUMMARY.md"),
        ("docs/PHASE_1_COMPLETE.md", "phase 1 complete in docs/PHASE_1_COMPLETE.md"),
        ("docs/PHASE_1_COMPLETION_REPORT.md", "phase 1 completion report in docs/PHASE_1_COMPLETION_REPORT.md"),
        ("docs/kilnComplete.md", "kilncomplete in docs/kilnComplete.md"),
        ("archive/kiln.md", "kiln in archive/kiln.md"),
        ("docs/archived_plans/kiln.md", "kiln in docs/archived_plans/kiln.md"),
        ("CHANGELOG.md", "changelog in CHANGELOG.md"),
        ("docs/fire_log.md", "fire log in docs/fire_log.md"),
        ("docs/SESSION_TEMPLATE.md", TEMPLATE),
        ("templates/kiln.md", TEMPLATE),
        # living
        ("docs/HARBOUR_STATE.md", ""),
        ("docs/STATUS.md", ""),
        ("docs/completion_plan.md", ""),
        ("docs/complete_guide.md", ""),
        ("docs/session_management.md", ""),
        ("docs/log_format.md", ""),
        ("docs/legacy_kiln.md", ""),
        ("docs/template_engine.md", ""),
        ("docs/kiln.md", ""),
        ("2026.md", ""),
    ],
)
def test_a_name_or_folder(path: str, as_of: str) -> None:
    assert _moment(path) == as_of


@pytest.mark.parametrize(
    ("title", "as_of"),
    [
        ("Session Summary: first fire", "k in k.md"),
        ("Session 18 → 19 Handover", "session 18"),
        ("Phase 3 Complete", "k in k.md"),
        ("Kiln retrospective (2026-03-02)", "2026-03-02"),
        ("Kilns as of 2026-03-02", "2026-03-02"),
        ("Session template", TEMPLATE),
        ("Session state", ""),
        ("Complete kiln guide", ""),
        ("Kilns", ""),
    ],
)
def test_a_title(title: str, as_of: str) -> None:
    assert _moment("k.md", f"# {title}\n\nwords\n") == as_of


@pytest.mark.parametrize(
    ("header", "as_of"),
    [
        ("**Date**: 2026-03-02", "2026-03-02"),
        ("- Report date: March 2, 2026", "2026-03-02"),
        ("**Created**: 2026-03-02", ""),
        ("**Date**: 2026-03-02\n**Last Updated**: 2026-03-05", ""),
        ("**Last Updated**: 2026-03-05", ""),
        ("no key 2026-03-02", ""),
    ],
)
def test_a_header(header: str, as_of: str) -> None:
    assert _moment("k.md", f"# Kilns\n\n{header}\n\n## More\n\nwords\n") == as_of


def test_a_date_below_the_second_heading_dates_no_file() -> None:
    assert _moment("k.md", "# Kilns\n\n## More\n\n**Date**: 2026-03-02\n\nwords\n\nmore\n\nand more\n\nand more\n") == ""


def test_a_footer_s_last_update_keeps_a_file_living() -> None:
    assert _moment("k.md", "# Kilns\n\n**Date**: 2026-03-02\n\n## More\n\n**Last Updated**: 2026-03-05\n") == ""


def test_a_header_dates_a_summary() -> None:
    assert _moment("docs/SUMMARY.md", "# Kilns\n\n**Date**: 2026-03-02\n") == "2026-03-02"


def test_a_living_name_outweighs_a_date_in_the_header() -> None:
    assert _moment("docs/kiln_plan.md", "# Kilns\n\n**Date**: 2026-03-02\n") == ""


@pytest.mark.parametrize(
    ("front", "as_of"),
    [
        ("kind: session\nnumber: 4", "session 4"),
        ("kind: session\nid: S4\ndate: 2026-03-02", "session 4"),
        ("type: handover\ndate: 2026-03-02", "2026-03-02"),
        ("type: report", "report in k.md"),
        ("status: archived", "archive in k.md"),
        ("type: template", TEMPLATE),
        ("date: 2026-03-02", "2026-03-02"),
        ("date: 2026-03-02\nlast_updated: 2026-03-05", ""),
        ("kind: hole\nid: H6\ndate: 2026-03-02", ""),
        ("title: Kilns", ""),
    ],
)
def test_front_matter(front: str, as_of: str) -> None:
    assert _moment("k.md", f"---\n{front}\n---\n# Kilns\n") == as_of


def test_a_record_s_file_is_living_whatever_its_name() -> None:
    assert _moment("archive/phase_1_complete.md", "---\nkind: phase\nid: P1\n---\n# Kilns\n") == ""


def test_inside_a_snapshot_all_is_one_moment_but_what_is_dated() -> None:
    page = Page(
        "# Kilns\n\n## Key achievements\n\nwords\n\n## Session 2\n\nolder\n\n1. H6: Heat ✅\n   - inner\n",
        "docs/kiln_2026-03-02.md",
    )
    assert page.scope("words").as_of == "2026-03-02"
    assert page.scope("older").as_of == "session 2"
    assert page.scope("inner").as_of == "item H6"
