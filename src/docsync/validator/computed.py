"""Which values of a file's front matter docsync computes, and what each should be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from docsync.models.diagnostics import Place
from docsync.models.document import DocumentFacts, FrontMatterEntry
from docsync.models.records import Json
from docsync.project.expressions import FactError
from docsync.project.facts import Fact, evaluate
from docsync.project.index import Project
from docsync.project.progress import Progress, overall, progress
from docsync.text.spans import Span
from docsync.validator.digits import rounded
from docsync.validator.entities import record_of_file

_FRACTION = re.compile(r"(\d+)\s*/\s*(\d+)(?:\s*\((\d+(?:\.\d+)?)%\))?")
_SHARE = re.compile(r"\d+(?:\.(\d+))?(\s?%)")
_PLAIN = ("progress", "percent", "done", "resolved", "total", "remaining", "open")

_MEASURES = ", ".join(f"`{name}`" for name in _PLAIN)


class Computed(Struct, frozen=True):
    """Hold one computed value: where it stands, what it says and what it should say.

    `text` is what belongs at `span`, None with a `failure` when it cannot be worked out.
    """

    key: str
    span: Span
    present: str
    text: str | None
    failure: str = ""


def computed(project: Project, document: DocumentFacts) -> Iterator[Computed]:
    """Give the values that `docsync: {computed: …}` names: a list of keys, or a mapping of keys to fact expressions."""
    for key, expression, entry, settings in _wanted(document):
        if entry is None:
            yield Computed(key, settings.value_span, "", None, f"the front matter has no `{key}`")
        else:
            yield _one(project, document, entry, expression)


@lru_cache(maxsize=2)
def computed_keys(project: Project) -> frozenset[Place]:
    """Give the places of the keys whose values are computed."""
    return frozenset(
        document.place(entry.key_span)
        for document in project.documents.values()
        for _, _, entry, _ in _wanted(document)
        if entry
    )


def _wanted(document: DocumentFacts) -> Iterator[tuple[str, str, FrontMatterEntry | None, FrontMatterEntry]]:
    """Give each computed key with its expression, its entry and the entry that declares it."""
    matter = document.front_matter
    settings = matter.entries.get("docsync") if matter else None
    if matter and settings:
        for key, expression in _declared(settings.value):
            yield key, expression, matter.entries.get(key), settings


def _declared(settings: Json) -> Iterator[tuple[str, str]]:
    wanted = settings.get("computed") if isinstance(settings, dict) else None
    if isinstance(wanted, dict):
        yield from ((key, str(expression)) for key, expression in wanted.items())
    elif isinstance(wanted, list):
        yield from ((str(key), "") for key in wanted)


def _one(project: Project, document: DocumentFacts, entry: FrontMatterEntry, expression: str) -> Computed:
    present = "" if entry.value is None else str(entry.value)
    span = _inner(entry, present)
    try:
        fact = evaluate(project, expression) if expression else _rolled_up(project, document, entry.key)
    except FactError as error:
        return Computed(entry.key, span, present, None, str(error))
    return Computed(entry.key, span, present, _written(entry.value, fact))


def _inner(entry: FrontMatterEntry, present: str) -> Span:
    """Leave out the quotes around a text, so that they stay."""
    span = entry.value_span
    quoted = isinstance(entry.value, str) and len(span) == len(present) + 2
    return Span(span.start + 1, span.end - 1) if quoted else span


def _rolled_up(project: Project, document: DocumentFacts, key: str) -> Fact:
    """Roll up to the file's own record, or to the whole project where the file is the home of none."""
    record = record_of_file(document)
    rolled = progress(project, record) if record else overall(project)
    measures = _measures(rolled)
    if key not in measures:
        raise FactError(f"expected one of {_MEASURES}, or `{key}: <expression>`, found `{key}`")
    return measures[key]


def _measures(rolled: Progress) -> Mapping[str, Fact]:
    done, total = Decimal(rolled.done), Decimal(rolled.total)
    share = Fact(done, total)
    return dict(zip(_PLAIN, (share, share, Fact(done), Fact(done), Fact(total), *[Fact(total - done)] * 2), strict=True))


def _written(present: Json, fact: Fact) -> str:
    """Write a fact in the form of the value that is there: a fraction, a percentage with its sign, or a bare number."""
    text = present if isinstance(present, str) else ""
    if fact.total is not None and (fraction := _FRACTION.fullmatch(text)):
        percent = f" ({rounded(fact.percent or Decimal(0), _places(fraction[3])):f}%)" if fraction[3] else ""
        return f"{fact.value}/{fact.total}{percent}"
    value = (fact.percent or Decimal(0)) if fact.total is not None else fact.value
    if share := _SHARE.fullmatch(text):
        return f"{rounded(value, len(share[1] or '')):f}{share[2]}"
    return f"{rounded(value, _places(str(present)) if isinstance(present, float) else 0):f}"


def _places(number: str) -> int:
    return len(number.partition(".")[2])
