"""How the process that renders a repository's own templates is started, watched and stopped."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Any, Final, cast

import jinja2
import markupsafe
from msgspec import Struct

import docsync
from docsync.generator.environment import Limits, Rendered, overrun
from docsync.models.records import Json

START_SECONDS: Final = 60.0
"""How long the process may take to start: a busy machine is no fault of a template."""
GRACE_SECONDS: Final = 0.5
"""How much longer than the process itself its keeper waits, so that the process can say where it was."""
MEMORY: Final = 512 * 1024 * 1024
"""Bytes of address space for the process; sixteen times what it is given come on top."""
MAX_STOPPED: Final = 3
"""After so many views were stopped in one run, the rest are not tried: each costs its whole time."""

_BOOT: Final = "import sys; sys.path += sys.argv[1:]; from docsync.generator.child import main; main()"
_KEPT_VARIABLES: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_CHUNK: Final = 65_536


class Job(Struct, frozen=True):
    """Ask for one template with its context."""

    file: str
    context: Mapping[str, Json]


class Shared(Struct, frozen=True):
    """Hold what all jobs of one run have in common: the texts of templates and a part of each context."""

    templates: Mapping[str, str]
    context: Mapping[str, Json]


class _Stopped(Exception):
    """Say why the process gives no further answer."""


def render_apart(shared: Shared, jobs: Sequence[Job], limits: Limits) -> tuple[Rendered, ...]:
    """Render jobs in a process apart, in order; a job that is stopped, or takes the process with it, costs only itself."""
    done: list[Rendered] = []
    stopped = 0
    while len(done) < len(jobs) and stopped < MAX_STOPPED:
        try:
            _run(shared, jobs[len(done) :], limits, done)
        except _Stopped as reason:
            done.append(Rendered(failure=str(reason)))
            stopped += 1
    untried = Rendered(failure=f"not rendered, since {MAX_STOPPED} views before it were stopped")
    return (*done, *[untried] * (len(jobs) - len(done)))


def _run(shared: Shared, jobs: Sequence[Job], limits: Limits, done: list[Rendered]) -> None:
    """Add what one process gives to `done`; raises _Stopped at the first job that it does not answer."""
    request = _request(shared, jobs, limits)
    with _process() as process:
        answers = _Answers(cast("IO[bytes]", process.stdout), 6 * limits.max_bytes + _CHUNK)
        _send(cast("IO[bytes]", process.stdin), request)
        answers.next(START_SECONDS, "the process for the project's templates does not start")
        for job in jobs:
            answer = answers.next(limits.timeout + GRACE_SECONDS, overrun(job.file, limits), job.file)
            done.append(Rendered(str(answer.get("text", "")), str(answer.get("failure", ""))))


def _request(shared: Shared, jobs: Sequence[Job], limits: Limits) -> bytes:
    request = {
        "templates": shared.templates,
        "shared": shared.context,
        "jobs": [{"file": job.file, "context": job.context} for job in jobs],
        "max_bytes": limits.max_bytes,
        "timeout": limits.timeout,
    }
    size = len(json.dumps(request))
    return json.dumps(request | {"memory": MEMORY + 16 * size}).encode("ascii") + b"\n"


def _send(stream: IO[bytes], request: bytes) -> None:
    """Send a request; a process that has ended already shows when it is asked for its answers."""
    with suppress(BrokenPipeError):
        stream.write(request)
    with suppress(BrokenPipeError):
        stream.close()


@contextmanager
def _process() -> Iterator[subprocess.Popen[bytes]]:
    """Start the process away from the repository: a `jinja2.py` lying there must not be imported. End it in any case."""
    # -I and -S: no current folder, no environment, no site-packages; what is needed is named.
    command = [sys.executable, "-I", "-S", "-c", _BOOT, *_import_path()]
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    process = subprocess.Popen(  # noqa: S603 -- our own interpreter with fixed arguments
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=kept,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        with suppress(BrokenPipeError):
            cast("IO[bytes]", process.stdin).close()
        cast("IO[bytes]", process.stdout).close()
        process.wait()


def _import_path() -> list[str]:
    packages = (docsync.__file__, jinja2.__file__, markupsafe.__file__)
    return list(dict.fromkeys(os.path.dirname(os.path.dirname(os.path.abspath(file))) for file in packages))


class _Answers:
    """Read lines of JSON from a pipe, none longer than `longest` bytes, each within its time."""

    def __init__(self, stream: IO[bytes], longest: int) -> None:
        self._stream, self._longest = stream, longest
        self._read = bytearray()

    def next(self, seconds: float, overdue: str, file: str = "the project's templates") -> Mapping[str, Any]:
        line = self._line(time.monotonic() + seconds, overdue, file)
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _Stopped(f"the process for {file} gives no answer that can be read") from error
        if not isinstance(answer, dict):
            raise _Stopped(f"the process for {file} gives no answer that can be read")
        return answer

    def _line(self, stop: float, overdue: str, file: str) -> bytes:
        with selectors.DefaultSelector() as selector:
            selector.register(self._stream, selectors.EVENT_READ)
            searched = 0
            while (end := self._read.find(b"\n", searched)) < 0:
                searched = len(self._read)
                if searched > self._longest:
                    raise _Stopped(f"{file} gives more than its process may answer")
                if not selector.select(max(0.0, stop - time.monotonic())):
                    raise _Stopped(overdue)
                self._more(file)
        line = bytes(self._read[:end])
        del self._read[: end + 1]
        return line

    def _more(self, file: str) -> None:
        chunk = os.read(self._stream.fileno(), _CHUNK)
        if not chunk:
            raise _Stopped(f"the process for {file} ended early: too much memory or time, or a crash")
        self._read += chunk
