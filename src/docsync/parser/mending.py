"""What a text that was decoded wrongly says once it is understood, with every place in it as it really stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict, replace

from docsync.models.document import DocumentFacts, Trouble
from docsync.text.edits import apply
from docsync.text.mojibake import Damage, find_damage, mapped
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile, line_index
from docsync.text.spans import Span

CODE: Final = "DS017"

_HELP: Final = "`docsync repair --diff` shows what it would put right, `docsync repair` writes it"


class Mended(Struct, frozen=True):
    """Hold a file as it was meant, beside the file as it stands; nothing is ever written from it.

    `starts` are where the repaired pieces begin in the meant text; `pieces` give each one's span there and as it stands.
    """

    meant: SourceFile
    stands: SourceFile
    damage: Damage
    starts: tuple[int, ...]
    pieces: tuple[tuple[Span, Span], ...]

    def span(self, span: Span) -> Span:
        """Give the span of the text as it stands for one of the meant text."""
        return Span(self._offset(span.start), self._offset(span.end))

    def _offset(self, offset: int) -> int:
        at = bisect_right(self.starts, offset) - 1
        if at < 0:
            return offset
        meant, stands = self.pieces[at]
        return stands.start if offset < meant.end else stands.end + offset - meant.end


def mend(source: SourceFile) -> Mended | None:
    """Give the file as it was meant; None where nothing was decoded wrongly, as in nearly all."""
    damage = find_damage(source.text)
    if damage is None:
        return None
    text = apply(source.text, damage.repairs)
    pieces = tuple(mapped(damage.repairs))
    starts = tuple(meant.start for meant, _ in pieces)
    return Mended(replace(source, text=text, lines=line_index(text)), source, damage, starts, pieces)


def read_mended(mended: Mended, read: Callable[[SourceFile], DocumentFacts], digest: str) -> DocumentFacts:
    """Read the meant text, and give the facts of it with the spans, lines, digest and regions of the file as it stands.

    A Refusal that reading raises points into the file as it stands, too.
    """
    try:
        facts: DocumentFacts = _moved(read(mended.meant), mended.span)
    except Refusal as refusal:
        raise _refusal(refusal, mended) from refusal
    return replace(
        facts,
        digest=digest,
        lines=mended.stands.lines,
        regions=tuple(replace(region, text=mended.stands.slice(region.body)) for region in facts.regions),
        troubles=tuple(sorted((*facts.troubles, _trouble(mended)), key=lambda trouble: trouble.span)),
    )


def _trouble(mended: Mended) -> Trouble:
    damage = mended.damage
    first = damage.repairs[0]
    count = len(damage.repairs)
    places = "1 place was" if count == 1 else f"{count:,} places were"
    said = f"{places} read as {damage.charset} and not as UTF-8: {mended.stands.slice(first.span)} was meant as {first.text}"
    return Trouble(CODE, first.span, said, help=_HELP)


def _refusal(refusal: Refusal, mended: Mended) -> Refusal:
    related = tuple((mended.span(span), message) for span, message in refusal.related)
    lines = mended.stands.lines if refusal.lines else None
    return Refusal(refusal.code, refusal.message, span=mended.span(refusal.span), lines=lines, related=related)


def _moved(value: Any, move: Callable[[Span], Span]) -> Any:  # noqa: ANN401  # a walk through values of any type
    """Give a value with all spans in it moved, and the very same value where it holds none."""
    if isinstance(value, Span):
        return move(value)
    if isinstance(value, tuple):
        items = tuple(_moved(item, move) for item in value)
        return value if all(map(_same, items, value)) else items
    if isinstance(value, Mapping):
        return {key: _moved(item, move) for key, item in value.items()}
    return _moved_parts(value, move) if isinstance(value, Struct) else value


def _moved_parts(value: Struct, move: Callable[[Span], Span]) -> Struct:
    parts = asdict(value)
    moved = {name: _moved(part, move) for name, part in parts.items()}
    changed = {name: part for name, part in moved.items() if part is not parts[name]}
    return replace(value, **changed) if changed else value


def _same(one: object, other: object) -> bool:
    return one is other
