"""How a repository's own templates are rendered: in a process of their own that can read, write and start nothing.

It is given everything on its standard input: one line of JSON with template texts, contexts and limits. It answers with a
line when it is ready and one for each job. Whoever gets out of the sandbox is in a process without files or network.
"""

from __future__ import annotations

import gc
import json
import math
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any, Final

from docsync.generator.environment import Limits, Sandbox, render

_NONE: Final = 0


def main() -> None:
    """Serve one request."""
    serve(sys.stdin.buffer, sys.stdout.buffer, confined=True)


def serve(requests: IO[bytes], answers: IO[bytes], *, confined: bool) -> None:
    """Read a request and write the answers; `confined` gives up all rights first, for good."""
    request = json.loads(requests.readline())
    limits = Limits(request["max_bytes"], request["timeout"])
    _warm_up()
    if confined:
        confine(request["memory"], math.ceil(limits.timeout * len(request["jobs"])) + 5)
    # What was read so far stays; collecting after each view then costs next to nothing.
    gc.freeze()
    for answer in _answers(request, limits):
        answers.write(json.dumps(answer).encode("ascii") + b"\n")
        answers.flush()


def confine(memory: int, seconds: int) -> None:
    """Give up memory over `memory` bytes, processor time over `seconds`, and opening or writing any file."""
    bounds = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_CORE: _NONE,
        resource.RLIMIT_FSIZE: _NONE,
        resource.RLIMIT_NPROC: _NONE,
        resource.RLIMIT_NOFILE: _NONE,
    }
    for what, bound in bounds.items():
        _, hard = resource.getrlimit(what)
        allowed = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        # Not every system lets every limit be lowered; the parent's clock and its bound on answers stand in any case.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (allowed, allowed))


def _answers(request: dict[str, Any], limits: Limits) -> Iterator[dict[str, Any]]:
    environment = Sandbox(request["templates"])
    yield {"ready": True}
    for number, job in enumerate(request["jobs"]):
        rendered = render(environment, job["file"], request["shared"] | job["context"], limits)
        yield {"job": number, "text": rendered.text, "failure": rendered.failure}
        gc.collect()


def _warm_up() -> None:
    """Load what Jinja loads late, to compile and to explain an error, while files can still be opened."""
    limits = Limits(1000, 1.0)
    for text in ("{% macro m(a) %}{{ a | upper }}{% endmacro %}{{ m('x') }}", "{{ missing.name }}", "{{ 1 / 0 }}", "{% if"):
        render(Sandbox({"warm.j2": text}), "warm.j2", {}, limits)
