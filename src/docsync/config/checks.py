"""Which choices of the right type cannot be used all the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from docsync.config.errors import BadChoice
from docsync.config.patterns import check_pattern
from docsync.config.schema import DocsyncTable, FieldTable
from docsync.models.nearness import meant
from docsync.models.schema import FieldSpec, FieldType, KindSpec, Role, field_key
from docsync.models.status import word_key

_REFERENCES: Final = (FieldType.REFERENCE, FieldType.REFERENCES)
_FIXED: Final = ("id", "title", "status")
"""The fields whose type every other part of docsync relies on."""
_CRITERIA: Final = "criteria"
"""Counted everywhere, so no kind may be called so in the plural."""
_RULE = re.compile(r"DS\d{3}|[a-z]+(?:-[a-z]+)*")
_RULES = re.compile(rf"ALL|DS\d{{0,2}}|{_RULE.pattern}")


def faults(table: DocsyncTable, kinds: Mapping[str, KindSpec]) -> Iterator[BadChoice]:
    """Yield what is wrong with a configuration, given the kinds that come of it."""
    for key in ("include", "exclude"):
        yield from (fault for index, glob in enumerate(getattr(table, key)) for fault in _glob(glob, (key, index)))
    yield from _templates(table.templates)
    for index, home in enumerate(table.homes):
        yield from _glob(home.path, ("homes", index, "path"))
        yield from _known(home.kind, kinds, "kind", ("homes", index, "kind"))
    for name in table.kinds:
        yield from _kind(name, table, kinds)
    yield from _status(table)
    yield from _rules(table)
    yield from _evidence(table)


def _evidence(table: DocsyncTable) -> Iterator[BadChoice]:
    for key in ("junit", "coverage", "node_ids", "sources"):
        for index, glob in enumerate(getattr(table.evidence, key)):
            at = ("evidence", key.replace("_", "-"), index)
            yield from _glob(glob, at)
            if key != "sources" and glob.startswith("!"):
                yield BadChoice(f"{glob} takes out what no pattern took in", "name the reports that are meant", at=at)


def _glob(glob: str, at: tuple[str | int, ...]) -> Iterator[BadChoice]:
    if ".." in glob.replace("\\", "/").split("/"):
        yield BadChoice(f"{glob} leads out of the project", "patterns are relative to the root", at=at)
    elif not glob.strip("!/ "):
        yield BadChoice("a pattern that matches nothing", at=at)


def _templates(folder: str) -> Iterator[BadChoice]:
    parts = folder.replace("\\", "/").split("/")
    if ".." in parts or folder.startswith(("/", "\\", "~")) or ":" in parts[0]:
        yield BadChoice(f"{folder} is outside the project", "name a folder below the root", at=("templates",))


def _known(name: str, known: Iterable[str], what: str, at: tuple[str | int, ...]) -> Iterator[BadChoice]:
    names = tuple(known)
    if name not in names:
        yield BadChoice(f"there is no {what} {name}", meant(name, names), at=at)


def _kind(name: str, table: DocsyncTable, kinds: Mapping[str, KindSpec]) -> Iterator[BadChoice]:
    own, spec, at = table.kinds[name], kinds[name], ("kinds", name)
    if not spec.id_pattern:
        built_in = [known for known, other in kinds.items() if other.builtin]
        yield BadChoice("a new kind needs id, a regular expression for its ids", meant(name, built_in), at=at)
    elif own.id is not None:
        yield from _pattern(own.id, (*at, "id"))
    yield from _plural(spec, kinds, at)
    if len({field_key(field) for field in own.fields}) < len(own.fields):
        yield BadChoice("two fields have the same name, but for case and signs", at=(*at, "fields"))
    for field, choices in own.fields.items():
        for fault in _field(field_key(field), choices, spec, kinds):
            fault.at = (*at, "fields", field, *fault.at)
            yield fault


def _pattern(pattern: str, at: tuple[str | int, ...]) -> Iterator[BadChoice]:
    try:
        check_pattern(pattern)
    except BadChoice as fault:
        fault.at = at
        yield fault


def _plural(spec: KindSpec, kinds: Mapping[str, KindSpec], at: tuple[str, ...]) -> Iterator[BadChoice]:
    taken = [other.name for other in kinds.values() if other.plural == spec.plural and other.name != spec.name]
    if spec.plural == _CRITERIA:
        yield BadChoice(f"the plural {_CRITERIA} is taken by the criteria of records", at=(*at, "plural"))
    elif taken:
        yield BadChoice(f"the plural {spec.plural} is taken by the kind {taken[0]}", "give plural", at=(*at, "plural"))


def _field(name: str, own: FieldTable, spec: KindSpec, kinds: Mapping[str, KindSpec]) -> Iterator[BadChoice]:
    field = spec.fields[name]
    if not name or not name[0].isalpha():
        yield BadChoice("the name of a field begins with a letter")
    if name in _FIXED and "type" in own.model_fields_set:
        yield BadChoice(f"the type of {name} is fixed", at=("type",))
    yield from _values(field)
    yield from _relation(field, kinds)
    for alias in own.aliases:
        key = field_key(alias)
        for other in spec.fields.values():
            if other.name != name and key in (other.name, *other.aliases):
                yield BadChoice(f"{alias} is a name of the field {other.name} already", at=("aliases",))


def _values(field: FieldSpec) -> Iterator[BadChoice]:
    if field.type == FieldType.ENUM and not field.values:
        yield BadChoice("an enumeration needs values", at=("values",))
    if field.type != FieldType.ENUM and field.values:
        yield BadChoice(f"values belong to the type enum, and this is {field.type}", at=("values",))


def _relation(field: FieldSpec, kinds: Mapping[str, KindSpec]) -> Iterator[BadChoice]:
    for key in ("target", "inverse", "role"):
        if getattr(field, key) and field.type not in _REFERENCES:
            yield BadChoice(f"{key} belongs to the types reference and references, and this is {field.type}", at=(key,))
            return
    if field.target and field.target not in kinds:
        yield from _known(field.target, kinds, "kind", ("target",))
    elif field.inverse:
        targets = [kinds[field.target]] if field.target else list(kinds.values())
        names = dict.fromkeys(name for kind in targets for name, other in kind.fields.items() if other.type in _REFERENCES)
        yield from _known(field.inverse, names, "reference", ("inverse",))
    if field.role == Role.PART_OF and not field.target:
        yield BadChoice("a part needs target, the kind that it is part of", at=("role",))


def _status(table: DocsyncTable) -> Iterator[BadChoice]:
    for word in table.status.words:
        if not word_key(word):
            yield BadChoice("a status word is made of letters; signs belong into status.emoji", at=("status", "words", word))
    for sign in table.status.emoji:
        if len(sign.replace("\ufe0f", "")) != 1 or sign.isalnum():
            yield BadChoice("a status sign is one character, and no letter or digit", at=("status", "emoji", sign))


def _rules(table: DocsyncTable) -> Iterator[BadChoice]:
    yield from _spelled((("select", table.rules.select), ("ignore", table.rules.ignore)), table.rules.severity, ("rules",))
    for index, override in enumerate(table.overrides):
        yield from _glob(override.path, ("overrides", index, "path"))
        yield from _spelled((("ignore", override.ignore),), override.severity, ("overrides", index))


def _spelled(
    lists: Iterable[tuple[str, Sequence[str]]], severities: Iterable[str], at: tuple[str | int, ...]
) -> Iterator[BadChoice]:
    expected = "expected a code such as DS203, or a rule's name in small letters with hyphens"
    for key, rules in lists:
        for index, rule in enumerate(rules):
            if not _RULES.fullmatch(rule):
                yield BadChoice(f"{expected}, found {rule}", at=(*at, key, index))
    for rule in severities:
        if not _RULE.fullmatch(rule):
            yield BadChoice(f"{expected}, found {rule}", at=(*at, "severity", rule))
