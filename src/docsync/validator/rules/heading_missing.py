"""Report a link to a heading that its document does not have.

## What it does

Compares what follows the `#` of a Markdown link with the headings of the document that it leads to, as GitHub makes anchors of
them, and with the anchors that HTML sets. Three such links from one document into another, or within one, are one finding.

## Why

The link opens the document at its top, and whoever follows it has to search.

## Example

```text
docs/INDEX.md:9:17 DS503 no heading of docs/GUIDE.md gives #feeding-times; #feeding-hours is near
```

## What to do

Correct the anchor after the heading.

## How precision is kept

A heading that stands in a code block, as where a closing fence too many opens one, is named. Signs, emoji and repeated
hyphens are left out on both sides, since sites make them into different anchors; numbers that tell headings of one name
apart are too. Where the link leaves out the heading's own number it is info. Links to documents that are not read, or that
were refused, are not judged, nor is history.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from docsync.models.diagnostics import Confirmation, Finding, Related, Severity, Verdict
from docsync.models.document import DocumentFacts
from docsync.models.nearness import nearest
from docsync.models.references import Aim, Reference, Stance
from docsync.project.derived import derived, flat
from docsync.project.following import where
from docsync.project.index import Project
from docsync.text.spans import Span
from docsync.validator.leads import file_of

CODE = "DS503"
NAME = "heading-missing"
SEVERITY = Severity.WARNING
KEEPS = False

_LINES = re.compile(r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?")
_REPEATED = re.compile(r"-\d+$")
_NUMBERED = re.compile(r"^\W*\d+(?:\.\d+)*[.)\s-]*")
_TOP = frozenset({"", "top", "readme", "start-of-content"})
_MOST_COMPARED = 60
_MANY = 3
_TEXT = re.compile(r"[^\W_]+")
_SIGNS = re.compile(r"[^\w-]+")


class _Target(Struct, frozen=True, dict=True):
    """Hold a document that links lead to; most anchors are a heading's text, and the rest is asked for only by other ones."""

    document: DocumentFacts

    def has(self, anchor: str) -> bool:
        """Tell whether an anchor is one of the document's, signs and a number that tells equal headings apart left out."""
        if anchor.isascii() and anchor.casefold() in self._texts:
            return True
        return not self._anchors.isdisjoint({_plain(anchor), _plain(_REPEATED.sub("", anchor))})

    @cached_property
    def _texts(self) -> frozenset[str]:
        """Give its headings with hyphens for spaces."""
        return frozenset([heading.text.casefold().replace(" ", "-") for heading in self.document.headings])

    @cached_property
    def _anchors(self) -> frozenset[str]:
        """Give its anchors without signs."""
        return frozenset(map(_plain, (*(heading.text for heading in self.document.headings), *self.document.anchors)))

    @cached_property
    def unnumbered(self) -> frozenset[str]:
        """Give its headings without numbers and signs."""
        return frozenset(_plain(_NUMBERED.sub("", heading.text)) for heading in self.document.headings)

    @cached_property
    def slugs(self) -> Mapping[str, Span]:
        """Give the first of its headings as GitHub has them."""
        return {_slug(heading.text): heading.span for heading in self.document.headings[:_MOST_COMPARED]}


def check(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield the links to headings that do not exist, and confirm those to headings that do."""
    yield from flat(by_document, project)
    yield from beyond(project)


def beyond(project: Project) -> Iterator[Finding | Confirmation]:
    """Yield those of documents that lead to headings of others, which may be there or not."""
    known: dict[str, _Target] = {}
    for document in _leading_on(project).values():
        yield from _checked(project, document, known)


@where
def _leading_on(document: DocumentFacts) -> bool:
    return any(reference.target for reference in _anchored(document))


@where
def _leading_within(document: DocumentFacts) -> bool:
    targets = {reference.target for reference in _anchored(document)}
    return targets == {""}


def _anchored(document: DocumentFacts) -> Iterator[Reference]:
    return (reference for reference in document.references if reference.aim is Aim.LINK and reference.anchor)


@derived(_leading_within)
def by_document(project: Project, document: DocumentFacts) -> tuple[Finding | Confirmation, ...]:
    """Give those of a document that leads to its own headings alone."""
    return tuple(_checked(project, document, {}))


def _checked(project: Project, document: DocumentFacts, known: dict[str, _Target]) -> Iterator[Finding | Confirmation]:
    """Yield those of one document; the documents that links lead to are kept among those `known`."""
    missing: dict[str, list[Finding]] = {}
    leading: list[Span] = []
    own = _Target(document)
    for reference, aimed in _links(project, document):
        target = own if aimed is document else known.get(aimed.path) or known.setdefault(aimed.path, _Target(aimed))
        if target.has(reference.anchor):
            leading.append(reference.span)
        elif reference.stance is not Stance.HEDGED or not reference.target:
            missing.setdefault(aimed.path, []).append(_finding(document, reference, target))
    if leading:
        yield Confirmation(document.path, tuple(leading))
    for path, findings in missing.items():
        yield from _together(path, findings)


def _links(project: Project, document: DocumentFacts) -> Iterator[tuple[Reference, DocumentFacts]]:
    """Give the links of a document to parts of documents, each with the document that it leads to."""
    for reference in _anchored(document):
        if reference.scope.living and not _is_top(reference.anchor):
            path = file_of(project, document, reference) if reference.target else document.path
            aimed = project.documents.get(path) if path else None
            if aimed is not None and not aimed.refused:
                yield reference, aimed


def _together(path: str, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Make one finding of many links into one document: its headings were renamed, or anchors were made up for all of them."""
    sure = [finding for finding in findings if finding.severity is None]
    if len(sure) < _MANY:
        yield from findings
        return
    yield from (finding for finding in findings if finding.severity)
    first, *others = sure
    related = tuple(Related(other.place, other.message) for other in others)
    said = f"{len(sure)} links here lead to no heading of {path}; the first: {first.message}"
    evidence = tuple(dict.fromkeys(line for finding in sure for line in finding.evidence))
    yield replace(first, message=said, related=(*first.related, *related), evidence=evidence)


@lru_cache(maxsize=1 << 10)
def _is_top(anchor: str) -> bool:
    """Tell whether an anchor is that of a whole page, or of lines in a view of its source."""
    return anchor.lower() in _TOP or _LINES.fullmatch(anchor) is not None


def _finding(document: DocumentFacts, reference: Reference, target: _Target) -> Finding:
    aimed = target.document
    if lost := next((one for one in aimed.swallowed if _plain(one.text) == _plain(reference.anchor)), None):
        return _lost(document, reference, aimed.related(lost.span, "stands in a code block"))
    near = next((slug for slug in target.slugs if slug.startswith(f"{reference.anchor}-")), "")
    near = near or nearest(reference.anchor, target.slugs)
    certain = _plain(_NUMBERED.sub("", reference.anchor)) not in target.unnumbered
    return Finding(
        document.place(reference.span),
        f"no heading of {aimed.path} gives #{reference.anchor}" + (f"; #{near} is near" if near else ""),
        (aimed.related(target.slugs[near], f"gives #{near}"),) if near else (),
        verdict=Verdict.CONTRADICTED if certain else None,
        severity=None if certain else Severity.INFO,
        evidence=(f"{aimed.path} has {len(aimed.headings)} headings and sets {len(aimed.anchors)} anchors in HTML",),
    )


def _lost(document: DocumentFacts, reference: Reference, heading: Related) -> Finding:
    return Finding(
        document.place(reference.span),
        f"#{reference.anchor} leads nowhere: its heading in {heading.place.path} stands in a code block",
        (heading,),
        verdict=Verdict.CONTRADICTED,
        help="close the code block above it, or take away the closing fence too many",
    )


def _plain(text: str) -> str:
    return "".join(_TEXT.findall(text)).casefold()


def _slug(text: str) -> str:
    return _SIGNS.sub("", text.strip().lower().replace(" ", "-"))
