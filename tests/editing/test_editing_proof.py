from __future__ import annotations

import pytest
from drawn_homes import CONFIG
from msgspec.structs import replace

from docsync.editing import Amendment, Uneditable, edits_for, edits_together
from docsync.editing.proof import Version, Wish, prove_change
from docsync.parser.document import read_document
from docsync.text.edits import Edit, apply
from docsync.text.source import decode
from docsync.text.spans import Span

PAGE = (
    "---\nrecords: hole\n---\n\n# Holes\n\n## H1: Lamp\n\n- **Status**: Ready\n- **Type**: a\n\n### Criteria\n\n- [ ] burns\n\n"
    "## H2: Horn\n\n- **Status**: Ready\n\nA word.\n\n2 of 3 seals are counted.\n"
)


def _version(text: str) -> Version:
    source = decode("docs/PLAN.md", text.encode())
    return Version(source, read_document(source, CONFIG))


def _prove(old: str, new: str, wishes: dict[int, Wish] | None = None) -> None:
    at = PAGE.index(old)
    edits = (Edit(Span(at, at + len(old)), new),)
    prove_change(_version(PAGE), edits, _version(apply(PAGE, edits)), wishes or {}, CONFIG.kinds)


def test_what_is_wished_is_proved() -> None:
    _prove("Ready", "Blocked", {0: Wish({"status": "blocked"})})
    _prove("[ ]", "[x]", {0: Wish(ticks={0: True})})
    _prove("A word.", "Two words.")


@pytest.mark.parametrize(
    ("old", "new", "wishes", "said"),
    [
        ("Ready", "Blocked", {}, "PLAN.md:7: status of H1 would change, too, from ready to blocked"),
        ("Ready", "Raedy", {0: Wish({"status": "ready"})}, "status of H1 would be read as nothing and not as ready"),
        ("H2: Horn", "The horn", {}, "H2 would not be read as a hole any more"),
        ("Horn", "Bell", {}, "PLAN.md:16: title of H2 would change, too, from Horn to Bell"),
        ("[ ]", "[x]", {}, "PLAN.md:7: the criteria of H1 would be read otherwise"),
        ("[ ]", "[ ]", {0: Wish(ticks={0: True})}, "the criteria of H1 would be read otherwise"),
        ("- [ ] burns\n", "- [ ] burns\n- [ ] more\n", {}, "the criteria of H1 would be read otherwise"),
        ("# Holes\n", "# Holes\n\n## H9: More\n", {}, "the change would make other records of the text"),
        ("- **Type**: a\n", "- **Type**: a\n- **Phase**: 1 and 2\n", {}, "phase: expected one id"),
        ("A word.", "~~~", {}, "PLAN.md:22: a number there would be read otherwise"),
    ],
)
def test_anything_else_is_refused(old: str, new: str, wishes: dict[int, Wish], said: str) -> None:
    with pytest.raises(Uneditable, match=said):
        _prove(old, new, wishes)


def test_text_outside_the_edits_must_be_the_same() -> None:
    with pytest.raises(Uneditable, match="text outside the edits would change"):
        prove_change(_version(PAGE), (), _version(PAGE.replace("counted", "seen")), {}, CONFIG.kinds)


def test_a_record_that_is_not_there_any_more_is_not_changed() -> None:
    record = _version(PAGE).facts.records[1]
    source = decode("docs/PLAN.md", PAGE.replace("Lamp", "Lantern").encode())
    with pytest.raises(Uneditable, match="H2 is not where it was any more; run again"):
        edits_for(source, record, CONFIG, {"status": "blocked"})


def test_a_document_that_is_refused_is_not_changed() -> None:
    version = _version(PAGE)
    source = decode("docs/PLAN.md", PAGE.replace("records: hole", "records: [hole").encode())
    with pytest.raises(Uneditable, match=r"docs/PLAN\.md:\d+: .*; nothing was changed"):
        edits_for(source, version.facts.records[0], CONFIG, {"status": "blocked"})


def test_a_box_that_is_a_criterion_of_one_record_and_the_home_of_another_changes_for_both() -> None:
    page = "---\nrecords: {phase: sections, task: items}\n---\n\n# Plan\n\n## Phase 1: Build\n\n- [ ] T1 Lamp\n- [ ] T2 Horn\n"
    version = _version(page)
    task = next(one for one in version.facts.records if one.id == "T1")
    edits = edits_for(version.source, task, CONFIG, {"status": "resolved"})
    after = read_document(replace(_version(apply(page, edits)).source), CONFIG).records
    assert [one.met for one in after[0].criteria] == [True, False]


def test_two_amendments_of_one_record_are_one() -> None:
    version = _version(PAGE)
    record = version.facts.records[0]
    wanted = [Amendment(record, {"type": "b"}), Amendment(record, ticks={0: True}), Amendment(record, {"phase": "2"})]
    after = apply(PAGE, edits_together(version.source, wanted, CONFIG))
    assert after == PAGE.replace("a\n\n###", "b\n- **Phase**: 2\n\n###").replace("[ ]", "[x]")
