from __future__ import annotations

import codecs
import time
from pathlib import Path

import pytest
from hostile import FRESH, GOOD, OLD, REGION, RIGHT, Place


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Place:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Place(tmp_path, capsys)


def headed(front_matter: str) -> str:
    """Give a document with front matter and a region."""
    return f"---\n{front_matter}\n---\n\n# Odd\n\n{REGION}"


REFUSED: dict[str, tuple[str | bytes, str]] = {
    "latin-1": (b"# caf\xe9\n" + REGION.encode(), "1:6 error DS001"),
    "a bad byte after a byte order mark": (codecs.BOM_UTF8 + b"# \xff\n" + REGION.encode(), "1:3 error DS001"),
    "half a character at the end": (REGION.encode() + b"\xe2\x82", "7:1 error DS001"),
    "a surrogate in UTF-8": (REGION.encode() + b"\xed\xa0\x80", "7:1 error DS001"),
    "NUL": (f"# a\n\0\n{REGION}", "2:1 error DS002"),
    "too large": (REGION + "y" * 2_000_000, "1:1 error DS003"),
    "a merge conflict": (f"<<<<<<< HEAD\na\n=======\nb\n>>>>>>> theirs\n\n{REGION}", "1:1 error DS004"),
    "a merge conflict with its base": (f"# a\n<<<<<<< o\na\n||||||| b\n=======\nb\n>>>>>>> t\n\n{REGION}", "2:1 error DS004"),
    "a merge conflict in a fence": (f"```\n<<<<<<< o\na\n=======\nb\n>>>>>>> t\n```\n\n{REGION}", "2:1 error DS004"),
    "a merge conflict without names": (f"# a\n\n<<<<<<<\na\n=======\nb\n>>>>>>>\n\n{REGION}", "3:1 error DS004"),
    "a merge conflict with CRLF": (f"<<<<<<< o\r\na\r\n=======\r\nb\r\n>>>>>>> t\r\n\r\n{REGION}", "1:1 error DS004"),
    "a merge conflict in a region": (REGION.replace(OLD, "<<<<<<< o\na\n=======\nb\n>>>>>>> t\n"), "3:1 error DS004"),
    "a tab in front matter": (headed("a:\n\tb: 1"), "3:1 error DS010"),
    "front matter that is no YAML": (headed("a: [1"), "3:1 error DS010"),
    "front matter that never ends": (f"---\nkind: hole\nid: H9\n\n{REGION}", "1:1 error DS011"),
    "a key given twice": (headed("id: a\nid: b"), "3:1 error DS012"),
    "a key given twice further down": (headed("a:\n  b: 1\n  b: 2"), "4:3 error DS012"),
    "an alias": (headed("a: &x 1\nb: *x"), "2:4 error DS013"),
    "an anchor": (headed("a: &x 1"), "2:4 error DS013"),
    "a merge key": (headed("<<: {a: 1}"), "2:1 error DS013"),
    "a tag that would run code": (headed("a: !!python/object/apply:os.getcwd []"), "2:4 error DS013"),
    "a tag of one's own": (headed("a: !sum 1"), "2:4 error DS013"),
    "a list": (headed("- a\n- b"), "2:1 error DS014"),
    "a scalar": (headed("harbour"), "2:1 error DS014"),
    "nested too deeply": (headed("a: " + "[" * 200 + "]" * 200), "2:103 error DS015"),
    "nested far too deeply": (headed("a: " + "[" * 60_000), "2:103 error DS015"),
    "over 64 KiB": (headed("a: " + "x" * 70_000), "1:1 error DS015"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_and_the_rest_is_done(place: Place, name: str) -> None:
    content, finding = REFUSED[name]
    place.plant(content)
    before = place.odd
    walked = place.docsync("check")
    assert (walked.code, walked.of_odd) == (1, [finding])
    assert "good.md:3:1: error DS601" in walked.text
    named = place.docsync("check", "odd.md")
    assert (named.code, named.of_odd) == (2, [finding])
    written = place.docsync("regenerate")
    assert (written.code, written.of_odd) == (2, [finding])
    assert (place.odd, place.good) == (before, RIGHT)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_text_is_refused_by_name(place: Place, encoding: str) -> None:
    place.plant(GOOD.encode(encoding))
    assert [finding.split()[-1] for finding in place.docsync("check").of_odd] == ["DS002"]
    said = place.docsync("check", "odd.md")
    assert said.code == 2
    assert encoding.upper()[:6] in said.text
    assert place.docsync("regenerate", "odd.md").code == 2
    assert place.odd == GOOD.encode(encoding)


MALFORMED = {
    "unclosed": (REGION.replace("<!-- docsync:end all -->\n", ""), "1:1"),
    "orphan": ("# a\n\n<!-- docsync:end all -->\n", "3:1"),
    "nested": (f'<!-- docsync:begin out view="status-table" -->\n\n{REGION}\n<!-- docsync:end out -->\n', "3:1"),
    "twice": (f"{REGION}\n{REGION}", "8:1"),
    "crossed": (REGION.replace("end all", "end other"), "6:1"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_markers_that_do_not_match_are_refused_and_the_rest_is_done(place: Place, name: str) -> None:
    text, where = MALFORMED[name]
    place.plant(text)
    found = f"{where} error DS602"
    assert found in place.docsync("check").of_odd
    written = place.docsync("regenerate")
    assert written.code == 2
    assert found in written.of_odd
    assert (place.odd, place.good) == (text.encode(), RIGHT)


@pytest.mark.parametrize(("name", "other"), [("nested", "odd.md:1:1"), ("twice", "odd.md:1:1")])
def test_of_two_markers_that_clash_both_are_named(place: Place, name: str, other: str) -> None:
    place.plant(MALFORMED[name][0])
    assert f"= {other}: " in place.docsync("check").text


TEXT = {
    "empty": "",
    "blank": "\n \n\n",
    "without a last line end": "# Odd",
    "in a fence": f"```\n{REGION}```\n",
    "in a fence of tildes": f"~~~~\n{REGION}~~~~\n",
    "indented": "".join(f"    {line}\n" for line in REGION.split("\n")),
    "in code": "Write `<!-- docsync:begin all -->` first.\n",
    "inside another comment": "<!-- like <!-- docsync:begin all\n",
    "a thematic break": "---\n\nHarbour\n",
    "one half of a conflict": "<<<<<<< HEAD\n",
    "no markers at all": "# Odd\n\n| ID | Title |\n| --- | --- |\n| H1 | Buoy |\n",
    "a region that another tool keeps": f"<!-- toc -->\n\n{REGION}\n<!-- tocstop -->\n",
    "a region in the output of a program": f"<!-- [[[cog\nprint()\n]]] -->\n\n{REGION}\n<!-- [[[end]]] -->\n",
}


@pytest.mark.parametrize("name", TEXT)
def test_what_is_only_text_stays_as_it_is(place: Place, name: str) -> None:
    place.plant(TEXT[name])
    assert place.docsync("check", "odd.md").of_odd == []
    assert place.docsync("regenerate").code == 0
    assert (place.odd, place.good) == (TEXT[name].encode(), RIGHT)


STRANGE = "\u2028 \u2029 \x0b \x0c \x1c \x85 e\u0301 \u212b \ufb01 \u202e \u200d \ufeff"
KEPT = {
    "CRLF": "\r\n",
    "lone CR": "\r",
    "LF": "\n",
}


@pytest.mark.parametrize("newline", KEPT.values(), ids=KEPT.keys())
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8], ids=["plain", "marked"])
@pytest.mark.parametrize("front_matter", ["", "---\ntitle: Odd # kept\nid: 'O-1'\n---\n"], ids=["bare", "headed"])
def test_every_byte_around_a_region_is_kept(place: Place, newline: str, mark: bytes, front_matter: str) -> None:
    around = f"{front_matter}# {STRANGE}\n\ntwo  \nlines\\\n\n{{}}\n{STRANGE}"
    before, after = (around.format(REGION.replace(OLD, text)).replace("\n", newline) for text in (OLD, FRESH))
    place.plant(mark + before.encode())
    said = place.docsync("regenerate")
    assert (said.code, said.errors) == (0, "")
    assert place.odd == mark + after.encode()


def test_mixed_line_ends_stay_outside_a_region_and_are_its_own_inside(place: Place) -> None:
    place.plant("# a\r\n\nb\r\rc\r\n" + REGION.replace("\n", "\r\n") + "\nd\re")
    assert place.docsync("regenerate").code == 0
    assert place.odd == ("# a\r\n\nb\r\rc\r\n" + REGION.replace(OLD, FRESH).replace("\n", "\r\n") + "\nd\re").encode()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_the_parser_counts(place: Place, newline: str) -> None:
    lines = ["# a", "", "\x0b \x0c \x1c \x85 \u2028 x", "", "So far 3/4 berths (60%) are built.", ""]
    place.plant(newline.join(lines))
    assert [finding[:4] for finding in place.docsync("check").of_odd] == ["5:8 "]


@pytest.mark.parametrize("prefix", ["> ", "  "])
def test_a_region_in_a_quote_or_a_list_keeps_its_prefix(place: Place, prefix: str) -> None:
    def within(body: str) -> str:
        lines = REGION.replace(OLD, body).split("\n")
        return ("" if prefix == "> " else "- item\n\n") + "".join(f"{prefix}{line}".rstrip() + "\n" for line in lines)

    place.plant(within(OLD))
    assert place.docsync("regenerate").code == 0
    assert place.odd == within(FRESH).encode()


VALUES = {
    "a day that is none": ("created: 2024-13-77", "4:10"),
    "ten thousand digits": (f"estimate: {'9' * 10_000}", "4:11"),
    "no number": ("estimate: .nan", "4:11"),
    "without end": ("estimate: .inf", "4:11"),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_bad_value_is_a_finding_at_its_key(place: Place, name: str) -> None:
    entry, where = VALUES[name]
    place.plant(f"---\nkind: hole\nid: H2\n{entry}\ntitle: T\nstatus: pending\n---\n\n# H2: T\n\n{REGION}")
    said = place.docsync("check")
    assert (said.code, f"{where} error DS016" in said.of_odd) == (1, True)
    assert f"{entry.split(':')[0]}: " in said.text
    assert place.docsync("regenerate").code in {0, 1}
    assert f"{entry}\n".encode() in place.odd
    assert b"| H2 " in place.odd


@pytest.mark.parametrize(
    "front_matter",
    [
        "---  \nkind: hole\nid: H2\ntitle: T\nstatus: pending\n---\t\n",
        "---\nkind: hole\nid: H2\ntitle: T\nstatus: pending\n...\n",
        "---\nkind: hole\nid: H2\ntitle: T\nstatus: pending\nsummary: |\n  a\n  ---\n  b\n---\n",
    ],
)
def test_front_matter_may_end_in_several_ways(place: Place, front_matter: str) -> None:
    place.plant(f"{front_matter}\n# H2: T\n\n{REGION}")
    assert place.docsync("regenerate").code == 0
    assert b"| H2  | T " in place.odd


def test_words_that_other_readers_of_yaml_change_stay_words(place: Place) -> None:
    table = REGION.replace("id,title", "id,title,assignee,summary")
    place.plant(f"---\nkind: hole\nid: H2\ntitle: no\nstatus: pending\nassignee: 22:22\nsummary: 1.10\n---\n\n{table}")
    place.docsync("regenerate")
    (row,) = (line for line in place.odd.decode().split("\n") if line.startswith("| H2 "))
    assert [cell.strip() for cell in row.split("|")[2:5]] == ["no", "22:22", "1.10"]


def test_no_sign_of_a_document_steers_a_terminal(place: Place) -> None:
    steering = "\x1b[31m \x1b]0;x\x07 \x08 \x9b2J \u202e \u2066 \u200f"
    place.plant(f"# {steering}\n\nSo far {steering} 3/4 berths (60%) are built.\n\n{REGION}")
    said = place.docsync("check", "odd.md")
    assert "3/4 is 60%" in said.text
    assert "\\x1b[31m" in said.text
    assert not set(steering) - {" "} - set("[31m]0;x2J") & set(said.text)
    assert place.docsync("regenerate").code == 0
    assert steering.encode() in place.odd


def test_no_line_of_output_begins_with_a_command_for_a_workflow(place: Place) -> None:
    place.plant("::error::x So far 3/4 berths (60%) are built.\n\n## ::stop-commands::x\n\n- ::warning::y 1/2 done (60%)\n")
    for arguments in (("check",), ("check", "--show-evidence"), ("regenerate", "--check"), ("check", "::error::x.md")):
        said = place.docsync(*arguments)
        assert not [line for line in (said.text + said.errors).splitlines() if line.lstrip().startswith("::")]


@pytest.mark.parametrize("fix", ["--unsafe", "--overwrite-edited"])
def test_what_another_tool_keeps_is_neither_judged_nor_written(place: Place, fix: str) -> None:
    text = "# Odd\n\n<!-- [[[cog\nprint()\n]]] -->\n\nSo far 3/4 berths (60%) are built.\n\n<!-- [[[end]]] -->\n"
    place.plant(text)
    assert place.docsync("check", "odd.md").of_odd == []
    assert place.docsync("regenerate", fix).code == 0
    assert place.odd == text.encode()


BIG = {
    "a line of a megabyte": "word " * 200_000 + "\n",
    "ten thousand quotes": ">" * 10_000 + " x\n",
    "a thousand lists": "".join(" " * 2 * depth + "- x\n" for depth in range(900)),
    "many brackets": "[" * 100_000 + "\n",
    "many stars": "*a " * 100_000 + "\n",
    "many rows": "| a | b |\n| - | - |\n" + "| 1 | 2 |\n" * 20_000,
    "many columns": "|" + " a |" * 20_000 + "\n|" + " - |" * 20_000 + "\n",
    "many fences": "```\n" * 20_001,
    "many comments": "<!-- x\n" * 20_000,
    "many fractions": "3/4 (75%) " * 5_000 + "\n",
    "many headings": "# a\n\n" * 10_000,
    "many ids": "H1 " * 30_000 + "\n",
}


@pytest.mark.parametrize("name", BIG)
def test_what_is_large_or_deep_is_read_in_bounded_time(place: Place, name: str) -> None:
    place.plant(BIG[name])
    started = time.process_time()
    assert place.docsync("check", "odd.md").code in {0, 1}
    # Seconds of work, whatever else the machine does; what is quadratic takes minutes.
    assert time.process_time() - started < 30
