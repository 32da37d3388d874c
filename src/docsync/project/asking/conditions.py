"""Which records meet a condition such as `type=interface`, `estimate>3` or `title~cache`.

Several conditions stand behind each other with commas, and all must hold; `|` stands between values of which one is enough;
a value that holds a bar itself is met by its whole text, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Final, TypeAlias

from msgspec import Struct

from docsync.models.natural import Key, natural
from docsync.models.nearness import meant, nearest
from docsync.models.records import Json, Record
from docsync.models.schema import FieldType
from docsync.models.status import Status, parse_status
from docsync.project.asking.fields import REFERENCES, Fields
from docsync.project.asking.kinds import Unanswerable
from docsync.project.build import answering
from docsync.project.estimates import amount
from docsync.project.index import Project
from docsync.project.names import number_of

Test: TypeAlias = Callable[[Record], bool]

_SIGNS: Final = "!=|!~|<=|>=|==|=|<|>|~"
_CONDITION = re.compile(rf"([^=!<>~,|]+?)\s*({_SIGNS})(.*)", re.DOTALL)
_NEXT = re.compile(rf",(?=\s*[^\W\d][\w \-]*?\s*(?:{_SIGNS}))")
"""A comma that another condition follows; any other belongs to the value."""
_NUMBER = re.compile(r"[~≈]?\s*(-?\d+(?:\.\d+)?)")
_UNIT = re.compile(r"\s*(?:%|[^\W\d_]+\.?)?")
_ORDERED: Final[dict[str, Callable[[Key, Key], bool]]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}
_REMAINING: Final = "open"
_SETTLED: Final = "settled"
_NONE: Final = "none"


class Condition(Struct, frozen=True):
    """Hold one condition as it is written: a field, a sign and a value."""

    field: str
    sign: str
    value: str


def parse_conditions(text: str) -> tuple[Condition, ...]:
    """Read conditions; raises Unanswerable for what is none."""
    return tuple(_parse(part) for part in _NEXT.split(text) if part.strip())


def condition_test(fields: Fields, condition: Condition) -> Test:
    """Give the test of a condition; raises Unanswerable for a field, status or record that there is not."""
    name = fields.named(condition.field)
    if condition.sign in _ORDERED:
        return _order_test(fields, name, condition)
    if condition.sign in ("~", "!~"):
        wanted = condition.value.casefold()
        holds: Test = lambda record: any(wanted in text.casefold() for text in _texts(fields.of(record, name)))  # noqa: E731
    else:
        holds = _any(list(_equal_tests(fields, name, condition.value)))
    return (lambda record: not holds(record)) if condition.sign.startswith("!") else holds


def status_test(project: Project, wanted: Iterable[str]) -> Test:
    """Give the test of having one of some statuses, in any words of the project.

    `open` is all that work remains on, `settled` what nothing more is expected of, `none` what has no status that is one.
    """
    return _any([_status_test(project, one.strip()) for text in wanted for one in text.split(",") if one.strip()])


def _parse(text: str) -> Condition:
    found = _CONDITION.fullmatch(text.strip())
    if found is None:
        raise Unanswerable(
            f"expected a condition such as type=interface, estimate>3 or title~cache, found {text.strip()}; "
            "a field, then one of = != < <= > >= ~ !~, then a value"
        )
    return Condition(found[1].strip(), "=" if found[2] == "==" else found[2], found[3].strip())


def _any(tests: list[Test]) -> Test:
    return tests[0] if len(tests) == 1 else lambda record: any(test(record) for test in tests)


def _status_test(project: Project, word: str) -> Test:
    special: dict[str, Test] = {
        _REMAINING: lambda record: record.status is not None and record.status.is_open,
        _SETTLED: lambda record: record.status is not None and record.status.is_settled,
        _NONE: lambda record: record.status is None,
    }
    if word.casefold() in special:
        return special[word.casefold()]
    wanted = _status(project, word, tuple(special))
    return lambda record: record.status is wanted


def _status(project: Project, word: str, more: tuple[str, ...] = ()) -> Status:
    found = parse_status(word, project.config.words, project.config.emoji)
    if found is None:
        known = (*(status.value for status in Status), *more)
        near = nearest(word, (*known, *project.config.words))
        raise Unanswerable(f"{word} is no status; {f'did you mean {near}?' if near else meant(word, known)}")
    return found


def _equal_tests(fields: Fields, name: str, value: str) -> Iterator[Test]:
    """Give the tests of which one must hold: of each value between bars, and of the whole, as a title may hold a bar."""
    yield from (_equal_test(fields, name, one.strip()) for one in value.split("|"))
    if "|" in value:
        folded = value.casefold()
        yield lambda record: folded in (text.casefold() for text in _texts(fields.of(record, name)))


def _equal_test(fields: Fields, name: str, value: str) -> Test:
    if not value:
        return lambda record: not _texts(fields.of(record, name))
    if name == "status":
        return _status_test(fields.project, value)
    _check_enum(fields, name, value)
    folded = value.casefold()
    number = _number(value)
    named = _meant(fields, name, value)

    def holds(record: Record) -> bool:
        if named and (target := fields.target(record, name)) is not None:
            return id(target) in named
        return any(
            text.casefold() == folded or (number is not None and _number(text) == number)
            for text in _texts(fields.of(record, name))
        )

    return holds


def _meant(fields: Fields, name: str, value: str) -> frozenset[int]:
    """Give the records that a value names, where the field is a reference: `phase=1` and `phase=P1` are the same."""
    kinds = {field.target for spec in fields.specs if (field := spec.fields.get(name)) is not None and field.type in REFERENCES}
    path, _, rest = value.rpartition("#")
    found = [record for kind in kinds for record in answering(fields.project, rest if path else value, kind)]
    return frozenset(id(record) for record in found if not path or record.path.endswith(path))


def _check_enum(fields: Fields, name: str, value: str) -> None:
    specs = [field for spec in fields.specs if (field := spec.fields.get(name)) is not None]
    known = tuple(dict.fromkeys(one for field in specs for one in field.values))
    if specs and all(field.type is FieldType.ENUM for field in specs) and value.casefold() not in map(str.casefold, known):
        raise Unanswerable(f"{name} is never {value}; {meant(value, known)}")


def _order_test(fields: Fields, name: str, condition: Condition) -> Test:
    if not condition.value:
        raise Unanswerable(f"expected a value after {condition.field}{condition.sign}")
    _check_order(fields, name, condition)
    compare = _ORDERED[condition.sign]
    measured = _measured(condition.value)
    wanted = _status(fields.project, condition.value).value if name == "status" else condition.value
    bound = _key(name, wanted, measured=measured)

    def holds(record: Record) -> bool:
        target = fields.target(record, name)
        value: Json = number_of(target) or target.id if target else fields.of(record, name)
        key = _key(name, value, measured=measured)
        return key[0] == bound[0] and compare(key, bound)

    return holds


def _check_order(fields: Fields, name: str, condition: Condition) -> None:
    """Refuse what nothing of a field could ever be compared with, such as the name of another field."""
    types = {field.type for spec in fields.specs if (field := spec.fields.get(name)) is not None}
    value = condition.value
    if name == "progress" or (types and types <= {FieldType.INTEGER, FieldType.NUMBER}):
        wanted, good = "a number", _number(value) is not None
    elif types == {FieldType.DATE}:
        wanted, good = "a date such as 2026-03-31", value[:4].isdigit()
    else:
        return
    if not good:
        said = f"{condition.field}{condition.sign}"
        raise Unanswerable(f"expected {wanted} after {said}, found {value}; docsync query compares one field with another")


def _measured(value: str) -> bool:
    """Tell whether a value has a unit of working time, so that `1d` and `8 hours` compare."""
    found = amount(value)
    return found is not None and found[1] == "hours"


def _key(name: str, value: Json, *, measured: bool) -> Key:
    """Give a value's place in the order: a text that begins with a number counts as that, a date as a text."""
    if isinstance(value, str):
        if name == "status":
            return natural(value, status=True)
        if measured:
            found = amount(value)
            return natural(float(found[0])) if found and found[1] == "hours" else natural(None)
        number = _number(value)
        return natural(value if number is None else float(number))
    return natural(value)


def _number(text: str) -> Decimal | None:
    """Give the number that a text begins with, and is but for a unit: `3d`, `~4 hours`, `90%`; not of a date or an id."""
    found = _NUMBER.match(text.strip())
    if found is None or not _UNIT.fullmatch(text.strip(), found.end()):
        return None
    return Decimal(found[1])


def _texts(value: Json) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, bool):
        return ("yes" if value else "no", "true" if value else "false")
    if isinstance(value, list):
        return tuple(text for item in value for text in _texts(item))
    if isinstance(value, dict):
        return tuple(text for key, item in value.items() for text in (f"{key}: {item}",))
    return (str(value),)
