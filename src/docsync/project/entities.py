"""Which statuses the documents give to things, thing by thing; of what has a home, only what is implied or past."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.claims import LIVING, Form, Mention
from docsync.models.diagnostics import Place
from docsync.models.document import DocumentFacts
from docsync.models.status import Status, parse_status
from docsync.project.build import resolve
from docsync.project.circles import circles, in_circles, name_words
from docsync.project.derived import derived, documents, entry
from docsync.project.index import Project
from docsync.project.names import names_of
from docsync.project.things import Names, gists, thing

BEGUN: Final = "to be begun"
"""The words that stand for a status which a list of what comes next gives without saying it."""

_ORDER: Final = (
    Status.PENDING,
    Status.BLOCKED,
    Status.READY,
    Status.DEFERRED,
    Status.IN_PROGRESS,
    Status.FAILED,
    Status.CANCELLED,
    Status.RESOLVED,
)
_ORNAMENTS: Final = frozenset({"📋", "🟢", "🟡", "🔴", "⚪"})
"""Signs that adorn headings as often as they state anything."""
_OVER = re.compile(r"\b(?:archive|histor|superseded|obsolete|legacy|old\b|original|initial|previous)", re.IGNORECASE)
_IN_PART: Final = frozenset(
    {
        *("pending", "remaining", "remains", "partial", "partially", "except", "todo", "started", "begun", "skeleton"),
        *("interim", "provisional", "provisionally"),
    }
)
"""Words after an id by which an account says that not all of it was done."""
_TAKEN_BACK = re.compile(
    r"\W*(?:(?:was|is|has\sbeen|had\sto\sbe)\s)?(?:re-?opened|reverted|rolled\sback|taken\sback|regressed)\b", re.IGNORECASE
)
_BEGINS = re.compile(r"(?<!not )(?<!yet )\b(?:started|begun|began|under ?way)\b", re.IGNORECASE)
_HEDGED = re.compile(r"\b(?:potential|partial|almost|nearly|likely|expected|should|would|soon)", re.IGNORECASE)


class Stated(Struct, frozen=True):
    """Hold a status that a document gives, the line, and the words of the name that the thing has there."""

    path: str
    line: int
    mention: Mention
    status: Status
    named: frozenset[str]
    entity: str
    """The thing's name in lower case, the same however it is written."""
    gist: frozenset[str] = frozenset()
    """The longer words that follow the thing's id on the line, where it has no name there."""
    home: bool = False
    """It is the home of the thing that says so."""
    explicit: bool = False
    """The thing has a home, which this status of now is held against by itself."""

    @property
    def place(self) -> Place:
        """Give the place of the status."""
        return Place(self.path, self.mention.span)


class Entity(Struct, frozen=True):
    """Hold what documents that speak of the same things state of one of them, the furthest statuses first.

    `living` are the statuses of now; `over` are the places in accounts of the past where the thing was done, which stays
    true after that moment.
    """

    name: str
    living: tuple[Stated, ...]
    over: tuple[Stated, ...] = ()


Circle = Mapping[str, Entity]


@derived(in_circles)
def entities(project: Project, paths: tuple[str, ...]) -> Circle:
    """Give the things, by circle of documents and by name in lower case; none for a circle that speaks of nothing."""
    told = [stated for path in paths for stated in entry(_stated, project, path) or ()]
    if not told:
        return {}
    again = frozenset[str]().union(*(entry(_taken_back, project, path) or () for path in paths))
    return _circle(told, again)


def circle_of(project: Project, path: str) -> Circle:
    """Give the things that a document and those of its circle speak of."""
    return entry(entities, project, entry(circles, project, path) or path) or {}


def _circle(told: Iterable[Stated], again: frozenset[str]) -> Circle:
    living: dict[str, list[Stated]] = {}
    over: dict[str, list[Stated]] = {}
    for stated in told:
        if stated.mention.scope.living:
            living.setdefault(stated.entity, []).append(stated)
        elif _was_done(stated.mention):
            over.setdefault(stated.entity, []).append(stated)
    found: dict[str, Entity] = {}
    for name in dict.fromkeys((*living, *over)):
        past = () if name in again else over.get(name, ())
        now = sorted(_beside_homes(living.get(name, ())), key=lambda stated: -advancement(stated.status))
        found[name] = Entity(name, tuple(now), tuple(past))
    return found


def _beside_homes(living: Sequence[Stated]) -> Iterator[Stated]:
    """Leave out what is held against a home by itself, and a home that it shows to be behind: that is told already."""
    furthest = max((advancement(stated.status) for stated in living if stated.explicit), default=-1)
    for stated in living:
        if not stated.explicit and not (stated.home and advancement(stated.status) < furthest):
            yield stated


def snapshots(project: Project, document: DocumentFacts) -> Iterator[Entity]:
    """Give what an account of one moment states of the things in it, which is to be true of that moment as a whole.

    A lone sign is passed over: such accounts tick what they tell of, whatever came of it. So is a beginning that is told.
    """
    found: dict[str, list[Stated]] = {}
    for stated in entry(_stated, project, document.path) or () if document.moment else ():
        raw = stated.mention.raw
        if stated.mention.scope.as_of == document.moment and any(map(str.isalpha, raw)) and not _BEGINS.search(raw):
            found.setdefault(stated.entity, []).append(stated)
    for name, places in found.items():
        yield Entity(name, tuple(sorted(places, key=lambda stated: -advancement(stated.status))))


@derived(documents)
def _taken_back(_project: Project, document: DocumentFacts) -> frozenset[str]:
    """Give the names of what was taken up again: that it was done once proves nothing now."""
    named = (mention for mention in document.mentions if mention.name in ("status", "gist"))
    return frozenset(thing(mention.entity) for mention in named if _TAKEN_BACK.match(mention.raw))


def advancement(status: Status) -> int:
    """Rank a status by how far the work is: of two that contradict each other, the lower is usually the one left behind."""
    return _ORDER.index(status)


def same(one: Stated, other: Stated) -> bool:
    """Tell whether two statuses are of one thing: nothing around them, nor the names beside them, tells the things apart."""
    if one.named and other.named and not one.named & other.named:
        return False
    if len(one.gist) > 1 and len(other.gist) > 1 and not one.gist & other.gist:
        return False
    owners = _owners(one)
    return all(numbers & owners.get(word, numbers) for word, numbers in _owners(other).items())


def decorative(mention: Mention) -> bool:
    """Tell whether a status is only a sign where signs are ornaments: in running text, and before `Phase 2: …` in a list."""
    raw = mention.raw.strip()
    if not raw or any(character.isalpha() for character in raw):
        return False
    bullet = mention.form is Form.BULLET and " " in mention.entity
    return mention.form is Form.PROSE or bullet or (raw in _ORNAMENTS and mention.form is not Form.ROW)


@derived(documents, names_of)
def _stated(project: Project, document: DocumentFacts) -> tuple[Stated, ...]:
    return tuple(_told(project, document))


def _told(project: Project, document: DocumentFacts) -> Iterator[Stated]:
    yield from _of_records(document)
    said = tuple(_statuses(document.mentions))
    if not said:
        return
    names, after = Names(document), dict(gists(document))
    for mention, implied in said:
        if mention.status is None or decorative(mention):
            continue
        explicit = mention.scope.living and not implied and resolve(project, mention.entity, beside=document.path) is not None
        if _is_compared(mention, document):
            entity, line = thing(mention.entity), document.lines.line(mention.span.start)
            named = names.of(mention, entity, line)
            gist = after.get((entity, line), frozenset())
            if named is None or not (mention.scope.living or mention.status.is_open or gist.isdisjoint(_IN_PART)):
                continue
            yield Stated(document.path, line, mention, mention.status, named, entity, gist, explicit=explicit)


def _is_compared(mention: Mention, document: DocumentFacts) -> bool:
    own = document.moment and mention.scope.as_of == document.moment and mention.scope.comparable
    return mention.scope.living or _was_done(mention) or bool(own)


def _of_records(document: DocumentFacts) -> Iterator[Stated]:
    """Give what the homes of records say of them, to be held against what is only implied or told of the past."""
    for record in document.records:
        written = record.fields.get("status")
        if written is None or record.status is None:
            continue
        entity, line = thing(record.id), document.lines.line(written.span.start)
        mention = Mention(record.id, written.span, Form.KEY_VALUE, LIVING, "status", written.raw, status=record.status)
        yield Stated(document.path, line, mention, record.status, name_words(record.title), entity, home=True)


def _statuses(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, bool]]:
    """Give the statuses; what a row or section of phase 2 says of its gate is implied of gate 2."""
    for mention in mentions:
        if mention.name == "status":
            yield mention, False
        elif mention.name in ("gate", "gate_status") and mention.entity.startswith("phase "):
            status = mention.status or parse_status(mention.raw[:80])
            if status is not None:
                gate = f"gate {mention.entity.partition(' ')[2]}"
                yield replace(mention, entity=gate, name="status", status=status), True


def _was_done(mention: Mention) -> bool:
    """Tell whether an account of the past says that a thing was done; what an archive says may be of another plan."""
    scope = mention.scope
    told_of = mention.form is not Form.PROSE or " " not in thing(mention.entity)
    done = mention.status is Status.RESOLVED and scope.comparable and told_of
    return (
        done and _OVER.search(f"{scope.as_of} {' '.join(scope.headings[-1:])}") is None and _HEDGED.search(mention.raw) is None
    )


def _owners(stated: Stated) -> Mapping[str, set[str]]:
    """Give the numbered things around a numbered thing: `phase 1` under `Epic 1` is not that under `Epic 2`."""
    word, _, number = stated.entity.partition(" ")
    owners: dict[str, set[str]] = {}
    for name in stated.mention.scope.entities if number else ():
        owner, _, which = name.casefold().partition(" ")
        if which and owner != word:
            owners.setdefault(owner, set()).add(which)
    return owners
