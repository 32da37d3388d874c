"""How one value of front matter is changed, and that nothing else is."""

from __future__ import annotations

import json
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsync.models.records import Json
from docsync.parser.frontmatter import read_front_matter, value_edit
from docsync.parser.yaml_scalars import Unwritable
from docsync.text.source import SourceFile, line_index


def source(text: str) -> SourceFile:
    newline = "\r\n" if "\r\n" in text else "\n"
    return SourceFile("plan.md", text, bom=False, newline=newline, lines=line_index(text))


def values(text: str) -> dict[str, Json]:
    found, _ = read_front_matter(source(text))
    assert found is not None
    return {key: entry.value for key, entry in found.entries.items()}


def edited(text: str, key: str, value: Json) -> str:
    file = source(text)
    found, _ = read_front_matter(file)
    assert found is not None
    edit = value_edit(file, found, key, value)
    return text[: edit.span.start] + edit.text + text[edit.span.end :]


def changed(body: str, key: str, value: Json) -> str:
    """Give the body of front matter after a change; what stands around it must be as it was."""
    after = edited(f"---\n{body}\n---\nrest: of the text\n", key, value)
    assert after.startswith("---\n")
    assert after.endswith("\n---\nrest: of the text\n")
    return after.removeprefix("---\n").removesuffix("\n---\nrest: of the text\n")


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("key: a # why", "b", "key: b # why"),
        ('key: "a" # why', "b", 'key: "b" # why'),
        ("key: 'a'", "it's", "key: 'it''s'"),
        ("key: 'a'", "one\ntwo", 'key: "one\\ntwo"'),
        ("key:   a", 7, "key:   7"),
        ("key: 7", 8, "key: 8"),
        ("key: '7'", "8", "key: '8'"),
        ("key: 7", "8", 'key: "8"'),
        ("key: a", True, "key: true"),
        ("key: a", None, "key: null"),
        ("key: a", 1.5, "key: 1.5"),
        ("key: 1.5", 2.25, "key: 2.25"),
        ("key: a", "no", 'key: "no"'),
        ("key: a", "1.10", 'key: "1.10"'),
        ("key: a", "22:22", 'key: "22:22"'),
        ("key: a", "2026-10-21", "key: 2026-10-21"),
        ("key: a", "2026-02-30", 'key: "2026-02-30"'),
        ("key: a", "~", 'key: "~"'),
        ("key: a", "", 'key: ""'),
        ("key: a", "b: c", 'key: "b: c"'),
        ("key: a", "b #c", 'key: "b #c"'),
        ("key: a", "# b", 'key: "# b"'),
        ("key: a", " b ", 'key: " b "'),
        ("key: a", "- b", 'key: "- b"'),
        ("key: a", "[b", 'key: "[b"'),
        ("key: a", "b, c]", "key: b, c]"),
        ("key: a", "*b*", 'key: "*b*"'),
        ("key: a", "&b", 'key: "&b"'),
        ("key: a", "!b", 'key: "!b"'),
        ("key: a", "---", "key: ---"),
        ("key: a", "é 😀", "key: é 😀"),
        ("key: a", "\x85\u2028\ufeff\x07", 'key: "\\u0085\\u2028\\ufeff\\u0007"'),
        ("key: a\n  b\nlast: x", "c", "key: c\nlast: x"),
        ("key:", "a", "key: a"),
        ("key: # why", "a", "key: a # why"),
        ("key:\nlast: x", ["a"], "key: [a]\nlast: x"),
        ("{key: a, last: x}", "b, c", '{key: "b, c", last: x}'),
        ("{key, last: x}", "b", "{key: b, last: x}"),
        ("{key: , last: x}", "b", "{key: b , last: x}"),
        ("? key\n: a", "b", "? key\n: b"),
        ("key: a", {"x": 1, "y z": ["b", "c, d"]}, 'key: {x: 1, y z: [b, "c, d"]}'),
        ("key: {x: 1} # why", "a", "key: a # why"),
        ("key:\n  x: 1\n  y: 2\nlast: z", "a", "key: a\nlast: z"),
        ("key:\n  # how\n  x: 1\nlast: z", 5, "key:\n  # how\n  5\nlast: z"),
        ("key: # how\n- x\nlast: z", 5, "key: 5 # how\nlast: z"),
        ("key: # how\n# and why\n- x\nlast: z", 5, "key: 5 # how\n# and why\nlast: z"),
    ],
)
def test_scalars(before: str, value: Json, after: str) -> None:
    assert changed(before, "key", value) == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("key: | # why\n  one\n  two\nlast: x", "three\nfour\n", "key: | # why\n  three\n  four\nlast: x"),
        ("key: |-\n    one\nlast: x", "a\n\nb", "key: |-\n    a\n\n    b\nlast: x"),
        ("key: |\n  one\nlast: x", "two", "key: |-\n  two\nlast: x"),
        ("key: |-\n  one", "two\n", "key: |\n  two"),
        ("key: >\n  one\n  two\nlast: x", "three\n", "key: >\n  three\nlast: x"),
        ("key: >-\n  one", "a\nb", "key: |-\n  a\n  b"),
        ("key: | # why\n  one\n\n\nlast: x", 5, "key: 5 # why\n\n\nlast: x"),
        ("key: |\n  one", " indented", 'key: " indented"'),
        ("key: |\nlast: x", "a\n", "key: |\n  a\nlast: x"),
        ("key: |+\n  one\n\nlast: x", "two\n\n", "key: |+\n  two\n\nlast: x"),
    ],
)
def test_block_scalars(before: str, value: Json, after: str) -> None:
    assert changed(before, "key", value) == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("key: [a, b]", ["a", "b", "c"], "key: [a, b, c]"),
        ("key: [a,b] # why", ["b"], "key: [b] # why"),
        ("key: [ a, 'b' ]", ["b", "c"], "key: [ 'b', c ]"),
        ("key: ['a', 'b']", ["a", "c"], "key: ['a', 'c']"),
        ("key: [a,  b, c]", ["a", "b"], "key: [a,  b]"),
        ("key: [a]", ["b", "c d", "e, f", "8", 9], 'key: [b, c d, "e, f", "8", 9]'),
        ("key: []", ["a"], "key: [a]"),
        ("key: [a]", [], "key: []"),
        ("key: [a, b]", "c", "key: c"),
        ("key: [\n  a, # first\n  b, # second\n]", ["a", "b", "c"], "key: [\n  a, # first\n  b,\n  c, # second\n]"),
        ("key: [\n  a, # first\n  b\n]", ["a"], "key: [\n  a, # first\n]"),
        ("key: [\n  a, # first\n  b\n]", ["b"], "key: [\n  b\n]"),
        ("key: [\n  a, # first\n  b,\n  c\n]", ["a", "c"], "key: [\n  a, # first\n  c\n]"),
        ("key: [{x: 1}, [b]]", [["b"], {"x": 1}], "key: [[b], {x: 1}]"),
        ("key: [a, a, b]", ["a", "b", "a"], "key: [a, b, a]"),
    ],
)
def test_lists_in_brackets(before: str, value: Json, after: str) -> None:
    assert changed(before, "key", value) == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("key:\n  - a\n  - b\nlast: x", ["a", "b", "c"], "key:\n  - a\n  - b\n  - c\nlast: x"),
        ("key:\n- a # one\n- b # two\nlast: x", ["b", "c"], "key:\n- b # two\n- c\nlast: x"),
        ("key: # all\n  - a\n  # above b\n  - b\n", ["b", "a"], "key: # all\n  # above b\n  - b\n  - a\n"),
        ("key:\n  - 'a'\n  - b", ["b", "c"], "key:\n  - b\n  - 'c'"),
        ("key:\n  - a\n  - b # two", ["a"], "key:\n  - a"),
        ("key:\n  - a\n\n  - b\n\n# end\nlast: x", ["a", "b", "c"], "key:\n  - a\n\n  - b\n  - c\n\n# end\nlast: x"),
        ("key:\n  - a\nlast: x", [], "key: []\nlast: x"),
        ("key:\n- a\nlast: x", [], "key: []\nlast: x"),
        ("key:\n  # all\n  - a\nlast: x", [], "key:\n  # all\n  []\nlast: x"),
        ("key:\n- a\nlast: x", "b", "key: b\nlast: x"),
        ("key:\n  - x: 1\n    y: 2\n  - b", ["b", {"x": 1, "y": 2}], "key:\n  - b\n  - x: 1\n    y: 2"),
        ("key:\n  - |\n    one\n    two\n  - b", ["b", "one\ntwo\n"], "key:\n  - b\n  - |\n    one\n    two"),
        ("key:\n  - a", ["no", "- b", 5, None, ["c"]], 'key:\n  - "no"\n  - "- b"\n  - 5\n  - null\n  - [c]'),
        ("key:\n  -\n  - b", [None, "c"], "key:\n  -\n  - c"),
        ("key:\n  - - a\n    - b\n  - c", ["c", "d"], "key:\n  - c\n  - d"),
    ],
)
def test_lists_with_dashes(before: str, value: Json, after: str) -> None:
    assert changed(before, "key", value) == after


@pytest.mark.parametrize(
    ("before", "key", "value", "after"),
    [
        ("a: b", "key", "c", "a: b\nkey: c"),
        ("a: b\n\n# end", "key", ["c"], "a: b\n\n# end\nkey: [c]"),
        ("  a: b", "key", 1, "  a: b\n  key: 1"),
        ("{a: b}", "key", "c, d", '{a: b, key: "c, d"}'),
        ("a: |+\n  b\n", "key", 1, "a: |+\n  b\n\nkey: 1"),
        ("a: b", "no", 1, 'a: b\n"no": 1'),
        ("a: b", "x: y", 1, 'a: b\n"x: y": 1'),
        ("a:\n  b: 1\nc: 2", "a.key", 3, "a:\n  b: 1\n  key: 3\nc: 2"),
        ("a:\n  b: 1\n  # end of a\nc: 2", "a.key", 3, "a:\n  b: 1\n  key: 3\n  # end of a\nc: 2"),
        ("a:\n  b: 1 # why\nc: 2", "a.b", 3, "a:\n  b: 3 # why\nc: 2"),
        ("a: {b: {c: 1}}", "a.b.c", "x", "a: {b: {c: x}}"),
        ("a: {b: {}}", "a.b.c", "x", "a: {b: {c: x}}"),
        ("a.b: 1\na:\n  b: 2", "a.b", 3, "a.b: 3\na:\n  b: 2"),
    ],
)
def test_keys_are_added_and_found_by_path(before: str, key: str, value: Json, after: str) -> None:
    assert changed(before, key, value) == after


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_new_lines_end_as_the_others_do(end: str) -> None:
    text = "---\nkey:\n  - a\nblock: |\n  x\n---\nbody\n".replace("\n", end)
    file = SourceFile("plan.md", text, bom=False, newline=end, lines=line_index(text))
    cases: tuple[tuple[str, Json, str], ...] = (
        ("key", ["a", "b"], "---\nkey:\n  - a\n  - b\nblock: |\n  x\n---\nbody\n"),
        ("block", "x\ny\n", "---\nkey:\n  - a\nblock: |\n  x\n  y\n---\nbody\n"),
        ("more", 1, "---\nkey:\n  - a\nblock: |\n  x\nmore: 1\n---\nbody\n"),
    )
    for key, value, after in cases:
        found, _ = read_front_matter(file)
        assert found is not None
        edit = value_edit(file, found, key, value)
        assert text[: edit.span.start] + edit.text + text[edit.span.end :] == after.replace("\n", end)


def test_what_is_there_already_stays() -> None:
    for body in ("key: a # why", "key: [a, b]", "key:\n- a\n- b", "key: |\n  a\n  b"):
        assert changed(body, "key", values(f"---\n{body}\n---\n")["key"]) == body


@pytest.mark.parametrize(
    ("body", "key", "value", "said"),
    [
        ("a: b", "a.c", 1, "a in a.c holds no keys"),
        ("a: b", "x.c", 1, "x in x.c holds no keys"),
        ("a: b", "a", float("nan"), "nan is no number"),
        ("a: b", "a", [float("inf")], "inf is no number"),
        ("a: b", "a", 10**18, "a cannot be set alone"),
        ("a: b", "", "x", "cannot be set alone"),
        ("? a", "a", "x", "cannot be set alone"),
        ("a:\n  ? b\n  : c", "a.x", "y", "cannot be set alone"),
    ],
)
def test_what_cannot_be_written_is_told(body: str, key: str, value: Json, said: str) -> None:
    with pytest.raises(Unwritable, match=said):
        changed(body, key, value)


def test_front_matter_of_another_text_is_told() -> None:
    found, _ = read_front_matter(source("---\nkey: a\n---\n"))
    assert found is not None
    for text in ("no front matter", "---\nkey: abc\n---\n"):
        with pytest.raises(Unwritable, match="no such front matter"):
            value_edit(source(text), found, "key", "b")


WORDS: Final = st.sampled_from(
    ["a", "b c", "no", "1.10", "22:22", "- x", "x: y", "é", "", " ", "#", "'", '"', "{", "a\nb\n", "7", "H1, H2"]
)
SCALARS: Final = WORDS | st.text(max_size=12) | st.integers(-(10**16), 10**16) | st.booleans() | st.none()
JSON: Final = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=5), inner, max_size=3),
    max_leaves=6,
)
BODIES: Final = st.lists(
    st.sampled_from(
        [
            "{}: plain # note",
            "{}: 'single'",
            '{}: "double"',
            "{}: 12",
            "{}:",
            "{}: # empty",
            "{}: [a, b, 'c'] # flow",
            "{}: [\n  a, # first\n  b\n]",
            "{}: []",
            "{}:\n  - a # one\n  # between\n  - b",
            "{}:\n- a\n- b",
            "{}: |\n  text\n\n  more",
            "{}: >-\n  folded\n  text",
            "{}: {{x: 1, y: [a]}}",
            "{}:\n  x: 1 # deep\n  y:\n    - z",
            "# about the next\n{}: word",
            "{}: long\n  plain",
        ]
    ),
    min_size=1,
    max_size=5,
).map(lambda forms: "\n".join(form.format(f"key{at}") for at, form in enumerate(forms)))


@settings(max_examples=60)
@given(BODIES, st.integers(0, 5), JSON, st.sampled_from(["\n", "\r\n"]))
def test_any_value_can_be_put_anywhere_and_nothing_else_moves(body: str, at: int, value: Json, end: str) -> None:
    text = f"---\n{body}\n---\nrest\n".replace("\n", end)
    key = f"key{at}"
    before = values(text)
    after_text = edited(text, key, value)
    after = values(after_text)
    assert json.dumps(after) == json.dumps(before | {key: value})
    assert after_text.endswith(f"---{end}rest{end}")
    for other in before.keys() - {key}:
        assert written(after_text, other) == written(text, other)
    assert edited(after_text, key, value) == after_text
    assert values(edited(after_text, key, before.get(key))) == {**after, key: before.get(key)}


def written(text: str, key: str) -> str:
    found, _ = read_front_matter(source(text))
    assert found is not None
    entry = found.entries[key]
    return text[entry.key_span.start : entry.value_span.end]
