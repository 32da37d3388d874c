"""What a piece of YAML consists of: scalars, sequences and mappings with their spans.

A strict reading of a small part of YAML: no anchors, aliases, merge keys or tags, no key twice, one document, and no line
ends but those of docsync. Values stay text here; what a plain scalar means is `yaml_values`'s question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias, cast

import yaml
from msgspec import Struct

from docsync.text.spans import Span

MAX_DEPTH: Final = 100
_NO_LINE_ENDS: Final = "\x85\u2028\u2029\ufeff"
"""What PyYAML, after YAML 1.1, ends lines at or counts as no column, and YAML 1.2 and docsync take for ordinary text."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_PRIVATE: Final = range(0xE000, 0xF900)
_BLOCK: Final = ("|", ">")


class Scalar(Struct, frozen=True):
    """A scalar; `text` is what it says, `style` its sign: a quote, `|`, `>`, or nothing for a plain one.

    A broken one escapes half of a character; its `text` is the source, quotes and all.
    """

    span: Span
    text: str
    style: str
    broken: bool = False


class Sequence(Struct, frozen=True):
    """A list; `flow` for one in square brackets."""

    span: Span
    items: tuple[Node, ...]
    flow: bool


class Mapping(Struct, frozen=True):
    """A mapping in the order of its keys; `flow` for one in curly brackets."""

    span: Span
    pairs: tuple[tuple[Scalar, Node], ...]
    flow: bool


Node: TypeAlias = Scalar | Sequence | Mapping


class Unreadable(Exception):
    """Say why a text is not the YAML that docsync reads, at a span of that text."""

    def __init__(self, code: str, message: str, span: Span, first: Span | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.span = span
        self.first = first
        """Where a key that is given twice stands for the first time."""


def compose(text: str) -> Node | None:
    """Read a text as one YAML document, None for an empty one; raises Unreadable, and nothing else."""
    hidden = _hidden(text)
    try:
        loader = yaml.SafeLoader(text.translate(hidden) if hidden else text)
        return _Composer(loader, text, {code: chr(sign) for sign, code in hidden.items()}).document()
    except yaml.reader.ReaderError as error:
        message = f"the character U+{error.character:04X} may not stand in YAML"
        raise Unreadable("DS010", message, Span(error.position, error.position + 1)) from error
    except yaml.MarkedYAMLError as error:
        raise Unreadable("DS010", _told(error), _marked(error, len(text))) from error
    except (ValueError, OverflowError) as error:
        # PyYAML converts escapes such as \UFFFFFFFF and the version of a %YAML line without looking at them.
        raise Unreadable("DS010", "not YAML: an escape or a version that says nothing", Span(0, len(text))) from error


def _hidden(text: str) -> dict[int, int]:
    """Map each sign that PyYAML would misread to one that the text does not hold."""
    signs = [ord(sign) for sign in _NO_LINE_ENDS if sign in text]
    if not signs:
        return {}
    used = {ord(sign) for sign in set(text)}
    free = (code for code in _PRIVATE if code not in used)
    return dict(zip(signs, free, strict=False))


def _told(error: yaml.MarkedYAMLError) -> str:
    parts = [part for part in (error.context, error.problem) if part]
    return "not YAML: " + ", ".join(parts)


def _marked(error: yaml.MarkedYAMLError, length: int) -> Span:
    mark = error.problem_mark or error.context_mark
    at = min(mark.index, length) if mark else 0
    return Span(at, min(at + 1, length))


class _Composer:
    """Build nodes from PyYAML's events, one event at a time, so that nothing deeper than the limit is ever scanned."""

    def __init__(self, loader: yaml.SafeLoader, text: str, shown: dict[int, str]) -> None:
        self._loader = loader
        self._text = text
        self._shown = shown

    def document(self) -> Node | None:
        self._next()
        if self._loader.check_event(yaml.StreamEndEvent):
            return None
        self._next()
        node = self._node(self._next(), 1)
        self._next()
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise Unreadable("DS010", "a second YAML document begins here", _span(after))
        return node

    def _next(self) -> yaml.Event:
        event: yaml.Event = self._loader.get_event()  # type: ignore[no-untyped-call]  # so in PyYAML's stubs
        return event

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable("DS013", f"an alias, *{event.anchor}; write the value out", _span(event))
        start = cast("yaml.ScalarEvent | yaml.CollectionStartEvent", event)
        _refuse_extras(start)
        if depth > MAX_DEPTH:
            raise Unreadable("DS015", f"nested deeper than {MAX_DEPTH} levels", _span(event))
        match start:
            case yaml.SequenceStartEvent():
                return self._sequence(start, depth)
            case yaml.MappingStartEvent():
                return self._mapping(start, depth)
            case _:
                return self._scalar(cast("yaml.ScalarEvent", start))

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        span = _span(event)
        style = event.style or ""
        if style in _BLOCK:
            # PyYAML counts the blank lines after a block scalar as part of it.
            span = Span(span.start, span.start + len(self._text[span.start : span.end].rstrip(" \t\r\n")))
        said = _joined(event.value.translate(self._shown) if self._shown else event.value)
        return Scalar(span, self._text[span.start : span.end] if said is None else said, style, broken=said is None)

    def _sequence(self, event: yaml.SequenceStartEvent, depth: int) -> Sequence:
        items = tuple(self._node(inner, depth + 1) for inner in self._until(yaml.SequenceEndEvent))
        return Sequence(self._around(event, items[-1] if items else None), items, bool(event.flow_style))

    def _mapping(self, event: yaml.MappingStartEvent, depth: int) -> Mapping:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        for inner in self._until(yaml.MappingEndEvent):
            key = self._key(self._node(inner, depth + 1))
            if known := pairs.get(key.text):
                raise Unreadable("DS012", f"the key {key.text} is given twice", key.span, known[0].span)
            pairs[key.text] = (key, self._node(self._next(), depth + 1))
        last = next(reversed(pairs.values()))[1] if pairs else None
        return Mapping(self._around(event, last), tuple(pairs.values()), bool(event.flow_style))

    def _key(self, node: Node) -> Scalar:
        if not isinstance(node, Scalar):
            raise Unreadable("DS010", "a key must be a word, not a list or a mapping", node.span)
        if node.broken:
            raise Unreadable("DS010", "a key with half of an escaped character", node.span)
        if not node.text:
            raise Unreadable("DS010", "a value without a key", node.span)
        if node.text == "<<" and not node.style:
            raise Unreadable("DS013", "a merge key, <<; write the keys out", node.span)
        return node

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        while not isinstance(event := self._next(), end):
            yield event
        self._last_end = _span(event).end

    def _around(self, event: yaml.CollectionStartEvent, last: Node | None) -> Span:
        # The end that PyYAML gives for a block collection is the start of whatever comes next, comments passed over.
        end = last.span.end if last and not event.flow_style else self._last_end
        return Span(_span(event).start, end)


def _refuse_extras(event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
    if event.anchor is not None:
        raise Unreadable("DS013", f"an anchor, &{event.anchor}; write each value out", _span(event))
    if event.tag is not None:
        raise Unreadable("DS013", f"a tag, {event.tag}; quote the value if the sign belongs to it", _span(event))


def _joined(text: str) -> str | None:
    r"""Join the two halves of a character that is escaped as in JSON, `\ud83d\ude00`; None where one is alone."""
    if not _SURROGATE.search(text):
        return text
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return None


def _span(event: yaml.Event) -> Span:
    return Span(getattr(event.start_mark, "index", 0), getattr(event.end_mark, "index", 0))
