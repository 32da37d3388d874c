"""What there is to pull in a project as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from docsync.cache.memory import recall_bodies, recall_written
from docsync.engine.heads import Heads, heads_of
from docsync.engine.opening import Opened, open_project
from docsync.engine.pulling.finding import Memory, find
from docsync.engine.pulling.offers import Findings
from docsync.engine.request import Request
from docsync.generator.catalogue import load_catalogue
from docsync.generator.edited import regions_of
from docsync.generator.layout import bare
from docsync.generator.meaning import digest
from docsync.generator.regions import expectations
from docsync.models.document import Region
from docsync.models.expectations import Expectation

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Looked:
    """Hold a project, what its regions should hold, and what was found in those that were edited by hand."""

    opened: Opened
    expected: tuple[Expectation, ...]
    findings: Findings


def look(request: Request) -> Looked:
    """Find what can be pulled in the files that were asked for; raises JobError and ConfigError, and writes nothing."""
    opened = open_project(request)
    project, setting = opened.project, opened.setting
    written = recall_written(setting.folder) if setting.folder else {}
    bodies = recall_bodies(setting.folder) if setting.folder else {}
    with heads_of(setting.root, setting.repository) as heads:
        expected = expectations(project, setting.root, written, heads.texts)
        asked = [one for one in expected if setting.targets.take(one.path)]
        rendered = {(one.path, one.region): one.body for one in expected if one.body is not None}
        memory = Memory(_recalling(written, bodies, rendered, heads))
        catalogue = load_catalogue(project.config, setting.root)
        return Looked(opened, expected, find(project, catalogue, asked, memory))


def _recalling(
    written: Mapping[_Key, str], bodies: Mapping[_Key, str], rendered: Mapping[_Key, str], heads: Heads
) -> Callable[[str, Region], Sequence[str]]:
    """Give what tells a region's earlier bodies: what docsync wrote last, then what git holds."""

    def recalled(path: str, region: Region) -> list[str]:
        key = (path, region.id)
        found = [bodies[key]] if key in bodies else []
        if key in rendered and digest(rendered[key], region.prefix) in written.get(key, "").split():
            found.append(bare(rendered[key], region.prefix))
        for text in heads.texts(path):
            before = regions_of(path, text).get(region.id)
            if before:
                found.append(bare(before.text, before.prefix))
        return found

    return recalled
