"""How what was changed by hand in generated text goes home: planned as a change of the records, refused or written as one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from docsync.cache.memory import keep_bodies, keep_written
from docsync.config.values import Config
from docsync.editing.errors import Uneditable
from docsync.editing.planning import Amendment, edits_together
from docsync.editing.values import value_of
from docsync.engine.changing import Changed, Ground, Planned, change
from docsync.engine.changing_records import moving
from docsync.engine.changing_records.setting_fields import find, put
from docsync.engine.changing_records.wishes import Wishes
from docsync.engine.pulling.bodies import read_body
from docsync.engine.pulling.looking import Where, findings_in
from docsync.engine.pulling.offers import Findings, Key, Left, Offer
from docsync.engine.request import Request
from docsync.engine.setting import Setting, setting_of
from docsync.generator.layout import bare
from docsync.generator.meaning import digest, same
from docsync.generator.wording import alike
from docsync.models.diagnostics import Place
from docsync.models.document import DocumentFacts, Region
from docsync.models.status import Status
from docsync.project.index import Project
from docsync.project.pointing import Unfound, pointer


class Pulled(Struct, frozen=True):
    """Say what was pulled, or would be, and what is left; `changed` is None where there is nothing to pull."""

    project: Project
    findings: Findings
    changed: Changed | None = None


class _Pull(Struct):
    """Plan a pull, and remember what was found on the way; what stands at `excused` will come out so anyway."""

    setting: Setting
    excused: frozenset[Place] = frozenset()
    found: Findings = field(default_factory=Findings)

    def plan(self, ground: Ground) -> Planned:
        """Plan all that a home can take; raises Uneditable where two of them cannot be together."""
        commit = self.setting.since.commit if self.setting.since else ""
        where = Where(self.setting.root, self.setting.repository, self.setting.folder, commit)
        everything = findings_in(where, ground.project, self.setting.targets.take)
        offers, refused = _allowed(ground, everything.offers)
        left = tuple(one for one in sorted((*everything.left, *refused), key=_place) if one.place not in self.excused)
        self.found = Findings(offers, left, everything.regions)
        wishes = Wishes()
        for offer in offers:
            _wish(ground, wishes, offer)
        return replace(wishes.planned(ground), absorbed=dict(self.absorbed(ground.project)))

    @property
    def idle(self) -> bool:
        """Tell whether any region says nothing that its records do not say."""
        left = {one.region for one in self.found.left}
        return any(region not in left for region in self.found.regions)

    def absorbed(self, project: Project) -> Iterator[tuple[Key, str]]:
        """Give the regions of which all goes home, so that they may be written again, with what stands there."""
        left = {one.region for one in self.found.left}
        for path, name in self.found.regions:
            if (path, name) not in left:
                region = _region(project.documents[path], name)
                yield (path, name), digest(region.text, region.prefix)


def pull(request: Request, *, write: bool) -> Pulled:
    """Bring home what was changed by hand in the regions of the files that were asked for.

    Where the request names a revision (`since`), what was changed and committed after it is brought home as well. Raises
    JobError and ConfigError where the change cannot be made or would break something; nothing is written then.
    """
    setting = setting_of(request)
    whole = replace(request, paths=(), since="")
    done = _Pull(setting)
    changed = change(whole, done.plan, write=False)
    if not done.found.offers and not done.idle:
        return Pulled(changed.before, done.found)
    come_true = frozenset(_come_true(done.found, changed.before, changed.after))
    if write or come_true:
        done = _Pull(setting, come_true)
        changed = change(whole, done.plan, write=write)
    if write:
        _remember(setting, done, changed)
    return Pulled(changed.before, done.found, changed)


def _allowed(ground: Ground, offers: Iterable[Offer]) -> tuple[tuple[Offer, ...], tuple[Left, ...]]:
    """Part the offers that a home can take from those that it cannot, with the reason why."""
    taken: list[Offer] = []
    left: list[Left] = []
    settling = {one.record.id for one in offers if one.field == "status" and one.values in _SETTLED}
    for offer in offers:
        try:
            _try(ground, offer, settling)
        except (Uneditable, Unfound) as why:
            subject = f"{pointer(ground.project, offer.record)} {offer.field}: {offer.before} → {offer.after}"
            left += (Left(place, region, subject, str(why)) for place, region in offer.places)
        else:
            taken.append(offer)
    return tuple(taken), tuple(left)


_SETTLED = ((Status.RESOLVED.value,), (Status.CANCELLED.value,))


def _try(ground: Ground, offer: Offer, settling: Collection[str]) -> None:
    """Plan one change alone; raises Uneditable or Unfound where it cannot be made."""
    wishes = Wishes()
    _wish(ground, wishes, offer)
    if offer.field == "status" and offer.criterion is None:
        moving.allow(ground, offer.record, Status(offer.values[0]), settling)
    for one in wishes.all():
        amendment = Amendment(one.record, one.values, one.ticks)
        edits_together(ground.source(one.record.path), [amendment], ground.project.config)


def _wish(ground: Ground, wishes: Wishes, offer: Offer) -> None:
    record = find(ground, pointer(ground.project, offer.record))
    if offer.criterion is not None:
        at = next(at for at, one in enumerate(record.criteria) if one.span == offer.criterion.span)
        wishes.of(record).ticks[at] = not offer.criterion.met
        return
    value = value_of(record, ground.project.config, offer.field, offer.values)
    put(ground.project, wishes, record, offer.field, value)


def _come_true(found: Findings, before: Project, after: Project) -> Iterator[Place]:
    """Give where stands what nobody can set, but what will be so once the rest has gone home."""
    expected = {(one.path, one.region): one.body for one in after.expectations}
    for one in found.left:
        region, body = _region(before.documents[one.region[0]], one.region[1]), expected.get(one.region)
        if body is not None and _is_shown(one, region, bare(body, region.prefix), before.config):
            yield one.place


def _is_shown(one: Left, region: Region, body: str, config: Config) -> bool:
    if one.text:
        return any(same(one.text, piece.text) for piece in read_body(body, one.keys).rest.values())
    if one.cell is None:
        return False
    now = read_body(body, one.keys).cells.get(one.cell, ())
    standing = read_body(bare(region.text, region.prefix), one.keys).cells[one.cell]
    return bool(now) and all(alike(now[0].text, piece.text, config) for piece in standing)


def _region(document: DocumentFacts, name: str) -> Region:
    return next(region for region in document.regions if region.id == name)


def _remember(setting: Setting, done: _Pull, changed: Changed) -> None:
    """Remember what stands in the regions that were pulled from, which is docsync's own from now on.

    Where something is left, what should stand there is remembered instead, so that only what is left is told the next time.
    """
    if setting.folder is None:
        return
    exist = frozenset(changed.after.documents)
    own = {key: _region(changed.after.documents[key[0]], key[1]) for key, _ in done.absorbed(changed.before)}
    bodies = {key: bare(one.text, one.prefix) for key, one in own.items()}
    for one in changed.after.expectations:
        key = (one.path, one.region)
        if key in done.found.regions and key not in own and one.body is not None:
            bodies[key] = bare(one.body, _region(changed.after.documents[one.path], one.region).prefix)
    keep_written(setting.folder, {key: digest(one.text, one.prefix) for key, one in own.items()}, exist)
    keep_bodies(setting.folder, bodies, exist)


def _place(left: Left) -> Place:
    return left.place
