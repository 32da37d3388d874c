"""What a JUnit report says: every test case once, however its suites are nested."""

from __future__ import annotations

from collections import Counter
from typing import Final

from msgspec import Struct, field

from docsync.engine.reports.markup import Attributes, listen
from docsync.engine.reports.times import moments_of
from docsync.models.reports import Figures, Moments, Part, TestRun, stem

ROOTS: Final = frozenset({"testsuites", "testsuite"})
_MOST_PARTS: Final = 20_000
_DIGITS: Final = 8
_BITS: Final = (1 << 64) - 1
_EXPECTED: Final = "pytest.xfail"
_NOT_RUN: Final = frozenset({"notrun", "disabled", "skipped", "ignored", "suppressed"})


def read_junit(raw: bytes) -> TestRun:
    """Read a report; raises Unreadable."""
    reader = _Reader()
    listen(raw, ROOTS, reader)
    return reader.run()


class _Suite(Struct):
    attributes: Attributes
    inner: bool = False
    """Whether it holds cases or suites of its own."""


class _Case(Struct):
    attributes: Attributes
    state: str


class _Gathered(Struct):
    """Count the cases of one part by how they went, and hold the functions that they are of."""

    states: Counter[str] = field(default_factory=Counter)
    functions: set[tuple[str, str]] = field(default_factory=set)

    @property
    def figures(self) -> Figures:
        """Give the figures of the part."""
        states = self.states
        skipped = states["skipped"] + states["expected"]
        functions = len(self.functions)
        return Figures(states.total(), states["failed"], states["errors"], skipped, states["expected"], functions)


class _Reader:
    """Gather cases while the elements go by."""

    def __init__(self) -> None:
        self._suites: list[_Suite] = []
        self._case: _Case | None = None
        self._inside = 0
        """How many elements of a case are open."""
        self._parts: dict[tuple[tuple[str, ...], str], _Gathered] = {}
        self._summed: list[Part] = []
        self._root: Figures | None = None
        self._outermost: list[Figures | None] = []
        self._moments = Moments()
        self._cases = 0

    def begin(self, name: str, attributes: Attributes) -> None:
        """Take an element in."""
        if self._case is not None:
            self._inside += 1
            if self._inside == 1:
                self._case.state = _state(name, attributes, self._case.state)
        elif name == "testcase":
            self._case = _Case(attributes, _stated(attributes))
            self._open()
        elif name == "testsuite":
            self._begin_suite(attributes)
        elif name == "testsuites":
            self._root = declared(attributes)
            self._stamp(attributes)

    def end(self, name: str) -> None:
        """Take an element's end in."""
        if self._case is not None:
            if self._inside:
                self._inside -= 1
                return
            self._add(self._case)
            self._case = None
        elif name == "testsuite":
            self._end_suite(self._suites.pop())

    def run(self) -> TestRun:
        """Give what was gathered."""
        parts = [Part(suites, file, gathered.figures) for (suites, file), gathered in self._parts.items()]
        parts += self._summed
        counted = sum((part.figures for part in parts), Figures())
        sums = [figures for figures in self._outermost if figures is not None]
        whole = self._root or (sum(sums, Figures()) if sums and len(sums) == len(self._outermost) else None)
        return TestRun(counted, whole, tuple(parts) if len(parts) <= _MOST_PARTS else (), self._moments, self._cases)

    def _open(self) -> None:
        if self._suites:
            self._suites[-1].inner = True

    def _begin_suite(self, attributes: Attributes) -> None:
        if not self._suites:
            self._outermost.append(declared(attributes))
        self._open()
        self._suites.append(_Suite(attributes))
        self._stamp(attributes)

    def _end_suite(self, suite: _Suite) -> None:
        """Take the word of a suite that only sums up."""
        figures = None if suite.inner else declared(suite.attributes)
        if figures and figures.total:
            names = (*self._names(), suite.attributes.get("name", ""))
            self._summed.append(Part(tuple(filter(None, names)), stem(suite.attributes.get("file", "")), figures))

    def _stamp(self, attributes: Attributes) -> None:
        if stamp := attributes.get("timestamp"):
            self._moments = self._moments.latest(moments_of(stamp, attributes.get("time", "")))

    def _add(self, case: _Case) -> None:
        names = tuple(filter(None, self._names()))
        file = stem(case.attributes.get("file") or self._file()) or _module(case.attributes.get("classname", ""))
        called = case.attributes.get("classname", ""), case.attributes.get("name", "")
        gathered = self._parts.setdefault((names, file), _Gathered())
        gathered.states[case.state] += 1
        gathered.functions.add((called[0], called[1].partition("[")[0]))
        self._cases += hash((names, file, called)) & _BITS

    def _names(self) -> list[str]:
        return [suite.attributes.get("name", "") for suite in self._suites]

    def _file(self) -> str:
        return next((file for suite in reversed(self._suites) if (file := suite.attributes.get("file"))), "")


def declared(attributes: Attributes) -> Figures | None:
    """Give the figures by which a suite sums up its cases; None where it does not, or they cannot be."""
    skipped = next((attributes[key] for key in ("skipped", "skip", "skips", "disabled") if attributes.get(key)), "0")
    written = (attributes.get("tests", ""), attributes.get("failures") or "0", attributes.get("errors") or "0", skipped)
    if not all(number.isascii() and number.isdecimal() and len(number) <= _DIGITS for number in written):
        return None
    figures = Figures(*map(int, written))
    return figures if figures.passed >= 0 else None


def _stated(attributes: Attributes) -> str:
    """Read how a case went from its attributes, where some frameworks say that it was not run."""
    told = {attributes.get("status", "").lower(), attributes.get("result", "").lower()}
    return "skipped" if told & _NOT_RUN else "passed"


def _state(name: str, attributes: Attributes, before: str) -> str:
    """Say how a case went by what it holds; what failed stays failed."""
    if name in ("failure", "error") and before not in ("failed", "errors"):
        return "failed" if name == "failure" else "errors"
    if name == "skipped" and before == "passed":
        return "expected" if attributes.get("type") == _EXPECTED else "skipped"
    return before


def _module(classname: str) -> str:
    """Give a dotted name as a path: `tests.unit.test_feed.TestFeed` is in `tests/unit/test_feed`."""
    return classname.replace(".", "/") if "/" not in classname and " " not in classname else ""
