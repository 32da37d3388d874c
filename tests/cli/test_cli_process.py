from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lighthouse import LIGHTHOUSE
from trees import plant

DOCSYNC = (sys.executable, "-m", "docsync")


def start(*arguments: str, root: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run docsync in a process of its own."""
    return subprocess.run(
        [*DOCSYNC, *arguments],
        cwd=root,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
    )


def test_the_module_can_be_run(tmp_path: Path) -> None:
    done = start("--version", root=tmp_path)
    assert (done.returncode, done.stdout[:8], done.stderr) == (0, b"docsync ", b"")


LOADED = """
import sys
from docsync.cli.main import run

run(sys.argv[2:])
print(set(sys.argv[1].split()) & set(sys.modules))
"""


@pytest.mark.parametrize(
    ("command", "absent"),
    [
        ("--version", "pydantic markdown_it jinja2 yaml docsync.engine docsync.validator docsync.models"),
        ("--help", "pydantic markdown_it jinja2 yaml docsync.engine docsync.validator"),
        ("explain DS203", "pydantic markdown_it jinja2 yaml docsync.engine"),
        ("rules", "pydantic markdown_it jinja2 yaml docsync.engine"),
        ("schema report", "pydantic markdown_it jinja2 yaml docsync.validator"),
        ("completion fish", "pydantic markdown_it jinja2 yaml docsync.engine docsync.validator"),
    ],
)
def test_a_command_loads_only_what_it_uses(tmp_path: Path, command: str, absent: str) -> None:
    arguments = [sys.executable, "-c", LOADED, absent, *command.split()]
    done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_no_traceback_reaches_the_user(tmp_path: Path) -> None:
    broken = plant(tmp_path, {"sitecustomize.py": BREAK})
    done = start("rules", root=tmp_path, PYTHONPATH=str(broken))
    assert done.returncode == 2
    assert done.stdout == b""
    (line,) = done.stderr.splitlines()
    assert line.startswith(b"docsync: ZeroDivisionError: \\x1b[31mboom; this is a fault of docsync; please report it")
    done = start("rules", root=tmp_path, PYTHONPATH=str(broken), DOCSYNC_DEBUG="1")
    assert b"Traceback" in done.stderr


BREAK = """
import docsync.validator.catalogue as broken

def catalogue():
    raise ZeroDivisionError("\\x1b[31mboom")

broken.catalogue = catalogue
"""


@pytest.mark.skipif(not Path("/proc/self/syscall").exists(), reason="it takes Linux to see what a process waits for")
@pytest.mark.parametrize("command", ["check", "list"])
def test_a_current_folder_that_is_gone_is_told(tmp_path: Path, command: str) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = 'rmdir "$1"; shift; exec "$@"'
    done = subprocess.run(
        ["sh", "-c", script, "sh", str(gone), *DOCSYNC, command], cwd=gone, capture_output=True, check=False, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "docsync: the current folder is gone; change to one that is there\n"


def test_an_interrupt_is_130_and_says_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "wait")
    with open(os.open(tmp_path / "wait", os.O_RDWR), "wb"), open(tmp_path / "wait", "rb") as nothing:
        process = subprocess.Popen(
            [*DOCSYNC, "check", "-"], cwd=tmp_path, stdin=nothing, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        wait_until_it_sleeps(process.pid)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err.strip()) == (130, b"", b"")


def wait_until_it_sleeps(pid: int) -> None:
    """Wait until a process waits for its standard input: for a read of descriptor 0."""
    while True:
        call = Path(f"/proc/{pid}/syscall").read_text().split()
        if call[0] in {"0", "63"} and call[1] == "0x0":  # `read` on x86-64 and on arm64
            return
        time.sleep(0.01)


@pytest.mark.parametrize("command", [["check"], ["check", "--output-format", "json"], ["rules"], ["regenerate", "--diff"]])
def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path, command: list[str]) -> None:
    plant(tmp_path, LIGHTHOUSE)
    expected = start(*command, root=tmp_path).returncode
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as gone:
        done = subprocess.run([*DOCSYNC, *command], cwd=tmp_path, stdout=gone, stderr=subprocess.PIPE, check=False)
    assert done.returncode == expected
    assert b"Broken" not in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", [["check"], ["regenerate", "--diff"]])
def test_output_that_cannot_be_written_is_2(tmp_path: Path, command: list[str]) -> None:
    plant(tmp_path, LIGHTHOUSE)
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*DOCSYNC, *command], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr == b"docsync: the output cannot be written: No space left on device\n"


@pytest.mark.parametrize("command", [["check"], ["regenerate", "--diff"], ["regenerate", "--check"]])
def test_no_output_at_all_is_no_fault(tmp_path: Path, command: list[str]) -> None:
    plant(tmp_path, LIGHTHOUSE)
    expected = start(*command, root=tmp_path).returncode
    line = " ".join(DOCSYNC) + " " + " ".join(command) + " >&- 2>&-"
    assert subprocess.run(["sh", "-c", line], cwd=tmp_path, check=False).returncode == expected


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8", "cp1252"])
@pytest.mark.parametrize("format_name", ["text", "json"])
def test_any_encoding_of_the_output_will_do(tmp_path: Path, encoding: str, format_name: str) -> None:
    plant(tmp_path, {**LIGHTHOUSE, "検査.md": "**Progress**: ✅ 3/4 tasks complete (60%)\n"})
    with open(os.fsencode(tmp_path) + b"/caf\xe9.md", "wb") as stream:
        stream.write(b"\xff")
    done = start("check", "--output-format", format_name, root=tmp_path, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (1, b"")
    text = done.stdout.decode(encoding)
    if format_name == "json":
        paths = {found["path"] for found in json.loads(text)["diagnostics"]}
        assert paths == {"BOARD.md", "検査.md", "caf\udce9.md"}
    else:
        assert "caf\\udce9.md" in text


def on_a_terminal(root: Path, *arguments: str, columns: int = 80, **environment: str) -> str:
    """Run docsync with a terminal for its output, and give what is shown."""
    main, side = pty.openpty()
    subprocess.run(["stty", "cols", str(columns)], stdin=side, check=True)
    with subprocess.Popen(
        [*DOCSYNC, *arguments], cwd=root, stdout=side, stderr=side, env={**os.environ, "TERM": "xterm", **environment}
    ) as process:
        os.close(side)
        shown = b""
        try:
            while block := os.read(main, 65536):
                shown += block
        except OSError:  # how a terminal says that nobody writes to it any more
            pass
        process.wait()
    os.close(main)
    return shown.decode()


def test_colours_are_for_terminals_that_have_them(tmp_path: Path) -> None:
    plant(tmp_path, LIGHTHOUSE)
    assert "\x1b[" in on_a_terminal(tmp_path, "check")
    assert "\x1b[" not in on_a_terminal(tmp_path, "check", TERM="dumb")
    assert "\x1b[" not in on_a_terminal(tmp_path, "check", NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(tmp_path, "check", NO_COLOR="1", FORCE_COLOR="1")
    assert b"\x1b[" not in start("check", root=tmp_path).stdout
    assert b"\x1b[" in start("check", root=tmp_path, FORCE_COLOR="1").stdout
    assert b"\x1b[" not in start("check", root=tmp_path, FORCE_COLOR="0").stdout


def test_long_lines_are_cut_to_the_terminal(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {"a.md": "x" * 300 + " **Progress**: 3/4 tasks complete (60%) " + "y" * 300 + "\n\nProgress: 3/4 (60%)" + " z" * 200},
    )
    lines = on_a_terminal(tmp_path, "check", columns=60, NO_COLOR="1").splitlines()
    sources = [line for line in lines if " | " in line]
    assert sources
    assert max(map(len, sources)) <= 60
    assert max(map(len, start("check", root=tmp_path).stdout.decode().splitlines())) > 60


def test_a_diff_on_a_terminal_steers_nothing(tmp_path: Path) -> None:
    plant(tmp_path, {**LIGHTHOUSE, "BOARD.md": LIGHTHOUSE["BOARD.md"].replace("| old |", "| \x1b[31mold |")})
    assert "\\x1b[31mold" in on_a_terminal(tmp_path, "regenerate", "--diff")
    assert b"\x1b[31mold" in start("regenerate", "--diff", root=tmp_path).stdout
