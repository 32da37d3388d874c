from __future__ import annotations

from docsync.engine.differences import difference
from docsync.models.diagnostics import Diagnostic, Place, Related, Report, Severity, Tally
from docsync.text.spans import Span


def found(message: str, path: str = "a.md", at: int = 0, *others: str) -> Diagnostic:
    related = tuple(Related(Place(other, Span(0, 1)), "says the same") for other in others)
    return Diagnostic("DS201", "count", Severity.ERROR, message, Place(path, Span(at, at + 1)), related)


def report(*diagnostics: Diagnostic) -> Report:
    return Report(diagnostics, Tally(1))


def test_what_only_moved_is_no_difference() -> None:
    before = report(found("says 5; 7 are", at=3), found("is 4 (line 12)"))
    assert not difference(before, report(found("says 5; 7 are", at=90), found("is 4 (line 40)")))


def test_what_came_and_what_went() -> None:
    one, other = found("says 5; 7 are"), found("is pending here")
    now = difference(report(one), report(other))
    assert (now.broke, now.healed, now.restated) == ((other,), (one,), ())


def test_other_numbers_are_the_same_finding_restated() -> None:
    one, other = found("says 5; 7 are"), found("says 6; 7 are")
    now = difference(report(one), report(other))
    assert (now.broke, now.healed, now.restated) == ((), (), ((one, other),))


def test_the_same_said_in_one_more_file_is_restated() -> None:
    one, other = found("says 5; 7 are"), found("says 5; 7 are", "a.md", 0, "b.md")
    assert difference(report(one), report(other)).restated == ((one, other),)


def test_of_two_alike_one_goes() -> None:
    one, two = found("says 5; 7 are", at=1), found("says 5; 7 are", at=9)
    assert len(difference(report(one, two), report(two)).healed) == 1


def test_the_same_in_another_file_is_another_finding() -> None:
    one, other = found("says 5; 7 are"), found("says 5; 7 are", "b.md")
    now = difference(report(one), report(other))
    assert (now.broke, now.healed) == ((other,), (one,))
