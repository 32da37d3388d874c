"""What is wrong with a statement that SQLite refuses, with the table or column that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from docsync.database.guard import near_function
from docsync.database.schema import DIAGNOSTICS
from docsync.database.tables import Table
from docsync.models.nearness import meant, nearest

_MISSING = re.compile(r"no such (table|column|function): (.*)", re.DOTALL)
_AMBIGUOUS = re.compile(r"ambiguous column name: (.*)", re.DOTALL)
_NEAR = re.compile(r'near "(.*)": syntax error', re.DOTALL)
_WORD = re.compile(r"\w+")
_PLAINER: Final = {
    r"(?i)you can only execute one statement": "a query is one statement; leave out what follows the `;`",
    r"too many SQL variables|Incorrect number of bindings|variable number": "a query has no parameters; write the values",
    r"too big|too long": "a text in the query or its result is too long",
    r"stack overflow|too large|too many": "the query is nested too deeply, or has too many parts",
    r"incomplete input": "the query ends too early",
    r'(?s)unrecognized token: "?(.*?)"?$': "the query cannot be read at {0}",
    r"no such collation sequence: (.*)": "there is no collation {0}; natsort(…) gives what puts H2 before H10",
}
"""What SQLite says, as regular expressions, and how it is told."""


def reason(message: str, statement: str, tables: Mapping[str, Table]) -> str:
    """Put what SQLite says into words of ours."""
    if found := _MISSING.fullmatch(message):
        return _missing(found[1], found[2], statement, tables)
    if found := _AMBIGUOUS.fullmatch(message):
        holders = [f"{name}.{found[1]}" for name in _named(statement, tables) if found[1].lower() in _lower(tables[name])]
        return f"several tables have a column {found[1]}; write {' or '.join(holders) or 'the table before it'}"
    if found := _NEAR.fullmatch(message):
        return f"the query cannot be read near {found[1]}{_keyword(found[1], tables)}"
    for pattern, plainer in _PLAINER.items():
        if said := re.search(pattern, message):
            return plainer.format(*said.groups())
    return f"the query cannot be answered: {message}"


def _missing(what: str, name: str, statement: str, tables: Mapping[str, Table]) -> str:
    if what == "function":
        return f"there is no function {name}; {near_function(name)}"
    if what == "table":
        if name.lower() == DIAGNOSTICS:
            return "diagnostics cannot be asked inside a region, since its text is judged itself"
        return f"there is no table {name}; {meant(name, tables)}"
    qualifier, _, column = name.rpartition(".")
    named = _named(statement, tables)
    within = [qualifier] if qualifier in tables else named
    columns = dict.fromkeys(column for table in within for column in tables[table].names)
    near = nearest(column, columns)
    of = f" of {' or '.join(within)}" if within else ""
    hint = f"did you mean {near}?" if near else _listing(within)
    return f"there is no column {name}{of if not qualifier else ''}; {hint}"


def _listing(within: list[str]) -> str:
    return f"`docsync query --schema {within[0]}` lists them" if within else "`docsync query --schema` lists the tables"


def _named(statement: str, tables: Mapping[str, Table]) -> list[str]:
    words = {word.lower() for word in _WORD.findall(statement)}
    return [name for name in tables if name.lower() in words]


def _lower(table: Table) -> frozenset[str]:
    return frozenset(name.lower() for name in table.names)


def _keyword(word: str, tables: Mapping[str, Table]) -> str:
    """Tell how to write a column whose name is a word of SQL, such as `from`."""
    if any(word.lower() in _lower(table) for table in tables.values()):
        return f"; a column of that name is written [{word}]"
    return ""
