"""What a fact came to at each commit, worked out once for each of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from docsync.cache.folder import CacheFolder
from docsync.cache.pickles import collector_off, dump, load
from docsync.config.values import Config
from docsync.engine.fingerprint import digest
from docsync.models.history import History
from docsync.project.series import Known, Reading, Series, fact_series

_KIND: Final = "series-"
_MOST_KEPT: Final = 64


def series_of(history: History, config: Config, expression: str, folder: CacheFolder | None, ground: str) -> Series:
    """Work out a fact expression; `ground` names all that a history rests on. Raises FactError where it means nothing."""
    name = f"{_KIND}{digest(f'{ground} {expression}'.encode('utf-8', 'surrogateescape')).hex()}"
    with collector_off():
        known = _known(history, load(folder.read(name)) if folder else None)
        if known and known.commits == len(history.commits) and any(each.value is not None for each in known.readings):
            return Series(expression, known.readings)
        series = fact_series(history, config, expression, known)
    readings = tuple((each.commit, each.value, each.total) for each in series.readings)
    if folder and history.commits and (body := dump((len(history.commits), history.commits[-1].name, readings))):
        folder.write(name, body)
        folder.trim(_KIND, _MOST_KEPT)
    return series


def _known(history: History, kept: object) -> Known | None:
    """Take what was kept for what it is, if it tells of the first commits of this very history.

    A commit's name stands for all that came before it.
    """
    match kept:
        case (int(count), str(last), tuple(readings)) if 0 < count <= len(history.commits):
            if history.commits[count - 1].name == last:
                return Known(count, tuple(_reading(*each) for each in readings))
    return None


def _reading(commit: int, value: Decimal | None, total: Decimal | None) -> Reading:
    return Reading(commit, value, total)
