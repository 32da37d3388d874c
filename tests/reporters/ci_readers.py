"""Read reports as the systems do that they are made for."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema

from docsync.models.diagnostics import Diagnostic, Place, Report, Severity, Tally
from docsync.reporters.display import Display
from docsync.reporters.formats import reporter
from docsync.text.source import line_index
from docsync.text.spans import Span

SCHEMAS = Path(__file__).parents[2] / ".venv"
MISSING = "`make test` fetches {}, which is not there"

CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "minLength": 1, "pattern": "^(?!\\./|/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": False,
                        "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""What GitLab's manual asks of a code quality report; it publishes no schema."""


@dataclass
class Command:
    """Hold a workflow command as GitHub's runner reads it."""

    kind: str
    properties: dict[str, str]
    message: str


def commands(output: str) -> list[Command]:
    """Give what the runner takes for commands: lines that begin with `::`, after white space; the older form is nowhere."""
    assert "##[" not in output
    lines = (line.lstrip() for line in re.split("\r\n|\n|\r", output))
    return [_command(line) for line in lines if line.startswith("::")]


def _command(line: str) -> Command:
    head, _, message = line.removeprefix("::").partition("::")
    kind, _, rest = head.partition(" ")
    properties = dict(pair.split("=", 1) for pair in rest.split(",")) if rest else {}
    return Command(kind, {key: _unescaped(value) for key, value in properties.items()}, _unescaped(message))


def _unescaped(text: str) -> str:
    for sign, code in (("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C"), ("%", "%25")):
        text = text.replace(code, sign)
    return text


def code_quality(output: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(output)
    jsonschema.Draft202012Validator(CODE_QUALITY).validate(found)
    names = [each["fingerprint"] for each in found]
    assert len(set(names)) == len(names)
    return found


@cache
def _sarif_schema() -> jsonschema.Draft4Validator | None:
    path = SCHEMAS / "sarif.json"
    return jsonschema.Draft4Validator(json.loads(path.read_text())) if path.exists() else None


def sarif(output: str) -> dict[str, Any]:
    """Give the one run of a log that meets the schema."""
    schema = _sarif_schema()
    if schema is None:
        pytest.skip(MISSING.format("SARIF's schema from an npm package"))
    log = json.loads(output)
    schema.validate(log)
    (run,) = log["runs"]
    return dict(run)


@cache
def _junit_schema() -> xmlschema.XMLSchema | None:
    path = SCHEMAS / "junit.xsd"
    return xmlschema.XMLSchema(path) if path.exists() else None


def junit(output: str) -> ET.Element:
    """Give the root of XML that meets the schema of Jenkins."""
    schema = _junit_schema()
    if schema is None:
        pytest.skip(MISSING.format("the schema of JUnit XML from pytest's source archive"))
    root = ET.fromstring(output)
    schema.validate(root)
    return root


def shown(format_name: str, report: Report, **display: Any) -> str:  # noqa: ANN401  # what a Display takes
    return reporter(format_name).render(report, Display(lambda _: None, **display))


def some(*found: Diagnostic, **keywords: Any) -> Report:  # noqa: ANN401  # what a Report takes
    """Report findings in files that hold `one` and `two` on a line each."""
    lines = line_index("one\ntwo\n")
    return Report(found, Tally(1, 0, 1), {each.place.path: lines for each in found}, **keywords)


def finding(message: str = "m", severity: Severity = Severity.ERROR, path: str = "a.md", at: int = 0) -> Diagnostic:
    return Diagnostic("DS301", "status-disagrees", severity, message, Place(path, Span(at, at + 3)))
