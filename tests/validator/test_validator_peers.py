from __future__ import annotations

from dataclasses import replace

from making import document, holes, mention, project

from docsync.models.claims import Form, Mention, Scope
from docsync.models.document import DocumentFacts
from docsync.models.status import Status
from docsync.project.circles import circles
from docsync.validator.run import run

DONE, OPEN = Status.RESOLVED, Status.PENDING


def named(entity: str, title: str, start: int = 0) -> Mention:
    return replace(mention(entity, start=start), name="title", raw=title, form=Form.HEADING)


def speaking(path: str, *titles: tuple[str, str], rest: tuple[Mention, ...] = ()) -> DocumentFacts:
    made = tuple(named(entity, title, 10 * at) for at, (entity, title) in enumerate(titles))
    return document(path, mentions=(*made, *rest))


TWO = (("H1", "Tide tables"), ("H2", "Berth order"))


def test_two_things_by_the_same_id_and_name_make_a_circle() -> None:
    made = project(speaking("a/x.md", *TWO), speaking("a/y.md", *TWO), speaking("a/z.md", TWO[0]), speaking("b/x.md", *TWO))
    assert circles(made) == {"a/x.md": "a/x.md", "a/y.md": "a/x.md", "a/z.md": "a/z.md", "b/x.md": "b/x.md"}


def test_circles_that_meet_are_one() -> None:
    other = (("H8", "Ramp"), ("H9", "Rope"))
    made = project(speaking("x.md", *other), speaking("y.md", *TWO), speaking("z.md", *TWO, *other))
    assert set(circles(made).values()) == {"x.md"}


def test_remarks_in_brackets_and_signs_make_no_other_name() -> None:
    again = (("h1", "tide-tables (new)"), ("H2", "**Berth** order"))
    assert set(circles(project(speaking("x.md", *TWO), speaking("y.md", *again))).values()) == {"x.md"}


def statuses(*documents: DocumentFacts) -> list[str]:
    return [one.message.partition(":")[0] for one in run(project(*documents)).diagnostics]


def test_documents_of_one_circle_are_held_against_each_other() -> None:
    x = speaking("x.md", *TWO, rest=(mention("H1", OPEN, 50),))
    y = speaking("y.md", *TWO, rest=(mention("H1", DONE, 50),))
    apart = speaking("b/y.md", *TWO, rest=(mention("H1", DONE, 50),))
    assert statuses(x, y) == ["H1 is pending here, but resolved in y.md"]
    assert statuses(x, apart) == []


def test_things_with_different_names_are_different_things() -> None:
    lamp, rope = named("phase 1", "Lamps"), named("phase 1", "Ropes", 20)
    states = (mention("phase 1", OPEN, 5), mention("phase 1", DONE, 25))
    assert statuses(document(mentions=(lamp, rope, *states))) == []
    assert statuses(document(mentions=(lamp, *states))) == ["phase 1 is pending here, but resolved elsewhere"]


def test_same_number_under_two_owners_is_two_things() -> None:
    def at(owner: str, entity: str, status: Status, start: int) -> Mention:
        return mention(entity, status, start, scope=Scope(entities=(owner,)))

    assert statuses(document(mentions=(at("epic 1", "phase 1", OPEN, 0), at("epic 2", "phase 1", DONE, 20)))) == []
    assert len(statuses(document(mentions=(at("epic 1", "phase 1", OPEN, 0), at("epic 1", "phase 1", DONE, 20))))) == 1
    assert len(statuses(document(mentions=(at("epic 1", "phase 1", OPEN, 0), at("week 2", "phase 1", DONE, 20))))) == 1
    assert len(statuses(document(mentions=(at("epic 1", "H1", OPEN, 0), at("epic 2", "H1", DONE, 20))))) == 1


def test_two_statuses_on_one_line_are_one_misread() -> None:
    assert statuses(document(mentions=(mention("H1", OPEN, 0), mention("H1", DONE, 5)))) == []


def test_thousands_of_statuses_of_one_thing_are_compared_with_the_furthest_alone() -> None:
    text = "012345678\n" * 4000
    many = tuple(mention("H1", OPEN, 10 * at) for at in range(3999))
    made = document(text=text, mentions=(*many, mention("H1", DONE, 39_990)))
    (found,) = run(project(made)).diagnostics
    assert len(found.related) == 3999


def test_name_of_another_thing_is_reported_where_both_have_their_own_twice() -> None:
    log = speaking("z.md", ("H1", "Berth order"))
    said = [one.message for one in run(project(speaking("x.md", *TWO), speaking("y.md", *TWO, *TWO), log)).diagnostics]
    assert said == []
    log = speaking("z.md", *TWO, ("H1", "Berth order"))
    (found,) = run(project(speaking("x.md", *TWO), log)).diagnostics
    assert found.message == "H1 is called Berth order here; elsewhere H1 is Tide tables, and Berth order is H2"
    assert [place.message for place in found.related] == ["H1 is Tide tables here", "H2 is Berth order here"]


def test_name_that_a_thing_has_twice_is_its_own_too() -> None:
    log = speaking("z.md", *TWO, ("H1", "Berth order"), ("H1", "Berth order"))
    assert run(project(speaking("x.md", *TWO), log)).diagnostics == ()


def test_names_of_things_with_a_home_are_held_against_the_home_alone() -> None:
    log = speaking("z.md", *TWO, ("H1", "Berth order"))
    assert run(project(holes(OPEN, OPEN), speaking("x.md", *TWO), log)).diagnostics == ()
