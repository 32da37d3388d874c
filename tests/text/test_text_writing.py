"""What is written is exactly what was planned, and everything else about the file stays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from boat_plans import DONE, START, lay_out, plans, tree, write_boats
from hypothesis import given
from hypothesis import strategies as st

from docsync.text import exchange
from docsync.text.edits import Edit, Lost, Overlap
from docsync.text.leftovers import part_name
from docsync.text.source import SourceFile, decode, read
from docsync.text.spans import Span
from docsync.text.writing import Plan, Written, write_all


@pytest.fixture(scope="module", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root").mkdir()
    return tmp_path / "root"


def replace(root: Path, old: str, new: str, name: str = "plan.md") -> Plan:
    source = read(str(root), name)
    at = source.text.index(old)
    return Plan(name, source, (Edit(Span(at, at + len(old)), new),))


def write(root: Path, plan: Plan) -> Written:
    (written,) = write_all(str(root), [plan])
    return written


@pytest.mark.parametrize(
    "raw",
    [
        b"boats: 3\r\nsails: 4\r\n",
        b"boats: 3\nsails: 4\r\nmasts: 5\rno end",
        b"boats: 3\rsails: 4\r",
        b"\xef\xbb\xbf---\r\nkind: fleet\r\n---\r\nboats: 3",
        "boats: 3 \x0b\x0c\x1c\x85\u2028\u2029 cafe\u0301 caf\u00e9 \x1b[0m \u202e\n".encode(),
        b"\n\n  \nboats: 3\n\n\n\n",
        b"boats: 3",
    ],
)
def test_every_byte_outside_the_edit_is_kept(root: Path, raw: bytes) -> None:
    (root / "plan.md").write_bytes(raw)
    written = write(root, replace(root, "3", "twelve"))
    assert (written.changed, written.refusal) == (True, None)
    assert (root / "plan.md").read_bytes() == raw.replace(b"3", b"twelve")
    assert written.text == read(str(root), "plan.md").text


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), st.data())
def test_any_text_is_written_as_it_is(tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject) -> None:
    root = tmp_path_factory.mktemp("root")
    (root / "plan.md").write_bytes(text.encode())
    source = read(str(root), "plan.md")
    start = data.draw(st.integers(0, len(source.text)))
    end = data.draw(st.integers(start, len(source.text)))
    write(root, Plan("plan.md", source, (Edit(Span(start, end), "5"),)))
    assert (root / "plan.md").read_bytes() == source.encode(source.text[:start] + "5" + source.text[end:])


def test_a_large_file_is_written_whole(root: Path) -> None:
    text = "boats: 3\n" + "a line of water\n" * 100_000
    (root / "plan.md").write_text(text)
    assert write(root, replace(root, "3", "4")).changed
    assert (root / "plan.md").read_text() == text.replace("3", "4")


def test_nothing_to_do_changes_no_time_and_no_inode(root: Path) -> None:
    (root / "plan.md").write_bytes(b"boats: 3\n")
    before = (root / "plan.md").stat(), root.stat()
    assert write(root, replace(root, "3", "3")) == Written("plan.md", changed=False, text="boats: 3\n")
    after = (root / "plan.md").stat(), root.stat()
    for was, now in zip(before, after, strict=True):
        assert (was.st_ino, was.st_mtime_ns, was.st_ctime_ns) == (now.st_ino, now.st_mtime_ns, now.st_ctime_ns)


def test_nothing_to_do_is_no_reason_to_refuse_a_file(root: Path) -> None:
    (root / "plan.md").write_bytes(b"boats: 3\n")
    os.link(root / "plan.md", root / "twin.md")
    (root / "plan.md").chmod(0o444)
    assert write(root, replace(root, "3", "3")).refusal is None


def test_a_file_that_has_the_temporary_name_is_not_overwritten(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "plan.md").write_bytes(b"boats: 3\n")
    monkeypatch.setattr(os, "urandom", bytes)
    (root / part_name()).write_text("somebody else's")
    refused = write(root, replace(root, "3", "4")).refusal
    assert refused
    assert refused.code == "DS006"
    assert (root / part_name()).read_text() == "somebody else's"
    assert (root / "plan.md").read_bytes() == b"boats: 3\n"


def test_nothing_planned_is_nothing_written(root: Path) -> None:
    assert write_all(str(root), []) == ()


def test_several_files_are_written_in_the_order_of_the_plans(root: Path) -> None:
    lay_out(str(root))
    assert [one["path"] for one in write_boats(str(root))] == list(START)
    assert tree(str(root)) == DONE


@pytest.mark.parametrize(
    ("edits", "fault"),
    [
        ((Edit(Span(0, 5), "a"), Edit(Span(3, 6), "b")), Overlap),
        ((Edit(Span(0, 999), "a"),), ValueError),
        ((Edit(Span(0, 1), "\ud800"),), UnicodeEncodeError),
        ((Edit(Span(0, 0), "\ufeff"),), Lost),
    ],
)
def test_a_wrong_plan_stops_all_before_anything_is_written(root: Path, edits: tuple[Edit, ...], fault: type[Exception]) -> None:
    lay_out(str(root))
    good, bad = plans(str(root), tuple(START))
    with pytest.raises(fault):
        write_all(str(root), [good, Plan(bad.path, bad.before, edits)])
    assert tree(str(root)) == START


def test_a_plan_that_would_change_more_than_its_edits_stops_all(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(str(root))
    todo = plans(str(root), tuple(START))
    monkeypatch.setattr("docsync.text.writing.apply", lambda text, _edits: text.replace("boats", "boots"))
    with pytest.raises(Lost):
        write_all(str(root), todo)
    assert tree(str(root)) == START


def test_two_plans_for_one_file_are_a_fault(root: Path) -> None:
    lay_out(str(root))
    with pytest.raises(ValueError, match="two plans for one file"):
        write_all(str(root), plans(str(root), ("plan.md", "plan.md")))


@pytest.mark.parametrize(
    ("text", "code"),
    [("a\0b", "DS002"), ("x" * 2_000_001, "DS003"), ("\n<<<<<<< a\n=======\n>>>>>>> b\n", "DS004")],
)
def test_what_could_not_be_read_again_is_not_written(root: Path, text: str, code: str) -> None:
    lay_out(str(root))
    (other,) = plans(str(root), ("quay/berths.md",))
    refused, written = write_all(str(root), [replace(root, "3", text), other])
    assert refused.refusal
    assert refused.refusal.code == code
    assert written.changed
    assert tree(str(root)) == START | {"quay/berths.md": DONE["quay/berths.md"]}


def test_the_limit_of_size_is_the_plans(root: Path) -> None:
    (root / "plan.md").write_bytes(b"boats: 3\n")
    plan = replace(root, "3", "12345678")
    refused = write(root, Plan(plan.path, plan.before, plan.edits, max_bytes=12))
    assert refused.refusal
    assert refused.refusal.code == "DS003"


def test_a_plan_shows_its_text_before_it_is_written() -> None:
    assert Plan("plan.md", decode("plan.md", b"3 boats"), (Edit(Span(0, 1), "4"),)).after == "4 boats"


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o4750, 0o222])
def test_the_mode_is_kept(root: Path, mode: int) -> None:
    (root / "plan.md").write_bytes(b"boats: 3\n")
    plan = replace(root, "3", "4")
    (root / "plan.md").chmod(mode)
    if not os.access(root / "plan.md", os.R_OK):
        pytest.skip("only the superuser can read a file without read bits")
    assert write(root, plan).changed
    assert (root / "plan.md").stat().st_mode & 0o7777 == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser can give files away")
def test_the_owner_and_group_are_kept(root: Path) -> None:
    (root / "plan.md").write_bytes(b"boats: 3\n")
    os.chown(root / "plan.md", 12345, 54321)
    (root / "plan.md").chmod(0o4755)
    assert write(root, replace(root, "3", "4")).changed
    status = (root / "plan.md").stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o7777) == (12345, 54321, 0o4755)


def access_list(*entries: tuple[int, int, int]) -> bytes:
    """Build a POSIX access list as Linux stores it: entries of tag, permissions and id."""
    fields = (number.to_bytes(size, "little") for entry in entries for number, size in zip(entry, (2, 2, 4), strict=True))
    return (2).to_bytes(4, "little") + b"".join(fields)


NOBODY_READS = access_list((1, 6, 0xFFFFFFFF), (2, 4, 65534), (4, 4, 0xFFFFFFFF), (16, 4, 0xFFFFFFFF), (32, 0, 0xFFFFFFFF))


def set_attribute(path: Path, name: str, value: bytes) -> None:
    if not hasattr(os, "setxattr"):
        pytest.skip("no extended attributes on this system")
    try:
        os.setxattr(path, name, value)
    except OSError as error:
        pytest.skip(f"no such extended attributes here: {error.strerror}")


@pytest.mark.parametrize(("name", "value"), [("user.origin", b"boatyard"), ("system.posix_acl_access", NOBODY_READS)])
def test_extended_attributes_and_access_lists_are_kept(root: Path, name: str, value: bytes) -> None:
    (root / "plan.md").write_bytes(b"boats: 3\n")
    set_attribute(root / "plan.md", name, value)
    mode = (root / "plan.md").stat().st_mode
    assert write(root, replace(root, "3", "4")).changed
    assert os.getxattr(root / "plan.md", name) == value
    assert (root / "plan.md").stat().st_mode == mode


def test_an_access_list_that_the_folder_gives_to_new_files_is_not_taken_on(root: Path) -> None:
    (root / "plan.md").write_bytes(b"boats: 3\n")
    set_attribute(root, "system.posix_acl_default", NOBODY_READS)
    mode = (root / "plan.md").stat().st_mode
    assert write(root, replace(root, "3", "4")).changed
    assert os.listxattr(root / "plan.md") == []
    assert (root / "plan.md").stat().st_mode == mode


@pytest.mark.parametrize("call", ["listxattr", "setxattr", "removexattr"])
def test_a_system_without_extended_attributes_is_written_to_all_the_same(
    root: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(str(root))
    set_attribute(root / "plan.md", "user.origin", b"boatyard")
    set_attribute(root, "system.posix_acl_default", NOBODY_READS)

    def unsupported(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, call, unsupported)
    assert all(one["changed"] for one in write_boats(str(root)))
    assert tree(str(root)) == DONE


@pytest.mark.parametrize("code", [22, 38, 95])
def test_where_names_cannot_be_exchanged_the_file_is_replaced(root: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(str(root))

    def refuse(*_: object) -> int:
        return -1

    monkeypatch.setattr(exchange, "_renameat2", refuse)
    monkeypatch.setattr("ctypes.get_errno", lambda: code)
    assert all(one["changed"] for one in write_boats(str(root)))
    assert tree(str(root)) == DONE


def test_a_file_is_written_below_a_folder_that_a_link_within_the_root_leads_to(root: Path) -> None:
    lay_out(str(root))
    (root / "harbour").symlink_to("quay")
    assert write(root, replace(root, "3", "5", "harbour/berths.md")).changed
    assert (root / "quay/berths.md").read_bytes().decode() == DONE["quay/berths.md"]


def test_a_root_may_itself_be_a_link(root: Path, tmp_path: Path) -> None:
    lay_out(str(root))
    (tmp_path / "link").symlink_to("root")
    assert write(tmp_path / "link", replace(root, "3", "5")).changed


def test_a_replan_that_asks_for_the_file_sees_it_as_it_was_saved(root: Path) -> None:
    lay_out(str(root))
    (plan,) = plans(str(root), ("plan.md",))
    seen: list[SourceFile] = []

    def replan(source: SourceFile) -> tuple[Edit, ...]:
        seen.append(source)
        return ()

    (root / "plan.md").write_bytes(b"\xef\xbb\xbfsaved\r\n")
    write(root, Plan(plan.path, plan.before, plan.edits, replan))
    (source,) = seen
    assert (source.path, source.text, source.bom, source.newline) == ("plan.md", "saved\r\n", True, "\r\n")
