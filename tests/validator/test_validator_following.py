"""What rules promise for the sake of those who watch: tried over projects put together at random from all cases' documents."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest
from casefiles import case_files
from msgspec.structs import replace

from docsync.config.loading import load_config
from docsync.config.values import Config
from docsync.engine.reading import read_bytes
from docsync.models.diagnostics import Confirmation, Finding
from docsync.models.document import DocumentFacts
from docsync.project.build import join
from docsync.project.index import Project
from docsync.validator.gathering import is_alone
from docsync.validator.rule import RuleModule
from docsync.validator.rules import REGISTRY
from docsync.validator.run import run

TEXTS = [
    (path, raw)
    for file in case_files()
    for case in file.cases
    for path, raw in case.files.items()
    if raw is not None and path.endswith(".md")
]
ALONE = [pytest.param(rule, id=rule.CODE) for rule in REGISTRY if is_alone(rule)]
KEEPING = [pytest.param(rule, id=rule.CODE) for rule in REGISTRY if hasattr(rule, "by_document")]


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return load_config(str(tmp_path_factory.mktemp("none")))


@pytest.fixture(scope="session")
def documents(config: Config) -> list[DocumentFacts]:
    """Read all documents of all cases, each in a folder of its own or in one of few."""
    chance = random.Random(7)
    named = (_elsewhere(path, number, chance) for number, (path, _) in enumerate(TEXTS))
    return [read_bytes(path, raw, config).facts for path, (_, raw) in zip(named, TEXTS, strict=True)]


def _elsewhere(path: str, number: int, chance: random.Random) -> str:
    name = PurePosixPath(path)
    return f"{chance.choice(('', 'docs/', 'plan/'))}{name.parent.name}{number}/{name.name}"


def results(rule: RuleModule, project: Project) -> list[Finding | Confirmation]:
    return sorted(rule.check(project), key=repr)


def path_of(result: Finding | Confirmation) -> str:
    return result.path if isinstance(result, Confirmation) else result.place.path


@pytest.mark.parametrize("rule", ALONE)
def test_who_looks_at_each_document_alone_gives_the_same_of_it_in_any_company(
    rule: RuleModule, config: Config, documents: list[DocumentFacts]
) -> None:
    chance = random.Random(rule.CODE)
    for _ in range(3):
        chosen = chance.sample(documents, 300)
        each = [result for document in chosen for result in rule.check(join(config, [document]))]
        assert results(rule, join(config, chosen)) == sorted(each, key=repr)
        given = {path_of(one) for document in chosen for one in rule.check(join(config, [document]))}
        assert given <= {document.path for document in chosen}


@pytest.mark.parametrize("rule", KEEPING)
def test_what_a_rule_keeps_is_what_it_gives_when_asked_for_the_first_time(
    rule: RuleModule, config: Config, documents: list[DocumentFacts]
) -> None:
    projects = list(_successive(config, documents, random.Random(rule.CODE)))
    kept = [results(rule, project) for project in projects]
    assert kept == [results(rule, _forgotten(project)) for project in projects]


def _forgotten(project: Project) -> Project:
    """Give the same project with a configuration that nothing was kept for."""
    return join(replace(project.config), project.documents.values())


def _successive(config: Config, documents: list[DocumentFacts], chance: random.Random) -> Iterator[Project]:
    """Give projects of which each has most documents of the one before."""
    chosen = chance.sample(documents, 60)
    for _ in range(12):
        yield join(config, chosen)
        chance.shuffle(chosen)
        chosen = list({one.path: one for one in (*chosen[: chance.randint(50, 60)], *chance.sample(documents, 5))}.values())


@pytest.mark.parametrize("seed", range(6))
def test_a_run_after_others_comes_to_what_it_would_come_to_alone(
    config: Config, documents: list[DocumentFacts], seed: int
) -> None:
    chance = random.Random(seed)
    wanted = (None, _any, _is_in_docs)[seed % 3]
    projects = list(_successive(config, documents, chance))
    kept = [run(project, wanted) for project in projects]
    assert kept == [run(_forgotten(project), wanted) for project in projects]


def _any(_path: str) -> bool:
    return True


def _is_in_docs(path: str) -> bool:
    return path.startswith("docs/")
