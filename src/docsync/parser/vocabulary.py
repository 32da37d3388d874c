"""By which words and signs a project's text is read: the built-in ones and those of its configuration."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Final

from msgspec import Struct, field

from docsync.config.values import Config
from docsync.models.schema import FieldType, KindSpec
from docsync.models.status import EMOJI, WORDS, Status, parse_status
from docsync.parser.name_forms import hint_pattern, named_pattern

NUMBERED: Final = (
    "phase", "gate", "session", "event", "wave", "part", "sprint", "milestone", "stage", "step", "task", "epic", "story",
    "user story", "iteration", "workstream", "track", "week", "day", "batch", "round", "tier", "hole", "criterion", "decision",
)  # fmt: skip
"""The words that name something together with a number or a letter: `Phase 2`, `Track B`."""

LABELS: Final = frozenset(
    """
    appendix article build chapter code column error fig figure group http issue item java level line lines listing milestones
    node no number option page pages pep phases port port pr priority pull q question release requirement rfc row rule scenario
    section series severity slide sprints status steps table template test ticket top type uc us v ver version vol volume weeks
    days point python iso years year month quarter exit returns return first last next past previous every each per within after
    before since until than
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
"""Further words whose number counts nothing: `Top 10`, `Page 3`, `within 5 days`."""

STATES: Final = frozenset(
    """
    satisfied met passing pass passed remaining left outstanding unresolved incomplete verified ticked checked validated
    successful succeeded executed unmet failed failing skipped green total unblocked working operational approved
    covered mapped documented migrated converted integrated tested written created added updated identified
    """.split()  # noqa: SIM905 -- a list of words reads better as text
)
"""The words, beside the status words, that say of counted things how they stand."""

_FIELDS: Final[Mapping[str, str]] = {
    "status": "status", "state": "status", "current_status": "status", "title": "title", "name": "title", "phase": "phase",
    "gate": "gate", "blocks": "blocks", "unblocks": "blocks", "blocked_by": "blocked_by", "depends_on": "depends_on",
    "dependencies": "depends_on", "requires": "depends_on",
}  # fmt: skip


class Vocabulary(Struct, frozen=True, dict=True, eq=False):
    """Hold what the expressions of the per-file stage look words up in; each equals itself only, so caches can be keyed by it.

    `numbered` are the singular words that make a name with a number, `fields` maps every spelling of a title, status or
    relation, normalised as `field_key` does, to the field's name, `nouns` are the words that count records, `custom` the
    kinds of the project.
    """

    words: Mapping[str, Status] = field(default_factory=lambda: WORDS)
    emoji: Mapping[str, Status] = field(default_factory=lambda: EMOJI)
    numbered: tuple[str, ...] = NUMBERED
    fields: Mapping[str, str] = field(default_factory=lambda: _FIELDS)
    nouns: frozenset[str] = frozenset()
    custom: tuple[KindSpec, ...] = ()

    def status(self, text: str) -> Status | None:
        """Read a whole status value."""
        return parse_status(text, self.words, self.emoji)

    @cached_property
    def states(self) -> frozenset[str]:
        """Give every single word that says how counted things stand."""
        return STATES | {word for word in self.words if " " not in word}

    @cached_property
    def state_words(self) -> frozenset[str]:
        """Give every word that a state or status consists of."""
        return self.states | {part for word in self.words for part in word.split()}

    @cached_property
    def openers(self) -> frozenset[str]:
        """Give every word that can be the first of two that say together how counted things stand: `not`, `in`."""
        return frozenset({"not", *(word.partition(" ")[0] for word in self.words if " " in word)})

    @cached_property
    def first_words(self) -> frozenset[str]:
        """Give every word with which a status begins."""
        return frozenset(word.split(maxsplit=1)[0] for word in self.words if word.strip())

    @cached_property
    def labels(self) -> frozenset[str]:
        """Give every word whose following number is its label."""
        plurals = {word + "s" for word in self.numbered}
        return LABELS | plurals | {word.rsplit(" ", 1)[-1] for word in self.numbered}

    @cached_property
    def names(self) -> re.Pattern[str]:
        """Match a name of an entity."""
        return named_pattern(self.numbered)

    @cached_property
    def hints(self) -> re.Pattern[str]:
        """Match what no name of an entity is without."""
        return hint_pattern(self.numbered)

    @cached_property
    def signs(self) -> re.Pattern[str]:
        """Match one status sign with its variation selector."""
        return re.compile("(?:" + "|".join(map(re.escape, sorted(self.emoji, key=len, reverse=True))) + ")\ufe0f?")


DEFAULT: Final = Vocabulary()
"""The vocabulary of a project without any kinds."""


def vocabulary(config: Config) -> Vocabulary:
    """Give the vocabulary of a configuration; worked out once for each."""
    return _vocabulary(_Same(config))


class _Same:
    """Make a configuration, which holds mappings, a key of a cache: it equals itself only."""

    def __init__(self, config: Config) -> None:
        self.config = config

    def __hash__(self) -> int:
        return id(self.config)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.config is self.config


@lru_cache(maxsize=4)
def _vocabulary(same: _Same) -> Vocabulary:
    config = same.config
    fields: dict[str, str] = {}
    for kind in config.kinds.values():
        for spelled, name in kind.aliases.items():
            if name == "title" or kind.fields[name].type is FieldType.STATUS or kind.fields[name].role:
                fields.setdefault(spelled, name)
    nouns = {noun for kind in config.kinds.values() for noun in (kind.name, kind.plural, *kind.nouns)}
    return Vocabulary(
        words=config.words,
        emoji=config.emoji,
        numbered=(*NUMBERED, *(name for name in config.kinds if name not in NUMBERED and name != "metric")),
        fields={**_FIELDS, **fields},
        nouns=frozenset(nouns),
        custom=tuple(kind for kind in config.kinds.values() if not kind.builtin),
    )
