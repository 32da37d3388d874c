"""Which tests a number speaks of: all that the project has, or a part of them that a report names.

A report is of one suite, and a project's documents speak of many: of one feature's tests, of those that a phase wrote, of those
another package has. So the words around a number must leave no doubt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from posixpath import dirname
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.claims import Form, Quantity
from docsync.models.document import DocumentFacts
from docsync.project.following import each
from docsync.project.index import Project
from docsync.validator.vocabulary import is_fact, neutral, says_total, words

TOTAL: Final = "total"
PASSED: Final = "passed"
FAILED: Final = "failed"
SKIPPED: Final = "skipped"
ERRORS: Final = "errors"
COVERAGE: Final = "coverage"

_STATES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("", "total", "executed", "running"), TOTAL),
    **dict.fromkeys(("pass", "passed", "passing", "green", "succeeded", "successful"), PASSED),
    **dict.fromkeys(("fail", "failed", "failing"), FAILED),
    "skipped": SKIPPED,
}
_NOUNS: Final = frozenset({"test", "tests"})
_COVERS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("coverage", "test coverage", "code coverage", "total coverage", "overall coverage", "coverage total"), ""),
    **dict.fromkeys(("line coverage", "statement coverage", "lines covered", "coverage lines"), "line"),
    **dict.fromkeys(("branch coverage", "branches covered", "coverage branches"), "branch"),
}
_SUITE: Final = frozenset(
    re.findall(
        r"\w+",
        "test tests testing tested suite suites automated pass passes passed passing fail failing failed failures green "
        "skipped run runs running ran result results rate full whole entire complete with this have has there quality ci "
        "build health coverage code line lines branch branches statement statements check checks verification validation "
        "latest and or",
    )
)
"""Words that leave open whose tests are spoken of, beside those that leave open whose records are."""
_PLACES: Final = frozenset(
    re.findall(
        r"\w+",
        "readme state status roadmap plan plans planning progress handoff handover index todo claude agents contributing "
        "development metrics dashboard doc docs documentation management notes project github session sessions current "
        "overview",
    )
)
"""Words of file and folder names that say that a document is about the whole project."""
_MANIFESTS: Final = frozenset(
    {"package.json", "pyproject.toml", "setup.py", "setup.cfg", "Cargo.toml", "go.mod", "pom.xml", "build.gradle", "Gemfile"}
)
"""Files that make a folder below the root a project of its own."""
_PATH: Final = re.compile(r"(?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|go|[cm]?[jt]sx?)\b")
_DONE: Final = re.compile(
    r"\b(?:created|add(?:ed|s)|new|written|wrote|deliver\w*|accomplish\w*|implement(?:ed|ation)|change[ds]|what was|fixed)\b",
    re.IGNORECASE,
)
"""Words of an account of what was done, by which tests are counted as they were then."""
_ACCOUNT: Final = re.compile(
    r"\b(?:releases?|changelog|changes|history|reviews?|audit|retro\w*|summary|proposal|log)\b", re.IGNORECASE
)
_ENOUGH: Final = 20
"""A total from which on it is no accident that another number is the same."""


class Tested(Struct, frozen=True):
    """Say which tests a number counts, and in which state.

    `part` is empty for all of them, else a path, or a word such as `auth`. `sure` tells that the words leave no doubt; else the
    number must agree with the report's before it is taken to speak of the same. `rivalled` tells that its section states
    several such numbers, and does not say which is of all tests. Of coverage, `state` tells which.
    """

    quantity: Quantity
    state: str
    part: str = ""
    sure: bool = True
    rivalled: bool = False


@each
def tested(document: DocumentFacts) -> tuple[Quantity, ...]:
    """Give the numbers of a document that may be of tests, as they are now."""
    if document.moment:
        return ()
    return tuple(_living(document, _counts_tests))


@each
def covered(document: DocumentFacts) -> tuple[Quantity, ...]:
    """Give the percentages of a document that may be of coverage, as it is now."""
    if document.moment:
        return ()
    return tuple(_living(document, lambda quantity: kind_of_coverage(quantity) is not None))


def subjects(project: Project, document: DocumentFacts, quantities: Iterable[Quantity]) -> Iterator[Tested]:
    """Give what numbers of tests speak of; where a section has several totals, one that does not say it is of all is marked."""
    found = [one for quantity in quantities if (one := _subject(project, document, quantity))]
    differing = _differing(found)
    for one in found:
        doubtful = one.part == "" and not says_total(one.quantity) and one.quantity.scope.headings in differing
        yield replace(one, rivalled=one.sure and doubtful)


def coverage_subjects(project: Project, document: DocumentFacts, quantities: Sequence[Quantity]) -> Iterator[Tested]:
    """Give the percentages that are of the coverage of all the project's code."""
    for quantity in quantities:
        kind = kind_of_coverage(quantity)
        if kind is not None and is_fact(quantity) and _is_of_all(project, document, quantity):
            yield Tested(quantity, kind)


def kind_of_coverage(quantity: Quantity) -> str | None:
    """Tell which coverage a percentage is of: `line`, `branch`, empty where that is left open; None where it is of none."""
    if quantity.percent is None or quantity.count is not None:
        return None
    return _COVERS.get(" ".join(re.findall(r"[a-z]+", quantity.key.lower())))


def agrees(total: int, quantity: Quantity) -> bool:
    """Tell whether a number's total, or itself where it has none, is one that it could hardly be by accident."""
    stated = quantity.total or quantity.count
    return stated is not None and stated.exact and stated.value == total >= _ENOUGH


def _living(document: DocumentFacts, may_be: Callable[[Quantity], bool]) -> Iterator[Quantity]:
    """Give the living numbers that may be of what is asked for; one that two readers found counts once."""
    quantities, runs = document.quantities, document.runs
    known = {number.span for quantity in quantities for number in quantity.numbers} if runs else set()
    yield from (one for one in quantities if may_be(one) and _is_living(one))
    found = (one for one in runs if may_be(one) and _is_living(one))
    yield from (one for one in found if known.isdisjoint(number.span for number in one.numbers))


def _is_living(quantity: Quantity) -> bool:
    return quantity.scope.living and not quantity.binding and not quantity.aim and not quantity.open_box and not quantity.listed


def _counts_tests(quantity: Quantity) -> bool:
    if quantity.count is None or quantity.state.lower() not in _STATES:
        return False
    return quantity.noun in _NOUNS or (quantity.noun == "" and quantity.state != "" and bool(_path_of(quantity)))


def _subject(project: Project, document: DocumentFacts, quantity: Quantity) -> Tested | None:
    state = _STATES[quantity.state.lower()]
    if not is_fact(quantity) or quantity.of or quantity.parts:
        return None
    if state == TOTAL and quantity.total is not None:
        state = PASSED
    if quantity.entities or quantity.scope.entities or _tells_of_then(document, quantity):
        return None
    if path := _path_of(quantity):
        return Tested(quantity, state, path) if _is_plain(project, _without_paths(quantity)) else None
    if _is_of_all(project, document, quantity) and _stands(quantity, state):
        return Tested(quantity, state)
    if part := _narrowing(project, quantity):
        return Tested(quantity, state, part)
    plain = _is_plain(project, (quantity.qualifier, quantity.key, quantity.rest))
    return Tested(quantity, state, sure=False) if plain and (state == PASSED or says_total(quantity)) else None


def _tells_of_then(document: DocumentFacts, quantity: Quantity) -> bool:
    """Tell whether a number is part of an account of what was done: which tests were written, how they went that day."""
    scope = quantity.scope
    told = (quantity.before, scope.lead, scope.item, *scope.headings)
    return any(map(_DONE.search, told)) or _ACCOUNT.search(document.path.rpartition("/")[2].replace("_", " ")) is not None


def _is_of_all(project: Project, document: DocumentFacts, quantity: Quantity) -> bool:
    if quantity.entities or quantity.scope.entities:
        return False
    return _is_plain(project, _around(document, quantity)) and _is_about_all(project, document)


def _around(document: DocumentFacts, quantity: Quantity) -> Iterator[str]:
    """Give the texts around a number that may narrow it down; the document's title does that by itself."""
    scope = quantity.scope
    yield from (quantity.qualifier, quantity.key, quantity.before, quantity.rest, scope.lead, scope.item)
    yield from (heading for heading in scope.headings if heading != document.title)


def _is_plain(project: Project, texts: Iterable[str]) -> bool:
    return all(neutral(project, " ".join(words(text) - _SUITE)) for text in texts)


def _stands(quantity: Quantity, state: str) -> bool:
    """Tell whether a number is stated as a fact of its own: `142 tests` in passing may be some of them."""
    if quantity.total is not None or quantity.every or says_total(quantity) or state != TOTAL:
        return True
    if quantity.form in (Form.KEY_VALUE, Form.ROW, Form.FRONT_MATTER):
        return True
    return bool(words(f"{quantity.before} {quantity.key}") & {"suite", "suites"})


def _is_about_all(project: Project, document: DocumentFacts) -> bool:
    """Tell whether a document is about the whole project: by its folders, and by its name or title."""
    folder = dirname(document.path)
    if not _is_of_places(project, folder) or any(_is_project(project, above) for above in _upwards(folder)):
        return False
    name = document.path.rpartition("/")[2].rpartition(".")[0]
    return _is_of_places(project, name) or _is_of_places(project, document.title)


def _is_of_places(project: Project, text: str) -> bool:
    return neutral(project, " ".join(words(text.replace("_", " ")) - _SUITE - _PLACES))


def _is_project(project: Project, folder: str) -> bool:
    return not _MANIFESTS.isdisjoint(project.evidence.beside(f"{folder}/x"))


def _upwards(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = dirname(folder)


def _path_of(quantity: Quantity) -> str:
    """Give the path of the tests that a number is said of; empty where there is none, or several."""
    found = {path.strip("./") for text in (quantity.key, quantity.before) for path in _PATH.findall(text)}
    return found.pop() if len(found) == 1 else ""


def _without_paths(quantity: Quantity) -> Iterator[str]:
    for text in (quantity.key, quantity.before, quantity.rest):
        yield _PATH.sub(" ", text)


def _narrowing(project: Project, quantity: Quantity) -> str:
    """Give the one word that narrows a number of tests down, where nothing else does: `auth` in `12 auth tests`."""
    scope = quantity.scope
    if not _is_plain(project, (quantity.before, quantity.rest, scope.lead, *scope.headings[1:])):
        return ""
    said = words(f"{quantity.qualifier} {quantity.key}") - _SUITE
    narrowing = [word for word in said if not neutral(project, word)]
    return narrowing[0] if len(narrowing) == 1 else ""


def _differing(found: Iterable[Tested]) -> frozenset[tuple[str, ...]]:
    """Give the sections that state several totals: each is of something that its line does not name."""
    stated: dict[tuple[tuple[str, ...], str], set[object]] = defaultdict(set)
    for one in found:
        quantity = one.quantity
        number, state = (quantity.total, TOTAL) if quantity.total else (quantity.count, one.state)
        if number and not one.part:
            stated[quantity.scope.headings, state].add(number.value)
    return frozenset(headings for (headings, _), values in stated.items() if len(values) > 1)
