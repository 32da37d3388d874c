"""What a project holds right now: its configuration, its files, and what each of them states."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from docsync.cache.facts import Kept, keep_facts, recall_facts
from docsync.cache.marks import Mark
from docsync.config.values import Config, RuleChoice
from docsync.engine.configuring import configuration
from docsync.engine.discovery import Found, discover
from docsync.engine.fingerprint import Seen, digest, trusted
from docsync.engine.outside import Looked
from docsync.engine.pool import nothing, read_all
from docsync.engine.reading import Read, file_bytes, read_bytes, unlisted
from docsync.engine.request import Targets
from docsync.engine.setting import Setting
from docsync.models.document import DocumentFacts
from docsync.text.refusal import Refusal

_SIZE: Final = 1


class Survey(Struct, frozen=True):
    """Hold a project as it was found; `configured` are the files that its configuration rests on, `reads` are by path.

    `outside` looks at what documents name, and remembers it.
    """

    root: str
    config: Config
    configured: Mapping[str, Seen]
    targets: Targets
    found: Found
    reads: Mapping[str, Read]
    outside: Looked

    @property
    def documents(self) -> tuple[DocumentFacts, ...]:
        """Give the documents, with one for each folder that could not be listed."""
        return (*(read.facts for read in self.reads.values()), *unlisted(self.found.closed))


def survey(setting: Setting, meanwhile: Callable[[], None] = nothing) -> Survey:
    """Find and read all that a project holds, and do something `meanwhile`, if others read it; raises ConfigError."""
    root, stead = setting.root, setting.request.stead
    config, configured = configuration(setting)
    config = _with_rules(setting, config)
    found = discover(root, config, setting.targets, setting.repository)
    reads = _read(setting, config, found, meanwhile)
    if setting.request.stdin is not None:
        (path,) = setting.targets.files
        reads = dict(sorted({**reads, path: read_bytes(path, setting.request.stdin, config)}.items()))
    outside = Looked(root, setting.repository, found, stead, config.evidence)
    return Survey(root, config, configured, setting.targets, found, reads, outside)


def _with_rules(setting: Setting, config: Config) -> Config:
    """Give the configuration with the rules that the request names, where it or the request names any."""
    request = setting.request
    if not (request.select or request.ignore or config.overrides or config.rules != RuleChoice()):
        return config
    from docsync.engine.selecting import check_rules, with_rules  # noqa: PLC0415  # loads every rule, for questions, too

    check_rules(setting.root, config)
    return with_rules(config, request)


def _read(setting: Setting, config: Config, found: Found, meanwhile: Callable[[], None]) -> dict[str, Read]:
    folder = setting.folder if setting.identity else None
    if folder is None:
        sizes = {path: mark[_SIZE] for path, mark in found.files.items()}
        return read_all(setting.root, config, sizes, setting.request.crew, meanwhile)
    identity = digest(f"{setting.identity} {config.digest}".encode()).hex()
    kept = recall_facts(folder, identity)
    known = dict(_known(setting, config, found, kept))
    sizes = {path: mark[_SIZE] for path, mark in found.files.items() if path not in known}
    fresh = read_all(setting.root, config, sizes, setting.request.crew, meanwhile)
    reads = {path: known.get(path) or fresh[path] for path in found.files}
    keep_facts(folder, identity, kept, {(path, read.digest): read.facts for path, read in reads.items() if read.keeps})
    return reads


def _known(setting: Setting, config: Config, found: Found, kept: Kept) -> Iterator[tuple[str, Read]]:
    """Give the files whose bytes are those that facts were kept for; only what may have changed is read to tell."""
    paths = {path for path, _ in kept.facts}
    for path in paths & found.files.keys():
        name = _digest(setting, path, found.files[path], config.max_file_size)
        facts = kept.facts.get((path, name))
        if isinstance(facts, DocumentFacts):
            yield path, Read(name, facts)


def _digest(setting: Setting, path: str, mark: Mark, limit: int) -> bytes:
    before = setting.fingerprint
    seen = before.files.get(path) if before else None
    if before and seen and trusted(seen, mark, before.taken):
        return seen.digest
    try:
        return digest(file_bytes(setting.root, path, limit))
    except Refusal:
        return b""
