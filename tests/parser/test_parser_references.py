from __future__ import annotations

import time

import pytest

from docsync.config.loading import load_config
from docsync.models.document import DocumentFacts
from docsync.models.references import Aim, Reference, Stance, When
from docsync.parser.claims.references.paths import written_path
from docsync.parser.document import read_document
from docsync.text.source import decode


def read(text: str, path: str = "docs/STATE.md") -> DocumentFacts:
    return read_document(decode(path, text.encode()), load_config("/nowhere"))


def references(text: str, aim: Aim | None = None) -> list[Reference]:
    return [each for each in read(text).references if aim in (None, each.aim)]


def one(text: str) -> Reference:
    (found,) = references(text)
    return found


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("docs/quay.md", "docs/quay.md", 0),
        ("./docs/quay.md", "docs/quay.md", 0),
        (r"docs\quay.md", "docs/quay.md", 0),
        ("src/pump.py:12", "src/pump.py", 12),
        ("src/pump.py:12-20", "src/pump.py", 12),
        ("src/pump.py#L7-L9", "src/pump.py", 7),
        ("../quay.md", "../quay.md", 0),
        (".plans/quay.md", ".plans/quay.md", 0),
        ("@harbour/quay.md", None, 0),
        ("quay.md", "quay.md", 0),
        (".gitignore", None, 0),
        ("docs/quay", None, 0),
        ("docs/", None, 0),
        ("a.b/c", None, 0),
        ("docs/*.md", None, 0),
        ("docs/<name>.md", None, 0),
        ("docs/{id}.md", None, 0),
        ("docs/....md", None, 0),
        ("docs/plan-XX.md", None, 0),
        ("docs/plan-YYYY-MM-DD.md", None, 0),
        ("path/to/quay.md", None, 0),
        ("your-harbour/quay.md", None, 0),
        ("~/quay.md", None, 0),
        ("/etc/quay.conf", None, 0),
        ("sea.org/quay.html", None, 0),
        ("python -m quay.py", None, 0),
        ("application/json", None, 0),
        ("d" * 300 + "/quay.md", None, 0),
    ],
)
def test_a_path_ends_in_a_file_and_is_no_placeholder(text: str, path: str | None, line: int) -> None:
    found = written_path(text)
    assert (found and found.path, found.line if found else 0) == (path, line)
    assert found is None or (found.bare == ("/" not in (path or "")) and (path or "").endswith(found.name))


@pytest.mark.parametrize(
    ("text", "target", "anchor"),
    [
        ("[x](quay.md)", "quay.md", ""),
        ("[x](./quay.md#rules)", "quay.md", "rules"),
        ("[x](#rules)", "", "rules"),
        ("![x](quay.png 'a picture')", "quay.png", ""),
        ("[x](<old quay.md>)", "old quay.md", ""),
        ("[x](old%20quay.md?plain=1#a%20b)", "old quay.md", "a b"),
    ],
)
def test_links_are_read_with_their_anchors(text: str, target: str, anchor: str) -> None:
    found = one(text)
    assert (found.aim, found.target, found.anchor) == (Aim.LINK, target, anchor)


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://sea.example/quay.md)",
        "[x](mailto:pilot@sea.example)",
        "[x](//sea.example/quay.md)",
        "[x](/quay.md)",
        "[x]({base}/quay.md)",
        "[x](path/to/quay.md)",
        "[x](quay...md)",
        "[x](a%00b.md)",
        "`[x](quay.md)`",
        "```\n[x](quay.md) `docs/quay.md`\n```",
    ],
)
def test_addresses_placeholders_and_code_are_no_links(text: str) -> None:
    assert references(text) == []


def test_spans_mark_just_what_is_pointed_at() -> None:
    text = (
        "# A\n\n- See [quay](docs/quay.md) and\n  `src/pump.py:3`\n\n| a | b |\n|---|---|\n| `docs/lamp.md` | [l](lens.md) |\n"
    )
    assert [text[each.span.start : each.span.end] for each in read(text).references] == [
        "docs/quay.md",
        "src/pump.py:3",
        "docs/lamp.md",
        "lens.md",
    ]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("See `docs/quay.md`.", Stance.ASSERTED),
        ("The rules live in `docs/quay.md`.", Stance.ASSERTED),
        ("## Documentation\n\n- `docs/quay.md`", Stance.ASSERTED),
        ("`docs/quay.md` has rules", Stance.PLAIN),
        ("Create `docs/quay.md`, see above", Stance.HEDGED),
        ("## Files to create\n\nSee `docs/quay.md`", Stance.HEDGED),
        ("See `docs/quay.md` (deleted)", Stance.HEDGED),
        ("- [ ] See `docs/quay.md`", Stance.HEDGED),
        ("- [x] See `docs/quay.md`", Stance.ASSERTED),
        ("~~See `docs/quay.md`~~", Stance.HEDGED),
        ("**File**: `docs/quay.md`", Stance.PLAIN),
        ("| Created | Path |\n|---|---|\n| x | `docs/quay.md` |", Stance.HEDGED),
        ("Create the pier.\nSee `docs/quay.md`", Stance.ASSERTED),
    ],
)
def test_the_words_around_a_reference_tell_whether_it_is_there(text: str, stance: Stance) -> None:
    assert one(text).stance is stance


@pytest.mark.parametrize(
    ("after", "length"),
    [
        (" (662 lines)", 662),
        (" (1,204 lines, with tests)", 1204),
        (" - 12 lines", 12),
        (": 12 lines", 12),
        ("** (~40 lines)", 40),
        (" (+12 lines)", None),
        (" (12 lines added)", None),
        (" (12 tests)", None),
        (" (12/14 lines)", None),
        (" has 12 lines", None),
    ],
)
def test_a_length_stands_right_after_its_file(after: str, length: int | None) -> None:
    found = one(f"**`src/pump.py`{after}" if after.startswith("**") else f"`src/pump.py`{after}")
    assert (found.length and int(found.length.value)) == length


def test_a_file_may_be_called_this_one() -> None:
    assert one("`docs/STATE.md` (this file)").itself
    assert one("[s](STATE.md) — this document").itself
    assert not one("`docs/STATE.md` and this file").itself


def test_templates_and_regions_point_at_nothing() -> None:
    assert references("## Template\n\nSee `docs/quay.md`") == []
    marked = "<!-- docsync:begin a view='x' -->\n\nSee `docs/quay.md`\n\n<!-- docsync:end a -->\n".replace("'", '"')
    assert references(marked) == []


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("**Last Commit**: `3f2a9c1`", Stance.ASSERTED),
        ("Done in commit 3f2a9c1.", Stance.PLAIN),
        ("| commit `3f2a9c1` |\n|---|\n| commit `3f2a9c1` |", Stance.PLAIN),
        ("commit 3f2a9c1 was squashed", Stance.HEDGED),
    ],
)
def test_commits_are_named_as_such(text: str, stance: Stance) -> None:
    found = one(text)
    assert (found.aim, found.target, found.stance) == (Aim.COMMIT, "3f2a9c1", stance)


@pytest.mark.parametrize("text", ["`3f2a9c1`", "commit 1234567", "commit deadbeef", "commit 3f2a9c", "commit 3f2a9c1x"])
def test_hexadecimal_words_and_numbers_are_no_commits(text: str) -> None:
    assert references(text) == []


def positions(text: str) -> list[tuple[str, str, When]]:
    return [(each.label, each.number, each.when) for each in read(text).positions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Last Session**: Session 1 (2026-03-02)", ("session", "1", When.LAST)),
        ("**Next session**: 03", ("session", "3", When.NEXT)),
        ("**Current Phase**: Phase 2", ("phase", "2", When.CURRENT)),
        ("# State\n\n**Session**: 2 (continued)", ("session", "2", When.CURRENT)),
        ("- **Active sprint**: #4", ("sprint", "4", When.CURRENT)),
    ],
)
def test_keys_say_which_is_last_current_and_next(text: str, expected: tuple[str, str, When]) -> None:
    assert positions(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "**Next Session**: Continue with 4 lamps",
        "**Current Phase**: 3 of 7",
        "**Current Phase**: 3/7",
        "**Current Phase**: Session 3",
        "**Phases**: 3",
        "- **Session**: 2",
        "# A\n\n## B\n\n**Session**: 2",
        "## Session 1\n\n**Last session**: 1",
        "```\n**Last session**: 1\n```",
    ],
)
def test_other_values_lists_and_the_past_say_nothing_of_now(text: str) -> None:
    assert positions(text) == []


def test_anchors_are_those_that_html_and_headings_set() -> None:
    text = (
        '# A {#first}\n\n<a name="second"></a> text\n\n<div>\n<p id=third>x</p>\n</div>\n\n- <i id="fourth"></i>\n\na < b = c\n'
    )
    assert read(text).anchors == ("first", "second", "third", "fourth")


@pytest.mark.parametrize(
    "piece",
    ["`docs/quay.md` ", "[a](quay.md) ", "[", "](", "`", "commit 3f2a9c1 ", "<a id=", "~~`a/b.md`", "a/" * 50, "(1 lines) "],
)
def test_time_grows_with_the_text_alone(piece: str) -> None:
    def seconds(count: int) -> float:
        text = "# A\n\n" + piece * count
        start = time.process_time()
        read(text)
        return time.process_time() - start

    few, many = min(seconds(500) for _ in range(2)), seconds(4_000)
    assert many < 8 * 4 * few + 0.2
