"""Which commands there are; each one's module is imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Final, NamedTuple, cast

import click

import docsync
from docsync.cli.exits import FAILED, INTERRUPTED, OK


class _Entry(NamedTuple):
    module: str
    summary: str


SECTIONS: Final = {
    "Find and keep": {
        "check": _Entry("docsync.cli.check", "Report numbers and statuses that contradict each other; change nothing."),
        "regenerate": _Entry("docsync.cli.regenerate", "Rewrite generated regions and bound numbers that are out of date."),
        "watch": _Entry("docsync.cli.watch", "Show the findings as they stand, and what each save makes of them."),
        "baseline": _Entry("docsync.cli.baseline", "Record today's findings, so that a check fails on new ones only."),
        "repair": _Entry("docsync.cli.repair", "Write text as it was meant where it was decoded wrongly."),
    },
    "Ask": {
        "status": _Entry("docsync.cli.status", "Show where the project stands, phase by phase and as a whole."),
        "ready": _Entry("docsync.cli.ready", "List the work that can be done now, the critical path first."),
        "next": _Entry("docsync.cli.next_one", "Say what to start next, and why."),
        "list": _Entry("docsync.cli.list_records", "List the records of a kind, chosen and sorted as you like."),
        "show": _Entry("docsync.cli.show", "Show all about one record, wherever it is written."),
        "graph": _Entry("docsync.cli.graph", "Draw what waits for what, as Mermaid, DOT or SVG."),
        "sessions": _Entry("docsync.cli.sessions", "Show what each session resolved, decided and left, and what to read now."),
        "query": _Entry("docsync.cli.query", "Answer a SQL statement about records, mentions, claims and findings."),
        "history": _Entry("docsync.cli.history", "Show how numbers and records came to be what they are, commit by commit."),
    },
    "Change": {
        "new": _Entry("docsync.cli.new", "Write a new record from its scaffold, where its siblings are."),
        "set": _Entry("docsync.cli.set_fields", "Set fields of records in their homes, and regenerate what depends on them."),
        "start": _Entry("docsync.cli.start", "Call a record in progress."),
        "resolve": _Entry("docsync.cli.resolve", "Call a record resolved, say how, and see what became ready."),
        "block": _Entry("docsync.cli.block", "Call a record blocked, by others or for a reason."),
        "defer": _Entry("docsync.cli.defer", "Put a record off."),
        "tick": _Entry("docsync.cli.tick", "Tick criteria of a record, or take their ticks away."),
        "pull": _Entry("docsync.cli.pull", "Bring home what was changed by hand in generated tables and lists."),
        "session": _Entry("docsync.cli.session", "Begin a session, or end it with a hand-over to the next one."),
    },
    "Exchange": {
        "export": _Entry("docsync.cli.export", "Write what the project holds as SQLite, JSON, CSV, Parquet or issues."),
        "import": _Entry("docsync.cli.import_issues", "Bring issues in JSON Lines into the project as records."),
    },
    "Set up": {
        "init": _Entry("docsync.cli.init", "Write a commented configuration file."),
        "install-hooks": _Entry(
            "docsync.cli.install_hooks", "Set up git to merge and commit documents with docsync, or no more."
        ),
        "merge-driver": _Entry("docsync.cli.merge_driver", "Merge a document for git, without conflicts in generated text."),
        "git-hook": _Entry("docsync.cli.git_hook", "Do what one of the hooks has to do that install-hooks sets up."),
        "completion": _Entry("docsync.cli.completion", "Print the completion script of a shell."),
        "standby": _Entry("docsync.cli.standby", "Have a process hold the project ready, for the next commands to be quicker."),
        "cache": _Entry("docsync.cli.cache", "Show what docsync keeps of documents that it has read, or forget it."),
    },
    "Explain": {
        "explain": _Entry("docsync.cli.explain", "Show the manual page of a rule."),
        "rules": _Entry("docsync.cli.rules", "List the rules."),
        "views": _Entry("docsync.cli.views", "List the views that a region can show, each with its manual."),
        "schema": _Entry("docsync.cli.schema", "Print the JSON Schema of the configuration, the report or a kind."),
    },
}
"""The commands by what they are for, in the order of the help."""

COMMANDS: Final = {name: entry for section in SECTIONS.values() for name, entry in section.items()}


class _Table(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        return cast("click.Command", import_module(COMMANDS[cmd_name].module).command)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Give the command that is asked for; one that there is not is told with the near miss."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from docsync.models.nearness import meant  # noqa: PLC0415  # needed by a mistake only

            ctx.fail(f"there is no command {args[0]}; {meant(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table alone, since their modules cost more than the list."""
        del ctx
        longest = max(map(len, COMMANDS))
        for title, entries in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(longest), entry.summary) for name, entry in entries.items()])


@click.group("docsync", cls=_Table, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(docsync.__version__, "-V", "--version", prog_name="docsync", message="%(prog)s %(version)s")
def docsync_command() -> None:
    """Find, own and keep the truth of Markdown planning documents.

    Exit codes: 0 nothing to report, 1 findings, 2 the job could not be done.
    """


def invoke(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name and give its exit code; without any, show the help, and fail."""
    try:
        # Releases of click differ in where the help goes and what comes of it when nothing is asked for.
        code = docsync_command.main(list(arguments) or ["--help"], prog_name="docsync", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return FAILED
    except click.Abort:
        return INTERRUPTED
    if not arguments:
        return FAILED
    return code if isinstance(code, int) else OK
