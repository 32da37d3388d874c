"""How something new comes into a project: settled and judged with it in memory first, then written, all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Final

from docsync.cache.memory import recall_written
from docsync.config.values import Config
from docsync.engine.arriving.drafting import Novelty
from docsync.engine.arriving.refusing import Unwelcome
from docsync.engine.discovery import NEVER, wanted_by
from docsync.engine.fingerprint import digest
from docsync.engine.heads import heads_of
from docsync.engine.holding_back import known_keys
from docsync.engine.judging import Judgement, Past, documents_of, judge
from docsync.engine.opening import Opened
from docsync.engine.reading import Read, read_bytes
from docsync.engine.regenerating import remember
from docsync.engine.settling import Draft, Overtaken, Settled, Unsettled, settle
from docsync.engine.survey import Survey
from docsync.models.diagnostics import Diagnostic
from docsync.models.records import Record
from docsync.text.adding import additions
from docsync.text.composing import compose
from docsync.text.edits import Edit, Overlap, apply
from docsync.text.folders import target
from docsync.text.globs import compile_globs
from docsync.text.obstacles import check, refusal
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile, decode, line_index
from docsync.text.spans import Span
from docsync.text.writing import Plan, Written, write_all
from docsync.validator.claimed import key_of

_OWN: Final = ("DS1", "DS4", "DS5")
"""The codes of what a record itself may have wrong, wherever it shows: its fields, what it waits for, what it names."""


@dataclass(frozen=True, slots=True)
class Made:
    """Say what becomes of one file: its text before, None for a new file, and after, and the regions filled in it."""

    path: str
    before: SourceFile | None
    after: str
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Introduced:
    """Hold the files that were made or changed, the one that is the home first, and what others contradict now.

    `record` is the new record as it reads, None where none was to be. `left` names files that could not be written, each with
    the reason.
    """

    made: tuple[Made, ...]
    record: Record | None
    contradicted: tuple[Diagnostic, ...]
    judgement: Judgement
    left: tuple[tuple[str, str], ...] = ()


def introduce(opened: Opened, novelty: Novelty, *, write: bool) -> Introduced:
    """Bring something new into a project with all that is generated from it; raises Unwelcome where it does not fit in.

    Without `write`, nothing is written and all else is the same.
    """
    setting, surveyed = opened.setting, opened.surveyed
    with heads_of(setting.root, setting.repository) as heads:
        past = Past(recall_written(setting.folder) if setting.folder else {}, heads.texts, known=known_keys(setting.root))
        after, texts = _with(surveyed, novelty)
        record = _record(after, novelty)
        settled = _settled(after, past, texts)
        fresh = _fresh(judge(surveyed, documents_of(surveyed), past), settled.judgement, surveyed.config)
    news = _news(novelty, settled)
    wrong = [found for found in fresh if _is_of(found, news)]
    if wrong:
        raise Unwelcome("\n".join(_said(settled.judgement, found) for found in wrong))
    made = _made(novelty, settled)
    left = _written(opened, novelty, settled, made) if write else ()
    return Introduced(made, record, tuple(found for found in fresh if found not in wrong), settled.judgement, left)


def _with(surveyed: Survey, novelty: Novelty) -> tuple[Survey, dict[str, SourceFile]]:
    """Give a survey in which all that is new stands already, and the texts as they then are."""
    config = surveyed.config
    texts = {path: _source(path, text, config) for path, text in novelty.files.items()}
    for path, edits in novelty.edits.items():
        source = novelty.sources[path]
        if path in surveyed.reads and surveyed.reads[path].digest != digest(source.encode()):
            raise Unwelcome(f"{path} changed while it was read; run again")
        texts[path] = _applied(source, edits)
    reads: dict[str, Read] = {path: read_bytes(path, source.encode(), config) for path, source in texts.items()}
    for path in novelty.files:
        _refuse_unread(path, config)
    found = replace(surveyed.found, present=surveyed.found.present | frozenset(_paths(novelty.files)))
    joined = dict(sorted({**surveyed.reads, **reads}.items()))
    return replace(surveyed, reads=joined, found=found), texts


def _refuse_unread(path: str, config: Config) -> None:
    """Refuse a document that no run would read."""
    if not wanted_by(config.include)(path):
        globs = ", ".join(config.include)
        raise Unwelcome(f"{path} would not be read: `include` takes {globs} alone; name another folder")
    if compile_globs(config.exclude).decide(path) or not NEVER.isdisjoint(path.split("/")):
        raise Unwelcome(f"{path} would not be read: `exclude` leaves it out; name another folder")


def _paths(files: Iterable[str]) -> Iterator[str]:
    """Give paths with those of the folders above them."""
    for path in files:
        parts = path.split("/")
        yield from ("/".join(parts[: at + 1]) for at in range(len(parts)))


def _source(path: str, text: str, config: Config) -> SourceFile:
    try:
        return decode(path, text.encode("utf-8"), max_bytes=config.max_file_size)
    except (Refusal, UnicodeEncodeError) as error:
        raise Unwelcome(f"{path} would be no file that can be read: {error}") from error


def _applied(source: SourceFile, edits: Sequence[Edit]) -> SourceFile:
    try:
        text = apply(source.text, edits)
    except Overlap as error:
        raise Unwelcome(f"{source.path}: two changes of the same text are needed; make one of them by hand first") from error
    return replace(source, text=text, lines=line_index(text))


def _record(after: Survey, novelty: Novelty) -> Record | None:
    """Find the new record, read from what would be written; raises Unwelcome where it is not what it should be."""
    kind, name = novelty.key
    if not kind:
        return None
    facts = after.reads[novelty.home].facts
    if facts.refused:
        raise Unwelcome(f"{novelty.home} could not be read: {facts.troubles[0].message}")
    found = [one for one in facts.records if one.kind == kind and one.id == name]
    if len(found) != 1:
        raise Unwelcome(
            f"{novelty.home}: {name} would not be read as a {kind} there; declare its home in docsync.toml, or give --in"
        )
    if found[0].problems:
        raise Unwelcome("\n".join(f"{novelty.home}: {problem.message}" for problem in found[0].problems))
    return found[0]


def _settled(after: Survey, past: Past, texts: Mapping[str, SourceFile]) -> Settled:
    try:
        return settle(after, past, texts, unsafe=False)
    except Unsettled as circle:
        raise Unwelcome(f"{circle}; nothing was written") from circle
    except Overtaken as error:
        raise Unwelcome("files changed while they were read; nothing was written, run again") from error


def _fresh(before: Judgement, after: Judgement, config: Config) -> list[Diagnostic]:
    """Give what would be found and was not, of all that makes a check fail."""
    known = Counter(key_of(found) for found in before.outcome.diagnostics)
    fresh = []
    for found in after.outcome.diagnostics:
        key = key_of(found)
        if known[key] > 0:
            known[key] -= 1
        elif found.severity.rank >= config.fail_on.rank:
            fresh.append(found)
    return fresh


def _news(novelty: Novelty, settled: Settled) -> Mapping[str, Sequence[Span]]:
    """Give where the new text stands, in the files as they will be once what is generated is written, too."""
    news: dict[str, Sequence[Span]] = {}
    for path, text in novelty.files.items():
        draft = settled.drafts.get(path)
        news[path] = [Span(0, len(draft.now if draft else text))]
    for path, edits in novelty.edits.items():
        draft = settled.drafts.get(path)
        source = novelty.sources[path]
        news[path] = _spans(compose(edits, draft.edits, len(source.text)) if draft else edits)
    return news


def _spans(edits: Iterable[Edit]) -> list[Span]:
    spans, shift = [], 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        start = edit.span.start + shift
        spans.append(Span(start, start + len(edit.text)))
        shift += len(edit.text) - len(edit.span)
    return spans


def _is_of(found: Diagnostic, news: Mapping[str, Sequence[Span]]) -> bool:
    """Tell whether a finding is the new text's own, and not of others that have to follow."""
    places = [found.place]
    if found.code.startswith(_OWN):
        places += [related.place for related in found.related]
    return any(place.span.overlaps(span) or span.contains(place.span) for place in places for span in news.get(place.path, ()))


def _said(judgement: Judgement, found: Diagnostic) -> str:
    lines = judgement.project.documents[found.place.path].lines
    where = lines.position(found.place.span.start)
    help_ = f"; {found.help}" if found.help else ""
    return f"{found.place.path}:{where.line}:{where.column} {found.code} {found.message}{help_}"


def _made(novelty: Novelty, settled: Settled) -> tuple[Made, ...]:
    made = []
    for path, text in novelty.files.items():
        draft = settled.drafts.get(path)
        made.append(Made(path, None, draft.now if draft else text, _regions(draft)))
    for path, edits in novelty.edits.items():
        draft = settled.drafts.get(path)
        source = novelty.sources[path]
        made.append(Made(path, source, draft.now if draft else apply(source.text, edits), _regions(draft)))
    others = (path for path in settled.drafts if path not in novelty.files and path not in novelty.edits)
    made += [
        Made(path, settled.drafts[path].before, settled.drafts[path].now, _regions(settled.drafts[path])) for path in others
    ]
    return tuple(one for one in made if one.before is None or one.before.text != one.after)


def _regions(draft: Draft | None) -> tuple[str, ...]:
    return tuple(sorted(draft.regions)) if draft else ()


def _written(opened: Opened, novelty: Novelty, settled: Settled, made: Sequence[Made]) -> tuple[tuple[str, str], ...]:
    """Write all; gives the files that were left alone, as long as none of these had to hold what is new."""
    surveyed = opened.surveyed
    root, limit = surveyed.root, surveyed.config.max_file_size
    files = {one.path: one.after.encode("utf-8") for one in made if one.before is None}
    plans = [
        Plan(one.path, one.before, _edits(novelty, settled, one.path, one.before), max_bytes=limit)
        for one in made
        if one.before
    ]
    _refuse_unwritable(root, plans)
    with ExitStack() as stack:
        try:
            ready = stack.enter_context(additions(root, files))
            ready.put()
        except Refusal as refusal:
            raise Unwelcome(refusal.message) from refusal
        done = write_all(root, plans)
        refused = [(each.path, each.refusal.message) for each in done if each.refusal]
        lost = [(path, why) for path, why in refused if path in novelty.edits]
        if lost and not any(each.changed for each in done):
            ready.take_back()
        if lost:
            raise Unwelcome("\n".join(f"{path}: {why}" for path, why in lost))
    _remembered(opened, settled, done, files)
    return tuple(refused)


def _refuse_unwritable(root: str, plans: Iterable[Plan]) -> None:
    """Refuse before anything is written what would be refused while it is: all of it is written, or none."""
    said = []
    for plan in plans:
        try:
            with target(root, plan.path) as place:
                check(place)
        except (Refusal, OSError) as error:
            said.append(f"{plan.path}: {refusal(error).message}")
    if said:
        raise Unwelcome("\n".join(said))


def _edits(novelty: Novelty, settled: Settled, path: str, before: SourceFile) -> tuple[Edit, ...]:
    own = novelty.edits.get(path, ())
    draft = settled.drafts.get(path)
    if draft is None:
        return own
    return compose(own, draft.edits, len(before.text)) if own else draft.edits


def _remembered(opened: Opened, settled: Settled, done: Sequence[Written], files: Mapping[str, bytes]) -> None:
    """Remember what stands in the regions that were filled, so that an edit by hand can be told."""
    if opened.setting.folder is None:
        return
    written = [each for each in done if each.changed]
    written += [Written(path, changed=True, text=raw.decode("utf-8")) for path, raw in files.items()]
    drafts = {each.path: settled.drafts[each.path] for each in written if each.path in settled.drafts}
    remember(opened.setting.folder, opened.surveyed, drafts, written)
