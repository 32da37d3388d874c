"""What this process has found already, where it stands by for commands to come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from docsync.engine.pool import nothing
from docsync.engine.setting import Setting
from docsync.engine.survey import Survey, survey


def have_ready(surveyed: Survey) -> None:
    """Have a survey at hand that was found just now, for `surveyed_for` in this process and those that it forks."""
    _ready[:] = [surveyed]


def surveyed_for(setting: Setting, meanwhile: Callable[[], None] = nothing) -> Survey:
    """Give the survey at hand where that is what a command asks for, else find and read; raises ConfigError.

    `meanwhile` is done while others read, where they do. What is at hand is given once: who asks again does so because files
    have changed since.
    """
    at_hand = next((ready for ready in _ready if _is_asked(setting, ready)), None)
    _ready.clear()
    return replace(at_hand, targets=setting.targets) if at_hand else survey(setting, meanwhile)


def _is_asked(setting: Setting, ready: Survey) -> bool:
    request, targets, found = setting.request, setting.targets, ready.found
    plain = request.cache and request.stdin is None and not (request.select or request.ignore or request.stead)
    known = targets.files <= found.files.keys() and found.folders.keys() >= set(targets.folders)
    return plain and known and setting.root == ready.root


_ready: Final[list[Survey]] = []
