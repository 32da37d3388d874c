"""Regions: where they are, what they say, and which comments are only text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markers_reading import BEGIN, END, Marked


def test_a_region_holds_what_stands_between_its_markers() -> None:
    marked = Marked(f"# Boats\n\n{BEGIN}\n\n| a |\n|---|\n\n{END}\n")
    region = marked.region
    assert (region.id, region.view, dict(region.attributes)) == ("boats", "status-table", {"kind": "boat"})
    assert region.text == marked.source.slice(region.body) == "\n| a |\n|---|\n\n"
    assert marked.source.slice(region.begin) == BEGIN
    assert marked.source.slice(region.end) == END
    assert region.prefix == ""


@pytest.mark.parametrize(
    ("text", "prefix", "body"),
    [
        (f"{BEGIN}\n{END}", "", ""),
        (f"{BEGIN}\r\n\r\na\r\n{END}\r\n", "", "\r\na\r\n"),
        (f"{BEGIN}\r\ra\r{END}\r", "", "\ra\r"),
        (f"  {BEGIN}  \na\n {END}\t\n", "  ", "a\n"),
        (f"> {BEGIN}\n>\n> a\n> {END}\n", "> ", ">\n> a\n"),
        (f">> {BEGIN}\n>> a\n> > {END}\n", ">> ", ">> a\n"),
        (f"- x\n\n  {BEGIN}\n\n  a\n\n  {END}\n- y\n", "  ", "\n  a\n\n"),
        (f"- {BEGIN}\n  a\n  {END}\n", "  ", "  a\n"),
        (f"10. > {BEGIN}\n    > - a\n    > {END}\n", "    > ", "    > - a\n"),
        (f"> - x\n>\n>   {BEGIN}\n>   a\n>   {END}\n", ">   ", ">   a\n"),
        (f"x\n{BEGIN}\na\n{END}\ny\n", "", "a\n"),
        (f"{BEGIN}\n# a\n\n- b\n\n> c\n\n```\n{END}\n```\n{END}\n", "", f"# a\n\n- b\n\n> c\n\n```\n{END}\n```\n"),
    ],
)
def test_a_regions_body_is_the_lines_between(text: str, prefix: str, body: str) -> None:
    region = Marked(text).region
    assert (region.prefix, region.text) == (prefix, body)


def test_attributes_are_kept_as_written() -> None:
    region = Marked(
        '<!--docsync:begin a.b_c-1  view="t" where="status = ready, a|b" empty="" Über-x="é 🚧"-->\n<!--docsync:end a.b_c-1-->'
    ).markers
    assert region.troubles[0].message == 'cannot read `Über-x="é 🚧"`'
    kept = Marked(
        '<!--docsync:begin a.b_c-1  view="t"\twhere="status = ready, a|b" empty="" x-y="é 🚧"-->\n<!--docsync:end a.b_c-1-->'
    ).region
    assert dict(kept.attributes) == {"where": "status = ready, a|b", "empty": "", "x-y": "é 🚧"}
    assert kept.id == "a.b_c-1"


def test_regions_stand_in_document_order() -> None:
    parts = [f'<!-- docsync:begin {name} view="t" -->\n{name}\n<!-- docsync:end {name} -->\n' for name in "cab"]
    assert [region.id for region in Marked("\n".join(parts)).markers.regions] == ["c", "a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{BEGIN}\n```\n",
        f"~~~ md\n{BEGIN}\n",
        f"    {BEGIN}\n",
        f"-     {BEGIN}\n",
        f"`{BEGIN}`\n",
        f"a {BEGIN}\n",
        f"| {BEGIN} |\n|---|\n",
        f"# {BEGIN}\n",
        f"<!-- an example:\n{BEGIN}\n",
        f"<!--\n{END}\n",
        f"<pre>\n{BEGIN}\n</pre>\n",
        f"<script>\n{END}\n</script>\n",
        f"<?example\n{END}\n?>\n",
        "<!-- about docsync:begin -->\n",
        "<!-- docsync -->\n",
        "<!-- docsync :begin -->\n",
        "<!-- no docsync:begin here --> x\n",
        "",
    ],
)
def test_a_marker_elsewhere_is_text(text: str) -> None:
    markers = Marked(text).markers
    assert (markers.regions, markers.troubles) == ((), ())


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("<!-- START doctoc generated -->", "<!-- END doctoc generated -->"),
        ("<!-- toc -->", "<!-- tocstop -->"),
        ("<!--ts-->", "<!--te-->"),
        ("<!-- [[[cog\nimport cog\n]]] -->", "<!-- [[[end]]] (checksum: 1) -->"),
        ("<!-- BEGIN_TF_DOCS -->", "<!-- END_TF_DOCS -->"),
        ("<!-- BEGIN_AUTOMATED_TOC_BLOCK -->", "<!-- END_AUTOMATED_TOC_BLOCK -->"),
        ("<!-- ALL-CONTRIBUTORS-LIST:START - keep -->", "<!-- ALL-CONTRIBUTORS-LIST:END -->"),
        ("<!-- ALL-CONTRIBUTORS-BADGE:START -->", "<!-- ALL-CONTRIBUTORS-BADGE:END -->"),
        ("<?include\nfile: quay.md\n?>", "<?/include?>"),
    ],
)
def test_another_tools_part_is_opaque(above: str, below: str) -> None:
    inert = f"{BEGIN}\n\n<!-- docsync:ignore DS203 x -->\n\n<!-- docsync:nonsense -->\n\na\n"
    markers = Marked(f"{above}\n\n{inert}\n{below}\n").markers
    assert (markers.regions, markers.troubles, markers.suppressions) == ((), (), ())
    assert Marked(f"{above}\n\na\n\n{below}\n\n{BEGIN}\n{END}\n").region.id == "boats"
    assert "never ends" in Marked(f"{BEGIN}\n\n{above}\n\n{END}\n\n{below}\n").trouble.message
    assert "not open" in Marked(f"{above}\n\n{BEGIN}\n\n{below}\n\n{END}\n").trouble.message


@pytest.mark.parametrize(
    "lone", ["<!-- toc -->", "<?xml version='1'?>", "<!-- END doctoc -->", "<?/include?>", "<!-- tocstop -->\n\n<!-- toc -->"]
)
def test_half_of_another_tools_part_hides_nothing(lone: str) -> None:
    assert Marked(f"{lone}\n\n{BEGIN}\n{END}\n").region.id == "boats"


def test_a_part_inside_a_part_ends_with_the_outer_one() -> None:
    text = f"<!-- toc -->\n<!--ts-->\n<!--te-->\n{BEGIN}\n<!-- tocstop -->\n"
    assert Marked(text).markers.troubles == ()


def test_marks_that_steer_formatters_hide_nothing() -> None:
    assert Marked(f"<!-- prettier-ignore-start -->\n{BEGIN}\n{END}\n<!-- prettier-ignore-end -->\n").region.id == "boats"


_LINES = st.sampled_from(
    [
        BEGIN,
        END,
        "<!-- docsync:end quays -->",
        '<!-- docsync:begin quays view="t" -->',
        "<!-- docsync:begin -->",
        "<!-- docsync:ignore DS203 x -->",
        "<!-- docsync:claim a.b -->",
        "<!-- toc -->",
        "<!-- tocstop -->",
        "```",
        "<div>",
        "</div>",
        "",
        "",
        "a",
        "# b",
        "| a |",
        "|---|",
    ]
)
_PREFIXES = st.sampled_from(["", "", "", "", "> ", "- ", "  ", "    "])


@given(st.lists(st.tuples(_PREFIXES, _LINES).map("".join), max_size=12).map("\n".join))
def test_whatever_stands_there_regions_are_sound_or_there_are_none(text: str) -> None:
    marked = Marked(text)
    assert not (marked.markers.regions and marked.markers.troubles)
    last = 0
    for region in marked.markers.regions:
        assert last <= region.begin.start < region.begin.end <= region.body.start <= region.body.end <= region.end.start
        assert marked.source.slice(region.body) == region.text
        assert marked.source.slice(region.begin).startswith(f"<!-- docsync:begin {region.id} ")
        assert marked.source.slice(region.end) == f"<!-- docsync:end {region.id} -->"
        assert text[region.begin.end : region.body.start].strip() == ""
        assert text[region.body.end : region.end.start].strip(" >-") == ""
        last = region.end.end
    names = [region.id for region in marked.markers.regions]
    assert len(names) == len(set(names))


@given(st.text('<!->docsync:begin end a="\n -', max_size=80))
def test_no_comment_is_too_odd(text: str) -> None:
    assert Marked(f"<!-- docsync:{text}").markers.regions == ()
