"""Which part of a history somebody asks about: all main numbers, one number, a record, or the numbers of a document."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from msgspec import Struct

from docsync.cache.folder import CacheFolder
from docsync.config.values import Config
from docsync.engine.configuring import configuration
from docsync.engine.git.revisions import revision_of
from docsync.engine.history.commits import names_of
from docsync.engine.history.facts import series_of
from docsync.engine.history.opening import grounds, open_history
from docsync.engine.request import JobError, Request
from docsync.engine.setting import Setting, setting_of
from docsync.models.history import History, Rewritten
from docsync.project.build import join
from docsync.project.expressions import EXAMPLE, FactError, parse
from docsync.project.history import UNMEASURED
from docsync.project.index import Project
from docsync.project.pointing import Unfound, point
from docsync.project.series import Lineage, Series, as_document, lineages, main_series

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MARKDOWN: Final = (".md", ".markdown")


class Past(Struct, frozen=True):
    """Hold a project's history; `chosen` are the positions of the commits that are asked about."""

    setting: Setting
    config: Config
    history: History
    chosen: frozenset[int]
    every: bool = False

    @property
    def folder(self) -> CacheFolder | None:
        """Give where what was worked out is kept, None where that is not wanted, or goes nowhere."""
        return self.setting.folder if self.setting.identity else None

    @property
    def ground(self) -> str:
        """Name all that the history rests on; where branches lie between each other, its very last commit, too."""
        grounds_ = grounds(self.setting.root, self.setting.repository) if self.setting.repository else ()
        last = self.history.commits[-1].name if self.every and self.history.commits else ""
        return " ".join((self.setting.identity, self.config.digest, *grounds_, last))


class Numbers(Struct, frozen=True):
    """Answer with numbers, each with its readings."""

    series: tuple[Series, ...]


class Life(Struct, frozen=True):
    """Answer with what became of one record."""

    lineage: Lineage


class Written(Struct, frozen=True):
    """Answer with the bound numbers of a document, as it wrote them."""

    path: str
    rewritten: tuple[Rewritten, ...]


Answer: TypeAlias = "Numbers | Life | Written"


def open_past(request: Request, *, since: str = "", every: bool = False) -> Past:
    """Tell a project's history; raises JobError and ConfigError where that cannot be done."""
    setting = setting_of(request)
    config, _ = configuration(setting)
    history = open_history(setting, config, every=every)
    return Past(setting, config, history, _chosen(setting, history, since, every=every), every)


def answer(past: Past, asked: str) -> Answer:
    """Find what is asked about; raises JobError where there is no such thing, with the near miss."""
    if not asked:
        return Numbers(
            tuple(each for each in main_series(past.history, past.config) if each.name not in _unmeasured(past.config))
        )
    if asked in past.history.numbers or asked.endswith(_MARKDOWN):
        return _written(past, asked)
    plurals = {spec.plural for spec in past.config.kinds.values()}
    if asked in plurals:
        named = f"{asked}.total"
        return Numbers(
            tuple(each for each in main_series(past.history, past.config) if each.name == asked) or _fact(past, named)
        )
    return _life(past, asked) if not _is_expression(asked) else Numbers(_fact(past, asked))


def _unmeasured(config: Config) -> frozenset[str]:
    return frozenset(spec.plural for name, spec in config.kinds.items() if name in UNMEASURED)


def tip(history: History, config: Config) -> Project:
    """Give the project as the last commit has it, as far as its records go."""
    return join(config, (as_document(path, records) for path, records in history.records.items()))


def _is_expression(asked: str) -> bool:
    try:
        parse(asked)
    except FactError:
        return "/" in asked and "#" not in asked
    return True


def _fact(past: Past, expression: str) -> tuple[Series, ...]:
    try:
        return (series_of(past.history, past.config, expression, past.folder, past.ground),)
    except FactError as error:
        raise JobError(f"{expression}: {error}") from error


def _life(past: Past, name: str) -> Life:
    every = lineages(past.history)
    try:
        record = point(tip(past.history, past.config), name)
    except Unfound as error:
        gone = [each for each in every if not each.lives and name in (each.last.record.id, _pointer(each))]
        if len(gone) > 1:
            several = ", ".join(map(_pointer, gone))
            raise JobError(f"{len(gone)} records that are gone were called {name}; name one as {several}") from error
        if not gone:
            help_ = "" if str(error).endswith("?") else f"; numbers are written as in {EXAMPLE}"
            raise JobError(f"in the last commit {error}{help_}") from error
        return Life(gone[0])
    return Life(next(each for each in every if each.last.after is record))


def _pointer(lineage: Lineage) -> str:
    return f"{lineage.last.record.path}#{lineage.last.record.id}"


def _written(past: Past, path: str) -> Written:
    known = sorted({each.path for each in past.history.rewritten})
    ending = [each for each in known if each.endswith(f"/{path}")]
    path = ending[0] if path not in known and len(ending) == 1 else path
    found = tuple(each for each in past.history.rewritten if each.path == path)
    if not found:
        where = f"; documents with bound numbers are {', '.join(known)}" if known else ", and no document has had one"
        raise JobError(f"{path}: no commit has had a bound number in it (`<!-- docsync:claim … -->`){where}")
    return Written(path, found)


def _chosen(setting: Setting, history: History, since: str, *, every: bool) -> frozenset[int]:
    everything = range(len(history.commits))
    if not since or not history.commits:
        return frozenset(everything)
    if _DATE.fullmatch(since):
        return frozenset(at for at in everything if history.commits[at].day >= since)
    revision = revision_of(setting.root, setting.repository, since)
    tip_name = history.commits[-1].name
    names = set(names_of(revision.repository, setting.root, tip_name, every=every, without=revision.commit))
    return frozenset(at for at in everything if history.commits[at].name in names)
