"""How three versions of a document become one, when only its generated parts stand in the way."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from docsync.config.values import Config
from docsync.engine.git.asking import attempt
from docsync.engine.git.generated import Part, generated
from docsync.engine.request import JobError
from docsync.text.edits import Edit, apply
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile, decode

_ANY_SIZE: Final = 100_000_000
_NAMES: Final = ("ours", "base", "theirs")
_FAILED: Final = 128
"""From this exit code on `git merge-file` has failed; below, it is the number of conflicts."""


class Versions(Struct, frozen=True):
    """Hold what the three sides of a merge have of a file: ours, their common ancestor's and theirs."""

    ours: bytes
    base: bytes
    theirs: bytes

    @property
    def each(self) -> tuple[bytes, bytes, bytes]:
        """Give all three, in the order in which git names them."""
        return self.ours, self.base, self.theirs


class Style(Struct, frozen=True):
    """Say how conflicts are shown: how many signs a marker has, and what the three sides are called."""

    signs: int = 7
    names: tuple[str, str, str] = _NAMES


_PLAIN: Final = Style()


class Merged(Struct, frozen=True):
    """Hold a merge's outcome; with conflicts, the text holds the markers of those that are left."""

    raw: bytes
    conflicts: bool


def merge(path: str, versions: Versions, config: Config, style: Style = _PLAIN) -> Merged:
    """Merge line by line what people wrote, as git does, and take of each generated part the side that changed it.

    Where both did, it is ours: neither can be right, since each was generated without the other's records, and whoever
    merges regenerates it. Raises JobError where git cannot merge at all.
    """
    sides = _Sides.of(path, versions, config)
    if sides is None:
        return merge_plainly(versions, style)
    covered = _merge_file(sides.covered(), style)
    if not covered.conflicts:
        return Merged(sides.uncovered(covered.raw), conflicts=False)
    # A marker that only one side has can make more conflicts than the text alone.
    plain = merge_plainly(versions, style)
    return Merged(sides.uncovered(covered.raw), conflicts=True) if plain.conflicts else plain


def merge_plainly(versions: Versions, style: Style = _PLAIN) -> Merged:
    """Merge as git does with any text; raises JobError."""
    return _merge_file(versions.each, style)


class _Sides(Struct, frozen=True):
    """Hold three versions as texts with their generated parts.

    `names` gives the stand-in for each part: nothing that any text could hold.
    """

    texts: tuple[SourceFile, ...]
    parts: tuple[tuple[Part, ...], ...]
    names: Mapping[str, str]

    @classmethod
    def of(cls, path: str, versions: Versions, config: Config) -> _Sides | None:
        """Read three versions; None where one is no text, or nothing in them is generated."""
        try:
            texts = tuple(decode(path, raw, max_bytes=_ANY_SIZE, conflicts=True) for raw in versions.each)
        except Refusal:
            return None
        parts = tuple(generated(text, config) for text in texts)
        key = secrets.token_hex(8)
        found = {part.name: part.whole for side in parts for part in side}
        names = {name: f"docsync-{key}-{at}-" + ("\n" if whole else ".") for at, (name, whole) in enumerate(found.items())}
        return cls(texts, parts, names) if names else None

    def covered(self) -> tuple[bytes, ...]:
        """Give the versions with the stand-in of each generated part in its place, the same in all of them."""
        return tuple(
            text.encode(apply(text.text, (Edit(part.span, self.names[part.name]) for part in parts)))
            for text, parts in zip(self.texts, self.parts, strict=True)
        )

    def uncovered(self, raw: bytes) -> bytes:
        """Put the generated parts back in."""
        chosen = {stand_in.encode(): self._chosen(name).encode() for name, stand_in in self.names.items()}
        pattern = b"|".join(map(re.escape, chosen))
        return re.sub(pattern, lambda found: chosen[found[0]], raw)

    def _chosen(self, name: str) -> str:
        ours, base, theirs = (self._held(side, name) for side in range(3))
        first = theirs if ours == base else ours
        return next((text for text in (first, ours, theirs, base) if text is not None), "")

    def _held(self, side: int, name: str) -> str | None:
        text = self.texts[side]
        return next((text.slice(part.span) for part in self.parts[side] if part.name == name), None)


def _merge_file(versions: Sequence[bytes], style: Style) -> Merged:
    with tempfile.TemporaryDirectory(prefix="docsync-") as folder:
        for name, raw in zip(_NAMES, versions, strict=True):
            with open(os.path.join(folder, name), "xb") as stream:
                stream.write(raw)
        labels = [part for name in style.names for part in ("-L", name)]
        paths = [os.path.join(folder, name) for name in _NAMES]
        # Run where git runs its drivers, so that the choice of how conflicts are shown is the repository's.
        code, raw, said = attempt(os.curdir, "merge-file", "-p", "-q", f"--marker-size={style.signs}", *labels, *paths)
    if code >= _FAILED:
        raise JobError(f"git merge-file failed: {said.decode('utf-8', 'replace').strip() or f'exit code {code}'}")
    return Merged(raw, conflicts=bool(code))
