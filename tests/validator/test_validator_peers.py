from __future__ import annotations

from making import document, holes, mention, project
from msgspec.structs import replace

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


def test_one_made_up_name_makes_a_circle() -> None:
    made = project(speaking("x.md", ("H1", "BerthOrder")), speaking("y.md", ("H1", "BerthOrder")), speaking("z.md", TWO[0]))
    assert circles(made) == {"x.md": "x.md", "y.md": "x.md", "z.md": "z.md"}
    phases = (speaking("x.md", ("phase 1", "BerthOrder")), speaking("y.md", ("phase 1", "BerthOrder")))
    assert len(set(circles(project(*phases)).values())) == 2


def test_what_was_done_stays_done() -> None:
    past = Scope(as_of="session 2")
    done = mention("H1", DONE, 20, raw="resolved", scope=past, form=Form.BULLET)
    assert statuses(document(mentions=(mention("H1", OPEN), done))) == ["H1 is pending here, but resolved elsewhere"]
    assert statuses(document(mentions=(mention("H1", DONE), replace(done, status=OPEN)))) == []
    for silent in (
        replace(done, scope=Scope(as_of="archive in docs/archive/plan.md")),
        replace(done, scope=Scope(as_of="session 2", headings=("Superseded plan",))),
        replace(done, scope=Scope(as_of="template")),
        replace(done, raw="potential pass"),
        replace(done, entity="phase 1", form=Form.PROSE),
    ):
        assert statuses(document(mentions=(mention(silent.entity, OPEN), silent))) == []


def test_labels_of_ids_and_gates_of_phases_are_the_same_things() -> None:
    assert statuses(document(mentions=(mention("Hole H1", OPEN), mention("h1", DONE, 20)))) != []
    gate = mention("phase 1", None, 20, name="gate", raw="Passed ✅")
    assert statuses(document(mentions=(mention("gate 1", OPEN), gate))) == ["gate 1 is pending here, but passed elsewhere"]
    assert statuses(document(mentions=(mention("gate 1", OPEN), replace(gate, raw="Gate 1")))) == []
    assert statuses(document(mentions=(mention("gate 1", OPEN), replace(gate, entity="H1")))) == []


def test_ids_with_other_words_after_them_are_other_things() -> None:
    one = mention("T1", name="gist", raw="hang the fenders", start=2)
    other = mention("T1", name="gist", raw="paint seven bollards", start=22)
    states = (mention("T1", OPEN), mention("T1", DONE, 20))
    assert statuses(document(mentions=(one, other, *states))) == []
    assert statuses(document(mentions=(one, replace(other, raw="hang all fenders"), *states))) != []


def test_next_steps_count_within_their_document_alone() -> None:
    begun = mention("H1", OPEN, 50, raw="to be begun")
    done = speaking("y.md", *TWO, rest=(mention("H1", DONE, 50),))
    assert statuses(speaking("x.md", *TWO, rest=(begun,)), done) == []
    assert statuses(document(mentions=(begun, mention("H1", DONE, 20)))) != []


def test_made_up_name_of_nobody_is_reported_where_it_is_outvoted() -> None:
    usual = (("H1", "BerthOrder"),)
    log = speaking("z.md", *usual, ("H1", "FenderTracker"), ("H1", "FenderTracker"))
    three = project(speaking("v.md", *usual), speaking("x.md", *usual), speaking("y.md", *usual), log)
    (found,) = run(three).diagnostics
    assert found.message == "H1 is called FenderTracker here; elsewhere H1 is BerthOrder"
    assert [place.message for place in found.related][:2] == ["H1 is FenderTracker here", "H1 is BerthOrder here"]
    assert run(project(speaking("x.md", *usual), log)).diagnostics == ()  # two against two
    akin = speaking("z.md", *usual, ("H1", "OrderOfBerths"))
    assert run(project(speaking("w.md", *usual), speaking("x.md", *usual), speaking("y.md", *usual), akin)).diagnostics == ()
    apart = speaking("z.md", ("H1", "FenderTracker"))
    assert run(project(speaking("w.md", *usual), speaking("x.md", *usual), speaking("y.md", *usual), apart)).diagnostics == ()
