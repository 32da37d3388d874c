"""Draw planning documents in each form of home, in the many ways in which teams write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from docsync.config.values import Config
from docsync.models.kinds.registry import builtin_specs
from docsync.models.records import Record
from docsync.models.status import EMOJI, SIGNS, WORDS, Status
from docsync.parser.document import read_document
from docsync.text.source import SourceFile, decode

CONFIG = Config(builtin_specs(), WORDS, EMOJI)
TITLES = ("Lamp room", "Fog horn", "Boat house", "Oil store", "Tower door", "Rope locker")
STATUSES = (Status.PENDING, Status.READY, Status.IN_PROGRESS, Status.BLOCKED, Status.RESOLVED, Status.DEFERRED)


class Drawn(Struct, frozen=True, dict=True):
    """Hold a document with how its statuses are written, so that a test knows which spellings are the team's own."""

    text: str
    newline: str = "\n"
    bom: bool = False

    @property
    def raw(self) -> bytes:
        body = self.text.replace("\n", self.newline).encode()
        return b"\xef\xbb\xbf" + body if self.bom else body

    @property
    def source(self) -> SourceFile:
        return decode("docs/PLAN.md", self.raw)

    def records(self) -> tuple[Record, ...]:
        return read_document(self.source, CONFIG).records


class Hole(Struct, frozen=True, dict=True):
    id: str
    title: str
    status: Status
    blocked_by: tuple[str, ...]
    type: str
    phase: int
    met: tuple[bool, ...]


holes = st.lists(
    st.builds(
        Hole,
        st.just(""),
        st.sampled_from(TITLES),
        st.sampled_from(STATUSES),
        st.lists(st.sampled_from(("H1", "H2", "H3")), unique=True, max_size=3).map(tuple),
        st.sampled_from(("", "interface", "a plain answer")),
        st.integers(1, 4),
        st.lists(st.booleans(), max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=5,
).map(lambda several: [replace(one, id=f"H{number}") for number, one in enumerate(several, 1)])


def _plain(status: Status) -> str:
    return status.value.replace("_", " ")


SPELLINGS: Mapping[str, Callable[[Status], str]] = {
    "value": lambda status: status.value,
    "words": _plain,
    "Capital": lambda status: _plain(status).capitalize(),
    "UPPER": lambda status: _plain(status).upper(),
    "bold": lambda status: f"**{_plain(status).capitalize()}**",
    "signed": lambda status: f"{SIGNS[status]} {_plain(status).capitalize()}",
    "sign": lambda status: SIGNS[status],
}


@st.composite
def front_matters(draw: st.DrawFn) -> str:
    """Draw a file whose front matter is the home of one record."""
    hole = draw(holes)[0]
    quote = draw(st.sampled_from(("", "'", '"')))
    spelled = SPELLINGS[draw(st.sampled_from(("value", "words", "Capital", "signed")))](hole.status)
    listed = (
        f"[{', '.join(hole.blocked_by)}]"
        if draw(st.booleans()) or not hole.blocked_by
        else "".join(f"\n  - {each}" for each in hole.blocked_by)
    )
    gap = "" if listed.startswith("\n") else " "
    lines = [
        "kind: hole",
        f"id: {hole.id}",
        f"title: {hole.title}  # what it is called",
        f"status: {quote}{spelled}{quote}",
        f"blocked_by:{gap}{listed}",
        f"phase: {hole.phase}",
        *([f"type: {hole.type}"] if hole.type else []),
        "mood: [calm,  'wind from: the west']",
    ]
    order = draw(st.permutations(lines))
    boxes = "".join(f"- [{'x' if met else ' '}] step {at}\n" for at, met in enumerate(hole.met))
    end = draw(st.sampled_from(("\n", "")))
    return "---\n" + "\n".join(order) + f"\n---\n\n# {hole.id}: {hole.title}\n\nWords, 3 of them.\n\n{boxes}".rstrip("\n") + end


@st.composite
def sections(draw: st.DrawFn) -> str:
    """Draw a file of sections with fields below their headings."""
    spell = SPELLINGS[draw(st.sampled_from(sorted(SPELLINGS)))]
    form = draw(st.sampled_from(("- **{}**: {}", "* **{}:** {}", "**{}**: {}  ", "**{}**: {}\\", "- {}: {}")))
    separator = draw(st.sampled_from((", ", "; ", " and ")))
    none = draw(st.sampled_from(("None", "—", "")))
    end = draw(st.sampled_from(("\n", "")))
    parts = ["---\nrecords: hole\n---\n\n# Holes\n\nThere are 40 seals on the rock.\n"]
    for hole in draw(holes):
        fields = [("Status", spell(hole.status)), ("Phase", str(hole.phase))]
        waits = separator.join(hole.blocked_by) or none
        fields += [("Blocked by", waits)] if waits else []
        fields += [("Type", hole.type)] if hole.type else []
        lines = "\n".join(form.format(*field) for field in draw(st.permutations(fields)))
        boxes = "".join(f"- [{'x' if met else ' '}] step {at}\n" for at, met in enumerate(hole.met))
        parts.append(f"## {hole.id}: {hole.title}\n\nA text of its own.\n\n{lines.rstrip(' ' + chr(92))}\n")
        if boxes:
            parts.append(f"### Acceptance criteria\n\n{boxes}")
    return "\n".join(parts).rstrip("\n") + end


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Draw a file with a table whose rows are records."""
    spell = SPELLINGS[draw(st.sampled_from(sorted(SPELLINGS)))]
    separator = draw(st.sampled_from((", ", " / ", " and ")))
    none = draw(st.sampled_from(("None", "—", "")))
    header = ["ID", "Title", "Status", "Blocked by", "Type", "Phase"]
    rows = [
        [hole.id, hole.title, spell(hole.status), separator.join(hole.blocked_by) or none, hole.type, str(hole.phase)]
        for hole in draw(holes)
    ]
    order = [0, *draw(st.permutations(range(1, 6)))]
    shuffled = [[row[at] for at in order] for row in (header, *rows)]
    lines = _table(shuffled, draw(st.sampled_from(("padded", "plain", "tight", "open"))))
    end = draw(st.sampled_from(("\n", "", "\n\nAfter it, 7 words.\n")))
    return "---\nrecords: {hole: rows}\n---\n\n# Holes\n\n" + "\n".join(lines) + end


def _table(rows: Sequence[Sequence[str]], form: str) -> list[str]:
    widths = [max(3, *(len(row[at]) for row in rows)) for at in range(len(rows[0]))]
    rule = ["-" * (width if form == "padded" else 3) for width in widths]
    lines = []
    for row in (rows[0], rule, *rows[1:]):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)] if form == "padded" else list(row)
        if form == "tight":
            lines.append(f"|{'|'.join(cells)}|")
        elif form == "open":
            lines.append(" | ".join(cell or " " for cell in cells).rstrip() if cells[-1] else " | ".join(cells) + " |")
        else:
            lines.append(f"| {' | '.join(cells)} |")
    return lines


@st.composite
def items(draw: st.DrawFn) -> str:
    """Draw a file with a list whose items are records."""
    bullet = draw(st.sampled_from(("-", "*", "+", "1.")))
    signed = draw(st.booleans())
    end = draw(st.sampled_from(("\n", "")))
    lines = []
    for hole in draw(holes):
        boxed = hole.status in (Status.PENDING, Status.RESOLVED)
        box = f"[{'x' if hole.status is Status.RESOLVED else ' '}] "
        sign = f"{SIGNS[hole.status]} " if signed else ""
        lines.append(f"{bullet} {box}{sign}**{hole.id}**: {hole.title}")
        indent = " " * (len(bullet) + 1)
        inner = "-" if bullet == "1." else bullet
        if not boxed:
            lines.append(f"{indent}{inner} Status: {_plain(hole.status)}")
        if hole.blocked_by:
            lines.append(f"{indent}{inner} Blocked by: {', '.join(hole.blocked_by)}")
        lines += [f"{indent}{inner} [{'x' if met else ' '}] step {at}" for at, met in enumerate(hole.met)]
    return "---\nrecords: {hole: items}\n---\n\n# Holes\n\nAll 12 lamps.\n\n" + "\n".join(lines) + end


@st.composite
def crowded_items(draw: st.DrawFn) -> str:
    """Draw a list of tasks whose items hold lists, paragraphs and code, indented in any way that Markdown takes."""
    bullet = draw(st.sampled_from(("-", "*", "-  ", "1.")))
    content = " " * (len(bullet) + 1)
    lines = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        box = draw(st.sampled_from(("[ ]", "[x]")))
        lines.append(f"{bullet} {box} T{number} {draw(st.sampled_from(TITLES))}")
        for _ in range(draw(st.integers(0, 3))):
            indent = content + " " * draw(st.integers(0, 2))
            lines += draw(st.sampled_from(_HELD))(indent)
    return "---\nrecords: {task: items}\n---\n\n# Tasks\n\n" + "\n".join(lines) + "\n"


_HELD: Sequence[Callable[[str], list[str]]] = (
    lambda indent: [f"{indent}- [ ] a step", f"{indent}- another"],
    lambda indent: [f"{indent}- a step", "", f"{indent}  more of the step", f"{indent}  - within it"],
    lambda indent: [f"{indent}1. first", f"{indent}2. second"],
    lambda indent: ["", f"{indent}A paragraph of the item."],
    lambda indent: ["", f"{indent}    turn(the, lamp)", ""],
    lambda indent: [f"{indent}```", f"{indent}- no item", f"{indent}```"],
    lambda indent: [f"{indent}words that go on"],
)


HOMES: Mapping[str, st.SearchStrategy[str]] = {
    "front matter": front_matters(),
    "sections": sections(),
    "rows": tables(),
    "items": items(),
}


def documents(home: str) -> st.SearchStrategy[Drawn]:
    """Draw a document of one form, with any line ends, with or without a byte order mark."""
    return st.builds(Drawn, HOMES[home], st.sampled_from(("\n", "\r\n")), st.booleans())
