from __future__ import annotations

import pytest
from claims_reading import Page

from docsync.models.claims import Form
from docsync.parser.written_dates import date_in_name, find_dates
from docsync.text.spans import Span


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026-03-04", "2026-03-04"),
        ("2026/03/04", "2026-03-04"),
        ("2026.3.4", "2026-03-04"),
        ("2026-03-04T10:00Z", "2026-03-04"),
        ("2026-03-04 22:30 UTC", "2026-03-04"),
        ("Oct 21, 2026", "2026-10-21"),
        ("October 21st, 2026", "2026-10-21"),
        ("Sept. 5 2026", "2026-09-05"),
        ("21 October 2026", "2026-10-21"),
        ("21st of Oct, 2026", "2026-10-21"),
        ("1. May 2026", "2026-05-01"),
        ("15/01/2026", "2026-01-15"),
        ("01/15/2026", "2026-01-15"),
        ("05/05/2026", "2026-05-05"),
        ("31.12.2026", "2026-12-31"),
        ("03.04.2026", "2026-04-03"),
    ],
)
def test_a_day_in_any_form(written: str, iso: str) -> None:
    text = f"seen on {written}."
    (found,) = find_dates(text)
    assert found.iso == iso
    assert text[found.start : found.end] in written


@pytest.mark.parametrize(
    "written",
    [
        "03/04/2026",
        "2026-13-01",
        "2026-02-30",
        "10/21",
        "v2026-03-04",
        "2026-03-04-05",
        "October 2026",
        "1.2.2026.3",
        "May 2026",
        "2026",
        "42 March 2026",
    ],
)
def test_no_day(written: str) -> None:
    assert list(find_dates(f"seen on {written}.")) == []


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("HANDOVER_2026-03-04_final", "2026-03-04"),
        ("status20260304", "2026-03-04"),
        ("v2026_03_04", "2026-03-04"),
        ("12345678901", ""),
        ("20261399", ""),
        ("plan", ""),
    ],
)
def test_a_day_in_a_name(name: str, iso: str) -> None:
    assert date_in_name(name) == iso


@pytest.mark.parametrize(
    ("line", "key", "ahead"),
    [
        ("**Last Updated**: 2026-03-04", "last updated", False),
        ("- Date: March 4, 2026", "date", False),
        ("*Updated: 2026-03-04*", "updated", False),
        ("**Due**: 2026-03-04", "due", True),
        ("**Target date**: 2026-03-04", "target date", True),
        ("**Next review**: 2026-03-04", "next review", True),
        ("**Completed**: ✅ 2026-03-04", "completed", False),
    ],
)
def test_a_key_s_day(line: str, key: str, ahead: bool) -> None:  # noqa: FBT001 -- the expectation
    page = Page(line)
    (stamp,) = page.dates
    assert (stamp.iso, stamp.key, stamp.form, stamp.ahead) == ("2026-03-04", key, Form.KEY_VALUE, ahead)
    assert page.said(stamp.span) in ("2026-03-04", "March 4, 2026")


@pytest.mark.parametrize(
    ("text", "form", "ahead"),
    [
        ("## 2026-03-04", Form.HEADING, False),
        ("## Session 2 (2026-03-04)", Form.HEADING, False),
        ("## Launch by 2026-03-04", Form.HEADING, True),
        ("- 2026-03-04: kiln fired", Form.BULLET, False),
        ("- [x] Kiln fired, completed 2026-03-04", Form.BULLET, False),
        ("- Kiln ✅ (2026-03-04)", Form.BULLET, False),
        ("- Kiln resolved (2026-03-04)", Form.BULLET, False),
        ("## Timeline\n\n- 2026-03-04: fire the kiln", Form.BULLET, True),
    ],
)
def test_days_of_headings_and_entries(text: str, form: Form, ahead: bool) -> None:  # noqa: FBT001 -- the expectation
    stamp = Page(text).dates[-1]
    assert (stamp.iso, stamp.key, stamp.form, stamp.ahead) == ("2026-03-04", "", form, ahead)


@pytest.mark.parametrize(
    "text",
    [
        "The kiln was bought on a market of 2026-03-04 by us",
        "- fire it before the fair (2026-03-04)",
        "- the fair, see (2026-03-04)",
        "`2026-03-04`",
        "~~Updated: 2026-03-04~~",
        "## Session template\n\n**Date**: 2026-03-04",
        "| Kiln | Note |\n|---|---|\n| a | 2026-03-04 |\n",
    ],
)
def test_other_days_date_nothing(text: str) -> None:
    assert Page(text).dates == []


def test_a_date_column() -> None:
    page = Page("| Kiln | Completed | Due |\n|---|---|---|\n| a | 2026-03-04 | 2026-04-04 |\n| b | - | |\n")
    assert [(stamp.iso, stamp.key, stamp.ahead, page.said(stamp.span)) for stamp in page.dates] == [
        ("2026-03-04", "completed", False, "2026-03-04")
    ]


def test_front_matter_days() -> None:
    page = Page("---\nlast_updated: 2026-03-04\ndue: 2026-05-04\ntitle: Kilns\n---\n# Kilns\n")
    assert [(stamp.iso, stamp.key, stamp.ahead, stamp.form) for stamp in page.dates] == [
        ("2026-03-04", "last updated", False, Form.FRONT_MATTER),
        ("2026-05-04", "due", True, Form.FRONT_MATTER),
    ]
    assert page.said(page.dates[0].span) == "2026-03-04"


def test_covered_parts_date_nothing() -> None:
    text = "**Updated**: 2026-03-04\n\n| Kiln | Completed |\n|---|---|\n| a | 2026-03-04 |\n| b | 2026-03-05 |\n"
    row = text.index("| b")
    assert [stamp.iso for stamp in Page(text, covered=(Span(0, 24), Span(row, row + 20))).dates] == ["2026-03-04"]
