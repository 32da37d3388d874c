"""How several files are changed or made as one: all of them, or, as far as the system lets us, none."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from docsync.text.adding import additions
from docsync.text.edits import Edit
from docsync.text.folders import target
from docsync.text.holding import Changed, held
from docsync.text.obstacles import check, refusal
from docsync.text.refusal import Refusal
from docsync.text.source import line_index
from docsync.text.spans import Span
from docsync.text.writing import Plan, Written, write_all


def write_together(root: str, plans: Sequence[Plan], creations: Mapping[str, str]) -> tuple[Written, ...]:
    """Carry out plans as `write_all` does and write new files, whose texts are by path, or do none of it.

    Every obstacle is looked for before the first write. Where a file is refused all the same, because somebody saved it at that
    very moment, what was written already is put back. The refusals tell why; then nothing else is as planned.
    """
    if refused := (*_obstacles(root, plans), *_taken(root, creations)):
        return refused
    try:
        with additions(root, {path: text.encode("utf-8") for path, text in creations.items()}) as ready:
            ready.put()
            done = write_all(root, plans)
            refused = tuple(one for one in done if one.refusal)
            if refused:
                ready.take_back()
                write_all(root, _reversed(plans, done))
                return refused
    except Refusal as reason:
        return tuple(Written(path, changed=False, text=text, refusal=reason) for path, text in creations.items())
    return (*done, *(Written(path, changed=True, text=text) for path, text in creations.items()))


def _obstacles(root: str, plans: Iterable[Plan]) -> Iterator[Written]:
    for plan in plans:
        try:
            with target(root, plan.path) as place:
                check(place)
                with held(place.folder, place.name) as current:
                    same = current.raw == plan.before.encode()
        except Changed:
            same = False
        except (Refusal, OSError) as error:
            yield Written(plan.path, changed=False, text=plan.before.text, refusal=refusal(error))
            continue
        if not same:
            reason = Refusal("DS008", "the file changed since it was read; run again")
            yield Written(plan.path, changed=False, text=plan.before.text, refusal=reason)


def _taken(root: str, creations: Mapping[str, str]) -> Iterator[Written]:
    for path, text in creations.items():
        if os.path.lexists(os.path.join(root, path)):
            reason = Refusal("DS007", "it is there already and is not overwritten")
            yield Written(path, changed=False, text=text, refusal=reason)
        elif not _is_inside(root, path):
            yield Written(path, changed=False, text=text, refusal=Refusal("DS007", "it would lie outside the project"))


def _is_inside(root: str, path: str) -> bool:
    top = os.path.realpath(root)
    full = os.path.realpath(os.path.join(top, path))
    return os.path.commonpath((top, full)) == top and full != top


def _reversed(plans: Sequence[Plan], done: Sequence[Written]) -> Iterator[Plan]:
    """Plan to put back what was written before another file was refused."""
    for plan, one in zip(plans, done, strict=True):
        if one.changed:
            now = replace(plan.before, text=one.text, lines=line_index(one.text))
            yield Plan(plan.path, now, (Edit(Span(0, len(one.text)), plan.before.text),), max_bytes=plan.max_bytes)
