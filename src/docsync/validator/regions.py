"""Which region an expectation is about."""

from __future__ import annotations

from collections.abc import Iterator

from docsync.models.document import DocumentFacts, Region
from docsync.models.expectations import Expectation
from docsync.project.following import where
from docsync.project.index import Project


def expected(project: Project) -> Iterator[tuple[Expectation, Region]]:
    """Give each expectation with the region that it is about; one whose region is gone is passed over."""
    regions = {(path, region.id): region for path, document in _with_regions(project).items() for region in document.regions}
    for expectation in project.expectations:
        if region := regions.get((expectation.path, expectation.region)):
            yield expectation, region


@where
def _with_regions(document: DocumentFacts) -> bool:
    return bool(document.regions)
