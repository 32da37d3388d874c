from __future__ import annotations

import os
import pickle
import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docsync.cache.folder import CacheFolder, open_folder
from docsync.cache.holdings import ROOT
from docsync.cache.pickles import dump, load
from docsync.cli.main import main
from docsync.models.diagnostics import Report, Tally
from docsync.models.nearness import nearest


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def opened(root: str = "/project") -> CacheFolder:
    folder = open_folder(root, ())
    assert folder
    return folder


def names(folder: CacheFolder) -> tuple[str, ...]:
    """Give what is kept, but for the project's own name."""
    return tuple(name for name in folder.names("") if name != ROOT)


def test_only_the_user_can_look_into_the_folder(home: Path) -> None:
    folder = Path(opened().path)
    assert folder.parent == home / "docsync"
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    opened().write("x", b"kept")
    assert stat.S_IMODE((folder / "x").stat().st_mode) == 0o600


def test_every_project_has_a_folder_of_its_own(home: Path) -> None:
    assert opened("/one").path != opened("/two").path
    assert opened("/one").path == opened("/one").path
    assert home.is_dir()


def test_without_the_variable_or_with_a_relative_one_it_is_in_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert Path(opened().path).parent == tmp_path / ".cache" / "docsync"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert Path(opened().path).parent == tmp_path / ".cache" / "docsync"


def test_there_is_none_in_the_tree(home: Path, tmp_path: Path) -> None:
    assert open_folder("/project", [str(tmp_path)]) is None
    assert open_folder("/project", [str(home)]) is None
    assert open_folder("/project", [str(tmp_path / "cach")]) is not None


def test_there_is_none_where_others_may_write(home: Path) -> None:
    folder = opened()
    os.chmod(folder.path, 0o770)
    assert open_folder("/project", ()) is None
    os.chmod(folder.path, 0o700)
    os.chmod(home / "docsync", 0o702)
    assert open_folder("/project", ()) is None


def test_there_is_none_where_it_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert open_folder("/project", ()) is None


def test_a_link_in_the_place_of_the_folder_is_not_followed(home: Path, tmp_path: Path) -> None:
    path = Path(opened().path)
    shutil.rmtree(path)
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    path.symlink_to(tmp_path / "elsewhere")
    assert open_folder("/project", ()) is None
    assert home.exists()


@pytest.mark.usefixtures("home")
def test_what_is_kept_comes_back() -> None:
    folder = opened()
    assert folder.read("x") is None
    folder.write("x", b"one")
    folder.write("x", b"two")
    assert folder.read("x") == b"two"
    assert names(folder) == ("x",)
    folder.drop(["x", "never there"])
    assert names(folder) == ()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("damage", [lambda raw: raw[:-1], lambda raw: raw[:2], lambda raw: raw[:0], lambda raw: raw + b"x"])
def test_damaged_is_absent(damage: Callable[[bytes], bytes]) -> None:
    folder = opened()
    folder.write("x", b"some bytes")
    path = Path(folder.path_of("x"))
    path.write_bytes(damage(path.read_bytes()))
    assert folder.read("x") is None


@pytest.mark.usefixtures("home")
def test_what_others_could_have_written_is_absent(tmp_path: Path) -> None:
    folder = opened()
    folder.write("x", b"bytes")
    os.chmod(folder.path_of("x"), 0o620)
    assert folder.read("x") is None
    os.chmod(folder.path_of("x"), 0o600)
    os.rename(folder.path_of("x"), tmp_path / "y")
    os.symlink(tmp_path / "y", folder.path_of("x"))
    assert folder.read("x") is None
    os.mkfifo(folder.path_of("pipe"))
    assert folder.read("pipe") is None


@pytest.mark.usefixtures("home")
def test_what_another_user_owns_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = opened()
    folder.write("x", b"bytes")
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert folder.read("x") is None
    assert open_folder("/project", ()) is None


@pytest.mark.usefixtures("home")
def test_what_cannot_be_written_is_not_kept_and_leaves_nothing() -> None:
    folder = opened()
    (Path(folder.path) / "x").mkdir()
    folder.write("x", b"bytes")
    assert names(folder) == ("x",)
    gone = CacheFolder(folder.path + "-gone")
    gone.write("x", b"bytes")
    assert (gone.read("x"), gone.names("")) == (None, ())


@pytest.mark.usefixtures("home")
def test_the_oldest_are_forgotten() -> None:
    folder = opened()
    now = time.time_ns()
    for age, name in enumerate(("new", "newer", "old", "other")):
        folder.write(name, b"")
        os.utime(folder.path_of(name), ns=(now, now - age * 10**9))
    folder.trim("n", 1)
    assert names(folder) == ("new", "old", "other")


class Attack:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch attacked",)


class Import:
    def __reduce__(self) -> tuple[object, tuple[()]]:
        return main, ()


class Call:
    def __reduce__(self) -> tuple[object, tuple[str, tuple[str, ...]]]:
        return nearest, ("a", ("a", "b"))


@pytest.mark.parametrize("raw", [b"cdocsync.models.claims\nDecimal\n.", b"cdocsync.models.claims\nStruct\n."])
def test_a_pickle_that_reaches_for_what_our_modules_import_is_nothing(raw: bytes) -> None:
    assert pickle.loads(raw) is not None
    assert load(raw) is None


@pytest.mark.parametrize("attack", [Attack(), Import(), Call()])
def test_a_pickle_that_would_run_something_is_nothing(attack: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(pickle.dumps(attack)) is None
    assert not list(tmp_path.iterdir())


def test_our_values_survive() -> None:
    report = Report((), Tally(3, 2, 1))
    assert load(dump(report)) == report


def test_what_cannot_be_pickled_is_not() -> None:
    assert dump(lambda: None) is None


@pytest.mark.parametrize("raw", [None, b"", b"nonsense", pickle.dumps(Report((), Tally()))[:-5]])
def test_no_pickle_is_nothing(raw: bytes | None) -> None:
    assert load(raw) is None


@pytest.mark.usefixtures("home")
def test_pieces_come_back_in_order() -> None:
    folder = opened()
    assert list(folder.pieces("x")) == []
    folder.write_pieces("x", iter([b"one", b"2" * 100_000, b"three"]))
    assert list(folder.pieces("x")) == [b"one", b"2" * 100_000, b"three"]
    assert names(folder) == ("x",)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("damage", "left"),
    [
        (lambda raw: raw[:-1], [b"one"]),
        (lambda raw: raw + b"x", [b"one", b"two"]),
        (lambda raw: raw.replace(b"two", b"tow"), [b"one"]),
        (lambda raw: raw.replace(b"one", b"eno"), []),
        (lambda raw: b"\xff" * 8 + raw[8:], []),
        (lambda _raw: b"", []),
    ],
)
def test_pieces_end_where_they_are_damaged(damage: Callable[[bytes], bytes], left: list[bytes]) -> None:
    folder = opened()
    folder.write_pieces("x", [b"one", b"two"])
    path = Path(folder.path_of("x"))
    path.write_bytes(damage(path.read_bytes()))
    assert list(folder.pieces("x")) == left


@pytest.mark.usefixtures("home")
def test_pieces_that_another_could_write_are_not_read() -> None:
    folder = opened()
    folder.write_pieces("x", [b"one"])
    os.chmod(folder.path_of("x"), 0o602)
    assert list(folder.pieces("x")) == []
