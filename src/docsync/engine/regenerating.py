"""How generated text and bound numbers are put right: settled in memory, proved, then written all together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from posixpath import dirname
from typing import Final

from msgspec.structs import replace

from docsync.cache.folder import CacheFolder
from docsync.cache.memory import keep_bodies, keep_written, recall_written
from docsync.engine.checking import resting_on
from docsync.engine.choosing import KEPT, is_accepted, is_writable
from docsync.engine.heads import heads_of
from docsync.engine.holding_back import known_keys
from docsync.engine.judging import Past, report_of
from docsync.engine.reading import file_bytes, read_bytes
from docsync.engine.ready import surveyed_for
from docsync.engine.request import JobError
from docsync.engine.results import FileChange, Regeneration, Wish
from docsync.engine.setting import Setting
from docsync.engine.settling import Draft, Overtaken, Settled, Unsettled, settle
from docsync.engine.survey import Survey
from docsync.generator.layout import bare
from docsync.generator.meaning import digest as digest_of_meaning
from docsync.models.diagnostics import Diagnostic, Place, Report, Severity, Tally
from docsync.text.edits import Edit
from docsync.text.leftovers import sweep
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile
from docsync.text.writing import Plan, Written, write_all
from docsync.validator.rules import REGISTRY

_TRIES: Final = 3
_MARK: Final = b"docsync:"
_LARGEST: Final = 100_000_000
_OTHERS: Final = frozenset({"DS211", "DS900"})
"""A binding that means nothing, and a rule of ours that failed, which may have been one of those that keep text true."""
_UNREADABLE: Final = "DS005"
_CONFLICT: Final = "DS004"
_REGION_CODES: Final = "DS6"


def regenerate_afresh(setting: Setting, wish: Wish, surveying: Callable[[], Survey] | None = None) -> Regeneration:
    """Put right all that may be, or nothing where that comes to no end; raises JobError where files keep changing.

    `surveying` gives what the project holds, and is asked again where that has changed meanwhile. Without it, as in a run of
    its own, what killed runs left beside any document is cleared away.
    """
    folder = setting.folder
    with heads_of(setting.root, setting.repository) as heads:
        written_of_late = recall_written(folder) if folder else {}
        past = Past(written_of_late, heads.texts, wish.overwrite_edited, known_keys(setting.root), wish.merged)
        surveyed, settled = _settled(surveying or (lambda: surveyed_for(setting)), past, unsafe=wish.unsafe)
        if isinstance(settled, Unsettled):
            return _circling(surveyed, settled)
        if not wish.write:
            return _regeneration(surveyed, settled, settled.drafts, (), past)
        plans = [_plan(surveyed, settled, past, path, unsafe=wish.unsafe) for path in settled.drafts]
        written = write_all(surveyed.root, plans)
        if surveying is None:
            written += _swept(surveyed, settled.drafts)
    drafts = {done.path: settled.drafts[done.path] for done in written if done.changed}
    if folder:
        remember(folder, surveyed, drafts, written)
    done = _regeneration(surveyed, settled, drafts, written, past)
    idle = not settled.drafts and not written and not done.left.diagnostics and not done.left.failed
    return replace(done, rests_on=resting_on(setting, surveyed)) if idle and folder else done


def _swept(surveyed: Survey, drafts: Iterable[str]) -> tuple[Written, ...]:
    """Clear away what killed runs left beside documents that this run had no plan for; refuse what was rescued of it."""
    planned = {dirname(path) for path in drafts}
    rescued = sweep(surveyed.root, sorted({dirname(path) for path in surveyed.reads} - planned))
    said = "a run was killed while a file beside this one was being saved, and this is the save; compare the two"
    return tuple(Written(path, changed=False, text="", refusal=Refusal("DS008", said)) for path in rescued)


def _settled(surveying: Callable[[], Survey], past: Past, *, unsafe: bool) -> tuple[Survey, Settled | Unsettled]:
    for _ in range(_TRIES):
        surveyed = surveying()
        try:
            return surveyed, settle(surveyed, past, {}, unsafe=unsafe)
        except Unsettled as circle:
            return surveyed, circle
        except Overtaken:
            continue
    raise JobError(f"files changed while they were read, {_TRIES} times in a row; nothing was written, run again")


def _plan(surveyed: Survey, settled: Settled, past: Past, path: str, *, unsafe: bool) -> Plan:
    texts = {each: draft.before for each, draft in settled.drafts.items()}

    def replan(source: SourceFile) -> Sequence[Edit]:
        """Settle the project again, with what somebody has just saved in the place of what was read."""
        read = read_bytes(path, source.encode(), surveyed.config)
        if not is_writable(read.facts):
            trouble = read.facts.troubles[0]
            raise Refusal(trouble.code, trouble.message, span=trouble.span, lines=source.lines)
        now = replace(surveyed, reads={**surveyed.reads, path: read})
        try:
            again = settle(now, past, {**texts, path: source}, unsafe=unsafe).drafts.get(path)
        except (Overtaken, Unsettled) as error:
            raise Refusal("DS008", "the file changed since it was read; run again") from error
        return again.edits if again else ()

    draft = settled.drafts[path]
    return Plan(path, draft.before, draft.edits, replan, surveyed.config.max_file_size)


def remember(folder: CacheFolder, surveyed: Survey, drafts: Mapping[str, Draft], written: Iterable[Written]) -> None:
    """Remember what stands in the regions that were filled, and what stood there, so that an edit by hand can be told."""
    bodies: dict[tuple[str, str], str] = {}
    latest: dict[tuple[str, str], str] = {}
    for done in written:
        if draft := drafts.get(done.path):
            for text in (done.text, draft.before.text):
                facts = read_bytes(done.path, draft.before.encode(text), surveyed.config).facts
                for region in facts.regions:
                    if region.id in draft.regions:
                        key, digest = (done.path, region.id), digest_of_meaning(region.text, region.prefix)
                        bodies[key] = f"{bodies[key]} {digest}" if key in bodies else digest
                        latest.setdefault(key, bare(region.text, region.prefix))
    if bodies:
        keep_written(folder, bodies, frozenset(surveyed.reads))
        keep_bodies(folder, latest, frozenset(surveyed.reads))


def _regeneration(
    surveyed: Survey, settled: Settled, drafts: Mapping[str, Draft], written: Sequence[Written], past: Past
) -> Regeneration:
    texts = {done.path: done.text for done in written}
    changes = tuple(
        FileChange(path, draft.before, texts.get(path, draft.now), tuple(sorted(draft.regions)), draft.numbers)
        for path, draft in drafts.items()
    )
    left = _left(surveyed, settled, [done for done in written if done.refusal])
    told = tuple(found for found in left.diagnostics if not is_accepted(found, past.known))
    return Regeneration(changes, replace(left, diagnostics=told))


def _circling(surveyed: Survey, circle: Unsettled) -> Regeneration:
    lines = {path: surveyed.reads[path].facts.lines for path in circle.texts}
    said = "regenerating goes round in a circle: each round changes this file again, so nothing was written"
    found = tuple(_refused(path, Refusal("DS900", said)) for path in circle.texts)
    report = Report(found, Tally(len(surveyed.reads)), lines, tuple(circle.texts), failed=True, fail_on=surveyed.config.fail_on)
    return Regeneration((), report, tuple((path, *texts) for path, texts in circle.texts.items()))


def _left(surveyed: Survey, settled: Settled, unwritten: Sequence[Written]) -> Report:
    """Report what is still not as it should be, of all that regenerating is about."""
    report = report_of(surveyed, settled.judgement)
    needed = tuple(path for path in report.refused if path in surveyed.targets.files or _is_missed(surveyed, path))
    diagnostics = [found for found in report.diagnostics if found.place.path in needed or _concerns(found)]
    diagnostics += [_refused(done.path, done.refusal) for done in unwritten if done.refusal]
    documents = settled.judgement.project.documents
    malformed = any(
        surveyed.targets.take(path) and not document.refused and not is_writable(document)
        for path, document in documents.items()
    )
    failed = malformed or bool(unwritten) or bool(needed)
    known = {done.path: documents[done.path].lines for done in unwritten if done.path in documents}
    met = {done.path: done.refusal.lines for done in unwritten if done.refusal and done.refusal.lines}
    lines = {**known, **report.lines, **met}
    return replace(report, diagnostics=tuple(diagnostics), lines=lines, refused=needed, failed=failed)


def _concerns(found: Diagnostic) -> bool:
    return found.code in KEPT or found.code in _OTHERS or found.code.startswith(_REGION_CODES)


def _refused(path: str, refusal: Refusal) -> Diagnostic:
    name = next((rule.NAME for rule in REGISTRY if refusal.code == rule.CODE), "")
    return Diagnostic(refusal.code, name, Severity.ERROR, refusal.message, Place(path, refusal.span))


def _is_missed(surveyed: Survey, path: str) -> bool:
    """Tell whether a refused file keeps regenerating from being done: a merge in it hides records for a while, too."""
    troubles = surveyed.reads[path].facts.troubles if path in surveyed.reads else ()
    return any(trouble.code == _CONFLICT for trouble in troubles) or _may_be_marked(surveyed, path)


def _may_be_marked(surveyed: Survey, path: str) -> bool:
    """Tell whether a refused file holds something of ours, as far as can be seen, and so would have had to be looked after."""
    try:
        return _MARK in file_bytes(surveyed.root, path, _LARGEST)
    except Refusal as refusal:
        return refusal.code == _UNREADABLE
