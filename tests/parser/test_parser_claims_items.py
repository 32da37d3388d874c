from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest
from claims_reading import Page

from docsync.models.ties import Tie, TieKind
from docsync.parser.claims.items.reader import read_items
from docsync.parser.claims.tie_source import TieSource
from docsync.text.spans import Span


def ties(text: str, path: str = "notes/board.md", covered: tuple[Span, ...] = ()) -> list[Tie]:
    page = Page(text, path, covered=covered)
    return list(read_items(TieSource(page.source, page.blocks, page.scopes, page.words, page.covered)))


def told(text: str) -> list[tuple[int, int, int, str]]:
    """Give what each tie states, the lowest and highest that its items come to, and the noun."""
    return [(int(tie.stated.value), int(tie.low), int(tie.high), tie.noun) for tie in ties(text)]


def labels(text: str) -> list[str]:
    return [part.label for tie in ties(text) for part in tie.parts]


def test_a_heading_counts_the_files_below_it() -> None:
    text = "## Kilns (3 files)\n\n- `kilns/east.toml` - hot\n- [kilns/west.toml](x.md)\n"
    assert told(text) == [(3, 2, 2, "files")]
    assert labels(text)[0] == "kilns/east.toml"
    tie = ties(text)[0]
    assert tie.kind is TieKind.ITEMS
    assert text[tie.span.start : tie.span.end] == "3 files"
    assert not tie.holds
    assert tie.sure


@pytest.mark.parametrize(
    "heading",
    ["Kilns (2 total)", "Two kilns", "Kilns (all 2 kilns)", "2 Kilns", "Kilns (KEEP - 2 kilns)", "Kilns (2 kilns, 40 bricks)"],
)
def test_a_heading_announces_in_several_ways(heading: str) -> None:
    assert told(f"## {heading}\n\n1. east\n2. west\n3. south\n") == [(2, 3, 3, "kilns")]


@pytest.mark.parametrize(
    "heading",
    [
        "Kilns (~2 files)",
        "Kilns (2+ files)",
        "Kilns (key 2 files)",
        "Kilns (2 files → 1 file)",
        "Kilns (0 files)",
        "Phase 2 files",
        "Kilns in 2 files",
        "Kilns (2 hours)",
        "Kilns (2 files per oven)",
        "Kilns (at least 2 files)",
    ],
)
def test_what_announces_nothing_is_tied_to_nothing(heading: str) -> None:
    assert told(f"## {heading}\n\n- `a.toml`\n- `b.toml`\n- `c.toml`\n") == []


@pytest.mark.parametrize(
    ("noun", "items"),
    [
        ("commits", "- 4f2a91c light\n- 9b03d7e wind\n- 77ac120 tell\n"),
        ("tests", "- `test_a()` runs\n- `test_b()`\n- `test_c()`\n"),
        ("tasks", "- [ ] one\n- [x] two\n- [ ] three\n"),
        ("tasks", "- ⏳ one\n- ✅ two\n- ⏳ three\n"),
        ("phases", "- Phase 1: dig\n- Phase 2: fire\n- **Phase 3**: sell\n"),
        ("issues", "- G-1 dig\n- G-2 fire\n- G-3 sell\n"),
        ("rules", "1. dig\n2. fire\n3. sell\n"),
        ("bricks", "| Bricks | x |\n|---|---|\n| red | 1 |\n| grey | 2 |\n| blue | 3 |\n| **Total** | 6 |\n"),
        ("kinds", "### 1. dig\n\ntext\n\n### 2. fire\n\ntext\n\n### 3. sell\n"),
    ],
)
def test_items_fit_the_noun(noun: str, items: str) -> None:
    assert told(f"## Work (4 {noun})\n\n{items}") == [(4, 3, 3, noun)]


@pytest.mark.parametrize(
    ("noun", "items"),
    [
        ("files", "- hot\n- cold\n- warm\n"),
        ("files", "- `a.toml`\n- words\n- `b.toml`\n"),
        ("commits", "- `a.toml`\n- `b.toml`\n- `c.toml`\n"),
        ("tests", "- `tests/a.py`\n- `tests/b.py`\n- `tests/c.py`\n"),
        ("tasks", "- ✅ one\n- ✅ two\n- ✅ three\n"),
        ("phases", "- Gate 1: dig\n- Gate 2: fire\n- Gate 3: sell\n"),
        ("issues", "- G-1 dig\n- H-2 fire\n- K-3 sell\n"),
        ("lines", "1. dig\n2. fire\n3. sell\n"),
        ("bricks", "| Colour | x |\n|---|---|\n| red | 1 |\n| grey | 2 |\n| blue | 3 |\n"),
        ("kinds", "### dig\n\ntext\n\n### fire\n\ntext\n\n### sell\n"),
        ("files", "- `a.toml`\n- `b.toml`\n- `c.toml` and more\n"),
        ("modules", "- `a.py` has 2 modules\n- `b.py`\n- `c.py`\n"),
    ],
)
def test_items_of_no_fitting_kind_are_not_counted(noun: str, items: str) -> None:
    assert told(f"## Work (4 {noun})\n\n{items}") == []


def test_a_list_goes_on_after_other_text_and_in_groups() -> None:
    assert told("Four rules hold:\n\n1. a\n\n```\nx\n```\n\n2. b\n\n**Then**:\n3. c\n") == [(4, 3, 3, "rules")]
    grouped = "## Kilns (5 files)\n\n**East**:\n\n- `a.toml`\n- `b.toml`\n\n**West**:\n\n- `c.toml`\n- `d.toml`\n"
    assert told(grouped) == [(5, 4, 4, "files")]
    mixed = "## Kilns (5 files)\n\n- `a.toml`\n- `b.toml`\n- `c.toml`\n\nNotes:\n\n- hot\n- cold\n"
    assert told(mixed) == [(5, 3, 3, "files")]


def test_folders_of_a_tree_are_no_files() -> None:
    tree = "## Kilns (2 files)\n\n```\nkilns/\n├── east/\n│   └── a.toml  # hot\n├── b.toml\n└── c.toml\n```\n"
    assert told(tree) == [(2, 3, 3, "files")]
    assert labels(tree) == ["a.toml", "b.toml", "c.toml"]


def test_items_may_stand_for_several() -> None:
    assert told("## K (9 files)\n\n```\na.toml, b.toml, c.toml\nd.toml & e.toml\nf*.toml\n```\n") == []
    assert told("## K (5 files)\n\n```\na.toml, b.toml, c.toml\nd.toml and e.toml\n```\n") == []
    assert ties("## K (5 tasks)\n\n- T1–T3 dig\n- T4 fire\n- T5 sell\n")[0].holds
    assert ties("## K (4 tasks)\n\n- T1, T2 & T3 dig\n- T4 fire\n- T5 sell\n")[0].holds


def test_few_items_for_a_large_number_are_not_sure() -> None:
    assert [tie.sure for tie in ties("## K (6 files)\n\n- `a.toml`\n- `b.toml`\n- `c.toml`\n")] == [False]
    assert [tie.sure for tie in ties("## K (5 files)\n\n- `a.toml`\n- `b.toml`\n- `c.toml`\n")] == [True]
    assert told("## K (7 files)\n\n- `a.toml`\n- `b.toml`\n- `c.toml`\n") == []


@pytest.mark.parametrize(
    "lead",
    [
        "Wrote 3 guides:",
        "**3 guides**",
        "Three guides found:",
        "Wrote 3 short guides (40 lines):",
        "Oven:\nwrote 3 new guides:",
    ],
)
def test_a_lead_in_announces_the_list_right_below(lead: str) -> None:
    assert told(f"{lead}\n\n- `a.md`\n- `b.md`\n")[:1] == [(3, 2, 2, "guides")]


@pytest.mark.parametrize(
    "lead", ["Wrote 3 guides for kilns:", "Across 3 guides:", "Wrote 3 guides.", "Wrote 3 guides, such as:", "Of the 3 guides:"]
)
def test_other_lines_announce_nothing(lead: str) -> None:
    assert told(f"{lead}\n\n- `a.md`\n- `b.md`\n") == []


def test_an_item_announces_its_nested_names() -> None:
    assert told("- **Oven**: a suite with 4 test cases\n  - `test_a()`\n  - `test_b()`\n  - `test_c()`\n") == [
        (4, 3, 3, "cases")
    ]


@pytest.mark.parametrize(
    ("line", "stated", "count"),
    [
        ("**Fired**: 2 (B1, B2, B4)", 2, 3),
        ("- **East** (2): B1, B2 and B4", 2, 3),
        ("4 tasks done (B1–B3)", 4, 3),
        ("- **Phases done**: 2/9 (Phase 1, 2, 3)", 2, 3),
        ("Fired: 2/3 (✅B1, ✅B2, B4)", 3, 3),
        ("All 4 tasks (B-1,2,3) wait", 4, 3),
    ],
)
def test_a_number_counts_the_ids_that_it_lists(line: str, stated: int, count: int) -> None:
    assert [(int(tie.stated.value), int(tie.low)) for tie in ties(line)] == [(stated, count)]


@pytest.mark.parametrize(
    "line",
    [
        "Phase 2 (B1, B2, B4)",
        "✅ Phase 2 complete (B1, B2, B4)",
        "**Fired**: 2 (B1, B2, others)",
        "**Fired**: 2 (see B1)",
        "13 tasks (Phase 1, 2)",
        "3 guides (B1, B2)",
        "**Fired**: 2 → 3 (B1, B2)",
        "429 oven (B-1 + B-2)",
        "**Fired**: 1.5 (B1, B2)",
        "Seen by 3 keepers (B1, B1)",
    ],
)
def test_other_brackets_list_nothing(line: str) -> None:
    assert ties(line) == []


def test_a_cell_lists_ids_too() -> None:
    table = "| What | Many |\n|---|---|\n| Closed | 6 / 6 (A-01..03, B-1..4) |\n"
    assert told(table) == [(6, 7, 7, "")]


TASKS = """\
# Tasks

{summary}

## Phase 1: Dig & Carry

- [ ] T001 [P] dig
  - [ ] deep
- [ ] T002 [P] carry
- [-] T003 rest

## Phase 2: User Story 1 - Fire

### Oven

- [ ] T004 [P] heat
- [x] T005 watch

### Door

- [ ] T006 [P] close
"""


@pytest.mark.parametrize(
    ("summary", "stated", "low", "high"),
    [
        ("- Phase 1: Dig (3 tasks)", 3, 2, 2),
        ("- Dig: 3 tasks", 3, 2, 2),
        ("- **US1 (P1)**: 4 tasks", 4, 3, 3),
        ("| Phase | Tasks |\n|---|---|\n| Phase 2 | 0/4 |", 4, 3, 3),
        ("| Phase | Name | Size |\n|---|---|---|\n| Phase 2 | Fire | 4 tasks |", 4, 3, 3),
        ("**Total Tasks**: 6", 6, 5, 5),
        ("| Phase | Size |\n|---|---|\n| **Total** | **6 tasks** |", 6, 5, 5),
    ],
)
def test_a_summary_counts_the_boxes_of_a_section_or_of_all(summary: str, stated: int, low: int, high: int) -> None:
    found = ties(TASKS.format(summary=summary))
    assert [(int(tie.stated.value), int(tie.low), int(tie.high), tie.sure) for tie in found] == [(stated, low, high, True)]


@pytest.mark.parametrize(
    "summary",
    [
        "- Phase 1 + Phase 2: 9 tasks",
        "- Phase 7: 3 tasks",
        "- Phase 1: 30 tasks",
        "- Digging: 3 tasks",
        "- Phase 1: 3 tasks remaining → 1",
        "- MVP (Phase 1): 3 tasks",
        "- Phase 1: 3 parallel tasks",
        "| Phase | Holes |\n|---|---|\n| Phase 2 | 0/4 |",
        "- Phase 1: 3 weeks",
        "- Phase 1: ~3 tasks",
    ],
)
def test_other_summaries_count_no_boxes(summary: str) -> None:
    assert ties(TASKS.format(summary=summary)) == []


def test_boxes_without_ids_count_by_the_topmost_and_unsurely() -> None:
    text = "- Phase 1: 4 tasks\n\n## Phase 1: Dig\n\n- [ ] dig\n  - [ ] deep\n- [ ] carry\n- [ ] rest\n"
    assert [(int(tie.low), int(tie.high), tie.sure) for tie in ties(text)] == [(3, 3, False)]


def test_what_was_added_after_a_total_may_be_left_out() -> None:
    text = (
        TASKS.format(summary="") + "\n## Summary\n\n**Total tasks**: 5\n\n## Found later\n\n- [ ] T007 sweep\n- [ ] T008 sell\n"
    )
    assert [(int(tie.low), int(tie.high), tie.holds) for tie in ties(text)] == [(5, 7, True)]


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("- **Parallel**: 5 tasks marked with [P]", 5),
        ("- [P] marker: 5 parallel tasks identified", 5),
        ("6 tasks marked `[P]`", 6),
    ],
)
def test_a_marker_is_counted(line: str, stated: int) -> None:
    assert told(TASKS.format(summary=line)) == [(stated, 4, 4, "tasks marked [P]")]


@pytest.mark.parametrize(
    "line", ["Tasks marked [P] run at once", "5 tasks marked with [Q]", "5 tasks, some [P]", "~5 tasks marked with [P]"]
)
def test_a_line_that_counts_no_marker_is_passed_over(line: str) -> None:
    assert ties(TASKS.format(summary=line)) == []


def test_a_key_speaks_of_the_list_of_its_title() -> None:
    text = "**Oven Decisions Made:**\n\n1. a\n2. b\n3. c\n\n## Numbers\n\n- Oven decisions: {}\n"
    assert told(text.format("4 large decisions")) == [(4, 3, 3, "decisions")]
    assert told(text.format("4 hours")) == []
    assert told(text.format("40")) == []
    created = "## Files Created\n\n- `a.md`\n- `b.md`\n\n## Numbers\n\n- Files {}: 3\n"
    assert told(created.format("created")) == [(3, 2, 2, "files")]
    assert told(created.format("modified")) == []


def test_full_coverage_counts_the_rows_below() -> None:
    text = "Every wish is mapped. Coverage: {}.\n\n| Wish | In |\n|---|---|\n| A-1 | x |\n| A-2 | x |\n| A-3 | x |\n"
    assert told(text.format("2 / 2")) == [(2, 3, 3, "")]
    assert told(text.format("1 / 3")) == []
    assert told(text.format("9 / 9")) == []
    assert told(text.replace("| A-2 |", "| a wish |").format("2 / 2")) == []


SERIES = "# Plan\n\n{}\n\n## Phase {}: a\n\nx\n\n## Phase 2: b\n\nx\n\n## Phase 3: c\n\nx\n"


@pytest.mark.parametrize(
    ("line", "first", "expected"),
    [
        ("40 days across 4 phases", 1, [(4, 3, 3, "phases")]),
        ("**Work**: 4 phases", 1, [(4, 3, 3, "phases")]),
        ("the last 2 phases", 1, []),
        ("2 phases done", 1, []),
        ("across 4 gates", 1, []),
        ("across 4 phases", 9, []),
        ("about 4 phases remain", 1, []),
    ],
)
def test_a_document_counts_its_own_series(line: str, first: int, expected: list[tuple[int, int, int, str]]) -> None:
    assert told(SERIES.format(line, first)) == expected


def test_phase_0_may_be_left_out_of_a_series() -> None:
    text = "# Plan\n\nAll 2 phases:\n\nSo.\n\n## Phase 0: x\n\ny\n\n## Phase 1: x\n\ny\n\n## Phase 2: x\n\ny\n"
    assert [(int(tie.low), int(tie.high)) for tie in ties(text)] == [(2, 3)]


def test_a_series_may_be_a_list_named_by_letters() -> None:
    text = "Work in 4 phases\n\n- **Phase H**: dig\n- **Phase I**: fire\n- **Phase J**: sell\n"
    assert told(text) == [(4, 3, 3, "phases")]


def test_templates_and_generated_text_hold_no_ties() -> None:
    body = "## Kilns (3 files)\n\n- `a.toml`\n- `b.toml`\n"
    assert ties(f"# Session template\n\n{body}") == []
    assert ties(body, covered=(Span(0, len(body)),)) == []


def many_lists(count: int) -> str:
    return "".join(f"Wrote 3 guides:\n\n{number}. `a{number}.md`\n\n" for number in range(1, count))


def many_totals(count: int) -> str:
    return "".join(
        f"## Phase {number}\n\n- [ ] T{number:05} dig\n\n**Total tasks**: {number}\n\n" for number in range(1, count)
    )


def many_keys(count: int) -> str:
    return "".join(f"## Files created\n\n- `a.md`\n- `b.md`\n\n- Files created: {number}\n\n" for number in range(1, count))


@pytest.mark.parametrize("make", [many_lists, many_totals, many_keys])
def test_time_grows_with_the_text_alone(make: Callable[[int], str]) -> None:
    def seconds(text: str) -> float:
        page = Page(text)
        source = TieSource(page.source, page.blocks, page.scopes, page.words, page.covered)
        start = process_time()
        for _ in read_items(source):
            pass
        return process_time() - start

    # Texts too large for what is remembered of lines: eight times where it is linear, sixty-four where it is quadratic.
    small, large = make(500), make(4000)
    assert min(seconds(large) for _ in range(2)) < 40 * max(seconds(small), seconds(small), 0.005)
