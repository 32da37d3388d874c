"""Which quantities one statement claims."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.claims import Form, Number, Quantity, Scope
from docsync.parser.claims import traps
from docsync.parser.claims.nouns import Phrase, is_plain_header, is_plural, key_phrase, phrase_after, rest_after
from docsync.parser.claims.numbers import Amount, amounts, read_amount, written_amounts
from docsync.parser.claims.places import Place, RowPlace
from docsync.parser.claims.tails import Tail, tail_after
from docsync.parser.claims.times import change_of, is_aim, is_aim_key, moment_of
from docsync.parser.entities import Named, find_entities
from docsync.parser.statements import Statement
from docsync.parser.vocabulary import Vocabulary
from docsync.text.spans import Span

_NEXT_NUMBER = re.compile(r"(?:,|and|&)\s*\d")
_THEREOF = re.compile(r",\s(?:of which\s)?|;\s|,\sof\s(?:them|those|these)\s")
_ENDS_SHARE = re.compile(r"[\s*_]*(?:[),;.]|$)")
_MOST_ENTITIES = 8
_LONGEST_FRACTION = 40
_LONGEST_BEFORE = 80
_EVERY = frozenset({"all", "both"})
_START = attrgetter("start")


class _Claim(Struct, frozen=True):
    """Hold what is said of an amount, up to `end`; `of` are those just counted of which it is a share."""

    amount: Amount
    phrase: Phrase
    tail: Tail
    end: int
    of: Quantity | None = None


def read_statement(statement: Statement, place: Place | RowPlace, vocabulary: Vocabulary) -> Iterator[Quantity]:
    """Give the quantities of a statement, in order."""
    found = list(written_amounts(statement.text, statement.start, statement.end))
    return _Reader(statement, place, vocabulary).quantities(found) if found else iter(())


class _Reader:
    """Read one statement from left to right; what one quantity has taken in is not read again.

    Most numbers claim nothing, so all that only claims need is worked out when the first one is found.
    """

    def __init__(self, statement: Statement, place: Place | RowPlace, vocabulary: Vocabulary) -> None:
        self.statement = statement
        self.place = place
        self.vocabulary = vocabulary
        self.by_row = place.cell and bool(place.label) and is_plain_header(statement.key)

    def quantities(self, found: Iterable[re.Match[str]]) -> Iterator[Quantity]:
        """Give what the amounts claim, those left out that another claim has taken in or that belong to a name."""
        statement, vocabulary = self.statement, self.vocabulary
        taken = statement.start
        waiting: tuple[Number, int] | None = None
        before: Quantity | None = None
        for written in found:
            if written.start() < taken or self._is_labels(written):
                continue
            amount = read_amount(statement.inline, written)
            if traps.is_position(statement, amount, vocabulary):
                continue
            if amount.sign == "%":
                phrase = self._phrase(amount.end)
                joins = self._joins(phrase)
                waiting = (amount.number, joins) if joins else None
                claim = None if joins else self._percent(amount, phrase)
            else:
                percent = waiting[0] if waiting and waiting[1] == amount.start else None
                claim = self._counted(amount, percent) or self._share_of(before, amount, taken)
            if claim and not self._is_name(amount):
                if before is None and traps.is_template(statement):
                    return
                before, taken = self._quantity(claim), claim.end
                yield before

    @cached_property
    def under(self) -> Phrase | None:
        """Give what the key, or the row's label under a plain header, says is counted."""
        key = self.place.label if self.by_row else self.statement.key
        return key_phrase(key, self.vocabulary) if key else None

    @cached_property
    def scope(self) -> Scope:
        """Give the statement's scope, with the moment that it names for itself."""
        moment = moment_of(self.statement)
        return replace(self.place.scope, as_of=moment) if moment else self.place.scope

    @cached_property
    def entities(self) -> list[Named]:
        """Give what the statement names."""
        return list(find_entities(self.statement.text, self.statement.start, self.statement.end, self.vocabulary))

    def _is_labels(self, written: re.Match[str]) -> bool:
        """Tell whether a number, no percentage, belongs to the word before it."""
        return not written["percent"] and traps.is_labelled(self.statement, written.start(), self.vocabulary)

    def _is_name(self, amount: Amount) -> bool:
        """Tell whether a number is part of a name: the 2 of `Phase 2`."""
        index = bisect_right(self.entities, amount.start, key=_START) - 1
        return index >= 0 and self.entities[index].end > amount.start

    def _phrase(self, start: int) -> Phrase:
        return phrase_after(self.statement.text, start, self.statement.end, self.vocabulary)

    def _tail(self, start: int) -> Tail:
        return tail_after(self.statement.inline, self.statement.text, start, self.statement.end, self.vocabulary)

    def _counted(self, amount: Amount, percent: Number | None) -> _Claim | None:
        first = self._tail(amount.end)
        told = first.percent is not None or first.parts or (first.listed and first.end > amount.end)
        phrase = self._phrase(first.end if told else amount.end)
        start = max(phrase.end, first.end) if told else phrase.end
        tail = _both(first, self._tail(start), phrase) if start > amount.end else first
        if percent is not None and tail.percent is None:
            tail = replace(tail, percent=percent)
        if not self._claims(amount, phrase, tail):
            return None
        return _Claim(amount, phrase, tail, max(tail.end, phrase.end, amount.end))

    def _claims(self, amount: Amount, phrase: Phrase, tail: Tail) -> bool:
        if amount.total is not None:
            return traps.is_fraction(self.statement, amount, phrase, tail, self.vocabulary)
        return traps.is_count(self.statement, amount, phrase, self.vocabulary) or self._bare(amount, phrase)

    def _bare(self, amount: Amount, phrase: Phrase) -> bool:
        """Tell whether a number alone is the value of a key that counts: `Total holes: 19`, `Resolved: 6 (H1, H2)`."""
        statement = self.statement
        if phrase.noun or amount.number.places or not traps.stands_as_value(statement, amount.start) or self.under is None:
            return False
        follows = statement.text[amount.end : min(amount.end + 8, statement.end)].lstrip(" *)")
        if _NEXT_NUMBER.match(follows):  # `Phases: 1, 2, 3` names them
            return False
        follows = follows[:1]
        if follows.isalnum() or (follows and follows in "\0:/.%$-–"):
            return False
        named = traps.is_named_value(self.under, self.place.label if self.by_row else statement.key)
        return named and (not self.place.cell or self._is_of_row())

    def _is_of_row(self) -> bool:
        """Tell whether a cell's number is of what its row is about: a named thing, all of them, or what its label counts."""
        return bool(self.by_row or self.place.row) or self.place.label.lower().startswith("total")

    def _share_of(self, before: Quantity | None, amount: Amount, taken: int) -> _Claim | None:
        """Read a number that says how many of those just counted stand how: the 6 of `19 holes, 6 resolved`."""
        if before is None or before.count is None or before.total is not None or before.state or amount.total is not None:
            return None
        phrase = self._phrase(amount.end)
        between = self.statement.text[taken : amount.start]
        if not phrase.state or phrase.noun or not is_plural(before.noun, self.vocabulary) or not _THEREOF.fullmatch(between):
            return None
        if (
            not _ENDS_SHARE.match(self.statement.text, phrase.end, self.statement.end)
            or amount.number.value > before.count.value
        ):
            return None
        return _Claim(amount, phrase, Tail(end=phrase.end), phrase.end, before)

    def _percent(self, amount: Amount, phrase: Phrase) -> _Claim | None:
        """Read a percentage that stands alone: `62% complete`, the value of a key, or the end of a line about something."""
        statement = self.statement
        if not phrase.state and not (self._is_value(amount) and not phrase.noun and traps.is_progress(statement, amount.start)):
            return None
        return _Claim(amount, phrase, Tail(percent=amount.number, end=amount.end), amount.end)

    def _is_value(self, amount: Amount) -> bool:
        """Tell whether a percentage stands where a value stands, whole."""
        statement = self.statement
        if traps.stands_as_value(statement, amount.start):
            follows = statement.text[amount.end : statement.end].strip(" \0*!.")[:1]
            return not follows.isalnum()
        before = statement.text[max(statement.start, amount.start - 3) : amount.start].strip()
        if before[-1:] == "(" and self.place.form is Form.HEADING and traps.closes_with_remark(statement, amount.end):
            return True
        return before[-1:] in ("(", ":", "-", "–", "—") and traps.closes(statement, amount.end)

    def _joins(self, phrase: Phrase) -> int:
        """Give where the fraction starts that a percentage before a phrase belongs to, else 0.

        `80% (8/10)`, `78% complete (136/175 …)`.
        """
        text, end = self.statement.text, self.statement.end
        at = phrase.end
        while at < end and text[at] in " \t":
            at += 1
        if text[at : at + 1] != "(":
            return 0
        following = next(amounts(self.statement.inline, text, at + 1, min(end, at + _LONGEST_FRACTION)), None)
        return following.start if following and following.total and following.start == at + 1 else 0

    def _quantity(self, claim: _Claim) -> Quantity:
        statement, place = self.statement, self.place
        amount, phrase, tail = claim.amount, claim.phrase, claim.tail
        end = phrase.end if phrase.noun or phrase.state else amount.end
        noun, state, qualifier = self._subject(claim)
        change = change_of(statement, amount.start, end, phrase.qualifier)
        clause = statement.clause(amount.start, end)
        span = statement.inline.span(amount.start, end)
        if tail.percent is not None:
            percent = tail.percent.span
            span = Span(min(span.start, percent.start), max(span.end, percent.end + 1))
        return Quantity(
            span=span,
            text=statement.excerpt(amount.start, end),
            scope=replace(self.scope, as_of=change) if change else self.scope,
            form=Form.KEY_VALUE if statement.key and place.form in (Form.BULLET, Form.PROSE) else place.form,
            count=None if amount.sign == "%" else amount.number,
            total=claim.of.count if claim.of else amount.total,
            percent=tail.percent,
            noun=noun,
            state=state,
            qualifier=qualifier,
            entities=tuple(name for name in self._around(claim, *clause) if name not in tail.listed),
            listed=tail.listed,
            key=self._key(amount),
            every=self._every(amount),
            aim=is_aim(statement, clause[0], amount.start),
            parts=tail.parts,
            rest=rest_after(statement.text, end, statement.end),
            before=self._before(clause[0], amount),
            of=phrase.of,
        )

    def _subject(self, claim: _Claim) -> tuple[str, str, str]:
        """Take noun and state from the key where the claim is its value and does not say them."""
        phrase = claim.phrase
        if claim.of:
            return claim.of.noun, phrase.state, claim.of.qualifier
        if claim.amount.sign == "%" or not traps.stands_as_value(self.statement, claim.amount.start) or self.under is None:
            return phrase.noun, phrase.state, phrase.qualifier
        noun, qualifier = phrase.noun, phrase.qualifier
        if not noun or (noun == self.under.noun and not qualifier):
            noun, qualifier = self.under.noun, self.under.qualifier
        return noun, phrase.state or self.under.state, qualifier

    def _key(self, amount: Amount) -> str:
        """Give the key, or the words before a percentage that closes its line: `Profiles (60%)`."""
        statement = self.statement
        if statement.key or amount.sign != "%":
            return self.place.label if self.by_row and not is_aim_key(statement.key) else statement.key
        before = statement.text[max(statement.start, amount.start - 80) : amount.start]
        return " ".join(before.replace("\0", "").strip(" ([:-–—✅🚧⏳*").split())

    def _before(self, first: int, amount: Amount) -> str:
        """Give the words between the key and an amount in a clause that begins at `first`, code included."""
        start = max(self.statement.value, first, amount.start - _LONGEST_BEFORE)
        return " ".join(self.statement.inline.text[start : amount.start].split()) if start < amount.start else ""

    def _every(self, amount: Amount) -> bool:
        before = self.statement.text[max(self.statement.start, amount.start - 8) : amount.start].split()
        return bool(before) and before[-1].strip("(*").lower() in _EVERY

    def _around(self, claim: _Claim, first: int, last: int) -> tuple[str, ...]:
        """Give the entities of the claim's clause: those inside the claim, then before it, then after it; a row's last."""
        if not self.entities:
            return tuple(dict.fromkeys((*claim.phrase.of, *self.place.row)))
        names = list(claim.phrase.of)
        here = bisect_left(self.entities, claim.amount.start, key=_START)
        before = (named for named in reversed(self.entities[max(0, here - _MOST_ENTITIES) : here]) if named.start >= first)
        after = (named for named in self.entities[here : here + _MOST_ENTITIES] if named.end <= last)
        for named in (*before, *self._in_key(first), *after):
            names.extend(named.names)
        return tuple(dict.fromkeys((*names[: 2 * _MOST_ENTITIES], *self.place.row)))

    def _in_key(self, first: int) -> Iterator[Named]:
        """Give the names in the statement's key, which hold for every clause of it."""
        if self.statement.key and first > self.statement.value and not self.place.cell:
            for named in self.entities[:_MOST_ENTITIES]:
                if named.end <= self.statement.value:
                    yield named


def _both(first: Tail, second: Tail, phrase: Phrase) -> Tail:
    """Join what stands in brackets before and after the noun."""
    if first.end > phrase.end:
        return first
    return Tail(
        first.percent or second.percent, first.parts or second.parts, first.listed or second.listed, max(first.end, second.end)
    )
