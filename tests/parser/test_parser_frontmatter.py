"""What front matter says, and what is refused in it."""

from __future__ import annotations

import time
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docsync.models.document import FrontMatter
from docsync.models.records import Json
from docsync.parser.frontmatter import MAX_BYTES, read_front_matter, value_edit
from docsync.parser.yaml_scalars import Unwritable
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile, decode, line_index
from docsync.text.spans import Position

PATIENCE: Final = 5.0
"""In seconds: some hundred times what the slowest of these takes, and a thousandth of what PyYAML alone would."""


def source(text: str) -> SourceFile:
    return decode("plan.md", text.encode("utf-8"))


def front(text: str) -> FrontMatter:
    found, troubles = read_front_matter(source(text))
    assert found is not None
    assert troubles == ()
    return found


def values(text: str) -> dict[str, Json]:
    return {key: entry.value for key, entry in front(text).entries.items()}


def refusal(text: str) -> tuple[str, int, int, str]:
    """Give the code, line, column and message with which a text is refused."""
    with pytest.raises(Refusal) as caught:
        read_front_matter(source(text))
    error = caught.value
    assert error.lines is not None
    at = error.lines.position(error.span.start)
    return error.code, at.line, at.column, error.message


def test_each_key_has_its_place() -> None:
    text = "---\nid: H6 # why\n'blocked by': [H1, \"H2\"]\nlist:\n  - a b\n  - c\n---\nbody\n"
    found = front(text)
    file = source(text)
    assert file.slice(found.span) == text.removesuffix("body\n")
    places = {
        key: (file.slice(entry.key_span), file.slice(entry.value_span), [(item, file.slice(at)) for item, at in entry.items])
        for key, entry in found.entries.items()
    }
    assert places == {
        "id": ("id", "H6", []),
        "blocked by": ("'blocked by'", '[H1, "H2"]', [("H1", "H1"), ("H2", '"H2"')]),
        "list": ("list", "- a b\n  - c", [("a b", "a b"), ("c", "c")]),
    }


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("1.10", "1.10"),
        ("1e3", "1e3"),
        ("22:22", "22:22"),
        ("2026-10-21", "2026-10-21"),
        ("2026-10-21T08:00:00Z", "2026-10-21T08:00:00Z"),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("+5", "+5"),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("999999999999999999", 999999999999999999),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ('"12"', "12"),
        ("'true'", "true"),
        ("a\n  b", "a b"),
        ("|\n  a\n  b", "a\nb\n"),
        (">-\n  a\n  b", "a b"),
        ('"a\\tb\\u00e9\\ud83d\\ude00"', "a\tbé😀"),
        ("{a: {b: [1, x]}, c: }", {"a": {"b": [1, "x"]}, "c": None}),
        ("\n  deep:\n    er: 1", {"deep": {"er": 1}}),
        ("[[], {}]", [[], {}]),
    ],
)
def test_values_stay_what_their_author_wrote(written: str, value: Json) -> None:
    text = f"---\nkey: {written}\nlast: x\n---\n"
    assert values(text) == {"key": value, "last": "x"}


def test_keys_are_text() -> None:
    assert values('---\n1: a\ntrue: b\n"no": c\nnull: d\n? long key\n: e\n---\n') == {
        "1": "a",
        "true": "b",
        "no": "c",
        "null": "d",
        "long key": "e",
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Title\n",
        "---",
        "---\n",
        "---\n---\n",
        "---\n# a comment only\n---\n",
        "---\n\nSome text between two rules.\n\n---\n",
        "---\n\n**Status**: done\n\n---\n",
        "---\n\n- a list\n- of things\n\n---\n",
        "---\n\n# Title\n\nSome: text, and then: more.\n\n---\n",
        "---\nProse begins at once.\n\nAnd goes on.\n\n---\n",
        "---\n\nkey: but never closed\n",
        "----\nkey: value\n----\n",
        "--- \t\n",
        "---x\nkey: value\n---\n",
        "\n---\nkey: value\n---\n",
        " ---\nkey: value\n---\n",
        "---\n\n" + "words " * MAX_BYTES + "\n\n---\n",
        "***\nkey: value\n***\n",
    ],
)
def test_a_thematic_break_is_no_front_matter(text: str) -> None:
    assert read_front_matter(source(text)) == (None, ())


def test_a_mapping_after_a_blank_line_is_front_matter() -> None:
    assert values("---\n\n# who and what\n\nkey: value\n\n---\n") == {"key": "value"}
    assert values("---\n{key: value}\n---\n") == {"key": "value"}
    assert values("---\n  key: value\n  other: x\n---\n") == {"key": "value", "other": "x"}


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("---\nkey: value\n---\nbody", 19),
        ("---\nkey: value\n...\nbody", 19),
        ("---\nkey: value\n---", 18),
        ("---  \nkey: value\n---\t \nbody", 23),
        ("---\nkey: |\n  ---\n  ...\n---\nbody", 27),
        ("---\r\nkey: value\r\n---\r\nbody", 22),
        ("---\rkey: value\r---\rbody", 19),
        ("---\nkey: value\r\n---\r\nbody", 21),
    ],
)
def test_fences(text: str, end: int) -> None:
    assert front(text).span.start == 0
    assert front(text).span.end == end


def test_a_dashed_line_in_a_block_scalar_is_text() -> None:
    assert values("---\nkey: |\n  one\n  ---\n  two\n---\n") == {"key": "one\n---\ntwo\n"}


def test_a_byte_order_mark_stands_before_front_matter() -> None:
    assert values("\ufeff---\nkey: value\n---\n") == {"key": "value"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_gives_the_same_values_and_right_places(end: str) -> None:
    text = "---\nid: H1\nlist:\n- a\n- b\nblock: |\n  one\n  two\n---\n".replace("\n", end)
    assert values(text) == {"id": "H1", "list": ["a", "b"], "block": "one\ntwo\n"}
    entry = front(text).entries["block"]
    assert source(text).lines.position(entry.key_span.start) == Position(6, 1)


def test_what_only_old_yaml_takes_for_a_line_end_is_text() -> None:
    text = "---\na: x\u2028b\nc: \x85z\nd: 'q\u2029'\ne: \ue000\ufeff\nf: no\n---\n"
    assert values(text) == {"a": "x\u2028b", "c": "\x85z", "d": "q\u2029", "e": "\ue000\ufeff", "f": "no"}
    entry = front(text).entries["f"]
    assert source(text).lines.position(entry.value_span.start) == Position(6, 4)
    assert refusal("---\na: x\u2028b: y\n---\n")[0] == "DS010"


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        ("---\nid: {{ID}}\n---\nbody", "DS010", "template"),
        ("---\n{% if x %}\nid: H1\n{% endif %}\nkind: hole\n---\nbody", "DS010", "template"),
        ("---\nid: H1\nfrom:\n  - {papers}/a.md\n---\nbody", "DS010", "template"),
        ("---\nname: pilot\ndescription: Say: ahoy\n---\nbody", "DS010", "another tool's"),
        ("---\ndescription: lamps\nglobs: *lamps\n---\nbody", "DS013", "another tool's"),
    ],
)
def test_what_is_no_record_s_front_matter_is_left_alone_and_noted(text: str, code: str, reason: str) -> None:
    found, troubles = read_front_matter(source(text))
    assert found is not None
    assert (found.entries, text[found.span.end :]) == ({}, "body")
    assert [(trouble.code, trouble.is_note) for trouble in troubles] == [(code, True)]
    assert reason in troubles[0].message
    with pytest.raises(Unwritable):
        value_edit(source(text), found, "name", "tug")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_front_matter_that_runs_on_into_the_text_is_told(end: str) -> None:
    text = "---\nid: H1\nstatus: open\n\n\n# Berths\n\nWho comes first.\n\n---\n".replace("\n", end)
    code, line, _, message = refusal(text)
    assert (code, line) == ("DS010", 10)
    assert message.endswith("; perhaps the closing --- is missing above line 6")
    assert "perhaps" not in refusal("---\nid: H1\n# why\nstatus: [a\n---\n")[3]


@pytest.mark.parametrize("text", ["---\nname: a\nname: b\n---\n", "---\nname: a\nkind: {a: b: c}\n---\n"])
def test_a_name_excuses_neither_a_key_given_twice_nor_a_record(text: str) -> None:
    assert refusal(text)[0] in {"DS010", "DS012"}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("---\nkey: value\n", "DS011", 1, 1),
        ("---\nkey: value\n ---\n", "DS011", 1, 1),
        ("---\n\tkey: value\n---\n", "DS010", 2, 1),
        ("---\nkey:\tvalue\n---\n", "DS010", 2, 5),
        ("---\nkey: [a\n---\n", "DS010", 3, 1),
        ("---\r\nkey: a: b\r\n---\r\n", "DS010", 2, 7),
        ("---\nkey: 'a\n---\n", "DS010", 3, 1),
        ("---\nkey: a\nlone\n---\n", "DS010", 4, 1),
        ("---\nkey: a\n--- b\n---\n", "DS010", 3, 1),
        ("---\nkey: \x07\n---\n", "DS010", 2, 6),
        ('---\nkey: "\\UFFFFFFFF"\n---\n', "DS010", 2, 1),
        ("---\nkey: @a\n---\n", "DS010", 2, 6),
        ("---\nkey: *very* good\n---\n", "DS010", 2, 11),
        ("---\n? [a]\n: b\n---\n", "DS010", 2, 3),
        ("---\nkey: a\n: b\n---\n", "DS010", 3, 1),
        ('---\n"\\ud83d": b\n---\n', "DS010", 2, 1),
        ("---\nkey: &a b\n---\n", "DS013", 2, 6),
        ("---\nkey: &a [b]\n---\n", "DS013", 2, 6),
        ("---\nkey: *a\n---\n", "DS013", 2, 6),
        ("---\n&a key: b\n---\n", "DS013", 2, 1),
        ("---\n<<: {a: b}\n---\n", "DS013", 2, 1),
        ("---\nkey: {<<: {a: b}}\n---\n", "DS013", 2, 7),
        ("---\nkey: !own b\n---\n", "DS013", 2, 6),
        ("---\nkey: !!python/object/apply:os.system [ls]\n---\n", "DS013", 2, 6),
        ("---\nkey: ! b\n---\n", "DS013", 2, 6),
        ("---\n- a\n- b\n---\n", "DS014", 2, 1),
        ("---\njust words\n---\n", "DS014", 2, 1),
        ("---\n[a, b]\n---\n", "DS014", 2, 1),
        ("---\nkey: a\nother: b\nkey: c\n---\n", "DS012", 4, 1),
        ('---\nkey:\n  in: a\n  "in": b\n---\n', "DS012", 4, 3),
        ("---\n\nkey: a\n\nkey: c\n---\n", "DS012", 5, 1),
        (f"---\nkey: {'a' * MAX_BYTES}\n---\n", "DS015", 1, 1),
        (f"---\nkey: {'é' * (MAX_BYTES // 2)}\n---\n", "DS015", 1, 1),
        (f"---\nkey: {'[' * 100}{']' * 100}\n---\n", "DS015", 2, 105),
        (f"---\nkey: {'{a: ' * 100}{'}' * 100}\n---\n", "DS015", 2, 399),
    ],
)
def test_refused_at_the_place(text: str, code: str, line: int, column: int) -> None:
    assert refusal(text)[:3] == (code, line, column)


def test_a_key_given_twice_names_both_lines() -> None:
    text = "---\nkey: a\nother: b\nkey: c\n---\n"
    assert refusal(text)[3] == "the key key is given twice, on line 2 and on line 4"
    with pytest.raises(Refusal) as caught:
        read_front_matter(source(text))
    assert [(source(text).lines.line(span.start), said) for span, said in caught.value.related] == [(2, "given here first")]


def test_what_stands_before_front_matter_counts_for_lines_and_the_mark_does_not() -> None:
    assert refusal("\ufeff---\n# a comment\nkey: [\n---\n")[1:3] == (4, 1)


def test_up_to_the_limits_is_read() -> None:
    assert len(str(values(f"---\nkey: {'a' * (MAX_BYTES - 6)}\n---\n")["key"])) == MAX_BYTES - 6
    deep = values(f"---\nkey: {'[' * 98}x{']' * 98}\n---\n")["key"]
    for _ in range(98):
        assert isinstance(deep, list)
        (deep,) = deep
    assert deep == "x"


@pytest.mark.parametrize(
    ("written", "value", "said"),
    [
        ("2026-02-30", "2026-02-30", "key: there is no day 2026-02-30"),
        ("2026-13-01T10:00:00Z", "2026-13-01T10:00:00Z", "key: there is no day 2026-13-01"),
        ("1" * 10_000, "1" * 10_000, "key: an integer of 10000 digits; quote it to keep it as text"),
        ("-" + "1" * 19, "-" + "1" * 19, "key: an integer of 19 digits; quote it to keep it as text"),
        (".NaN", ".NaN", "key: .NaN is no number; quote it to keep it as text"),
        ("-.inf", "-.inf", "key: -.inf is no number; quote it to keep it as text"),
        ("{in: [a, .nan]}", {"in": ["a", ".nan"]}, "key.in: .nan is no number; quote it to keep it as text"),
        ('"\\ud83d"', '"\\ud83d"', "key: half of an escaped character"),
    ],
)
def test_a_value_that_is_not_what_it_looks_like_is_kept_and_told(written: str, value: Json, said: str) -> None:
    text = f"---\nfirst: x\nkey: {written}\nlast: y\n---\n"
    found, troubles = read_front_matter(source(text))
    assert found is not None
    assert {key: entry.value for key, entry in found.entries.items()} == {"first": "x", "key": value, "last": "y"}
    (trouble,) = troubles
    assert (trouble.code, trouble.message) == ("DS016", said)
    assert source(text).lines.position(trouble.span.start).line == 3
    assert source(text).slice(trouble.span) in written


@pytest.mark.parametrize("written", ["2024-02-29", '"2026-02-30"', "'.nan'", f'"{"1" * 30}"', "2026-2-3"])
def test_a_good_or_quoted_value_is_no_trouble(written: str) -> None:
    assert values(f"---\nkey: {written}\n---\n")["key"] == written.strip("\"'")


def nested_merges(levels: int) -> str:
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{at}: &a{at} {{<<: [*a{at - 1}, *a{at - 1}, *a{at - 1}]}}" for at in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (nested_merges(12), "DS013"),
        (f"key: {'[' * 50_000}{']' * 50_000}", "DS015"),
        (f"key: {'[' * 50_000}", "DS015"),
        (f"key: {'{a: ' * 16_000}", "DS015"),
        (f"key: {'{' * 60_000}", "DS015"),
        ("key:\n" + "- " * 30_000, "DS015"),
        ("? " * 30_000, "DS015"),
        ("key:\n" + "".join(f"{' ' * depth}k:\n" for depth in range(1, 200)), "DS015"),
        ("key: " + "!a " * 20_000, "DS013"),
        ('key: "' + "\\x" * 30_000, "DS010"),
        ("key: '" + "''" * 30_000, "DS010"),
        ("key: >\n" + " \n" * 30_000 + "x", "DS010"),
        ("%" * 60_000, None),
        ("key: " + "\ue000\x85" * 10_000 + "\nkey: ", "DS012"),
        ("\n".join(f"k{at}: v" for at in range(7_000)) + "\nk0: v", "DS012"),
    ],
    ids=range(15),
)
def test_hostile_input_is_refused_in_little_time(body: str, code: str | None) -> None:
    text = f"---\nid: H1\n{body}\n---\n"
    started = time.process_time()
    with pytest.raises(Refusal) as caught:
        read_front_matter(source(text))
    assert time.process_time() - started < PATIENCE
    assert caught.value.code == (code or "DS010")


def test_a_large_file_without_front_matter_is_looked_at_once() -> None:
    for body in ("\n" * 1_900_000, "# x\r\n" * 380_000, " " * 1_900_000, "a" + " " * 1_900_000):
        text = f"---\n{body}"
        started = time.process_time()
        assert read_front_matter(source(text)) == (None, ())
        assert time.process_time() - started < PATIENCE


YAMLISH: Final = st.lists(
    st.sampled_from(
        [
            *("key", "id", "a b", ":", ": ", "- ", "? ", "\n", "\n", "\n  ", "\r\n", "\r", " ", "\t", "#", " # note", "'", '"'),
            *("[", "]", "{", "}", ",", ", ", "|", ">", "|-\n  x", "&a", "*a", "!", "!!int", "<<", "%", "@", "`", "---", "..."),
            *("1", "1.10", "no", "true", "2026-02-30", "~", "\\", "\\u", "\\ud83d", "é", "😀", "\x07"),
            *("\x85", "\u2028", "\ufeff"),
        ]
    ),
    max_size=30,
).map("".join)


@given(YAMLISH | st.text(max_size=40))
@example("key: x\n- y")
@example("\u2028")
@example("key: \\")
def test_any_text_is_read_or_refused(body: str) -> None:
    for text in (f"---\n{body}\n---\n", f"---\nid: x\n{body}\n---\nrest", f"---\n{body}", body):
        file = SourceFile("plan.md", text, bom=False, newline="\n", lines=line_index(text))
        outcome = read_or_refused(file)
        if isinstance(outcome, Refusal):
            assert outcome.code in {"DS010", "DS011", "DS012", "DS013", "DS014", "DS015"}
            assert 0 <= outcome.span.start <= outcome.span.end <= len(text)
            assert outcome.lines == file.lines
        elif outcome:
            assert_places_hold(file, outcome)


def read_or_refused(file: SourceFile) -> FrontMatter | Refusal | None:
    try:
        found, troubles = read_front_matter(file)
    except Refusal as refused:
        return refused
    assert {trouble.code for trouble in troubles if not trouble.is_note} <= {"DS016"}
    assert {trouble.code for trouble in troubles if trouble.is_note} <= {"DS010", "DS013"}
    return found


def assert_places_hold(file: SourceFile, found: FrontMatter) -> None:
    """Check that every span holds what it is said to hold, by reading it again on its own."""
    at = found.span.start
    for key, entry in found.entries.items():
        assert at <= entry.key_span.start < entry.key_span.end <= entry.value_span.start <= entry.value_span.end
        assert entry.value_span.end <= found.span.end
        at = entry.value_span.end
        written = file.slice(entry.key_span)
        assert written == key or written[0] in "'\"|>" or "\n" in written or "\r" in written
        if isinstance(entry.value, int) and not isinstance(entry.value, bool):
            assert int(file.slice(entry.value_span)) == entry.value
        assert all(entry.value_span.contains(span) for _, span in entry.items)
