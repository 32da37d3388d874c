"""How two numbers for one quantity become a finding: which of them is suspect, and where the others are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docsync.models.claims import Form
from docsync.models.diagnostics import Confirmation, Finding, Related, Severity, Verdict
from docsync.project.quantities import Stated
from docsync.project.weighing import Agreement, Disagreement, Value
from docsync.validator.wording import RELATED, listing, plain

_SIGNS = re.compile(r"^[^\w%`]+|[\s(\[:–—*-]+$")
_LINES: Final = 3
"""How many lines of one value a message names."""


def results(judged: Disagreement | Agreement) -> Iterator[Finding | Confirmation]:
    """Give the finding of a disagreement, or confirm each of the numbers that agree."""
    if isinstance(judged, Disagreement):
        yield _finding(judged)
    else:
        for stated in judged.members:
            if judged.kind != "total" or stated.quantity.total is None:  # the 7 of `3/7` may hold where the 3 does not
                yield Confirmation(stated.path, (stated.quantity.span,))


def _finding(disagreement: Disagreement) -> Finding:
    """Report a disagreement at its least likely value: the one that fewest places give, or that is furthest behind."""
    suspect, *others = reversed(disagreement.values)
    first, *again = suspect.places
    elsewhere = [stated for value in reversed(others) for stated in value.places]
    there = _elsewhere(disagreement, others, first.path)
    return Finding(
        first.place,
        f"says {_said(disagreement, suspect)}{_subject(disagreement, first)}, but {there}",
        tuple(Related(stated.place, f"says {_written(stated)}") for stated in (*elsewhere, *again)[:RELATED]),
        verdict=Verdict.CONTRADICTED,
        severity=None if disagreement.sure else Severity.INFO,
        evidence=tuple(_evidence(disagreement, first)),
    )


def _said(disagreement: Disagreement, value: Value) -> str:
    if disagreement.kind == "percent":
        return f"{plain(value.value)}%"
    return _written(value.places[0]) if disagreement.kind == "count" else plain(value.value)


def _written(stated: Stated) -> str:
    quantity = stated.quantity
    parts = "/".join(plain(number.value) for number in (quantity.count, quantity.total) if number)
    percent = f"{plain(quantity.percent.value)}%" if quantity.percent else ""
    return f"{parts} ({percent})" if parts and percent else parts or percent


def _subject(disagreement: Disagreement, stated: Stated) -> str:
    """Name what the number is of: ` holes resolved for phase 2`, ` tasks open for part 3`, ` tasks in all`."""
    quantity = stated.quantity
    noun = quantity.noun or disagreement.likeliest.places[0].quantity.noun
    rest = "" if quantity.state or quantity.total else stated.topic.measure
    words = (noun, rest if disagreement.kind == "total" else quantity.state or rest)
    counted = () if disagreement.kind == "percent" else (" ".join(sorted(stated.topic.qualifier)), *words)
    return "".join(f" {word}" for word in (*counted, _owner(stated)) if word)


def _owner(stated: Stated) -> str:
    if not stated.topic.owner:
        return "in all"
    return f"for {stated.topic.owner}" if stated.owner.entity else f'for "{_called(stated.owner.text)}"'


def _called(text: str) -> str:
    """Give a name without the signs around it."""
    return _SIGNS.sub("", text)


def _elsewhere(disagreement: Disagreement, others: list[Value], path: str) -> str:
    """Tell what the other values are, the likeliest first, and where they stand."""
    return listing(f"{_who_says(value, path)} {_said(disagreement, value)}" for value in reversed(others))


def _who_says(value: Value, path: str) -> str:
    near = [stated for stated in value.places if stated.path == path]
    lines = dict.fromkeys(str(stated.line) for stated in near or value.places[:1])
    says = f"lines {listing(lines, _LINES)} say" if len(lines) > 1 else f"line {listing(lines)} says"
    return says if near else f"{value.places[0].path} on {says}"


def _evidence(disagreement: Disagreement, stated: Stated) -> Iterator[str]:
    topic = stated.topic
    subject = f"`{_called(stated.owner.text)}`" if topic.owner else "all that the document is about"
    yield f"both numbers are of {subject}"
    yield from _calling(disagreement, stated)
    yield f"both are as of {topic.moment}" if topic.moment else "both speak of now"
    votes = [len(value.places) for value in disagreement.values]
    if votes[0] > votes[-1]:
        yield f"{votes[0]} places against {votes[-1]}"


def _calling(disagreement: Disagreement, stated: Stated) -> Iterator[str]:
    """Tell what another place calls the thing, where it does not name it as the suspect does."""
    other = disagreement.likeliest.places[0]
    called = _called(other.quantity.scope.item if other.quantity.form is Form.ROW else other.owner.text)
    if called and stated.topic.owner and other.topic.owner != stated.topic.owner:
        yield f"line {other.line} calls it `{called}`"
