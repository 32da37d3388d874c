"""Whether a changed document says, read again, what was wished, and everything else as before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from docsync.editing.errors import Uneditable
from docsync.editing.moves import Moves
from docsync.editing.site import blocks_of
from docsync.editing.structure import displaced
from docsync.models.document import DocumentFacts
from docsync.models.records import Criterion, Json, Record
from docsync.models.schema import FieldType, KindSpec
from docsync.text.edits import Edit, Lost, prove
from docsync.text.source import SourceFile
from docsync.text.spans import Span


class Wish(Struct, frozen=True):
    """Say what a record is to hold: fields by name, None for none, and whether criteria are met, by position."""

    values: Mapping[str, Json] = field(default_factory=dict)
    ticks: Mapping[int, bool] = field(default_factory=dict)


class Version(Struct, frozen=True):
    """Hold a document with its text."""

    source: SourceFile
    facts: DocumentFacts


def prove_change(
    before: Version, edits: Sequence[Edit], after: Version, wishes: Mapping[int, Wish], kinds: Mapping[str, KindSpec]
) -> None:
    """Prove that a change did what was wished and nothing else; raises Uneditable where it did not.

    `wishes` are by the position of a record among those of its document.
    """
    try:
        prove(before.source.text, edits, after.source.text)
    except Lost as lost:
        raise Uneditable(f"{before.source.path}: {lost}; nothing was changed") from lost
    old, new = before.facts.records, after.facts.records
    if [_name(one) for one in old] != [_name(one) for one in new]:
        raise Uneditable(f"{before.source.path}: {_gone(old, new)}; nothing was changed, so change it by hand")
    for position, (was, now) in enumerate(zip(old, new, strict=True)):
        elsewhere = [old[other].span for other in wishes if other != position]
        if fault := next(_differences(was, now, wishes.get(position, Wish()), kinds.get(was.kind), elsewhere), ""):
            line = before.source.lines.line(was.span.start)
            raise Uneditable(f"{before.source.path}:{line}: {fault}; nothing was changed, so change it by hand")
    moves = Moves(edits)
    _prove_claims(before, moves, after)
    _prove_structure(before, moves, after)


def _name(record: Record) -> tuple[str, str, str]:
    return record.kind, record.id, record.home.value


def _gone(old: Iterable[Record], new: Iterable[Record]) -> str:
    were, are = [_name(one) for one in old], [_name(one) for one in new]
    lost = next((name for name in were if name not in are), None)
    if lost:
        return f"{lost[1]} would not be read as a {lost[0]} any more"
    return "the change would make other records of the text"


def _differences(was: Record, now: Record, wish: Wish, kind: KindSpec | None, elsewhere: Sequence[Span]) -> Iterator[str]:
    ticking = {name for name, spec in kind.fields.items() if spec.type is FieldType.CRITERIA} if kind and wish.ticks else set()
    for name in was.values.keys() | now.values.keys() | wish.values.keys():
        if name in wish.values:
            if _bare(now.values.get(name)) != _bare(wish.values[name]):
                said = now.values.get(name)
                yield f"{name} of {was.id} would be read as {_shown(said)} and not as {_shown(wish.values[name])}"
        elif name not in ticking and now.values.get(name) != was.values.get(name):
            yield f"{name} of {was.id} would change, too, from {_shown(was.values.get(name))} to {_shown(now.values.get(name))}"
    if "title" not in wish.values and now.title != was.title:
        yield f"the title of {was.id} would change, too, from {was.title} to {now.title}"
    yield from _criteria(was, now, wish, elsewhere)
    known = {(one.code, one.message) for one in was.problems}
    yield from (
        f"{was.id} would not be valid any more: {one.message}" for one in now.problems if (one.code, one.message) not in known
    )


def _criteria(was: Record, now: Record, wish: Wish, elsewhere: Sequence[Span]) -> Iterator[str]:
    """Compare criteria; a box that is one may be the home of another record that was changed, and then goes with that.

    `elsewhere` marks the ids of the other records that were.
    """
    wanted = [_state(one, wish.ticks, at) for at, one in enumerate(was.criteria)]
    found = [_state(one, {}, at) for at, one in enumerate(now.criteria)]
    shared = [any(one.span.contains(span) for span in elsewhere) for one in was.criteria]
    pairs = zip(wanted, found, shared, strict=False)
    if len(wanted) != len(found) or any(one != other for one, other, is_shared in pairs if not is_shared):
        yield f"the criteria of {was.id} would be read otherwise"


def _state(criterion: Criterion, ticks: Mapping[int, bool], at: int) -> tuple[str, str, bool, bool]:
    return _unsigned(criterion.text), criterion.category, ticks.get(at, criterion.met), criterion.dropped


def _unsigned(text: str) -> str:
    """Leave out a sign at the beginning, which goes with the box."""
    return text.lstrip("✅✓✔☑⏳⬜❌☐\ufe0f ")


def _bare(value: Json) -> Json:
    return None if value in ("", [], {}) else value


def _shown(value: Json) -> str:
    if value is None or value in ("", [], {}):
        return "nothing"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _prove_structure(before: Version, moves: Moves, after: Version) -> None:
    """Compare the blocks of the rest of the text: a new line must not draw what follows it into itself."""
    found = displaced(blocks_of(before.source, before.facts), moves, blocks_of(after.source, after.facts))
    if found is not None:
        at = f"{before.source.path}:{before.source.lines.line(found)}"
        raise Uneditable(
            f"{at}: that line would belong to something else than it does; nothing was changed, so indent it as the rest of"
            " what it belongs to, or make the change by hand"
        )


def _prove_claims(before: Version, moves: Moves, after: Version) -> None:
    """Compare what the rest of the text claims: the same words in the same places, as they have moved."""
    there = {(what, span) for what, span in _claims(after.facts) if not moves.is_new(span)}
    here = {(what, moves.moved(span)): span for what, span in _claims(before.facts) if not moves.touches(span)}
    for what, span in sorted(here.keys() ^ there):
        line = (before if (what, span) in here else after).source.lines.line(
            here[what, span].start if (what, span) in here else span.start
        )
        raise Uneditable(f"{before.source.path}:{line}: a {what} there would be read otherwise; change it by hand")


def _claims(facts: DocumentFacts) -> Iterator[tuple[str, Span]]:
    """Give the spans of all claims, with what each is."""
    yield from (("mention", one.span) for one in facts.mentions)
    yield from (("number", one.span) for one in facts.quantities)
    yield from (("date", one.span) for one in facts.dates)
    yield from (("reference", one.span) for one in facts.references)
    yield from (("region", one.body) for one in facts.regions)
    yield from (("suppression", one.span) for one in facts.suppressions)
    yield from (("heading", one.span) for one in facts.headings)
