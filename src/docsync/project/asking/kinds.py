"""Which kind somebody means who names it, in the singular, the plural or any other of its words."""

from __future__ import annotations

from docsync.models.nearness import meant
from docsync.project.index import Project


class Unanswerable(Exception):
    """Say why a question has no answer as it is put, and what to ask in its place."""


def kind_named(project: Project, word: str) -> str:
    """Give the kind that a word means; raises Unanswerable with the near miss."""
    folded = " ".join(word.casefold().replace("_", " ").replace("-", " ").split())
    for name, spec in project.config.kinds.items():
        if folded in (name.casefold().replace("_", " "), spec.plural.casefold(), *spec.nouns):
            return name
    if word in project.by_kind:
        return word
    words = [word for name, spec in project.config.kinds.items() for word in (name, spec.plural)]
    raise Unanswerable(f"there is no kind {word}; {meant(word, words)}")


def plural_of(project: Project, kind: str) -> str:
    """Give what several records of a kind are called, `records` for those of any."""
    spec = project.config.kinds.get(kind)
    return spec.plural if spec else "records"


def noun_of(project: Project, kind: str, count: int) -> str:
    """Give what so many records of a kind are called."""
    return plural_of(project, kind) if count != 1 else kind or "record"


def declaring(project: Project, kind: str = "") -> str:
    """Say what to write so that there are records of a kind, any for none."""
    example = kind if kind in project.config.kinds else "hole"
    plural = plural_of(project, example)
    found = f"no document declares any {plural_of(project, kind)}"
    return (
        f"{found}: write `records: {example}` into the front matter of the document whose sections or table rows are the "
        f"{plural}, or `kind: {example}` and an `id:` into that of a document which is one; `docsync init --adopt` proposes "
        "such declarations for documents that have none"
    )
