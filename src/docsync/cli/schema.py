"""`docsync schema`: the JSON Schemas that docsync publishes."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click

from docsync.cli.failures import Failure
from docsync.cli.options import root_option
from docsync.cli.streams import emit
from docsync.cli.telling import told
from docsync.engine.roots import default_root


@click.command("schema")
@click.argument("what", metavar="config|report|KIND")
@root_option
def command(what: str, root: str | None) -> None:
    """Print the JSON Schema of the configuration file, of the JSON report, or of a kind's front matter."""
    with told():
        schema = _schema(what, root)
    emit(json.dumps(schema, indent=2) + "\n")


def _schema(what: str, root: str | None) -> Mapping[str, object]:
    if what == "report":
        from docsync.reporters.report_schema import report_schema  # noqa: PLC0415  # needs none of the others' libraries

        return report_schema()
    if what == "config":
        from docsync.config.schema import config_schema  # noqa: PLC0415  # loads pydantic

        return config_schema()
    return _kind(what, root or default_root(()))


def _kind(name: str, root: str) -> Mapping[str, object]:
    from docsync.config.loading import load_config  # noqa: PLC0415  # loads pydantic
    from docsync.models.kinds.json_schema import kind_schema  # noqa: PLC0415
    from docsync.models.nearness import meant  # noqa: PLC0415

    kinds = load_config(root).kinds
    if name not in kinds:
        raise Failure(f"no kind {name}; {meant(name, ('config', 'report', *kinds))}")
    return kind_schema(kinds[name])
