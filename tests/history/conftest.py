from __future__ import annotations

from pathlib import Path

import pytest
from pasts import Asking


@pytest.fixture
def asking(capsys: pytest.CaptureFixture[str]) -> Asking:
    return Asking(capsys)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
