from __future__ import annotations

import pytest

from docsync.config.errors import ConfigError
from docsync.config.loading import default_config, parse_config
from docsync.config.values import EvidenceFiles


def test_evidence_is_named_by_patterns() -> None:
    text = "[evidence]\njunit = ['a/*.xml']\ncoverage = ['c.json']\nnode-ids = ['n']\nsources = ['src/**', '!src/gen/']\n"
    found = parse_config(text).evidence
    assert found == EvidenceFiles(("a/*.xml",), ("c.json",), ("n",), ("src/**", "!src/gen/"))
    assert default_config().evidence == EvidenceFiles()
    assert parse_config(text).digest != default_config().digest


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("junits = []", "evidence.junits: there is no such key; did you mean junit?"),
        ("node_ids = []", "evidence.node_ids: there is no such key; did you mean node-ids?"),
        ('junit = "a.xml"', 'evidence.junit: expected a list, found "a.xml"'),
        (
            "coverage = ['../a.xml']",
            "evidence.coverage[1]: ../a.xml leads out of the project; patterns are relative to the root",
        ),
        ("sources = ['/']", "evidence.sources[1]: a pattern that matches nothing"),
        (
            "node-ids = ['a', '!b']",
            "evidence.node-ids[2]: !b takes out what no pattern took in; name the reports that are meant",
        ),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line(line: str, said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        parse_config(f"[evidence]\n{line}\n")
    assert str(refused.value) == f"docsync.toml:2: {said}"
