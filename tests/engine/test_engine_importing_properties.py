from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docsync.engine.exporting.issues import issues_of
from docsync.engine.importing.issues import Wanted, import_issues
from docsync.engine.importing.lines import read_issues
from docsync.engine.opening import open_project
from docsync.engine.request import Request
from docsync.models.records import Json
from docsync.models.status import Status
from docsync.parser.yaml_scalars import written
from trees import plant

LINE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=20).filter(
    lambda text: text == " ".join(text.split()) and text.casefold() not in ("none", "n/a", "-", "–", "—")
)
"""What stands on a line of an issue, and is not a word for nothing."""
WORDS = st.sampled_from(("Alder", "Birch: bark", "Cedar #2", "“Dogwood”", "Elm - old", "Fir, 'tall'", "Ginkgo | two"))
PIECES = st.one_of(WORDS, st.sampled_from(("", "- a point", "  deeper", "# no heading", "---", "| a |")))
DESCRIPTION = st.lists(PIECES, max_size=5).map(lambda lines: "\n".join(lines).strip())
FIELDS = st.fixed_dictionaries(
    {"title": WORDS, "status": st.sampled_from([status.value for status in Status])},
    optional={
        "priority": st.sampled_from(("P0", "high", "low", "3", "whenever")),
        "description": DESCRIPTION,
        "labels": st.lists(WORDS, max_size=3, unique=True),
        "created": st.dates().map(lambda day: f"{max(day.year, 1000):04}-{day.month:02}-{min(day.day, 28):02}"),
        "updated": st.sampled_from(("2026-01-02", "2026-11-30")),
    },
)
STATES = st.sampled_from(("open", "in_progress", "blocked", "closed", "deferred"))
OWN: Mapping[str, Mapping[str, st.SearchStrategy[Json]]] = {
    "task": {"assignee": WORDS, "estimate": st.sampled_from(("2d", "90m", "3 hours", "soon"))},
    "hole": {"resolution": WORDS},
    "phase": {},
}
IDS = {"task": "T{}", "hole": "H{}", "phase": "P{}"}


@st.composite
def projects(draw: st.DrawFn) -> Mapping[str, str]:
    """Give a project of files, each of which is a record."""
    files: dict[str, str] = {"docsync.toml": ""}
    earlier: list[str] = []
    for number in range(1, draw(st.integers(2, 6))):
        kind = draw(st.sampled_from(sorted(OWN)))
        values: dict[str, Json] = {"kind": kind, "id": IDS[kind].format(number)}
        values |= {name: value for name, value in draw(FIELDS).items() if isinstance(value, str | list)}
        values |= {name: draw(said) for name, said in OWN[kind].items() if draw(st.booleans())}
        work = [name for name in earlier if not name.startswith("P")]
        phases = [name for name in earlier if name.startswith("P")]
        if kind != "phase" and work:
            needs = draw(st.lists(st.sampled_from(work), unique=True, max_size=2))
            values["depends_on" if kind == "task" else "blocked_by"] = list[Json](needs)
        if kind != "phase" and phases and draw(st.booleans()):
            values["phase"] = draw(st.sampled_from(phases))
        boxes = draw(st.lists(st.tuples(st.sampled_from("x ~"), WORDS), max_size=3, unique_by=lambda box: box[1]))
        front = "".join(f"{name}: {written(value, flow=False)}\n" for name, value in values.items())
        criteria = "".join(f"- [{mark}] {text}\n" for mark, text in boxes) if kind != "phase" else ""
        files[f"r/{values['id']}.md"] = f"---\n{front}---\n\n# Words\n\n## Acceptance criteria\n\n{criteria}"
        earlier.append(str(values["id"]))
    return files


def exported(root: Path) -> str:
    found = issues_of(open_project(Request(str(root))).project).issues
    return "".join(json.dumps(issue) + "\n" for issue in found)


def brought(root: Path, lines: str, place: str = "") -> Sequence[str]:
    issues, _ = read_issues("x", lines.encode())
    outcome, changed = import_issues(Request(str(root)), issues, Wanted(place=place), write=True)
    assert outcome.notes == []
    return [change.path for change in changed.changes]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(projects())
def test_an_export_brought_back_changes_nothing_and_brought_elsewhere_says_the_same(files: Mapping[str, str]) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        root = plant(Path(one), files)
        first = exported(root)
        assert first.count("\n") == len(files) - 1
        assert brought(root, first) == []
        assert exported(root) == first
        fresh = plant(Path(other), {"docsync.toml": ""})
        assert len(brought(fresh, first)) == len(files) - 1
        assert exported(fresh) == first
        assert brought(fresh, first) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.fixed_dictionaries(
            {"title": LINE, "status": STATES, "priority": st.integers(0, 4)},
            optional={
                "description": LINE,
                "design": DESCRIPTION.filter(bool),
                "issue_type": st.sampled_from(("bug", "feature", "epic", "chore")),
                "labels": st.lists(LINE, min_size=1, max_size=3, unique=True),
                "created_at": st.datetimes().map(lambda moment: f"{moment.replace(year=2026).isoformat()}Z"),
                "close_reason": LINE,
                "external_ref": LINE,
            },
        ),
        min_size=1,
        max_size=4,
    )
)  # fmt: skip
def test_what_any_issue_says_comes_out_again(said: Sequence[Mapping[str, Json]]) -> None:
    issues = [{"id": f"T{number}", "issue_type": "task", **each} for number, each in enumerate(said, 1)]
    with tempfile.TemporaryDirectory() as name:
        root = plant(Path(name), {"docsync.toml": ""})
        brought(root, "".join(json.dumps(issue) + "\n" for issue in issues), "all/")
        out = {issue["id"]: issue for issue in map(json.loads, exported(root).splitlines())}
        for issue in issues:
            assert {field: out[issue["id"]].get(field) for field in issue} == issue
