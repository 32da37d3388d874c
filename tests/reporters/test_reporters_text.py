from __future__ import annotations

import re

import pytest
from report_builders import Sheaf, harbour

from docsync.models.diagnostics import Diagnostic, Place, Report, Severity, Tally
from docsync.reporters.display import Display
from docsync.reporters.text import render
from docsync.text.spans import Span
from docsync.text.width import width

NO_TEXTS = Display(lambda _: None)


def shown(text: str, words: str, *, room: int = 80, message: str = "odd") -> list[str]:
    """Give the source line and the caret line for words in a text."""
    sheaf = Sheaf({"a.md": text})
    report = sheaf.report(sheaf.diagnostic(sheaf.place("a.md", words), message))
    return render(report, Display(sheaf.texts.get, width=room)).split("\n")[1:3]


def underlined(lines: list[str]) -> str:
    """Give what stands above the carets, by columns."""
    source, carets = lines
    start, end = carets.index("^"), len(carets)
    columns: list[str] = []
    for sign in source:
        if width(sign):
            columns += [sign, *[""] * (width(sign) - 1)]
        else:
            columns[-1] += sign
    return "".join(columns[start:end])


def test_carets_stand_under_the_words() -> None:
    assert underlined(shown("The crane lifts 5 tons.\n", "5 tons")) == "5 tons"


def test_wide_signs_before_the_words_shift_the_carets() -> None:
    lines = shown("検査 ✅ crane 検査 done\n", "検査 done")
    assert underlined(lines) == "検査 done"
    assert lines[1].count("^") == 9


def test_combining_signs_take_no_column() -> None:
    assert underlined(shown("cafe\u0301 has 3 chairs\n", "3 chairs")) == "3 chairs"


def test_a_tab_is_shown_as_blanks_and_counted_so() -> None:
    lines = shown("\tone\ttwo\n", "two")
    assert "\t" not in lines[0]
    assert underlined(lines) == "two"


def test_a_place_of_several_lines_is_underlined_to_the_end_of_the_first() -> None:
    assert underlined(shown("keep this\r\nand that\r\n", "this\r\nand")) == "this"


def test_an_empty_place_has_one_caret() -> None:
    sheaf = Sheaf({"a.md": "words\n"})
    report = sheaf.report(sheaf.diagnostic(Place("a.md", Span(5, 5)), "nothing here"))
    assert render(report, Display(sheaf.texts.get)).split("\n")[2] == "      |      ^"


@pytest.mark.parametrize("before", ["", "x" * 50, "x" * 500, "検" * 300, "e\u0301" * 300])
@pytest.mark.parametrize("after", ["", "y" * 50, "y" * 500, "査" * 300])
@pytest.mark.parametrize("words", ["5/8", "z" * 70, "w" * 500])
def test_a_long_line_is_cut_around_the_words(before: str, words: str, after: str) -> None:
    source, carets = shown(f"{before}{words}{after}\n", words, room=80)
    assert width(source) <= 80
    assert width(carets) <= 80
    assert (words if len(words) < 60 else words[:60]) in source
    marked = underlined([source, carets])
    assert marked == words or (marked.endswith("…") and set(marked[:-1]) == {words[0]})
    assert ("…" in source) == (width(before + words + after) > 72)


def test_a_line_of_a_megabyte_is_cut_like_any_other() -> None:
    source, carets = shown("x" * 1_000_000 + " 5/8 " + "y" * 1_000_000, "5/8", room=60)
    assert width(source) <= 60
    assert underlined([source, carets]) == "5/8"


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x9b", "\x07", "\u202e", "\u2066", "\x7f", "\u2028"])
def test_signs_that_steer_a_terminal_are_shown_by_their_escape(sign: str) -> None:
    sheaf = Sheaf({f"{sign}.md": f"say {sign} it\n"})
    report = sheaf.report(sheaf.diagnostic(sheaf.place(f"{sign}.md", "it"), f"has {sign}"), refused=(f"{sign}.md",))
    output = render(report, Display(sheaf.texts.get))
    assert sign[0] not in output
    assert underlined(output.split("\n")[1:3]) == "it"


def test_a_message_stays_on_its_line() -> None:
    sheaf = Sheaf({"a.md": "text\n"})
    report = sheaf.report(sheaf.diagnostic(sheaf.place("a.md", "text"), "one\n::error::two"))
    assert "one\\n::error::two" in render(report, Display(sheaf.texts.get))


def test_no_path_can_give_github_actions_an_order() -> None:
    path = "::error file=x::.md"
    sheaf = Sheaf({path: "::warning::text ##[add-matcher]x\n"})
    report = sheaf.report(sheaf.diagnostic(sheaf.place(path, "text"), "odd"))
    output = render(report, Display(sheaf.texts.get))
    assert not re.search(r"^\s*::", output, re.MULTILINE)
    assert "##[" not in output


def test_a_place_whose_text_is_gone_is_named_without_its_line() -> None:
    sheaf = Sheaf({"a.md": "one\ntwo\n"})
    report = sheaf.report(sheaf.diagnostic(sheaf.place("a.md", "two"), "odd"))
    for texts in ({}, {"a.md": "on"}):
        assert render(report, Display(texts.get)).split("\n")[:2] == [
            "a.md:2:1: error DS203[count-disagrees-with-table] odd",
            "",
        ]


@pytest.mark.parametrize(
    ("text", "span", "carets"), [("# Berths\n", Span(0, 0), 0), ("# B\n \n", Span(4, 5), 0), ("# B\n", Span(0, 1), 1)]
)
def test_a_whole_file_and_a_blank_line_show_no_line(text: str, span: Span, carets: int) -> None:
    sheaf = Sheaf({"a.md": text})
    shown = render(sheaf.report(sheaf.diagnostic(Place("a.md", span), "old")), Display(sheaf.texts.get))
    assert shown.startswith(f"a.md:{1 + text[: span.start].count(chr(10))}:1: error DS203[")
    assert shown.count("^") == carets


def test_nothing_found_is_said_with_what_was_looked_at() -> None:
    report = Report((), Tally(1, 1, 1))
    looked = "Looked at 1 file, 1 record and 1 claim: 1 confirmed, 0 contradicted, 0 unverifiable."
    assert render(report, NO_TEXTS) == f"Nothing found that contradicts.\n{looked}\n"


def test_a_run_that_saw_no_claim_says_so() -> None:
    output = render(Report((), Tally(2000)), NO_TEXTS)
    assert output.endswith(
        "Looked at 2,000 files, 0 records and not one claim that can be checked: this run says nothing about them.\n"
    )


def test_evidence_is_shown_when_asked_for() -> None:
    texts: dict[str, str] = {}
    assert "because: B1 is ready" in render(harbour(), Display(texts.get, evidence=True))
    assert "because" not in render(harbour(), Display(texts.get))


def test_findings_are_counted_by_severity() -> None:
    def some(severity: Severity, count: int) -> list[Diagnostic]:
        return [Diagnostic("DS101", "missing-field", severity, "m", Place("a.md", Span(0, 0)))] * count

    counts = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.INFO: 1}
    found = [diagnostic for severity, count in counts.items() for diagnostic in some(severity, count)]
    assert "\nFound 1 error, 2 warnings and 1 note.\n" in render(Report(tuple(found), Tally(1)), NO_TEXTS)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "Left alone: f0.md.\n"),
        (5, "Left alone: f0.md, f1.md, f2.md, f3.md and f4.md.\n"),
        (7, "Left alone: f0.md, f1.md, f2.md, f3.md, f4.md and 2 more.\n"),
    ],
)
def test_of_many_files_left_alone_the_first_are_named(count: int, said: str) -> None:
    report = Report((), Tally(count), refused=tuple(f"f{at}.md" for at in range(count)))
    assert said in render(report, NO_TEXTS)
