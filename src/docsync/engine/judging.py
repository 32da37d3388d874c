"""What is right and wrong with a project: the join, the expected regions and the rules, run over documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.config.values import RuleChoice
from docsync.engine.survey import Survey
from docsync.models.diagnostics import Diagnostic, Place, Report, Severity
from docsync.models.document import DocumentFacts
from docsync.models.earlier import Earlier
from docsync.models.expectations import Expectation
from docsync.project.build import join
from docsync.project.evidence import Evidence
from docsync.project.index import Project
from docsync.validator.claimed import Key
from docsync.validator.rule import RuleModule
from docsync.validator.rules import stale_baseline
from docsync.validator.run import Outcome, run
from docsync.validator.selecting import is_on

if TYPE_CHECKING:  # most runs have no history, and need not load what it is made of
    from docsync.models.history import History

_OF_THE_RUN: Final = frozenset({"DS900", "DS903"})
"""A fault of our own, and nothing found: what concerns every path that was asked about."""


class Past(Struct, frozen=True):
    """Say what regions held before: what docsync last wrote into each, and what git holds of a file.

    `known` is what a baseline knows of. `forgiven` tells that an edit by hand may be overwritten, and so is taken as merely
    stale; `merged` that all of it comes from commits, so that just what no view wrote counts as edited.
    """

    written: Mapping[tuple[str, str], str]
    head: Callable[[str], Sequence[str]]
    forgiven: bool = False
    known: Collection[Key] = frozenset()
    merged: bool = False


class Held(Struct, frozen=True):
    """Say that a state is compared with another: the later one `against` what was earlier, and the earlier one against none."""

    against: Earlier | None = None


class Judgement(Struct, frozen=True):
    """Hold a joined project with what its rules found."""

    project: Project
    outcome: Outcome


def judge(
    survey: Survey, documents: Iterable[DocumentFacts], past: Past, held: Held | None = None, history: History | None = None
) -> Judgement:
    """Join documents and run all rules over them; where a state is `held` against another, also those that compare.

    With a `history`, those that look at what commits did run, too.
    """
    joined = join(survey.config, documents, survey.found.present)
    project = replace(joined, earlier=held.against if held else None, history=history)
    project = replace(project, evidence=Evidence(survey.found.present, survey.outside))
    project.expect(_expectations(project, survey, past))
    # What was named may hold any one of the places of a statement that is repeated; the whole project holds them all. Of two
    # states that are compared, each file counts for itself, so that a statement repeated once more is one finding more.
    apart = survey.targets.named or held
    return Judgement(project, run(project, None if apart else survey.targets.take))


def documents_of(survey: Survey) -> tuple[DocumentFacts, ...]:
    """Give the documents of a survey, with one for each folder that could not be listed."""
    return survey.documents


def has_regions(documents: Iterable[DocumentFacts]) -> bool:
    """Tell whether there is any region, and so anything that HEAD, memory and templates matter to."""
    return any(document.regions for document in documents)


def report_of(survey: Survey, judgement: Judgement) -> Report:
    """Give the part of a judgement that was asked for."""
    diagnostics = tuple(
        found for found in judgement.outcome.diagnostics if survey.targets.take(found.place.path) or found.code in _OF_THE_RUN
    )
    documents = judgement.project.documents
    refused = tuple(path for path, document in documents.items() if document.refused and survey.targets.take(path))
    return Report(
        diagnostics,
        judgement.outcome.tally,
        {path: documents[path].lines for path in sorted(_touched(diagnostics)) if path in documents},
        refused,
        failed=not survey.targets.files.isdisjoint(refused),
        fail_on=survey.config.fail_on,
        stale_baseline=_rank(stale_baseline, survey.config.rules),
    )


def _rank(rule: RuleModule, choice: RuleChoice) -> Severity | None:
    """Give the rank that a project has chosen for a rule, None where it ignores it."""
    if not is_on(rule, choice):
        return None
    return choice.severities.get(rule.CODE) or choice.severities.get(rule.NAME) or rule.SEVERITY


def _expectations(project: Project, survey: Survey, past: Past) -> tuple[Expectation, ...]:
    if not has_regions(project.documents.values()):
        return ()
    from docsync.generator.regions import expectations  # noqa: PLC0415  # templates cost much and most projects have none

    expected = expectations(project, survey.root, past.written, past.head)
    if past.forgiven or past.merged:
        return tuple(replace(each, edited=each.foreign and not past.forgiven) for each in expected)
    return expected


def _touched(diagnostics: Iterable[Diagnostic]) -> set[str]:
    """Give the paths that diagnostics point at."""
    places: list[Place] = []
    for found in diagnostics:
        places += [found.place, *(related.place for related in found.related)]
        places += (change.place for change in found.fix.changes) if found.fix else ()
    return {place.path for place in places}
