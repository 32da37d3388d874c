from __future__ import annotations

from pathlib import Path

import pytest
from places import Place

PAGE = """\
---
title: Board
docsync: {{computed: [progress]}}
progress: {progress}
---

# Board

<!-- docsync:claim holes.resolved/holes.total -->

So far {digits} holes are resolved, {word}.

<!-- docsync:begin holes view="hole-status" -->
{body}<!-- docsync:end holes -->

{end}
"""


def page(digits: str = "0/3", body: str = "", progress: str = "0%", word: str = "says Ada", end: str = "End.") -> str:
    return PAGE.format(digits=digits, body=body, progress=progress, word=word, end=end)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def merged(place: Place, base: str, ours: str, theirs: str, *rest: str) -> tuple[int, str]:
    """Merge; `rest` is the number of signs in a marker of conflict, else seven, and the names of the sides."""
    for name, text in (("O", base), ("A", ours), ("B", theirs)):
        place.write(name, text)
    done = place.docsync("merge-driver", "O", "A", "B", rest[0] if rest else "7", "docs/board.md", *rest[1:])
    assert not done.said, done.said
    return done.code, place.read("A")


def test_generated_parts_never_conflict_and_ours_is_taken_where_both_changed(place: Place) -> None:
    ours = page("1/3", "\n- ours\n\n", "33%")
    theirs = page("2/3", "\n- theirs\n\n", "67%", end="The End.")
    assert merged(place, page(), ours, theirs) == (0, page("1/3", "\n- ours\n\n", "33%", end="The End."))


def test_the_side_that_changed_a_generated_part_is_taken(place: Place) -> None:
    theirs = page("2/3", "\n- theirs\n\n", "67%")
    assert merged(place, page(), page(end="Fin."), theirs) == (0, page("2/3", "\n- theirs\n\n", "67%", end="Fin."))


def test_words_beside_bound_digits_are_people_s(place: Place) -> None:
    code, text = merged(place, page(), page("1/3", word="says Bo"), page("2/3", word="says Cy"))
    assert code == 1
    bo, cy = (f"So far 1/3 holes are resolved, says {name}.\n" for name in ("Bo", "Cy"))
    shown = f"<<<<<<< ours\n{bo}=======\n{cy}>>>>>>> theirs\n"
    assert shown in text
    assert text.count("<<<<<<<") == 1


def test_conflicts_keep_their_markers_beside_regions_that_are_settled(place: Place) -> None:
    code, text = merged(place, page(), page(body="\n- ours\n\n", end="A."), page(body="\n- theirs\n\n", end="B."))
    assert (code, text) == (1, page(body="\n- ours\n\n", end="<<<<<<< ours\nA.\n=======\nB.\n>>>>>>> theirs"))


def test_the_signs_and_names_of_conflicts_are_git_s(place: Place) -> None:
    _, text = merged(place, "a\n", "b\n", "c\n", "9", "base", "HEAD", "feature/quay")
    assert text == "<<<<<<<<< HEAD\nb\n=========\nc\n>>>>>>>>> feature/quay\n"
    _, text = merged(place, "a\n", "b\n", "c\n", "7", "%S", "%X", "%Y")
    assert text == "<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n"


def test_a_region_that_one_side_removes_goes_though_the_other_regenerated_it(place: Place) -> None:
    text = page(body="\n- base\n\n")
    start = text.index("<!-- docsync:begin")
    without = text[:start] + text[text.index("End.") :]
    assert merged(place, text, without, page(body="\n- theirs\n\n")) == (0, without)


def test_a_region_that_both_sides_add_is_one(place: Place) -> None:
    text = page(body="\n- ours\n\n")
    start = text.index("<!-- docsync:begin")
    without = text[:start] + text[text.index("End.") :]
    assert merged(place, without, text, page(body="\n- theirs\n\n")) == (0, text)


def test_attributes_of_a_region_are_people_s(place: Place) -> None:
    wide, narrow = 'view="hole-status" sort="title"', 'view="hole-status" sort="id"'
    sides = [page(body="\n- x\n\n").replace('view="hole-status"', each) for each in (wide, narrow)]
    code, text = merged(place, page(), *sides)
    assert code == 1
    assert f"<<<<<<< ours\n<!-- docsync:begin holes {wide} -->\n=======\n" in text


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "after"),
    [
        ("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n"),
        ("caf\udce9\nb\nc\n", "caf\udce9\nb\nc\nd\n", "x\ncaf\udce9\nb\nc\n", "x\ncaf\udce9\nb\nc\nd\n"),
        ("---\na: [\n---\nb\nc\nd\n", "---\na: [\n---\nB\nc\nd\n", "---\na: [\n---\nb\nc\nD\n", "---\na: [\n---\nB\nc\nD\n"),
        ("", "", "", ""),
    ],
)
def test_what_holds_nothing_generated_merges_as_any_text(place: Place, base: str, ours: str, theirs: str, after: str) -> None:
    for name, text in (("O", base), ("A", ours), ("B", theirs)):
        (place.root / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert place.docsync("merge-driver", "O", "A", "B", "7", "docs/board.md").code == 0
    assert (place.root / "A").read_bytes().decode("utf-8", "surrogateescape") == after


def test_line_ends_are_kept(place: Place) -> None:
    base, ours, theirs, after = (
        each.replace("\n", "\r\n") for each in (page(), page("1/3"), page("2/3", end="Fin."), page("1/3", end="Fin."))
    )
    assert merged(place, base, ours, theirs) == (0, after)


def test_a_side_whose_markers_are_broken_merges_as_any_text(place: Place) -> None:
    broken = page(body="\n- x\n\n").replace("docsync:end holes", "docsync:end hole")
    assert merged(place, broken, page(body="\n- x\n\n"), broken) == (0, page(body="\n- x\n\n"))


def test_a_total_beside_a_single_bound_number_is_its_author_s(place: Place) -> None:
    text = "<!-- docsync:claim holes.resolved -->\n\n{} of {} holes are resolved.\n"
    code, _ = merged(place, text.format(0, 3), text.format(1, 4), text.format(2, 5))
    assert code == 1
    assert merged(place, text.format(0, 3), text.format(1, 3), text.format(2, 3)) == (0, text.format(1, 3))


def test_a_binding_that_means_nothing_keeps_nothing_true(place: Place) -> None:
    text = "<!-- docsync:claim holes -->\n\n{} holes are resolved.\n"
    code, _ = merged(place, text.format(0), text.format(1), text.format(2))
    assert code == 1


def test_a_broken_configuration_is_no_reason_to_stop(place: Place) -> None:
    place.write("docsync.toml", "include = [\n<<<<<<<\n")
    assert merged(place, page(), page("1/3"), page("2/3"))[0] == 0


def test_what_cannot_be_merged_at_all_stops_the_merge(place: Place) -> None:
    for name, text in (("O", "a\0"), ("A", "b\0"), ("B", "c\0")):
        place.write(name, text)
    done = place.docsync("merge-driver", "O", "A", "B", "7", "docs/board.md")
    assert (done.code, "could not be merged" in done.said) == (129, True)
    assert place.read("A") == "b\0"
