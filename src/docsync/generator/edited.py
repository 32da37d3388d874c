"""Whether a region's body was edited by hand, so that nothing else remembers it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from docsync.generator.layout import bare
from docsync.generator.likeness import alike
from docsync.generator.meaning import digest, same
from docsync.models.document import Region
from docsync.parser.blocks import parse_blocks
from docsync.parser.frontmatter import read_front_matter
from docsync.parser.regions import read_markers
from docsync.text.refusal import Refusal
from docsync.text.source import decode

Remembered: TypeAlias = Mapping[tuple[str, str], str]
Head: TypeAlias = Callable[[str], Sequence[str]]


class Written(Struct, frozen=True):
    """Hold what a view writes into a region now, without prefix, and what `sentences` it has for when there is nothing."""

    text: str
    sentences: Collection[str] = ()


class _Committed(Struct, frozen=True):
    """Hold a file as git has it: its text with line feeds, and its regions, none where its markers are malformed."""

    text: str
    regions: Mapping[str, Region]

    def holds(self, region: Region, present: str) -> bool:
        """Tell whether git remembers what stands in a region, or the same text where there was no region yet."""
        before = self.regions.get(region.id)
        if before is None:
            return _with_line_feeds(region.text).strip("\n") in self.text
        return same(bare(before.text, before.prefix), present)


class Past:
    """Hold what a region held before: the digests of what docsync last wrote, by path and id, and the files git has.

    A file is asked of git at most once, and only for a region that is not fresh. It may have several texts: HEAD's and,
    while a merge is under way, those of the other sides.
    """

    def __init__(self, remembered: Remembered, head: Head) -> None:
        self._remembered, self._head = remembered, head
        self._kept: dict[str, tuple[_Committed, ...]] = {}

    def foreign(self, path: str, region: Region, written: Written) -> bool:
        """Tell whether a region that is not fresh holds what docsync did not write of late, and what its view never writes.

        That git has it does not help: what was written by hand may have been committed.
        """
        present = bare(region.text, region.prefix)
        return bool(present.strip()) and not self._ours(path, region) and not alike(present, written.text, written.sentences)

    def edited(self, path: str, region: Region) -> bool:
        """Tell whether a region that is not fresh holds what is neither in git nor what docsync wrote of late.

        Where there is neither a commit nor a memory of it nobody can tell, and it counts as not edited.
        """
        present = bare(region.text, region.prefix)
        if not present.strip() or self._ours(path, region):
            return False
        committed = self._committed(path)
        return not any(each.holds(region, present) for each in committed) if committed else self._last(path, region) != ""

    def _ours(self, path: str, region: Region) -> bool:
        last = self._last(path, region)
        return bool(last) and digest(region.text, region.prefix) in last.split()

    def _last(self, path: str, region: Region) -> str:
        return self._remembered.get((path, region.id), "")

    def _committed(self, path: str) -> tuple[_Committed, ...]:
        if path not in self._kept:
            read = (_read(path, text) for text in self._head(path))
            self._kept[path] = tuple(committed for committed in read if committed)
        return self._kept[path]


def regions_of(path: str, text: str) -> Mapping[str, Region]:
    """Give the regions of a file as git has it by id; none where it is refused."""
    read = _read(path, text)
    return read.regions if read else {}


def _read(path: str, text: str) -> _Committed | None:
    """Read a file as git has it; None where it is refused."""
    try:
        raw = text.encode("utf-8")
        source = decode(path, raw, max_bytes=len(raw), conflicts=True)
        front_matter, _ = read_front_matter(source)
        blocks = parse_blocks(source, front_matter.span.end if front_matter else 0)
    except (Refusal, UnicodeEncodeError):
        return None
    return _Committed(_with_line_feeds(text), {region.id: region for region in read_markers(source, blocks).regions})


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
