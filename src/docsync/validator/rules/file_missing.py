"""Report a reference to a file that is not there.

## What it does

Looks for every file that a link, or a path in a code span, leads to: links from the document, paths from the document, the
root, any folder between them, or a source folder. Where one file of that name is somewhere else, or a file of that folder has
nearly the same name, it is suggested.

## Why

Whoever follows the reference finds nothing, and cannot tell whether the text or the tree is wrong.

## Example

```text
docs/PLAN.md:12:8 DS502 docs/FEED_GUIDE.md is not there; docs/archive/FEED_GUIDE.md is
```

## What to do

Correct the path, or say that the file is planned, removed or elsewhere.

## How precision is kept

Only living text counts. Placeholders, planned, removed, generated and optional files, examples, struck-out text and open
checkboxes are passed over, and so are bare names in code. It is a warning where the text sends the reader there (a link, `see`,
`read`, a list of documents) and a file that it became is found, or where the text calls a file "this file" that is another, or
where a document is missing from a folder that is there, in a tree that holds most of the documents it names; the rest is info,
since a part of a tree may have been left out. So is what the document elsewhere calls new or planned, and a file of that name
in another folder, to which the document leads as well, is another one. Paths in plans are of files to come, and so are links
in them to what was not moved. Where most links of a document lead somewhere from the root and not from its own folder, it
is written for another place, such as an issue. A project without sources says nothing about source files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from posixpath import dirname, normpath, relpath

from docsync.models.diagnostics import Confirmation, Finding, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.references import Aim, Reference, Stance
from docsync.parser.moments import is_local
from docsync.project.derived import derived, flat
from docsync.project.finding import existence
from docsync.project.following import where
from docsync.project.index import Project
from docsync.validator.leads import Moved, file_of, file_of_link, is_document, is_file, is_whole, moved

CODE = "DS502"
NAME = "file-missing"
SEVERITY = Severity.WARNING
KEEPS = False

_PLAN = re.compile(
    r"\b(?:plans?|proposals?|rfc|adr|design|roadmap|tasks?|todo|spec|specification|prd|research|migration)\b", re.IGNORECASE
)

_TO_COME = re.compile(
    r"new|to\sbe|will|plan(?:s|ned)?|todo|tbd|propos\w+|future|later|eventually|upcoming|pending|deferred|draft\w*|schedul\w+|⏳|🚧|🔜|🆕",
    re.IGNORECASE,
)


class _Around:
    """Hold what else a document says of the files that it leads to, looked for only where one is missing."""

    def __init__(self, project: Project, document: DocumentFacts) -> None:
        self.project = project
        self.document = document

    @cached_property
    def to_come(self) -> frozenset[str]:
        """Give what the document calls new or planned in some place, so that it may not be written yet."""
        hedged = (one for one in self.document.references if one.stance is Stance.HEDGED)
        return frozenset(one.target for one in hedged if _TO_COME.fullmatch(one.reason))

    @cached_property
    def reached(self) -> frozenset[str]:
        """Give the files that the document leads to, where it does."""
        files = (one for one in self.document.references if one.target and one.aim is not Aim.COMMIT and "/" in one.target)
        return frozenset(found for one in files if (found := file_of(self.project, self.document, one)))

    def is_meant_from_root(self, target: str) -> bool:
        """Tell whether a link leads somewhere from the root, in a document where more links do so than from its own folder."""
        return self._leads_from_root(target) and self._is_from_root

    @cached_property
    def _is_from_root(self) -> bool:
        links = {one.target for one in self.document.references if one.aim is Aim.LINK and one.target}
        there = {link for link in links if file_of_link(self.project, self.document, link)}
        return sum(self._leads_from_root(link) for link in links - there) > len(there)

    def _leads_from_root(self, target: str) -> bool:
        path = normpath(target)
        return not path.startswith("..") and self.project.evidence.exists(path)


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the references that lead to no file, each file once a document, and confirm those that do."""
    return flat(by_document, project)


@where
def _leading(document: DocumentFacts) -> bool:
    return any(reference.target and reference.aim is not Aim.COMMIT for reference in document.references)


@derived(_leading, existence)
def by_document(project: Project, document: DocumentFacts) -> tuple[Finding | Confirmation, ...]:
    """Give those of one document."""
    if not project.evidence.at_hand:
        return ()
    reported: set[str] = set()
    around = _Around(project, document)
    checked = (one for one in document.references if one.target and _is_checked(project, document, one))
    return tuple(result for reference in checked for result in _checked(around, reference, reported))


def _is_checked(project: Project, document: DocumentFacts, reference: Reference) -> bool:
    if reference.aim is Aim.COMMIT or not (project.evidence.has_sources or is_document(reference.target)):
        return False
    if reference.itself and not document.moment:
        return reference.scope.comparable
    return reference.scope.living or (is_handed_over(document) and reference.scope.as_of == document.moment)


def is_handed_over(document: DocumentFacts) -> bool:
    """Tell whether a document is an account without a date that its readers start from: a hand-over, outside any archive."""
    name = document.path.rpartition("/")[2].lower()
    undated = is_local(document.moment) and not document.moment.startswith("archive")
    return (
        undated
        and any(word in name for word in ("handoff", "handover", "hand-off", "hand_off"))
        and "archive" not in document.path
    )


def _checked(around: _Around, reference: Reference, reported: set[str]) -> Iterator[Finding | Confirmation]:
    document = around.document
    found = file_of(around.project, document, reference)
    if reference.itself and found != document.path:
        yield from _another(document, reference)
    elif found or found is None or (reference.aim is Aim.LINK and around.is_meant_from_root(reference.target)):
        yield Confirmation(document.path, (reference.span,))
    elif reference.stance is not Stance.HEDGED and reference.target not in reported and _names_file(reference):
        reported.add(reference.target)
        yield _finding(around, reference)


def _names_file(reference: Reference) -> bool:
    return is_file(reference.target) and (reference.aim is Aim.LINK or "/" in reference.target)


def _another(document: DocumentFacts, reference: Reference) -> Iterator[Finding]:
    """Report a path that the text calls this file, and that is not where this file is."""
    name = document.path.rpartition("/")[2]
    if reference.target.rpartition("/")[2] == name and "/" in reference.target:
        yield Finding(
            document.place(reference.span),
            f"{reference.target} is called this file, but this file is {document.path}",
            verdict=Verdict.CONTRADICTED,
            help="correct the path",
        )


def _finding(around: _Around, reference: Reference) -> Finding:
    document = around.document
    became = moved(around.project.evidence, reference, document.path)
    if became and (reference.target in around.to_come or _is_another(around, reference, became)):
        became = None
    sure = _is_sure(around, reference, became)
    return Finding(
        document.place(reference.span),
        f"{_missing(around, reference, became)}{_instead(became)}",
        verdict=Verdict.CONTRADICTED if sure else None,
        severity=None if sure else Severity.INFO,
        help=f"write {_written(reference, became, document.path)}, if that is meant" if became else "",
        evidence=_evidence(reference, became),
    )


def _is_another(around: _Around, reference: Reference, became: Moved) -> bool:
    """Tell whether the document knows both files: it names the folder of the missing one, and leads to the other as well."""
    return became.path in around.reached and bool(dirname(reference.target.lstrip("./")))


def _is_sure(around: _Around, reference: Reference, became: Moved | None) -> bool:
    """Tell whether a careful reader would agree: the text sends people there, and what is there instead is known."""
    project, document = around.project, around.document
    if reference.stance is not Stance.ASSERTED or (reference.aim is Aim.PATH and _plans(document)):
        return False
    if reference.target in around.to_come:
        return False
    if became:
        return True
    if _plans(document) or _PLAN.search(dirname(document.path).replace("_", " ")):
        return False
    aimed = reference.target if reference.aim is Aim.PATH else project.evidence.follow(reference.target, document.path)
    beside = project.evidence.beside(aimed or "")
    return is_document(reference.target) and bool(beside) and is_whole(project)


def _plans(document: DocumentFacts) -> bool:
    """Tell whether a document is about what is to be made, so that its paths may be of files to come."""
    return _PLAN.search(f"{document.path.rpartition('/')[2].replace('_', ' ')} {document.title}") is not None


def _missing(around: _Around, reference: Reference, became: Moved | None) -> str:
    """Say what is not there; a link also where it leads, if that can't be seen from how it is written."""
    aimed = around.project.evidence.follow(reference.target, around.document.path) if reference.aim is Aim.LINK else None
    if aimed and (".." in reference.target or (became and became.path == normpath(reference.target))):
        return f"{reference.target} leads to {aimed}, which is not there"
    return f"{reference.target} is not there"


def _instead(became: Moved | None) -> str:
    return f"; {became.path} is" if became else ""


def _written(reference: Reference, became: Moved, beside: str) -> str:
    """Write a path as the reference has to: a link is followed from its own document."""
    return relpath(f"/{became.path}", f"/{dirname(beside)}") if reference.aim is Aim.LINK else became.path


def _evidence(reference: Reference, became: Moved | None) -> tuple[str, ...]:
    # Without the words that say so, which differ from place to place: what is missing is one finding wherever it is named.
    said = "the text sends its readers there" if reference.reason else "the text names it as a file"
    reasons = {
        "moved": "it is the only file of that name",
        "renamed": "it is the only file of that folder whose name has the same words and more, or fewer",
        "versioned": "it is the only file whose name ends in that one",
    }
    return (said, f"{became.path}: {reasons[became.how]}") if became else (said,)
