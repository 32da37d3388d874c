"""What a view is given to render: the sections that its template names, as JSON, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Final

from docsync.generator.catalogue import BUILTIN_PREFIX, QUERIED, Catalogue, View, settle
from docsync.generator.choices import Choice, choose
from docsync.generator.dumps import Dump, Dumps, facts, tally
from docsync.generator.failures import ViewError
from docsync.models.document import Region
from docsync.models.records import Json, Record
from docsync.project import graph
from docsync.project.expressions import FactError
from docsync.project.facts import evaluate
from docsync.project.index import Project

_WORD = re.compile(r"[a-z_]+")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_CHOOSING: Final = ("kind", "where", "sort", "group", "columns")


class Contexts:
    """Keep what one run's regions have in common: the dumps of records, and which words each template uses."""

    def __init__(self, project: Project, catalogue: Catalogue) -> None:
        self.project, self.catalogue = project, catalogue
        self._dumps = Dumps(project)
        self._words: dict[str, frozenset[str]] = {}
        self._kept: dict[str, Json] = {}

    def of(self, path: str, region: Region) -> tuple[View, Dump]:
        """Give a region's view and its context; raises ViewError for attributes without sense and an empty choice."""
        statement = region.attributes.get("query", "")
        view = self.catalogue.find(region.view or (QUERIED if statement else ""))
        attributes = settle(view, region.attributes)
        context: Dump = {
            "view": view.name,
            "region": {"id": region.id, "path": path},
            "attributes": dict[str, Json](attributes),
        }
        sections = _Sections(self.project, self._dumps, attributes)
        if any(attributes.get(name) for name in _CHOOSING):
            # Attributes are checked even where the template does not look at what they choose.
            _ = sections.choice
        words = self._used(view)
        context |= {name: build(sections) for name, build in SECTIONS.items() if name in words}
        if statement:
            context |= self._queried(view, statement)
        return view, context | {name: self._common(name) for name in COMMON if name in words}

    def _queried(self, view: View, statement: str) -> Dump:
        """Give what a query gives, to a view that shows it."""
        if self._used(view).isdisjoint(("rows", "cells")):
            raise ViewError(f"the view {view.name} shows no query: its template names neither rows nor cells")
        return self._answered(statement)

    @cached_property
    def _answered(self) -> Callable[[str], Dump]:
        from docsync.generator.queries import Queries  # noqa: PLC0415  # only a region with a query pays for SQLite

        return Queries(self.project).sections

    def _common(self, name: str) -> Json:
        if name not in self._kept:
            self._kept[name] = COMMON[name](self.project, self._dumps)
        return self._kept[name]

    def _used(self, view: View) -> frozenset[str]:
        if view.name not in self._words:
            self._words[view.name] = _words(self._texts(view))
        return self._words[view.name]

    def _texts(self, view: View) -> Iterable[str]:
        """Give the texts in which a view's names can stand: its own, and for a project's view all that it may include."""
        if view.builtin:
            return (self.catalogue.builtin[view.file],)
        own = tuple(self.catalogue.project.values())
        named = tuple(
            text for file, text in self.catalogue.builtin.items() if any(file in one or BUILTIN_PREFIX in one for one in own)
        )
        return own + named


class _Sections:
    """Work out each section at most once for a region, and only when its template asks for it."""

    def __init__(self, project: Project, dumps: Dumps, attributes: Mapping[str, str]) -> None:
        self.project, self.dumps, self.attributes = project, dumps, attributes

    @cached_property
    def choice(self) -> Choice:
        return choose(self.dumps, self.attributes)


def _selected(sections: _Sections) -> Json:
    return sections.dumps.all(sections.choice.records)


def _groups(sections: _Sections) -> Json:
    return [{"title": title, "rows": sections.dumps.all(records)} for title, records in sections.choice.groups]


def _columns(sections: _Sections) -> Json:
    return [{"name": column.name, "title": column.title} for column in sections.choice.columns]


def _tallies(sections: _Sections) -> Json:
    return {**tally(sections.choice.records), "of": _noun(sections)}


def _noun(sections: _Sections) -> str:
    """Name what was chosen: its kind's plural where all are of one kind."""
    kinds = {record.kind for record in sections.choice.records}
    spec = sections.project.config.kinds.get(kinds.pop()) if len(kinds) == 1 else None
    return spec.plural if spec else "records"


def _critical(sections: _Sections) -> Json:
    return sections.dumps.all(graph.critical_path(sections.project, sections.attributes.get("kind", "")))


def _graph(sections: _Sections) -> Json:
    """Give the dependencies between the chosen records; `key` names a node where its id could be read as syntax."""
    chosen = {record.id: record for record in sections.choice.records}
    pairs = [
        (edge.target, record_id)
        for record_id in chosen
        for edge in graph.needs(sections.project).get(record_id, ())
        if edge.target in chosen
    ]
    linked = {record_id for pair in pairs for record_id in pair}
    keys = {record_id: f"n{number}" for number, record_id in enumerate((one for one in chosen if one in linked), 1)}
    nodes: list[Json] = [_node(key, chosen[record_id]) for record_id, key in keys.items()]
    edges: list[Json] = [{"from": keys[one], "to": keys[other]} for one, other in dict.fromkeys(pairs)]
    return {"nodes": nodes, "edges": edges}


def _node(key: str, record: Record) -> Dump:
    return {"key": key, "id": record.id, "title": record.title, "status": record.status.value if record.status else ""}


def _fact(sections: _Sections) -> Json:
    """Give what the region's `fact` attribute comes to: a value, and for a fraction its total and percentage."""
    try:
        fact = evaluate(sections.project, sections.attributes.get("fact", ""))
    except FactError as error:
        raise ViewError(f"fact: {error}") from error
    percent = None if fact.percent is None else float(fact.percent)
    return {"value": float(fact.value), "total": None if fact.total is None else float(fact.total), "percent": percent}


SECTIONS: Final[Mapping[str, Callable[[_Sections], Json]]] = {
    "selected": _selected,
    "groups": _groups,
    "columns": _columns,
    "tally": _tallies,
    "critical": _critical,
    "graph": _graph,
    "fact": _fact,
}
"""What a template may name beside `view`, `region` and `attributes`, other for each region."""

COMMON: Final[Mapping[str, Callable[[Project, Dumps], Json]]] = {
    "records": lambda project, dumps: dumps.all(project.records),
    "phases": lambda project, dumps: dumps.all(project.by_kind.get("phase", ())),
    "gates": lambda project, dumps: dumps.all(project.by_kind.get("gate", ())),
    "facts": lambda project, _dumps: facts(project),
}
"""What a template may name, the same for every region."""


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(_COMMENT.sub("", text)))
