"""How a validated configuration becomes the frozen Config."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import asdict, replace

from docsync.config.schema import DocsyncTable
from docsync.config.values import Config, EvidenceFiles, Override, RuleChoice
from docsync.models.schema import HomeRule, KindSpec
from docsync.models.status import EMOJI, WORDS, word_key


def build(table: DocsyncTable, kinds: Mapping[str, KindSpec], source: str = "") -> Config:
    """Build the Config; `source` names the file that the table was read from."""
    config = Config(
        kinds=kinds,
        words={**WORDS, **{word_key(word): status for word, status in table.status.words.items()}},
        emoji={**EMOJI, **{sign.replace("\ufe0f", ""): status for sign, status in table.status.emoji.items()}},
        homes=tuple(HomeRule(home.path, home.kind, home.form or "") for home in table.homes),
        include=tuple(table.include),
        exclude=tuple(table.exclude),
        templates=table.templates,
        rules=RuleChoice(frozenset(table.rules.ignore), dict(table.rules.severity), frozenset(table.rules.select)),
        overrides=tuple(Override(each.path, frozenset(each.ignore), dict(each.severity)) for each in table.overrides),
        evidence=EvidenceFiles(
            junit=tuple(table.evidence.junit),
            coverage=tuple(table.evidence.coverage),
            node_ids=tuple(table.evidence.node_ids),
            sources=tuple(table.evidence.sources),
        ),
        fail_on=table.fail_on,
        max_file_size=table.max_file_size,
        view_max_bytes=table.view_max_bytes,
        view_timeout=table.view_timeout,
        follow_links=table.follow_links,
    )
    return replace(config, source=source, digest=_digest(config))


def _digest(config: Config) -> str:
    """Give a hash of every choice; the order of kinds, fields and patterns is one of them, that of a set is not."""
    text = json.dumps(asdict(config), default=_plain, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain(value: Struct | frozenset[str]) -> object:
    return asdict(value) if isinstance(value, Struct) else sorted(value)
