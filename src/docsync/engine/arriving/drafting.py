"""What text a new record is: its values filled up as its scaffold has them, in the form that its siblings have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from msgspec import Struct, field
from msgspec.structs import asdict

from docsync.editing.arriving import items, rows, sections
from docsync.editing.arriving.files import file_name, front_matter, heading
from docsync.editing.arriving.homes import Spot, refuse_listed, spot_for
from docsync.editing.arriving.newcomer import Newcomer
from docsync.editing.errors import Uneditable
from docsync.editing.planning import Amendment, edits_together
from docsync.editing.site import Site, position_of, read
from docsync.engine.arriving.refusing import Unwelcome
from docsync.engine.arriving.wishes import Wish, checked, id_of, kind_of, named_fields, waits
from docsync.generator.catalogue import View
from docsync.generator.failures import ViewError
from docsync.generator.scaffolds import load_scaffolds, rendered, scaffold_of
from docsync.models.records import Home, Json, Record
from docsync.models.schema import FieldSpec, FieldType, KindSpec, Role
from docsync.models.status import Status
from docsync.project.build import resolve
from docsync.project.index import Project
from docsync.project.sessions import number_of_id
from docsync.text.edits import Edit
from docsync.text.source import SourceFile

_NOTHING: Final[tuple[Json, ...]] = (None, "", {})
_LISTS: Final = (FieldType.LIST, FieldType.REFERENCES)


class Parts(Struct, frozen=True):
    """Hold what a scaffold puts together: front matter and heading, the fields below it where they stand in the text.

    `sub` are the signs of a heading one level below; `criteria_lead` leads in the criteria.
    """

    form: str
    head: str
    lines: str
    sub: str
    criteria_lead: str


Body: TypeAlias = Callable[[Parts], str]
"""What renders the scaffold of a new record."""


class Novelty(Struct, frozen=True):
    """Hold what is to be written: the text of new files, and the edits of documents, with what these hold now, by path.

    `key` is the kind and id of the record that is new, empty where none is; `home` the path of its home.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    sources: Mapping[str, SourceFile] = field(default_factory=dict)
    key: tuple[str, str] = ("", "")
    home: str = ""


class Texts(Struct, frozen=True):
    """Give the texts of documents; `root` is where templates are found, `of` gives a document's text by its path."""

    root: str
    project: Project
    of: Callable[[str], SourceFile]

    def site(self, record: Record | None) -> Site | None:
        """Give a record in the text that is its home; raises Uneditable where it is not there any more."""
        if record is None:
            return None
        source, config = self.of(record.path), self.project.config
        facts = read(source, config)
        found = facts.records[position_of(facts, record)]
        return Site(source, facts, found, config, self.project.by_kind.get(record.kind, ()))


def draft(project: Project, texts: Texts, wish: Wish) -> Novelty:
    """Compose a new record, and what others say of it in turn; raises Unwelcome with all that speaks against it."""
    try:
        return _draft(project, texts, wish)
    except (Uneditable, ViewError) as error:
        raise Unwelcome(str(error)) from error


class _Wished(Struct, frozen=True):
    """Hold a wish as the project understands it: the fields given and what they say, where it goes, and what it is like."""

    project: Project
    spec: KindSpec
    given: Mapping[str, Json]
    values: Mapping[str, Json]
    spot: Spot
    model: Site | None
    day: str


def _draft(project: Project, texts: Texts, wish: Wish) -> Novelty:
    spec, title = kind_of(project, wish.kind), " ".join(wish.title.split())
    given = named_fields(project, spec, wish.fields)
    new_id = id_of(project, spec, wish.id)
    named: dict[str, Json] = {"id": new_id, **({"title": title} if title else {})}
    values = checked(project, spec, {**named, **given})
    spot = spot_for(project, spec, values, wish.place, wish.folder)
    wished = _Wished(project, spec, given, values, spot, texts.site(spot.model), wish.day)
    catalogue = load_scaffolds(project.config, texts.root)
    scaffold = scaffold_of(catalogue, spec.name)
    filled = dict(_filled(wished, scaffold))
    full = checked(project, spec, {**named, **filled})
    newcomer = Newcomer(spec, new_id, title, {name: full.get(name, filled[name]) for name in filled}, project.config)

    def body(parts: Parts) -> str:
        return rendered(catalogue, scaffold, {**_context(newcomer, wish.day), **asdict(parts)}, project.config)

    return _answered(project, texts, newcomer, _placed(wished, texts, newcomer, body))


def _filled(wished: _Wished, scaffold: View) -> Iterator[tuple[str, Json]]:
    """Give the fields in their order: those of the scaffold first, as far as siblings write them, then what else was given."""
    listed = {wished.spec.aliases.get(attribute.name, ""): attribute.default for attribute in scaffold.attributes or ()}
    for name, default in listed.items():
        if name in wished.given:
            yield name, wished.given[name]
        elif name not in ("", "id", "title") and _is_customary(wished, name):
            value = _default(wished, name, default)
            if value not in _NOTHING:
                yield name, value
    yield from ((name, value) for name, value in wished.given.items() if name not in listed)


def _is_customary(wished: _Wished, name: str) -> bool:
    """Tell whether the siblings write a field that nobody gave; what has none writes what its scaffold lists."""
    spot = wished.spot
    if spot.model is None:
        return True
    alike = (one for one in wished.project.by_kind.get(wished.spec.name, ()) if one.home is spot.form)
    beside = [one for one in alike if spot.form is Home.FILE or one.path == spot.model.path]
    return not beside or any(name in one.fields for one in beside)


def _default(wished: _Wished, name: str, default: str) -> Json:
    type_ = wished.spec.fields[name].type
    if type_ is FieldType.STATUS and default and waits(wished.project, wished.spec, wished.values):
        return Status.BLOCKED.value
    if default:
        return default
    if type_ is FieldType.DATE:
        return wished.day
    if type_ in _LISTS:
        return []
    return number_of_id(str(wished.values["id"])) if name == "number" else None


def _context(newcomer: Newcomer, day: str) -> dict[str, Json]:
    return {
        "kind": newcomer.spec.name,
        "id": newcomer.id,
        "title": newcomer.title,
        "date": day,
        "fields": dict.fromkeys(newcomer.spec.fields) | dict(newcomer.values),
        "criteria": list[Json](newcomer.criteria),
    }


def _placed(wished: _Wished, texts: Texts, newcomer: Newcomer, body: Body) -> Novelty:
    project, spot, model = wished.project, wished.spot, wished.model
    key = newcomer.spec.name, newcomer.id
    if spot.form is not Home.FILE:
        source = texts.of(spot.path)
        edit = _edit(newcomer, spot, model, source, body)
        return Novelty(edits={spot.path: (edit,)}, sources={spot.path: source}, key=key, home=spot.path)
    like = spot.model if spot.model and spot.model.home is Home.FILE else None
    path = spot.folder.removeprefix("./") + file_name(newcomer, like, wished.day)
    if path in project.present or path in project.documents:
        raise Unwelcome(f"{path} is there already and is not overwritten; give another --title or --id")
    text = _file_text(newcomer, model, body)
    return Novelty({path: text.replace("\n", model.source.newline if model else "\n")}, key=key, home=path)


def _file_text(newcomer: Newcomer, model: Site | None, body: Body) -> str:
    named = heading(newcomer, model)
    if model is not None and model.record.home is Home.FILE and not model.in_front_matter:
        parts = Parts("file", named, sections.lines(newcomer, model), "##", "## Acceptance criteria")
    else:
        parts = Parts("file", f"{front_matter(newcomer, model)}\n\n{named}", "", "##", "## Acceptance criteria")
    return body(parts) + "\n"


def _edit(newcomer: Newcomer, spot: Spot, model: Site | None, source: SourceFile, body: Body) -> Edit:
    if spot.form is Home.ROW and model:
        return rows.insertion(newcomer, model)
    if spot.form is Home.ITEM and model:
        return items.insertion(newcomer, model)
    if spot.form is not Home.SECTION:
        kind = newcomer.spec.name
        raise Unwelcome(f"{spot.path} holds no {kind} that a new one could be written like; write the first by hand")
    if model is None:
        refuse_listed(source, newcomer.spec, newcomer.config)
    head, fields = sections.heading(newcomer, model), sections.lines(newcomer, model)
    text = body(Parts("section", head, fields, "#" * (sections.level_of(model) + 1), "**Acceptance criteria**:"))
    return sections.insertion(model, text) if model else sections.at_end(source.text, text, source.newline)


def _answered(project: Project, texts: Texts, newcomer: Newcomer, novelty: Novelty) -> Novelty:
    """Let the lists of others name the new record where they leave it out: what it waits for says what it holds up."""
    edits, sources = dict(novelty.edits), dict(novelty.sources)
    for path, amendments in _amendments(project, newcomer, novelty.home).items():
        source = texts.of(path)
        found = edits_together(source, amendments, project.config, project.by_kind.get(newcomer.spec.name, ()))
        edits[path] = (*edits.get(path, ()), *found)
        sources[path] = source
    return Novelty(novelty.files, edits, sources, novelty.key, novelty.home)


def _amendments(project: Project, newcomer: Newcomer, home: str) -> Mapping[str, Sequence[Amendment]]:
    found: dict[str, list[Amendment]] = {}
    for one in newcomer.spec.fields.values():
        for item in _items(newcomer.values.get(one.name)) if one.role is not Role.NONE else ():
            other = resolve(project, item, one.target, beside=home)
            for name in _answering(project, newcomer.spec, one, other) if other else ():
                if other and name in other.fields:
                    listed = [*other.texts(name), newcomer.id]
                    found.setdefault(other.path, []).append(Amendment(other, {name: list[Json](listed)}))
    return found


def _answering(project: Project, spec: KindSpec, field: FieldSpec, other: Record) -> Iterator[str]:
    """Give the lists in which another record says in turn what a field says of it: `blocks`, or the holes of a phase."""
    kind = project.config.kinds.get(other.kind)
    for one in kind.fields.values() if kind else ():
        back = one.name == field.inverse or (one.inverse == field.name and one.target in ("", spec.name))
        if one.type is FieldType.REFERENCES and back:
            yield one.name


def _items(value: Json) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)] if value else []
