"""Which session, phase or other numbered thing a document calls the last, the current or the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docsync.models.blocks import Blocks, ListItem
from docsync.models.claims import Form, Scope
from docsync.models.references import Position, When
from docsync.parser.coverage import Coverage
from docsync.parser.scopes import Scopes
from docsync.parser.statements import Statement, plain, statements

_WORDS: Final = ("phase", "session", "sprint", "milestone", "stage", "wave", "iteration", "cycle")
_THINGS: Final = "|".join(_WORDS)
_NUMBER: Final = r"\#?0*(?P<number>\d{1,3})(?![\w.%/]|\s?(?:[-–—/&+,]|of|and|to)\s?\d)"
_KEY = re.compile(
    rf"(?P<when>current|active|last|latest|next)\s(?P<label>{_THINGS})(?:\snumber)?|(?P<alone>{_THINGS})", re.IGNORECASE
)
_VALUE = re.compile(rf"[\s*_`]*(?:(?P<label>{_THINGS})\s)?{_NUMBER}(?P<rest>[^\n]{{0,60}})", re.IGNORECASE)
_MAY_STATE = re.compile(rf"(?:{_THINGS})(?: number)?[*_\s]{{0,4}}[:：][^\n]{{0,30}}\d", re.IGNORECASE)
_WHEN: Final = {"current": When.CURRENT, "active": When.CURRENT, "last": When.LAST, "latest": When.LAST, "next": When.NEXT}
_TOP: Final = 2


def read_positions(blocks: Blocks, scopes: Scopes, covered: Coverage) -> Iterator[Position]:
    """Give what keys state of now: `Current phase: 3`, `Last session: Session 2`."""
    for index, block in blocks.lines:
        if not _may_state(block.inline.text):
            continue
        scope = scopes.on(index)
        if scope.living and not covered.holds_text(block.inline):
            form = Form.BULLET if isinstance(block, ListItem) else Form.KEY_VALUE
            yield from (found for statement in statements(block.inline) if (found := _keyed(statement, scope, form)))


def _may_state(text: str) -> bool:
    if ":" not in text and "：" not in text:
        return False
    folded = text.casefold()
    return any(map(folded.__contains__, _WORDS)) and _MAY_STATE.search(text) is not None


def _keyed(statement: Statement, scope: Scope, form: Form) -> Position | None:
    key = _KEY.fullmatch(" ".join(statement.key.split()))
    value = _VALUE.match(statement.inline.text, statement.value, statement.end) if key else None
    if key is None or value is None:
        return None
    label = (key["label"] or key["alone"]).lower()
    if value["label"] and value["label"].lower() != label:
        return None
    if key["alone"] and (form is Form.BULLET or len(scope.headings) >= _TOP):
        return None
    when = _WHEN[key["when"].lower()] if key["when"] else When.CURRENT
    span = statement.inline.span(statement.start, value.end("number"))
    return Position(
        label, value["number"], when, span, scope, form, plain(statement.inline.text[statement.start : statement.end])[:120]
    )
