"""Which totals stand beside counts by state: total 20, done 12, open 8."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, combinations, islice
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.blocks import Cell, Fence, Inline, ListItem, Paragraph, Table
from docsync.models.claims import TEMPLATE, Number, Scope
from docsync.models.ties import Part, Tie, TieKind
from docsync.parser.claims.sums.adding import Addend, added, blank
from docsync.parser.claims.sums.measures import Measure, measure, singular
from docsync.parser.claims.sums.outline import PLAIN_LISTINGS, list_items
from docsync.parser.claims.tie_source import TieSource
from docsync.parser.claims.times import is_aim_key
from docsync.parser.masking import mask
from docsync.parser.statements import plain

_KEY = re.compile(r"[\s>*_+-]*(?:[^\w\s*]{1,4}\s+)?(?P<key>[A-Za-z][A-Za-z /_-]{1,40}?)[\s*_]*[:：][\s*_]*(?=[~\d])")
_VALUE = re.compile(
    r"(?P<count>[~≈]?\d[\d,]*)\s*(?P<of>[A-Za-z]+(?:\s[A-Za-z]+)?)?\s*(?:\((?P<percent>\d{1,3}(?:\.\d+)?)\s?%(?P<rest>[^)]*)\)?)?"
)
_TOTAL = re.compile(r"overall|total(?:\s[a-z ]+)?|[a-z ]+\stotal|number\sof\s[a-z ]+|tests", re.IGNORECASE)
_DONE, _WORKED, _WAITING, _REST = "done", "in progress", "waiting", "rest"
_STATES: Final = {
    **dict.fromkeys(
        ("passed", "passing", "resolved", "complete", "completed", "done", "closed", "successful", "succeeded"), _DONE
    ),
    **dict.fromkeys(("fixed", "implemented", "finished", "met"), _DONE),
    **dict.fromkeys(("failed", "failing", "failures"), "failed"),
    **dict.fromkeys(("errors", "errored"), "errors"),
    **dict.fromkeys(("in progress", "wip", "active", "ongoing"), _WORKED),
    **dict.fromkeys(("cancelled", "canceled"), "cancelled"),
    **dict.fromkeys(("not started", "pending", "todo", "to do", "planned"), _WAITING),
    **dict.fromkeys(("remaining", "open", "incomplete", "unresolved", "outstanding", "missing", "not done"), _REST),
    **{word: word for word in ("skipped", "blocked", "ready", "deferred")},
}
_WHOLES: Final = ("total", "overall", "number", "tests")
"""What stands in every key of a total."""
_ENOUGH = 4
_MOST = 8
_KEY_AND_COUNT = 2
_MOST_LINES = 60
_WORDS = re.compile(r"[A-Za-z]{2,}")
_REMARK = re.compile(r"[(,;|]|\s[-–—]\s")
_MOST_WORDS = 2


class _Line(Struct, frozen=True):
    """Hold a line that gives a count under a key: the state that it names, and the percentage in brackets after it.

    `some` tells that it says at length which things it counts, so that there may be others.
    """

    key: str
    state: str
    measure: Measure
    percent: Number | None
    total: bool
    some: bool


def splits(source: TieSource) -> Iterator[Tie]:
    """Give a tie for each total with counts by state beside it, and one for each percentage of such a count."""
    if not _states_whole(source.folded):
        return
    for index in sorted(chain(_single(source), _lists(source))):
        groups = [group for group in _groups(source, index) if len(group) > 1]
        if groups and (scope := source.scopes.of(index)).as_of != TEMPLATE:
            for group in groups:
                yield from _compared(group, scope)


def _states_whole(folded: str) -> bool:
    """Tell, at little cost, whether a text can state a total."""
    return any(map(folded.__contains__, _WHOLES))


def _single(source: TieSource) -> Iterator[int]:
    """Give the indexes of the paragraphs, listings and tables that may hold lines to be compared."""
    for index, block in source.counting:
        if type(block) is Table or (isinstance(block, Paragraph | Fence) and _may_compare(block.inline.text)):
            yield index


def _may_compare(text: str) -> bool:
    return "\n" in text and ":" in text and _states_whole(text.casefold())


def _lists(source: TieSource) -> Iterator[int]:
    """Give the index of the first item of each list that may be compared."""
    blocks, generated, text = source.blocks, source.generated, source.source.text
    for items in source.outline.lists.values():
        start, end = blocks[items[0]].span.start, blocks[items[-1]].span.end
        if source.outline.may_add_up(items) and _states_whole(text[start:end].casefold()):
            yield from islice((index for index in items if not generated.holds(blocks[index].span)), 1)


def _groups(source: TieSource, index: int) -> Iterator[list[_Line]]:
    """Give the lines that stand together: those of a paragraph or listing, the items of a list, the rows of a table."""
    block = source.blocks[index]
    if isinstance(block, ListItem):
        yield list(_items(source, index))
    elif isinstance(block, Table):
        yield _rows(block)
    elif isinstance(block, Paragraph) or (isinstance(block, Fence) and (block.info or "").strip().lower() in PLAIN_LISTINGS):
        yield from _runs(block.inline)


def _items(source: TieSource, first: int) -> Iterator[_Line]:
    for index in list_items(source.outline, first):
        block = source.blocks[index]
        if isinstance(block, ListItem) and first <= index < first + _MOST_LINES and index in source.outline.numbered:
            end = block.inline.text.find("\n")
            line = _line(block.inline, 0, len(block.inline.text) if end < 0 else end)
            if line:
                yield line


def _rows(table: Table) -> list[_Line]:
    """Read the rows of a table of two columns: a key and its count."""
    if len(table.header.cells) < _KEY_AND_COUNT or len(table.rows) > _MOST_LINES:
        return []
    if not _states_whole(plain("\n".join(row.cells[0].text for row in table.rows)).casefold()):
        return []
    return [line for row in table.rows if (line := _cell(plain(row.cells[0].text), row.cells[1]))]


def _cell(key: str, cell: Cell) -> _Line | None:
    return _read(key, mask(cell.text), Inline(cell.text, ((0, cell.span.start),)), 0)


def _runs(inline: Inline) -> Iterator[list[_Line]]:
    """Read the lines of a text, blank ones dividing them."""
    run: list[_Line] = []
    at = 0
    if ":" not in inline.text or inline.text.count("\n") > _MOST_LINES:
        return
    for written in inline.text.split("\n"):
        if not written.strip():
            yield run
            run = []
        elif line := _line(inline, at, at + len(written)):
            run.append(line)
        at += len(written) + 1
    yield run


def _line(inline: Inline, start: int, end: int) -> _Line | None:
    key = _KEY.match(inline.text, start, end)
    return _read(key["key"], mask(inline.text[key.end() : end]), inline, key.end()) if key else None


def _read(key: str, value: str, inline: Inline, at: int) -> _Line | None:
    """Read what stands under a key: a count, no fraction, range or measure."""
    lead = len(value) - len(value.lstrip())
    found = _VALUE.match(value, lead)
    if found is None or value[found.end("count") : found.end("count") + 1] in ("/", "-", ".", "%", "+", "–", ":"):
        return None
    key = " ".join(key.lower().replace("_", " ").split())
    whole = None if is_aim_key(key) else _TOTAL.fullmatch(key)
    state = "" if whole else _state(key)
    start = inline.span(at + found.start("count"), at + found.start("count")).start
    count = measure(found["count"], start)
    if count is None or (not whole and not count.number.exact):
        return None
    percent = None
    if found["percent"]:
        first = at + found.start("percent")
        span = inline.span(first, first + len(found["percent"]))
        percent = Number(Decimal(found["percent"]), span, len(found["percent"].partition(".")[2]))
    after = _REMARK.split(value[found.end("count") :], maxsplit=1)[0]
    return _Line(key, state, count, percent, whole is not None, len(_WORDS.findall(after)) > _MOST_WORDS)


def _state(key: str) -> str:
    """Give the state that a key names, beside at most one counted noun: `Tests passed`, `Resolved holes`."""
    if key in _STATES:
        return _STATES[key]
    first, _, rest = key.partition(" ")
    before, _, last = key.rpartition(" ")
    for state, noun in ((first, rest), (last, before)):
        if state in _STATES and noun and " " not in noun and noun != singular(noun):
            return _STATES[state]
    return ""


def _compared(lines: Sequence[_Line], scope: Scope) -> Iterator[Tie]:
    totals = [line for line in lines if line.total]
    states = [line for line in lines if line.state and not (len(totals) == 1 and _is_of_others(line.key, totals[0].key))]
    names = {line.state for line in states}
    if len(totals) != 1 or not totals[0].measure.number.exact or _DONE not in names:
        return
    if len(names) == len(states) and 1 < len(states) <= _MOST:
        others = sum((line.measure.low for line in lines if not line.total and not line.state), Decimal(0))
        yield from _whole(totals[0], states, others, scope)
    for line in states:
        if line.percent is not None and totals[0].measure.low:
            yield _share(line, totals[0], states, scope)


def _is_of_others(key: str, total: str) -> bool:
    """Tell whether a state counts something that a total names by another noun: `Tasks complete` and `Scenarios total`."""
    nouns, counted = (
        {word for word in text.split() if word not in _STATES and word != singular(word)} for text in (key, total)
    )
    return bool(nouns and counted) and nouns.isdisjoint(counted)


def _whole(total: _Line, states: Sequence[_Line], others: Decimal, scope: Scope) -> Iterator[Tie]:
    """Compare a total with its states, which are all there are where they say so.

    `others` is what lines between them count whose keys name no known state; they may be states of the team's own.
    """
    noun = total.key.replace("total", "").strip()
    like = blank(TieKind.SPLIT, noun, scope, "the counts by state stand beside the total")
    ways = [added(total.measure, [Addend(line.measure, line.key) for line in group], like) for group in _subsets(states)]
    plainest = ways[0]
    missing = total.measure.low - plainest.high
    if any(way.holds for way in ways):
        yield next(way for way in ways if way.holds)
    elif plainest.low > total.measure.number.value or (not 0 < missing <= others and _are_all(states)):
        yield plainest


def _are_all(states: Sequence[_Line]) -> bool:
    """Tell whether states leave none out: done and the rest, passed, failed and skipped, or four of them."""
    names = {line.state for line in states}
    if any(line.some for line in states):
        return False
    return names == {_DONE, _REST} or {_DONE, "failed", "skipped"} <= names or len(names) >= _ENOUGH


def _subsets(states: Sequence[_Line]) -> Iterator[Sequence[_Line]]:
    """Give all states, then fewer: one may be part of another, as the blocked are of the open."""
    yield states
    for size in range(len(states) - 1, 1, -1):
        yield from (group for group in combinations(states, size) if any(line.state == _DONE for line in group))


def _share(line: _Line, total: _Line, states: Sequence[_Line], scope: Scope) -> Tie:
    """Tie a state's percentage to its share of the total, or of all states, or of the total without what was skipped."""
    left_out = sum((other.measure.low for other in states if other.state in ("skipped", "cancelled", "deferred")), Decimal(0))
    wholes = (total.measure.low, sum((other.measure.low for other in states), Decimal(0)), total.measure.low - left_out)
    parts = (_part(line), _part(total))
    like = blank(TieKind.SHARE, line.key, scope, "the count and the total stand beside the percentage")
    if line.percent:
        like = replace(like, stated=line.percent, span=line.percent.span, parts=parts)
    shares = [100 * line.measure.low / whole for whole in wholes if whole > 0]
    ties = [replace(like, low=share, high=share) for share in shares]
    return next((tie for tie in ties if tie.holds), ties[0])


def _part(line: _Line) -> Part:
    return Part(line.measure.number.span, line.key, line.measure.low, line.measure.high)
