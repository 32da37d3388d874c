from __future__ import annotations

from pathlib import Path

import pytest
from casebuilding import check
from casefiles import Case

from docsync.models.diagnostics import Severity
from docsync.validator.run import Outcome

HOLES = "---\nrecords: hole\n---\n\n# Holes\n\n## H1: Rye\n\n- **Status**: Resolved\n\n## H2: Spelt\n\n- **Status**: Pending\n"
ROWS = "| Shop | Loaves |\n|------|--------|\n| Mill Lane | 40 |\n| Dock Road | 31 |\n| Park Row | 20 |\n"
FILES = "- `rye.py`\n- `spelt.py`\n- `oats.py`\n"
TASKS = "- [x] Sieve\n- [ ] Knead\n- [ ] Bake\n"


def outcome(tmp_path: Path, files: dict[str, str]) -> Outcome:
    return check(Case("good", "summary", {path: f"# Bakery\n\n{text}".encode() for path, text in files.items()}), tmp_path)


@pytest.mark.parametrize(
    ("text", "confirmed", "contradicted", "unverifiable"),
    [
        ("- 7/20 trays resolved (35%)\n", 0, 0, 1),
        ("- 7/20 trays resolved (45%)\n", 0, 1, 0),
        ("- **Trays**: 7 trays\n", 0, 0, 1),
        ("- 91 trays (40 + 31 + 20)\n", 1, 0, 0),
        ("- 95 trays (40 + 31 + 20)\n", 0, 1, 0),
        (f"{ROWS}| Total | 91 |\n", 1, 0, 0),
        (f"{ROWS}| Total | 95 |\n", 0, 1, 0),
        (f"## Files (3 files)\n\n{FILES}", 1, 0, 0),
        (f"## Files (2 files)\n\n{FILES}", 0, 1, 0),
        (f"## Tasks (1/3 done)\n\n{TASKS}", 1, 0, 0),
        (f"## Tasks (2/3 done)\n\n{TASKS}", 0, 1, 0),
        ("**Gate 1**: 6/14 criteria met\n\n## Overview\n\n**Gate 1**: 6/14 criteria met\n", 2, 0, 0),
        ("**Gate 1**: 6/14 criteria met\n\n## Overview\n\n**Gate 1**: 4/14 criteria met\n", 0, 1, 1),
        ("### H6: Rye\n\n**Status**: Complete\n\n## Overview\n\n- **H6**: done\n", 2, 0, 0),
        ("### H6: Rye\n\n**Status**: Complete\n\n## Overview\n\n- **H6**: pending\n", 0, 1, 1),
        ("### H6: Rye\n\n**Status**: Complete\n", 0, 0, 1),
        ("Words only.\n", 0, 0, 0),
    ],
)
def test_the_summary_counts_what_is_borne_out_what_is_not_and_what_nothing_tells(
    tmp_path: Path, text: str, confirmed: int, contradicted: int, unverifiable: int
) -> None:
    tally = outcome(tmp_path, {"docs/BAKERY.md": text}).tally
    assert (tally.confirmed, tally.contradicted, tally.unverifiable) == (confirmed, contradicted, unverifiable)


def test_a_number_that_several_documents_repeat_is_one_finding(tmp_path: Path) -> None:
    stale = {f"docs/{name}.md": "**Progress**: 0/2 holes resolved (0%)\n" for name in ("mill", "stall", "yard")}
    case = Case("good", "repeated", {"docs/holes.md": HOLES.encode(), **{path: text.encode() for path, text in stale.items()}})
    found = check(case, tmp_path)
    (one,) = found.diagnostics
    assert (one.code, one.place.path) == ("DS201", "docs/mill.md")
    assert {related.place.path for related in one.related} == {"docs/holes.md", "docs/stall.md", "docs/yard.md"}
    assert found.tally.contradicted == len(stale)


def test_one_document_against_three_is_one_finding_and_the_three_bear_each_other_out(tmp_path: Path) -> None:
    said = {"mill": "done", "stall": "done", "yard": "done", "cellar": "pending"}
    names = "\n### B6: Spelt\n\n### B7: Oats\n"
    found = outcome(tmp_path, {f"docs/{name}.md": f"### B3: Rye\n\n**Status**: {word}\n{names}" for name, word in said.items()})
    (one,) = found.diagnostics
    assert (one.code, one.place.path, len(one.related)) == ("DS301", "docs/cellar.md", 3)
    assert (found.tally.confirmed, found.tally.contradicted, found.tally.unverifiable) == (3, 1, 0)


def test_what_misses_by_less_than_a_point_is_information(tmp_path: Path) -> None:
    (one,) = outcome(tmp_path, {"docs/BAKERY.md": "- 269/296 trays resolved (91.5%)\n"}).diagnostics
    assert (one.code, one.severity) == ("DS202", Severity.INFO)
