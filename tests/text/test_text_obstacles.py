"""A file that must not be replaced is refused, left as it is, and does not keep the others from being written."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from boat_plans import DONE, START, lay_out, plans, tree
from plan_child import run

from docsync.text.edits import Edit
from docsync.text.source import decode
from docsync.text.spans import Span
from docsync.text.writing import Plan, write_all

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="needs the superuser")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    lay_out(str(tmp_path / "root"))
    return tmp_path / "root"


def refused(root: Path, path: str = "plan.md") -> tuple[str, str]:
    """Write one file that must be refused, and another that must not."""
    text = START["plan.md"]
    edits = (Edit(Span(text.index("3"), text.index("3") + 1), "5"),)
    (other,) = plans(str(root), ("quay/berths.md",))
    written = write_all(str(root), [Plan(path, decode(path, text.encode()), edits), other])
    assert [one.path for one in written] == [path, "quay/berths.md"]
    assert written[1].changed
    assert (root / "quay/berths.md").read_text() == DONE["quay/berths.md"]
    assert not [name for folder in os.walk(root) for name in folder[2] if name.startswith(".docsync-")]
    reason = written[0].refusal
    assert reason
    assert not written[0].changed
    return reason.code, reason.message


def test_a_symbolic_link_is_refused_and_what_it_leads_to_untouched(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    (root / "plan.md").rename(outside)
    (root / "plan.md").symlink_to(outside)
    code, message = refused(root)
    assert (code, "symbolic link" in message) == ("DS007", True)
    assert (root / "plan.md").is_symlink()
    assert outside.read_bytes().decode() == START["plan.md"]


def test_a_link_to_a_folder_outside_the_root_is_refused(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "outside")
    (root / "away").symlink_to(tmp_path / "outside")
    code, message = refused(root, "away/plan.md")
    assert (code, "out of the project" in message) == ("DS007", True)
    assert tree(str(tmp_path / "outside")) == START


@pytest.mark.parametrize("path", ["../outside/plan.md", "quay/../../outside/plan.md", "{}/outside/plan.md"])
def test_a_path_that_leaves_the_root_is_refused(root: Path, tmp_path: Path, path: str) -> None:
    shutil.copytree(root, tmp_path / "outside")
    assert refused(root, path.format(tmp_path))[0] == "DS007"
    assert tree(str(tmp_path / "outside")) == START


def test_a_folder_whose_name_begins_like_the_root_is_outside(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "root2")
    assert refused(root, "../root2/plan.md")[0] == "DS007"


def test_a_hard_link_is_refused_and_stays_one(root: Path) -> None:
    os.link(root / "plan.md", root / "twin.md")
    code, message = refused(root)
    assert (code, "2 hard links" in message) == ("DS007", True)
    assert (root / "plan.md").samefile(root / "twin.md")
    assert (root / "plan.md").read_bytes().decode() == START["plan.md"]


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_refused_without_waiting(root: Path, make: Callable[[Path], None]) -> None:
    (root / "plan.md").unlink()
    make(root / "plan.md")
    assert refused(root) == ("DS007", "not a regular file")


@ROOT_ONLY
def test_a_device_is_refused(root: Path) -> None:
    (root / "plan.md").unlink()
    os.mknod(root / "plan.md", 0o020666, os.makedev(1, 5))  # /dev/zero
    assert refused(root) == ("DS007", "not a regular file")


@pytest.mark.parametrize("path", ["plan.md", "gone/plan.md"])
def test_a_file_that_was_deleted_is_not_written_again(root: Path, path: str) -> None:
    (root / "plan.md").unlink()
    assert refused(root, path)[0] == "DS008"
    assert sorted(os.listdir(root)) == ["quay"]


def test_a_file_where_a_folder_should_be_is_refused(root: Path) -> None:
    assert refused(root, "plan.md/plan.md")[0] == "DS007"


def test_a_read_only_file_is_refused_even_for_the_superuser(root: Path) -> None:
    (root / "plan.md").chmod(0o444)
    before = (root / "plan.md").stat()
    assert refused(root) == ("DS007", "the file is read-only")
    after = (root / "plan.md").stat()
    assert (before.st_ino, before.st_mtime_ns, before.st_mode) == (after.st_ino, after.st_mtime_ns, after.st_mode)


def test_a_read_only_folder_is_refused_even_for_the_superuser(root: Path) -> None:
    (root / "dock").mkdir()
    (root / "plan.md").rename(root / "dock/plan.md")
    (root / "dock").chmod(0o555)
    try:
        assert refused(root, "dock/plan.md") == ("DS007", "the folder is read-only")
    finally:
        (root / "dock").chmod(0o755)


@contextmanager
def immutable(path: Path) -> Iterator[None]:
    if not shutil.which("chattr") or subprocess.run(["chattr", "+i", path], check=False, capture_output=True).returncode:
        pytest.skip("the file system or the user cannot make files immutable")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", path], check=True)


@pytest.mark.parametrize(("name", "what"), [("plan.md", "file"), ("", "folder")])
def test_what_is_immutable_is_refused(root: Path, name: str, what: str) -> None:
    (root / "dock").mkdir()
    (root / "plan.md").rename(root / "dock/plan.md")
    with immutable(root / "dock" / name):
        assert refused(root, "dock/plan.md") == ("DS007", f"the {what} is read-only")


@contextmanager
def shared_tree() -> Iterator[Path]:
    """Lay out a tree where every user can get to it."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        lay_out(folder + "/root")
        os.chmod(folder + "/root", 0o777)
        yield Path(folder)


@ROOT_ONLY
@pytest.mark.parametrize(
    ("mode", "owner", "message"),
    [
        (0o644, 0, "the file is read-only"),
        (0o666, 0, "the file belongs to another user or group, and replacing it would change that"),
        (0o644, 65534, ""),
    ],
)
def test_another_user_is_bound_by_permissions_and_takes_no_file_over(mode: int, owner: int, message: str) -> None:
    with shared_tree() as folder:
        plan = folder / "root/plan.md"
        os.chown(plan, owner, owner)
        plan.chmod(mode)
        (told,) = run("as_nobody", folder)
        assert (told["message"], told["changed"]) == (message, not message)
        assert told["code"] == ("DS007" if message else "")
        assert plan.read_bytes().decode() == (START if message else DONE)["plan.md"]
        assert (plan.stat().st_uid, plan.stat().st_mode & 0o777) == (owner, mode)
        assert sorted(os.listdir(folder / "root")) == ["plan.md", "quay"]


@ROOT_ONLY
def test_another_user_does_not_write_in_a_folder_that_is_not_theirs() -> None:
    with shared_tree() as folder:
        os.chown(folder / "root/plan.md", 65534, 65534)
        os.chmod(folder / "root", 0o755)
        (told,) = run("as_nobody", folder)
        assert (told["code"], told["message"]) == ("DS007", "the folder is read-only")


@ROOT_ONLY
def test_a_file_that_is_mounted_on_its_own_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text(START["plan.md"], newline="")
    command = ["mount", "--bind", str(tmp_path / "other.md"), str(root / "plan.md")]
    if not shutil.which("mount") or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        code, message = refused(root)
        assert (code, "may not be written" in message) == ("DS007", True)
        assert (tmp_path / "other.md").read_bytes().decode() == START["plan.md"]
    finally:
        subprocess.run(["umount", str(root / "plan.md")], check=True)
