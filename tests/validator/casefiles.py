"""What a case file says: its cases, each with files, expectations and the findings that must come out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CASES = Path(__file__).parent.parent / "cases"

_FENCE = re.compile(r"^````+(.*)$")
_CASE = re.compile(r"^## (bad|good|fixed): (.+)$")
_TITLE = re.compile(r"^# (DS\d{3}) ([a-z0-9-]+)$", re.MULTILINE)


@dataclass
class Case:
    """Hold one case.

    `files` maps paths to bytes, None for a file that is named and not there. `bodies` maps `path#region` to the body that
    the region should have, `failures` to why it has none; `edited` names the regions that were edited by hand. `troubles`
    are lines as findings have them, reported as the engine reports them. `fixed` maps paths to what the fixes make of them,
    `earlier` to what they were at the revision that the case is compared with, `commits` to what each commit
    before made of them.
    """

    kind: str
    title: str
    files: dict[str, bytes | None] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    bodies: dict[str, str] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    edited: set[str] = field(default_factory=set)
    troubles: list[str] = field(default_factory=list)
    fixed: dict[str, bytes | None] = field(default_factory=dict)
    earlier: dict[str, bytes | None] = field(default_factory=dict)
    commits: dict[int, dict[str, bytes | None]] = field(default_factory=dict)


@dataclass
class CaseFile:
    """Hold a case file: the rule that it is about, and its cases."""

    path: Path
    code: str
    name: str
    cases: list[Case]


def case_files() -> list[CaseFile]:
    """Read every case file."""
    return [read(path) for path in sorted(CASES.glob("*.md"))]


def read(path: Path) -> CaseFile:
    """Read one case file; a `fixed` section belongs to the case above it."""
    text = path.read_text(encoding="utf-8")
    title = _TITLE.search(text)
    assert title, f"{path.name} must begin with `# DS123 rule-name`"
    cases: list[Case] = []
    for kind, name, body in _sections(text):
        case = Case(kind, name)
        for info, content in _fences(body):
            _add(case, info.split(), content)
        if kind == "fixed":
            assert cases, f"{path.name}: nothing stands above `fixed: {name}`"
            assert cases[-1].title == name, f"{path.name}: `fixed: {name}` must follow the case of that title"
            cases[-1].fixed = case.files
        else:
            cases.append(case)
    return CaseFile(path, title[1], title[2], cases)


def _sections(text: str) -> Iterator[tuple[str, str, list[str]]]:
    head: tuple[str, str] | None = None
    body: list[str] = []
    fenced = False
    for line in text.split("\n"):
        fenced ^= line.startswith("````")
        case = None if fenced else _CASE.match(line)
        if case:
            if head:
                yield *head, body
            head, body = (case[1], case[2]), []
        else:
            body.append(line)
    if head:
        yield *head, body


def _fences(lines: list[str]) -> Iterator[tuple[str, str]]:
    info: str | None = None
    content: list[str] = []
    for line in lines:
        fence = _FENCE.match(line)
        if fence and info is None:
            info, content = fence[1].strip(), []
        elif fence:
            yield info or "", "".join(f"{part}\n" for part in content)
            info = None
        else:
            content.append(line)
    assert info is None, "a fence is never closed"


def _add(case: Case, info: list[str], content: str) -> None:
    """Take one fence.

    It is `findings`, `troubles`, `body PATH#REGION [edited]`, `failure PATH#REGION`, `earlier PATH`, `commit NUMBER PATH
    [absent]` or `PATH [escaped|absent]`.
    """
    match info:
        case ["findings"]:
            case.findings += content.splitlines()
        case ["troubles"]:
            case.troubles += content.splitlines()
        case ["body", region, *flags]:
            case.bodies[region] = content
            case.edited |= {region} if "edited" in flags else set()
        case ["failure", region]:
            case.failures[region] = content.strip()
        case ["commit", number, path, *flags]:
            case.commits.setdefault(int(number), {})[path] = None if "absent" in flags else content.encode()
        case ["earlier", path]:
            case.earlier[path] = content.encode()
        case [path, "escaped"]:
            case.files[path] = content.encode("ascii").decode("unicode_escape").encode("latin-1")
        case [path, "absent"]:
            case.files[path] = None
        case [path]:
            case.files[path] = content.encode()
        case _:
            raise AssertionError(f"unknown fence {info}")
