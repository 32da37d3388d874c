from __future__ import annotations

from itertools import combinations

import pytest

from docsync.models.status import Status
from docsync.project.entities import advancement
from docsync.validator.clashes import CLASHES, clash

S = Status


@pytest.mark.parametrize("settled", [S.RESOLVED, S.CANCELLED])
@pytest.mark.parametrize("open_", [S.PENDING, S.READY, S.IN_PROGRESS, S.BLOCKED])
def test_what_is_settled_is_not_open(settled: Status, open_: Status) -> None:
    assert clash(settled, open_)
    assert clash(settled, open_) == clash(open_, settled)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (S.RESOLVED, S.CANCELLED),
        (S.PENDING, S.READY),
        (S.PENDING, S.BLOCKED),
        (S.PENDING, S.DEFERRED),
        (S.READY, S.IN_PROGRESS),
        (S.DEFERRED, S.CANCELLED),
        (S.DEFERRED, S.BLOCKED),
        (S.FAILED, S.IN_PROGRESS),
    ],
)
def test_what_people_say_of_one_thing_goes_together(one: Status, other: Status) -> None:
    assert clash(one, other) == ""


def test_no_status_contradicts_itself() -> None:
    assert all(clash(status, status) == "" for status in S)
    assert all(len(pair) == 2 for pair in CLASHES)


def test_open_goes_with_work_in_progress_and_not_started_does_not() -> None:
    assert clash(S.PENDING, S.IN_PROGRESS, "open", "active") == ""
    assert clash(S.PENDING, S.IN_PROGRESS, "Not started", "active")
    assert clash(S.IN_PROGRESS, S.PENDING, "active", "not yet started")
    assert clash(S.IN_PROGRESS, S.PENDING, "not started", "open") == ""


def test_every_status_has_its_own_rank() -> None:
    assert all(advancement(one) != advancement(other) for one, other in combinations(S, 2))
    assert max(S, key=advancement) is S.RESOLVED


@pytest.mark.parametrize(("raw", "clashes"), [("Ready", True), ("Ready for planning", False), ("ready for review", False)])
def test_what_is_ready_for_a_step_of_its_own_may_be_done_since(raw: str, clashes: bool) -> None:  # noqa: FBT001 -- a parameter of the case
    assert bool(clash(Status.READY, Status.RESOLVED, raw, "done")) is clashes
