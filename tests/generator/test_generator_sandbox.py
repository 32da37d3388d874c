"""What a hostile template gets: nothing but its own failure, told in one line."""

from __future__ import annotations

import pytest

from docsync.generator.environment import Limits, Rendered, Sandbox, render
from docsync.models.records import Json

_LIMITS = Limits(10_000, 5.0)
_CONTEXT: dict[str, Json] = {
    "title": "a|b",
    "record": {"items": "the field", "id": "H1", "path": "plan/H1.md"},
    "ids": ["H1", "H2"],
}


def _render(text: str, *, limits: Limits = _LIMITS, part: str = "") -> Rendered:
    return render(Sandbox({"view.md.j2": text, "part.j2": part}), "view.md.j2", _CONTEXT, limits)


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ ids.__class__.__base__.__subclasses__() }}",
        "{{ title.__init__.__globals__ }}",
        "{{ lipsum.__globals__['os'] }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ joiner.__init__.__globals__ }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ range.__self__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ self.__init__ }}",
        "{{ namespace().__class__ }}",
        "{% macro m() %}{% endmacro %}{{ m.__call__ }}",
        "{% macro m() %}{% endmacro %}{{ m._func }}",
        "{% for i in ids %}{{ loop.__init__.__globals__ }}{% endfor %}",
        "{{ title | attr('__class__') }}",
        "{{ [title] | map(attribute='__class__') | list }}",
        "{{ ids | map('attr', '__class__') | list }}",
        "{{ '{0.__class__}'.format(title) }}",
        "{{ '{x.__class__}'.format_map({'x': title}) }}",
        "{{ ('{0.__' ~ 'class__}').format(title) }}",
        "{{ title.format.__self__ }}",
        "{{ ids | groupby('__class__') }}",
        "{{ config }}",
        "{{ request }}",
        "{{ get_flashed_messages }}",
        "{{ now() }}",
        "{{ open('/etc/passwd') }}",
    ],
)
def test_no_way_leads_out_of_the_sandbox(text: str) -> None:
    rendered = _render(text)
    assert rendered.text == ""
    assert rendered.failure.startswith("view.md.j2, line 1: ")
    assert "\n" not in rendered.failure


@pytest.mark.parametrize(
    "text",
    [
        "{{ ids.append('x') }}",
        "{{ ids.clear() }}",
        "{{ record.update({'id': 'x'}) }}",
        "{{ record.pop('id') }}",
        "{{ record.setdefault('x', 1) }}",
        "{% set record.id = 'x' %}",
        "{% do ids.append(1) %}",
    ],
)
def test_what_a_template_is_given_stays_as_it_is(text: str) -> None:
    context: dict[str, Json] = {"record": {"id": "H1"}, "ids": ["H1"]}
    assert render(Sandbox({"v.j2": text}), "v.j2", context, _LIMITS).failure
    assert context == {"record": {"id": "H1"}, "ids": ["H1"]}


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("{{ 9 ** 9 ** 9 }}", "view.md.j2, line 1: ** is not allowed here"),
        ("{{ 'x' * 100000000000 }}", "view.md.j2, line 1: a repetition gives over 100,000 items"),
        ("{{ 100000000000 * [0] }}", "view.md.j2, line 1: a repetition gives over 100,000 items"),
        ("{{ '%999999999999d' % 1 }}", "view.md.j2, line 1: % formats no text here; write ~ or a filter"),
        ("{{ none * 2 }}", "view.md.j2, line 1: * is not allowed here"),
        ("{{ range(1000000000) | list }}", "view.md.j2, line 1: Range too big."),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "view.md.j2 calls itself without end, or is nested too deeply"),
        ("{% include 'view.md.j2' %}", "view.md.j2 calls itself without end, or is nested too deeply"),
        ("{% extends 'view.md.j2' %}", "view.md.j2 calls itself without end, or is nested too deeply"),
        ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "view.md.j2 calls itself without end, or is nested too deeply"),
        ("{% include '/etc/passwd' %}", "view.md.j2 includes /etc/passwd, which is no template of the project or of docsync"),
        ("{% include '../secret.j2' %}", "view.md.j2 includes ../secret.j2, which is no template"),
        ("{% import './view.md.j2' as v %}", "view.md.j2 includes ./view.md.j2, which is no template"),
        ("x\n{{ title }", "view.md.j2, line 2: unexpected '}'"),
        ("{% if %}", "view.md.j2, line 1: Expected an expression"),
        ("x\n\n{{ missing }}", "view.md.j2, line 3: 'missing' is undefined"),
        ("{{ record.titel }}", "view.md.j2, line 1: 'dict object' has no attribute 'titel'"),
        ("{{ record }}", "view.md.j2, line 1: a mapping cannot be shown; name one of its keys"),
        ("{{ 1 / 0 }}", "view.md.j2, line 1: division by zero"),
        ("{{ title | nothing }}", "view.md.j2, line 1: No filter named 'nothing'"),
        ("{{ title | format }}", "view.md.j2, line 1: No filter named 'format'"),
        ("{{ ids | random }}", "view.md.j2, line 1: No filter named 'random'"),
        ("{{ 'not today' | fail }}", "not today"),
        ("{{ ids | table([]) }}", "a table needs columns"),
    ],
)
def test_a_failure_says_what_and_where(text: str, failure: str) -> None:
    rendered = _render(text)
    assert rendered.text == ""
    assert rendered.failure.startswith(failure)


def test_a_failure_inside_an_included_template_names_that_one() -> None:
    assert _render("{% include 'part.j2' %}", part="\n\n{{ missing }}").failure.startswith("part.j2, line 3: ")


def test_output_is_bounded_in_bytes() -> None:
    assert _render("{% for i in range(3000) %}é{% endfor %}", limits=Limits(6000, 5.0)).text == "é" * 3000
    over = _render("{% for i in range(3001) %}é{% endfor %}", limits=Limits(6000, 5.0))
    assert over == Rendered(failure="view.md.j2 gives over 6,000 bytes")


def test_time_is_bounded() -> None:
    endless = "{% for i in range(100000) %}{% for j in range(100000) %}{{ 'x' if false }}{% endfor %}{% endfor %}"
    assert _render(endless, limits=Limits(10_000, 0.05)) == Rendered(failure="view.md.j2 takes over 0.05 seconds")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("| {{ title }} |", r"| a\|b |"),
        ("{{ title | safe }}", "a|b"),
        ("{% macro cell(x) %}*{{ x }}*{% endmacro %}{{ cell(title) }}", r"*a\|b*"),
        ("{% set t %}{{ title }}{% endset %}{{ t }}", r"a\|b"),
        ("{% filter upper %}{{ title }}{% endfilter %}", r"A\|B"),
        ("{{ '<!-- docsync:end x -->' }}", r"\<!-- docsync:end x -->"),
        ("{{ '# ' ~ title }}", r"\# a\|b"),
        ("{{ 'x' * 3 ~ 2 * 3 ~ 7 % 4 ~ (2 * [1]) | join }}", "xxx6311"),
        ("{{ record.items }} {{ record['id'] }} {{ record.keys() | list | length }}", "the field H1 3"),
        ("{% set ns = namespace(n=1) %}{% for i in range(3) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}", "4"),
        ("{{ ids }} {{ true }} {{ none }} {{ 2.0 }}", "H1, H2 yes  2"),
        ("{{ 'in_progress' | sign }} {{ 'in_progress' | word }} {{ 'nonsense' | sign }}", "🔄 in progress "),
        ("{{ 33 | percent }} {{ 2.46 | percent }} {{ 1 | percent(3) }} {{ 999 | percent(1000) }}", "33% 2.5% 33% 99%"),
        ("{{ 3 | percent(3) }} {{ 0 | percent(0) }} {{ none | percent }}", "100% — —"),
        (
            "{{ 0 | bar(4) }} {{ 1 | bar(4) }} {{ 50 | bar(4) }} {{ 99 | bar(4) }} {{ 100 | bar(4) }}",
            "░░░░ █░░░ ██░░ ███░ ████",
        ),
        ("{{ none | bar(2) }}{{ 300 | bar(-5) }}{{ 50 | bar(1) }}{{ (100 | bar(5000)) | length }}", "░░██100"),
        (
            "{{ 1 | count('hole') }}, {{ 2 | count('hole') }}, {{ 0 | count('history', 'histories') }}",
            "1 hole, 2 holes, 0 histories",
        ),
        ("{{ [{'id': 'H10'}, {'id': 'H2'}, {'id': ''}] | by('id') | map(attribute='id') | join(',') }}", "H2,H10,"),
        ("{{ [title, 1, none, title | safe] | row }}", r"| a\|b | 1 |  | a|b |"),
        ("{{ record | link({'path': 'docs/deep/STATE.md'}) }}", "[H1](../../plan/H1.md)"),
        ("{{ record | link({'path': 'STATE.md'}) }} {{ record | cell('link') }}", "[H1](plan/H1.md) [H1](plan/H1.md)"),
        ("{{ {'id': 'a[b]', 'path': 'x (1)|.md'} | link({}) }}", r"[a\[b\]](x%20%281%29%7C.md)"),
        ("{{ {'id': 'x', 'path': 'a/\udce9.md'} | link({}) }}", "[x](a/%E9.md)"),
        ("{{ record | cell('nothing') }}", "—"),
        ("{{ 2.50 | text }}", "2.5"),
    ],
)
def test_what_a_template_shows(text: str, shown: str) -> None:
    assert _render(text) == Rendered(shown)


def test_only_named_filters_and_globals_are_there() -> None:
    sandbox = Sandbox({})
    assert set(sandbox.globals) == {"range", "namespace"}
    assert not {"attr", "format", "pprint", "random", "tojson", "urlize", "xmlattr", "e", "escape"} & set(sandbox.filters)
