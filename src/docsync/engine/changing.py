"""How a project is changed on purpose: planned, judged in memory before and after, refused or written with all that follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from docsync.cache.memory import recall_written
from docsync.cache.pickles import collector_off
from docsync.editing.errors import Uneditable
from docsync.engine.choosing import KEPT, choose
from docsync.engine.discovery import wanted_by
from docsync.engine.fingerprint import digest
from docsync.engine.heads import heads_of
from docsync.engine.holding_back import known_keys
from docsync.engine.judging import Judgement, Past, documents_of, judge, report_of
from docsync.engine.reading import file_bytes, read_bytes
from docsync.engine.regenerating import remember
from docsync.engine.request import JobError, Request
from docsync.engine.results import FileChange
from docsync.engine.setting import Setting, setting_of
from docsync.engine.settling import Draft, Overtaken, Settled, Unsettled, settle
from docsync.engine.survey import Survey, survey
from docsync.models.diagnostics import Diagnostic, Report
from docsync.models.records import Record
from docsync.project.graph import Edge, cycles, ready, unsettled
from docsync.project.index import Project
from docsync.project.pointing import Unfound, pointer
from docsync.text.composing import compose
from docsync.text.edits import Edit, apply, prove
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile, decode, line_index
from docsync.text.together import write_together
from docsync.text.writing import Plan
from docsync.validator.claimed import key_of, without_lines

_TRIES: Final = 3
_UNBEARABLE: Final = frozenset({"DS101", "DS102", "DS103", "DS105", "DS401", "DS501", "DS602"})
"""What no change may bring about: records that are not valid or not single, cycles, references to nothing, broken markers."""
_UNREAD: Final = "DS0"


class Planned(Struct, frozen=True):
    """Hold the edits of documents by path, whose spans are of what was read, and the texts of new files by path.

    `notes` are for whoever asked: what was not done, and why. `absorbed` are regions whose text may be written over, with its
    digest, though somebody edited it by hand: what that says has gone home. `refuse` is given what it would all come to,
    with what would contradict and does not yet, and raises JobError where that is not to be.
    """

    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    absorbed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    refuse: Callable[[Settled, tuple[Diagnostic, ...]], None] | None = None


class Ground(Struct, frozen=True):
    """Hold what a change is planned from: the project as it was found and judged, and the text of any document."""

    surveyed: Survey
    project: Project
    diagnostics: tuple[Diagnostic, ...]
    source: Callable[[str], SourceFile]


class Changed(Struct, frozen=True):
    """Say what a change came to, or would.

    `planned` names the files that were changed or made on purpose, of those in `changes`; in the others only what follows from
    that was regenerated. `fresh` reports what contradicts now and did not before, `healed` what does not any more, and `stale`
    what was out of date before for other reasons and was left so, as far as `regenerate` would put it right. `freed` could be
    started now, `held` could before.
    """

    changes: tuple[FileChange, ...]
    planned: frozenset[str]
    before: Project
    after: Project
    fresh: Report
    healed: tuple[Diagnostic, ...]
    stale: tuple[Diagnostic, ...]
    freed: tuple[Record, ...]
    held: tuple[Record, ...]
    notes: tuple[str, ...]


Planner = Callable[[Ground], Planned]


def change(request: Request, planning: Planner, *, write: bool = True) -> Changed:
    """Carry out what `planning` plans, with all that depends on it, in one write of all files or none.

    `planning` is asked again where files change meanwhile; it may raise Uneditable, Unfound or JobError. Raises JobError and
    ConfigError where the change cannot be made or would break something, and says what; nothing is written then.
    """
    with collector_off():
        setting = setting_of(request)
        for _ in range(_TRIES):
            try:
                return _changed(setting, planning, write=write)
            except Overtaken:
                continue
            except (Uneditable, Unfound) as error:
                raise JobError(str(error)) from error
    raise JobError(f"files changed while they were read, {_TRIES} times in a row; nothing was written, run again")


def _changed(setting: Setting, planning: Planner, *, write: bool) -> Changed:
    surveyed = survey(setting)
    with heads_of(setting.root, setting.repository) as heads:
        past = Past(recall_written(setting.folder) if setting.folder else {}, heads.texts, known=known_keys(setting.root))
        before = judge(surveyed, documents_of(surveyed), past)
        texts = _Texts(surveyed)
        planned = planning(Ground(surveyed, before.project, before.outcome.diagnostics, texts.source))
        past = replace(past, written={**past.written, **planned.absorbed})
        edited = {path: _edited(texts.source(path), edits) for path, edits in planned.edits.items() if edits}
        now = _with(surveyed, edited, planned.files)
        stale = _stale(before)
        try:
            at_hand = {**edited, **{path: decode(path, text.encode("utf-8")) for path, text in planned.files.items()}}
            settled = settle(now, past, at_hand, unsafe=False, leave=lambda found: _name(found) in stale)
        except Unsettled as circle:
            raise JobError(f"{circle}; nothing was written") from circle
        _refuse(before, settled.judgement)
        if planned.refuse:
            planned.refuse(settled, tuple(_fresh(before, settled.judgement)))
        changes = tuple(_file_changes(texts, planned, edited, settled))
        if write:
            _write(setting, surveyed, changes, planned, settled)
    return _outcome(now, past, before, settled, changes, planned)


class _Texts:
    """Give documents' texts, each read once and known to be what the survey read."""

    def __init__(self, surveyed: Survey) -> None:
        self._surveyed = surveyed
        self._read: dict[str, SourceFile] = {}

    def source(self, path: str) -> SourceFile:
        """Give the text of a document; raises Overtaken where it changed, JobError where it cannot be read."""
        if path not in self._read:
            limit = self._surveyed.config.max_file_size
            try:
                raw = file_bytes(self._surveyed.root, path, limit)
                if path not in self._surveyed.reads or digest(raw) != self._surveyed.reads[path].digest:
                    raise Overtaken
                self._read[path] = decode(path, raw, max_bytes=limit)
            except Refusal as refusal:
                raise JobError(f"{path}: {refusal.message}; nothing was changed") from refusal
        return self._read[path]


def _edited(source: SourceFile, edits: Iterable[Edit]) -> SourceFile:
    chosen = tuple(edits)
    text = apply(source.text, chosen)
    prove(source.text, chosen, text)
    return replace(source, text=text, lines=line_index(text))


def _with(surveyed: Survey, edited: Mapping[str, SourceFile], files: Mapping[str, str]) -> Survey:
    """Put changed and new documents in the place of what was read."""
    config = surveyed.config
    reads = {path: read_bytes(path, source.encode(), config) for path, source in edited.items()}
    covered = wanted_by(config.include)
    reads |= {path: read_bytes(path, text.encode("utf-8"), config) for path, text in files.items() if covered(path)}
    folders = {path[:at] for path in files for at, sign in enumerate(path) if sign == "/"}
    found = replace(surveyed.found, present=surveyed.found.present | files.keys() | folders)
    return replace(surveyed, found=found, reads=dict(sorted({**surveyed.reads, **reads}.items())))


def _name(found: Diagnostic) -> tuple[str, ...]:
    """Give what a stale text goes by: where it is, what it says and what it should say."""
    texts = (change.text for change in found.fix.changes) if found.fix else ()
    return (found.place.path, found.code, without_lines(found.message), *texts)


def _stale(before: Judgement) -> frozenset[tuple[str, ...]]:
    return frozenset(_name(found) for found in before.outcome.diagnostics if found.fix and found.code in KEPT)


def _refuse(before: Judgement, after: Judgement) -> None:
    """Raise JobError for what no change may bring about."""
    known = {_ring(ring) for ring in cycles(before.project)}
    for ring in cycles(after.project):
        if _ring(ring) not in known:
            names = " → ".join([ring[0].source, *(edge.target for edge in ring)])
            raise JobError(f"that would make a cycle: {names}, each waiting for the next; nothing was changed")
    for found in _fresh(before, after):
        if found.code in _UNBEARABLE or found.code.startswith(_UNREAD):
            lines = after.project.documents[found.place.path].lines if found.place.path in after.project.documents else None
            at = f":{lines.line(found.place.span.start)}" if lines else ""
            hint = f" ({found.help})" if found.help else ""
            raise JobError(f"{found.place.path}{at}: {found.code} {found.message}{hint}; nothing was changed")


def _ring(ring: tuple[Edge, ...]) -> frozenset[tuple[str, str]]:
    return frozenset((edge.source, edge.target) for edge in ring)


def _fresh(before: Judgement, after: Judgement) -> Iterator[Diagnostic]:
    """Give the findings that were not there before; one whose numbers alone changed was."""
    known = Counter(key_of(found) for found in before.outcome.diagnostics)
    for found in after.outcome.diagnostics:
        key = key_of(found)
        if known[key]:
            known[key] -= 1
        else:
            yield found


def _file_changes(texts: _Texts, planned: Planned, edited: Mapping[str, SourceFile], settled: Settled) -> Iterator[FileChange]:
    for path in sorted(edited.keys() | settled.drafts.keys()):
        draft = settled.drafts.get(path)
        if path in planned.files:
            continue
        before = texts.source(path)
        after = draft.now if draft else edited[path].text
        if after != before.text:
            yield FileChange(path, before, after, tuple(sorted(draft.regions)) if draft else (), draft.numbers if draft else 0)


def _write(setting: Setting, surveyed: Survey, changes: tuple[FileChange, ...], planned: Planned, settled: Settled) -> None:
    plans = [
        Plan(
            each.path,
            each.before,
            _all_edits(each, planned, settled.drafts.get(each.path)),
            max_bytes=surveyed.config.max_file_size,
        )
        for each in changes
    ]
    files = {path: settled.drafts[path].now if path in settled.drafts else text for path, text in planned.files.items()}
    written = write_together(surveyed.root, plans, files)
    if refused := [one for one in written if one.refusal]:
        said = "; ".join(f"{one.path}: {one.refusal.message}" for one in refused if one.refusal)
        raise JobError(f"{said}; nothing was changed")
    if setting.folder:
        remember(setting.folder, surveyed, settled.drafts, written)


def _all_edits(each: FileChange, planned: Planned, draft: Draft | None) -> tuple[Edit, ...]:
    first = planned.edits.get(each.path, ())
    return compose(first, draft.edits, len(each.before.text)) if draft else tuple(first)


def _outcome(  # noqa: PLR0913, PLR0917  # all that a change came to
    now: Survey,
    past: Past,
    before: Judgement,
    settled: Settled,
    changes: tuple[FileChange, ...],
    planned: Planned,
) -> Changed:
    after = settled.judgement
    stale = _stale(before)
    left = tuple(found for found in after.outcome.diagnostics if found.code in KEPT and _name(found) in stale)
    fresh = tuple(found for found in _fresh(before, after) if found not in left)
    could, can = ready(before.project), ready(after.project)
    return Changed(
        (*changes, *_new_files(planned, settled)),
        frozenset({path for path, edits in planned.edits.items() if edits} | planned.files.keys()),
        before.project,
        after.project,
        replace(report_of(now, after), diagnostics=fresh),
        tuple(_fresh(after, before)),
        tuple(_regenerable(left, now, past, after)),
        tuple(_beyond(after.project, can, before.project, could)),
        tuple(one for one in _beyond(before.project, could, after.project, can) if unsettled(after.project, one.id)),
        (*planned.notes, *_kept(before.project, after.project)),
    )


def _regenerable(left: Iterable[Diagnostic], now: Survey, past: Past, after: Judgement) -> Iterator[Diagnostic]:
    """Give what `regenerate` would put right, and not what a baseline knows of or somebody has to decide first."""
    chosen = choose(after, now.targets, unsafe=False, known=past.known)
    for found in left:
        changes = found.fix.changes if found.fix else ()
        edits = [(one.place.path, Edit(one.place.span, one.text)) for one in changes]
        if edits and all(path in chosen and edit in chosen[path].edits for path, edit in edits):
            yield found


def _kept(before: Project, after: Project) -> Iterator[str]:
    """Say which regions should hold something else now, and were left because somebody edited them by hand."""
    were = {(one.path, one.region): one.body for one in before.expectations}
    for one in after.expectations:
        if one.edited and not one.fresh and were.get((one.path, one.region)) != one.body:
            yield (
                f"region {one.region} of {one.path} was edited by hand and is left as it is;"
                " docsync regenerate --overwrite-edited would fill it anew"
            )


def _new_files(planned: Planned, settled: Settled) -> Iterator[FileChange]:
    for path, text in planned.files.items():
        nothing = SourceFile(path, "", bom=False, newline="\n", lines=line_index(""))
        draft = settled.drafts.get(path)
        regions = tuple(sorted(draft.regions)) if draft else ()
        yield FileChange(path, nothing, draft.now if draft else text, regions, draft.numbers if draft else 0)


def _beyond(project: Project, these: Iterable[Record], other: Project, those: Iterable[Record]) -> Iterator[Record]:
    """Give the records that are among the first and not among the second, each by what names it and no other."""
    known = {pointer(other, record) for record in those}
    return (record for record in these if pointer(project, record) not in known)
