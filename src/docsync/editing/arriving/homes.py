"""Where a new record of a kind has its home: beside which of its siblings, in which form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from docsync.config.values import Config
from docsync.editing.errors import Uneditable
from docsync.editing.site import read
from docsync.models.document import DocumentFacts
from docsync.models.natural import natural
from docsync.models.nearness import nearest
from docsync.models.records import Home, Json, Record
from docsync.models.schema import KindSpec, Role
from docsync.parser.blocks import parse_blocks
from docsync.parser.coverage import Coverage
from docsync.parser.homes.declared import FILE, ITEMS, ROWS, SECTIONS, declared
from docsync.parser.homes.listed import listed_instead
from docsync.parser.homes.page import Page
from docsync.project.build import resolve
from docsync.project.index import Project
from docsync.text.source import SourceFile

_FORMS: Final = {"": Home.SECTION, SECTIONS: Home.SECTION, ROWS: Home.ROW, ITEMS: Home.ITEM}
_SIGNS: Final = "*?["


class Spot(Struct, frozen=True):
    """Say where a record is to stand: in a document, or as a new file in a folder, empty for the root.

    `model` is the record that it is written like and, in a document, behind; None where it is the first of its kind there.
    """

    form: Home
    path: str = ""
    folder: str = ""
    model: Record | None = None


def spot_for(project: Project, spec: KindSpec, values: Mapping[str, Json], wanted: str = "", folder: str = "") -> Spot:
    """Find where a record goes: where `wanted` says, a document or a folder with a slash at its end, else beside its siblings.

    `folder` is where a file of a kind goes that has no home yet. Raises Uneditable where no home is to be found.
    """
    records = project.by_kind.get(spec.name, ())
    if wanted:
        return _in_folder(records, wanted) if wanted.endswith("/") else _in_document(project, spec, values, wanted)
    if records:
        model = _nearest(project, spec, records, values)
        return Spot(model.home, "" if model.home is Home.FILE else model.path, _folder(model.path), model)
    for document in project.documents.values():
        if form := _declared(project, document, spec):
            return Spot(form, document.path)
    found = next(_declared_folders(project, spec), folder)
    if found:
        return Spot(Home.FILE, folder=found)
    raise Uneditable(
        f"no document here is the home of {spec.plural}; say where this one goes: --in FOLDER/ for a file of its own, or "
        f"--in DOCUMENT for one whose front matter says `records: {spec.name}`"
    )


def _in_folder(records: tuple[Record, ...], wanted: str) -> Spot:
    files = [one for one in records if one.home is Home.FILE]
    beside = [one for one in files if f"{_folder(one.path)}" == wanted]
    model = _last(beside or files)
    return Spot(Home.FILE, folder=wanted.removeprefix("./"), model=model)


def _in_document(project: Project, spec: KindSpec, values: Mapping[str, Json], wanted: str) -> Spot:
    document = project.documents.get(wanted)
    if document is None:
        near = nearest(wanted, project.documents)
        raise Uneditable(f"{wanted} is no document of the project{f'; did you mean {near}?' if near else ''}")
    if document.refused:
        raise Uneditable(f"{wanted} cannot be read: {document.troubles[0].message}")
    there = tuple(one for one in document.records if one.kind == spec.name and one.home is not Home.FILE)
    if there:
        model = _nearest(project, spec, there, values)
        return Spot(model.home, wanted, model=model)
    if form := _declared(project, document, spec):
        return Spot(form, wanted)
    raise Uneditable(
        f"{wanted} is no home of {spec.plural}; write `records: {spec.name}` into its front matter, or name another document"
    )


def _declared(project: Project, document: DocumentFacts, spec: KindSpec) -> Home | None:
    """Give the form in which a document may hold records of a kind, though it holds none."""
    if document.refused:
        return None
    found = (
        part for part in declared(document.path, document.front_matter, project.config).parts if part.kind.name == spec.name
    )
    return next((_FORMS[part.form] for part in found), None)


def refuse_listed(source: SourceFile, spec: KindSpec, config: Config) -> None:
    """Refuse a first section in a document that holds the records of a kind as list items; raises Uneditable."""
    facts = read(source, config)
    parts = declared(source.path, facts.front_matter, config).parts
    if not any(part.kind.name == spec.name and not part.form for part in parts):
        return
    blocks = parse_blocks(source, facts.front_matter.span.end if facts.front_matter else 0)
    generated = Coverage([region.body for region in facts.regions])
    page = Page(source, blocks, facts.front_matter, config, tuple(generated.holds(block.span) for block in blocks))
    if listed := listed_instead(page, spec, ""):
        raise Uneditable(f"{source.path}: {listed}; then a new one joins them")


def _declared_folders(project: Project, spec: KindSpec) -> Iterator[str]:
    """Give the folders that the configuration sets apart for files of a kind."""
    for rule in project.config.homes:
        folder = _folder(rule.path.removeprefix("./"))
        if rule.kind == spec.name and rule.form == FILE and folder and not any(sign in folder for sign in _SIGNS):
            yield folder


def _nearest(project: Project, spec: KindSpec, records: tuple[Record, ...], values: Mapping[str, Json]) -> Record:
    """Give the record that a new one stands beside: the last that belongs to the same phase and so on, else the last of all."""
    parts = [field.name for field in spec.relations(Role.PART_OF) if values.get(field.name)]
    wanted = {name: _part(project, spec, name, str(values[name])) for name in parts}

    def agrees(record: Record) -> int:
        return sum(_part(project, spec, name, record.text(name)) == part for name, part in wanted.items())

    most = max(map(agrees, records))
    found = _last([record for record in records if agrees(record) == most])
    return found or records[-1]


def _part(project: Project, spec: KindSpec, name: str, said: str) -> str:
    found = resolve(project, said, spec.fields[name].target) if said else None
    return found.id if found else said


def _last(records: list[Record]) -> Record | None:
    """Give the record whose id comes last; among equals the one that stands last."""
    return max(enumerate(records), key=lambda one: (natural(one[1].id), one[0]))[1] if records else None


def _folder(path: str) -> str:
    folder, slash, _ = path.rpartition("/")
    return folder + slash
