from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from docsync.text.edits import unified_diff
from docsync.text.matching import changes

LINES = st.lists(
    st.sampled_from(["a\n", "b\n", "c\n", "\n", "a\r\n", "b\r\n", "d\re\n", "\u2028\n", "-x\n", "+y\n"]), max_size=30
)
TEXTS = st.builds(lambda lines, last: "".join(lines) + last, LINES, st.sampled_from(["", "z", "z\r"]))


def patched(before: str, diff: str) -> str:
    """Apply a diff as the format's description says, checking every line of it."""
    old = re.findall(r"[^\n]*\n|[^\n]+", before)
    new: list[str] = []
    at = 0
    lines = re.findall(r"[^\n]*\n", diff)[2:]
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        text = line[1:].removesuffix("\n") if following.startswith("\\") else line[1:]
        if line.startswith("@@"):
            start, size = re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@\n", line).groups()  # type: ignore[union-attr]  # or the test fails
            first = int(start) - (size != "0")
            new += old[at:first]
            at = first
        elif line[0] in " -":
            assert old[at] == text
            at += 1
        if line[0] in " +":
            new.append(text)
    return "".join(new + old[at:])


@given(TEXTS, TEXTS)
def test_a_diff_leads_from_one_text_to_the_other(before: str, after: str) -> None:
    diff = unified_diff("plan.md", before, after)
    assert patched(before, diff) == after
    assert bool(diff) == (before != after)


@given(TEXTS, TEXTS)
def test_changes_are_apart_and_leave_the_same_lines_between_them(before: str, after: str) -> None:
    old, new = before.split("\n"), after.split("\n")
    here = there = 0
    for change in changes(old, new):
        assert old[here : change.before.start] == new[there : change.after.start]
        assert change.before.start > here or not here
        here, there = change.before.end, change.after.end
    assert old[here:] == new[there:]


KNOWN = (("git", "apply", "--whitespace=nowarn"), ("patch", "-p1", "-s", "--binary"))
TOOLS = [tool for tool in KNOWN if shutil.which(tool[0])]


@settings(max_examples=20, deadline=None)
@given(TEXTS.filter(bool), TEXTS.filter(bool), st.booleans(), st.sampled_from(TOOLS))
def test_the_usual_tools_apply_a_diff(before: str, after: str, bom: object, tool: tuple[str, ...]) -> None:
    mark = "\ufeff" if bom else ""
    diff = unified_diff("a plan.md", before, after, bom=bool(bom))
    with TemporaryDirectory() as folder:
        plan = Path(folder, "a plan.md")
        plan.write_bytes((mark + before).encode())
        if diff:
            subprocess.run(tool, input=diff.encode(), cwd=folder, check=True)
        assert plan.read_bytes() == (mark + after).encode()


def test_a_diff_looks_like_this() -> None:
    before = "".join(f"line {number}\n" for number in range(1, 21)) + "last"
    after = before.replace("line 3\n", "line three\n").replace("line 5\n", "").replace("last", "last\n")
    assert unified_diff("docs/plan.md", before, after) == (
        "--- a/docs/plan.md\n"
        "+++ b/docs/plan.md\n"
        "@@ -1,8 +1,7 @@\n"
        " line 1\n line 2\n-line 3\n+line three\n line 4\n-line 5\n line 6\n line 7\n line 8\n"
        "@@ -18,4 +17,4 @@\n"
        " line 18\n line 19\n line 20\n-last\n\\ No newline at end of file\n+last\n"
    )


def test_a_changed_line_end_is_a_changed_line() -> None:
    assert "-a\r\n+a\n" in unified_diff("plan.md", "a\r\n", "a\n")


def test_single_lines_are_counted_without_a_number() -> None:
    assert "@@ -1 +1 @@" in unified_diff("plan.md", "a\n", "b\n")
    assert "@@ -0,0 +1 @@" in unified_diff("plan.md", "", "b\n")
    assert "@@ -1 +0,0 @@" in unified_diff("plan.md", "a\n", "")


def test_a_name_that_would_break_the_format_is_quoted() -> None:
    diff = unified_diff('a\n"\\\x7f.md', "a\n", "b\n")
    assert diff.startswith('--- "a/a\\012\\"\\\\\\177.md"\n+++ "b/')


def test_only_the_lines_that_changed_are_shown_in_a_table_of_many_rows() -> None:
    rows = [f"| {number} | open |\n" for number in range(60_000)]
    after = [row.replace("open", "done") if number % 2 else row for number, row in enumerate(rows)]
    started = time.process_time()
    found = changes(rows, after)
    assert time.process_time() - started < 5  # difflib takes minutes
    assert len(found) == 30_000
    assert all(len(change.before) == len(change.after) == 1 for change in found)


def test_repeated_lines_cost_no_more(tmp_path: Path) -> None:
    started = time.process_time()
    assert unified_diff(str(tmp_path), "\n".join(["x", "", ""] * 20_000), "\n".join(["", "y", "x"] * 20_000))
    assert time.process_time() - started < 5
