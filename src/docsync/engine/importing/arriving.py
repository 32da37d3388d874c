"""Where the records of new issues go: beside their siblings where these have a place for all that is said, else a file each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docsync.editing.arriving import rows, sections
from docsync.editing.arriving.homes import spot_for
from docsync.editing.arriving.newcomer import Newcomer
from docsync.editing.errors import Uneditable
from docsync.editing.site import Site, read
from docsync.engine.changing import Ground
from docsync.engine.discovery import wanted_by
from docsync.engine.importing.composing import file_name, file_text
from docsync.engine.importing.understanding import Understood
from docsync.engine.request import JobError
from docsync.models.records import Home
from docsync.text.edits import Edit
from docsync.text.spans import Span

_FOLDER = "issues/"
_SIGNS = "*?[{"


@dataclass(frozen=True, slots=True)
class Arrived:
    """Hold the edits and new files that make records of issues, and where they go in words."""

    edits: Mapping[str, tuple[Edit, ...]]
    files: Mapping[str, str]
    place: str


def arrive(ground: Ground, new: Sequence[Understood], wanted: str) -> Arrived:
    """Place new records; `wanted` is a document, or a folder with a slash at its end, empty for beside their siblings.

    Raises JobError where there is no such place, and Uneditable where a document that was named cannot hold them.
    """
    if wanted and not wanted.endswith("/"):
        return Arrived(_joined(_beside(ground, new, wanted)), {}, wanted)
    if not wanted and ground.project.by_kind.keys() & {one.spec.name for one in new}:
        try:
            edits = _joined(_beside(ground, new, ""))
        except Uneditable:
            pass  # files keep what there is no place for beside the siblings
        else:
            return Arrived(edits, {}, ", ".join(edits))
    folder = (wanted or _folder(ground, new)).removeprefix("./")
    return Arrived({}, _files(ground, new, folder), folder or "./")


def _beside(ground: Ground, new: Iterable[Understood], wanted: str) -> Iterator[tuple[str, Edit]]:
    """Give each new record's edit of the document that is to hold it; raises Uneditable where it cannot hold all of it."""
    project = ground.project
    for one in new:
        if one.rest or one.boxes:
            raise Uneditable(f"{one.issue.id} says more than fits beside others: {', '.join(one.rest or ['its criteria'])}")
        if not one.spec.matches(one.issue.id):
            raise Uneditable(f"{one.issue.id} is not the id of a {one.spec.name}: these match {one.spec.id_pattern}")
        spot = spot_for(project, one.spec, one.values, wanted)
        if spot.model is None or spot.form not in (Home.ROW, Home.SECTION):
            raise Uneditable(f"{spot.path or spot.folder} holds no {one.spec.name} that a new one could be written like")
        model = _site(ground, spot.path, spot.model.id, one)
        newcomer = Newcomer(one.spec, one.issue.id, one.issue.title, one.values, project.config)
        if spot.form is Home.ROW:
            yield spot.path, rows.insertion(newcomer, model)
        else:
            text = f"{sections.heading(newcomer, model)}\n\n{sections.lines(newcomer, model)}"
            yield spot.path, sections.insertion(model, text)


def _site(ground: Ground, path: str, name: str, one: Understood) -> Site:
    source, config = ground.source(path), ground.project.config
    facts = read(source, config)
    record = next(record for record in facts.records if record.id == name and record.kind == one.spec.name)
    return Site(source, facts, record, config, ground.project.by_kind.get(one.spec.name, ()))


def _joined(edits: Iterable[tuple[str, Edit]]) -> dict[str, tuple[Edit, ...]]:
    """Put what goes in at one point together, in order."""
    texts: dict[str, dict[Span, str]] = {}
    for path, edit in edits:
        here = texts.setdefault(path, {})
        here[edit.span] = here.get(edit.span, "") + edit.text
    return {path: tuple(Edit(span, text) for span, text in here.items()) for path, here in texts.items()}


def _files(ground: Ground, new: Iterable[Understood], folder: str) -> dict[str, str]:
    covers = wanted_by(ground.project.config.include)
    if not covers(f"{folder}x.md"):
        raise JobError(f"{folder}x.md would be no document of the project, by `include`; --into names another folder")
    present = ground.project.present | ground.project.documents.keys()
    taken = {path.removeprefix(folder).casefold() for path in present if path.startswith(folder)}
    files: dict[str, str] = {}
    for one in new:
        name = file_name(one, taken)
        taken.add(name.casefold())
        files[f"{folder}{name}"] = file_text(one)
    return files


def _folder(ground: Ground, new: Iterable[Understood]) -> str:
    """Give the folder where files of these kinds are, else one for issues that the project reads."""
    kinds = {one.spec.name for one in new}
    for record in ground.project.records:
        if record.kind in kinds and record.home is Home.FILE:
            folder, slash, _ = record.path.rpartition("/")
            return folder + slash
    heads = (glob[: next((at for at, sign in enumerate(glob) if sign in _SIGNS), 0)] for glob in ground.project.config.include)
    above = ("", *(head.rpartition("/")[0] + "/" for head in heads if "/" in head))
    covers = wanted_by(ground.project.config.include)
    found = next((f"{each}{_FOLDER}" for each in above if covers(f"{each}{_FOLDER}x.md")), "")
    if not found:
        raise JobError("no folder for new files is among the documents of the project, by `include`; --into names one")
    return found
