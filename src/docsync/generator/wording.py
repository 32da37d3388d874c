"""Which words of a table stay as they stand: a cell that says in a team's own way what the view says in docsync's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from docsync.config.values import Config
from docsync.generator.meaning import parse, said
from docsync.models.blocks import Row, Table
from docsync.models.status import Status, word_key
from docsync.text.edits import Edit, apply

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_AROUND: Final = ("**", "__", "*", "_", "`")
_NOTHING: Final = frozenset({"", "-", "–", "—", "none", "n/a"})


def worded(rendered: str, present: str, config: Config) -> str:
    """Give what a view rendered with each cell as it stands in the present body, where both say the same.

    `✅ Complete` is as good as `✅ resolved`, `**H6**` as `H6`, `None` as a dash. Tables are paired by their headers, rows by
    their first cell; a row that the present body holds twice keeps nothing.
    """
    if "|" not in rendered or "|" not in present:
        return rendered
    standing = list(_tables(present))
    edits = [edit for table in _tables(rendered) for edit in _kept(table, standing, config)]
    return apply(rendered, edits) if edits else rendered


def _tables(text: str) -> Iterator[Table]:
    return (block for block in parse(text) if isinstance(block, Table))


def _kept(table: Table, standing: Sequence[Table], config: Config) -> Iterator[Edit]:
    for other in (one for one in standing if _titles(one) == _titles(table)):
        rows = _by_key(other.rows)
        for row in table.rows:
            if same := rows.get(_key(row)):
                yield from (
                    Edit(new.span, old.text)
                    for new, old in zip(row.cells, same.cells, strict=True)
                    if new.text != old.text and alike(new.text, old.text, config)
                )
        return


def _titles(table: Table) -> tuple[str, ...]:
    return tuple(said(cell.text) for cell in table.header.cells)


def _by_key(rows: Sequence[Row]) -> Mapping[str, Row]:
    found: dict[str, Row | None] = {}
    for row in rows:
        key = _key(row)
        found[key] = None if key in found else row
    return {key: row for key, row in found.items() if row is not None}


def _key(row: Row) -> str:
    return unmarked(row.cells[0].text)


def alike(new: str, old: str, config: Config) -> bool:
    """Tell whether the texts of two cells say the same in other words."""
    one, other = unmarked(new), unmarked(old)
    if one == other:
        return True
    if one.casefold() in _NOTHING or other.casefold() in _NOTHING:
        return one.casefold() in _NOTHING and other.casefold() in _NOTHING
    status = status_said(one, config)
    return status is not None and status == status_said(other, config)


def unmarked(text: str) -> str:
    """Take emphasis off a whole cell."""
    plain = said(text)
    for sign in _AROUND:
        if len(plain) > 2 * len(sign) and plain.startswith(sign) and plain.endswith(sign):
            plain = plain[len(sign) : -len(sign)]
    return plain


def status_said(text: str, config: Config) -> Status | None:
    """Read a cell that is a status and nothing else, and whose sign, if it has one, does not speak against the word."""
    if any(character.isdigit() for character in text):
        return None
    signs = {config.emoji[character] for character in text if character in config.emoji}
    words = word_key(" ".join(_WORD.findall(text.replace("_", " "))))
    meant = {*signs, config.words[words]} if words in config.words else signs if not words else set()
    return meant.pop() if len(meant) == 1 else None
