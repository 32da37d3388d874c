"""Which tests a list of pytest's node ids names: one a line, as `--collect-only -q` prints them, or a JSON list."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from docsync.engine.reports.coverage_json import json_of
from docsync.engine.reports.markup import Unreadable
from docsync.models.reports import Figures, Part, TestRun, stem

_ID: Final = re.compile(r"(?P<file>[^\s:][^:\n]*)::\S")


def read_node_ids(raw: bytes) -> TestRun:
    """Read a list; raises Unreadable where it names no test."""
    names = _listed(raw) if raw.lstrip()[:1] == b"[" else _written(raw)
    listed = [(found["file"], name.partition("[")[0]) for name in names if (found := _ID.match(name))]
    files = Counter(file for file, _ in listed)
    functions = Counter(file for file, _ in set(listed))
    if not files:
        raise Unreadable("names no test: lines such as tests/test_feed.py::test_empty were expected")
    parts = tuple(Part((), stem(file), Figures(count, functions=functions[file])) for file, count in files.items())
    return TestRun(Figures(files.total(), functions=functions.total()), parts=parts, cases=hash(frozenset(names)))


def _listed(raw: bytes) -> set[str]:
    found = json_of(raw)
    return {name for name in found if isinstance(name, str)} if isinstance(found, list) else set()


def _written(raw: bytes) -> set[str]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("is not UTF-8") from error
    return {line.rstrip() for line in text.splitlines()}
