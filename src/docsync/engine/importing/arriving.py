"""Where the records of new issues go: beside their siblings where these have a place for all that is said, else a file each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

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
from docsync.models.records import Home, Json
from docsync.text.edits import Edit
from docsync.text.spans import Span

_FOLDER = "issues/"
_SIGNS = "*?[{"
_NEEDED = ("title", "status")
"""What a record is not written without."""


class Arrived(Struct, frozen=True):
    """Hold the edits and new files that make records of issues, and where they go in words.

    `left` counts the fields that a document which was asked for has no place for.
    """

    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    left: Counter[str] = field(default_factory=Counter)


def arrive(ground: Ground, new: Sequence[Understood], wanted: str) -> Arrived:
    """Place new records; `wanted` is a document, or a folder with a slash at its end, empty for beside their siblings.

    A document that was asked for takes what it has a place for. Raises JobError where there is no such place, and Uneditable
    where a document cannot hold records of these kinds and ids.
    """
    if wanted and not wanted.endswith("/"):
        left: Counter[str] = Counter()
        return Arrived(_joined(_Beside(ground, wanted, left).edits(new)), {}, wanted, left)
    if not wanted and ground.project.by_kind.keys() & {one.spec.name for one in new}:
        try:
            edits = _joined(_Beside(ground, "").edits(new))
        except Uneditable:
            pass  # files keep what there is no place for beside the siblings
        else:
            return Arrived(edits, {}, ", ".join(edits))
    folder = (wanted or _folder(ground, new)).removeprefix("./")
    return Arrived({}, _files(ground, new, folder), folder or "./")


class _Beside(Struct):
    """Write new records into a document, as their siblings there are; `left` counts what it has no place for.

    Without it, all that is said must have its place.
    """

    ground: Ground
    wanted: str
    left: Counter[str] | None = None
    sites: dict[tuple[str, str, str], Site] = field(default_factory=dict)

    def edits(self, new: Iterable[Understood]) -> Iterator[tuple[str, Edit]]:
        """Give each new record's edit of its document; raises Uneditable where that cannot hold it."""
        for one in new:
            if not one.spec.matches(one.issue.id):
                raise Uneditable(f"{one.issue.id} is not the id of a {one.spec.name}: these match {one.spec.id_pattern}")
            spot = spot_for(self.ground.project, one.spec, one.values, self.wanted)
            if spot.model is None or spot.form not in (Home.ROW, Home.SECTION):
                raise Uneditable(f"{spot.path or spot.folder} holds no {one.spec.name} that a new one could be written like")
            model = self._site(spot.path, spot.model.id, one)
            values = self._placed(one, model) if self._leaves(one) else one.values
            yield spot.path, _insertion(one, values, model)

    def _leaves(self, one: Understood) -> bool:
        """Tell whether what has no place may be left out; raises Uneditable where it may not and there is some for sure."""
        more = [*one.rest, *(["acceptance_criteria"] if one.boxes else [])]
        if self.left is None and more:
            raise Uneditable(f"{one.issue.id} says more than fits beside others: {', '.join(more)}")
        if self.left is not None:
            self.left.update(more)
        return self.left is not None

    def _placed(self, one: Understood, model: Site) -> dict[str, Json]:
        """Leave out each value for which there is no place."""
        kept = {name: one.values[name] for name in _NEEDED}
        for name, value in one.values.items():
            try:
                _insertion(one, {**kept, name: value}, model)
            except Uneditable:
                if name in _NEEDED:
                    raise
                if self.left is not None:
                    self.left[name] += 1
            else:
                kept[name] = value
        return kept

    def _site(self, path: str, name: str, one: Understood) -> Site:
        key = (path, name, one.spec.name)
        if key not in self.sites:
            source, config = self.ground.source(path), self.ground.project.config
            facts = read(source, config)
            record = next(record for record in facts.records if record.id == name and record.kind == one.spec.name)
            self.sites[key] = Site(source, facts, record, config, self.ground.project.by_kind.get(one.spec.name, ()))
        return self.sites[key]


def _insertion(one: Understood, values: Mapping[str, Json], model: Site) -> Edit:
    newcomer = Newcomer(one.spec, one.issue.id, one.issue.title, values, model.config)
    if model.record.home is Home.ROW:
        return rows.insertion(newcomer, model)
    return sections.insertion(model, f"{sections.heading(newcomer, model)}\n\n{sections.lines(newcomer, model)}")


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
