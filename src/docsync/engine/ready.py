"""What this process has found already, where it stands by for commands to come."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from docsync.engine.setting import Setting
from docsync.engine.survey import Survey, survey


def have_ready(surveyed: Survey) -> None:
    """Have a survey at hand that was found just now, for `surveyed_for` in this process and those that it forks."""
    _ready[:] = [surveyed]


def surveyed_for(setting: Setting) -> Survey:
    """Give the survey at hand where that is what a command asks for, else find and read; raises ConfigError.

    It is given once: who asks again does so because files have changed meanwhile.
    """
    at_hand = next((ready for ready in _ready if _is_asked(setting, ready)), None)
    _ready.clear()
    return replace(at_hand, targets=setting.targets) if at_hand else survey(setting)


def _is_asked(setting: Setting, ready: Survey) -> bool:
    request, targets, found = setting.request, setting.targets, ready.found
    plain = request.cache and request.stdin is None and not (request.select or request.ignore or request.stead)
    known = targets.files <= found.files.keys() and found.folders.keys() >= set(targets.folders)
    return plain and known and setting.root == ready.root


_ready: Final[list[Survey]] = []
