"""Whether a region's body was edited by hand, so that nothing else remembers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from docsync.generator.layout import bare
from docsync.generator.meaning import digest, same
from docsync.models.document import Region
from docsync.parser.blocks import parse_blocks
from docsync.parser.frontmatter import read_front_matter
from docsync.parser.regions import read_markers
from docsync.text.refusal import Refusal
from docsync.text.source import decode

Remembered: TypeAlias = Mapping[tuple[str, str], str]
Head: TypeAlias = Callable[[str], str | None]


class Past:
    """Hold what a region held before: the digest of what docsync last wrote, by path and id, and the files of HEAD.

    A file of HEAD is read at most once, and only for a region that is not fresh.
    """

    def __init__(self, remembered: Remembered, head: Head) -> None:
        self._remembered, self._head = remembered, head
        self._kept: dict[str, Mapping[str, Region] | None] = {}

    def edited(self, path: str, region: Region) -> bool:
        """Tell whether a region that is not fresh holds what is neither in HEAD nor what docsync last wrote.

        Where there is neither a HEAD nor a memory of it nobody can tell, and it counts as not edited.
        """
        present = bare(region.text, region.prefix)
        if not present.strip():
            return False
        last = self._remembered.get((path, region.id))
        if last == digest(region.text, region.prefix):
            return False
        committed = self._committed(path)
        if committed is None:
            return last is not None
        before = committed.get(region.id)
        return before is None or not same(bare(before.text, before.prefix), present)

    def _committed(self, path: str) -> Mapping[str, Region] | None:
        if path not in self._kept:
            text = self._head(path)
            self._kept[path] = None if text is None else _regions(path, text)
        return self._kept[path]


def _regions(path: str, text: str) -> Mapping[str, Region] | None:
    """Read the regions of a file as HEAD has it; None where that cannot be read."""
    try:
        raw = text.encode("utf-8")
        source = decode(path, raw, max_bytes=len(raw), conflicts=True)
        front_matter, _ = read_front_matter(source)
        blocks = parse_blocks(source, front_matter.span.end if front_matter else 0)
    except (Refusal, UnicodeEncodeError):
        return None
    return {region.id: region for region in read_markers(source, blocks).regions}
