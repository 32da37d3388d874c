"""What is kept from one project to the next: tried over random edits, each time against what is worked out from nothing."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from msgspec.structs import replace
from project_builders import config, criterion, document

from docsync.config.values import Config
from docsync.generator.dumps import Dumps, facts
from docsync.models.document import DocumentFacts
from docsync.models.records import Home, Json, Record
from docsync.models.status import Status
from docsync.project import graph
from docsync.project.build import join
from docsync.project.circles import circles
from docsync.project.derived import (
    asked,
    bearers,
    derived,
    documents,
    entry,
    flat,
    held,
    nothing_follows,
    stepped,
    updated,
    whole,
)
from docsync.project.following import differing
from docsync.project.index import Project
from docsync.project.parts import members, parts
from docsync.project.progress import overall, progress, workload
from docsync.text.spans import Span

KINDS = {"P": "phase", "H": "hole", "T": "task", "G": "gate"}


class Plan:
    """Hold documents with records, and edit them at random."""

    def __init__(self, seed: int) -> None:
        self.chance, self.config = random.Random(seed), config()
        self.documents: dict[str, DocumentFacts] = {}
        for number in range(8):
            self.write(f"{'ab'[number % 2]}/{number}.md", *(self.made() for _ in range(self.chance.randint(0, 4))))

    def write(self, path: str, *records: Record) -> None:
        self.documents[path] = document(path, *(replace(one, path=path) for one in records))

    def made(self) -> Record:
        letter = self.chance.choice("PHHHTG")
        boxes = [criterion(f"box {number}", met=self.chance.random() < 0.5) for number in range(self.chance.randint(0, 2))]
        one = Record(
            KINDS[letter],
            f"{letter}{self.chance.randint(1, 9)}",
            self.chance.choice(("Lantern", "Rope", "Anchor", "")),
            None,
            Home.FILE,
            "",
            Span(0, 0),
            self.fields(letter),
            {},
            tuple(boxes),
        )
        return replace(one, status=self.status())

    def fields(self, letter: str) -> dict[str, Json]:
        others = [f"{self.chance.choice('PHT')}{self.chance.randint(1, 9)}" for _ in range(self.chance.randint(0, 2))]
        if letter == "H":
            return {self.chance.choice(("blocks", "blocked_by")): [*others], "phase": self.chance.choice(("1", "P2", ""))}
        return {"depends_on": [*others]} if letter in "PT" else {"phase": "P1"}

    def status(self) -> Status | None:
        found: Status | None = self.chance.choice([None, *Status])
        return found

    def edit(self) -> None:
        """Change a status, fields, boxes or nothing of a record, write, drop or move a whole document, or all of that."""
        path = self.chance.choice(sorted(self.documents))
        found = list(self.documents[path].records)
        match self.chance.choice(
            ("status", "status", "fields", "place", "title", "more", "fewer", "new", "gone", "moved", "prose")
        ):
            case "status" if found:
                self.put(path, found, status=self.status())
            case "fields" if found:
                self.put(path, found, values=self.fields("H"))
            case "place" if found:
                self.put(path, found, span=Span(self.chance.randint(0, 9), 9))
            case "title" if found:
                self.put(path, found, title=self.chance.choice(("Lantern", "Oar")))
            case "more":
                self.write(path, *found, self.made())
            case "fewer" if found:
                self.write(path, *found[1:])
            case "new":
                self.write(f"a/new{self.chance.randint(1, 99)}.md", self.made())
            case "gone" if len(self.documents) > 2:
                del self.documents[path]
            case "moved":
                del self.documents[path]
                self.write(f"b/moved{self.chance.randint(1, 99)}.md", *found)
            case _:
                self.documents[path] = replace(self.documents[path], title=f"Title {self.chance.random()}")

    def put(self, path: str, found: list[Record], **changes: object) -> None:
        number = self.chance.randrange(len(found))
        found[number] = replace(found[number], **changes)
        self.documents[path] = document(path, *found)

    def project(self) -> Project:
        return join(self.config, self.documents.values())


def forgotten(project: Project) -> Project:
    """Give the same project with a configuration that nothing was kept for."""
    return join(replace(project.config), project.documents.values())


def all_of(project: Project) -> dict[str, object]:
    """Work out all that follows from the records."""
    dumps = Dumps(project)
    return {
        "by id": list(project.by_id.items()),
        "by kind": sorted(project.by_kind.items()),
        "needs": list(graph.needs(project).items()),
        "waiting": sorted(graph.waiting(project).items()),
        "cycles": graph.cycles(project),
        "one-sided": sorted(map(repr, flat(graph.one_sided, project))),
        "ready": graph.ready(project),
        "blockers": graph.open_blockers(project),
        "path": graph.critical_path(project),
        "parts": sorted(parts(project).items()),
        "members": [members(project, record) for record in project.records],
        "work": [workload(project, record) for record in project.records],
        "progress": [progress(project, record) for record in project.records],
        "overall": overall(project),
        "facts": facts(project),
        "dumps": dumps.all(project.records),
        "circles": list(circles(project).items()),
    }


@pytest.mark.parametrize("seed", range(24))
def test_what_is_kept_over_edits_is_what_is_worked_out_from_nothing(seed: int) -> None:
    plan = Plan(seed)
    projects = []
    for _ in range(30):
        projects.append(plan.project())
        for _ in range(plan.chance.choice((1, 1, 1, 3))):
            plan.edit()
    kept = [all_of(project) for project in projects]
    for number, project in enumerate(projects):
        assert kept[number] == all_of(forgotten(project)), number


def test_a_dump_is_that_of_the_very_record_where_several_bear_an_id() -> None:
    two = (Record("hole", "H1", title, None, Home.FILE, "a.md", Span(0, 0)) for title in ("Lantern", "Rope"))
    project = join(config(), [document("a.md", *two)])
    assert [dump["title"] for dump in map(Dumps(project).of, project.records)] == ["Lantern", "Rope"]


class Telling:
    """Hold mappings that tell which entries they were asked about."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.config: Config = config()
        self.token: object = object()

        @derived(bearers)
        def statuses(_project: Project, records: tuple[Record, ...]) -> str:
            self.asked.append(records[0].id)
            return str(records[0].status)

        @derived(documents, lambda _project: self.token)
        def beside(project: Project, document: DocumentFacts) -> tuple[str, ...]:
            self.asked.append(document.path)
            named = [name for record in document.records for name in record.texts("blocked_by")]
            return tuple(status for name in named if (status := entry(statuses, project, name)))

        @derived(documents)
        def among_all(project: Project, document: DocumentFacts) -> int:
            self.asked.append(f"all of {document.path}")
            return len(whole(statuses, project)) if document.title else 0

        @asked(bearers)
        def late(project: Project, records: tuple[Record, ...]) -> str:
            self.asked.append(f"late {records[0].id}")
            return f"{records[0].id} beside {entry(statuses, project, 'H1')}"

        self.statuses, self.beside, self.among_all, self.late = statuses, beside, among_all, late

    def project(self, **statuses: Status) -> Project:
        self.asked.clear()
        made = {
            name: Record("hole", name, "", status, Home.FILE, f"{name}.md", Span(0, 0), {"blocked_by": ["H1"] * (name != "H1")})
            for name, status in statuses.items()
        }
        before = {path: one.records[0] for path, one in getattr(self, "before", {}).items()}
        kept = {name: one if before.get(f"{name}.md") != one else before[f"{name}.md"] for name, one in made.items()}
        old: Mapping[str, DocumentFacts] = getattr(self, "before", {})
        self.before = {
            f"{name}.md": old[f"{name}.md"] if before.get(f"{name}.md") is one else document(f"{name}.md", one)
            for name, one in kept.items()
        }
        return join(self.config, self.before.values())


def test_only_what_read_something_that_changed_is_asked_again() -> None:
    tell = Telling()
    first = tell.project(H1=Status.PENDING, H2=Status.PENDING, H3=Status.READY)
    assert tell.beside(first) == {"H2.md": ("pending",), "H3.md": ("pending",)}
    tell.asked.clear()
    assert tell.beside(first) == {"H2.md": ("pending",), "H3.md": ("pending",)}
    assert tell.asked == []
    second = tell.project(H1=Status.PENDING, H2=Status.READY, H3=Status.READY)
    same = tell.beside(first)
    assert tell.beside(second) is same
    assert sorted(tell.asked) == ["H2", "H2.md"]
    third = tell.project(H1=Status.RESOLVED, H2=Status.READY, H3=Status.READY)
    assert tell.beside(third) == {"H2.md": ("resolved",), "H3.md": ("resolved",)}
    assert sorted(tell.asked) == ["H1", "H1.md", "H2.md", "H3.md"]


def test_what_is_gone_is_left_out_and_what_comes_stands_in_its_order() -> None:
    tell = Telling()
    tell.beside(tell.project(H1=Status.PENDING, H2=Status.PENDING, H4=Status.PENDING))
    found = tell.beside(tell.project(H1=Status.PENDING, H3=Status.PENDING, H4=Status.PENDING))
    assert list(found) == ["H3.md", "H4.md"]
    assert tell.beside(tell.project(H3=Status.PENDING)) == {}


def test_everything_is_asked_again_where_the_token_or_the_configuration_is_another() -> None:
    tell = Telling()
    project = tell.project(H1=Status.PENDING, H2=Status.PENDING)
    tell.beside(project)
    tell.token = object()
    again = join(tell.config, project.documents.values())
    tell.asked.clear()
    tell.beside(again)
    assert sorted(tell.asked) == ["H1.md", "H2.md"]
    tell.asked.clear()
    tell.beside(forgotten(again))
    assert sorted(tell.asked) == ["H1", "H1.md", "H2", "H2.md"]


def test_who_read_all_of_a_mapping_is_asked_again_when_any_of_it_changes() -> None:
    tell = Telling()
    first = tell.project(H1=Status.PENDING, H2=Status.PENDING)
    documents = {path: replace(one, title="All" if path == "H1.md" else "") for path, one in first.documents.items()}
    assert tell.among_all(join(tell.config, documents.values())) == {"H1.md": 2}
    tell.asked.clear()
    other = replace(documents["H2.md"].records[0], status=Status.READY)
    assert tell.among_all(join(tell.config, [documents["H1.md"], document("H2.md", other)])) == {"H1.md": 2}
    assert sorted(tell.asked) == ["H2", "all of H1.md", "all of H2.md"]


def test_what_is_given_when_asked_is_worked_out_for_those_alone_who_are_asked_for() -> None:
    tell = Telling()
    first = tell.project(H1=Status.PENDING, H2=Status.PENDING, H3=Status.PENDING)
    assert (tell.late(first, "H2"), tell.late(first, "H2")) == ("H2 beside pending", "H2 beside pending")
    assert [one for one in tell.asked if one.startswith("late")] == ["late H2"]
    second = tell.project(H1=Status.PENDING, H2=Status.PENDING, H3=Status.READY)
    assert (tell.late(second, "H2"), tell.asked) == ("H2 beside pending", ["H3"])
    third = tell.project(H1=Status.READY, H2=Status.PENDING, H3=Status.READY)
    assert tell.late(third, "H2") == "H2 beside ready"


def test_after_a_failure_nothing_of_what_was_kept_is_taken_for_true() -> None:
    broken: set[str] = set()

    @derived(documents)
    def titles(_project: Project, document: DocumentFacts) -> str:
        if document.path in broken:
            raise ValueError(document.path)
        return document.title

    made = {path: replace(document(path), title=path) for path in ("a.md", "b.md")}
    settled = config()
    assert titles(join(settled, made.values())) == {"a.md": "a.md", "b.md": "b.md"}
    made["b.md"] = replace(made["b.md"], title="B")
    broken.add("b.md")
    changed = join(settled, made.values())
    with pytest.raises(ValueError, match=r"b\.md"):
        titles(changed)
    broken.clear()
    assert titles(changed) == {"a.md": "a.md", "b.md": "B"}


def test_what_was_worked_out_where_nothing_follows_is_not_relied_upon() -> None:
    tell = Telling()
    with nothing_follows():
        first = tell.project(H1=Status.PENDING, H2=Status.PENDING)
        assert tell.beside(first) == {"H2.md": ("pending",)}
        assert tell.late(first, "H2") == "H2 beside pending"
    second = tell.project(H1=Status.READY, H2=Status.PENDING)
    assert tell.beside(second) == {"H2.md": ("ready",)}
    assert tell.late(second, "H2") == "H2 beside ready"


def test_a_step_gets_what_it_gave_last_of_the_same_configuration() -> None:
    seen: list[object] = []

    @stepped
    def count(project: Project, before: tuple[Project, int] | None) -> int:
        seen.append(before and before[1])
        return len(project.documents)

    settled = config()
    first, second = join(settled, [document("a.md")]), join(settled, [document("a.md"), document("b.md")])
    assert [count(first), count(first), count(second), count(forgotten(second))] == [1, 1, 2, 2]
    assert seen == [None, 1, None]


def test_equal_values_stay_the_same_objects() -> None:
    before = {"a": ("x", "y"), "b": ("z",)}
    assert held(before, {"a": ("x", "y"), "b": ("z",)}) is before
    now = held(before, {"b": ("z",), "a": ("x", "y")})
    assert now is not before
    assert now["a"] is before["a"]
    assert updated(before, {"a": ("x", "y")}) is before
    changed = updated(before, {"b": ()})
    assert changed == {"a": ("x", "y"), "b": ()}
    assert sorted(differing(before, changed)) == ["b"]
