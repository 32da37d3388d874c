"""`docsync baseline`: record today's findings of a project, so that a check fails on new ones only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from docsync.cli.exits import FAILED, OK
from docsync.cli.options import cache_option, root_option
from docsync.cli.streams import emit
from docsync.cli.telling import told
from docsync.engine import Request, check
from docsync.engine.holding_back import Taking, take_baseline
from docsync.engine.own_files import FILE
from docsync.engine.roots import default_root
from docsync.reporters.counting import counted
from docsync.reporters.escaping import escape, escape_path
from docsync.validator.claimed import Key


@click.command("baseline")
@root_option
@cache_option
@click.option("--update", is_flag=True, help="Record what is new, too, say what it is, and drop what is gone.")
@click.option("--prune", is_flag=True, help="Drop what no longer occurs; add nothing.")
def command(root: str | None, *, no_cache: bool, update: bool, prune: bool) -> int:
    """Record today's findings, so that a check fails on new ones only.

    They go into .docsync-baseline.json at the project's root, known by their file, their rule and what they say, without
    numbers and lines. What is there already is not added to, unless you say so. Exit codes: 0 the baseline holds all that a
    check fails on, 2 it does not and was not to be added to.
    """
    request = Request(root or default_root(()), (), not no_cache)
    with told():
        taking = take_baseline(check(request), request.root, update=update, prune=prune)
    emit("\n".join(_story(taking, update=update, prune=prune)) + "\n")
    return FAILED if taking.added and not (update or taking.fresh) else OK


def _story(taking: Taking, *, update: bool, prune: bool) -> Iterator[str]:
    held = counted(taking.held, "finding")
    if taking.fresh:
        yield f"Wrote {FILE} with {held}."
        return
    yield from _changed("+", taking.added)
    yield from _changed("-", taking.dropped)
    if taking.added and not update:
        yield f"Added nothing to {FILE}: {_new(taking)} not in it; --update records what is new."
    if taking.dropped and not (update or prune):
        gone = sum(taking.dropped.values())
        yield f"{counted(gone, 'finding')} in it no longer {'occurs' if gone == 1 else 'occur'}; --prune drops what is gone."
    yield f"{FILE} holds {held}."


def _new(taking: Taking) -> str:
    count = sum(taking.added.values())
    return f"{counted(count, 'finding')} {'is' if count == 1 else 'are'}"


def _changed(sign: str, counts: Mapping[Key, int]) -> Iterator[str]:
    for (path, code, claim), count in sorted(counts.items()):
        times = f" ({count} times)" if count > 1 else ""
        yield f"{sign} {escape_path(path)} {code} {escape(claim)}{times}"
