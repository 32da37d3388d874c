from __future__ import annotations

import codecs
import os
import re
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsync.text.refusal import Refusal
from docsync.text.source import decode, read
from docsync.text.spans import Position, Span

NOT_LINE_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
PIECES = st.sampled_from(["\n", "\r\n", "\r", "a", "é", "🚢", "- [ ] sail", " ", "\ufeff", "a\u0301", "\x1b", *NOT_LINE_ENDS])
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def refused(raw: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        decode("plan.md", raw)
    return caught.value


@given(TEXTS, st.booleans())
def test_bytes_that_decode_encode_to_the_same_bytes(text: str, bom: object) -> None:
    raw = (codecs.BOM_UTF8 if bom else b"") + text.encode()
    assert decode("plan.md", raw).encode() == raw


@given(st.binary(max_size=60))
def test_any_bytes_are_kept_if_they_are_text_and_refused_if_not(raw: bytes) -> None:
    try:
        raw.decode()
        kept = not re.search(rb"\0|^\xff\xfe", raw)
    except UnicodeDecodeError:
        kept = False
    if kept:
        assert decode("plan.md", raw).encode() == raw
    else:
        assert refused(raw).code in {"DS001", "DS002"}


@given(TEXTS)
def test_lines_end_at_line_feeds_and_carriage_returns_alone(text: str) -> None:
    lines = decode("plan.md", text.encode()).lines
    text = text.removeprefix("\ufeff")
    spans = [lines.line_span(number) for number in range(1, lines.count + 1)]
    assert "".join(text[span.start : span.end] for span in spans) == text
    marked = text.replace("\r\n", "\r\n\0").replace("\n", "\n\0").replace("\n\0\0", "\n\0")
    marked = "".join(
        sign + "\0" if sign == "\r" and marked[at + 1 : at + 2] != "\n" else sign for at, sign in enumerate(marked)
    )
    assert [text[span.start : span.end] for span in spans] == marked.split("\0")


@given(TEXTS, st.data())
def test_a_position_leads_back_to_its_offset(text: str, data: st.DataObject) -> None:
    source = decode("plan.md", text.encode())
    offset = data.draw(st.integers(0, len(source.text)))
    position = source.lines.position(offset)
    span = source.lines.line_span(position.line)
    assert position.column >= 1
    assert span.start + position.column - 1 == offset
    assert offset < span.end or position.line == source.lines.count


def test_a_byte_order_mark_is_set_apart_and_counts_no_column() -> None:
    source = decode("plan.md", codecs.BOM_UTF8 + b"---\nkind: boat\n")
    assert source.bom
    assert source.text.startswith("---")
    assert source.lines.position(4) == Position(2, 1)
    assert source.encode("x") == codecs.BOM_UTF8 + b"x"


@pytest.mark.parametrize(
    ("text", "newline"),
    [
        ("", "\n"),
        ("no end", "\n"),
        ("a\nb\n", "\n"),
        ("a\r\nb\r\n", "\r\n"),
        ("a\rb\r", "\r"),
        ("a\r\nb\nc\r\n", "\r\n"),
        ("a\r\nb\nc\n", "\n"),
        ("a\nb\r\n", "\n"),
        ("a\r\nb\n", "\r\n"),
    ],
)
def test_the_commonest_line_end_is_the_files(text: str, newline: str) -> None:
    assert decode("plan.md", text.encode()).newline == newline


def test_a_slice_is_the_text_of_a_span() -> None:
    assert decode("plan.md", b"three boats").slice(Span(6, 11)) == "boats"


def test_latin_1_is_refused_with_the_byte_and_its_line() -> None:
    refusal = refused(b"first\r\nun caf\xe9\n")
    assert refusal.code == "DS001"
    assert "0xe9 at offset 13" in refusal.message
    assert refusal.lines
    assert refusal.lines.position(refusal.span.start) == Position(2, 7)


def test_the_offset_of_a_bad_byte_counts_the_byte_order_mark() -> None:
    assert "at offset 4" in refused(codecs.BOM_UTF8 + b"a\xff").message


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_refused_by_name(name: str) -> None:
    refusal = refused("\ufeffplan".encode(name))
    assert refusal.code == "DS002"
    assert name[:6].upper() in refusal.message


@pytest.mark.parametrize("raw", [b"a\nb\0c", "plän".encode("utf-16-le"), "plan".encode("utf-16-be")])
def test_nul_is_refused_where_it_stands(raw: bytes) -> None:
    refusal = refused(raw)
    assert refusal.code == "DS002"
    assert "NUL" in refusal.message
    assert refusal.span.start == raw.find(0)


def test_a_file_over_the_limit_is_refused_with_its_size() -> None:
    with pytest.raises(Refusal, match="has 11 bytes, over the limit of 10") as caught:
        decode("plan.md", b"a" * 11, max_bytes=10)
    assert caught.value.code == "DS003"
    assert decode("plan.md", b"a" * 10, max_bytes=10).text == "a" * 10


CONFLICT = "boats\n<<<<<<< HEAD\n3\n=======\n4\n>>>>>>> other\n"


@pytest.mark.parametrize("text", [CONFLICT, CONFLICT.replace("\n", "\r\n")])
def test_an_unresolved_merge_is_refused_at_its_first_marker(text: str) -> None:
    refusal = refused(text.encode())
    assert refusal.code == "DS004"
    assert text[refusal.span.start : refusal.span.end] == "<<<<<<< HEAD"
    assert decode("plan.md", text.encode(), conflicts=True).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Title\n=======\n",
        "<<<<<<< alone\n",
        ">>>>>>> b\n<<<<<<< a\n",
        "see `<<<<<<< a` and\n`>>>>>>> b`\n",
        "<<<<<<<\n>>>>>>>\n",
    ],
)
def test_what_only_looks_like_a_merge_is_text(text: str) -> None:
    assert decode("plan.md", text.encode()).text == text


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/plan.md").write_bytes(b"\xef\xbb\xbfa\r\n")
    source = read(str(tmp_path), "docs/plan.md")
    assert (source.path, source.text, source.bom, source.newline) == ("docs/plan.md", "a\r\n", True, "\r\n")


def test_a_file_over_the_limit_is_not_read_further(tmp_path: Path) -> None:
    with open(tmp_path / "plan.md", "wb") as stream:
        stream.truncate(1 << 40)  # a terabyte that takes no space
    with pytest.raises(Refusal, match="1,099,511,627,776 bytes") as caught:
        read(str(tmp_path), "plan.md")
    assert caught.value.code == "DS003"


def unreadable(root: Path, name: str, *, follow: bool = False) -> str:
    with pytest.raises(Refusal) as caught:
        read(str(root), name, follow=follow)
    assert caught.value.code == "DS005"
    return caught.value.message


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "zero.md").symlink_to("/dev/zero")
    assert "No such file" in unreadable(tmp_path, "missing.md")
    assert "not a regular file" in unreadable(tmp_path, "folder.md")
    assert "not a regular file" in unreadable(tmp_path, "pipe.md")
    assert "symbolic link" in unreadable(tmp_path, "zero.md")
    monkeypatch.chdir(tmp_path)  # a socket's path may not be long
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.md")
        assert unreadable(tmp_path, "socket.md")


def test_links_are_followed_only_when_asked_and_only_within_the_root(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret").write_text("s3cret")
    (root / "plan.md").write_text("boats")
    (root / "out.md").symlink_to("../secret")
    (root / "in.md").symlink_to("plan.md")
    (root / "loop.md").symlink_to("loop.md")
    assert "follow-links" in unreadable(root, "out.md")
    assert "follow-links" in unreadable(root, "in.md")
    assert "leads out" in unreadable(root, "out.md", follow=True)
    assert unreadable(root, "loop.md", follow=True)
    assert read(str(root), "in.md", follow=True).text == "boats"
