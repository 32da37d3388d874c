"""What a process that stands by answers is what a command of its own would say, whatever happens to either of them."""

from __future__ import annotations

import contextlib
import marshal
import os
import pty
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import Struct

import docsync
from docsync.cli.handing_over import ask
from lighthouse import LENS, LIGHTHOUSE
from trees import commit, git, plant

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork processes")
Done = subprocess.CompletedProcess[bytes]
SOURCE = Path(docsync.__file__).parents[1]


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy docsync, since a process that stands by ends when its code is edited."""
    place = tmp_path_factory.mktemp("package")
    shutil.copytree(SOURCE, place / "src", ignore=shutil.ignore_patterns("*.pyc"))
    if (SOURCE.parent / "templates").is_dir():
        shutil.copytree(SOURCE.parent / "templates", place / "templates")
    return place / "src"


class Place(Struct, frozen=True):
    """A project and a cache of its own, in which docsync is run in processes of its own."""

    root: Path
    cache: Path
    package: Path

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in {"CI", "DOCSYNC_STANDBY"}}
        return {**kept, "XDG_CACHE_HOME": str(self.cache), "PYTHONPATH": str(self.package), **more}

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-P", "-m", "docsync", *arguments]

    def run(self, *arguments: str, folder: Path | None = None, **more: str) -> Done:
        return subprocess.run(
            self.command(*arguments),
            cwd=folder or self.root,
            env=self.environment(**more),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=60,
        )

    def start(self) -> int:
        """Have a process stand by, and give it."""
        done = self.run("standby", "start")
        assert done.stdout.startswith(b"Standing by for "), done
        return self.standing()

    def standing(self) -> int:
        return int(self.state()["pid"])

    def asked(self) -> int:
        """Tell how often the process that stands by ran a command."""
        return int(self.state()["asked"])

    def state(self) -> dict[str, int]:
        reply = ask(str(self.memory / "standby"), ["status"])
        assert reply
        state: dict[str, int] = marshal.loads(reply)
        return state

    @property
    def memory(self) -> Path:
        (root,) = self.cache.glob("docsync/*/root")
        return root.parent


@pytest.fixture
def place(package: Path) -> Iterator[Place]:
    """Give a project in which nobody stands by when the test has ended."""
    with tempfile.TemporaryDirectory(
        dir="/tmp", prefix="ds", ignore_cleanup_errors=True
    ) as short:  # a socket's path has little room
        given = Place(Path(short).resolve() / "plan", Path(short).resolve() / "cache", package)
        given.cache.mkdir()
        plant(given.root, LIGHTHOUSE)
        commit(given.root)
        try:
            yield given
        finally:
            for lock in given.cache.glob("docsync/*/standby-lock"):
                if (said := lock.read_text()).isdecimal() and (Path("/proc") / said).exists():
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(int(said), signal.SIGCONT)
            for path in given.cache.glob("docsync/*/standby"):
                ask(str(path), ["stop"])


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; fails after a while."""
    ends = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.02)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def outcome(done: Done) -> tuple[int, bytes, bytes]:
    return done.returncode, done.stdout, done.stderr


def write(path: str, text: str) -> Callable[[Path], object]:
    return lambda root: plant(root, {path: text})


EDITS: list[Callable[[Path], object]] = [
    write("holes/H2.md", LENS.replace("pending", "resolved")),
    write("holes/H2.md", LENS),
    write("holes/H3.md", LENS.replace("H2", "H3")),
    lambda root: (root / "holes/H3.md").unlink(missing_ok=True),
    lambda root: (root / "holes/H2.md").rename(root / "holes/H9.md") if (root / "holes/H2.md").exists() else None,
    write("docsync.toml", '[rules]\nignore = ["DS210"]\n'),
    write("docsync.toml", "[rules\n"),
    lambda root: (root / "docsync.toml").unlink(missing_ok=True),
    write(".gitignore", "holes/H2.md\n"),
    write(".docsyncignore", "BOARD.md\n"),
    lambda root: (root / ".docsyncignore").unlink(missing_ok=True),
    write("NOTE.md", "The pump is `src/pump.py` (2 lines); see [there](later.md).\n"),
    write("src/pump.py", "one\ntwo\nthree\n"),
    write("later.md", "# Later\n"),
    commit,
    lambda root: git(root, "checkout", "-q", "-f", "HEAD", "--", "BOARD.md"),
    lambda root: (root / "LINK.md").symlink_to("BOARD.md") if not (root / "LINK.md").is_symlink() else None,
]


def test_after_any_edit_the_answer_is_that_of_a_command_of_its_own(place: Place) -> None:
    place.start()
    chance = random.Random(20)
    for edit in chance.sample(EDITS, 7):
        edit(place.root)
        assert outcome(place.run("check")) == outcome(place.run("check", "--no-cache"))
    (place.root / "docsync.toml").unlink(missing_ok=True)
    before = place.asked()
    plant(place.root, {"LAST.md": "# Last\n"})
    place.run("check")
    assert place.asked() == before + 1


COMMANDS = [
    ["check", "holes"],
    ["check", "BOARD.md", "--select", "DS2", "--statistics"],
    ["check", "--ignore", "DS6", "--fail-on", "info", "--output-format", "json"],
    ["check", "absent.md"],
    ["list", "hole", "--json"],
    ["query", "select id from records order by id"],
    ["regenerate", "--check"],
    ["regenerate", "--diff"],
]


def test_a_command_is_answered_as_it_is_without(place: Place) -> None:
    place.start()
    for at, arguments in enumerate(COMMANDS, 1):
        alone = outcome(place.run(*arguments, XDG_CACHE_HOME=str(place.root.parent)))
        assert outcome(place.run(*arguments)) == alone
        assert place.asked() == at


def test_what_is_regenerated_is_written_and_seen(place: Place) -> None:
    place.start()
    assert place.run("regenerate").returncode == 0
    assert "1/2 resolved (50%)" in (place.root / "BOARD.md").read_text()
    assert place.run("check").returncode == 0
    assert place.asked() == 2


def test_the_asker_s_folder_and_environment_hold(place: Place) -> None:
    place.start()
    below = place.root / "holes"
    done = place.run("check", "--root", "..", "H1.md", folder=below, FORCE_COLOR="1", PYTHONIOENCODING="ascii")
    assert outcome(done) == outcome(
        place.run("check", "--no-cache", "--root", "..", "H1.md", folder=below, FORCE_COLOR="1", PYTHONIOENCODING="ascii")
    )
    assert b"\x1b[" in done.stdout
    assert place.asked() == 1


def test_a_terminal_is_a_terminal(place: Place) -> None:
    place.start()
    main, side = pty.openpty()
    with subprocess.Popen(
        place.command("check"), cwd=place.root, stdin=side, stdout=side, stderr=side, env=place.environment(TERM="xterm")
    ):
        os.close(side)
        shown = b""
        with contextlib.suppress(OSError):  # how a terminal says that nobody writes to it any more
            while block := os.read(main, 65536):
                shown += block
    os.close(main)
    assert b"\x1b[" in shown
    assert place.asked() == 1


@pytest.mark.parametrize("closed", ["<&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_not_handed_over(place: Place, closed: str) -> None:
    place.start()
    line = f'exec "$@" {closed}'
    command = ["sh", "-c", line, "sh", *place.command("check")]
    done = subprocess.run(command, cwd=place.root, env=place.environment(), capture_output=True, check=False, timeout=60)
    assert done.returncode == 1
    assert (b"Found 2 errors" in done.stdout) == (">&-" not in closed.replace("2>&-", ""))
    assert place.asked() == 0


def test_others_are_served_while_one_command_is_held_up(place: Place) -> None:
    plant(place.root, {f"many/{at}.md": "**Progress**: 3/4 tasks complete (60%)\n\n" * 40 for at in range(15)})
    place.start()
    with subprocess.Popen(
        place.command("check", "--output-format", "json"),
        cwd=place.root,
        env=place.environment(),
        stdout=subprocess.PIPE,
        bufsize=0,
    ) as held:
        assert held.stdout
        assert held.stdout.read(1) == b"{"  # the rest does not fit into the pipe
        assert place.run("list", "hole").returncode == 0
        assert place.asked() == 2
        held.send_signal(signal.SIGINT)
        assert held.wait(20) == 130
    until(lambda: not children(place.standing()))


def children(process: int) -> list[str]:
    path = Path(f"/proc/{process}/task/{process}/children")
    return path.read_text().split() if path.exists() else []


def test_one_that_is_stuck_or_killed_holds_nobody_up(place: Place) -> None:
    process = place.start()
    os.kill(process, signal.SIGSTOP)
    try:
        assert place.run("check").returncode == 1
        stopped = place.run("standby", "stop")
        assert stopped.returncode == 2
        assert str(process).encode() in stopped.stderr
    finally:
        os.kill(process, signal.SIGKILL)
    until(lambda: not is_alive(process))
    assert place.run("list", "hole").returncode == 0
    assert place.run("standby", "status").returncode == 1
    assert place.start() != process


def test_no_more_than_one_stands_by(place: Place) -> None:
    starting = [subprocess.Popen(place.command("standby", "start"), cwd=place.root, env=place.environment()) for _ in range(2)]
    assert [each.wait(60) for each in starting] == [0, 0]
    process = place.standing()
    assert b"already" in place.run("standby", "start").stdout
    assert place.run("standby", "stop").returncode == 0
    assert place.start() != process
    until(lambda: not is_alive(process))


def test_one_that_lost_its_socket_leaves_the_next_one_s_alone(place: Place) -> None:
    process = place.start()
    assert place.run("cache", "clean").returncode == 0
    assert place.run("check").returncode == 1
    later = place.start()
    os.kill(process, signal.SIGTERM)
    until(lambda: not is_alive(process))
    assert place.standing() == later


def test_it_ends_when_nobody_has_asked_for_long(place: Place) -> None:
    done = place.run("standby", "start", "--idle", "0.01")
    assert done.returncode == 0
    process = place.standing()
    until(lambda: not is_alive(process))
    assert not (place.memory / "standby").exists()


def test_a_folder_that_others_write_to_is_refused(place: Place) -> None:
    process = place.start()
    place.memory.chmod(0o777)
    try:
        assert place.run("list", "hole").returncode == 0
        assert place.run("standby", "start").returncode == 2
    finally:
        place.memory.chmod(0o700)
    assert place.asked() == 0
    assert place.standing() == process


def test_a_path_too_long_for_a_socket_is_told(place: Place) -> None:
    deep = place.cache / ("deep" * 25)
    deep.mkdir()
    done = place.run("standby", "start", XDG_CACHE_HOME=str(deep))
    assert done.returncode == 2
    assert b"no socket can be made" in done.stderr
    assert place.run("check", XDG_CACHE_HOME=str(deep), DOCSYNC_STANDBY="1").returncode == 1


def test_one_is_left_behind_where_that_is_wished_for(place: Place) -> None:
    place.run("check", DOCSYNC_STANDBY="1", CI="true")
    place.run("list", "hole", DOCSYNC_STANDBY="0")
    assert not (place.memory / "standby-lock").exists()
    plant(place.root, {"click.py": "raise SystemExit(3)\n", "marshal.py": "raise SystemExit(3)\n"})
    done = place.run("list", "hole", DOCSYNC_STANDBY="1")  # its pipes are read to their ends
    assert done.returncode == 0
    until(lambda: any(place.memory.glob("standby")) and ask(str(place.memory / "standby"), ["status"]) is not None)
    process = place.standing()
    place.run("list", "hole", DOCSYNC_STANDBY="1")
    assert (place.standing(), place.asked()) == (process, 1)


def test_nothing_of_the_starter_is_held_open(place: Place) -> None:
    reading, writing = os.pipe()
    subprocess.run(
        place.command("standby", "start"), cwd=place.root, env=place.environment(), pass_fds=[writing], check=True, timeout=60
    )
    os.close(writing)
    with open(reading, "rb") as stream:
        assert stream.read() == b""
    place.standing()


def test_nonsense_ends_nothing(place: Place) -> None:
    process = place.start()
    for said in (b"", b"\0" * 8, b"\xff" * 64, (4).to_bytes(8, "big") + b"junk", (9).to_bytes(8, "big")):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(place.memory / "standby"))
            connection.sendall(said)
    assert place.run("list", "hole").returncode == 0
    assert (place.standing(), place.asked()) == (process, 1)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="it takes Linux to see what a process has open")
def test_nothing_is_left_of_commands_that_have_ended(place: Place) -> None:
    process = place.start()
    place.run("list", "hole")
    until(lambda: not children(process))
    before = len(os.listdir(f"/proc/{process}/fd"))
    for _ in range(5):
        place.run("list", "hole")
    until(lambda: not children(process))
    assert len(os.listdir(f"/proc/{process}/fd")) == before


UNFORKABLE = """
import os, sys
from docsync.cli.main import run
os.fork = lambda: os.close(-1)
sys.exit(run(["standby", "start", "--foreground"]))
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="it takes Linux to see what a process has open")
def test_a_command_runs_by_itself_where_no_process_can_be_made(place: Place) -> None:
    place.run("list", "hole")
    with subprocess.Popen(
        [sys.executable, "-P", "-c", UNFORKABLE], cwd=place.root, env=place.environment(), stdout=subprocess.DEVNULL
    ) as standby:
        try:
            until(lambda: any(place.memory.glob("standby")) and ask(str(place.memory / "standby"), ["status"]) is not None)
            before = len(os.listdir(f"/proc/{standby.pid}/fd"))
            assert {place.run("list", "hole").returncode for _ in range(3)} == {0}
            assert place.asked() == 3
            assert len(os.listdir(f"/proc/{standby.pid}/fd")) == before
        finally:
            standby.terminate()
