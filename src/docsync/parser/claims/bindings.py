"""Which number of a block each expression of a claim comment is bound to, and which expressions find none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

from msgspec.structs import replace

from docsync.models.blocks import Inline
from docsync.models.claims import Form, Quantity, Scope
from docsync.models.document import Trouble
from docsync.parser.claims.numbers import Amount, amounts
from docsync.parser.claims.traps import is_label
from docsync.parser.masking import mask
from docsync.parser.vocabulary import DEFAULT, Vocabulary
from docsync.parser.written_dates import find_dates
from docsync.text.spans import Span

CODE: Final = "DS211"

_DIGIT: Final = re.compile(r"\d")


class Binding(Protocol):
    """Give what a claim comment must hold: its expressions in order, its span, and that of the block that it covers."""

    @property
    def expressions(self) -> tuple[str, ...]:
        """Give the expressions, one for each quantity of the block."""
        ...

    @property
    def span(self) -> Span:
        """Give the span of the comment."""
        ...

    @property
    def covers(self) -> Span:
        """Give the span of the block after the comment."""
        ...


def bind(quantities: Iterable[Quantity], bindings: Iterable[Binding]) -> tuple[Quantity, ...]:
    """Set the binding of each quantity that stands in a bound block, first expression to first quantity, and sort them.

    Bare numbers are taken only where the block's claims are fewer than the expressions; those left unbound are dropped.
    """
    bound = sorted(quantities, key=lambda quantity: quantity.span)
    starts = [quantity.span.start for quantity in bound]
    for binding in bindings:
        first, last = bisect_left(starts, binding.covers.start), bisect_left(starts, binding.covers.end)
        inside = [index for index in range(first, last) if binding.covers.contains(bound[index].span)]
        claims = [index for index in inside if not bound[index].bare]
        chosen = claims if len(claims) >= len(binding.expressions) else inside
        for index, expression in zip(chosen, binding.expressions, strict=False):
            bound[index] = replace(bound[index], binding=expression)
    return tuple(quantity for quantity in bound if quantity.binding or not quantity.bare)


def unbound(quantities: Sequence[Quantity], bindings: Iterable[Binding]) -> Iterator[Trouble]:
    """Give a trouble for each claim comment whose block has fewer numbers than it binds; `quantities` are what `bind` gave."""
    starts = [quantity.span.start for quantity in quantities]
    for binding in bindings:
        first, last = bisect_left(starts, binding.covers.start), bisect_left(starts, binding.covers.end)
        found = sum(1 for quantity in quantities[first:last] if quantity.binding)
        wanted = len(binding.expressions)
        if found < wanted:
            asked = "a number" if wanted == 1 else f"{wanted} numbers"
            said = f"`docsync:claim` binds {asked}, and the block below it has {found or 'none'}"
            yield Trouble(CODE, binding.span, said, help="move it right above the text with the number, or take it away")


def plain_numbers(
    inline: Inline, known: Sequence[Quantity], scope: Scope, form: Form, vocabulary: Vocabulary = DEFAULT
) -> Iterator[Quantity]:
    """Give the numbers of a bound block that are in no quantity yet: a binding says what inference could not.

    Labels' numbers (`Phase 2`), dates, and numbers inside `known` quantities are none; `known` is in the order of the text.
    """
    text = mask(inline.text)
    whole = inline.whole
    first = bisect_left(known, whole.start, key=_start)
    taken = [quantity.span for quantity in known[first : bisect_left(known, whole.end, key=_start)]]
    days = [inline.span(day.start, day.end) for day in find_dates(text)]
    for amount in amounts(inline, text, 0, len(text)) if _DIGIT.search(text) else ():
        span = inline.span(amount.start, amount.end)
        clear = not any(span.overlaps(other) for other in (*taken, *days))
        if clear and not is_label(text, amount.start, 0, vocabulary):
            yield _plain(amount, span, inline, scope, form)


def _plain(amount: Amount, span: Span, inline: Inline, scope: Scope, form: Form) -> Quantity:
    percent = amount.number if amount.sign == "%" else None
    return Quantity(
        span=span,
        text=inline.text.strip(),
        scope=scope,
        form=form,
        count=None if percent else amount.number,
        total=amount.total,
        percent=percent,
        bare=True,
    )


def _start(quantity: Quantity) -> int:
    return quantity.span.start
