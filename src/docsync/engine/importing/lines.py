"""What a file of issues says: one JSON object a line, in the form that the beads tracker keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final, cast

from msgspec import Struct, field

from docsync.engine.exporting import vocabulary as words
from docsync.engine.request import JobError
from docsync.models.records import Json

_UNWRITABLE = re.compile(r"[\0\ud800-\udfff]")
"""What no document may hold: a NUL, and half of a pair of surrogates."""
_DERIVED: Final = frozenset(("_type", "dependency_count", "dependent_count", "comment_count", "content_hash", "source_repo"))
"""What is no statement about an issue: what sort of line it is, and what the tracker counts itself."""
_LONGEST_ID: Final = 200
_LEVELS: Final = range(5)


class Link(Struct, frozen=True):
    """Hold a dependency: the id that it leads to, its type, and all of it as written."""

    target: str
    type: str
    written: Json


class Issue(Struct, frozen=True):
    """Hold one issue; `line` is where it stands, `raw` all that it says but for what the tracker counts itself."""

    line: int
    id: str
    title: str
    status: str = words.OPEN
    priority: int = words.NORMAL
    type: str = words.TASK
    labels: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    raw: Mapping[str, Json] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Give a field that is text, empty where it is absent."""
        value = self.raw.get(name)
        return value.strip() if isinstance(value, str) else ""


def read_issues(name: str, raw: bytes) -> tuple[tuple[Issue, ...], int]:
    """Read a file of issues; gives them and how many are tombstones of deleted ones, which are passed over.

    Raises JobError with the line where one is not an issue, or an id comes twice: then nothing of the file is to be trusted.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise JobError(f"{name}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    issues: dict[str, Issue] = {}
    deleted = 0
    for number, found in _objects(name, text):
        issue = _issue(f"{name}:{number}", number, found)
        if issue.status == words.TOMBSTONE:
            deleted += 1
        elif issue.id in issues:
            raise JobError(
                f"{name}:{number}: {issue.id} is there already, on line {issues[issue.id].line}; keep one of the two"
            )
        else:
            issues[issue.id] = issue
    return tuple(issues.values()), deleted


def _objects(name: str, text: str) -> Iterator[tuple[int, dict[str, Json]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            why = f"column {error.colno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else str(error)
            raise JobError(f"{name}:{number}: not JSON ({why}); each line holds one issue as a JSON object") from error
        if not isinstance(found, dict):
            raise JobError(f"{name}:{number}: expected one issue as a JSON object, found {type(found).__name__}")
        yield number, cast("dict[str, Json]", _writable(found))


def _writable(value: Json) -> Json:
    match value:
        case str():
            return _UNWRITABLE.sub("\ufffd", value)
        case list():
            return [_writable(item) for item in value]
        case dict():
            return {_UNWRITABLE.sub("\ufffd", key): _writable(item) for key, item in value.items()}
        case _:
            return value


def _issue(where: str, line: int, found: Mapping[str, Json]) -> Issue:
    identity, title = (" ".join(_text(where, found, name).split()) for name in ("id", "title"))
    if not identity or len(identity) > _LONGEST_ID:
        raise JobError(f"{where}: an issue needs an id of at most {_LONGEST_ID} characters")
    priority = found.get("priority", words.NORMAL)
    if not isinstance(priority, int) or isinstance(priority, bool) or priority not in _LEVELS:
        raise JobError(f"{where}: priority is a number from 0, the most urgent, to 4, not {priority}")
    raw = {name: value for name, value in found.items() if name not in _DERIVED and value not in (None, "", [], {})}
    return Issue(
        line,
        identity,
        title or identity,
        _text(where, found, "status") or words.OPEN,
        priority,
        _text(where, found, "issue_type") or words.TASK,
        _labels(where, found),
        tuple(_links(where, found)),
        raw,
    )


def _text(where: str, found: Mapping[str, Json], name: str) -> str:
    value = found.get(name)
    if value is not None and not isinstance(value, str):
        raise JobError(f"{where}: {name} is a text, not {json.dumps(value)[:40]}")
    return (value or "").strip()


def _labels(where: str, found: Mapping[str, Json]) -> tuple[str, ...]:
    value = found.get("labels") or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise JobError(f"{where}: labels is a list of texts, not {json.dumps(value)[:40]}")
    return tuple(dict.fromkeys(text for item in value if (text := " ".join(str(item).split()))))


def _links(where: str, found: Mapping[str, Json]) -> Iterator[Link]:
    value = found.get("dependencies") or []
    for item in value if isinstance(value, list) else [value]:
        target = item.get("depends_on_id") if isinstance(item, dict) else None
        kind = item.get("type", words.BLOCKS) if isinstance(item, dict) else None
        if not isinstance(target, str) or not isinstance(kind, str):
            raise JobError(f"{where}: a dependency is an object with depends_on_id and type, not {json.dumps(item)[:60]}")
        yield Link(target.strip(), kind, item)
