"""Plant a file that is out of order among others that are in order, and run docsync over them as a person would."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec import Struct

from docsync.cli.main import run
from trees import plant

OLD = "| old |\n| --- |\n"
REGION = f'<!-- docsync:begin all view="status-table" kind="hole" columns="id,title" -->\n\n{OLD}\n<!-- docsync:end all -->\n'
FRESH = "| ID  | Title |\n| --- | ----- |\n| H1  | Buoy  |\n"
GOOD = f"# Harbour\n\n{REGION}"
RIGHT = GOOD.replace(OLD, FRESH)
BUOY = "---\nkind: hole\nid: H1\ntitle: Buoy\nstatus: resolved\n---\n\n# H1: Buoy\n"


class Said(Struct, frozen=True):
    """Hold what a run came to: its exit code, its output, and the lines that say something of `odd.md`."""

    code: int
    text: str
    errors: str

    @property
    def of_odd(self) -> list[str]:
        """Give `line:column severity CODE` for each finding in `odd.md`."""
        return [
            f"{found[1]} {found[2]} {found[3]}"
            for found in re.finditer(r"^odd\.md:(\d+:\d+): (\w+) (DS\d+)\[", self.text, re.MULTILINE)
        ]


class Place:
    """Stand in a folder with one record, a region that is out of date, and whatever `odd.md` holds."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._capsys = capsys

    @property
    def odd(self) -> bytes:
        """Give what `odd.md` holds now."""
        return (self.root / "odd.md").read_bytes()

    @property
    def good(self) -> str:
        """Give what the file beside it holds now."""
        return (self.root / "good.md").read_text()

    def plant(self, odd: str | bytes) -> None:
        """Write all three files."""
        plant(self.root, {"H1.md": BUOY, "good.md": GOOD, "odd.md": odd})

    def docsync(self, *arguments: str) -> Said:
        """Run a command; nothing that it says may be a traceback or our own fault."""
        code = run(arguments)
        captured = self._capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        assert "fault of docsync" not in captured.out + captured.err
        return Said(code, captured.out, captured.err)
