"""What a project holds, for commands that ask about its records and report no findings."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from docsync.cache.pickles import collector_off
from docsync.engine.ready import surveyed_for
from docsync.engine.request import Request
from docsync.engine.setting import Setting, setting_of
from docsync.engine.survey import Survey
from docsync.project.build import join
from docsync.project.evidence import Evidence
from docsync.project.index import Project


class Opened(Struct, frozen=True):
    """Hold a project as it was found, joined, with no rule run over it."""

    setting: Setting
    surveyed: Survey
    project: Project


def open_project(request: Request) -> Opened:
    """Find, read and join a project; raises JobError and ConfigError where that cannot be done."""
    with collector_off():
        setting = setting_of(request)
        surveyed = surveyed_for(setting)
        joined = join(surveyed.config, surveyed.documents, surveyed.found.present)
        evidence = Evidence(surveyed.found.present, surveyed.outside)
        return Opened(setting, surveyed, replace(joined, evidence=evidence))
