"""Which commit brought in a finding that stands today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from msgspec import Struct, field

from docsync.cache.pickles import collector_off, dump, load
from docsync.engine.comparing import judge_then
from docsync.engine.fingerprint import digest
from docsync.engine.git.objects import Objects, objects_of
from docsync.engine.git.snapshot import snapshot
from docsync.engine.history.commits import commits_of, names_of
from docsync.engine.history.opening import grounds
from docsync.engine.history.trees import Trees
from docsync.engine.ignoring import ignores_above
from docsync.engine.judging import Held, Past, documents_of, judge
from docsync.engine.reading import read_bytes
from docsync.engine.repository import Repository, prefix_of
from docsync.engine.request import JobError, Request
from docsync.engine.setting import Setting, setting_of
from docsync.engine.survey import Survey, survey
from docsync.models.diagnostics import Diagnostic
from docsync.models.document import DocumentFacts
from docsync.models.earlier import Key
from docsync.models.history import Broken, Commit
from docsync.text.spans import LineIndex
from docsync.validator.catalogue import Unknown, find
from docsync.validator.claimed import claim_of
from docsync.validator.run import OF_CHANGES

_KIND: Final = "broken-"
_MOST_KEPT: Final = 8
_MOST_TIPS: Final = 16
_BEFORE: Final = ""
"""In place of a commit: it was there already in the oldest one that a shallow clone has."""

_ADVICE: Final = "`docsync check --history` and `docsync check --since REV` report it"
_Origins: TypeAlias = "Mapping[Key, tuple[str, ...]]"
"""For each finding of a commit, the commits that brought it in as often as it is there, the latest first."""


class Origins(Struct, frozen=True):
    """Hold today's findings of a rule, each with where it came from, and the line indexes of their documents."""

    code: str
    broken: tuple[Broken, ...]
    lines: Mapping[str, LineIndex]


class _Then(Struct, frozen=True):
    """Hold what was found at a commit: how often each finding of the rule occurred, and in which documents it may have."""

    counts: Counter[Key]
    documents: Collection[str]


class _Tip(Struct, frozen=True):
    """Hold what was found at a commit with where it came from."""

    origins: _Origins
    then: _Then


class _Walk(Struct):
    """Judge one commit after the other, with every version of a document read once."""

    setting: Setting
    surveyed: Survey
    repository: Repository
    objects: Objects
    code: str
    trees: Trees
    facts: dict[tuple[str, str], DocumentFacts] = field(default_factory=dict)
    latest: tuple[str, _Then] = ("", _Then(Counter(), ()))

    def at(self, tree: str) -> _Then:
        """Judge the documents of a tree; as before where it is the one that was judged last."""
        below = self.trees.below(tree, prefix_of(self.setting.root))
        if below and below == self.latest[0]:
            return self.latest[1]
        ignores, _ = ignores_above(self.setting.root, self.repository)
        seen = snapshot(self.objects, below, self.surveyed.config, self.setting.targets, ignores)
        documents = [self._read(path, name) for path, name in sorted(seen.files.items())]
        judgement = judge_then(self.surveyed, self.repository, seen, documents)
        counts = Counter(_key(found) for found in judgement.outcome.diagnostics if found.code == self.code)
        self.latest = below, _Then(counts, frozenset(seen.files))
        self.facts = {version: self.facts[version] for version in seen.files.items()}
        return self.latest[1]

    def _read(self, path: str, name: str) -> DocumentFacts:
        """Read a version of a document; most are as they were in the commit that was judged before."""
        if (path, name) not in self.facts:
            found = self.objects.get(name)
            if found is None:
                raise JobError(f"{path}: git lacks what the file held then; `git fetch --refetch` gets it")
            today = self.surveyed.reads.get(path)
            same = today is not None and today.digest == digest(found.raw)
            facts = today.facts if today and same else read_bytes(path, found.raw, self.surveyed.config).facts
            self.facts[path, name] = facts
        return self.facts[path, name]


def origins(request: Request, code: str, paths: Sequence[str] = ()) -> Origins:
    """Find where today's findings of a rule came from, going back along first parents; raises JobError and ConfigError.

    A finding stands for as long as one of its path, rule and claim does, whatever its numbers and lines, as `--since` has it;
    where a file got another name, or text moved on from one that went, it is the same still.
    """
    rule = find(code)
    if isinstance(rule, Unknown):
        near = f"did you mean {rule.nearest}?" if rule.nearest else "`docsync rules` lists them"
        raise JobError(f"--when-broken: no rule is called {code}; {near}")
    if rule.CODE in OF_CHANGES:
        raise JobError(f"--when-broken {rule.CODE}: it judges a change, and says in which commit, or since when; {_ADVICE}")
    setting = setting_of(request)
    if setting.repository is None:
        raise JobError(f"{setting.root}: in no git repository, so no commit brought anything in")
    with collector_off():
        surveyed = survey(setting)
        judged = judge(surveyed, documents_of(surveyed), Past({}, lambda _: (), forgiven=True), Held())
        found = [each for each in judged.outcome.diagnostics if each.code == rule.CODE and _wanted(each, paths)]
        lines = {path: document.lines for path, document in judged.project.documents.items()}
        with objects_of(setting.root, setting.repository) as objects:
            ignores, _ = ignores_above(setting.root, setting.repository)
            trees = Trees(objects, surveyed.config, ignores)
            walk = _Walk(setting, surveyed, setting.repository, objects, rule.CODE, trees)
            return Origins(rule.CODE, tuple(_traced(walk, found) if found else ()), lines)


def _key(found: Diagnostic) -> Key:
    """Give what a finding goes by: what is said, and not what is the case instead, which goes on changing."""
    return found.place.path, found.code, claim_of(found.message).partition(";")[0]


def _wanted(found: Diagnostic, paths: Sequence[str]) -> bool:
    named = [path.removeprefix("./").rstrip("/") for path in paths]
    return not named or any(path in (".", found.place.path) or found.place.path.startswith(f"{path}/") for path in named)


def _traced(walk: _Walk, found: Sequence[Diagnostic]) -> Iterator[Broken]:
    """Step from what stands to HEAD, for which it is known where everything came from."""
    tip = walk.objects.get("HEAD^{commit}")
    if tip is None:
        yield from (Broken(each, None) for each in found)
        return
    head = _of_tip(walk, tip.name)
    counts = Counter(map(_key, found))
    committed = _stepped({key: (key, count) for key, count in counts.items()}, walk.surveyed.reads, head.then)
    named = _named(walk.objects, head.origins)
    fresh = {key: count - committed.get(key, (key, 0))[1] for key, count in counts.items()}
    taken: Counter[Key] = Counter()
    for each in found:
        key = _key(each)
        at = taken[key] - fresh[key]
        taken[key] += 1
        name = head.origins[committed[key][0]][at] if at >= 0 else None
        yield Broken(each, named.get(name) if name else None, before=name == _BEFORE)


def _named(objects: Objects, found: _Origins) -> dict[str, Commit]:
    names = dict.fromkeys(name for each in found.values() for name in each if name != _BEFORE)
    return {one.commit.name: one.commit for one in commits_of(objects, names)}


def _of_tip(walk: _Walk, tip: str) -> _Tip:
    """Give where the findings of a commit came from; what is remembered of an earlier one is gone back to, and no further."""
    folder = walk.setting.folder if walk.setting.identity else None
    parts = (walk.surveyed.config.digest, walk.code, *grounds(walk.setting.root, walk.repository))
    name = f"{_KIND}{walk.setting.identity}-{digest(chr(0).join(parts).encode('utf-8', 'surrogateescape')).hex()}"
    kept = load(folder.read(name)) if folder else None
    known = {
        commit: _Tip(origins, _Then(Counter({key: len(each) for key, each in origins.items()}), documents))
        for commit, (origins, documents) in (kept.items() if isinstance(kept, dict) else ())
    }
    if tip not in known:
        known[tip] = _go_back(walk, tip, known)
        latest = list(known.items())[-_MOST_TIPS:]
        if folder and (body := dump({commit: (each.origins, each.then.documents) for commit, each in latest})):
            folder.write(name, body)
            folder.trim(_KIND, _MOST_KEPT)
    return known[tip]


def _go_back(walk: _Walk, tip: str, known: Mapping[str, _Tip]) -> _Tip:
    """Go from a commit to its first parent and on, until all that was found at the first is accounted for."""
    steps = commits_of(walk.objects, reversed(names_of(walk.repository, walk.setting.root, tip)))
    newer = next(steps).commit.name
    head = walk.at(_tree(walk, newer))
    found: dict[Key, list[str]] = {key: [] for key in head.counts}
    tracked = {key: (key, count) for key, count in head.counts.items()}
    documents: Collection[str] = head.documents
    for step in steps:
        if not tracked:
            break
        older = known.get(step.commit.name)
        then = older.then if older else walk.at(step.tree)
        back = _stepped(tracked, documents, then)
        for key, (_, count) in tracked.items():
            found[key] += [newer] * (count - back.get(key, (key, 0))[1])
        tracked, documents, newer = back, then.documents, step.commit.name
        if older:
            for key, (was, count) in tracked.items():
                found[key] += older.origins[was][-count:]
            tracked = {}
    first = _BEFORE if walk.repository.is_shallow else newer
    for key, (_, count) in tracked.items():
        found[key] += [first] * count
    return _Tip({key: tuple(each) for key, each in found.items()}, _Then(head.counts, tuple(head.documents)))


def _tree(walk: _Walk, name: str) -> str:
    return next(commits_of(walk.objects, (name,))).tree


def _stepped(tracked: Mapping[Key, tuple[Key, int]], documents: Collection[str], then: _Then) -> dict[Key, tuple[Key, int]]:
    """Give, of findings that go by some key now, by which key and how many of them there were in the commit before.

    What stands in a file that has come since may be what stood in one that has gone.
    """
    left = Counter(then.counts)
    moved: dict[tuple[str, str], list[Key]] = {}
    for key in then.counts:
        if key[0] not in documents:
            moved.setdefault(key[1:], []).append(key)
    back = {}
    for first, (key, count) in tracked.items():
        path, *claim = key
        candidates = [key] if path in then.documents else moved.get((claim[0], claim[1]), [])
        was = max(candidates, key=lambda each: (left[each] > 0, _base(each[0]) == _base(path)), default=key)
        held = min(count, left[was])
        if held:
            left[was] -= held
            back[first] = was, held
    return back


def _base(path: str) -> str:
    return path.rpartition("/")[2]
