"""How a proposal comes about: candidates are tried, the best are chosen, and a check shows that they do no harm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from docsync.config.loading import parse_config
from docsync.config.values import Config
from docsync.engine.adopting.candidates import Candidate, candidates, folders
from docsync.engine.adopting.choosing import Choice, choose, proposal
from docsync.engine.adopting.families import families
from docsync.engine.adopting.numbers import bindings
from docsync.engine.adopting.pages import Page, pages
from docsync.engine.adopting.proposals import (
    Adoption,
    BindingProposal,
    KindProposal,
    LeftAlone,
    RegionProposal,
    WordProposal,
)
from docsync.engine.adopting.tables import regions
from docsync.engine.adopting.wording import configuration_text
from docsync.engine.adopting.words import words
from docsync.engine.judging import Past, documents_of, judge, report_of
from docsync.engine.pool import read_all
from docsync.engine.request import Request
from docsync.engine.setting import setting_of
from docsync.engine.survey import Survey, survey
from docsync.models.diagnostics import Diagnostic, Severity
from docsync.project.build import join
from docsync.validator.claimed import key_of

_SIZE = 1
_STRUCTURE = "DS1"
_MOST_FAULTS = 0.34
"""Of a home's records so many may have a fault of form before it is left alone."""


class _Trial(Struct, frozen=True):
    """Hold a configuration that is tried, with what of it was chosen."""

    kinds: tuple[KindProposal, ...]
    choice: Choice
    words: tuple[WordProposal, ...]
    unknown: tuple[LeftAlone, ...]
    text: str
    config: Config


def adopt(root: str) -> Adoption:
    """Propose a configuration, regions and bindings for the project at `root`; raises JobError and ConfigError.

    Nothing is written. A home whose records would mostly be faulty in form is not proposed.
    """
    surveyed = survey(setting_of(Request(root, cache=False)))
    before = _errors(surveyed)
    documents = {path: read.facts for path, read in surveyed.reads.items()}
    found = tuple(pages(surveyed.root, surveyed.config, documents))
    dropped: dict[tuple[str, str], LeftAlone] = {}
    while True:
        trial = _trial(found, surveyed.config, dropped)
        now = _resurveyed(surveyed, trial.config)
        after = _errors(now)
        brought = _brought(before, after)
        faulty = _faulty(trial.choice.homes, brought)
        if not faulty:
            return _adoption(trial, now, found, dropped.values(), before, after, brought)
        dropped |= faulty


def _trial(found: Sequence[Page], config: Config, dropped: Iterable[tuple[str, str]]) -> _Trial:
    """Choose homes, first with kinds of the project's own, of which those are kept that get a home."""
    proposed = tuple(families(found, config))
    extended = parse_config(configuration_text(proposed, (), ()))
    refused = frozenset(dropped)
    tried = [one for page in found for one in candidates(page, extended)] + list(folders(found, extended))
    choice = choose(one for one in tried if (one.rule.path, one.kind.name) not in refused)
    used = {one.kind.name for one in choice.homes}
    kinds = tuple(kind for kind in proposed if kind.name in used)
    said = list(words((record for home in choice.homes for record in home.records), extended))
    known = tuple(one for one in said if isinstance(one, WordProposal))
    text = configuration_text(kinds, map(proposal, choice.homes), known)
    return _Trial(kinds, choice, known, tuple(one for one in said if isinstance(one, LeftAlone)), text, parse_config(text))


def _resurveyed(surveyed: Survey, config: Config) -> Survey:
    """Read the project anew under another configuration."""
    sizes = {path: mark[_SIZE] for path, mark in surveyed.found.files.items()}
    return replace(surveyed, config=config, reads=read_all(surveyed.root, config, sizes))


def _errors(surveyed: Survey) -> tuple[Diagnostic, ...]:
    judged = judge(surveyed, documents_of(surveyed), Past({}, lambda _path: ()))
    return tuple(found for found in report_of(surveyed, judged).diagnostics if found.severity is Severity.ERROR)


def _brought(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Give the errors that are new."""
    known = Counter(map(key_of, before))
    new: list[Diagnostic] = []
    for found in after:
        key = key_of(found)
        if known[key]:
            known[key] -= 1
        else:
            new.append(found)
    return tuple(new)


def _faulty(homes: Iterable[Candidate], brought: Iterable[Diagnostic]) -> Mapping[tuple[str, str], LeftAlone]:
    """Give the homes of which too many records are wrong in form, which speaks against their being homes."""
    counts = Counter(found.place.path for found in brought if found.code.startswith(_STRUCTURE))
    return {
        (home.rule.path, home.kind.name): LeftAlone(
            f"{len(home.ids)} {home.kind.plural} in {home.rule.path}",
            f"{counts[home.rule.path]} of them would be wrong in form",
        )
        for home in homes
        if counts[home.rule.path] > _MOST_FAULTS * len(home.records)
    }


def _adoption(  # noqa: PLR0913, PLR0917 -- all that was found on the way
    trial: _Trial,
    now: Survey,
    found: Sequence[Page],
    dropped: Iterable[LeftAlone],
    before: Sequence[Diagnostic],
    after: Sequence[Diagnostic],
    brought: Sequence[Diagnostic],
) -> Adoption:
    project = join(now.config, documents_of(now), now.found.present)
    shown = [one for page in found for one in regions(page, project, now.root)] if project.records else []
    bound: list[BindingProposal] = [one for page in found for one in bindings(page, project)] if project.records else []
    return Adoption(
        trial.config,
        trial.text,
        tuple(map(proposal, trial.choice.homes)),
        trial.kinds,
        trial.words,
        tuple(one for one in shown if isinstance(one, RegionProposal)),
        tuple(bound),
        (*dropped, *trial.choice.left, *trial.unknown, *(one for one in shown if isinstance(one, LeftAlone))),
        len(now.reads),
        len(before),
        len(after),
        tuple(one.code for one in brought),
    )
