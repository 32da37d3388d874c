"""What docsync last wrote into each region, so that an edit by hand can be told from a stale text of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, TypeAlias

from docsync.cache.folder import CacheFolder

MEMORY: Final = "written.json"
BODIES: Final = "bodies.json"
_LATEST: Final = 8
"""How many bodies of one region are remembered: taking back a few changes in an editor is no edit by hand."""

Written: TypeAlias = "dict[tuple[str, str], str]"
"""The digests of the bodies that docsync wrote or replaced, the latest first, by path and region; blanks stand between."""

_LONGEST: Final = 100_000
"""In code points: a longer body is not remembered word by word."""


def recall_written(folder: CacheFolder) -> Written:
    """Give the bodies that each region held of late, as far as they are remembered."""
    return _recalled(folder, MEMORY)


def recall_bodies(folder: CacheFolder) -> dict[tuple[str, str], str]:
    """Give what docsync last wrote into each region, word by word, without prefix, as far as it is remembered."""
    return _recalled(folder, BODIES)


def keep_bodies(folder: CacheFolder, written: Mapping[tuple[str, str], str], exist: frozenset[str]) -> None:
    """Remember what was written just now word by word; what is known of files that no longer `exist` is forgotten."""
    kept: dict[str, dict[str, str]] = {}
    for (path, region), body in {**recall_bodies(folder), **written}.items():
        if path in exist and len(body) <= _LONGEST:
            kept.setdefault(path, {})[region] = body
    folder.write(BODIES, json.dumps(kept).encode("ascii"))


def _recalled(folder: CacheFolder, name: str) -> dict[tuple[str, str], str]:
    try:
        kept = json.loads(folder.read(name) or b"{}")
    except ValueError:
        return {}
    if not isinstance(kept, dict):
        return {}
    return {
        (path, region): body
        for path, regions in kept.items()
        if isinstance(regions, dict)
        for region, body in regions.items()
        if isinstance(body, str)
    }


def keep_written(folder: CacheFolder, written: Mapping[tuple[str, str], str], exist: frozenset[str]) -> None:
    """Remember what was written just now; what is known of files that no longer `exist` is forgotten."""
    before = recall_written(folder)
    kept: dict[str, dict[str, str]] = {}
    for (path, region), bodies in {**before, **written}.items():
        if path in exist:
            latest = dict.fromkeys([*bodies.split(), *before.get((path, region), "").split()])
            kept.setdefault(path, {})[region] = " ".join(list(latest)[:_LATEST])
    folder.write(MEMORY, json.dumps(kept).encode("ascii"))
