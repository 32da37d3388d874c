"""What a file's front matter says, with the place of every key, and how one value of it is changed."""

from __future__ import annotations

import re
from json import dumps
from typing import Final

import frontmatter
from frontmatter.default_handlers import BaseHandler
from msgspec.structs import replace

from docsync.models.document import FrontMatter, FrontMatterEntry, Trouble
from docsync.models.records import Json
from docsync.parser.fences import Fences, find_fences
from docsync.parser.opaque import opaque
from docsync.parser.yaml_nodes import Mapping, Node, Scalar, Sequence, Unreadable, compose
from docsync.parser.yaml_plain import read_plain
from docsync.parser.yaml_scalars import Unwritable, as_read
from docsync.parser.yaml_splices import splices
from docsync.parser.yaml_values import bad_values, json_value
from docsync.text.edits import Edit
from docsync.text.refusal import Refusal
from docsync.text.source import SourceFile, line_index
from docsync.text.spans import Span

MAX_BYTES: Final = 65_536
"""The size in bytes over which front matter is refused: PyYAML takes some seconds for a megabyte."""

_HEADING: Final = re.compile(r"(?:\n|\r)[ \t]*(?:\r\n|\n|\r)#{1,6}(?=[ \t])")
"""A comment of YAML after a blank line, or a heading of Markdown in front matter that runs on."""

_LEFT_ALONE: Final = frozenset({"DS010", "DS013"})
"""What templates and the front matter of tools that read no YAML break; a key given twice is a slip in any of them."""


def read_front_matter(source: SourceFile) -> tuple[FrontMatter | None, tuple[Trouble, ...]]:
    """Read a file's front matter: None where there is none, with a trouble for each value that is not what it looks like.

    Raises Refusal, with a code of DS010 to DS015, for front matter that is not closed, too large or too deep, no mapping,
    no YAML, or that uses anchors, aliases, merge keys, tags or a key twice. Front matter of a template or of another tool that
    is not such YAML is there without an entry, and is a trouble to be noted.
    """
    fences = find_fences(source.text)
    if fences is None:
        return None, ()
    handler = _StrictYaml(source, fences)
    # python-frontmatter trims what it is given, which an opening fence at the very start keeps from moving anything.
    frontmatter.parse(source.slice(fences.whole), handler=handler)
    return handler.found, tuple(handler.troubles)


class _StrictYaml(BaseHandler):
    """Give python-frontmatter our own reading of YAML: each key with its place, and nothing that YAML can hide."""

    FM_BOUNDARY = re.compile(r"---")

    def __init__(self, source: SourceFile, fences: Fences) -> None:
        super().__init__()
        self._source = source
        self._fences = fences
        self.found: FrontMatter | None = None
        self.troubles: list[Trouble] = []

    def split(self, text: str) -> tuple[str, str]:
        """Split at the fences that are already known; raises Refusal where the second one is missing."""
        if not self._fences.closed:
            raise self._refusal("DS011", "front matter is opened here and never closed; end it with a line of ---", Span(0, 3))
        return self._source.slice(self._fences.body), text[self._fences.whole.end :]

    def load(self, fm: str) -> dict[str, FrontMatterEntry]:
        """Read the body; raises Refusal for what is not allowed in it."""
        root = self._root(fm)
        if not isinstance(root, Mapping):
            return {}
        shift = self._fences.body.start
        entries = {key.text: _entry(key, value, shift) for key, value in root.pairs}
        self.found = FrontMatter(self._fences.whole, entries)
        self.troubles += (
            Trouble("DS016", _moved(node.span, shift), f"{key}: {fault}") for key, node, fault in bad_values(root)
        )
        return entries

    def _root(self, fm: str) -> Node | None:
        if len(fm) > MAX_BYTES or len(fm.encode("utf-8", "surrogatepass")) > MAX_BYTES:
            if not self._fences.meant:
                return None
            raise self._refusal("DS015", f"front matter has more than {MAX_BYTES:,} bytes", Span(0, 3))
        try:
            root = read_plain(fm) or compose(fm)
        except Unreadable as error:
            if self._fences.meant and error.code in _LEFT_ALONE and (why := opaque(fm)):
                self._leave(error, why)
            elif self._fences.meant or error.code == "DS012":
                raise self._unreadable(error, fm) from error
            return None
        if self._fences.meant and not isinstance(root, Mapping):
            what = "a list" if isinstance(root, Sequence) else "text"
            raise self._refusal("DS014", f"front matter must be keys and values, not {what}", self._fences.body)
        return root

    def _leave(self, error: Unreadable, why: str) -> None:
        """Take front matter as there, and nothing from it."""
        self.found = FrontMatter(self._fences.whole, {})
        said = f"{error.message}; nothing was taken from this front matter: {why}"
        self.troubles.append(Trouble(error.code, _moved(error.span, self._fences.body.start), said, is_note=True))

    def _unreadable(self, error: Unreadable, fm: str) -> Refusal:
        shift = self._fences.body.start
        span = _moved(error.span, shift)
        if error.first is None:
            ran_on = _HEADING.search(fm, 0, error.span.start)
            above = f"; perhaps the closing --- is missing above line {self._line(ran_on.end() + shift)}" if ran_on else ""
            return self._refusal(error.code, error.message + above, span)
        first = _moved(error.first, shift)
        message = f"{error.message}, on line {self._line(first.start)} and on line {self._line(span.start)}"
        return self._refusal(error.code, message, span, ((first, "given here first"),))

    def _line(self, offset: int) -> int:
        return self._source.lines.line(offset)

    def _refusal(self, code: str, message: str, span: Span, related: tuple[tuple[Span, str], ...] = ()) -> Refusal:
        return Refusal(code, message, span=span, lines=self._source.lines, related=related)


def _moved(span: Span, shift: int) -> Span:
    return Span(span.start + shift, span.end + shift)


def _entry(key: Scalar, value: Node, shift: int) -> FrontMatterEntry:
    items: tuple[tuple[str, Span], ...] = ()
    if isinstance(value, Sequence) and all(isinstance(item, Scalar) for item in value.items):
        items = tuple((item.text, _moved(item.span, shift)) for item in value.items if isinstance(item, Scalar))
    return FrontMatterEntry(key.text, _moved(key.span, shift), _moved(value.span, shift), json_value(value), items)


def value_edit(source: SourceFile, front_matter: FrontMatter, key: str, value: Json) -> Edit:
    """Give the edit that sets one key, and changes nothing else, or adds it at the end.

    `key` is a top-level key, or a path of keys with dots. Comments, quotes, order and all other bytes stay; a comment beside
    a list's item goes when the item goes. Numbers with a fraction are written as text, since that is how they are read.
    Raises Unwritable where the key stands in a place that cannot be changed alone.
    """
    body = find_fences(source.text)
    text = source.slice(body.body) if body else ""
    try:
        root = compose(text)
    except Unreadable as error:
        raise Unwritable(error.message) from error
    if body is None or not isinstance(root, Mapping) or body.whole != front_matter.span:
        raise Unwritable("the file has no such front matter")
    for splice in splices(text, root, key, value, source.newline):
        edit = Edit(_moved(splice.span, body.body.start), splice.text)
        if _proved(source, front_matter, edit, splice.path, as_read(value)):
            return edit
    raise Unwritable(f"{key} cannot be set alone where it stands")


def _proved(source: SourceFile, before: FrontMatter, edit: Edit, path: tuple[str, ...], value: Json) -> bool:
    """Tell whether, read again, the front matter says the same but for one value, and ends where it should."""
    text = source.text[: edit.span.start] + edit.text + source.text[edit.span.end :]
    try:
        after, _ = read_front_matter(replace(source, text=text, lines=line_index(text)))
    except Refusal:
        return False
    if after is None or after.span.end - before.span.end != len(text) - len(source.text):
        return False
    wanted = _with({key: entry.value for key, entry in before.entries.items()}, path, value)
    # As JSON text, because True equals 1 for Python.
    same = dumps({key: entry.value for key, entry in after.entries.items()}) == dumps(wanted)
    return same and all(
        _written(source.text, entry) == _written(text, after.entries[key])
        for key, entry in before.entries.items()
        if key != path[0]
    )


def _with(values: dict[str, Json], path: tuple[str, ...], value: Json) -> dict[str, Json]:
    name, *rest = path
    inner = values.get(name)
    return values | {name: _with(inner, tuple(rest), value) if rest and isinstance(inner, dict) else value}


def _written(text: str, entry: FrontMatterEntry) -> str:
    return text[entry.key_span.start : entry.value_span.end]
