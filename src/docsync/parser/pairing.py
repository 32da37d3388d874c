"""Which begin and end markers make a region, and which ones do not pair."""

from __future__ import annotations

import re
from collections import Counter

from msgspec import Struct, field

from docsync.models.blocks import Comment
from docsync.models.document import Region, Trouble
from docsync.parser.directives import Begin, End
from docsync.text.source import SourceFile
from docsync.text.spans import Span

CODE = "DS602"


class _Opened(Struct, frozen=True):
    comment: Comment
    begin: Begin
    sound: bool

    @property
    def related(self) -> tuple[Span, str]:
        return self.comment.span, f"{_named(self.begin.id)} begins here"


class Pairing(Struct):
    """Collect regions and troubles while markers come in document order."""

    source: SourceFile
    regions: dict[str, Region] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    unpaired: list[Trouble] = field(default_factory=list)
    """Markers without their other half, apart from the rest: a marker that cannot be read may be that half."""
    _opened: list[_Opened] = field(default_factory=list)
    _open_ids: Counter[str] = field(default_factory=Counter)
    _begun: dict[str, Span] = field(default_factory=dict)

    def begin(self, comment: Comment, begin: Begin) -> None:
        """Begin a region; one inside another, or a second one of its id, is a trouble."""
        trouble = self._begin_trouble(comment, begin)
        if trouble:
            self.troubles.append(trouble)
        self._opened.append(_Opened(comment, begin, sound=trouble is None))
        self._open_ids[begin.id] += 1
        self._begun.setdefault(begin.id, comment.span)

    def end(self, comment: Comment, end: End) -> None:
        """End the region that is open."""
        if not self._opened:
            self.unpaired.append(self._orphan(comment, end))
            return
        opened = self._closed_by(end)
        if opened.begin.id not in ("", end.id):
            remedy = f"write <!-- docsync:end {opened.begin.id} -->"
            message = f"{_named(opened.begin.id)} ends as {_quoted(end.id)}"
            self.troubles.append(Trouble(CODE, comment.span, message, (opened.related,), remedy))
        elif not opened.sound:
            pass
        elif where := self._across(opened, comment):
            message = f"{_named(end.id)} ends in another {where} than it begins in"
            self.troubles.append(Trouble(CODE, comment.span, message, (opened.related,), _SAME_PLACE))
        else:
            self.regions[end.id] = _region(self.source, opened, comment)

    def done(self) -> None:
        """Report what is still open."""
        for opened in self._opened:
            remedy = f"write <!-- docsync:end {opened.begin.id} --> below it"
            self.unpaired.append(Trouble(CODE, opened.comment.span, f"{_named(opened.begin.id)} never ends", help=remedy))

    def _begin_trouble(self, comment: Comment, begin: Begin) -> Trouble | None:
        if begin.flaw:
            return Trouble(CODE, comment.span, begin.flaw.message, help=begin.flaw.remedy)
        if self._opened:
            outer = self._opened[-1]
            remedy = f"end it first: <!-- docsync:end {outer.begin.id} -->"
            message = f"{_named(begin.id)} begins inside {_named(outer.begin.id)}"
            return Trouble(CODE, comment.span, message, (outer.related,), remedy)
        if begin.id in self._begun:
            related = ((self._begun[begin.id], "the first one begins here"),)
            remedy = "give each region of a file an id of its own"
            return Trouble(CODE, comment.span, f"a second {_named(begin.id)}", related, remedy)
        return None

    def _closed_by(self, end: End) -> _Opened:
        """Take the open region of that id, and those inside it, off the pile; the innermost where none has it."""
        opened = self._opened.pop()
        self._open_ids[opened.begin.id] -= 1
        while opened.begin.id != end.id and self._open_ids[end.id]:
            opened = self._opened.pop()
            self._open_ids[opened.begin.id] -= 1
        return opened

    def _orphan(self, comment: Comment, end: End) -> Trouble:
        closed = self.regions.get(end.id)
        related = ((closed.end, "it already ended here"),) if closed else ()
        remedy = "remove the marker, or write its begin marker above"
        return Trouble(CODE, comment.span, f"{_named(end.id)} ends but is not open", related, remedy)

    def _across(self, opened: _Opened, comment: Comment) -> str:
        """Say what a region leaves before it ends: the list item or the quote that it begins in, or neither."""
        begin = opened.comment
        if begin.item != comment.item:
            return "list item"
        if begin.quote != comment.quote or not self._quoted_throughout(begin, comment):
            return "quote"
        return ""

    def _quoted_throughout(self, begin: Comment, end: Comment) -> bool:
        if not begin.quote:
            return True
        lines = self.source.lines
        prefix = re.compile(rf"(?:[ \t]*>){{{begin.quote}}}")
        between = range(lines.line(begin.span.start) + 1, lines.line(end.span.start))
        return all(prefix.match(self.source.slice(lines.line_span(line))) for line in between)


_SAME_PLACE = "put both markers at the same depth of the same list item or quote"


def _region(source: SourceFile, opened: _Opened, end: Comment) -> Region:
    begin, lines = opened.comment, source.lines
    above = lines.line_span(lines.line(begin.span.start)).end
    body = Span(above, max(above, lines.line_span(lines.line(end.span.start)).start))
    attributes = dict(opened.begin.attributes)
    return Region(
        id=opened.begin.id,
        view=attributes.pop("view", ""),
        attributes=attributes,
        begin=begin.span,
        end=end.span,
        body=body,
        prefix=begin.prefix,
        text=source.slice(body),
    )


def _named(name: str) -> str:
    return f"region {_quoted(name)}" if name else "a region without an id"


def _quoted(name: str) -> str:
    return f'"{name}"'
