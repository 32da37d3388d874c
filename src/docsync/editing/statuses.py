"""How a status is written so that it looks like the others: the team's word and sign, in the case that stands there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from docsync.config.values import Config
from docsync.editing.site import Site
from docsync.models.records import Field, Home, Record
from docsync.models.status import SIGNS, WORDS, Status, parse_status, word_key

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_QUOTES: Final = ("'", '"')
_WRAPS: Final = ("**", "__", "`", "*", "_")
_JOINED = re.compile(r"[^\W\d_]([_-])[^\W\d_]")
_EMOJI_FORM: Final = "\ufe0f"


def is_box(site: Site, field: Field) -> bool:
    """Tell whether a status is the mark between a checkbox's brackets."""
    text, span = site.source.text, field.span
    return field.span == field.key_span and text[span.start - 1 : span.start] == "[" and text[span.end : span.end + 1] == "]"


def spelled(site: Site, wanted: Status, *, said: str = "") -> str:
    """Spell a status as the records nearest to it do, else like the one that stands there.

    `said` is what a heading, or the text beside an id, says of it so far; empty for the value of a key.
    """
    own = site.written("status")
    present = said or (_plain(own.text, site.record) if own and not is_box(site, own) else "")
    shape = _shape(present, site.config) if present else None
    if said and shape and not shape.words and (sign := sign_of(site, wanted)):
        return sign
    for tier in site.tiers():
        raws = list(_raws((one for one in tier if one.home is site.record.home), wanted, site.config, said=bool(said)))
        alike = [raw for raw in raws if shape and _shape(raw, site.config) == shape]
        if found := _commonest(alike or raws):
            return found
    model = present or _commonest([raw for tier in site.tiers() for raw in _raws(tier, None, site.config, said=bool(said))])
    return _made(model, wanted, site)


def sign_of(site: Site, wanted: Status) -> str:
    """Give the sign by which the records of a document show a status, else docsync's own."""
    for tier in site.tiers():
        signs = (raw for one in tier if one.status is wanted for raw in _raws((one,), wanted, site.config, said=None))
        if found := _commonest([sign for raw in signs for sign in raw if site.config.emoji.get(sign) is wanted]):
            return found
    if site.config.emoji.get(SIGNS[wanted]) is wanted:
        return SIGNS[wanted]
    return next((sign for sign, status in site.config.emoji.items() if status is wanted), "")


class _Shape(Struct, frozen=True):
    """Say whether a spelling holds words, and whether a sign stands before or behind them."""

    words: bool
    sign_first: bool
    sign_last: bool


def _shape(text: str, config: Config) -> _Shape:
    words = _WORD.search(text)
    signs = [at for at, sign in enumerate(text) if sign in config.emoji]
    first = bool(signs) and (words is None or signs[0] < words.start())
    return _Shape(words is not None, first, bool(signs) and not first)


def _raws(records: Iterable[Record], wanted: Status | None, config: Config, *, said: bool | None) -> Iterator[str]:
    """Give how records spell a status, leaving out what says more than that."""
    for record in records:
        written = record.fields.get("status")
        if written is None or (wanted is not None and record.status is not wanted):
            continue
        raw = _plain(written.text, record)
        if (said is None or (written.span == written.key_span) is said) and _is_pure(raw, config):
            yield raw


def _plain(raw: str, record: Record) -> str:
    """Take off the quotes of YAML."""
    quoted = record.home is Home.FILE and len(raw) > 1 and raw[0] == raw[-1] and raw[0] in _QUOTES
    return raw[1:-1] if quoted else raw


def _is_pure(raw: str, config: Config) -> bool:
    """Tell whether a text is a status and nothing else."""
    if "\n" in raw or any(character.isdigit() for character in raw):
        return False
    words = _words(raw)
    return words in config.words if words else any(sign in config.emoji for sign in raw)


def _commonest(raws: Iterable[str]) -> str:
    counts = Counter(raws)
    return counts.most_common(1)[0][0] if counts else ""


def _made(model: str, wanted: Status, site: Site) -> str:
    """Make a spelling of our own in the shape of another."""
    config = site.config
    word = _word(model, wanted, site)
    if not model:
        return word
    shape = _shape(model, config)
    sign = sign_of(site, wanted) if shape.sign_first or shape.sign_last else ""
    if not shape.words:
        return sign or word
    text = f"{sign} {word}" if sign and shape.sign_first else f"{word} {sign}" if sign else word
    wrap = next((one for one in _WRAPS if model.startswith(one) and model.endswith(one) and len(model) > 2 * len(one)), "")
    made = f"{wrap}{text}{wrap}"
    return made if parse_status(made, config.words, config.emoji) is wanted else wanted.value


def _word(model: str, wanted: Status, site: Site) -> str:
    """Give the team's word for a status, in the case of another spelling."""
    words = _own_word(wanted, site)
    letters = " ".join(_WORD.findall(model.replace("_", " ").replace("-", " ")))
    joined = _JOINED.search(model)
    parts = words.split()
    if letters.isupper() and len(letters) > 1:
        parts = [part.upper() for part in parts]
    elif " " in letters and letters.istitle():
        parts = [part.capitalize() for part in parts]
    elif not letters.islower() and (letters or not site.in_front_matter):
        parts[0] = parts[0].capitalize()
    gap = joined[1] if joined else "_" if site.in_front_matter and " " not in letters else " "
    return gap.join(parts)


def _own_word(wanted: Status, site: Site) -> str:
    """Give the word that records in homes of another form use, else one that the project has added, else docsync's."""
    for tier in site.tiers():
        words = (_words(raw) for raw in _raws(tier, wanted, site.config, said=None))
        if found := _commonest(word for word in words if site.config.words.get(word) is wanted):
            return found
    added = (word for word, status in site.config.words.items() if status is wanted and word not in WORDS)
    return next(added, wanted.value.replace("_", " "))


def _words(raw: str) -> str:
    return word_key(" ".join(_WORD.findall(raw.replace("_", " "))))
