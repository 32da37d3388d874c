"""`docsync rules`: all rules, one line each."""

from __future__ import annotations

import json

import click

from docsync.cli.streams import emit
from docsync.validator.catalogue import catalogue
from docsync.validator.rule import RuleModule


@click.command("rules")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="How to print the list.")
def command(output_format: str) -> None:
    """List the rules: code, name, severity, whether `regenerate` keeps it (*), and what it reports."""
    rules = catalogue()
    emit(_as_json(rules) if output_format == "json" else _as_text(rules))


def _as_text(rules: tuple[RuleModule, ...]) -> str:
    wide = max(len(rule.NAME) for rule in rules)
    lines = (
        f"{rule.CODE}{'*' if rule.KEEPS else ' '} {rule.NAME:{wide}} {rule.SEVERITY.value:7} {_summary(rule)}" for rule in rules
    )
    return "\n".join([*lines, "", "* docsync regenerate applies the safe fixes of this rule", ""])


def _as_json(rules: tuple[RuleModule, ...]) -> str:
    rows = [
        {
            "code": rule.CODE,
            "name": rule.NAME,
            "severity": rule.SEVERITY.value,
            "kept": rule.KEEPS,
            "summary": _summary(rule),
        }
        for rule in rules
    ]
    return json.dumps(rows, indent=1) + "\n"


def _summary(rule: RuleModule) -> str:
    return (rule.__doc__ or "").strip().split("\n", 1)[0]
