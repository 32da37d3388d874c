"""Which code blocks are read as status boards, and what their lines claim."""

from __future__ import annotations

import pytest

from docsync.config.values import Config
from docsync.models.claims import Quantity
from docsync.models.kinds.registry import builtin_specs
from docsync.models.status import EMOJI, WORDS
from docsync.parser.document import read_document
from docsync.text.source import decode

CONFIG = Config(builtin_specs(), WORDS, EMOJI)
BOARD = """\
🟢 Berths: 100% (6/6)
🟡 Cranes: 33% (1/3) - the big one works
🔴 Lights: 0% (0/2)

Overall: 50% done"""


def quantities(body: str, *, info: str = "", heading: str = "Progress", lead: str = "") -> list[Quantity]:
    text = f"# Harbour plan\n\n## {heading}\n\n{lead}\n\n```{info}\n{body}\n```\n"
    return list(read_document(decode("docs/STATE.md", text.encode()), CONFIG).quantities)


def read(body: str, *, info: str = "", heading: str = "Progress", lead: str = "") -> list[str]:
    return [quantity.key for quantity in quantities(body, info=info, heading=heading, lead=lead)]


@pytest.mark.parametrize("info", ["", "text", "txt", "TEXT"])
def test_lines_of_a_board_are_claims_of_what_they_name(info: str) -> None:
    assert read(BOARD, info=info) == ["Berths", "Cranes", "Lights", "Overall"]


def test_a_line_gives_count_total_and_share_where_they_stand() -> None:
    berths, *_ = quantities(BOARD)
    assert (berths.count, berths.total, berths.percent) != (None, None, None)
    assert [int(number.value) for number in berths.numbers] == [100, 6, 6]
    assert berths.scope.headings == ("Harbour plan", "Progress")


@pytest.mark.parametrize(
    "body",
    [
        "Berths  ████████░░ 80%\nCranes  ████░░░░░░ 40%\nLights  ░░░░░░░░░░  0%",
        "Phase 1: ✓ Quay (3/3 plans — verified)\nPhase 2: ◐ Cranes (1/4 plans — `--dry` run)\nPhase 3: ○ Lights (0/2 plans)",
        "[x] Berths: 3/3\n[ ] Cranes: 1/3\n[ ] Lights: 0/2\n──────────\nTotal: 4/8",
    ],
)
def test_bars_marks_and_fractions_make_a_board(body: str) -> None:
    assert len(read(body)) >= 3


@pytest.mark.parametrize(
    ("body", "info"),
    [
        (BOARD, "python"),
        (BOARD, "markdown"),
        ("🟢 Berths: 100% (6/6)\n🟡 Cranes: 33% (1/3)", ""),  # too few lines to be sure
        ("├── Berths: 100% (6/6)\n├── Cranes: 33% (1/3)\n└── Lights: 0% (0/2)", ""),  # a tree
        ("$ plan show\nBerths: 100% (6/6)\nCranes: 33% (1/3)\nLights: 0% (0/2)", ""),  # a command and its output
        ("tests/test_quay.py ....  [ 40%]\ntests/test_crane.py ..  [ 80%]\ntests/test_lamp.py ..  [100%]", ""),
        ("Rust: 935 lines (56%)\nShell: 310 lines (19%)\nOther: 417 lines (25%)", ""),  # shares of one whole
        ("Month 1: the crew ties up 15% of ships\nMonth 3: 45% of ships\nMonth 6: 73% of ships", ""),
        ("Berths = 6/6 (100%);\nCranes = 1/3 (33%);\nLights = 0/2 (0%);", ""),
        ("Calm: 100/100\nRough: 60/100\nStorm: 10/100", ""),  # grades
        ("Read this first.\nThen ask.\n🟢 Berths: 100% (6/6)\n🟡 Cranes: 33% (1/3)\n🔴 Lights: 0% (0/2)\nAnd go.", ""),
    ],
)
def test_code_trees_output_and_shares_are_no_board(body: str, info: str) -> None:
    assert read(body, info=info) == []


@pytest.mark.parametrize(
    ("heading", "lead"),
    [
        ("Example of progress", ""),
        ("Progress", "The output looks like this:"),
        ("Progress template", ""),
        ("Progress", "Expected when all is done:"),
        ("How crews are scored", ""),
    ],
)
def test_what_is_called_an_example_or_output_is_none(heading: str, lead: str) -> None:
    assert read(BOARD, heading=heading, lead=lead) == []


def test_an_indented_or_unclosed_block_is_none() -> None:
    indented = "# Harbour plan\n\n## Progress\n\n" + "".join(f"    {line}\n" for line in BOARD.split("\n"))
    unclosed = f"# Harbour plan\n\n## Progress\n\n```\n{BOARD}\n"
    for text in (indented, unclosed):
        assert read_document(decode("docs/STATE.md", text.encode()), CONFIG).quantities == ()
