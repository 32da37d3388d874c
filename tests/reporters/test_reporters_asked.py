from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsync.project.asking.drawing import Arrow, Drawing, Node
from docsync.project.progress import Progress
from docsync.reporters.asked.drawings import FORMS, drawing_in, remarks
from docsync.reporters.asked.palette import PALETTE
from docsync.reporters.asked.records import STYLES, bar, shortened
from docsync.reporters.tabular import FORMATS, Look, Table, aligned, cut_cells, drawn

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = 'a "quoted\\" <b>&amp; end\nsubgraph\x00\x1b[31m]]> --> x #quot; %%{init}%% ```'

texts = st.text(max_size=40)
nodes = st.builds(
    Node, name=texts, title=texts, status=st.sampled_from(["", *PALETTE]), critical=st.booleans(), missing=st.booleans()
)


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    boxes = tuple(draw(st.lists(nodes, min_size=1, max_size=8)))
    place = st.integers(0, len(boxes) - 1)
    arrow = st.builds(Arrow, start=place, end=place, critical=st.booleans(), circular=st.booleans())
    return Drawing(boxes, tuple(draw(st.lists(arrow, max_size=12))), (), (), 0, 0)


def one(name: str, title: str = "") -> Drawing:
    return Drawing((Node(name, title, "ready", critical=False),), (), (), (), 0, 0)


@given(drawings())
def test_a_picture_is_valid_xml_with_a_box_for_each_node_and_a_line_for_each_arrow(drawing: Drawing) -> None:
    picture = ET.fromstring(drawing_in("svg", drawing))
    width, height = float(picture.attrib["width"]), float(picture.attrib["height"])
    boxes = [group.find(f"{SVG}rect") for group in picture.iter(f"{SVG}g")]
    assert len(boxes) == len(drawing.nodes)
    for box in boxes:
        assert box is not None
        left, top = float(box.attrib["x"]), float(box.attrib["y"])
        assert 0 <= left <= width - float(box.attrib["width"])
        assert 0 <= top <= height - float(box.attrib["height"])
    lines = [path for path in picture.findall(f"{SVG}path") if "marker-end" in path.attrib]
    assert len(lines) == len(drawing.arrows)
    assert all(re.fullmatch(r"[MCHc0-9. -]+", path.attrib["d"]) for path in lines)


@given(drawings())
def test_mermaid_has_one_line_for_each_node_and_arrow_and_nothing_that_ends_a_label(drawing: Drawing) -> None:
    lines = drawing_in("mermaid", drawing).splitlines()
    labels = [line for line in lines if re.match(r'  n\d+\["', line)]
    assert len(labels) == len(drawing.nodes)
    assert all(re.fullmatch(r'  n\d+\["[^"<>`\\\r\n]*"\]:::\w+', line) for line in labels)
    assert sum(re.fullmatch(r"  n\d+ (-->|==>|-\.->) n\d+", line) is not None for line in lines) == len(drawing.arrows)


@given(drawings())
def test_dot_has_one_statement_a_line_and_closes_every_string(drawing: Drawing) -> None:
    lines = drawing_in("dot", drawing).split("\n")
    assert lines[0] == "digraph plan {"
    assert lines[-2:] == ["}", ""]
    text = r'"(?:[^"\\]|\\.)*"'
    attribute = rf"\w+=(?:{text}|\w+)"
    assert all(
        re.fullmatch(rf"  \w+(?: -> \w+)?(?: \[{attribute}(?:, {attribute})*\])?;|  rankdir=LR;", line) for line in lines[1:-2]
    )
    assert len(lines) == 6 + len(drawing.nodes) + len(drawing.arrows)


@pytest.mark.parametrize("form", FORMS)
def test_no_text_steers_a_terminal_or_leaves_its_place(form: str) -> None:
    output = drawing_in(form, one(HOSTILE, HOSTILE))
    assert "\x1b" not in output
    assert "\x00" not in output
    assert "<b>" not in output.replace("&lt;b&gt;", "") or form == "dot"


def test_a_long_title_is_cut_in_its_box_and_whole_beside_it() -> None:
    title = "A very long title that no box of this width can hold"
    picture = ET.fromstring(drawing_in("svg", one("H1", title)))
    shown = [text.text for text in picture.iter(f"{SVG}text")]
    assert "A very long title that…" in shown
    assert f"H1: {title} (ready)" in [each.text for each in picture.iter(f"{SVG}title")]


def test_many_remarks_are_counted_and_not_all_told() -> None:
    drawing = Drawing((), (), tuple((f"H{number}",) for number in range(8)), (), 1, 1)
    assert list(remarks(drawing))[-3:] == [
        "3 more circles; docsync check --select DS401 tells all",
        "1 link to records that were not asked for is left out",
        "1 record without a link is left out; --all draws them, too",
    ]


@pytest.mark.parametrize(
    ("done", "total", "expected"),
    [
        (0, 0, "—"),
        (0, 3, "░░░░░░░░░░ 0%"),
        (1, 300, "█░░░░░░░░░ 0%"),
        (1, 2, "█████░░░░░ 50%"),
        (299, 300, "█████████░ 99%"),
        (3, 3, "██████████ 100%"),
    ],
)
def test_a_bar_is_full_only_when_all_is_done_and_empty_only_when_nothing_is(done: int, total: int, expected: str) -> None:
    assert bar(Progress(done, total)) == expected


def test_a_list_is_shortened_with_the_number_of_the_rest() -> None:
    assert shortened(["a", "b"], 2) == "a, b"
    assert shortened(["a", "b", "c", "d"], 2) == "a, b +2"


def test_every_status_has_a_style_and_cells_are_styled_one_by_one() -> None:
    assert {status.value for status in STYLES} == set(PALETTE)
    table = Table(("ID", "Status"), (("H1", "done"), ("H2", "\x1b[0m")), styles={(0, "Status"): "green"})
    output = drawn(table, Look(40, drawn=True, colour=True))
    assert "\x1b[32mdone" in output
    assert "\\x1b[0m" in output


def test_lines_are_aligned_by_the_columns_that_signs_take_up() -> None:
    assert aligned([("✅", "a"), ("bcd", "e")]) == ["✅   a", "bcd  e"]
    assert aligned([]) == []


def test_more_arrows_than_mermaid_shows_are_told_where_it_is_mermaid() -> None:
    arrows = tuple(Arrow(0, 0, critical=False, circular=False) for _ in range(501))
    drawing = Drawing((), arrows, (), (), 0, 0)
    (remark,) = remarks(drawing, "mermaid")
    assert remark.startswith("Mermaid shows no more than 500 arrows")
    assert not list(remarks(drawing, "svg"))


WORKS = Table(
    ("ID", "Kind", "Title", "Status", "Phase", "Waits for"),
    (("H1", "hole", "A title of several longish words", "🔄 in progress", "P1", "H2, H3, H4"),),
    whole=frozenset({"Status"}),
)


def test_a_narrow_terminal_shows_fewer_columns_and_names_the_others() -> None:
    narrow = drawn(WORKS, Look(40, drawn=True))
    table, _, last = narrow.rstrip("\n").rpartition("\n")
    assert last == "Left out for want of width: Kind, Phase, Waits for"
    assert "🔄 in progress" in table
    assert all(word in table for word in ("title", "several", "longish", "words"))
    assert max(map(len, table.split("\n"))) <= 40
    wide = drawn(WORKS, Look(120, drawn=True))
    assert "Left out" not in wide
    assert "H2, H3, H4" in wide
    assert "H2, H3, H4" in drawn(WORKS, Look(40))


def test_a_table_of_very_many_columns_keeps_those_that_can_be_read() -> None:
    names = ("kept", *(f"column{number}" for number in range(40)), "id")
    shown = drawn(Table(names, (tuple("value" for _ in names),)), Look(80, drawn=True))
    header = next(line for line in shown.split("\n") if "kept" in line)
    assert header.split()[-1] == "id"
    assert 4 < len(header.split()) < 20
    assert "column39" in shown.split("\n")[-2]


def test_plain_text_alone_cuts_a_long_cell() -> None:
    table = Table(("id", "text"), (("H1", "x" * 61), ("H2", "y" * 60)), longest=60)
    assert drawn(table, Look()).split("\n")[1:3] == [f"H1  {'x' * 59}…", f"H2  {'y' * 60}"]
    assert cut_cells(table) == 1
    for form in ("json", "csv", "markdown"):
        assert "x" * 61 in FORMATS[form](table, Look())
