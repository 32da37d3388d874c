from __future__ import annotations

import gc
import weakref
from functools import partial

from msgspec.structs import replace

from docsync.config.values import Config
from docsync.models.document import DocumentFacts
from docsync.models.records import Home, Record
from docsync.project.build import join
from docsync.project.index import Project
from docsync.project.kept import of_project, once
from docsync.project.names import names_of, of_records, records_of, while_same
from docsync.text.spans import LineIndex, Span

CONFIG = Config({}, {}, {})


def document(path: str, *ids: str, at: int = 0) -> DocumentFacts:
    records = tuple(Record("hole", one, f"Part {one}", None, Home.SECTION, path, Span(at, at + 1)) for one in ids)
    return DocumentFacts(path, "", "\n", LineIndex.of((0,), 100), records=records)


def test_what_follows_from_a_document_is_worked_out_once_and_goes_with_it() -> None:
    asked: list[str] = []

    @once
    def title(facts: DocumentFacts) -> str:
        asked.append(facts.path)
        return facts.path.upper()

    one, equal = document("a.md"), document("a.md")
    assert [title(one), title(one), title(equal)] == ["A.MD"] * 3
    assert asked == ["a.md", "a.md"]
    gone = weakref.ref(one)
    del one
    gc.collect()
    assert gone() is None


def test_names_last_while_records_only_move() -> None:
    asked: list[str] = []

    @partial(while_same, names_of)
    def known(project: Project, facts: DocumentFacts) -> int:
        asked.append(facts.path)
        return len(project.records)

    note = document("note.md")
    assert known(join(CONFIG, [note, document("a.md", "H1")]), note) == 1
    assert known(join(CONFIG, [note, document("a.md", "H1", at=9)]), note) == 1
    assert asked == ["note.md"]
    assert known(join(CONFIG, [note, document("a.md", "H1", "H2")]), note) == 2
    assert known(join(CONFIG, [note, document("b.md", "H1", "H2")]), note) == 2
    assert len(asked) == 3
    assert known(join(replace(CONFIG), [note, document("b.md", "H1", "H2")]), note) == 2
    assert len(asked) == 4


def test_records_last_while_they_are_the_same_ones() -> None:
    asked: list[int] = []

    @of_records
    def count(project: Project) -> int:
        asked.append(0)
        return len(project.records)

    @partial(while_same, records_of)
    def places(project: Project, facts: DocumentFacts) -> tuple[int, ...]:
        asked.append(1)
        return tuple(record.span.start for record in project.records if record.path != facts.path)

    note, homes = document("note.md"), document("a.md", "H1")
    for project in (join(CONFIG, [note, homes]), join(CONFIG, [note, homes, document("c.md")])):
        assert (count(project), places(project, note)) == (1, (0,))
    assert asked == [0, 1]
    moved = join(CONFIG, [note, document("a.md", "H1", at=9)])
    assert (count(moved), places(moved, note)) == (1, (9,))


def test_answers_go_with_their_project() -> None:
    @of_project
    def sized(project: Project, more: int) -> int:
        return len(project.records) + more

    projects = [join(CONFIG, [document("a.md", *(f"H{number}" for number in range(count)))]) for count in range(1, 6)]
    assert [sized(project, 10) for project in projects] == [11, 12, 13, 14, 15]
    assert sized(projects[-1], 20) == 25
    gone = weakref.ref(projects[0])
    del projects[:-1]
    gc.collect()
    assert gone() is None
