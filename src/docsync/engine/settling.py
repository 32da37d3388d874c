"""What all fixes that may be applied come to, worked out in memory until nothing is left to fix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.engine.choosing import Picked, choose
from docsync.engine.fingerprint import digest
from docsync.engine.judging import Judgement, Past, documents_of, judge
from docsync.engine.reading import file_bytes, read_bytes
from docsync.engine.survey import Survey
from docsync.models.diagnostics import Diagnostic
from docsync.text.composing import compose
from docsync.text.edits import Edit, apply, prove
from docsync.text.source import SourceFile, decode

_ROUNDS: Final = 8
"""A number may follow from another that is bound; a longer chain than this is taken for a circle."""


class Unsettled(Exception):
    """Say that fixing goes round in a circle; `texts` holds each file that still changes, before and after one more round."""

    def __init__(self, texts: Mapping[str, tuple[str, str]]) -> None:
        super().__init__(f"regenerating comes to no end in {', '.join(sorted(texts))}")
        self.texts = texts


class Overtaken(Exception):
    """Say that a file no longer holds what was read of it."""


class Draft(Struct, frozen=True):
    """Hold what is to become of a file: `edits` make the text `now` of the text before.

    `regions` and `numbers` tell what was fixed: regions by id, and the changes outside of any.
    """

    before: SourceFile
    now: str
    edits: tuple[Edit, ...] = ()
    regions: frozenset[str] = frozenset()
    numbers: int = 0


class Settled(Struct, frozen=True):
    """Hold the drafts by path, and the judgement of the project as it will be with them."""

    drafts: Mapping[str, Draft]
    judgement: Judgement


def settle(
    survey: Survey,
    past: Past,
    texts: Mapping[str, SourceFile],
    *,
    unsafe: bool,
    leave: Callable[[Diagnostic], bool] | None = None,
) -> Settled:
    """Apply fixes in memory until no more apply.

    `texts` holds the files whose text is at hand; the others are read from the disk. What `leave` says is left as it is.
    Raises Unsettled when it comes to no end, and Overtaken when a file no longer holds what the survey read.
    """
    drafts: dict[str, Draft] = {}
    changing: dict[str, tuple[str, str]] = {}
    for _ in range(_ROUNDS):
        judgement = judge(survey, documents_of(survey), past)
        chosen = choose(judgement, survey.targets, unsafe=unsafe, known=past.known, leave=leave)
        opened = {path: drafts.get(path) or _open(survey, path, texts) for path in chosen}
        advanced = {path: _advance(opened[path], picked) for path, picked in chosen.items()}
        changing = {path: (opened[path].now, draft.now) for path, draft in advanced.items() if opened[path].now != draft.now}
        if not changing:
            return Settled(drafts, judgement)
        drafts |= {path: advanced[path] for path in changing}
        reads = {path: read_bytes(path, drafts[path].before.encode(now), survey.config) for path, (_, now) in changing.items()}
        survey = replace(survey, reads={**survey.reads, **reads})
    raise Unsettled(changing)


def _open(survey: Survey, path: str, texts: Mapping[str, SourceFile]) -> Draft:
    if source := texts.get(path):
        return Draft(source, source.text)
    limit = survey.config.max_file_size
    raw = file_bytes(survey.root, path, limit)
    if digest(raw) != survey.reads[path].digest:
        raise Overtaken
    source = decode(path, raw, max_bytes=limit)
    return Draft(source, source.text)


def _advance(draft: Draft, picked: Picked) -> Draft:
    """Apply one round's edits, and prove that they are all that changes."""
    now = apply(draft.now, picked.edits)
    prove(draft.now, picked.edits, now)
    edits = compose(draft.edits, picked.edits, len(draft.before.text))
    return Draft(draft.before, now, edits, draft.regions | picked.regions, draft.numbers + picked.numbers)
