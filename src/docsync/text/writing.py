"""How planned edits reach the disk: all rendered and proved first, each file whole at every moment."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Final

from msgspec import Struct

from docsync.text.edits import Edit, Lost, apply, prove
from docsync.text.folders import opened, target
from docsync.text.holding import Changed, held
from docsync.text.leftovers import discard, sweep
from docsync.text.locking import locked
from docsync.text.obstacles import check, refusal
from docsync.text.refusal import Refusal
from docsync.text.source import MAX_BYTES, SourceFile, decode
from docsync.text.staging import likeness, stage
from docsync.text.swapping import swap

_PAUSES: Final = (0.0, 0.05, 0.25)
"""The seconds before each of the three tries; a program that is saving right now needs some of them."""

_BYTE_ORDER_MARK: Final = "\ufeff"


class Plan(Struct, frozen=True):
    """Plan the edits of one file, made from what it held when it was read.

    `replan` makes the edits anew from what the file holds when somebody saved it meanwhile; without it such a file is
    refused. It may raise Refusal. `max_bytes` limits what the file may hold before and after.
    """

    path: str
    before: SourceFile
    edits: tuple[Edit, ...]
    replan: Callable[[SourceFile], Sequence[Edit]] | None = None
    max_bytes: int = MAX_BYTES

    @property
    def after(self) -> str:
        """Give the text as it will be; raises Overlap and ValueError as `apply` does."""
        return apply(self.before.text, self.edits)


class Written(Struct, frozen=True):
    """Say what became of a plan: whether the file was changed, the text it holds, or why it was left alone.

    `text` is the planned text, or what a new plan made of a save meanwhile; for a refused file it is what was planned.
    """

    path: str
    changed: bool
    text: str
    refusal: Refusal | None = None


class _Draft(Struct, frozen=True):
    """A plan rendered and proved: the bytes that the file must hold, and those that it will."""

    plan: Plan
    text: str
    old: bytes
    new: bytes


class _Staged(Struct, frozen=True):
    """A draft whose new bytes stand beside the file under the name `part`, empty when there is nothing to change."""

    draft: _Draft
    part: str


def write_all(root: str, plans: Iterable[Plan]) -> tuple[Written, ...]:
    """Carry out all plans below `root`; one `Written` for each, in their order.

    Every plan is rendered and proved before the first write, so Overlap and Lost, which are faults of whoever planned,
    are raised with nothing written. A file that must be left alone (DS006 failed, DS007 not allowed, DS008 changed, or why
    its new text could not be read again) is refused and the others are written; but when the system fails while the new
    texts are being laid beside the files, such as on a full disk, then none is. A plan that changes nothing touches nothing.
    Takes the project's lock, and sweeps the folders of all plans first; a run that writes should `sweep` the folders of the
    files for which it has no plan, too.
    """
    chosen = tuple(plans)
    if len({plan.path for plan in chosen}) < len(chosen):
        raise ValueError("two plans for one file")
    drafts = [_draft(plan, plan.before, plan.edits) for plan in chosen]
    done = _interrupted(root, drafts)
    done |= _carry_out(root, [draft for draft in drafts if draft.new != draft.old and draft.plan.path not in done])
    return tuple(done.get(draft.plan.path) or Written(draft.plan.path, changed=False, text=draft.text) for draft in drafts)


def _interrupted(root: str, drafts: Sequence[_Draft]) -> dict[str, Written]:
    """Sweep, and refuse for once the files of a folder where a save was left behind: their text may be older than it."""
    rescued = {os.path.dirname(path): path for path in sweep(root, (os.path.dirname(draft.plan.path) for draft in drafts))}
    reasons = {
        folder: Refusal(
            "DS008", f"a run was killed while a file here was being saved, and the save is kept as {path}; compare them"
        )
        for folder, path in rescued.items()
    }
    found = ((draft, reasons.get(os.path.dirname(draft.plan.path))) for draft in drafts)
    return {draft.plan.path: _refused(draft, reason) for draft, reason in found if reason}


def _draft(plan: Plan, source: SourceFile, edits: Sequence[Edit]) -> _Draft:
    text = apply(source.text, edits)
    prove(source.text, edits, text)
    if text.startswith(_BYTE_ORDER_MARK) and not source.text.startswith(_BYTE_ORDER_MARK):
        raise Lost(0)  # it would be read as the file's mark and not as text
    return _Draft(plan, text, source.encode(), source.encode(text))


def _carry_out(root: str, drafts: Sequence[_Draft]) -> dict[str, Written]:
    if not drafts:
        return {}
    try:
        with locked(root):
            return _write(root, drafts)
    except Refusal as held_by_another:
        return {draft.plan.path: _refused(draft, held_by_another) for draft in drafts}


def _write(root: str, drafts: Sequence[_Draft]) -> dict[str, Written]:
    done: dict[str, Written] = {}
    staged: dict[str, _Staged] = {}
    try:
        for draft in drafts:
            path = draft.plan.path
            try:
                staged[path] = _stage(root, draft)
            except Changed:  # somebody is saving it: its tries come when the others are ready
                continue
            except (Refusal, OSError) as error:
                done[path] = _refused(draft, refusal(error))
                if refusal(error).code == "DS006":
                    return _none_written(drafts, done, path)
        for draft in drafts:
            if draft.plan.path not in done:
                done[draft.plan.path] = _finish(root, draft, staged.pop(draft.plan.path, None))
        return done
    finally:
        for left in staged.values():
            _unstage(root, left)


def _none_written(drafts: Sequence[_Draft], done: dict[str, Written], failed: str) -> dict[str, Written]:
    reason = Refusal("DS006", f"not written, since {failed} could not be and the files are written together")
    return {draft.plan.path: done.get(draft.plan.path) or _refused(draft, reason) for draft in drafts}


def _refused(draft: _Draft, reason: Refusal) -> Written:
    return Written(draft.plan.path, changed=False, text=draft.text, refusal=reason)


def _stage(root: str, draft: _Draft) -> _Staged:
    """Lay a draft's new bytes beside the file, or, when the file holds something else by now, those of a new draft."""
    with target(root, draft.plan.path) as place:
        check(place)
        with held(place.folder, place.name) as current:
            raw, like = current.raw, likeness(current.descriptor)
        # The lease is given up here: whoever saves now must not wait for our disk, and `swap` looks again.
        fresh = draft if raw == draft.old else _redraft(draft.plan, raw)
        if fresh.new == fresh.old:
            return _Staged(fresh, "")
        decode(draft.plan.path, fresh.new, max_bytes=draft.plan.max_bytes)  # what we could not read again is refused
        return _Staged(fresh, stage(place.folder, fresh.new, like))


def _redraft(plan: Plan, raw: bytes) -> _Draft:
    if plan.replan is None:
        raise Refusal("DS008", "the file changed since it was read; run again")
    source = decode(plan.path, raw, max_bytes=plan.max_bytes)
    try:
        return _draft(plan, source, plan.replan(source))
    except (Lost, ValueError) as error:
        raise Refusal("DS900", f"the file changed since it was read, and planning it anew failed: {error}") from error


def _finish(root: str, draft: _Draft, staged: _Staged | None) -> Written:
    path = draft.plan.path
    for pause in _PAUSES:
        time.sleep(pause)
        try:
            ready = staged or _stage(root, draft)
            staged = None
            if ready.part:
                _swap(root, ready)
            return Written(path, changed=bool(ready.part), text=ready.draft.text)
        except Changed:
            continue
        except (Refusal, OSError) as error:
            return _refused(draft, refusal(error))
    return _refused(draft, Refusal("DS008", f"the file changed at each of {len(_PAUSES)} tries to write it; run again"))


def _swap(root: str, ready: _Staged) -> None:
    try:
        with target(root, ready.draft.plan.path) as place:
            swap(place, ready.part, old=ready.draft.old, new=ready.draft.new)
    except BaseException:
        _unstage(root, ready)  # should the folder not even have opened
        raise


def _unstage(root: str, staged: _Staged) -> None:
    with suppress(OSError, Refusal), opened(root, os.path.dirname(staged.draft.plan.path)) as folder:
        discard(folder, staged.part)
