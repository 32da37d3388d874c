"""`docsync init --adopt`: what is proposed for documents that nobody prepared, said and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docsync.cli.failures import Failure
from docsync.cli.streams import emit
from docsync.cli.telling import told
from docsync.engine.adopting.adopt import adopt
from docsync.engine.adopting.proposals import Adoption, HomeProposal, Proposal
from docsync.engine.adopting.writing import adopted_text, write
from docsync.engine.roots import CONFIG_FILES
from docsync.reporters.counting import counted
from docsync.reporters.escaping import escape, escape_path
from docsync.text.edits import unified_diff

_MOST_LEFT = 12


def propose(folder: str, *, markers: bool, hold_back: bool, dry_run: bool) -> None:
    """Say what is proposed, and write it unless that is not wanted; raises Failure where nothing can be proposed."""
    with told():
        adoption = adopt(folder)
        emit("\n".join(_story(adoption, markers=markers)) + "\n")
        if not adoption.homes:
            raise Failure(
                "nothing to adopt: no document looks like the home of records. docsync checks them as they are all the same; "
                "`docsync baseline` lets a check fail on new findings only"
            )
        if dry_run:
            emit(_shown(folder, adoption, markers=markers))
        else:
            _write(folder, adoption, markers=markers, hold_back=hold_back)


def _write(folder: str, adoption: Adoption, *, markers: bool, hold_back: bool) -> None:
    done = write(folder, adoption, markers=markers, hold_back=hold_back)
    said = [f"Wrote {escape_path(path)}." for path in done.written]
    if done.held:
        said.append(
            f"It holds {counted(done.held, 'finding')}, so that a check fails on new ones only; `docsync check --no-baseline` "
            "shows them all."
        )
    said += [f"{escape_path(path)}: {escape(why)}" for path, why in done.refused]
    emit("\n".join(said) + "\n")


def _shown(folder: str, adoption: Adoption, *, markers: bool) -> str:
    own, _ = CONFIG_FILES
    parts = [
        f"\nNothing was written. {own} would be:\n",
        *(f"    {line}" if line else "" for line in adoption.text.splitlines()),
        "",
    ]
    if markers:
        for path, before, after in adopted_text(folder, adoption):
            parts += [escape(line) for line in unified_diff(path, before, after).split("\n")]
    return "\n".join(parts) + "\n"


def _story(adoption: Adoption, *, markers: bool) -> Iterator[str]:
    yield f"Read {counted(adoption.files, 'document')}."
    yield from _part("Homes of records", _homes(adoption.homes))
    yield from _part("Kinds of your own", (_kind_line(kind.name, kind.pattern, kind) for kind in adoption.kinds))
    yield from _part("Words for a status", (_line(f"“{word.word}” is {word.status.value}", word) for word in adoption.words))
    hint = "" if markers else " (written with --markers)"
    regions = (_line(f"{one.path}:{one.line} {dict(one.attributes)['kind']} table", one) for one in adoption.regions)
    yield from _part(f"Tables that a view could write{hint}", regions)
    bound = (_line(f"{one.path}:{one.line} {' '.join(one.expressions)} for “{one.text}”", one) for one in adoption.bindings)
    yield from _part(f"Numbers that could be bound{hint}", bound)
    left = [f"  {escape(one.what)}\n      {escape(one.why)}" for one in adoption.left]
    yield from _part(
        "Left alone", [*left[:_MOST_LEFT], *([f"  and {len(left) - _MOST_LEFT} more"] if len(left) > _MOST_LEFT else [])]
    )
    if adoption.homes:
        yield ""
        yield _errors(adoption)


def _errors(adoption: Adoption) -> str:
    if not adoption.brought:
        return f"A check finds {counted(adoption.after, 'error')} with it; none is new."
    found, new = counted(adoption.after, "error"), len(adoption.brought)
    gone = adoption.before - (adoption.after - new)
    told = f", and {gone} of those are told otherwise or settled" if gone > 0 else ""
    return f"A check finds {found} with it and {adoption.before} without: the records bring {new} to light{told}."


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"\n{title}:"
        yield from found


def _homes(homes: Sequence[HomeProposal]) -> Iterator[str]:
    for home in homes:
        yield _line(f"{home.rule.path}: {home.rule.kind}, {home.rule.form}", home)


def _kind_line(name: str, pattern: str, proposal: Proposal) -> str:
    return _line(f"{name}, with ids like {pattern}", proposal)


def _line(what: str, proposal: Proposal) -> str:
    reasons = "; ".join(proposal.reasons)
    return f"  {escape(what)}  [{proposal.confidence.value}]\n      {escape(reasons)}"
