from __future__ import annotations

import ast
import re
from pathlib import Path

from casefiles import case_files
from making import project

from docsync.models.diagnostics import Severity
from docsync.validator import rules
from docsync.validator.catalogue import Unknown, catalogue, find
from docsync.validator.rules import REGISTRY

FOLDER = Path(rules.__file__).parent
HEADINGS = ["What it does", "Why", "Example", "What to do", "How precision is kept"]


def _page(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def test_every_file_is_one_line_of_the_registry() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    assert {rule.NAME.replace("-", "_") for rule in REGISTRY} == files
    assert len(REGISTRY) == len(files)


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.CODE for rule in REGISTRY]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"DS\d{3}", code) for code in codes)


def test_every_rule_holds_what_a_rule_must() -> None:
    for rule in REGISTRY:
        assert isinstance(rule.SEVERITY, Severity), rule.CODE
        assert isinstance(rule.KEEPS, bool), rule.CODE
        assert list(rule.check(project())) == [] or rule.NAME == "nothing-found"


def test_names_are_kebab_case_and_unique() -> None:
    names = [rule.NAME for rule in REGISTRY]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name) for name in names)


def test_every_rule_has_a_case_file_with_a_bad_and_a_good_case() -> None:
    kinds = {(file.code, file.name): {case.kind for case in file.cases} for file in case_files()}
    assert kinds == {(rule.CODE, rule.NAME): {"bad", "good"} for rule in REGISTRY}
    assert all(file.path.stem == file.code for file in case_files())


def test_every_page_has_the_fixed_headings_with_text_below_each() -> None:
    for path in sorted(FOLDER.glob("[a-z]*.py")):
        summary, *sections = re.split(r"^## (.+)\n", _page(path), flags=re.MULTILINE)
        assert sections[::2] == HEADINGS, path.name
        assert re.fullmatch(r"\S[^\n]*\.\n\n", summary), path.name
        assert all(body.strip() for body in sections[1::2]), path.name


def test_every_example_shows_the_rules_own_code() -> None:
    for rule in REGISTRY:
        example = (rule.__doc__ or "").split("## Example")[1].split("## What to do")[0]
        assert f" {rule.CODE} " in example


def test_rules_that_regenerate_applies() -> None:
    assert {rule.CODE for rule in REGISTRY if rule.KEEPS} == {"DS201", "DS204", "DS210", "DS212", "DS601", "DS603"}


def test_catalogue_gives_all_rules_by_code() -> None:
    assert [rule.CODE for rule in catalogue()] == [rule.CODE for rule in REGISTRY]
    assert all(isinstance(rule.SEVERITY, Severity) for rule in catalogue())


def test_rules_are_found_by_code_and_name_in_any_case() -> None:
    by_code, by_name = find("ds404"), find(" Blocked-By-Resolved ")
    assert not isinstance(by_code, Unknown)
    assert by_code.NAME == "blocked-by-resolved"
    assert by_name is by_code


def test_unknown_rule_names_the_near_miss() -> None:
    assert find("blocked-by-resolve") == Unknown("blocked-by-resolve", "blocked-by-resolved")
    assert find("DS4044") == Unknown("DS4044", "DS404")
    assert find("nothing like it at all") == Unknown("nothing like it at all", "")
