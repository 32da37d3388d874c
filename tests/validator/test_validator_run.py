from __future__ import annotations

from collections.abc import Iterator

import pytest
from making import document, holes, mention, project, quantity
from msgspec.structs import replace

from docsync.config.values import RuleChoice
from docsync.models.claims import Scope
from docsync.models.diagnostics import Confirmation, Finding, Safety, Severity, Tally, Verdict
from docsync.models.document import Suppression, Trouble
from docsync.models.status import Status
from docsync.project.index import Project
from docsync.text.spans import Span
from docsync.validator.rules import dependency_cycle, percent_disagrees_with_fraction
from docsync.validator.run import run

DONE, OPEN = Status.RESOLVED, Status.PENDING
WRONG = quantity("Sold: 5/10 tickets (40%)", "5", "10", "40")
RIGHT = quantity("Sold: 5/10 tickets (50%)", "5", "10", "50")


def _ignore(*codes: str, start: int = 0, end: int = 300, at: int = 390) -> Suppression:
    return Suppression(codes, "because", Span(at, at + 5), Span(start, end))


def test_finding_is_stamped_with_its_rules_code_name_and_severity() -> None:
    (found,) = run(project(document(quantities=(WRONG,)))).diagnostics
    assert (found.code, found.rule, found.severity) == ("DS202", "percent-disagrees-with-fraction", Severity.ERROR)
    assert found.verdict is Verdict.CONTRADICTED
    assert found.fix is not None
    assert found.fix.safety is Safety.UNSAFE


@pytest.mark.parametrize("spelling", ["DS202", "percent-disagrees-with-fraction", "ds202"])
def test_ignored_rules_do_not_run(spelling: str) -> None:
    outcome = run(project(document(quantities=(WRONG,)), rules=RuleChoice(frozenset({spelling}))))
    assert outcome.diagnostics == ()
    assert outcome.tally == Tally(files=1, unverifiable=1)


@pytest.mark.parametrize("spelling", ["DS202", "percent-disagrees-with-fraction"])
def test_configuration_ranks_over_rule(spelling: str) -> None:
    choice = RuleChoice(severities={spelling: Severity.INFO})
    (found,) = run(project(document(quantities=(WRONG,)), rules=choice)).diagnostics
    assert found.severity is Severity.INFO


def test_findings_own_severity_ranks_over_rules_and_below_the_configurations() -> None:
    known = holes(OPEN)
    strange = document(mentions=(mention("H1"), mention("H7", start=20)))
    (found,) = run(project(known, strange)).diagnostics
    assert (found.code, found.severity) == ("DS501", Severity.WARNING)
    choice = RuleChoice(severities={"unknown-id": Severity.INFO})
    (found,) = run(project(known, strange, rules=choice)).diagnostics
    assert found.severity is Severity.INFO


@pytest.mark.parametrize("code", ["DS202", "ds202", "percent-disagrees-with-fraction"])
def test_suppression_silences_what_its_block_holds(code: str) -> None:
    outcome = run(project(document(quantities=(WRONG,), suppressions=(_ignore(code),))))
    assert outcome.diagnostics == ()
    assert outcome.tally.contradicted == 0


def test_suppression_of_another_block_or_rule_silences_nothing() -> None:
    suppressions = (_ignore("DS202", start=100), _ignore("DS201", at=380))
    found = run(project(document(quantities=(WRONG,), suppressions=suppressions))).diagnostics
    assert [(one.code, one.place.span.start) for one in found] == [("DS202", 6), ("DS901", 380), ("DS901", 390)]


def test_inner_suppression_is_unused_when_an_outer_one_covers_the_block() -> None:
    outer, inner = _ignore("DS202", at=380), _ignore("DS202", start=5, end=30)
    found = run(project(document(quantities=(WRONG,), suppressions=(outer, inner)))).diagnostics
    assert [(one.code, one.place.span.start) for one in found] == [("DS901", 390)]


def test_only_the_codes_that_silenced_nothing_are_named() -> None:
    found = run(project(document(quantities=(WRONG,), suppressions=(_ignore("DS202", "DS203", "DS999"),)))).diagnostics
    assert [one.message for one in found] == ["nothing here to ignore for DS203 and DS999"]


def test_suppression_of_an_ignored_rule_is_not_called_unused() -> None:
    choice = RuleChoice(frozenset({"DS203"}))
    suppressed = document(quantities=(RIGHT,), suppressions=(_ignore("DS203", "count-disagrees-with-table"),))
    assert run(project(suppressed, rules=choice)).diagnostics == ()


def test_unused_suppressions_are_silent_when_their_rule_is_ignored() -> None:
    choice = RuleChoice(frozenset({"DS901"}))
    assert run(project(document(quantities=(RIGHT,), suppressions=(_ignore("DS202"),)), rules=choice)).diagnostics == ()


def test_diagnostics_come_by_path_and_place() -> None:
    def wrong(path: str, *at: int) -> Trouble:
        return Trouble("DS016", Span(at[0], at[0]), f"{path} {at[0]}")

    one = document("b.md", troubles=(wrong("b", 9), wrong("b", 3)), quantities=(RIGHT,))
    other = document("a.md", troubles=(wrong("a", 5),))
    assert [found.message for found in run(project(one, other)).diagnostics] == ["a 5", "b 3", "b 9"]


def test_one_number_that_two_rules_reject_is_one_diagnostic() -> None:
    claim = quantity("Progress: 1/2 holes resolved (90%)", "1", "2", "90", noun="holes", state="resolved")
    (found,) = run(project(holes(DONE, DONE), document("docs/STATE.md", quantities=(claim,)))).diagnostics
    assert found.code == "DS201"
    assert found.evidence[-1] == "says 1/2 is 90%; it is 50%"


def test_statement_repeated_in_several_files_is_one_diagnostic_with_every_place_and_every_change() -> None:
    claim = quantity("Progress: 1/2 holes resolved", "1", "2", noun="holes", state="resolved")
    documents = [document(f"docs/{name}.md", quantities=(claim,)) for name in "abc"]
    (found,) = run(project(holes(DONE, DONE), *documents), lambda _path: True).diagnostics
    assert found.place.path == "docs/a.md"
    again = [related.place.path for related in found.related if related.message == "says the same"]
    assert again == ["docs/b.md", "docs/c.md"]
    assert found.fix is not None
    assert [change.place.path for change in found.fix.changes] == ["docs/a.md", "docs/b.md", "docs/c.md"]


def test_statement_repeated_is_reported_in_each_file_where_the_caller_leaves_files_out() -> None:
    claim = quantity("Progress: 1/2 holes resolved", "1", "2", noun="holes", state="resolved")
    again = replace(claim, span=Span(40, 43))
    documents = [document("docs/a.md", quantities=(claim, again)), document("docs/b.md", quantities=(claim,))]
    found = run(project(holes(DONE, DONE), *documents)).diagnostics
    assert [one.place.path for one in found] == ["docs/a.md", "docs/b.md"]
    assert [place.message for place in found[0].related] == ["H1 is resolved", "H2 is resolved", "says the same"]


def test_only_wanted_files_are_reported_on() -> None:
    documents = [document(f"docs/{name}.md", quantities=(WRONG,)) for name in "ab"]
    outcome = run(project(*documents), lambda path: path == "docs/b.md")
    assert [one.place.path for one in outcome.diagnostics] == ["docs/b.md"]
    assert outcome.tally.contradicted == 2


def test_file_that_cannot_be_written_shares_no_finding() -> None:
    broken = document("docs/b.md", quantities=(WRONG,), troubles=(Trouble("DS602", Span(60, 61), "never closed"),))
    documents = [document("docs/a.md", quantities=(WRONG,)), broken, document("docs/c.md", quantities=(WRONG,))]
    found = run(project(*documents), lambda _path: True).diagnostics
    assert [(one.place.path, one.code) for one in found] == [
        ("docs/a.md", "DS202"),
        ("docs/b.md", "DS202"),
        ("docs/b.md", "DS602"),
    ]
    assert [related.place.path for related in found[0].related] == ["docs/c.md"]


def test_repetition_in_a_suppressed_block_is_left_out_of_the_fix() -> None:
    claim = quantity("Progress: 1/2 holes resolved", "1", "2", noun="holes", state="resolved")
    kept = document("docs/a.md", quantities=(claim,), suppressions=(_ignore("DS201"),))
    (found,) = run(project(holes(DONE, DONE), kept, document("docs/b.md", quantities=(claim,)))).diagnostics
    assert found.place.path == "docs/b.md"
    assert found.fix is not None
    assert len(found.fix.changes) == 1


def test_same_words_without_a_verdict_stay_apart() -> None:
    troubles = tuple(Trouble("DS010", Span(at, at), "a tab cannot indent YAML") for at in (3, 9))
    assert len(run(project(document(troubles=troubles, refused=True))).diagnostics) == 2


def test_same_trouble_twice_is_reported_once() -> None:
    trouble = Trouble("DS010", Span(3, 3), "a tab cannot indent YAML", ((Span(0, 3), "opened here"),), "indent by spaces")
    (found,) = run(project(document(troubles=(trouble, trouble), refused=True))).diagnostics
    assert (found.related[0].message, found.help) == ("opened here", "indent by spaces")


def test_a_trouble_that_is_a_note_fails_no_check() -> None:
    note = Trouble("DS010", Span(3, 3), "it holds placeholders", is_note=True)
    severities = [found.severity for found in run(project(document(troubles=(note, replace(note, is_note=False))))).diagnostics]
    assert severities == [Severity.INFO, Severity.ERROR]


def test_tally_counts_files_records_and_claims_by_verdict() -> None:
    claims = (
        quantity("Progress: 1/2 holes resolved", "1", "2", noun="holes", state="resolved"),
        replace(WRONG, span=Span(50, 54)),
        replace(quantity("about 7 whales", "7", noun="whales"), span=Span(90, 91)),
        replace(quantity("then 3 whales", "3", noun="whales", scope=Scope(as_of="session 2")), span=Span(120, 121)),
    )
    mentions = (mention("H1", DONE, 200), mention("H2", start=220), mention("H9", OPEN, 240, scope=Scope(as_of="x")))
    outcome = run(project(holes(DONE, OPEN), document(quantities=claims, mentions=mentions)))
    assert outcome.tally == Tally(files=2, records=2, confirmed=2, contradicted=1, unverifiable=1)
    assert outcome.tally.claims == 4


def test_claim_that_one_rule_confirms_and_another_rejects_is_contradicted() -> None:
    claim = quantity("Progress: 1/2 holes resolved (90%)", "1", "2", "90", noun="holes", state="resolved")
    choice = RuleChoice(frozenset({"DS202"}))
    outcome = run(project(holes(DONE, OPEN), document(quantities=(claim,)), rules=choice))
    assert (outcome.tally.confirmed, outcome.tally.contradicted) == (0, 1)


def test_crash_of_one_rule_is_reported_and_leaves_the_others_standing(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_project: Project) -> Iterator[Finding | Confirmation]:
        yield Confirmation("docs/STATE.md", (Span(0, 1),))
        raise KeyError("phase")

    monkeypatch.setattr(dependency_cycle, "check", crash)
    found = run(project(document(quantities=(WRONG,)))).diagnostics
    assert [one.code for one in found] == ["DS900", "DS202"]
    assert found[0].message == "docsync failed in rule DS401 dependency-cycle: KeyError: 'phase'"
    assert "report it" in found[0].help


def test_crash_without_any_file_has_a_place_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_project: Project) -> Iterator[Finding | Confirmation]:
        raise KeyError("phase")
        yield

    monkeypatch.setattr(percent_disagrees_with_fraction, "check", crash)
    found = run(project()).diagnostics
    assert [(one.code, one.place.path) for one in found] == [("DS900", "."), ("DS903", ".")]
