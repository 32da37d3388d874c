"""How a key of front matter gets another value, is added, or taken out."""

from __future__ import annotations

from collections.abc import Iterable

from docsync.editing.errors import Uneditable
from docsync.editing.site import Site
from docsync.models.document import FrontMatter, FrontMatterEntry
from docsync.models.records import Json
from docsync.models.schema import FieldSpec, FieldType
from docsync.parser.frontmatter import value_edit
from docsync.parser.yaml_scalars import Unwritable
from docsync.text.edits import Edit
from docsync.text.spans import Span


def in_front_matter(site: Site, spec: FieldSpec, value: Json) -> tuple[Edit, ...]:
    """Set a field in front matter, None to take it out; raises Uneditable where the key cannot be changed alone."""
    front_matter = _of(site)
    entry = _entry(site, front_matter, spec.name)
    if entry and entry.key in _computed(front_matter):
        raise Uneditable(
            f"{site.where}: {entry.key} is computed, as `docsync: computed` says; take it out there to set it by hand"
        )
    if value is None:
        return (_removed(site, entry),) if entry else ()
    key = entry.key if entry else _key(spec.name, front_matter.entries)
    try:
        return (value_edit(site.source, front_matter, _escaped(key, front_matter), _typed(site, spec, entry, value)),)
    except Unwritable as error:
        raise Uneditable(f"{site.where}: {error}; change it by hand") from error


def key_edit(site: Site, key: str, value: Json) -> Edit:
    """Set a key as it is spelled in the front matter."""
    try:
        return value_edit(site.source, _of(site), key, value)
    except Unwritable as error:
        raise Uneditable(f"{site.where}: {error}; change it by hand") from error


def _of(site: Site) -> FrontMatter:
    if site.facts.front_matter is None:
        raise Uneditable(f"{site.where}: the file has no front matter")
    return site.facts.front_matter


def _entry(site: Site, front_matter: FrontMatter, name: str) -> FrontMatterEntry | None:
    field = site.record.fields.get(name)
    return next((entry for entry in front_matter.entries.values() if field and entry.key_span == field.key_span), None)


def _computed(front_matter: FrontMatter) -> frozenset[str]:
    settings = front_matter.entries.get("docsync")
    wanted = settings.value.get("computed") if settings and isinstance(settings.value, dict) else None
    return frozenset(str(key) for key in wanted) if isinstance(wanted, list | dict) else frozenset()


def _key(name: str, entries: Iterable[str]) -> str:
    """Spell a new key as those that stand there, which may part words by hyphens."""
    hyphens = any("-" in key for key in entries) and not any("_" in key for key in entries)
    return name.replace("_", "-") if hyphens else name


def _escaped(key: str, front_matter: FrontMatter) -> str:
    if "." in key and key not in front_matter.entries:
        raise Uneditable(f"{key}: a new key with a dot would lead into another one; name it otherwise")
    return key


def _typed(site: Site, spec: FieldSpec, entry: FrontMatterEntry | None, value: Json) -> Json:
    """Give a value in the type that front matter writes it in: numbers of records as numbers, where the others are."""
    if spec.type is FieldType.REFERENCE:
        return _number(value) if _numbers(site, spec, entry) else value
    if spec.type is FieldType.REFERENCES and isinstance(value, list):
        return [_number(item) for item in value] if _numbers(site, spec, entry) else list(value)
    if spec.type is FieldType.LIST and isinstance(value, list) and len(value) == 1 and entry and isinstance(entry.value, str):
        return value[0]
    return value


def _numbers(site: Site, spec: FieldSpec, entry: FrontMatterEntry | None) -> bool:
    """Tell whether records are referred to by plain numbers, without quotes."""
    if entry and entry.value not in (None, "", []):
        values = entry.value if isinstance(entry.value, list) else [entry.value]
        return all(isinstance(value, int) for value in values)
    raws = (one.fields[spec.name].raw for tier in site.tiers() for one in tier if spec.name in one.fields)
    return not any(raw[:1] in "\"'" or '["' in raw or "['" in raw for raw in raws if raw)


def _number(value: Json) -> Json:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and (text == "0" or text[0] != "0") else value


def _removed(site: Site, entry: FrontMatterEntry) -> Edit:
    """Take a key out with its whole lines."""
    start, end = site.line_start(entry.key_span.start), entry.value_span.end
    rest = site.source.slice(Span(end, site.line_end(end))).strip()
    if start != entry.key_span.start or rest or entry.value_span.start == entry.value_span.end == start:
        raise Uneditable(f"{site.where}: {entry.key} shares its line with something else; take it out by hand")
    line = site.source.lines.line_span(site.source.lines.line(max(start, end - 1)))
    return Edit(Span(start, line.end), "")
