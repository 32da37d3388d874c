"""What docsync last wrote into each region, so that an edit by hand can be told from a stale text of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, TypeAlias

from docsync.cache.folder import CacheFolder

MEMORY: Final = "written.json"

Written: TypeAlias = "dict[tuple[str, str], str]"
"""The body that was last written, by path and region."""


def recall_written(folder: CacheFolder) -> Written:
    """Give what was last written into each region, as far as it is remembered."""
    try:
        kept = json.loads(folder.read(MEMORY) or b"{}")
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
    kept: dict[str, dict[str, str]] = {}
    for (path, region), body in {**recall_written(folder), **written}.items():
        if path in exist:
            kept.setdefault(path, {})[region] = body
    folder.write(MEMORY, json.dumps(kept).encode("ascii"))
