"""What a configuration file chooses, and how its faults are told."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsync.config.errors import ConfigError, ConfigFault
from docsync.config.loading import default_config, load_config, parse_config
from docsync.config.schema import config_schema
from docsync.config.starter import starter_text
from docsync.config.values import Config, Override, RuleChoice
from docsync.models.diagnostics import Severity
from docsync.models.kinds.registry import builtin_specs
from docsync.models.kinds.validation import validate
from docsync.models.schema import FieldSpec, FieldType, HomeRule, Role
from docsync.models.status import EMOJI, WORDS, Status

EVERYTHING: Final = r"""
include = ["plans/**/*.md", "!plans/drafts/"]
exclude = ["plans/old/"]
templates = "views"
fail-on = "error"
max-file-size = 1_000
view-max-bytes = 2_000
view-timeout = 2
follow-links = true

[rules]
ignore = ["DS104", "unknown-id"]
severity = { DS410 = "info" }

[status.words]
"In-the oven" = "in_progress"
[status.emoji]
"🅿️" = "deferred"

[[homes]]
path = "plans/holes/*.md"
kind = "hole"
form = "file"
[[homes]]
path = "risks.md"
kind = "risk"

[kinds.hole]
id = 'Q-\d+'
nouns = ["question", "Questions"]
[kinds.hole.fields.Reviewed-By]
aliases = ["Second pair of eyes"]
required = true
[kinds.hole.fields.blocked_by]
aliases = ["Stuck on"]

[kinds.risk]
id = 'R\d+'
doc = "What may go wrong."
[kinds.risk.fields.likelihood]
type = "enum"
values = ["low", "high"]
doc = "How likely it is."
[kinds.risk.fields.threatens]
type = "references"
target = "phase"
inverse = "holes"
role = "part-of"
"""


def faults(text: str) -> list[tuple[int, str, str, str]]:
    """Give the line, key, message and advice of each fault of a docsync.toml."""
    with pytest.raises(ConfigError) as caught:
        parse_config(text)
    assert {fault.path for fault in caught.value.faults} == {"docsync.toml"}
    return [(fault.line, fault.key, fault.message, fault.help) for fault in caught.value.faults]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    config = load_config(str(tmp_path))
    assert config == default_config()
    assert config.kinds == builtin_specs()
    assert (config.words, config.emoji) == (WORDS, EMOJI)
    assert config.include == ("**/*.md", "**/*.markdown")
    assert config.source == ""
    bare = Config(config.kinds, config.words, config.emoji)
    assert {name for name in Config.__struct_fields__ if getattr(config, name) != getattr(bare, name)} == {"digest"}


def test_every_choice_arrives() -> None:
    config = parse_config(EVERYTHING)
    assert config.include == ("plans/**/*.md", "!plans/drafts/")
    assert config.exclude == ("plans/old/",)
    assert config.templates == "views"
    assert config.fail_on == Severity.ERROR
    assert (config.max_file_size, config.view_max_bytes, config.view_timeout) == (1_000, 2_000, 2.0)
    assert config.follow_links is True
    assert config.rules == RuleChoice(frozenset({"DS104", "unknown-id"}), {"DS410": Severity.INFO})
    assert config.words == {**WORDS, "in the oven": Status.IN_PROGRESS}
    assert config.emoji == {**EMOJI, "🅿": Status.DEFERRED}
    assert config.homes == (HomeRule("plans/holes/*.md", "hole", "file"), HomeRule("risks.md", "risk"))
    assert config.source == "docsync.toml"


def test_a_built_in_kind_is_extended() -> None:
    hole, known = parse_config(EVERYTHING).kinds["hole"], builtin_specs()["hole"]
    assert hole.id_pattern == r"Q-\d+"
    assert hole.plural == "holes"
    assert hole.nouns == ("question", "questions")
    assert hole.builtin
    assert set(hole.fields) == {*known.fields, "reviewed_by"}
    assert hole.fields["reviewed_by"] == FieldSpec(
        "reviewed_by", FieldType.TEXT, required=True, aliases=("second_pair_of_eyes",)
    )
    blocked, before = hole.fields["blocked_by"], known.fields["blocked_by"]
    assert blocked.aliases == (*before.aliases, "stuck_on")
    assert (blocked.type, blocked.role, blocked.inverse, blocked.doc) == (before.type, before.role, before.inverse, before.doc)


def test_a_kind_of_the_project_is_validated_like_the_others() -> None:
    config = parse_config(EVERYTHING)
    risk = config.kinds["risk"]
    assert (risk.plural, risk.nouns, risk.doc, risk.builtin) == ("risks", ("risk", "risks"), "What may go wrong.", False)
    assert risk.fields["threatens"] == FieldSpec(
        "threatens", FieldType.REFERENCES, target="phase", inverse="holes", role=Role.PART_OF
    )
    values, problems = validate(
        risk, {"id": "R1", "likelihood": "hihg", "threatens": "Phases 1–2", "status": "in the oven"}, config.words
    )
    assert values == {"id": "R1", "threatens": ["Phase 1", "Phase 2"], "status": "in_progress"}
    assert [(problem.field, problem.help) for problem in problems] == [("likelihood", "did you mean high?")]


def test_plurals() -> None:
    config = parse_config("[kinds.user-story]\nid='US-1'\n[kinds.essay]\nid='X1'\n[kinds.ox]\nid='O1'\nplural='Oxen'")
    assert {name: config.kinds[name].plural for name in ("user-story", "essay", "ox")} == {
        "user-story": "user stories",
        "essay": "essays",
        "ox": "oxen",
    }
    assert config.kinds["ox"].nouns == ("ox", "oxen")


def test_the_shared_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n[tool.docsync]\ntemplates = 'views'\n")
    config = load_config(str(tmp_path))
    assert (config.templates, config.source) == ("views", "pyproject.toml")


@pytest.mark.parametrize(
    "text", ["[project]\nname = 'docsync'\n", "not TOML at all [", "[tool]\nx = 'docsync'\n", "tool = 'docsync'"]
)
def test_a_shared_file_that_does_not_configure_docsync_is_left_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert load_config(str(tmp_path)) == default_config()


def test_two_files_are_one_too_many(tmp_path: Path) -> None:
    (tmp_path / "docsync.toml").write_text("")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n\n[tool.docsync]\n")
    with pytest.raises(ConfigError) as caught:
        load_config(str(tmp_path))
    message = "both docsync.toml and [tool.docsync] of pyproject.toml configure docsync"
    assert caught.value.faults == (ConfigFault("pyproject.toml", 4, "", message, "keep one of the two"),)


def test_beside_its_own_file_a_broken_shared_one_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "docsync.toml").write_text("templates = 'views'")
    (tmp_path / "pyproject.toml").write_text("[tool.docsync\n")
    assert load_config(str(tmp_path)).templates == "views"


@pytest.mark.parametrize(
    ("text", "line", "key", "message"),
    [
        ("[tool.docsync\n", 1, "", "no TOML"),
        ("[tool]\ndocsync = 3\n", 2, "tool.docsync", "expected a table"),
        ("[[tool.docsync]]\n", 1, "tool.docsync", "expected a table"),
        ("[tool.docsync]\n\nincldue = []\n", 3, "tool.docsync.incldue", "there is no such key"),
        ("[tool]\ndocsync.rules.ignore = [1]\n", 2, "tool.docsync.rules.ignore[1]", "expected a string, found 1"),
    ],
)
def test_faults_of_the_shared_file(tmp_path: Path, text: str, line: int, key: str, message: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_config(str(tmp_path))
    (fault,) = caught.value.faults
    assert (fault.path, fault.line, fault.key) == ("pyproject.toml", line, key)
    assert fault.message.startswith(message)


@pytest.mark.parametrize(
    ("raw", "line", "message"),
    [
        (b"a = 1\n\xff = 2\n", 2, "the file is not UTF-8"),
        (b"a = \n", 1, "no TOML: Invalid value"),
        (b"x = " + b"[" * 100_000, 0, "lists or tables inside each other too deep"),
        (b"x = 1" + b"0" * 5_000, 0, "no TOML: Exceeds the limit"),
        (b"#" * 1_000_001, 0, "the file has more than 1,000,000 bytes"),
    ],
    ids=range(5),
)
def test_unreadable_files(tmp_path: Path, raw: bytes, line: int, message: str) -> None:
    (tmp_path / "docsync.toml").write_bytes(raw)
    with pytest.raises(ConfigError) as caught:
        load_config(str(tmp_path))
    (fault,) = caught.value.faults
    assert (fault.path, fault.line, fault.key) == ("docsync.toml", line, "")
    assert fault.message.startswith(message)


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    (tmp_path / "docsync.toml").write_bytes(b"\xef\xbb\xbf# x\r\ntemplates = 'views'\r\nfail-on = 'x'\r\n")
    with pytest.raises(ConfigError) as caught:
        load_config(str(tmp_path))
    assert [fault.line for fault in caught.value.faults] == [3]


def test_what_is_no_file_configures_nothing(tmp_path: Path) -> None:
    (tmp_path / "docsync.toml").mkdir()
    os.mkfifo(tmp_path / "pyproject.toml")
    assert load_config(str(tmp_path)) == default_config()


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "docsync.toml").symlink_to("docsync.toml")
    with pytest.raises(ConfigError, match=r"^docsync.toml: the file cannot be read: "):
        load_config(str(tmp_path))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("incldue = []", (1, "incldue", "there is no such key", "did you mean include?")),
        ("\nfail_on = 'error'", (2, "fail_on", "there is no such key", "did you mean fail-on?")),
        ("include = 'a'", (1, "include", 'expected a list, found "a"', "")),
        ("include = ['a', 3]", (1, "include[2]", "expected a string, found 3", "")),
        ("follow-links = 'no'", (1, "follow-links", 'expected true or false, found "no"', "")),
        ("max-file-size = '2 MB'", (1, "max-file-size", 'expected a whole number, found "2 MB"', "")),
        ("max-file-size = true", (1, "max-file-size", "expected a whole number, found true", "")),
        ("max-file-size = 0", (1, "max-file-size", "must be greater than or equal to 1, found 0", "")),
        (
            "max-file-size = 999999999999",
            (1, "max-file-size", "must be less than or equal to 100000000, found 999999999999", ""),
        ),
        ("view-timeout = inf", (1, "view-timeout", "must be a finite number, found inf", "")),
        ("view-timeout = 'long'", (1, "view-timeout", 'expected a number, found "long"', "")),
        ("templates = {}", (1, "templates", "expected a string, found a table", "")),
        ("kinds = []", (1, "kinds", "expected a table, found a list", "")),
        ("rules = 1", (1, "rules", "expected a table, found 1", "")),
        ("fail-on = 'warn'", (1, "fail-on", 'expected one of info, warning, error, found "warn"', "did you mean warning?")),
        (f"fail-on = '{'w' * 100}'", (1, "fail-on", f'expected one of info, warning, error, found "{"w" * 58}…', "")),
        ("templates = '../x'", (1, "templates", "../x is outside the project", "name a folder below the root")),
        ("templates = '/x'", (1, "templates", "/x is outside the project", "name a folder below the root")),
        ("templates = 'C:x'", (1, "templates", "C:x is outside the project", "name a folder below the root")),
        (
            "include = ['a', '../b/*.md']",
            (1, "include[2]", "../b/*.md leads out of the project", "patterns are relative to the root"),
        ),
        (
            "exclude = ['a\\..\\b']".replace("\\", "\\"),
            (1, "exclude[1]", "a\\..\\b leads out of the project", "patterns are relative to the root"),
        ),
        ("exclude = ['! /']", (1, "exclude[1]", "a pattern that matches nothing", "")),
        ("include = ['']", (1, "include[1]", 'String must have at least 1 character, found ""', "")),
        ("[[homes]]\nkind = 'hole'", (1, "homes[1].path", "the key is missing", "")),
        ("[[homes]]\npath = 'x'\nkind = 'holes'", (3, "homes[1].kind", "there is no kind holes", "did you mean hole?")),
        (
            "[[homes]]\npath = 'x'\nkind = 'hole'\n[[homes]]\npath = '..'\nkind = 'hole'",
            (5, "homes[2].path", ".. leads out of the project", "patterns are relative to the root"),
        ),
        (
            "[[homes]]\npath = 'x'\nkind = 'hole'\nform = 'section'",
            (4, "homes[1].form", 'expected one of file, sections, rows, items, found "section"', "did you mean sections?"),
        ),
        (
            "[rules]\nignore = [\n  'DSX',\n]",
            (
                2,
                "rules.ignore[1]",
                "expected a code such as DS203, or a rule's name in small letters with hyphens, found DSX",
                "",
            ),
        ),
        (
            "[rules.severity]\nUnknownId = 'info'",
            (
                2,
                "rules.severity.UnknownId",
                "expected a code such as DS203, or a rule's name in small letters with hyphens, found UnknownId",
                "",
            ),
        ),
        ("rules.severity.DS203 = 1", (1, "rules.severity.DS203", "expected one of info, warning, error, found 1", "")),
        ("[rules]\nignored = []", (2, "rules.ignored", "there is no such key", "did you mean ignore?")),
        ("[status]\nword = {}", (2, "status.word", "there is no such key", "did you mean words?")),
        (
            "[status.words]\n'done-ish' = 'resovled'",
            (
                2,
                "status.words.done-ish",
                'expected one of pending, ready, in_progress, blocked, resolved, deferred, cancelled, failed, found "resovled"',
                "did you mean resolved?",
            ),
        ),
        (
            "[status.words]\n'✅' = 'resolved'",
            (2, "status.words.✅", "a status word is made of letters; signs belong into status.emoji", ""),
        ),
        ("[status.emoji]\nx = 'resolved'", (2, "status.emoji.x", "a status sign is one character, and no letter or digit", "")),
        (
            "[kinds.holes]\nplural = 'x'",
            (1, "kinds.holes", "a new kind needs id, a regular expression for its ids", "did you mean hole?"),
        ),
        ("[kinds.Risk]\nid = 'R1'", (1, "kinds.Risk", 'expected a name of small letters, digits, - and _, found "Risk"', "")),
        (
            "[kinds.risk]\nid = 'R('",
            (2, "kinds.risk.id", "no regular expression: missing ), unterminated subpattern at position 1", ""),
        ),
        (
            "[kinds.risk]\nid = 'R1'\nplural = 'holes'",
            (3, "kinds.risk.plural", "the plural holes is taken by the kind hole", "give plural"),
        ),
        (
            "[kinds.hole]\nplural = 'criteria'",
            (2, "kinds.hole.plural", "the plural criteria is taken by the criteria of records", ""),
        ),
        ("[kinds.hole]\nfield = {}", (2, "kinds.hole.field", "there is no such key", "did you mean fields?")),
        ("[kinds.hole.fields.x]\ntyp = 'text'", (2, "kinds.hole.fields.x.typ", "there is no such key", "did you mean type?")),
        (
            "[kinds.hole.fields.x]\ntype = 'int'",
            (
                2,
                "kinds.hole.fields.x.type",
                f'expected one of {", ".join(FieldType)}, found "int"',
                "",
            ),
        ),
        ("[kinds.hole.fields.status]\ntype = 'text'", (2, "kinds.hole.fields.status.type", "the type of status is fixed", "")),
        ("[kinds.hole.fields.x]\ntype = 'enum'", (1, "kinds.hole.fields.x.values", "an enumeration needs values", "")),
        (
            "[kinds.hole.fields.x]\nvalues = ['a']",
            (2, "kinds.hole.fields.x.values", "values belong to the type enum, and this is text", ""),
        ),
        (
            "[kinds.hole.fields.x]\ntarget = 'hole'",
            (2, "kinds.hole.fields.x.target", "target belongs to the types reference and references, and this is text", ""),
        ),
        (
            "[kinds.hole.fields.x]\ntype = 'reference'\ntarget = 'phases'",
            (3, "kinds.hole.fields.x.target", "there is no kind phases", "did you mean phase?"),
        ),
        (
            "[kinds.hole.fields.x]\ntype = 'reference'\ntarget = 'phase'\ninverse = 'hole'",
            (4, "kinds.hole.fields.x.inverse", "there is no reference hole", "did you mean holes?"),
        ),
        (
            "[kinds.hole.fields.x]\ntype = 'reference'\ninverse = 'Blocks'\nrole = 'part-of'",
            (4, "kinds.hole.fields.x.role", "a part needs target, the kind that it is part of", ""),
        ),
        (
            "[kinds.hole.fields.x]\ntype = 'reference'\nrole = 'need'",
            (3, "kinds.hole.fields.x.role", 'expected one of needs, holds, part-of, found "need"', "did you mean needs?"),
        ),
        (
            "[kinds.hole.fields.x]\naliases = ['Depends on']",
            (2, "kinds.hole.fields.x.aliases", "Depends on is a name of the field blocked_by already", ""),
        ),
        ("[kinds.hole.fields.1x]", (1, "kinds.hole.fields.1x", "the name of a field begins with a letter", "")),
        (
            "[kinds.hole.fields.'a b']\n[kinds.hole.fields.a_b]",
            (1, "kinds.hole.fields", "two fields have the same name, but for case and signs", ""),
        ),
    ],
)
def test_each_fault_names_key_line_and_near_miss(text: str, expected: tuple[int, str, str, str]) -> None:
    assert faults(text) == [expected]


def test_all_faults_are_told_at_once() -> None:
    text = "fail-on = 'x'\nview-timeout = -1\n[rules]\nnope = 1\n"
    assert [fault[:2] for fault in faults(text)] == [(1, "fail-on"), (2, "view-timeout"), (4, "rules.nope")]
    with pytest.raises(ConfigError) as caught:
        parse_config(text)
    assert str(caught.value).splitlines()[2] == (
        "docsync.toml:4: rules.nope: there is no such key; known are select, ignore, severity"
    )


def test_rules_are_chosen_by_code_name_and_the_beginning_of_a_code() -> None:
    text = """
        rules.select = ["DS2", "ALL", "unknown-id"]
        [[overrides]]
        path = "docs/archive/"
        ignore = ["DS3"]
        severity = { DS502 = "info" }
    """
    config = parse_config(text)
    assert config.rules.selected == {"DS2", "ALL", "unknown-id"}
    assert config.overrides == (Override("docs/archive/", frozenset({"DS3"}), {"DS502": Severity.INFO}),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[overrides]]\nignore = ['DS3']", (1, "overrides[1].path", "the key is missing")),
        ("[[overrides]]\npath = '../x'", (2, "overrides[1].path", "../x leads out of the project")),
        ("[[overrides]]\npath = 'x'\nselect = ['DS3']", (3, "overrides[1].select", "there is no such key")),
        ("[[overrides]]\npath = 'x'\nignore = ['DS3021']", (3, "overrides[1].ignore[1]", "expected a code")),
        ("[[overrides]]\npath = 'x'\nseverity = { DS3 = 'info' }", (3, "overrides[1].severity.DS3", "expected a code")),
    ],
)
def test_faults_of_overrides_are_told(text: str, expected: tuple[int, str, str]) -> None:
    ((line, key, message, *_),) = faults(text)
    assert (line, key) == expected[:2]
    assert message.startswith(expected[2])


def test_a_fault_without_a_line_names_the_file() -> None:
    assert str(ConfigFault("docsync.toml", 0, "", "the file is not UTF-8")) == "docsync.toml: the file is not UTF-8"


def test_a_config_survives_pickling() -> None:
    for config in (default_config(), parse_config(EVERYTHING)):
        assert config.kinds["hole"].aliases
        assert pickle.loads(pickle.dumps(config)) == config


def test_the_digest_tells_choices_apart_and_nothing_else(tmp_path: Path) -> None:
    texts = [
        "",
        "include = ['a']",
        "include = ['a', 'b']",
        "include = ['b', 'a']",
        "view-timeout = 6",
        "[rules]\nignore = ['DS203']",
        "[rules.severity]\nDS203 = 'info'",
        "[status.words]\nx = 'ready'",
        "[status.words]\nx = 'blocked'",
        "[kinds.hole]\ndoc = 'x'",
        "[kinds.hole.fields.x]\n",
        "[kinds.hole.fields.x]\ntype = 'date'",
        "[[homes]]\npath = 'a'\nkind = 'hole'",
    ]
    digests = [parse_config(text).digest for text in texts]
    assert len(set(digests)) == len(texts)
    assert digests[0] == default_config().digest
    assert parse_config('# a remark\n\ninclude = ["a"]').digest == digests[1]
    (tmp_path / "pyproject.toml").write_text("[tool.docsync]\ninclude = ['a']")
    assert load_config(str(tmp_path)).digest == digests[1]


def test_the_digest_is_the_same_in_every_run() -> None:
    code = "from docsync.config.loading import parse_config; import sys; print(parse_config(sys.stdin.read()).digest)"
    text = "[rules]\nignore = ['DS101', 'DS102', 'DS103', 'DS104', 'DS105']"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=text,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert seen == {parse_config(text).digest + "\n"}


def test_the_values_of_a_config_do_not_import_pydantic() -> None:
    code = "import sys, docsync.config.values; print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_json_schema_agrees_with_the_reader() -> None:
    schema = config_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(tomllib.loads(EVERYTHING))
    for text in (
        "incldue = []",
        "include = 'a'",
        "fail-on = 'warn'",
        "[kinds.hole]\nfield = 1",
        "[[homes]]\nkind = 'hole'",
        "max-file-size = 0",
    ):
        assert len(list(validator.iter_errors(tomllib.loads(text)))) == 1
    keys = {name.replace("_", "-") for name in Config.__struct_fields__} - {"source", "digest", "words", "emoji"}
    assert set(schema["properties"]) == keys | {"status"}
    assert all("description" in described for described in schema["properties"].values())


def test_the_starter_changes_nothing_and_shows_every_key() -> None:
    text = starter_text()
    assert parse_config(text).digest == default_config().digest
    live = re.sub(r"^#(?=[\[a-z])", "", text, flags=re.MULTILINE)
    assert parse_config(live).digest == default_config().digest
    shown = set(re.findall(r"^#([a-z-]+) =", text, flags=re.MULTILINE))
    tables = {"rules", "overrides", "status", "homes", "kinds", "evidence"}
    assert shown - {"ignore", "select"} == set(config_schema()["properties"]) - tables
    assert all(f"[{table}" in text for table in tables)
    assert all(len(line) <= 120 for line in text.splitlines())


def test_the_examples_of_the_starter_are_valid() -> None:
    examples = "\n".join(line[4:] for line in starter_text().splitlines() if line.startswith("#   "))
    config = parse_config(examples)
    assert config.rules.ignored == {"DS104"}
    assert config.words["in the oven"] == Status.IN_PROGRESS
    assert config.evidence.node_ids == ("reports/tests.txt",)
    assert config.homes == (HomeRule("docs/holes/*.md", "hole", "file"),)
    assert config.kinds["risk"].fields["likelihood"].required
    assert config.kinds["hole"].fields["reviewer"].aliases == ("reviewed_by",)


TOMLISH: Final = st.lists(
    st.sampled_from(
        [
            *("include", "kinds", "hole", "fields", "rules", "severity", "status", "words", "homes", "path", "kind", "id", "x"),
            *(
                " = ",
                ".",
                "[",
                "]",
                "[[",
                "]]",
                "\n",
                "\n",
                '"',
                "'",
                '"""',
                "'''",
                "{",
                "}",
                ",",
                "#",
                "1",
                "true",
                "[]",
                "{}",
            ),
            *('"a"', "'hole'", "'(a+)+'", "inf", "2026-01-01", "é", "\\", "\r\n"),
        ]
    ),
    max_size=25,
).map("".join)


@given(TOMLISH | st.text(max_size=30))
def test_any_text_is_a_config_or_a_config_error(text: str) -> None:
    try:
        config = parse_config(text)
    except ConfigError as error:
        lines = text.count("\n") + 1
        told = [(fault.path == "docsync.toml", 0 <= fault.line <= lines, bool(fault.message)) for fault in error.faults]
        assert set(told) == {(True, True, True)}
    else:
        assert config.kinds.keys() >= builtin_specs().keys()
