"""The process apart: what it gives, and what becomes of templates that want all memory, all time or a way out."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from docsync.generator import isolation
from docsync.generator.child import serve
from docsync.generator.environment import Limits, Rendered
from docsync.generator.isolation import Job, Shared, render_apart

_LIMITS = Limits(100_000, 5.0)
_ENDLESS = "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}"


def _apart(*texts: str, limits: Limits = _LIMITS) -> tuple[Rendered, ...]:
    templates = {f"v{number}.md.j2": text for number, text in enumerate(texts)}
    jobs = [Job(file, {"number": number}) for number, file in enumerate(templates)]
    return render_apart(Shared(templates, {"title": "a|b"}), jobs, limits)


def test_jobs_are_rendered_in_order_with_what_is_shared_and_their_own() -> None:
    assert _apart("{{ title }} {{ number }}", "{{ missing }}", "{% include 'v0.md.j2' %}") == (
        Rendered(r"a\|b 0"),
        Rendered(failure="v1.md.j2, line 1: 'missing' is undefined"),
        Rendered(r"a\|b 2"),
    )


@pytest.mark.parametrize(
    "bomb",
    [
        "{{ 'x'.ljust(100000000000) }}",
        "{{ '1'.zfill(3000000000) }}",
        "{{ range(100000) | join('x' * 100000) }}",
        "{{ ('x' * 100000).replace('x', 'y' * 100000) }}",
        "{% set ns = namespace(a='x' * 1000) %}{% for i in range(60) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}",
        "{{ [1] | batch(3000000000, 2) | list | length }}",
    ],
)
def test_a_memory_bomb_costs_only_itself(bomb: str) -> None:
    assert _apart(bomb, "{{ number }}") == (Rendered(failure="v0.md.j2 takes too much memory"), Rendered("1"))


def test_an_endless_template_is_stopped_and_the_others_are_rendered() -> None:
    assert _apart("{{ number }}", _ENDLESS, "{{ number }}", limits=Limits(1000, 1.0)) == (
        Rendered("0"),
        Rendered(failure="v1.md.j2 takes over 1 seconds"),
        Rendered("2"),
    )


def test_after_three_stopped_views_the_rest_are_not_tried() -> None:
    rendered = _apart(*[_ENDLESS] * 3, "{{ number }}", limits=Limits(1000, 0.1))
    assert [one.failure for one in rendered[:3]] == [f"v{number}.md.j2 takes over 0.1 seconds" for number in range(3)]
    assert rendered[3] == Rendered(failure="not rendered, since 3 views before it were stopped")


def test_output_past_the_limit_is_stopped_in_the_process() -> None:
    assert _apart("{% for i in range(2000) %}x{% endfor %}", limits=Limits(1000, 5.0)) == (
        Rendered(failure="v0.md.j2 gives over 1,000 bytes"),
    )


@pytest.fixture
def interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a shell script in the place of the interpreter, as a process that was taken over would behave."""

    def replace(script: str) -> None:
        path = tmp_path / "python"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(path))

    return replace


_READY = """read -r request; echo '{"ready": true}'"""


@pytest.mark.parametrize(
    ("script", "failure"),
    [
        ("exit 1", "the process for the project's templates ended early: too much memory or time, or a crash"),
        (f"{_READY}; kill -SEGV $$", "the process for v0.md.j2 ended early: too much memory or time, or a crash"),
        (f"{_READY}; echo nonsense", "the process for v0.md.j2 gives no answer that can be read"),
        (f"{_READY}; echo '[1]'", "the process for v0.md.j2 gives no answer that can be read"),
        (f"{_READY}; yes | tr -d '\\n'", "v0.md.j2 gives more than its process may answer"),
        (f"{_READY}; exec sleep 60", "v0.md.j2 takes over 0.2 seconds"),
    ],
)
def test_a_process_that_was_taken_over_gives_a_failure(script: str, failure: str, interpreter: Callable[[str], None]) -> None:
    interpreter(script)
    seconds = 0.2 if "sleep" in script else 30.0
    assert _apart("{{ number }}", limits=Limits(1000, seconds)) == (Rendered(failure=failure),)


def test_a_process_that_does_not_start_gives_a_failure(
    interpreter: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "START_SECONDS", 0.1)
    interpreter("exec sleep 60")
    assert _apart("x")[0].failure == "the process for the project's templates does not start"


def test_the_process_imports_nothing_from_the_folder_it_is_started_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("jinja2", "json", "docsync", "markupsafe", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert _apart("{{ number }}") == (Rendered("0"),)
    assert not (tmp_path / "ran").exists()


def test_the_process_is_given_no_secrets(monkeypatch: pytest.MonkeyPatch, interpreter: Callable[[str], None]) -> None:
    monkeypatch.setenv("CI_TOKEN", "secret")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/lib")
    interpreter(_READY + """; echo "{\\"text\\": \\"${CI_TOKEN-none} $LD_LIBRARY_PATH $(pwd)\\"}" """)
    assert _apart("x")[0].text == "none /opt/lib /"


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        ("open('/etc/hostname')", "OSError"),
        ("open(sys.argv[1], 'w')", "OSError"),
        ("__import__('socket').socket()", "OSError"),
        ("os.pipe()", "OSError"),
        ("'x' * 2_000_000_000", "MemoryError"),
    ],
)
def test_whoever_gets_out_of_the_sandbox_can_do_nothing(attempt: str, error: str, tmp_path: Path) -> None:
    target = tmp_path / "written"
    code = f"""
import os, socket, sys
from docsync.generator.child import confine
confine(600_000_000, 10)
try:
    {attempt}
except (OSError, MemoryError) as error:
    print(type(error).__name__)
"""
    ran = subprocess.run([sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == error, ran.stderr
    assert not target.exists()


def test_a_request_is_answered_line_by_line() -> None:
    request = {
        "templates": {"a.j2": "{{ x }}{{ y }}", "b.j2": "{{ z }}"},
        "shared": {"x": "é"},
        "jobs": [{"file": "a.j2", "context": {"y": 1}}, {"file": "b.j2", "context": {}}],
        "max_bytes": 100,
        "timeout": 5,
        "memory": 0,
    }
    answers = io.BytesIO()
    serve(io.BytesIO(json.dumps(request).encode() + b"\n"), answers, confined=False)
    assert [json.loads(line) for line in answers.getvalue().split(b"\n")[:-1]] == [
        {"ready": True},
        {"job": 0, "text": "é1", "failure": ""},
        {"job": 1, "text": "", "failure": "b.j2, line 1: 'z' is undefined"},
    ]


def test_no_process_is_left_behind(interpreter: Callable[[str], None], tmp_path: Path) -> None:
    interpreter(f"echo $$ > {tmp_path}/pid; {_READY}; exec sleep 60")
    _apart("x", limits=Limits(1000, 0.1))
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
