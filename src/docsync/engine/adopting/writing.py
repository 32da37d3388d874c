"""How an adoption reaches the disk: the configuration, the markers when they are asked for, and a baseline."""

from __future__ import annotations

import os
from collections.abc import Iterator

from msgspec import Struct

from docsync.engine.adopting.proposals import Adoption
from docsync.engine.holding_back import take_baseline
from docsync.engine.own_files import FILE
from docsync.engine.request import JobError, Request
from docsync.engine.roots import CONFIG_FILES
from docsync.engine.running import check
from docsync.text.creating import create
from docsync.text.edits import Edit, apply
from docsync.text.refusal import Refusal
from docsync.text.source import read
from docsync.text.writing import Plan, write_all


class Done(Struct, frozen=True):
    """Say what was written, what the baseline holds, and which files were left alone for what reason."""

    written: tuple[str, ...]
    held: int
    refused: tuple[tuple[str, str], ...] = ()


def write(root: str, adoption: Adoption, *, markers: bool, hold_back: bool) -> Done:
    """Write the configuration, and markers and baseline where they are wanted; raises JobError."""
    own = CONFIG_FILES[0]
    try:
        create(root, own, adoption.text)
    except Refusal as refusal:
        raise JobError(f"{own}: {refusal.message}") from refusal
    written, refused = [own], []
    if markers:
        for done in write_all(os.path.realpath(root), tuple(_plans(root, adoption))):
            if done.refusal:
                refused.append((done.path, done.refusal.message))
            elif done.changed:
                written.append(done.path)
    held = _baseline(root) if hold_back and adoption.brought else 0
    return Done((*written, *([FILE] if held else [])), held, tuple(refused))


def adopted_text(root: str, adoption: Adoption) -> Iterator[tuple[str, str, str]]:
    """Give each document that markers would be written to: its path, its text and what that would become."""
    for path, edits in _edits(adoption).items():
        before = read(os.path.realpath(root), path).text
        yield path, before, apply(before, edits)


def _plans(root: str, adoption: Adoption) -> Iterator[Plan]:
    for path, edits in _edits(adoption).items():
        try:
            yield Plan(path, read(os.path.realpath(root), path), tuple(edits))
        except Refusal as refusal:
            raise JobError(f"{path}: {refusal.message}") from refusal


def _edits(adoption: Adoption) -> dict[str, list[Edit]]:
    edits: dict[str, list[Edit]] = {}
    for region in adoption.regions:
        edits.setdefault(region.path, []).extend(region.edits)
    for binding in adoption.bindings:
        edits.setdefault(binding.path, []).append(binding.edit)
    return {path: sorted(found, key=lambda edit: edit.span) for path, found in sorted(edits.items())}


def _baseline(root: str) -> int:
    """Record today's findings; one that is there already is left as it is."""
    if os.path.lexists(os.path.join(root, FILE)):
        return 0
    return take_baseline(check(Request(root)), root, update=False, prune=False).held
