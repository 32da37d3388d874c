"""What a JSON report looks like, version 1: the published schema that every later one of the same version still meets."""

from __future__ import annotations

from docsync.models.records import Json


def report_schema() -> dict[str, Json]:
    """Give the JSON Schema (2020-12) of what `--output-format json` prints."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "docsync report, version 1",
        "description": "Lines and columns count from 1, columns in code points; a range's end is the place after its last one. "
        "Paths are relative to the project root, with forward slashes. Readers must pass over members that they do not know.",
        "type": "object",
        "required": ["version", "summary", "diagnostics"],
        "properties": {
            "version": {"const": 1},
            "summary": {"$ref": "#/$defs/summary"},
            "diagnostics": {"type": "array", "items": {"$ref": "#/$defs/diagnostic"}},
            "refused": _texts("The files that were left alone, each with a diagnostic that says why."),
        },
        "$defs": {
            "summary": _summary(),
            "diagnostic": _diagnostic(),
            "fix": _fix(),
            "place": _place(),
            "position": _position(),
        },
    }


def _summary() -> Json:
    claims = {name: _count(f"Claims {name}.") for name in ("confirmed", "contradicted", "unverifiable")}
    return _object(
        "What the run looked at.",
        {
            "files": _count("Documents read."),
            "records": _count("Records of any kind."),
            "claims": _object("Claims by what their check came to.", claims),
        },
        {"held_back": _count("Findings left out because the project's baseline knows of them."), "since": _since()},
    )


def _since() -> Json:
    return _object(
        "The revision that the run was compared with; what was there already is left out.",
        {
            "revision": _text("The revision as it was asked for."),
            "commit": _text("The commit that it is."),
            "there": _count("Findings left out."),
        },
    )


def _diagnostic() -> Json:
    described: dict[str, Json] = {
        "code": {"type": "string", "pattern": "^DS[0-9]{3}$", "description": "The rule's code."},
        "rule": {"type": "string", "description": "The rule's name, kebab-case."},
        "severity": {"enum": ["error", "warning", "info"]},
        "message": _text("What is said, and what was expected."),
        "related": {
            "type": "array",
            "description": "The other places that the finding speaks of.",
            "items": _placed({"message": _text("What is said there.")}),
        },
        "verdict": {"enum": ["confirmed", "contradicted", "unverifiable", None]},
        "fix": {"oneOf": [{"$ref": "#/$defs/fix"}, {"type": "null"}]},
    }
    extra: dict[str, Json] = {
        "help": _text("What to do next; may be empty."),
        "evidence": _texts("One sentence for each thing that was counted or compared."),
    }
    return _placed(described, extra)


def _fix() -> Json:
    return _object(
        "Changes that would settle the finding; all of them together, or none.",
        {
            "title": _text("What the fix does, as an imperative."),
            "safety": {"enum": ["safe", "unsafe"]},
            "edits": {"type": "array", "items": _placed({"text": _text("What the range's text becomes.")})},
        },
    )


def _place() -> Json:
    return {
        "type": "object",
        "required": ["path", "range"],
        "properties": {
            "path": {"type": "string"},
            "range": _object("", {"start": {"$ref": "#/$defs/position"}, "end": {"$ref": "#/$defs/position"}}),
        },
    }


def _position() -> Json:
    one: Json = {"type": "integer", "minimum": 1}
    return _object("", {"line": one, "column": one})


def _placed(required: dict[str, Json], optional: dict[str, Json] | None = None) -> Json:
    """Describe an object that also has a place."""
    return {
        "allOf": [{"$ref": "#/$defs/place"}],
        "type": "object",
        "required": list(required),
        "properties": {**required, **(optional or {})},
    }


def _object(description: str, required: dict[str, Json], optional: dict[str, Json] | None = None) -> Json:
    described: dict[str, Json] = {"description": description} if description else {}
    return {**described, "type": "object", "required": list(required), "properties": {**required, **(optional or {})}}


def _text(description: str) -> Json:
    return {"type": "string", "description": description}


def _texts(description: str) -> Json:
    return {"type": "array", "items": {"type": "string"}, "description": description}


def _count(description: str) -> Json:
    return {"type": "integer", "minimum": 0, "description": description}
