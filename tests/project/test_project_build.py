from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project_builders import config, document, ids, project, record

from docsync.models.status import Status
from docsync.project.build import join, resolve
from docsync.project.names import number_of


def test_documents_and_their_records_are_joined_by_path() -> None:
    late = document("z.md", record("hole", "H2", path="z.md"), record("hole", "H1", path="z.md"))
    early = document("a.md", record("phase", "P1", path="a.md"))

    joined = join(config(), [late, early], frozenset({"a.md"}))

    assert list(joined.documents) == ["a.md", "z.md"]
    assert ids(joined.records) == ["P1", "H2", "H1"]
    assert ids(joined.by_kind["hole"]) == ["H2", "H1"]
    assert joined.present == {"a.md"}


def test_a_duplicate_id_stays_visible() -> None:
    joined = project(record("hole", "H1", Status.READY), record("hole", "H1", Status.RESOLVED, path="other.md"))

    assert [one.path for one in joined.by_id["H1"]] == ["other.md", "plan.md"]


@given(st.integers(0, 9), st.randoms(use_true_random=False))
def test_the_order_of_the_documents_does_not_matter(count: int, chance: random.Random) -> None:
    documents = [document(f"{name}.md", record("hole", f"H{name}", path=f"{name}.md")) for name in range(count)]
    shuffled = documents.copy()
    chance.shuffle(shuffled)

    assert vars(join(config(), documents)) | {"config": None} == vars(join(config(), shuffled)) | {"config": None}


@pytest.mark.parametrize(
    ("reference", "kind", "expected"),
    [
        ("H6", "", "H6"),
        ("h6", "hole", "H6"),
        ("`H6`", "", "H6"),
        ("H6", "phase", None),
        ("P2", "phase", "P2"),
        ("Phase 2", "phase", "P2"),
        ("phase-2", "", "P2"),
        ("phases 02", "phase", "P2"),
        ("2", "phase", "P2"),
        ("#2", "phase", "P2"),
        ("Ph 2", "phase", "P2"),
        ("Phase 2 (weeks three and four)", "phase", "P2"),
        ("Phase 2: Wiring", "phase", "P2"),
        ("Phase 2.5", "phase", "Phase 2.5"),
        ("2.5", "phase", "Phase 2.5"),
        ("2", "", None),
        ("Ph 2", "", None),
        ("gate 2", "phase", None),
        ("Gate 2", "gate", "G2"),
        ("G2", "", "G2"),
        ("session 4", "session", "kick-off"),
        ("4", "session", "kick-off"),
        ("Phase 20", "phase", None),
        ("Phase 2a", "phase", None),
        ("the phase", "phase", None),
        ("", "phase", None),
        ("3", "metric", None),
    ],
)
def test_a_reference_finds_its_record(reference: str, kind: str, expected: str | None) -> None:
    plan = project(
        record("hole", "H6"),
        record("phase", "P2"),
        record("phase", "Phase 2.5"),
        record("gate", "G2"),
        record("session", "kick-off", number=4),
    )

    found = resolve(plan, reference, kind)

    assert (found.id if found else None) == expected


def test_the_nearest_of_several_records_answers() -> None:
    plan = project(
        record("phase", "P1", path="alpha/plan.md"),
        record("phase", "Phase 1", path="beta/phases.md"),
        record("phase", "phase 1", path="beta/plan.md"),
    )

    assert resolve(plan, "1", "phase") is plan.by_id["P1"][0]
    assert resolve(plan, "1", "phase", beside="beta/plan.md") is plan.by_id["phase 1"][0]
    assert resolve(plan, "1", "phase", beside="beta/holes.md") is plan.by_id["Phase 1"][0]


def test_a_written_number_stands_before_the_one_in_the_id() -> None:
    assert number_of(record("phase", "P7", number=3)) == "3"
    assert number_of(record("phase", "P07")) == "7"
    assert number_of(record("task", "WS-3-1")) == ""
    assert number_of(record("task", "1.2.3")) == "1.2.3"
