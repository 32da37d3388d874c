from __future__ import annotations

from collections.abc import Iterator

import pytest

from docsync.cli.main import run
from invoking import Run, Said


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests out of the cache of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        for name in ("NO_COLOR", "FORCE_COLOR", "DOCSYNC_DEBUG", "COLUMNS"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def docsync(capsys: pytest.CaptureFixture[str]) -> Run:
    """Give what runs docsync with some arguments."""

    def invoke(*arguments: str) -> Said:
        capsys.readouterr()
        code = run(list(arguments))
        told = capsys.readouterr()
        return Said(code, told.out, told.err)

    return invoke
