from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lighthouse import codes, put_right, run
from trees import plant

STATUSES = ("pending", "in_progress", "blocked", "resolved", "deferred")
VIEWS = (
    'view="status-table" kind="hole" columns="id,title,status"',
    'view="hole-status"',
    'view="dependency-graph" kind="hole"',
    'view="progress-summary" kind="hole"',
    'view="next-ready"',
    'view="open-blockers"',
    'view="status-tabel"',
)
PROSE = (
    "The keeper wrote this.",
    "Zwölf Stufen führen hinauf; 検査 ✅.",
    "- a point\n- another",
    "1 of 2 lamps\tflickers  ",
    "```\n<!-- docsync:begin x -->\n```",
)
BODIES = ("", "my own", "| a | b |\n| - | - |\n| 1 | 2 |", "- one\n- two", "by hand, 3/4")
OWN = (b"my own", b"- one", b"by hand, 3/4")
BOUND = ("**Holes**: {n}/{t} resolved ({p}%)", "We have {n} of {t} holes resolved.", "- Done: {n}/{t}")

_REGION = re.compile(r"(<!-- docsync:begin [^\r\n]*-->).*?(<!-- docsync:end)", re.DOTALL)
_BOUND = re.compile(r"(<!-- docsync:claim [^\r\n]*-->(?:\r\n|\r|\n){2})([^\r\n]*)")


def kept(text: str) -> str:
    """Leave out what docsync may write: the bodies of regions, and the digits of bound lines."""
    numbers = _BOUND.sub(lambda found: found[1] + re.sub(r"[\d.]+", "#", found[2]), text)
    return _REGION.sub(r"\1\2", numbers)


@st.composite
def homes(draw: st.DrawFn) -> str:
    """Draw a file with holes as sections, some waiting for others."""
    sections = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        waits = f"\n- **Blocked by**: H{draw(st.integers(1, number))}" if draw(st.booleans()) else ""
        sections.append(f"## H{number}: Part {number}\n\n- **Status**: {draw(st.sampled_from(STATUSES))}{waits}\n")
    return "---\nrecords: hole\n---\n\n# Holes\n\n" + "\n".join(sections)


@st.composite
def boards(draw: st.DrawFn) -> str:
    """Draw a file with prose, regions and bound numbers in any order."""
    parts = ["# Board"]
    for at in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(("prose", "region", "bound")))
        if kind == "prose":
            parts.append(draw(st.sampled_from(PROSE)))
        elif kind == "region":
            view, body = draw(st.sampled_from(VIEWS)), draw(st.sampled_from(BODIES))
            parts.append(f"<!-- docsync:begin r{at} {view} -->\n\n{body}\n\n<!-- docsync:end r{at} -->")
        else:
            said = draw(st.sampled_from(BOUND)).format(
                n=draw(st.integers(0, 9)), t=draw(st.integers(9, 12)), p=draw(st.integers(0, 99))
            )
            parts.append(f"<!-- docsync:claim holes.resolved/holes.total -->\n\n{said}")
    return "\n\n".join(parts) + "\n"


@st.composite
def projects(draw: st.DrawFn) -> dict[str, bytes]:
    """Draw a project in any line end, with or without a byte order mark and a last line end."""
    newline = draw(st.sampled_from(("\n", "\r\n", "\r")))
    bom = draw(st.sampled_from((b"", b"\xef\xbb\xbf")))
    texts = {"HOLES.md": draw(homes()), "BOARD.md": draw(boards()), "docs/BOARD.md": draw(boards())}
    ends = {name: draw(st.sampled_from(("\n", "", "\n\n"))) for name in texts}
    return {name: bom + (text.rstrip("\n") + ends[name]).replace("\n", newline).encode() for name, text in texts.items()}


def contents(root: Path) -> dict[str, tuple[bytes, int, int]]:
    return {
        str(path.relative_to(root)): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
        for path in root.rglob("*.md")
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(projects())
def test_regenerating_keeps_its_promises(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = plant(Path(folder), files)
        before = contents(root)

        done = put_right(root)

        after = contents(root)
        # What lies outside regions and bound digits is as it was, byte for byte; what was not said to change is untouched.
        for name, raw in files.items():
            assert kept(after[name][0].decode()) == kept(raw.decode())
            assert (after[name] == before[name]) is (name not in {change.path for change in done.changes})

        # What could be put right checks clean now: only what failed is left.
        left = {code for code in codes(run(root)) if code[-5:] in {"DS210", "DS601", "DS602"}}
        assert not left
        assert {found.code for found in done.left.diagnostics} <= {"DS201", "DS603", "DS604"}

        # What no view writes is somebody's own text, though it stands in a region.
        for name, raw in files.items():
            assert [after[name][0].count(words) for words in OWN] == [raw.count(words) for words in OWN]

        # Regenerating twice is regenerating once.
        assert not put_right(root).changes
        assert contents(root) == after

        # And whether anything was remembered makes no difference.
        assert codes(run(root)) == codes(run(root, cache=False))
