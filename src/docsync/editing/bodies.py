"""How a key-value in the body of a section or list item gets another value, is added after the others, or taken out."""

from __future__ import annotations

from collections.abc import Sequence

from docsync.editing import lists, scalars, statuses, templates
from docsync.editing.errors import Uneditable
from docsync.editing.nested import in_nested_list
from docsync.editing.site import Site
from docsync.models.records import Home, Json
from docsync.models.schema import FieldSpec, FieldType
from docsync.models.status import Status
from docsync.text.edits import Edit


def in_body(site: Site, spec: FieldSpec, value: Json, remark: str = "") -> tuple[Edit, ...]:
    """Set a key-value, None to take it out; raises Uneditable where it cannot be changed alone."""
    written = site.written(spec.name)
    if spec.in_heading and value is not None and (headed := site.record.fields.get(spec.name)) and not written:
        return (Edit(headed.span, scalars.spelled(site, spec, value)),)
    if value is None:
        return templates.removed(site, written) if written else ()
    if spec.type in (FieldType.CRITERIA, FieldType.CONDITIONS) and written and "\n" in written.raw:
        raise Uneditable(f"{site.where}: {spec.name} goes over several lines; change it by hand, or tick single criteria")
    if written and templates.is_nested(site, written):
        return in_nested_list(site, written, _items(spec, value), spec)
    items = _items(spec, value) if spec.type is FieldType.LIST else []
    if len(items) > 1:
        return templates.as_nested(site, spec.name, written, items)
    text = line(site, spec, value, remark)
    if written:
        return (Edit(written.span, text),)
    return templates.added(site, spec.name, text) if text else ()


def line(site: Site, spec: FieldSpec, value: Json, remark: str = "") -> str:
    """Spell a value on one line, the remark in brackets behind it."""
    if spec.type is FieldType.STATUS:
        return with_remark(statuses.spelled(site, Status(str(value))), remark)
    if spec.type in (FieldType.REFERENCES, FieldType.LIST):
        items = _items(spec, value)
        if not items:
            return scalars.nothing(site, spec.name) or (
                "None" if site.written(spec.name) and site.record.home is not Home.ROW else ""
            )
        if spec.type is FieldType.LIST:
            return _single(site, spec, items)
        own = site.written(spec.name)
        present = site.record.texts(spec.name) if own else ()
        return lists.respelled(own.text if own else "", present, items, scalars.model_of(site, spec.name))
    return scalars.spelled(site, spec, value)


def with_remark(text: str, remark: str) -> str:
    """Put a remark in brackets behind a status; raises Uneditable for a remark that would end them."""
    if not remark:
        return text
    if any(sign in remark for sign in "()"):
        raise Uneditable("a reason is written in brackets, so it can hold none; say it without")
    return f"{text} ({scalars.one_line(remark)})"


def _single(site: Site, spec: FieldSpec, items: Sequence[str]) -> str:
    if len(items) > 1:
        raise Uneditable(f"{site.where}: there is room for one {spec.name} only; a section or front matter holds several")
    return scalars.one_line(items[0])


def _items(spec: FieldSpec, value: Json) -> list[str]:
    if isinstance(value, list):
        return [scalars.one_line(item) for item in value]
    return [] if value is None or spec.type not in (FieldType.LIST, FieldType.REFERENCES) else [scalars.one_line(value)]
