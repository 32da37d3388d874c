"""`docsync history`: how numbers and records came to be what they are, commit by commit."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import click

from docsync.cli.options import cache_option, json_option, root_option
from docsync.cli.streams import colours, columns, emit, is_terminal, say
from docsync.cli.telling import told
from docsync.engine.history.asking import Answer, Life, Numbers, Past, answer, open_past
from docsync.engine.history.judged import Judged
from docsync.engine.request import Request
from docsync.engine.roots import default_root
from docsync.models.records import Json
from docsync.project.history import missed
from docsync.reporters.escaping import escape, wellformed
from docsync.reporters.history.events import life_table, written_table
from docsync.reporters.history.findings import found_rows, found_text
from docsync.reporters.history.numbers import long, wide
from docsync.reporters.tabular import Look, Table, as_csv, as_json, drawn

_TABLE: Final = "table"
_CSV: Final = "csv"
_JSON: Final = "json"
_SVG: Final = "svg"
_VERSION: Final = 1
_JUDGED: Final = (_TABLE, _JSON)
_Shown = Callable[[Past, Answer, str], str]


@click.command("history")
@click.argument("asked", metavar="[NUMBER|ID|DOCUMENT]", required=False, default="")
@root_option
@cache_option
@click.option("--format", "form", type=click.Choice([_TABLE, _CSV, _JSON, _SVG]), help="How to print it [default: table].")
@json_option
@click.option("--burndown", is_flag=True, help="Show what is left to do in place of what is done.")
@click.option("--since", default="", metavar="REV|DATE", help="Leave out the commits up to a revision, or before a day.")
@click.option("--first-parent/--all-parents", default=True, help="Follow first parents alone, or all that was ever merged.")
@click.option("--when-broken", default="", metavar="CODE", help="Name the commits that brought in today's findings of a rule.")
@click.option("--path", "paths", multiple=True, metavar="PATH", help="With --when-broken: of these documents alone.")
def command(  # noqa: PLR0913  # one parameter an option, as click calls it
    asked: str,
    root: str | None,
    *,
    no_cache: bool,
    form: str | None,
    as_json: bool,
    burndown: bool,
    since: str,
    first_parent: bool,
    when_broken: str,
    paths: tuple[str, ...],
) -> None:
    """Show how numbers and records came to be what they are, from git's objects alone.

    NUMBER is a fact such as holes.resolved/holes.total or a kind's plural, ID a record, DOCUMENT the path of one with bound
    numbers. Without any, the main numbers: of each kind, how many are settled. Only commits that changed something are shown.

    A merge counts as one commit, as its first parent saw it: what was on the main line at each time, not what branches held.
    """
    form = _form(form, as_json=as_json)
    request = Request(root or default_root(()), cache=not no_cache)
    if when_broken:
        _refuse(asked=asked, since=since, burndown=burndown, all_parents=not first_parent, svg=form == _SVG)
        _tell_when(request, when_broken, paths, form)
        return
    if paths:
        raise click.UsageError("--path chooses among findings; give --when-broken CODE with it, or the document itself")
    with told():
        past = open_past(request, since=since, every=not first_parent)
        found = answer(past, asked)
        judged = _judged(past) if first_parent and not asked and form in _JUDGED else None
    if form == _SVG and not isinstance(found, Numbers):
        raise click.UsageError(f"svg draws numbers, and {asked} is none; take table, csv or json")
    _remark(past)
    if form == _TABLE:
        emit(_as_table(past, found, burndown=burndown) + (found_text(judged.found, judged.lines) if judged else ""))
    elif form == _JSON:
        emit(_as_json(past, found, asked, judged))
    else:
        emit(_FORMS[form](past, found, asked))


def _judged(past: Past) -> Judged | None:
    """Give what the rules on history say; none where there is no commit."""
    if not past.history.commits:
        return None
    from docsync.engine.history.judging import judge_history  # noqa: PLC0415  # rules are many, and a number needs none

    return judge_history(past)


def _form(form: str | None, *, as_json: bool) -> str:
    if as_json and form not in (None, _JSON):
        raise click.UsageError(f"--json and --format {form} contradict each other")
    return _JSON if as_json else form or _TABLE


def _refuse(*, asked: str, since: str, burndown: bool, all_parents: bool, svg: bool) -> None:
    wrong = {
        f"an argument ({asked})": bool(asked),
        "--since": bool(since),
        "--burndown": burndown,
        "--all-parents": all_parents,
        "--format svg": svg,
    }
    if named := [name for name, given in wrong.items() if given]:
        raise click.UsageError(f"--when-broken goes back from today's findings, and {named[0]} does not go with it")


def _remark(past: Past) -> None:
    """Say beside the output what limits it."""
    history = past.history
    if not history.commits:
        say("there is no commit yet, so there is nothing to tell; commit the documents first")
        return
    if history.cut:
        first = history.commits[0]
        say(
            f"this clone is shallow: its history begins with {first.name[:10]} of {first.day};"
            " `git fetch --unshallow` gets what came before"
        )
    if unread := missed(history):
        position, path = unread[-1]
        count = len(unread)
        said = "1 version of a document" if count == 1 else f"{count} versions of documents"
        where = f"{history.commits[position].name[:10]}:{path}"
        say(escape(f"{said} could not be read (the last: {where}); until the next one, its records are taken to be as before"))


def _as_table(past: Past, found: Answer, *, burndown: bool) -> str:
    look = Look(columns(), is_terminal(), colours())
    match found:
        case Numbers(series):
            table = wide(past.history, series, past.chosen, burndown=burndown)
            nothing = "no document here was the home of records with statuses" if not series else ""
        case Life(lineage):
            table, nothing = life_table(past.history, lineage, past.chosen, exact=False), ""
        case _:
            table, nothing = written_table(past.history, found.path, found.rewritten, past.chosen, exact=False), ""
    if table.rows:
        return drawn(table, look)
    if past.history.commits:
        say(nothing or "no commit here changed it")
    return ""


def _rows(past: Past, found: Answer) -> Table:
    match found:
        case Numbers(series):
            return long(past.history, series, past.chosen)
        case Life(lineage):
            return life_table(past.history, lineage, past.chosen, exact=True)
        case _:
            return written_table(past.history, found.path, found.rewritten, past.chosen, exact=True)


def _as_json(past: Past, found: Answer, asked: str, judged: Judged | None) -> str:
    table = _rows(past, found)
    rows: list[Json] = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    unread: list[Json] = [
        {"commit": past.history.commits[position].name, "path": path}
        for position, path in missed(past.history)
        if position in past.chosen
    ]
    shown: dict[str, Json] = {
        "version": _VERSION,
        "asked": asked,
        "commits": len(past.chosen),
        "shallow": past.history.cut,
        "unread": unread,
        "changes": rows,
    }
    if judged:
        shown["findings"] = [*found_rows(judged.found, judged.lines)]
    return wellformed(json.dumps(shown, ensure_ascii=False, indent=2)) + "\n"


def _as_csv(past: Past, found: Answer, _asked: str) -> str:
    return as_csv(_rows(past, found))


def _as_svg(past: Past, found: Answer, asked: str) -> str:
    from docsync.reporters.history.svg import drawing  # noqa: PLC0415  # only a drawing needs it

    series = found.series if isinstance(found, Numbers) else ()
    return drawing(past.history, series, past.chosen, f"What is left of {asked}" if asked else "What is left to do")


_FORMS: Final[Mapping[str, _Shown]] = {_CSV: _as_csv, _SVG: _as_svg}


def _tell_when(request: Request, code: str, paths: Sequence[str], form: str) -> None:
    from docsync.engine.history.breaking import origins  # noqa: PLC0415  # it judges commits, and asking for numbers does not
    from docsync.reporters.history.origins import origins_table  # noqa: PLC0415

    with told():
        found = origins(request, code, paths)
    where = f" in {', '.join(paths)}" if paths else ""
    if not found.broken:
        say(escape(f"nothing to go back from: there is no finding of {found.code}{where} today"))
    table = origins_table(found.code, found.broken, found.lines, exact=form != _TABLE)
    if form == _JSON:
        emit(as_json(table))
    elif form == _CSV:
        emit(as_csv(table))
    elif table.rows:
        emit(drawn(table, Look(columns(), is_terminal(), colours())))
