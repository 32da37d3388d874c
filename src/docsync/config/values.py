"""The frozen Config that every room reads; loading and validating it is `loading`'s and `schema`'s."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from docsync.models.diagnostics import Severity
from docsync.models.schema import HomeRule, KindSpec
from docsync.models.status import Status


class RuleChoice(Struct, frozen=True):
    """Choose rules: `ignored` holds codes or names that are off, `severities` changed ranks by code or name.

    `selected` holds those that are on, empty for all. A code may be cut short, to `DS2`, and `ALL` is every rule.
    """

    ignored: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    selected: frozenset[str] = frozenset()


class Override(Struct, frozen=True):
    """Choose rules for the files that a gitignore pattern matches: `ignored` and `severities` as in a RuleChoice."""

    path: str
    ignored: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)


class EvidenceFiles(Struct, frozen=True):
    """Name the files that prove claims, by patterns relative to the root; where none is named, by convention.

    `sources` are the files that a report speaks of, by gitignore patterns; without any, all that look like code.
    """

    junit: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()
    node_ids: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Config(Struct, frozen=True):
    """Hold a project's choices, all with a default; `digest` changes whenever any of them does.

    `kinds` holds the built-in kinds and the project's own by name. `words` and `emoji` are the whole status vocabulary.
    `templates` is the folder of the project's views, relative to the root. `source` names the file the choices came from,
    empty when there is none. Sizes are in bytes, times in seconds.
    """

    kinds: Mapping[str, KindSpec]
    words: Mapping[str, Status]
    emoji: Mapping[str, Status]
    homes: tuple[HomeRule, ...] = ()
    include: tuple[str, ...] = ("**/*.md", "**/*.markdown")
    exclude: tuple[str, ...] = ()
    templates: str = ""
    rules: RuleChoice = RuleChoice()
    overrides: tuple[Override, ...] = ()
    evidence: EvidenceFiles = EvidenceFiles()
    fail_on: Severity = Severity.WARNING
    max_file_size: int = 2_000_000
    view_max_bytes: int = 1_000_000
    view_timeout: float = 5.0
    follow_links: bool = False
    source: str = ""
    digest: str = ""
